#include "properties/campaign/player.hpp"

#include <algorithm>

#include "model/vocabulary/assert.hpp"
#include "properties/hold_trace.hpp"
#include "sim/explain.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::properties::campaign {

namespace {

/// The seed of a story is the one that `shinsa run` uses unless told otherwise, so that a saved
/// scenario replays the shrunk run.
constexpr std::uint64_t kStorySeed = 1;

sim::SimulationOptions simulation_of(const Beginning& beginning, const Profiles& profiles,
                                     bool strict) {
  sim::SimulationOptions made;
  made.system = profiles.system;
  made.judge = profiles.judge;
  made.seed = kStorySeed;
  made.start = beginning.start;
  made.strict = strict;
  made.judge_counted = false;
  auto conduct = sim::Conduct::make(profiles.system->system, beginning.conduct);
  SHINSA_ASSERT(conduct, "a campaign chooses what conduct does not offer");
  made.conduct = std::move(*conduct);
  if (!beginning.fault.empty()) made.faults.push_back(*sim::parse_fault(beginning.fault));
  return made;
}

}  // namespace

Player::Player(const CampaignOptions& options, const Profiles& profiles, Monitor& monitor,
               std::unique_ptr<Customers> customers, bool write_story,
               std::unique_ptr<sim::Storage> storage)
    : options_(options),
      profiles_(profiles),
      monitor_(monitor),
      cast_(fakes::Detail::events),
      writes_(write_story),
      storage_(std::move(storage)),
      customers_(std::move(customers)) {
  SHINSA_ASSERT(customers_, "a campaign of a system without customers");
}

void Player::play(const Plan& plan) {
  begin(plan);
  for (const Command& command : plan.commands) take(command);
  finish();
}

void Player::begin(const Plan& plan) {
  beginning_ = customers_->beginning_of(plan);
  simulation_.emplace(simulation_of(beginning_, profiles_, !options_.understudy),
                      std::move(storage_));
  cast_.join(*simulation_);
  understudy();
  std::vector<std::string> readings;
  for (const auto& [id, name] : profiles_.readings)
    readings.emplace_back(id).append("=").append(name);
  simulation_->open(readings);
  for (const Said& said : customers_->always_given()) fact(said);
  follow();
}

void Player::understudy() {
  if (!options_.understudy) return;
  understudies_.clear();
  for (TypeIndex type = 0; type < kEventTypes.size(); ++type) {
    sim::Performer* const honest = simulation_->performer(type);
    if (!honest) continue;
    auto other = options_.understudy(type, *honest);
    if (!other) continue;
    simulation_->cast(type, *other);
    understudies_.push_back(std::move(other));
  }
}

void Player::take(const Command& command) {
  if (stuck_) return;
  if (command.verb == kGive) return give(command);
  wait(command);
  if (stuck_) return;
  const Said said = customers_->request_of(command);
  customers_->sent(command);
  ++requests_;
  const sim::Stepped::Outcome outcome = happen(said).outcome;
  if (!outcome.accepted()) {
    ++refused_;
    for (ClauseIndex index : outcome.clauses()) refusals_.insert(index);
  }
  if (writes_) story_.request(said, simulation_->now());
  follow();
}

void Player::finish() {
  if (!stuck_)
    if (auto done = simulation_->settle(days(60)); !done) stuck(done.error());
  simulation_->close();
  hold_trace(monitor_, *simulation_);
}

void Player::give(const Command& command) {
  const Said said = customers_->given(command, beginning_.start);
  if (!given_.insert(said.subject).second) return;
  fact(said);
  follow();
}

void Player::wait(const Command& command) {
  const Instant to = customers_->when(command, simulation_->now(), profiles_.judge->desk());
  if (auto done = simulation_->run_until(to); !done) stuck(done.error());
  follow();
}

void Player::fact(const Said& said) {
  happen(said);
  if (writes_) story_.fact(said);
}

const sim::Stepped& Player::happen(const Said& said) {
  Facts& facts = simulation_->facts();
  const RecordId data = record_of(said, facts);
  return simulation_->happen(facts.record(data).type, facts.intern(said.subject), data);
}

/// Reads what happened since, as the customer would.
void Player::follow() {
  const auto& trace = simulation_->trace();
  for (; read_ < trace.size(); ++read_) customers_->learn(trace[read_].event, simulation_->facts());
}

bool Player::failed() const {
  return stuck_ || simulation_->judge().violations() > 0 || !monitor_.breaches().empty();
}

std::set<std::string> Player::clauses() const {
  std::set<std::string> ids;
  if (stuck_) return {"stuck"};  // what is owed then was not failed by a rule
  for (const sim::Finding* finding : first_findings())
    for (ClauseIndex index : finding->clauses) ids.emplace(clause(index).id);
  return ids;
}

std::set<std::size_t> Player::broken_laws() const {
  std::set<std::size_t> all;
  const auto& breaches = monitor_.breaches();
  if (stuck_ || breaches.empty()) return all;
  const std::size_t first = std::ranges::min(breaches, {}, &Breach::line).line;
  for (const Breach& breach : breaches)
    if (breach.line == first) all.insert(breach.law);
  return all;
}

std::vector<Words> Player::sentences() const {
  std::vector<Words> all;
  if (stuck_) return {Words(*stuck_)};
  for (const sim::Finding* finding : first_findings())
    all.push_back(sim::explain(*finding, simulation_->facts()));
  const std::size_t more = simulation_->judge().violations() - all.size();
  if (more)
    all.emplace_back("(" + std::to_string(more) + " more after it)",
                     "(以降さらに" + std::to_string(more) + "件)");
  return all;
}

std::vector<std::string> Player::trace_lines() const {
  std::vector<std::string> lines;
  for (const sim::Stepped& one : simulation_->trace())
    lines.push_back(sim::to_json_line(one.event, simulation_->facts(), lines.size() + 1));
  return lines;
}

std::string Player::story(const std::string& why, const std::string& found) const {
  return story_.text(why, found, options_, beginning_, profiles_.readings);
}

/// Where judge and system part: what comes later may only follow from it.
std::vector<const sim::Finding*> Player::first_findings() const {
  std::vector<const sim::Finding*> first;
  for (const sim::Finding& finding : simulation_->judge().findings()) {
    if (finding.kind == sim::Finding::Kind::remark) continue;
    if (!first.empty() && finding.line < first.front()->line) first.clear();
    if (first.empty() || finding.line == first.front()->line) first.push_back(&finding);
  }
  return first;
}

}  // namespace shinsa::properties::campaign
