#include "properties/laws/law.hpp"

#include <algorithm>
#include <array>

#include "properties/laws/dedicated_renewal_laws.hpp"
#include "properties/laws/jpdirect_acme_laws.hpp"
#include "properties/laws/jpdirect_reissue_laws.hpp"
#include "properties/laws/nttcom_biz_laws.hpp"
#include "properties/laws/sakura_reissue_laws.hpp"

namespace shinsa::properties {

namespace {

struct OfSystem {
  std::string_view system;
  const std::vector<Law>& (*laws)();
  std::unique_ptr<Monitor> (*monitor)();
};
constexpr std::array kSystems{
    OfSystem{"jpdirect-reissue", &jpdirect_reissue::table, &jpdirect_reissue::monitor},
    OfSystem{"sakura-reissue", &sakura_reissue::table, &sakura_reissue::monitor},
    OfSystem{"jpdirect-acme", &jpdirect_acme::table, &jpdirect_acme::monitor},
    OfSystem{"nttcom-biz", &nttcom_biz::table, &nttcom_biz::monitor},
    OfSystem{"dedicated-renewal", &dedicated_renewal::table, &dedicated_renewal::monitor},
};

const OfSystem* find_system(std::string_view system) {
  const auto at = std::ranges::find(kSystems, system, &OfSystem::system);
  return at == kSystems.end() ? nullptr : &*at;
}

}  // namespace

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

Law nothing_twice(std::vector<ClauseIndex> clauses) {
  return {"nothing-twice-at-once", LawKind::always, std::move(clauses),
          "Nothing but a refusal is done twice at the same instant, word for word, unless somebody "
          "outside did something in between, or the page was asked for as many times.",
          "外部の者が間に何かをしたとき、または同じ数だけ表示が求められたときを除き、"
          "拒否のほかに同一の動作が同じ時刻に二度行われることはない。"};
}

std::span<const Law> laws(std::string_view system) {
  const OfSystem* const known = find_system(system);
  return known ? std::span<const Law>(known->laws()) : std::span<const Law>{};
}

std::unique_ptr<Monitor> make_monitor(std::string_view system) {
  const OfSystem* const known = find_system(system);
  return known ? known->monitor() : nullptr;
}

}  // namespace shinsa::properties
