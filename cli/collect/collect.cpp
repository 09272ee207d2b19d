#include "cli/collect/collect.hpp"

#include <algorithm>
#include <set>

#include "cli/collect/campaign_tally.hpp"
#include "model/catalogue/catalogue.hpp"
#include "model/vocabulary/assert.hpp"
#include "properties/hold_trace.hpp"
#include "properties/laws/law.hpp"
#include "sim/explain.hpp"

namespace shinsa::cli {

namespace {

std::string_view kind_of(sim::Finding::Kind kind) {
  switch (kind) {
    case sim::Finding::Kind::violation:
      return "violation";
    case sim::Finding::Kind::overdue:
      return "overdue";
    case sim::Finding::Kind::missing:
      return "missing";
    case sim::Finding::Kind::remark:
      return "remark";
  }
  return "violation";
}

std::string_view kind_of(scenarios::Miss::Kind kind) {
  switch (kind) {
    case scenarios::Miss::Kind::expectation:
      return "expectation";
    case scenarios::Miss::Kind::finding:
      return "violation";
    case scenarios::Miss::Kind::coverage:
      return "coverage";
    case scenarios::Miss::Kind::error:
      return "error";
  }
  return "error";
}

std::string_view verb_of(scenarios::Step::Verb verb) {
  switch (verb) {
    case scenarios::Step::Verb::request:
      return "request";
    case scenarios::Step::Verb::expect:
      return "expect";
    case scenarios::Step::Verb::never:
      return "never";
    case scenarios::Step::Verb::wait:
      return "wait";
    case scenarios::Step::Verb::mailbox:
      return "mailbox";
  }
  return "wait";
}

reports::Verdict verdict_of(scenarios::StoryRun::End end) {
  switch (end) {
    case scenarios::StoryRun::End::passed:
      return reports::Verdict::held;
    case scenarios::StoryRun::End::failed:
      return reports::Verdict::violated;
    case scenarios::StoryRun::End::not_applicable:
      return reports::Verdict::not_applicable;
    case scenarios::StoryRun::End::error:
      return reports::Verdict::error;
  }
  return reports::Verdict::error;
}

/// How often the guards of a clause said yes and no, and whether each said both.
struct Seen {
  std::uint64_t yes = 0;
  std::uint64_t no = 0;
  std::uint64_t effects = 0;
  bool has_guard = false;
  bool both_ways = false;  // some guard of the clause said yes and some said no
  bool of_actions =
      false;  // a guard that only actions are held against: a lawful portal never makes it say no
  bool has_effect = false;
};

Seen seen_of(const model::Profile& profile, const model::Coverage& coverage, ClauseIndex index) {
  Seen seen;
  for (std::size_t m = 0; m < profile.machines.size(); ++m) {
    for (std::size_t g = 0; g < profile.machines[m]->guards.size(); ++g) {
      if (std::ranges::count(profile.machines[m]->guards[g].clauses, index) == 0) continue;
      seen.has_guard = true;
      seen.of_actions = seen.of_actions || is_of_actions(*profile.machines[m], g);
      seen.yes += coverage.machines()[m].yes[g];
      seen.no += coverage.machines()[m].no[g];
    }
    for (std::size_t e = 0; e < profile.machines[m]->effects.size(); ++e) {
      if (std::ranges::count(profile.machines[m]->effects[e].clauses, index) == 0) continue;
      seen.has_effect = true;
      seen.effects += coverage.machines()[m].effects[e];
    }
  }
  seen.both_ways = seen.yes > 0 && seen.no > 0;
  return seen;
}

reports::NeverReached never_reached(const properties::campaign::Missed& missed) {
  using Kind = properties::campaign::Missed::Kind;
  constexpr std::string_view kNo = " never said no", kYes = " never said yes";
  std::string ja = missed.what;
  if (ja.ends_with(kNo)) ja.replace(ja.size() - kNo.size(), kNo.size(), "は一度も否としていない");
  if (ja.ends_with(kYes))
    ja.replace(ja.size() - kYes.size(), kYes.size(), "は一度も可としていない");
  return {missed.kind == Kind::state ? "state"
          : missed.kind == Kind::row ? "row"
                                     : "guard",
          {missed.what, ja},
          missed.because};
}

/// @param shown  per law, how often it was; empty if no law was asked.
reports::SystemCoverage coverage_of(const model::Profile& profile, const model::Coverage& coverage,
                                    const std::vector<std::uint64_t>& shown) {
  const auto reach =
      properties::campaign::reach_of(profile, coverage, properties::campaign::own_unreached());
  reports::SystemCoverage all;
  all.system = profile.name;
  all.states = {reach.states_entered, reach.states};
  all.rows = {reach.rows_fired, reach.rows};
  all.guards = {reach.guards_both, reach.guards};
  for (const auto& missed : reach.missed) all.never.push_back(never_reached(missed));
  const auto laws = properties::laws(profile.name);
  for (std::size_t i = 0; i < shown.size(); ++i)
    if (laws[i].kind == properties::LawKind::sometimes)
      all.sometimes.push_back({std::string(laws[i].name),
                               {std::string(laws[i].says_en), std::string(laws[i].says_ja)},
                               shown[i]});
  return all;
}

/// What a campaign missed of the tables, or reached although that is said to be impossible.
reports::ScenarioResult through(const CampaignTally& sum, reports::ScenarioResult result) {
  const auto add = [&](const std::string& what, const std::string& en, const std::string& ja) {
    reports::Problem problem;
    problem.kind = "coverage";
    problem.says = {what + en, what + ja};
    result.problems.push_back(std::move(problem));
  };
  for (const std::string& what : sum.unreached)
    add(what, ": never reached, and not explained", ": 到達されず、理由も示されていない");
  for (const std::string& what : sum.reached)
    add(what, ": reached, although it is explained why it is not",
        ": 到達されない理由が示されているが、到達された");
  return result;
}

}  // namespace

std::vector<reports::Problem> breaches_of(std::string_view system,
                                          const properties::Monitor& monitor,
                                          const sim::Simulation& simulation) {
  std::vector<reports::Problem> problems;
  const auto& trace = simulation.trace();
  std::set<std::size_t> told;
  for (const properties::Breach& breach : monitor.breaches()) {
    if (!told.insert(breach.law).second) continue;
    const properties::Law& law = properties::laws(system)[breach.law];
    reports::Problem problem;
    problem.kind = "law";
    problem.says = {"law " + std::string(law.name) + ": " + std::string(law.says_en),
                    "法則 " + std::string(law.name) + ": " + std::string(law.says_ja)};
    problem.where = "trace:" + std::to_string(breach.line);
    for (ClauseIndex index : law.clauses) problem.clauses.emplace_back(clause(index).id);
    problem.trace_line = breach.line;
    if (breach.line > simulation.forgotten()) {
      const Event& event = trace[breach.line - 1 - simulation.forgotten()].event;
      problem.event_type = event.row().name;
      problem.event_subject = simulation.facts().text(event.subject);
    }
    problems.push_back(std::move(problem));
  }
  return problems;
}

reports::Problem problem_of(const sim::Finding& finding, const Facts& facts,
                            const std::string& file) {
  reports::Problem problem;
  problem.kind = kind_of(finding.kind);
  problem.says = sim::explain(finding, facts);
  problem.where = file + ":" + std::to_string(finding.line);
  for (ClauseIndex index : finding.clauses) problem.clauses.emplace_back(clause(index).id);
  problem.trace_line = finding.line;
  problem.event_type = kEventTypes[finding.type].name;
  problem.event_subject = facts.text(finding.subject);
  problem.allowed = sim::allowed_phrases(finding, facts);
  if (finding.kind == sim::Finding::Kind::violation)
    problem.observed = sim::describe(finding.event.data, facts);
  return problem;
}

namespace {

void set_repair(const sim::Repair& repair, const Facts& facts, reports::Problem& problem) {
  constexpr std::string_view kKinds[] = {"insert", "drop", "move"};
  problem.repair.kind = kKinds[static_cast<std::size_t>(repair.kind)];
  problem.repair.line = repair.line;
  problem.repair.before_line = repair.before_line;
  problem.repair.type = repair.event.row().name;
  problem.repair.subject = facts.text(repair.event.subject);
  problem.repair.says = sim::repair_phrase(repair, facts);
}

}  // namespace

reports::Problem problem_of(const sim::Answer& answer, const Facts& facts,
                            const std::string& file) {
  reports::Problem problem = problem_of(answer.finding, facts, file);
  problem.says = sim::explain(answer, facts);
  problem.examined = answer.certain && answer.examined;
  const bool missing = answer.finding.kind == sim::Finding::Kind::missing;
  problem.accepted_lines = missing ? answer.finding.line : answer.finding.line - 1;
  problem.stopped_by = sim::stop_phrases(answer, facts);
  problem.follows = sim::follow_phrases(answer, facts);
  if (answer.repair) set_repair(*answer.repair, facts, problem);
  for (const auto& [id, alternative] : answer.other_readings)
    problem.other_readings.push_back(id + "=" + alternative);
  if (answer.certain) return problem;
  problem.kind = "inconclusive";
  problem.supposed = sim::supposed_phrases(answer, facts);
  for (const TypeIndex type : answer.settled_by)
    problem.settled_by.emplace_back(kEventTypes[type].name);
  return problem;
}

std::vector<reports::MachineCoverage> machines_of(const model::Profile& profile,
                                                  const model::Coverage& coverage) {
  std::vector<reports::MachineCoverage> all;
  for (std::size_t m = 0; m < profile.machines.size(); ++m) {
    const model::MachineApi& api = *profile.machines[m];
    const auto& counts = coverage.machines()[m];
    reports::MachineCoverage machine;
    machine.system = profile.name;
    machine.name = api.name;
    for (std::size_t s = 0; s < api.states.size(); ++s)
      machine.states.push_back({std::string(api.states[s]), counts.states[s]});
    for (std::size_t r = 0; r < api.rows.size(); ++r)
      machine.rows.push_back({std::string(api.states[api.rows[r].source]) + " --" +
                                  std::string(api.events[api.rows[r].event].name) + "--> " +
                                  std::string(api.states[api.rows[r].target]),
                              counts.rows[r]});
    for (std::size_t g = 0; g < api.guards.size(); ++g)
      machine.guards.push_back({std::string(api.guards[g].name), counts.yes[g], counts.no[g]});
    all.push_back(std::move(machine));
  }
  return all;
}

Collector::Collector(const ProfileList& profiles) {
  for (const auto& profile : profiles) about(profile);
}

void Collector::about(const std::shared_ptr<const model::Profile>& profile) {
  const bool known = std::ranges::any_of(
      systems_, [&](const Covered& one) { return one.profile->name == profile->name; });
  if (!known) systems_.push_back({profile, model::Coverage(*profile), {}});
}

template <class Count>
void Collector::show(Covered& covered, const Count& count) {
  covered.shown.resize(properties::laws(covered.profile->name).size());
  for (std::size_t law = 0; law < covered.shown.size(); ++law) covered.shown[law] += count(law);
}

Collector::Covered& Collector::of(std::string_view system) {
  const auto known = std::ranges::find_if(
      systems_, [&](const Covered& one) { return one.profile->name == system; });
  SHINSA_ASSERT(known != systems_.end(), "a result of a system that the run is not about");
  return *known;
}

void Collector::count(std::string_view system, const model::Coverage& coverage,
                      reports::ScenarioResult& scenario) {
  Covered& covered = of(system);
  covered.coverage.add(coverage);
  for (std::size_t i = 0; i < clauses().size(); ++i) {
    const auto index = static_cast<ClauseIndex>(i);
    if (!scenarios::touches(*covered.profile, coverage, index)) continue;
    touched_by_[i].push_back(scenario.id);
    scenario.clauses[std::string(clause(index).id)] = reports::Verdict::held;
  }
  for (const reports::Problem& problem : scenario.problems) {
    if (problem.kind == "remark" || problem.kind == "coverage") continue;
    const bool open = problem.kind == "inconclusive";
    for (const std::string& id : problem.clauses)
      if (const auto index = find_clause(id)) {
        (open ? open_ : violated_)[*index] = true;
        reports::Verdict& verdict = scenario.clauses[id];
        if (verdict != reports::Verdict::violated)
          verdict = open ? reports::Verdict::inconclusive : reports::Verdict::violated;
      }
  }
}

reports::ScenarioResult Collector::add(const scenarios::Story& story,
                                       const scenarios::StoryRun& run, const std::string& replay,
                                       std::uint64_t seed) {
  reports::ScenarioResult result;
  result.id = story.id;
  result.title = {story.title_en, story.title_ja};
  result.file = story.place.file;
  result.line = story.place.line;
  result.system = story.system;
  result.tags = story.tags;
  result.covers = story.covers;
  result.example = story.example;
  result.verdict = verdict_of(run.end);
  result.reason = run.reason;
  result.seed = std::to_string(seed);
  result.replay = replay;
  if (!run.simulation) {
    for (const auto& miss : run.misses)
      result.problems.push_back({"error", miss.says, miss.where, {}, {}, {}, 0, {}, {}, {}});
    return result;
  }
  const Facts& facts = run.simulation->facts();
  for (const scenarios::Miss& miss : run.misses) {
    if (miss.finding) {
      result.problems.push_back(
          problem_of(run.simulation->judge().findings()[*miss.finding], facts, "trace"));
      continue;
    }
    reports::Problem problem{std::string(kind_of(miss.kind)),
                             miss.says,
                             miss.where,
                             miss.clauses,
                             miss.expected,
                             miss.observed,
                             miss.trace_line,
                             {},
                             {},
                             {}};
    result.problems.push_back(std::move(problem));
  }
  if (const auto monitor = properties::make_monitor(story.system);
      monitor && !run.simulation->trace().empty()) {
    properties::hold_trace(*monitor, *run.simulation);
    show(of(story.system), [&](std::size_t law) { return monitor->shown()[law] ? 1u : 0u; });
    for (reports::Problem& problem : breaches_of(story.system, *monitor, *run.simulation)) {
      if (result.verdict == reports::Verdict::held) result.verdict = reports::Verdict::violated;
      result.problems.push_back(std::move(problem));
    }
  }
  for (const sim::Finding& finding : run.simulation->judge().findings())
    if (finding.kind == sim::Finding::Kind::remark)
      result.problems.push_back(problem_of(finding, facts, "trace"));
  for (const scenarios::StepRun& step : run.steps) {
    const scenarios::Step& written = story.steps[step.step];
    std::string says = written.type;
    if (!written.subject.empty()) says += (says.empty() ? "" : " ") + written.subject;
    result.steps.push_back({std::string(verb_of(written.verb)), says, written.place.text(),
                            step.held, to_text(step.time), step.trace_line});
  }
  result.virtual_seconds = run.virtual_time.seconds;
  result.events = run.simulation->trace().size();
  result.trace_sha256 = run.trace_sha256;
  count(story.system, run.simulation->judge().coverage(), result);
  return result;
}

std::vector<reports::ScenarioResult> Collector::add(const properties::CampaignOptions& options,
                                                    const properties::CampaignResult& campaign) {
  using reports::Verdict;
  Covered& covered = of(options.system);
  covered.coverage.add(campaign.coverage);
  show(covered, [&](std::size_t law) { return campaign.shown[law].count; });
  const auto result_of = [&](const std::string& id, const Words& title, Verdict verdict) {
    reports::ScenarioResult result;
    result.id = id;
    result.title = title;
    result.system = options.system;
    result.verdict = verdict;
    result.seed = std::to_string(options.seed);
    return result;
  };
  std::vector<reports::ScenarioResult> all;
  all.push_back(result_of("judge", {"The judge says no to nothing", "判定はどの動作も否としない"},
                          judge_fires(campaign) ? Verdict::violated : Verdict::held));
  all.push_back(result_of("twice",
                          {"A run that is played twice is the same", "二度行った試験は同じになる"},
                          runs_differ(campaign) ? Verdict::violated : Verdict::held));
  if (const CampaignTally sum = tally(options, campaign); !sum.is_through())
    all.push_back(through(sum, result_of("tables",
                                         {"Every row and every guard is reached or explained",
                                          "どの行もガードも到達されるか、理由が示される"},
                                         Verdict::violated)));
  for (const auto& failure : campaign.failures) {
    for (const std::string& id : failure.clauses)
      if (const auto index = find_clause(id)) violated_[*index] = true;
    for (const Words& sentence : failure.sentences) {
      reports::Problem problem;
      problem.kind = "violation";
      problem.says = sentence;
      problem.where = "run " + std::to_string(failure.run);
      problem.clauses = failure.clauses;
      all[failure.differs ? 1 : 0].problems.push_back(std::move(problem));
    }
  }
  for (const auto& kind : campaign.more)
    for (const std::string& id : kind.clauses)
      if (const auto index = find_clause(id)) violated_[*index] = true;
  const auto laws = properties::laws(options.system);
  for (std::size_t i = 0; i < laws.size(); ++i) {
    const properties::Law& law = laws[i];
    const LawOutcome outcome = outcome_of(options, campaign, i);
    auto result = result_of("law/" + std::string(law.name),
                            {std::string(law.says_en), std::string(law.says_ja)},
                            outcome == LawOutcome::held     ? Verdict::held
                            : outcome == LawOutcome::broken ? Verdict::violated
                                                            : Verdict::not_applicable);
    result.tags.emplace_back(properties::to_text(law.kind));
    if (outcome == LawOutcome::says_nothing)
      result.reason = {"never seen, in a campaign that need not show it",
                       "観測されていないが、この試験では必須ではない"};
    for (ClauseIndex index : law.clauses) {
      result.covers.emplace_back(clause(index).id);
      touched_by_[index].push_back(result.id);
      violated_[index] = violated_[index] || outcome == LawOutcome::broken;
    }
    all.push_back(std::move(result));
  }
  return all;
}

reports::ScenarioResult Collector::add(const std::string& file, const sim::Judge& judge,
                                       const Facts& facts) {
  reports::ScenarioResult result;
  result.id = file;
  result.title = {file, file};
  result.file = file;
  result.line = 1;
  result.system = judge.world().profile().name;
  result.events = judge.events();
  for (const sim::Finding& finding : judge.findings())
    result.problems.push_back(problem_of(finding, facts, file));
  result.verdict = judge.violations() ? reports::Verdict::violated : reports::Verdict::held;
  count(result.system, judge.coverage(), result);
  return result;
}

reports::ScenarioResult Collector::add(const std::string& file, const sim::Judge& judge,
                                       const Facts& facts, const Examined& examined) {
  using reports::Verdict;
  reports::ScenarioResult result;
  result.id = file;
  result.title = {file, file};
  result.file = file;
  result.line = 1;
  result.system = judge.world().profile().name;
  result.events = judge.events();
  for (const auto& told : examined.answers)
    result.problems.push_back(problem_of(told.answer, *told.facts, file));
  for (const auto* findings : {&examined.rest, &examined.remarks})
    for (const sim::Finding& finding : *findings)
      result.problems.push_back(problem_of(finding, facts, file));
  std::ranges::stable_sort(result.problems, {}, &reports::Problem::trace_line);
  result.verdict = examined.is_violated()       ? Verdict::violated
                   : examined.is_inconclusive() ? Verdict::inconclusive
                                                : Verdict::held;
  if (result.verdict == Verdict::inconclusive)
    result.reason = {"it depends on what the log does not record",
                     "記録されていない出来事によって結論が変わる"};
  count(result.system, judge.coverage(), result);
  return result;
}

void Collector::finish(reports::Results& results) const {
  for (const Covered& covered : systems_) finish(covered, results);
  std::ranges::sort(results.scenarios, {}, &reports::ScenarioResult::id);
}

void Collector::finish(const Covered& covered, reports::Results& results) const {
  const auto& [profile, coverage, shown] = covered;
  for (std::size_t i = 0; i < clauses().size(); ++i) {
    const auto index = static_cast<ClauseIndex>(i);
    const Clause& one = clause(index);
    if (one.system != profile->name) continue;
    const Seen seen = seen_of(*profile, coverage, index);
    reports::ClauseResult result;
    result.id = one.id;
    result.system = one.system;
    result.kind = one.kind;
    result.statement = {std::string(one.statement_en), std::string(statement_in(one, "ja"))};
    result.yes = seen.yes;
    result.no = seen.no;
    result.refused = coverage.refused()[index];
    result.met = coverage.met()[index];
    result.scenarios = touched_by_[index];
    const bool exercised =
        seen.has_guard ? seen.both_ways || result.met > 0 || (seen.of_actions && seen.yes > 0)
                       : seen.effects > 0 || result.met > 0 || result.refused > 0;
    if (violated_[index])
      result.verdict = reports::Verdict::violated;
    else if (open_[index])
      result.verdict = reports::Verdict::inconclusive;
    else if (exercised)
      result.verdict = reports::Verdict::held;
    else if (!one.note_en.empty()) {
      result.verdict = reports::Verdict::not_applicable;
      result.note = {std::string(one.note_en), std::string(one.note_ja)};
    } else if (seen.yes > 0)
      result.note = {"its guard never said no", "ガードが一度も否としていない"};
    else if (seen.no > 0)
      result.note = {"its guard never said yes", "ガードが一度も可としていない"};
    else if (!seen.has_guard && !seen.has_effect && result.refused == 0)
      result.note = {"nothing in the model represents it yet", "モデルにまだ表現がない"};
    results.clauses.push_back(std::move(result));
  }
  for (auto& machine : machines_of(*profile, coverage))
    results.machines.push_back(std::move(machine));
  results.coverage.push_back(coverage_of(*profile, coverage, shown));
  for (std::size_t r = 0; r < readings().size(); ++r)
    if (readings()[r].system == profile->name)
      results.readings[std::string(readings()[r].id)] =
          readings()[r].alternatives[static_cast<std::size_t>(profile->readings[r])].name;
}

}  // namespace shinsa::cli
