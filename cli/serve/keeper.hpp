/// Forgets what is over, so that a service that goes on without end grows slowly: of its orders it
/// keeps the newest, and all that are not over.
///
/// What goes with an order: its resources at the ACME server, which answer 404 from then on, the
/// certificate as a file and its text, and the events before the oldest of the newest orders. Of
/// letters as files the newest are kept. The model, its judge, the laws, the mailboxes and the
/// store of facts forget nothing.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "fakes/acme/server.hpp"
#include "fakes/acme/simulation_desk.hpp"
#include "sim/performer.hpp"
#include "sim/simulation.hpp"

namespace shinsa::cli {

/// Takes files away that a simulation would leave behind. It sees the next order and does it then.
class Shredder : public sim::Performer {
 public:
  /// @param letters  so many of the newest stay.
  explicit Shredder(std::size_t letters) : letters_(letters) {}
  Result<sim::Performed> perform(const model::Duty&, TextId, sim::Stage&) override {
    return fail("nobody asks it for anything");
  }
  [[nodiscard]] const sim::TypeSet& watches() const override;
  void observe(const Event& event, sim::Stage& stage) override;
  void add(std::string artefact) { doomed_.push_back(std::move(artefact)); }

 private:
  std::size_t letters_;
  std::size_t sent_ = 0, shredded_ = 0;  // letters
  std::vector<std::string> doomed_;
};

class Keeper {
 public:
  /// @param kept  so many of the newest orders, 1 or more. @param simulation  outlives it.
  Keeper(std::size_t kept, sim::Simulation& simulation);

  /// Forgets what is over by now and not among the newest. Whoever reads the trace has read it.
  void clear_up(fakes::acme::SimulationDesk& desk, fakes::acme::Server& server);

 private:
  struct Order {
    std::string subject;
    std::size_t line = 0;  // of its request in the trace, from 1
  };
  bool take_new_orders();
  void forget_orders(fakes::acme::SimulationDesk& desk, fakes::acme::Server& server);
  void forget_trace();

  std::size_t kept_;
  sim::Simulation* simulation_;
  Shredder shredder_;
  std::deque<Order> orders_;  // that are not forgotten, the oldest first
  std::size_t seen_ = 0;      // events of the trace
};

}  // namespace shinsa::cli
