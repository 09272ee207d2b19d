/// What stands in one line of a log, as far as an event can use it; views of the line or of the
/// memory of whoever read it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace shinsa::sim {

inline constexpr std::size_t kDepthMax = 32;  ///< nested objects and arrays
inline constexpr std::int64_t kIntegerMax = std::int64_t{1} << 53;

/// A value under a key.
struct Scalar {
  enum class Kind : std::uint8_t { none, text, number, truth, list, other };
  std::string_view key;
  Kind kind = Kind::none;
  bool whole = true;        ///< a number without a fraction
  bool texts_only = true;   ///< a list of strings
  std::uint32_t items = 0;  ///< of a list
  std::string_view text;
  std::int64_t number = 0;     ///< of a truth: 1 or 0
  std::size_t first_item = 0;  ///< of a list, in Seen::items
};

/// The names of the envelope that mean something here, in the order in which they are told.
enum class Envelope : std::uint8_t { id, time, type, subject, data, sequence, source };
inline constexpr std::array<std::string_view, 7> kEnvelope{"id",   "time",     "type",  "subject",
                                                           "data", "sequence", "source"};

struct Seen {
  std::array<Scalar, kEnvelope.size()> envelope;  ///< those that are not there are of no kind
  std::vector<Scalar> data;
  std::vector<std::string_view> items;
  /// Lines of one form have the same keys in the same order, values of the same kinds behind them,
  /// and the same type; zero if none is known. The numbers are those of the reader.
  std::uint32_t form = 0;

  [[nodiscard]] const Scalar& operator[](Envelope name) const {
    return envelope[static_cast<std::size_t>(name)];
  }
  [[nodiscard]] Scalar& operator[](Envelope name) {
    return envelope[static_cast<std::size_t>(name)];
  }
  void clear() {
    static constexpr decltype(envelope) kNothing{};
    envelope = kNothing;
    data.clear();
    items.clear();
    form = 0;
  }
};

}  // namespace shinsa::sim
