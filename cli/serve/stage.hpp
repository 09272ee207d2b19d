/// What `shinsa serve` serves: a simulation of one system with its cast, begun as a scenario file
/// says.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "fakes/cast.hpp"
#include "scenarios/story.hpp"
#include "sim/simulation.hpp"

namespace shinsa::cli {

/// Both live as long as the service; the cast is gone last.
struct ServedSystem {
  std::unique_ptr<fakes::Cast> cast;
  std::unique_ptr<sim::Simulation> simulation;
  std::shared_ptr<const model::Profile> profile;  ///< that the judge goes by
  std::vector<std::string> faults = {};           ///< of the wire, to begin with, as JSON
};

/// @param given  whose facts, readings, conduct, faults and requests come first; null: nothing was
///               so before.
/// @param start  where nothing is given.
/// @param addresses  where certificates lead to.
/// @return an Error that names the place in the file.
[[nodiscard]] Result<ServedSystem> begin(const Common& common, const scenarios::Story* given,
                                         Instant start, const fakes::ca::Addresses& addresses);

}  // namespace shinsa::cli
