/// Follows the numbers by which each source of a log counts its events: a hole means that lines
/// were lost on the way, or moved.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sim/seen.hpp"

namespace shinsa::sim {

class Sequences {
 public:
  struct Hole {
    std::int64_t from = 0, to = 0;  ///< what came one after the other
  };
  /// The next number of a source. @return the hole before it, if there is one.
  std::optional<Hole> follow(std::string_view source, std::int64_t number);

  /// What `sequence` says: a number, or a text of digits, of which 18 count. Nothing: neither.
  [[nodiscard]] static std::optional<std::int64_t> number_of(const Scalar& sequence);

 private:
  std::map<std::string, std::int64_t, std::less<>> last_;  // by source
  std::string source_;                                     // of the last line that had one before
  std::int64_t* its_last_ = nullptr;                       // null before there was one
};

}  // namespace shinsa::sim
