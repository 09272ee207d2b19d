#include "sim/simulation.hpp"

#include <algorithm>

#include "model/vocabulary/assert.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::sim {

namespace {
constexpr std::size_t kEventsMax = 100'000;  // of one simulation: reaching it is said, never a pass
constexpr Duration kGrace = days(16);        // longer than the days of a notice (REN-05)
constexpr std::size_t kEventsExpected = 64;  // as many as most simulations have
}  // namespace

Simulation::Simulation(SimulationOptions options, std::unique_ptr<Storage> storage)
    : storage_(std::move(storage)),
      facts_(storage_->facts),
      trace_(storage_->trace),
      clock_(options.start),
      streams_(options.seed),
      conduct_(std::move(options.conduct)),
      faults_(std::move(options.faults)),
      system_(options.system, facts_),
      judge_(options.judge, facts_, {true, true, options.judge_counted}),
      cast_(kEventTypes.size(), nullptr),
      seed_(options.seed),
      strict_(options.strict) {
  facts_.clear();
  trace_.clear();
  trace_.reserve(kEventsExpected);
  storage_->coverage.restart(*options.system);
  system_.observe(&storage_->coverage);
}

void Simulation::cast(TypeIndex action, Performer& performer) {
  cast_[action] = &performer;
  watch(performer);
}

void Simulation::watch(Performer& performer) {
  if (std::ranges::count(watchers_, &performer) == 0) watchers_.push_back(&performer);
}

void Simulation::open(const std::vector<std::string>& readings) {
  std::vector<TextId> chosen;
  for (const std::string& reading : readings) chosen.push_back(facts_.intern(reading));
  RecordBuilder opened(facts_, kType<"log.opened">);
  opened.set("implementation", "Shinsa simulation")
      .set("system", system_.profile().name)
      .set("complete", true)
      .set("seed", std::to_string(seed_))
      .set("readings", facts_.intern_list(chosen));
  step(kType<"log.opened">, facts_.intern("system"), opened.build());
}

const Stepped& Simulation::happen(TypeIndex type, TextId subject, RecordId data) {
  SHINSA_ASSERT(kEventTypes[type].sort != Sort::action,
                "an action is carried out, it does not just happen");
  return step(type, subject, data);
}

Result<void> Simulation::run_next() {
  const Instant deadline = system_.next_deadline();
  if (agenda_.empty() || deadline <= agenda_.next_time()) {  // what it makes owed is planned now
    clock_.advance_to(std::max(clock_.now(), deadline));
    system_.advance(clock_.now());
    plan_new_duties();
    return {};
  }
  const auto item = agenda_.pop();
  clock_.advance_to(std::max(clock_.now(), item.at));
  if (trace_.size() >= kEventsMax)
    return fail("more than " + std::to_string(kEventsMax) + " events in one simulation",
                "simulation",
                "shorten the story; a portal that never comes to rest is a fault of the model");
  return carry_out(item.task);
}

bool Simulation::has_plans_until(Instant to) const {
  return (!agenda_.empty() && agenda_.next_time() <= to) || system_.next_deadline() <= to;
}

Result<void> Simulation::run_until(Instant to) {
  while (has_plans_until(to))
    if (auto done = run_next(); !done) return done;
  if (to > clock_.now()) clock_.advance_to(to);
  return {};
}

Result<void> Simulation::settle(Duration bound) {
  const Instant end = clock_.now() + bound;
  while (has_plans_until(end))
    if (auto done = run_next(); !done) return done;
  // What began within the bound may be finished: a desk that a deadline woke opens after a holiday,
  // a mail goes out on the last of the days allowed.
  while (!agenda_.empty() && agenda_.next_time() <= end + kGrace)
    if (auto done = run_until(agenda_.next_time()); !done) return done;
  if (agenda_.empty()) return {};
  return fail("out of virtual time: something is still planned for " + to_text(agenda_.next_time()),
              "simulation", "add a wait: step if the story means to go so far");
}

void Simulation::close() {
  RecordBuilder closed(facts_, kType<"log.closed">);
  closed.set("events", static_cast<std::int64_t>(trace_.size() - 1));
  step(kType<"log.closed">, facts_.intern("system"), closed.build());
  judge_.close(true);
}

