/// Compile-time access to the catalogue: ids, values and readings that do not exist do not compile.
#pragma once

#include <optional>

#include "model/catalogue/catalogue.hpp"
#include "model/catalogue/catalogue_tables.hpp"  // made by the build from model/catalogue/*.yaml
#include "model/vocabulary/events.hpp"

namespace shinsa {

namespace detail {

template <class Range, class Projection>
[[nodiscard]] consteval std::optional<std::size_t> index_where(const Range& range, Projection is) {
  for (std::size_t i = 0; i < range.size(); ++i)
    if (is(range[i])) return i;
  return std::nullopt;
}

}  // namespace detail

/// Position of a clause; `kClause<"JPR-99">` does not compile.
template <Literal Id>
inline constexpr ClauseIndex kClause = [] {
  constexpr auto found =
      detail::index_where(tables::kClauseIds, [](std::string_view id) { return id == Id.view(); });
  static_assert(found.has_value(),
                "this clause id is not in the catalogue (model/catalogue/*.yaml)");
  return static_cast<ClauseIndex>(*found);
}();

/// Position of a number among all numbers of the catalogue: where a profile keeps its own copy of
/// it.
template <Literal Id, Literal Key>
inline constexpr std::size_t kNumber = [] {
  constexpr auto found = detail::index_where(
      tables::kNumbers, [](const auto& n) { return n.clause == Id.view() && n.key == Key.view(); });
  static_assert(found.has_value(),
                "this clause has no number of that name (values: in model/catalogue/*.yaml)");
  return *found;
}();

/// A text value of a clause: a subject, a sender, a label.
template <Literal Id, Literal Key>
inline constexpr std::string_view kLabel = [] {
  constexpr auto found = detail::index_where(
      tables::kLabels, [](const auto& n) { return n.clause == Id.view() && n.key == Key.view(); });
  static_assert(found.has_value(),
                "this clause has no text of that name (values: in model/catalogue/*.yaml)");
  return tables::kLabels[*found].text;
}();

/// A reading and one of its alternatives, both checked at compile time.
template <Literal Id, Literal Name>
struct ReadingChoice {
  static constexpr std::size_t reading = [] {
    constexpr auto found =
        detail::index_where(tables::kReadings, [](const auto& r) { return r.id == Id.view(); });
    static_assert(found.has_value(),
                  "this reading is not in the catalogue (model/catalogue/*.yaml)");
    return *found;
  }();
  static constexpr std::int64_t alternative = [] {
    constexpr auto found = choice_index(tables::kReadings[reading].names, Name.view());
    static_assert(found.has_value(),
                  "this reading has no alternative of that name (model/catalogue/*.yaml)");
    return *found;
  }();
};

}  // namespace shinsa
