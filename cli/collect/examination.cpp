#include "cli/collect/examination.hpp"

#include <algorithm>

namespace shinsa::cli {

namespace {

bool is_background(const Event& event, const model::Profile& profile) {
  return event.row().sort == Sort::fact && profile.routes[event.type].empty();
}

}  // namespace

// -- what is recorded
// -----------------------------------------------------------------------------------------------------

void Observed::take(const Event& event, const Facts& facts) {
  occur_.add(event.type);
  if (event.type != kType<"log.opened">) return;
  const Value said = facts.record(event.data).fields[kField<"log.opened", "observes">];
  says_ = says_ || said.present();
  for (TextId name : facts.list(said.list())) {
    all_ = all_ || facts.text(name) == "*";
    if (const auto type = find_type(facts.text(name))) said_.add(*type);
  }
}

sim::TypeSet Observed::unobserved(const model::Profile& profile) const {
  sim::TypeSet types;
  if (all_) return types;
  for (TypeIndex type = 0; type < kEventTypes.size(); ++type) {
    const EventType& row = kEventTypes[type];
    if (row.sort != Sort::request && row.sort != Sort::action) continue;
    if ((row.systems & profile.system) && !(says_ ? said_ : occur_).contains(type)) types.add(type);
  }
  return types;
}

// -- groups
// -----------------------------------------------------------------------------------------------------------

void Grouping::take(const Event& event, const Facts& facts, const model::World& world) {
  const auto group = world.group_of(event);
  if (group && !world.group_of(Event{{}, 0, {}, event.subject, {}}))
    refused_.try_emplace(std::string(facts.text(event.subject)), *group);
}

std::optional<std::uint32_t> Grouping::of(const Event& event, const Facts& facts,
                                          const model::World& world) const {
  if (const auto group = world.group_of(event)) return group;
  const auto refused = refused_.find(facts.text(event.subject));
  if (refused == refused_.end()) return std::nullopt;
  return refused->second;
}

std::optional<std::uint32_t> Grouping::of(const sim::Finding& finding, const Facts& facts,
                                          const model::World& world) const {
  if (finding.kind == sim::Finding::Kind::violation) return of(finding.event, facts, world);
  return of(Event{{}, 0, {}, finding.subject, {}}, facts, world);
}

Gathering::Gathering(const sim::Judge& judge, const Grouping& grouping, const Facts& facts)
    : grouping_(&grouping), background_facts_(std::make_unique<Facts>()) {
  for (const sim::Finding& finding : judge.findings()) {
    if (finding.kind == sim::Finding::Kind::remark) continue;
    const auto group = grouping.of(finding, facts, judge.world());
    if (!group || matters_.contains(*group)) continue;
    bounded_ = bounded_ || matters_.size() == kMattersMax;
    if (matters_.size() < kMattersMax) matter_of(*group);
  }
}

Gathering::Gathered& Gathering::matter_of(std::uint32_t group) {
  Gathered& gathered = matters_[group];
  if (!gathered.facts) gathered.facts = std::make_unique<Facts>();
  return gathered;
}

void Gathering::take(const Event& event, std::size_t line, const Facts& facts,
                     const model::World& world) {
  until_ = std::max(until_, event.time);
  last_line_ = line;
  if (is_background(event, world.profile())) {
    background_.push_back({sim::carried(event, facts, *background_facts_), line, false});
    return;
  }
  const auto group = grouping_->of(event, facts, world);
  if (!group || !matters_.contains(*group)) return;
  Gathered& gathered = matters_[*group];
  gathered.matter.events.push_back({sim::carried(event, facts, *gathered.facts), line, false});
}

std::vector<Gathering::Gathered> Gathering::finish(
    const std::shared_ptr<const model::Profile>& profile, sim::Judged judged, bool complete) {
  std::vector<Gathered> all;
  for (auto& [group, gathered] : matters_) {
    sim::Matter& matter = gathered.matter;
    for (const sim::Recorded& one : background_)
      matter.events.push_back(
          {sim::carried(one.event, *background_facts_, *gathered.facts), one.line, false});
    std::ranges::stable_sort(matter.events, {}, &sim::Recorded::line);
    matter.profile = profile;
    matter.facts = gathered.facts.get();
    matter.judged = judged;
    matter.complete = complete;
    matter.until = until_;
    matter.last_line = last_line_;
    all.push_back(std::move(gathered));
  }
  matters_.clear();
  return all;
}

// -- answers
// ----------------------------------------------------------------------------------------------------------

bool Examined::is_violated() const {
  return !rest.empty() ||
         std::ranges::any_of(answers, [](const Told& one) { return one.answer.certain; });
}

bool Examined::is_inconclusive() const {
  return std::ranges::any_of(answers, [](const Told& one) { return !one.answer.certain; });
}

namespace {

/// The line at which the judge noticed what was missed: in a group alone it shows later.
void take_lines_of(const sim::Judge& judge, const Facts& facts, std::vector<sim::Answer>& answers,
                   const Facts& own) {
  for (sim::Answer& answer : answers) {
    if (answer.finding.kind != sim::Finding::Kind::overdue) continue;
    for (const sim::Finding& found : judge.findings())
      if (found.kind == answer.finding.kind && found.type == answer.finding.type &&
          found.due == answer.finding.due &&
          facts.text(found.subject) == own.text(answer.finding.subject))
        answer.finding.line = std::min(answer.finding.line, found.line);
  }
}

/// A finding in a group that the bound leaves out.
void left_out(const sim::Finding& finding, const std::shared_ptr<Facts>& facts, Examined& all) {
  if (!all.unobserved.any()) return all.rest.push_back(finding);
  sim::Answer answer;
  answer.finding = finding;
  answer.certain = false;
  answer.bounded = true;
  all.answers.push_back({facts, std::move(answer)});
}

}  // namespace

Examined as_found(const JudgedLog& log, const Observed& observed) {
  Examined all;
  all.bounded = true;
  all.unobserved = observed.unobserved(*log.profile);
  const std::shared_ptr<Facts> of_log(log.facts.get(), [](Facts*) {});
  for (const sim::Finding& finding : log.judge->findings())
    if (finding.kind == sim::Finding::Kind::remark)
      all.remarks.push_back(finding);
    else
      left_out(finding, of_log, all);
  return all;
}

Examined examine(const JudgedLog& log, sim::Judged judged) {
  Examined all;
  Observed observed;
  Grouping grouping;
  const model::World& world = log.judge->world();
  for (const sim::Line& line : log.lines) {
    if (line.unknown_type) continue;
    observed.take(line.event, *log.facts);
    grouping.take(line.event, *log.facts, world);
  }
  all.unobserved = observed.unobserved(*log.profile);
  Gathering gathering(*log.judge, grouping, *log.facts);
  all.bounded = gathering.is_bounded();
  const std::shared_ptr<Facts> of_log(log.facts.get(), [](Facts*) {});
  for (const sim::Finding& finding : log.judge->findings()) {
    const auto group = grouping.of(finding, *log.facts, world);
    if (finding.kind == sim::Finding::Kind::remark)
      all.remarks.push_back(finding);
    else if (!group)
      all.rest.push_back(finding);
    else if (!gathering.holds(*group))
      left_out(finding, of_log, all);
  }
  if (gathering.is_empty()) return all;
  for (const sim::Line& line : log.lines)
    if (!line.unknown_type) gathering.take(line.event, line.number, *log.facts, log.judge->world());
  sim::Examiner examiner({all.unobserved});
  for (auto& gathered : gathering.finish(log.profile, judged, log.complete)) {
    const std::shared_ptr<Facts> facts = std::move(gathered.facts);
    auto answers = examiner.examine(gathered.matter);
    take_lines_of(*log.judge, *log.facts, answers, *facts);
    for (sim::Answer& answer : answers) {
      all.bounded = all.bounded || answer.bounded;
      all.answers.push_back({facts, std::move(answer)});
    }
  }
  std::ranges::stable_sort(all.answers, {},
                           [](const auto& told) { return told.answer.finding.line; });
  return all;
}

}  // namespace shinsa::cli
