/// What of a fact store is still spoken of, so that the rest of it can be forgotten.
///
/// Whoever remembers ids, or views of texts, beyond a step tells them here; what nobody told is
/// given up by `Facts::forget_all_but`.
#pragma once

#include <array>
#include <boost/pfr.hpp>
#include <concepts>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "model/vocabulary/facts.hpp"

namespace shinsa {

namespace detail {
template <class T>
inline constexpr bool kIsPairOfSomething = false;
template <class A, class B>
inline constexpr bool kIsPairOfSomething<std::pair<A, B>> = true;
template <class T>
inline constexpr bool kIsOptionalSomething = false;
template <class T>
inline constexpr bool kIsOptionalSomething<std::optional<T>> = true;
}  // namespace detail

class Needed {
 public:
  /// @param facts  nothing is entered into it until it is done.
  explicit Needed(const Facts& facts);

  void operator()(TextId id) { texts_[id.index] = true; }
  /// With its texts.
  void operator()(ListId id);
  /// With all that it says.
  void operator()(RecordId id);
  /// What a value is of, its record would have to say: whatever it could name is needed.
  void operator()(Value value);
  /// A text of the store, or one that stands elsewhere.
  void operator()(std::string_view text) { (*this)(facts_->find(text)); }
  /// A record as somebody views it.
  void operator()(const Record& record);
  /// Whatever a thing consists of: members of plain structures, items of ranges.
  template <class T>
  void operator()(const T& what) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T> || std::same_as<T, std::string>) {
      // speaks of nothing in the store
    } else if constexpr (detail::kIsPairOfSomething<T>) {
      (*this)(what.first);
      (*this)(what.second);
    } else if constexpr (detail::kIsOptionalSomething<T>) {
      if (what) (*this)(*what);
    } else if constexpr (std::ranges::range<T>) {
      for (const auto& one : what) (*this)(one);
    } else {
      boost::pfr::for_each_field(what, [this](const auto& field) { (*this)(field); });
    }
  }
  /// The keys of a map alone.
  template <class Map>
  void keys(const Map& map) {
    for (const auto& entry : map) (*this)(entry.first);
  }

  [[nodiscard]] bool has(TextId id) const { return texts_[id.index]; }
  [[nodiscard]] bool has(ListId id) const { return lists_[id.index]; }
  [[nodiscard]] bool has(RecordId id) const { return records_[id.index]; }
  /// Whether the store holds what it held when this began.
  [[nodiscard]] bool is_up_to_date() const;

 private:
  const Facts* facts_;
  std::vector<bool> texts_, lists_, records_;  // by id
};

}  // namespace shinsa
