/// Who judges while a service runs: the judge of its simulation, the laws, which are blind to the
/// machines, and what was refused of whoever asked.
///
/// Laws of the kind *eventually* are asked when a complete trace ends, and the trace of a service
/// never does: they say nothing here.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "cli/collect/collect.hpp"
#include "cli/serve/state.hpp"
#include "properties/laws/law.hpp"

namespace shinsa::cli {

class Oracles {
 public:
  explicit Oracles(std::string_view system) : laws_(properties::make_monitor(system)) {}

  /// Shows the laws the events that came since the last time.
  void follow(const sim::Simulation& simulation);

  /// The laws, which have seen what it was shown; null for a system without.
  [[nodiscard]] properties::Monitor* laws() { return laws_.get(); }

  /// As JSON: `events`, `findings` of judge and laws, `refused` requests of the trace, and
  /// `deviations`, what ACME clients did that was refused. @param state  whose simulation it
  /// follows.
  [[nodiscard]] std::string verdict(const ServedState& state) const;

  /// The same as the result of a report, violated where there is anything.
  [[nodiscard]] reports::ScenarioResult result(const ServedState& state,
                                               Collector& collector) const;

 private:
  [[nodiscard]] std::vector<reports::Problem> broken(const sim::Simulation& simulation) const;

  std::unique_ptr<properties::Monitor> laws_;  // null for a system without
  std::size_t seen_ = 0;                       // events of the trace
};

}  // namespace shinsa::cli
