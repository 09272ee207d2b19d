#include "cli/serve/stage.hpp"

#include <limits>

#include "scenarios/records.hpp"

namespace shinsa::cli {

namespace {

/// Lets what the file says happen: facts at the start, requests in their order.
class Beginning {
 public:
  explicit Beginning(ServedSystem& served) : served_(&served) {}

  [[nodiscard]] Result<void> play(const scenarios::Story& story) {
    for (const scenarios::Fact& fact : story.facts)
      if (auto done = happen(fact.type, fact.subject, fact.data, fact.place); !done) return done;
    for (const scenarios::Step& step : story.steps)
      if (auto done = play(step); !done) return done;
    return {};
  }

 private:
  [[nodiscard]] Result<void> play(const scenarios::Step& step) {
    using Verb = scenarios::Step::Verb;
    if (step.verb != Verb::request && step.verb != Verb::wait) return {};
    Instant to = step.at.value_or(simulation().now());
    if (step.after) to = to + *step.after;
    if (auto run = simulation().run_until(to); !run) return run;
    if (step.verb == Verb::wait) return {};
    return happen(step.type, step.subject, step.data, step.place);
  }

  [[nodiscard]] Result<void> happen(const std::string& name, const std::string& subject,
                                    const std::vector<scenarios::Entry>& data,
                                    const scenarios::Place& place) {
    const auto type = find_type(name);
    if (!type) return fail("there is no event type " + name, place.text());
    RecordBuilder record(facts(), *type);
    for (const scenarios::Entry& entry : data) {
      if (entry.name != "csr") {
        scenarios::put_field(record, kEventTypes[*type], entry, {}, facts());
      } else if (auto put = scenarios::put_csr(record, kEventTypes[*type], entry.value,
                                               *served_->cast, facts());
                 !put) {
        return put;
      }
    }
    simulation().happen(*type, facts().intern(subject), record.build());
    return simulation().run_until(simulation().now());
  }

  sim::Simulation& simulation() { return *served_->simulation; }
  Facts& facts() { return simulation().facts(); }

  ServedSystem* served_;
};

}  // namespace

Result<ServedSystem> begin(const Common& common, const scenarios::Story* given, Instant start,
                           const fakes::ca::Addresses& addresses) {
  model::ProfileOptions chosen{given ? given->system : common.system, {}, {}};
  if (given) chosen.readings = given->readings;
  for (const auto& [id, name] : common.readings) chosen.readings[id] = name;
  auto judge = model::make_profile(chosen);
  if (!judge) return Failure(judge.error());
  chosen.mutants = model::mutants_for(chosen.system, common.mutants);
  auto system = chosen.mutants.empty() ? judge : model::make_profile(chosen);
  if (!system) return Failure(system.error());
  auto conduct =
      sim::Conduct::make((*judge)->system, given ? given->conduct : decltype(given->conduct){});
  if (!conduct) return Failure(conduct.error());
  sim::SimulationOptions options{
      *system, *judge, common.seed, given ? given->start : start, std::move(*conduct), {}};
  options.events_max =
      std::numeric_limits<std::size_t>::max();  // it goes on as long as it is asked
  if (given)
    for (const std::string& text : given->faults) {
      auto fault = sim::parse_fault(text);
      if (!fault) return Failure(fault.error());
      options.faults.push_back(*fault);
    }
  ServedSystem served;
  served.cast = std::make_unique<fakes::Cast>(fakes::Detail::served, addresses);
  served.simulation = std::make_unique<sim::Simulation>(std::move(options));
  served.profile = *judge;
  served.cast->join(*served.simulation);
  std::vector<std::string> readings;
  for (const auto& [id, name] : chosen.readings) readings.push_back(id + "=" + name);
  served.simulation->open(readings);
  if (given)
    if (auto played = Beginning(served).play(*given); !played) return Failure(played.error());
  return served;
}

}  // namespace shinsa::cli
