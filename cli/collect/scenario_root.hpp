/// Where the suites are when nobody says.
#pragma once

#include <string>

namespace shinsa::cli {

/// What the environment's SHINSA_SCENARIOS names, else `scenarios` where one stands, else the
/// folder of the source tree that this was built from.
[[nodiscard]] std::string default_scenario_root();

}  // namespace shinsa::cli
