/// A way through a bounded world as a scenario of its own.
#pragma once

#include <string>
#include <vector>

#include "properties/bounded/bounded_model.hpp"

namespace shinsa::properties::bounded {

/// How requests of a scenario wait for what they answer.
enum class Pace : std::uint8_t {
  by_the_clock,  ///< each at its instant
  in_turn,       ///< each once everything has been seen that came before it, and at its instant
                 ///< where time had passed
  hour_by_hour,  ///< an hour for everything that was done in between, or a day; those before which
  day_by_day,    ///< time passed and nothing was done at their instant
};

/// @param why  what is broken, on one line.
/// @return a scenario, YAML.
[[nodiscard]] std::string retold(const scenarios::BoundedWorld& world,
                                 const BoundedOptions& options, const std::vector<Taken>& way,
                                 const Facts& facts, Pace pace, const std::string& why);

}  // namespace shinsa::properties::bounded
