/// What a run exercised of the model: rows fired, guards seen both ways, effects done, refusals and
/// obligations by clause.
#pragma once

#include <cstdint>
#include <vector>

namespace shinsa::model {

struct Profile;

/// Counters, indexed as the profile's machines index their rows, guards and effects.
struct Coverage {
  struct Machine {
    std::vector<std::uint64_t> states;   ///< entered
    std::vector<std::uint64_t> rows;     ///< fired
    std::vector<std::uint64_t> yes;      ///< guard said yes
    std::vector<std::uint64_t> no;       ///< guard said no
    std::vector<std::uint64_t> effects;  ///< run
  };
  std::vector<Machine> machines;
  std::vector<std::uint64_t>
      refused;                     ///< per clause: requests refused or actions rejected in its name
  std::vector<std::uint64_t> met;  ///< per clause: obligations met
  std::uint64_t spoilt = 0;        ///< how often a mutant made a difference to a guard or an effect

  Coverage() = default;
  explicit Coverage(const Profile& profile);
  void restart(const Profile& profile);  ///< as if new, in the memory that it has
  void add(const Coverage& other);       ///< same profile shape; an empty one takes the other's
};

}  // namespace shinsa::model
