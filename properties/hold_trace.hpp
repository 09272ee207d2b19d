/// Holds what a simulation has left against the laws.
#pragma once

#include "properties/laws/law.hpp"
#include "sim/simulation.hpp"

namespace shinsa::properties {

/// Shows the monitor the whole trace; its end too where the trace was closed.
void hold_trace(Monitor& monitor, sim::Simulation& simulation);

}  // namespace shinsa::properties
