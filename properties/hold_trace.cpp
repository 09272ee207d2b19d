#include "properties/hold_trace.hpp"

namespace shinsa::properties {

void hold_trace(Monitor& monitor, sim::Simulation& simulation) {
  const auto& trace = simulation.trace();
  monitor.reset();
  for (std::size_t i = 0; i < trace.size(); ++i)
    monitor.see(trace[i].event, simulation.facts(), i + 1);
  if (!trace.empty() && trace.back().event.type == kType<"log.closed">)
    monitor.end(simulation.now());
}

}  // namespace shinsa::properties