Stage Simulation::stage() {
  return {facts_,
          streams_,
          faults_,
          artefacts_,
          system_,
          clock_.now(),
          [this](Instant at, TypeIndex type, TextId subject, RecordId data) {
            Plan plan;
            plan.type = type;
            plan.subject = subject;
            plan.data = data;
            agenda_.schedule(std::max(at, clock_.now()), plan);
          },
          [this](std::string_view choice) {
            return conduct_.decide(system_.profile().system, choice, streams_);
          },
          true};
}

const Stepped& Simulation::step(TypeIndex type, TextId subject, RecordId data) {
  Event event{clock_.now(), type, facts_.intern(std::to_string(trace_.size() + 1)), subject, data};
  trace_.emplace_back().event = event;
  system_.step(event, trace_.back().outcome);
  judge_.observe(event, trace_.size());
  Stage at_hand = stage();
  at_hand.accepted = trace_.back().outcome.accepted;
  for (Performer* watcher : watchers_) watcher->observe(event, at_hand);
  plan_new_duties();
  return trace_.back();
}

/// Plans each duty that is not planned yet. A duty that comes twice (a mutant's) is planned twice.
void Simulation::plan_new_duties() {
  if (all_is_planned()) return;
  standing_.clear();
  for (const model::Group& group : system_.groups())
    for (const model::Duty& duty : group.duties)
      standing_.push_back({group.objects[duty.object].subject, duty});
  find_unplanned();
  for (std::size_t at : unplanned_) plan(standing_[at]);
  std::swap(planned_, standing_);
}

/// Whether what stands is what was planned last, in the same order, as after most events.
bool Simulation::all_is_planned() const {
  auto planned = planned_.begin();
  for (const model::Group& group : system_.groups())
    for (const model::Duty& duty : group.duties) {
      if (planned == planned_.end() || !(planned->duty == duty) ||
          planned->subject != group.objects[duty.object].subject)
        return false;
      ++planned;
    }
  return planned == planned_.end();
}

/// What stands and is not in `planned_`. Duties keep their order, so that the one
/// looked for is nearly always the next.
void Simulation::find_unplanned() {
  unplanned_.clear();
  found_.assign(planned_.size(), false);
  std::size_t next = 0;
  for (std::size_t s = 0; s < standing_.size(); ++s) {
    std::size_t tried = 0;
    while (tried < planned_.size() && (found_[next] || !(planned_[next] == standing_[s]))) {
      ++tried;
      if (++next == planned_.size()) next = 0;
    }
    if (tried == planned_.size())
      unplanned_.push_back(s);
    else
      found_[next] = true;
  }
}

void Simulation::plan(const Owed& owed) {
  const auto at = conduct_.when(owed.duty, clock_.now(), system_.profile(), streams_);
  if (!at) return;
  Plan plan;
  plan.is_duty = true;
  plan.duty = owed.duty;
  plan.subject = owed.subject;
  agenda_.schedule(*at, plan);
}

Result<void> Simulation::carry_out(const Plan& plan) {
  if (!plan.is_duty) {
    step(plan.type, plan.subject, plan.data);
    return {};
  }
  system_.advance(clock_.now());
  if (!system_.stands(plan.duty, plan.subject)) return {};
  Performer* const performer = cast_[plan.duty.type];
  SHINSA_ASSERT(performer, "an obligation that no fake can carry out");
  Stage at_hand = stage();
  auto performed = performer->perform(plan.duty, plan.subject, at_hand);
  if (!performed) return Failure(performed.error());
  const auto& mutation = system_.profile().mutation;
  if (mutation && mutation->denies) {  // such a mutant does not do what its own rules refuse
    model::World ahead = system_;
    ahead.observe(nullptr);
    const Event event{clock_.now(), plan.duty.type, facts_.intern("ahead"), performed->subject,
                      performed->data};
    if (!ahead.step(event).accepted) return {};
  }
  const Stepped& stepped = step(plan.duty.type, performed->subject, performed->data);
  if (!stepped.outcome.accepted && strict_ && !system_.profile().mutation) {
    std::string why;
    for (ClauseIndex index : stepped.outcome.clauses) why += " " + std::string(clause(index).id);
    return fail("the system refuses what it was obliged to do:" + why + ": " +
                    to_json_line(stepped.event, facts_),
                "simulation", "this is a fault of the model, please report it");
  }
  return {};
}

}  // namespace shinsa::sim
