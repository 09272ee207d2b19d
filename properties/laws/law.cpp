#include "properties/laws/law.hpp"

#include "properties/laws/jpdirect_reissue_laws.hpp"

namespace shinsa::properties {

std::string_view to_text(LawKind kind) {
  switch (kind) {
    case LawKind::always:
      return "always";
    case LawKind::eventually:
      return "eventually";
    case LawKind::sometimes:
      return "sometimes";
  }
  return "always";
}

std::span<const Law> laws(std::string_view system) {
  if (system == "jpdirect-reissue") return jpdirect_reissue::table();
  return {};
}

std::unique_ptr<Monitor> make_monitor(std::string_view system) {
  if (system == "jpdirect-reissue") return jpdirect_reissue::monitor();
  return nullptr;
}

}  // namespace shinsa::properties
