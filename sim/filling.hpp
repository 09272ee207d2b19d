/// Fills a Seen with what a reader finds under the keys of a line: each key once.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/seen.hpp"

namespace shinsa::sim {

class Filling {
 public:
  /// @param seen  holds nothing yet.
  explicit Filling(Seen& seen) : seen_(seen) {}

  /// Where the value goes that stands under a key of the line; what means nothing here goes where
  /// nobody looks. @return null if the key stands twice, or if too many keys mean nothing here.
  [[nodiscard]] Scalar* envelope(std::string_view key);
  /// The same for a key of `data`.
  [[nodiscard]] Scalar* data(std::string_view key);
  [[nodiscard]] static bool is_data(const Seen& seen, const Scalar* place) {
    return place == &seen[Envelope::data];
  }

 private:
  static constexpr std::size_t kUnknownMax = 8;

  Seen& seen_;
  std::uint64_t marks_ = 0;  // of the keys of `data`
  std::array<std::string_view, kUnknownMax> unknown_;
  std::size_t unknown_count_ = 0;
  Scalar unused_;
};

}  // namespace shinsa::sim
