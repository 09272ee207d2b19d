#include "sim/simulation.hpp"

#include <algorithm>
#include <utility>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/growth.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::sim {

namespace {
constexpr Duration kGrace = days(16);        // longer than the days of a notice (REN-05)
constexpr std::size_t kEventsExpected = 64;  // as many as most simulations have
constexpr std::size_t kWatchersExpected = 16;
}  // namespace

Simulation::Simulation(SimulationOptions options, std::unique_ptr<Storage> storage)
    : storage_(std::move(storage)),
      facts_(storage_->facts),
      trace_(storage_->trace),
      planned_(storage_->planned),
      agenda_(storage_->agenda),
      clock_(options.start),
      streams_(options.seed),
      conduct_(std::move(options.conduct)),
      faults_(std::move(options.faults)),
      system_(options.system, facts_, std::exchange(storage_->system, {})),
      judge_(options.judge, facts_, {true, true, options.judge_counted},
             std::exchange(storage_->judge, {})),
      stage_{facts_,
             streams_,
             faults_,
             artefacts_,
             system_,
             options.start,
             [this](Instant at, TypeIndex type, TextId subject, RecordId data) {
               agenda_.schedule(std::max(at, clock_.now()), {false, {}, subject, type, data});
             },
             [this](std::string_view choice) {
               return conduct_.decide(system_.profile().system, choice, streams_);
             },
             true},
      seed_(options.seed),
      strict_(options.strict),
      events_max_(options.events_max) {
  restart_storage(*options.system);
  watchers_.reserve(kWatchersExpected);
  system_.observe(&storage_->coverage);
}

/// Whatever it holds is forgotten.
void Simulation::restart_storage(const model::Profile& profile) {
  facts_.clear();
  trace_.clear();
  trace_.reserve(kEventsExpected);
  for (auto& duties : planned_) duties.clear();
  agenda_.clear();
  storage_->coverage.restart(profile);
}

std::unique_ptr<Storage> Simulation::leave() {
  storage_->system.emplace(std::move(system_));
  storage_->judge.emplace(judge_.leave());
  return std::move(storage_);
}

void Simulation::cast(TypeIndex action, Performer& performer) {
  cast_[action] = &performer;
  watch(performer);
}

void Simulation::watch(Performer& performer) {
  if (std::ranges::count(watchers_, &performer, &Watcher::performer) > 0) return;
  watchers_.push_back({&performer.watches(), &performer});
  watched_.add(performer.watches());
}

TypeSet Simulation::watched_by(const std::function<bool(const Performer&)>& whom) const {
  TypeSet types;
  for (const Watcher& watcher : watchers_)
    if (whom(*watcher.performer)) types.add(*watcher.types);
  return types;
}

bool Simulation::is_onlooker(const Performer& performer) const {
  return std::ranges::count(cast_, &performer) == 0;
}

void Simulation::show(const Event& event, Stage& stage) const {
  for (const Watcher& watcher : watchers_)
    if (watcher.types->contains(event.type)) watcher.performer->observe(event, stage);
}

