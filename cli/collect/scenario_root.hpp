/// Where the suites are when nobody says.
#pragma once

#include <string>

namespace shinsa::cli {

/// What the environment's SHINSA_SCENARIOS names, else `scenarios` where one stands, else the
/// folder of the source tree that this was built from.
[[nodiscard]] std::string default_scenario_root();

/// Where the bounded worlds of the systems are: what SHINSA_WORLDS names, else `bench/worlds` where
/// that stands, else that folder of the source tree.
[[nodiscard]] std::string default_world_root();

}  // namespace shinsa::cli
