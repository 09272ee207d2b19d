/// What portal and CA do in a bounded world: the fakes carry out a duty knowing only what the state
/// knows, so that the same state always gives the same action.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <string>
#include <vector>

#include "fakes/cast.hpp"
#include "properties/bounded/contents.hpp"
#include "scenarios/story.hpp"
#include "sim/simulation.hpp"

namespace shinsa::properties::bounded {

/// What they remember, in the order of time; what came at one time by subject. The newest of equal
/// events is kept. And what is under way outside: an answer, a transfer, a letter, each at its
/// time.
class Memory {
 public:
  void add(const Event& event);
  void set_out(const Event& event);
  /// What was under way has happened.
  void arrive(const Event& event);
  /// @param to  begins anew.
  void pack(Packing& to) const;
  void unpack(std::string_view bytes);
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  [[nodiscard]] const std::vector<Event>& under_way() const { return under_way_; }

 private:
  std::vector<Event> events_;
  std::vector<Event> under_way_;
};

/// Something done, and what it sets going outside.
struct Done {
  sim::Performed performed;
  std::vector<Event> sets_out;
};

class Actors {
 public:
  /// @param given  a simulation in which the facts were given and nothing else happened; outlives
  /// the actors.
  Actors(sim::Simulation& given, const scenarios::Story& story);

  /// Adds an event, if fakes remember such: what a zone holds, which form was sent.
  void remember(const Event& event, Memory& memory) const;
  /// What carrying out the duty says. Its serial numbers, codes and tokens follow from whom it is
  /// about, what it says and when it is done.
  /// @return an Error if the fakes cannot do it.
  [[nodiscard]] Result<Done> perform(const model::Duty& duty, TextId subject, Instant now,
                                     const Memory& memory);
  /// What an event sets going outside by itself, as a payment does a transfer.
  [[nodiscard]] std::vector<Event> sets_out(const Event& event, const Memory& memory);

 private:
  struct Stage;
  sim::Simulation& given_;
  sim::SimulationOptions options_;
  sim::Conduct conduct_;
  std::vector<sim::Fault> faults_;
  sim::TypeSet remembered_;
  sim::TypeSet timed_;       // of these, whose time somebody cares about
  sim::TypeSet seen_aside_;  // by those who only watch
  std::unique_ptr<sim::Storage> storage_ = std::make_unique<sim::Storage>();
};

}  // namespace shinsa::properties::bounded
