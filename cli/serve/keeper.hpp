/// Forgets what is over, so that a service that goes on without end does not grow without end: of
/// its orders it keeps the newest, and all that are not over.
///
/// With an order go its resources at the ACME server, which answer 404 from then on, and what the
/// model, its judge, the laws and the cast know of it and of its certificate: the file, and that it
/// was issued (OCSP says `unknown`), but not that it was revoked. The events before the oldest of
/// the newest orders go too, also later ones where much else happens, and of letters as files all
/// but the newest.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "fakes/acme/server.hpp"
#include "fakes/acme/simulation_desk.hpp"
#include "properties/laws/law.hpp"
#include "sim/simulation.hpp"

namespace shinsa::cli {

class Keeper {
 public:
  /// @param kept  so many of the newest orders, 1 or more. @param simulation  outlives it.
  Keeper(std::size_t kept, sim::Simulation& simulation, fakes::Cast& cast);

  /// Forgets what is over by now and not among the newest. Whoever reads the trace has read it.
  /// @param laws  that follow the trace; null if none do.
  void clear_up(fakes::acme::SimulationDesk& desk, fakes::acme::Server& server,
                properties::Monitor* laws);

  /// Tells what of the store of facts it remembers.
  void tell_needed(Needed& needed) const {
    needed(over_);
    needed(refused_);
  }

 private:
  struct Order {
    std::string subject;
    std::size_t line = 0;  // of its request in the trace, from 1
  };
  bool take_new_orders();
  void forget_orders(fakes::acme::SimulationDesk& desk, fakes::acme::Server& server);
  void forget_things(fakes::acme::SimulationDesk& desk, properties::Monitor* laws);
  [[nodiscard]] bool still_counts(TextId thing) const;
  void forget_trace();

  std::size_t kept_;
  sim::Simulation* simulation_;
  std::deque<Order> orders_;     // that are not forgotten, the oldest first
  std::vector<TextId> over_;     // things of orders that are, which the simulation still knows
  std::vector<TextId> refused_;  // orders that never were any, likewise
  std::size_t seen_ = 0;         // events of the trace
};

}  // namespace shinsa::cli
