/// Fills a Seen with what a reader finds under the keys of a line: each key once.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/seen.hpp"

namespace shinsa::sim {

/// In which order the names of the envelope stand in a line: mostly as in the line before.
class KeyOrder {
 public:
  static constexpr std::size_t kMax = 16;
  /// The place in `kEnvelope` of the n-th key, as it was last; one past the last for another key.
  [[nodiscard]] std::size_t operator[](std::size_t n) const { return places_[n % kMax]; }
  void note(std::size_t n, std::size_t place) {
    places_[n % kMax] = static_cast<std::uint8_t>(place);
  }

 private:
  std::array<std::uint8_t, kMax> places_{};
};

class Filling {
 public:
  /// @param seen  holds nothing yet. @param order  outlives it.
  Filling(Seen& seen, KeyOrder& order) : seen_(seen), order_(order) {}

  static constexpr std::size_t kLongest = 8;  ///< bytes of a name of the envelope

  /// The same as `envelope` for the key that begins at `text`, if it is the one that came at this
  /// point of the last line and ends with a quote. @param size  of the key, then. @return null: it
  /// is another, or stands twice.
  [[nodiscard]] Scalar* expected(const char* text, std::size_t& size);

  /// Where the value goes that stands under a key of the line; what means nothing here goes where
  /// nobody looks. @param key  behind it eight bytes may be read. @return null if the key stands
  /// twice, or if too many keys mean nothing here.
  [[nodiscard]] Scalar* envelope(std::string_view key);
  /// The same for a key of `data`.
  [[nodiscard]] Scalar* data(std::string_view key);
  [[nodiscard]] static bool is_data(const Seen& seen, const Scalar* place) {
    return place == &seen[Envelope::data];
  }

 private:
  static constexpr std::size_t kUnknownMax = 8;
  Scalar* take(std::size_t place, std::string_view key);

  Seen& seen_;
  KeyOrder& order_;
  std::size_t keys_ = 0;     // of the line, so far
  std::uint64_t marks_ = 0;  // of the keys of `data`
  std::array<std::string_view, kUnknownMax> unknown_;
  std::size_t unknown_count_ = 0;
  Scalar unused_;
};

}  // namespace shinsa::sim