void Simulation::open(const std::vector<std::string>& readings) {
  std::vector<TextId> chosen;
  for (const std::string& reading : readings) chosen.push_back(facts_.intern(reading));
  const TextId every = facts_.intern("*");
  RecordBuilder opened(facts_, kType<"log.opened">);
  opened.set("implementation", "Shinsa simulation")
      .set("system", system_.profile().name)
      .set("complete", true)
      .set("observes", facts_.intern_list({&every, 1}))
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
  if (forgotten_ + trace_.size() >= events_max_)
    return fail("more than " + std::to_string(events_max_) + " events in one simulation",
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
  closed.set("events", static_cast<std::int64_t>(forgotten_ + trace_.size() - 1));
  step(kType<"log.closed">, facts_.intern("system"), closed.build());
  judge_.close(true);
}

void Simulation::forget_trace(std::size_t count) {
  SHINSA_ASSERT(count <= trace_.size(), "only what is there can be forgotten");
  trace_.erase(trace_.begin(), trace_.begin() + static_cast<std::ptrdiff_t>(count));
  forgotten_ += count;
}

void Simulation::forget(std::span<const TextId> things) {
  std::vector<TextId> gone(things.begin(), things.end());
  std::ranges::sort(gone);
  agenda_.erase_if(
      [&](const Plan& plan) { return std::ranges::binary_search(gone, plan.subject); });
  for (const model::World::Moved& moved : system_.forget(things)) follow(moved);
  judge_.forget(things);
  for (const Watcher& watcher : watchers_) watcher.performer->forget(things, stage());
}

/// Duties that are planned know their thing by its position.
void Simulation::follow(const model::World::Moved& moved) {
  if (moved.group < planned_.size()) {
    auto& planned = planned_[moved.group];
    std::erase_if(planned,
                  [&](const Owed& owed) { return moved.to[owed.duty.object] == model::kNoObject; });
    for (Owed& owed : planned) owed.duty.object = moved.to[owed.duty.object];
  }
  agenda_.each([&](Plan& plan) {
    Event about;
    about.subject = plan.subject;
    if (plan.is_duty && system_.group_of(about) == moved.group)
      plan.duty.object = moved.to[plan.duty.object];
  });
}

void Simulation::forget_unneeded(const std::function<void(Needed&)>& others) {
  Needed needed(facts_);
  for (const Stepped& stepped : trace_) needed(stepped.event);
  agenda_.each([&](const Plan& plan) { needed(plan); });
  needed(planned_);
  system_.tell_needed(needed);
  judge_.tell_needed(needed);
  for (const Watcher& watcher : watchers_) watcher.performer->tell_needed(needed);
  if (others) others(needed);
  facts_.forget_all_but(needed);
}

Stage& Simulation::stage() {
  stage_.now = clock_.now();
  stage_.accepted = true;
  return stage_;
}

const Stepped& Simulation::step(TypeIndex type, TextId subject, RecordId data) {
  const Event event{clock_.now(), type, {}, subject, data};
  outcome_ = {};
  system_.step(event, outcome_);
  make_room(trace_);
  SHINSA_ASSERT(outcome_.accepted ? outcome_.clauses.empty() : outcome_.met.empty(),
                "what is refused meets nothing");
  const std::span<const ClauseIndex> named =
      outcome_.accepted ? std::span(outcome_.met) : std::span(outcome_.clauses);
  trace_.push_back({event, {outcome_.accepted, storage_->clauses.keep(named)}});
  judge_.observe(event, forgotten_ + trace_.size());
  Stage& at_hand = stage();
  at_hand.accepted = trace_.back().outcome.accepted();
  if (watched_.contains(type)) show(event, at_hand);
  plan_new_duties();
  return trace_.back();
}

/// Plans each duty that is not planned yet. A duty that comes twice (a mutant's) is planned twice.
void Simulation::plan_new_duties() {
  const model::World::Changed changed = system_.take_changed();
  planned_.resize(std::max(planned_.size(), system_.groups().size()));
  if (changed.several)
    plan_all_duties();
  else if (changed.group)
    plan_duties_of(*changed.group);
}

void Simulation::plan_duties_of(std::uint32_t group) {
  standing_.clear();
  add_standing(group);
  find_unplanned(planned_[group]);
  for (std::size_t at : unplanned_) plan(standing_[at]);
  std::swap(planned_[group], standing_);
}

/// All at once, for a duty may have moved from one group to another.
void Simulation::plan_all_duties() {
  standing_.clear();
  before_.clear();
  const auto groups = static_cast<std::uint32_t>(system_.groups().size());
  std::vector<std::size_t> ends;
  for (std::uint32_t group = 0; group < groups; ++group) {
    before_.insert(before_.end(), planned_[group].begin(), planned_[group].end());
    add_standing(group);
    ends.push_back(standing_.size());
  }
  find_unplanned(before_);
  for (std::size_t at : unplanned_) plan(standing_[at]);
  auto from = standing_.begin();
  for (std::uint32_t group = 0; group < groups; ++group) {
    const auto to = standing_.begin() + static_cast<std::ptrdiff_t>(ends[group]);
    planned_[group].assign(from, to);
    from = to;
  }
}

void Simulation::add_standing(std::uint32_t group) {
  const model::Group& of = system_.groups()[group];
  for (const model::Duty& duty : of.duties)
    standing_.push_back({of.objects[duty.object].subject, duty});
}

/// What stands and was not planned. Duties keep their order, so that the one looked for is nearly
/// always the next.
void Simulation::find_unplanned(std::span<const Owed> planned) {
  unplanned_.clear();
  found_.assign(planned.size(), false);
  std::size_t next = 0;
  for (std::size_t s = 0; s < standing_.size(); ++s) {
    std::size_t tried = 0;
    while (tried < planned.size() && (found_[next] || !(planned[next] == standing_[s]))) {
      ++tried;
      if (++next == planned.size()) next = 0;
    }
    if (tried == planned.size())
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
  auto performed = performer->perform(plan.duty, plan.subject, stage());
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
  if (!stepped.outcome.accepted() && strict_ && !system_.profile().mutation) {
    std::string why;
    for (ClauseIndex index : stepped.outcome.clauses()) why += " " + std::string(clause(index).id);
    return fail("the system refuses what it was obliged to do:" + why + ": " +
                    to_json_line(stepped.event, facts_, forgotten_ + trace_.size()),
                "simulation", "this is a fault of the model, please report it");
  }
  return {};
}

}  // namespace shinsa::sim
