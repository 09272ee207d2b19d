/// Ledgers as bytes, and back: what an explorer keeps of them, for there a life goes on in many
/// ways.
///
/// Two ledgers of one fact store that know the same give the same bytes, whatever the length of the
/// traces behind them: of lines only their order is kept. What a ledger holds are plain structures;
/// their members are found by themselves, so that no list of them has to be kept.
#pragma once

#include <algorithm>
#include <boost/pfr.hpp>
#include <concepts>
#include <cstring>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/events.hpp"
#include "properties/laws/place.hpp"

namespace shinsa::properties {

namespace detail {

template <class T>
concept Sequence = requires(T& t) {
  t.emplace_back();
};
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsPair = false;
template <class A, class B>
inline constexpr bool kIsPair<std::pair<A, B>> = true;
template <class T>
concept Number = std::integral<T> || std::is_enum_v<T>;

}  // namespace detail

/// Writes values into bytes. Of a record it writes where the store holds it, for equal ones are
/// held once.
class Saving {
 public:
  explicit Saving(std::string& bytes) : bytes_(bytes) { bytes_.clear(); }
  ~Saving() { put_ranks(); }
  Saving(const Saving&) = delete;
  Saving& operator=(const Saving&) = delete;

  template <class T>
  void operator()(const T& value) {
    if constexpr (std::same_as<T, Line>) {
      line(value);
    } else if constexpr (std::same_as<T, std::string> || std::same_as<T, std::string_view>) {
      text(value);
    } else if constexpr (std::same_as<T, Record>) {
      number(reinterpret_cast<std::uintptr_t>(value.fields.data()));
      number(value.fields.size());
      number(value.type);
    } else if constexpr (detail::Number<T>) {
      number(static_cast<std::uint64_t>(value));
    } else if constexpr (detail::kIsOptional<T>) {
      number(value.has_value());
      if (value) (*this)(*value);
    } else if constexpr (detail::Sequence<T>) {
      number(value.size());
      for (const auto& one : value) (*this)(one);
    } else if constexpr (detail::kIsPair<T>) {
      (*this)(value.first);
      (*this)(value.second);
    } else {
      boost::pfr::for_each_field(value, [this](const auto& field) { (*this)(field); });
    }
  }

 private:
  struct Hole {
    std::size_t at;
    Line line;
  };
  static constexpr std::size_t kRankBytes = 2;

  /// Seven bits to a byte; what is negative takes as many as what is great.
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
    bytes_ += static_cast<char>(value);
  }
  void text(std::string_view value) {
    number(value.size());
    bytes_ += value;
  }
  void line(Line value) {
    holes_.push_back({bytes_.size(), value});
    bytes_.append(kRankBytes, '\0');
  }
  void put_ranks() {
    std::vector<Line> lines;
    for (const Hole& hole : holes_)
      if (hole.line) lines.push_back(hole.line);
    std::ranges::sort(lines);
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    SHINSA_ASSERT(lines.size() < UINT16_MAX, "a ledger that remembers too many lines");
    for (const Hole& hole : holes_) {
      if (!hole.line) continue;
      const auto rank = static_cast<std::uint16_t>(std::ranges::lower_bound(lines, hole.line) -
                                                   lines.begin() + 1);
      std::memcpy(&bytes_[hole.at], &rank, kRankBytes);
    }
  }

  std::string& bytes_;
  std::vector<Hole> holes_;
};

/// Reads values back. Texts and records that they view must still stand where they stood: they are
/// of a fact store or of a table.
class Loading {
 public:
  explicit Loading(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  void operator()(T& value) {
    if constexpr (std::same_as<T, Line>) {
      value = line();
    } else if constexpr (std::same_as<T, std::string> || std::same_as<T, std::string_view>) {
      value = text();
    } else if constexpr (std::same_as<T, Record>) {
      const auto* const fields = reinterpret_cast<const Value*>(number());
      value.fields = {fields, number()};
      value.type = static_cast<std::uint16_t>(number());
    } else if constexpr (detail::Number<T>) {
      value = static_cast<T>(number());
    } else if constexpr (detail::kIsOptional<T>) {
      value.reset();
      if (number()) (*this)(value.emplace());
    } else if constexpr (detail::Sequence<T>) {
      value.resize(number());
      for (auto& one : value) (*this)(one);
    } else if constexpr (detail::kIsPair<T>) {
      (*this)(value.first);
      (*this)(value.second);
    } else {
      boost::pfr::for_each_field(value, [this](auto& field) { (*this)(field); });
    }
  }
  /// The last line of those read.
  [[nodiscard]] Line last() const { return last_; }

 private:
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      value |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
  }
  std::string_view text() {
    const std::size_t size = number();
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }
  Line line() {
    std::uint16_t rank = 0;
    std::memcpy(&rank, &bytes_[at_], sizeof rank);
    at_ += sizeof rank;
    last_ = std::max(last_, Line{rank});
    return {rank};
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  Line last_;
};

}  // namespace shinsa::properties
