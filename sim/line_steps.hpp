/// Takes a line apart into the pieces that are the same in each line of its form, and the values
/// between them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/line_bytes.hpp"
#include "sim/seen.hpp"

namespace shinsa::sim {

/// One value of a line, and what stands before it; or what stands behind the last.
struct Step {
  using Kind = Scalar::Kind;
  /// Where a value goes besides the places of the envelope: a field of `data`, or nowhere.
  static constexpr std::uint8_t kData = kEnvelope.size(), kUnused = kEnvelope.size() + 1;

  FixedText piece;         ///< with the opening quote of a text
  Kind kind = Kind::none;  ///< of the value; none at the end
  std::uint8_t place = kUnused;
  std::uint8_t key_at = 0, key_size = 0;  ///< in the piece, of a field of `data`
  bool with_data = false;                 ///< of an end: whether there was a `data`
  bool operator==(const Step&) const = default;

  [[nodiscard]] bool is_type() const {
    return place == static_cast<std::uint8_t>(Envelope::type) && kind == Kind::text;
  }
};

struct LineSteps {
  std::vector<Step> steps;  ///< the last is the end
  std::string_view type;    ///< what the type says, as it is written; of the line
};

/// @param line  somebody has read it: it is an object of the envelope, each key there once, with
///              values that an event can use.
/// @return nothing if it has what no form has: a fraction, an escape in a key, a piece that is too
///         long.
[[nodiscard]] std::optional<LineSteps> steps_of(std::string_view line);

}  // namespace shinsa::sim
