#include "model/catalogue/catalogue.hpp"

#include <algorithm>

#include "model/vocabulary/assert.hpp"

namespace shinsa {

namespace detail {
std::span<const Clause> all_clauses();
std::span<const Reading> all_readings();
std::span<const Page> all_pages();
}  // namespace detail

std::span<const Clause> clauses() { return detail::all_clauses(); }
std::span<const Reading> readings() { return detail::all_readings(); }
std::span<const Page> pages() { return detail::all_pages(); }

const Clause& clause(ClauseIndex index) {
  SHINSA_ASSERT(index < clauses().size(), "no clause has this position");
  return clauses()[index];
}

std::optional<ClauseIndex> find_clause(std::string_view id) {
  const auto at = std::ranges::lower_bound(clauses(), id, {}, &Clause::id);
  if (at == clauses().end() || at->id != id) return std::nullopt;
  return static_cast<ClauseIndex>(at - clauses().begin());
}

const Reading* find_reading(std::string_view id) {
  const auto at = std::ranges::find(readings(), id, &Reading::id);
  return at == readings().end() ? nullptr : &*at;
}

std::string_view statement_in(const Clause& clause, std::string_view lang) {
  return lang == "ja" && !clause.statement_ja.empty() ? clause.statement_ja : clause.statement_en;
}

bool is_of_a_page(const Clause& clause) { return !clause.system.empty(); }

}  // namespace shinsa
