#include "sim/judge.hpp"

#include <algorithm>

#include "model/vocabulary/assert.hpp"

namespace shinsa::sim {

Judge::Judge(std::shared_ptr<const model::Profile> profile, Facts& facts, Judged judged,
             std::optional<model::World> over)
    : world_(profile, facts, std::move(over)),
      coverage_(judged.counted ? std::make_unique<model::Coverage>(*profile)
                               : std::make_unique<model::Coverage>()),
      judged_(judged) {
  SHINSA_ASSERT(!profile->mutation, "a judge never carries a mutant");
  if (judged.counted) world_.observe(coverage_.get());
}

constexpr std::size_t kFarGroups = 16;  // whose duties are told of an event that belongs to none

/// What is owed or allowed now: what an action that was refused could have been instead.
std::vector<Allowed> Judge::allowed_near(const Event& event) const {
  std::vector<Allowed> allowed;
  const auto note = [&allowed](const model::Group& group) {
    for (const model::Duty& duty : group.duties)
      allowed.push_back({duty.type, group.objects[duty.object].subject, duty.clause, duty.match,
                         duty.modality == model::Duty::Modality::must});
  };
  const auto groups = static_cast<std::uint32_t>(world_.groups().size());
  if (const auto near = world_.group_of(event))
    note(world_.group_at(*near));
  else if (groups <= kFarGroups)
    for (std::uint32_t i = 0; i < groups; ++i) note(world_.group_at(i));
  return allowed;
}

std::size_t Judge::observe(const Event& event, std::size_t line) {
  const std::size_t before = findings_.size();
  ++events_;
  last_ = event;
  last_line_ = line;
  const model::Outcome outcome = world_.step(event);
  add_missed(outcome.overdue, Finding::Kind::overdue, event, line);
  if (outcome.unjudged) ++unjudged_;
  if (!outcome.accepted && judged_.judges(event.row())) {
    const auto group = world_.group_of(event);
    if (!group || broken_.insert(*group).second)  // what follows from it is not reported again
      findings_.push_back({Finding::Kind::violation,
                           line,
                           event,
                           event.type,
                           event.subject,
                           {outcome.clauses.begin(), outcome.clauses.end()},
                           allowed_near(event),
                           {},
                           kNever});
  }
  for (ClauseIndex advice : outcome.remarks)
    findings_.push_back(
        {Finding::Kind::remark, line, event, event.type, event.subject, {advice}, {}, {}, kNever});
  return findings_.size() - before;
}

void Judge::move_to(Facts& facts, Carrier& carry) {
  world_.move_to(facts, carry);
  last_ = carry(last_);
  for (Finding& one : findings_) {
    one.event = carry(one.event);
    one.subject = carry(one.subject);
    one.match = carry(one.match);
    for (Allowed& other : one.allowed) {
      other.subject = carry(other.subject);
      other.match = carry(other.match);
    }
  }
}

void Judge::tell_needed(Needed& needed) const {
  world_.tell_needed(needed);
  needed(last_);
  needed(findings_);
}

void Judge::close(bool complete) {
  if (!complete) return;
  auto owed = world_.owed();
  std::erase_if(owed, [](const model::Missed& one) { return one.due != kNever; });  // has time yet
  add_missed(owed, Finding::Kind::missing, last_, last_line_);
}

void Judge::add_missed(const std::vector<model::Missed>& missed, Finding::Kind kind,
                       const Event& event, std::size_t line) {
  for (const model::Missed& one : missed) {
    Event owner;
    owner.subject = one.subject;
    const auto group = world_.group_of(owner);
    if ((group && broken_.contains(*group)) || !judged_.judges(kEventTypes[one.type])) continue;
    findings_.push_back(finding_of(one, kind, event, line, world_.facts()));
  }
}

Finding finding_of(const model::Missed& missed, Finding::Kind kind, const Event& event,
                   std::size_t line, const Facts& facts) {
  Finding finding{kind, line, event, missed.type, missed.subject, {}, {}, missed.match, missed.due};
  if (missed.clause != kNoClause) finding.clauses.push_back(missed.clause);
  for (TextId id : facts.list(missed.clauses))
    if (const auto index = find_clause(facts.text(id)))
      if (std::ranges::count(finding.clauses, *index) == 0) finding.clauses.push_back(*index);
  std::ranges::sort(finding.clauses);
  return finding;
}

std::size_t Judge::violations() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      findings_, [](const Finding& f) { return f.kind != Finding::Kind::remark; }));
}

}  // namespace shinsa::sim
