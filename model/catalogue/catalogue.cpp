#include "model/catalogue/catalogue.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "model/catalogue/ids.hpp"
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

namespace {

/// An id as a number that is ordered as ids are: they are short, and they are looked up for each
/// refusal.
constexpr std::uint64_t packed(std::string_view id) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i)
    number = number << 8 | (i < id.size() ? static_cast<unsigned char>(id[i]) : 0u);
  return number;
}

constexpr auto kPackedIds = [] {
  std::array<std::uint64_t, tables::kClauseIds.size()> all{};
  std::ranges::transform(tables::kClauseIds, all.begin(), packed);
  return all;
}();
static_assert(std::ranges::all_of(tables::kClauseIds, [](std::string_view id) {
  return id.size() <= sizeof(std::uint64_t);
}));
static_assert(std::ranges::is_sorted(kPackedIds));

}  // namespace

std::optional<ClauseIndex> find_clause(std::string_view id) {
  const auto at = std::ranges::lower_bound(kPackedIds, packed(id)) - kPackedIds.begin();
  const auto index = static_cast<ClauseIndex>(at);
  if (index == tables::kClauseIds.size() || tables::kClauseIds[index] != id) return std::nullopt;
  return index;
}

const Reading* find_reading(std::string_view id) {
  const auto at = std::ranges::find(readings(), id, &Reading::id);
  return at == readings().end() ? nullptr : &*at;
}

std::string_view statement_in(const Clause& clause, std::string_view lang) {
  return lang == "ja" ? clause.statement_ja : clause.statement_en;
}

bool is_about(const Reading& reading, const Clause& clause) {
  const std::string_view open = clause.open_question;
  for (auto at = open.find(reading.id); at != std::string_view::npos;
       at = open.find(reading.id, at + 1)) {
    const std::size_t end = at + reading.id.size();
    if (end == open.size() || open[end] < '0' || open[end] > '9') return true;  // Q1 is not Q12
  }
  return reading.issue_en.find(clause.id) != std::string_view::npos;
}

std::string_view kind_word(std::string_view kind, std::string_view lang) {
  static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"rule", "規則"},         {"prohibition", "禁止"}, {"permission", "許可"},
      {"timing", "時間"},       {"effect", "効果"},      {"billing", "料金"},
      {"actor-action", "行為"}, {"information", "情報"}};
  if (lang != "ja") return kind;
  const auto at =
      std::ranges::find(kWords, kind, &std::pair<std::string_view, std::string_view>::first);
  return at == std::end(kWords) ? kind : at->second;
}

bool is_of_a_page(const Clause& clause) { return !clause.system.empty(); }

}  // namespace shinsa
