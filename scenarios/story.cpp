#include "scenarios/story.hpp"

#include <fmt/format.h>

namespace shinsa::scenarios {

std::string Place::text() const { return fmt::format("{}:{}:{}", file, line, column); }

const Term* Term::find(std::string_view key) const {
  for (const auto& [name, value] : entries)
    if (name == key) return &value;
  return nullptr;
}

}  // namespace shinsa::scenarios
