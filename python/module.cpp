/// The Python module `shinsa._shinsa`: runs stories, judges logs, runs campaigns, and hands over
/// tables. No rules here; the face for people is `shinsa/__init__.py`.
#include <pybind11/functional.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <optional>
#include <span>
#include <thread>

#include "cli/collect/campaign_tally.hpp"
#include "cli/collect/collect.hpp"
#include "cli/collect/scenario_root.hpp"
#include "cli/collect/suite.hpp"
#include "model/catalogue/catalogue.hpp"
#include "python/columns.hpp"
#include "python/trace.hpp"
#include "reports/results_json.hpp"
#include "scenarios/loader.hpp"

namespace shinsa::python {

namespace {

using namespace py::literals;
using Readings = std::map<std::string, std::string>;
using Names = std::vector<std::string>;
/// Called with how many are done and how many there are; may be empty.
using Progress = std::function<void(std::size_t, std::size_t)>;

/// What a run or a check found, with what can be looked at beyond its results.
struct Outcome {
  reports::Results results;
  std::vector<std::shared_ptr<Trace>> traces;  // by position in results.scenarios; may be null
  std::vector<sim::Artefacts> artefacts;       // likewise
  std::vector<std::string> warnings;
};

template <class T>
T value_of(Result<T> result) {
  if (!result) throw Refused(result.error());
  return std::move(*result);
}

/// Lets Python take its Ctrl-C and the caller's callback; whatever they raise is thrown on.
void breathe(const Progress& progress, std::size_t done, std::size_t all) {
  const py::gil_scoped_acquire hold;
  if (PyErr_CheckSignals() != 0) throw py::error_already_set();
  if (progress) progress(done, all);
}

// -- running stories
// -------------------------------------------------------------------------------------------------

struct Stories {
  Names paths;
  std::optional<std::string> text;  ///< instead of paths: one story as YAML
  std::string root;
  std::string only;    ///< id of the one that is meant; empty: all
  std::string system;  ///< only stories of this system; empty: of all
};

std::vector<scenarios::Story> load(const Stories& wanted) {
  scenarios::LoadResult loaded = wanted.text ? scenarios::load_text(*wanted.text, "story.yaml")
                                             : scenarios::load_paths(wanted.paths, wanted.root);
  if (!loaded.errors.empty()) {
    std::string text;
    for (const Error& error : loaded.errors)
      text += error.text() + "\n" + scenarios::excerpt(error);
    text.pop_back();
    throw Refused(loaded.errors.front(), text);
  }
  if (!wanted.system.empty())
    std::erase_if(loaded.stories, [&](const auto& story) { return story.system != wanted.system; });
  if (!wanted.only.empty())
    std::erase_if(loaded.stories, [&](const auto& story) { return story.id != wanted.only; });
  if (loaded.stories.empty())
    throw Refused({"no scenario was selected", {}, "give a scenario file or a folder of them"});
  return std::move(loaded.stories);
}

Outcome run(const Stories& wanted, std::uint64_t seed, const Readings& readings,
            const Names& mutants, const Names& faults, const Progress& progress) {
  const py::gil_scoped_release free;
  const std::vector<scenarios::Story> stories = load(wanted);
  const cli::ProfileList profiles = value_of(cli::profiles_of(stories, readings));
  if (auto made = cli::check_mutants(profiles, readings, mutants); !made)
    throw Refused(made.error());
  cli::Collector collector(profiles);
  Outcome outcome;
  outcome.results.system = cli::names_of(profiles);
  outcome.results.seed = std::to_string(seed);
  outcome.results.mutants = mutants;
  std::map<std::string, std::shared_ptr<scenarios::StoryRun>> runs;
  for (std::size_t i = 0; i < stories.size();) {
    breathe(progress, i, stories.size());
    const auto rest = std::span(stories).subspan(i);
    const auto parts = rest.first(scenarios::count_together(rest));
    auto some = scenarios::run_together(parts, {seed, readings, mutants, faults});
    for (std::size_t part = 0; part < parts.size(); ++part, ++i) {
      if (part > 0) breathe(progress, i, stories.size());
      auto one = std::make_shared<scenarios::StoryRun>(std::move(some[part]));
      outcome.results.scenarios.push_back(collector.add(parts[part], *one, {}, seed));
      runs[parts[part].id] = std::move(one);
    }
  }
  breathe(progress, stories.size(), stories.size());
  collector.finish(outcome.results);
  for (const reports::ScenarioResult& scenario : outcome.results.scenarios) {
    const auto& one = runs[scenario.id];
    outcome.artefacts.push_back(std::move(one->artefacts));
    outcome.traces.push_back(one->simulation ? std::make_shared<Trace>(one, scenario.system)
                                             : nullptr);
  }
  return outcome;
}

// -- judging logs
// -------------------------------------------------------------------------------------------------

Outcome judge(const std::string& name, const std::optional<std::string>& text,
              const std::string& system, const Readings& readings, bool portal, bool ca,
              bool complete) {
  const py::gil_scoped_release free;
  const std::string bytes = text ? *text : value_of(cli::read_file(name));
  cli::JudgedLog log =
      cli::judge_log(bytes, name, {system, readings, {portal, ca}, complete, false, {}});
  if (!log.errors.empty()) throw Refused(log.errors);
  Outcome outcome;
  outcome.results.kind = "check";
  outcome.results.system = log.profile->name;
  cli::Collector collector({log.profile});
  outcome.results.scenarios.push_back(collector.add(name, *log.judge, *log.facts));
  collector.finish(outcome.results);
  outcome.warnings = std::move(log.warnings);
  outcome.artefacts.emplace_back();
  outcome.traces.push_back(std::make_shared<Trace>(std::move(log)));
  return outcome;
}

// -- tables of results
// -------------------------------------------------------------------------------------------------

/// The words of the verdicts in their order. @param last  the last that can come.
Names verdicts_up_to(reports::Verdict last) {
  Names words;
  for (int i = 0; i <= static_cast<int>(last); ++i)
    words.emplace_back(to_text(static_cast<reports::Verdict>(i)));
  return words;
}

py::dict clause_table(const reports::Results& results) {
  std::vector<std::string> ids, kinds, en, ja, notes_en, notes_ja;
  std::vector<std::int32_t> verdicts;
  std::vector<std::int64_t> yes, no, refused, met;
  std::vector<Names> scenarios;
  for (const reports::ClauseResult& one : results.clauses) {
    ids.push_back(one.id);
    kinds.push_back(one.kind);
    verdicts.push_back(static_cast<std::int32_t>(one.verdict));
    yes.push_back(static_cast<std::int64_t>(one.yes));
    no.push_back(static_cast<std::int64_t>(one.no));
    refused.push_back(static_cast<std::int64_t>(one.refused));
    met.push_back(static_cast<std::int64_t>(one.met));
    scenarios.push_back(one.scenarios);
    en.push_back(one.statement.en);
    ja.push_back(one.statement.ja);
    notes_en.push_back(one.note.en);
    notes_ja.push_back(one.note.ja);
  }
  Table table;
  table.texts("clause", ids);
  table.texts("kind", kinds);
  table.categories("verdict", verdicts, verdicts_up_to(reports::Verdict::not_applicable));
  table.numbers("yes", std::move(yes));
  table.numbers("no", std::move(no));
  table.numbers("refused", std::move(refused));
  table.numbers("met", std::move(met));
  table.lists("scenarios", scenarios);
  table.texts("statement_en", en);
  table.texts("statement_ja", ja);
  table.texts("note_en", notes_en);
  table.texts("note_ja", notes_ja);
  return table.take();
}

py::dict scenario_table(const reports::Results& results) {
  std::vector<std::string> ids, en, ja, reasons_en, reasons_ja, files, hashes;
  std::vector<std::int32_t> verdicts;
  std::vector<std::int64_t> problems, events, durations, lines;
  std::vector<Names> clauses, tags;
  for (const reports::ScenarioResult& one : results.scenarios) {
    ids.push_back(one.id);
    en.push_back(one.title.en);
    ja.push_back(one.title.ja);
    verdicts.push_back(static_cast<std::int32_t>(one.verdict));
    reasons_en.push_back(one.reason.en);
    reasons_ja.push_back(one.reason.ja);
    problems.push_back(static_cast<std::int64_t>(one.problems.size()));
    events.push_back(static_cast<std::int64_t>(one.events));
    durations.push_back(one.virtual_seconds);
    clauses.emplace_back();
    for (const auto& [id, verdict] : one.clauses) clauses.back().push_back(id);
    tags.push_back(one.tags);
    files.push_back(one.file);
    lines.push_back(one.line);
    hashes.push_back(one.trace_sha256);
  }
  Table table;
  table.texts("scenario", ids);
  table.texts("title_en", en);
  table.texts("title_ja", ja);
  table.categories("verdict", verdicts, verdicts_up_to(reports::Verdict::error));
  table.texts("reason_en", reasons_en);
  table.texts("reason_ja", reasons_ja);
  table.numbers("problems", std::move(problems));
  table.numbers("events", std::move(events));
  table.durations("virtual_time", std::move(durations));
  table.lists("clauses", clauses);
  table.lists("tags", tags);
  table.texts("file", files);
  table.numbers("line", std::move(lines));
  table.texts("trace_sha256", hashes);
  return table.take();
}

/// The clauses that one scenario touched.
py::dict touched_table(const reports::ScenarioResult& scenario) {
  std::vector<std::string> ids, verdicts, en, ja;
  for (const auto& [id, verdict] : scenario.clauses) {
    const auto index = find_clause(id);
    ids.push_back(id);
    verdicts.emplace_back(to_text(verdict));
    en.emplace_back(index ? clause(*index).statement_en : std::string_view());
    ja.emplace_back(index ? clause(*index).statement_ja : std::string_view());
  }
  Table table;
  table.texts("clause", ids);
  table.texts("verdict", verdicts);
  table.texts("statement_en", en);
  table.texts("statement_ja", ja);
  return table.take();
}

py::dict step_table(const reports::ScenarioResult& scenario) {
  std::vector<std::string> verbs, says, places;
  std::vector<std::uint8_t> held;
  std::vector<std::int64_t> times, lines;
  std::vector<std::uint8_t> no_line;
  for (const reports::StepResult& step : scenario.steps) {
    verbs.push_back(step.verb);
    says.push_back(step.says);
    held.push_back(step.held ? 1 : 0);
    const auto time = parse_instant(step.time);
    times.push_back(time ? time->seconds : Value::kAbsent);
    lines.push_back(static_cast<std::int64_t>(step.trace_line));
    no_line.push_back(step.trace_line ? 0 : 1);
    places.push_back(step.where);
  }
  Table table;
  table.texts("verb", verbs);
  table.texts("says", says);
  table.truths("held", std::move(held));
  table.instants("time", std::move(times));
  table.numbers("line", std::move(lines), std::move(no_line));
  table.texts("where", places);
  return table.take();
}

py::dict row_table(const std::vector<reports::MachineCoverage>& machines) {
  std::vector<std::string> names, rows;
  std::vector<std::int64_t> fired;
  for (const reports::MachineCoverage& machine : machines)
    for (const auto& row : machine.rows) {
      names.push_back(machine.name);
      rows.push_back(row.name);
      fired.push_back(static_cast<std::int64_t>(row.count));
    }
  Table table;
  table.texts("machine", names);
  table.texts("row", rows);
  table.numbers("fired", std::move(fired));
  return table.take();
}

py::dict guard_table(const std::vector<reports::MachineCoverage>& machines) {
  std::vector<std::string> names, guards;
  std::vector<std::int64_t> yes, no;
  for (const reports::MachineCoverage& machine : machines)
    for (const auto& guard : machine.guards) {
      names.push_back(machine.name);
      guards.push_back(guard.name);
      yes.push_back(static_cast<std::int64_t>(guard.yes));
      no.push_back(static_cast<std::int64_t>(guard.no));
    }
  Table table;
  table.texts("machine", names);
  table.texts("guard", guards);
  table.numbers("yes", std::move(yes));
  table.numbers("no", std::move(no));
  return table.take();
}

// -- campaigns
// -------------------------------------------------------------------------------------------------

struct Campaign {
  properties::CampaignOptions options;
  properties::CampaignResult result;
  cli::CampaignTally tally;
  std::vector<reports::MachineCoverage> machines;
};

/// The callback and Ctrl-C are served by the calling thread alone; the others only count.
Campaign fuzz(const std::string& system, std::uint64_t seed, std::size_t runs, std::size_t requests,
              const Readings& readings, const Names& mutants, unsigned jobs,
              const Progress& progress) {
  const py::gil_scoped_release free;
  auto profile = value_of(model::make_profile({system, readings, {}}));
  Campaign campaign;
  campaign.options.system = system;
  campaign.options.seed = seed;
  campaign.options.runs = runs;
  campaign.options.requests = requests;
  campaign.options.jobs = jobs;
  campaign.options.readings = readings;
  campaign.options.mutants = mutants;
  campaign.options.first = true;
  if (!jobs) campaign.options.jobs = std::max(1u, std::thread::hardware_concurrency());
  std::exception_ptr raised;
  std::atomic<bool> stopped{false};
  properties::CampaignOptions options = campaign.options;
  options.stop = [&stopped] { return stopped.load(); };
  options.progress = [&, caller =
                             std::this_thread::get_id()](const properties::CampaignProgress& done) {
    if (std::this_thread::get_id() != caller || stopped) return;
    try {
      breathe(progress, done.runs, runs);
    } catch (py::error_already_set&) {
      raised = std::current_exception();
      stopped = true;
    }
  };
  auto result = properties::run_campaign(options);
  if (raised) std::rethrow_exception(raised);
  campaign.result = value_of(std::move(result));
  campaign.tally = cli::tally(campaign.options, campaign.result);
  campaign.machines = cli::machines_of(*profile, campaign.result.coverage);
  return campaign;
}

py::dict refusal_table(const Campaign& campaign) {
  std::vector<std::string> ids;
  std::vector<std::int64_t> counts, first;
  for (const auto& [id, seen] : campaign.result.refusals) {
    ids.push_back(id);
    counts.push_back(static_cast<std::int64_t>(seen.count));
    first.push_back(static_cast<std::int64_t>(seen.witness));
  }
  Table table;
  table.texts("clause", ids);
  table.numbers("runs", std::move(counts));
  table.numbers("first_run", std::move(first));
  return table.take();
}

// -- what there is
// -------------------------------------------------------------------------------------------------

Names ids_of(const std::vector<ClauseIndex>& clauses) {
  Names ids;
  for (ClauseIndex index : clauses) ids.emplace_back(clause(index).id);
  return ids;
}

/// @param campaign  null: what the laws are; else also what came of each.
py::dict law_table(const std::string& system, const Campaign* campaign) {
  const auto laws = properties::laws(system);
  std::vector<std::string> names, kinds, en, ja;
  std::vector<Names> clauses;
  std::vector<std::uint8_t> broken;
  std::vector<std::int64_t> seen;
  std::vector<std::uint8_t> not_counted;
  for (std::size_t i = 0; i < laws.size(); ++i) {
    names.emplace_back(laws[i].name);
    kinds.emplace_back(properties::to_text(laws[i].kind));
    clauses.push_back(ids_of(laws[i].clauses));
    en.emplace_back(laws[i].says_en);
    ja.emplace_back(laws[i].says_ja);
    if (!campaign) continue;
    broken.push_back(cli::is_broken(campaign->result, i) ? 1 : 0);
    seen.push_back(static_cast<std::int64_t>(campaign->result.shown[i].count));
    not_counted.push_back(laws[i].kind == properties::LawKind::sometimes ? 0 : 1);
  }
  Table table;
  table.texts("law", names);
  table.texts("kind", kinds);
  table.lists("clauses", clauses);
  if (campaign) {
    table.truths("broken", std::move(broken));
    table.numbers("runs", std::move(seen), std::move(not_counted));
  }
  table.texts("says_en", en);
  table.texts("says_ja", ja);
  return table.take();
}

py::dict clauses_there_are(const std::string& system) {
  std::vector<std::string> ids, systems, kinds, lines, en, ja, observable_en, observable_ja;
  for (const Clause& one : clauses()) {
    if (system.empty() ? !is_of_a_page(one) : one.system != system) continue;
    ids.emplace_back(one.id);
    systems.emplace_back(one.system);
    kinds.emplace_back(one.kind);
    lines.emplace_back(one.lines);
    en.emplace_back(one.statement_en);
    ja.emplace_back(one.statement_ja);
    observable_en.emplace_back(one.observable_en);
    observable_ja.emplace_back(one.observable_ja);
  }
  Table table;
  table.texts("clause", ids);
  table.texts("system", systems);
  table.texts("kind", kinds);
  table.texts("lines", lines);
  table.texts("statement_en", en);
  table.texts("statement_ja", ja);
  table.texts("observable_en", observable_en);
  table.texts("observable_ja", observable_ja);
  return table.take();
}

py::dict readings_there_are(const std::string& system) {
  std::vector<std::string> ids, systems, kinds, en, ja;
  std::vector<Names> alternatives;
  for (const Reading& one : readings()) {
    if (!system.empty() && one.system != system) continue;
    ids.emplace_back(one.id);
    systems.emplace_back(one.system);
    kinds.emplace_back(one.kind);
    alternatives.emplace_back();
    for (const Alternative& alternative : one.alternatives)
      alternatives.back().emplace_back(alternative.name);
    en.emplace_back(one.issue_en);
    ja.emplace_back(one.issue_ja);
  }
  Table table;
  table.texts("reading", ids);
  table.texts("system", systems);
  table.texts("kind", kinds);
  table.lists("alternatives", alternatives);
  table.texts("issue_en", en);
  table.texts("issue_ja", ja);
  return table.take();
}

py::dict mutants_there_are(const std::string& system) {
  value_of(model::make_profile({system, {}, {}}));
  std::vector<std::string> ids, clauses, kinds, places;
  for (const model::MutantInfo& one : model::list_mutants(system)) {
    ids.push_back(one.id);
    clauses.emplace_back(one.clause == kNoClause ? std::string_view() : clause(one.clause).id);
    kinds.push_back(one.kind);
    places.push_back(one.where);
  }
  Table table;
  table.texts("mutant", ids);
  table.texts("clause", clauses);
  table.texts("kind", kinds);
  table.texts("where", places);
  return table.take();
}

py::dict events_there_are() {
  std::vector<std::string> types, sorts, actors, subjects, says;
  std::vector<Names> fields;
  for (const EventType& row : kEventTypes) {
    types.emplace_back(row.name);
    sorts.emplace_back(to_text(row.sort));
    actors.emplace_back(to_text(row.actor));
    subjects.emplace_back(row.subject.empty() ? "system" : row.subject);
    fields.emplace_back();
    for (std::size_t i = 0; i < row.field_count(); ++i)
      fields.back().emplace_back(row.fields[i].name);
    says.emplace_back(row.says);
  }
  Table table;
  table.texts("type", types);
  table.texts("sort", sorts);
  table.texts("actor", actors);
  table.texts("subject", subjects);
  table.lists("fields", fields);
  table.texts("says", says);
  return table.take();
}

// -- the module
// -------------------------------------------------------------------------------------------------

/// Raises `shinsa.Error` for what the world outside did wrong.
// NOLINTNEXTLINE(performance-unnecessary-value-param): pybind11 says how it looks
void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const Refused& refused) {
    const py::object type = py::module_::import("shinsa._error").attr("Error");
    PyErr_SetObject(type.ptr(), type(text_of(refused.error.what), text_of(refused.error.where),
                                     text_of(refused.error.remedy), text_of(refused.text))
                                    .ptr());
  }
}

py::list all_in(const std::vector<Words>& phrases, const std::string& lang) {
  py::list all;
  for (const Words& phrase : phrases) all.append(text_of(phrase.in(lang)));
  return all;
}

/// In English and in Japanese.
py::tuple both(const Words& words) { return py::make_tuple(text_of(words.en), text_of(words.ja)); }

void bind_results(py::module_& m) {
  using reports::Problem;
  py::class_<Problem>(m, "Problem",
                      "Something that went other than expected, or a remark.\n\n"
                      "`kind` is violation, overdue, missing, remark, expectation, coverage or "
                      "error; `line` counts the trace's lines from 1, 0 if it is of none.")
      .def_readonly("kind", &Problem::kind)
      .def_property_readonly("says_en", [](const Problem& p) { return text_of(p.says.en); })
      .def_property_readonly("says_ja", [](const Problem& p) { return text_of(p.says.ja); })
      .def_property_readonly("where", [](const Problem& p) { return text_of(p.where); })
      .def_readonly("clauses", &Problem::clauses)
      .def_property_readonly("expected_en", [](const Problem& p) { return text_of(p.expected.en); })
      .def_property_readonly("expected_ja", [](const Problem& p) { return text_of(p.expected.ja); })
      .def_property_readonly("observed_en", [](const Problem& p) { return text_of(p.observed.en); })
      .def_property_readonly("observed_ja", [](const Problem& p) { return text_of(p.observed.ja); })
      .def_readonly("line", &Problem::trace_line)
      .def_readonly("event_type", &Problem::event_type)
      .def_property_readonly("event_subject",
                             [](const Problem& p) { return text_of(p.event_subject); })
      .def_property_readonly("allowed_en", [](const Problem& p) { return all_in(p.allowed, "en"); })
      .def_property_readonly("allowed_ja", [](const Problem& p) { return all_in(p.allowed, "ja"); })
      .def("__repr__", [](const Problem& p) {
        return text_of("<" + p.kind + (p.where.empty() ? "" : " at " + p.where) + ": " + p.says.en +
                       ">");
      });

  py::class_<Trace, std::shared_ptr<Trace>>(m, "Trace")
      .def("__len__", &Trace::size)
      .def_property_readonly("system", &Trace::system)
      .def("events", &Trace::events)
      .def("data", &Trace::data, "type"_a)
      .def("types", &Trace::types)
      .def("breaches", &Trace::breaches)
      .def("line",
           [](const Trace& trace, std::size_t at) {
             if (at >= trace.size()) throw py::index_error("there is no such event");
             return text_of(trace.line(at));
           })
      .def("jsonl", [](const Trace& trace) { return text_of(trace.jsonl()); });

  const auto scenario = [](const Outcome& outcome, std::size_t at) -> const auto& {
    if (at >= outcome.results.scenarios.size()) throw py::index_error("there is no such scenario");
    return outcome.results.scenarios[at];
  };
  py::class_<Outcome>(m, "Outcome")
      .def("__len__", [](const Outcome& o) { return o.results.scenarios.size(); })
      .def_property_readonly("system", [](const Outcome& o) { return o.results.system; })
      .def_property_readonly("readings", [](const Outcome& o) { return o.results.readings; })
      .def_property_readonly("totals",
                             [](const Outcome& o) {
                               const reports::Totals sum = reports::totals(o.results);
                               return py::make_tuple(sum.passed, sum.failed, sum.skipped);
                             })
      .def_readonly("warnings", &Outcome::warnings)
      .def("clause_line",
           [](const Outcome& o, const std::string& lang) { return clause_line(o.results, lang); })
      .def("clauses", [](const Outcome& o) { return clause_table(o.results); })
      .def("scenarios", [](const Outcome& o) { return scenario_table(o.results); })
      .def("rows", [](const Outcome& o) { return row_table(o.results.machines); })
      .def("guards", [](const Outcome& o) { return guard_table(o.results.machines); })
      .def("json", [](const Outcome& o) { return reports::to_json(o.results); })
      .def("id", [=](const Outcome& o, std::size_t at) { return text_of(scenario(o, at).id); })
      .def("title", [=](const Outcome& o, std::size_t at) { return both(scenario(o, at).title); })
      .def("verdict",
           [=](const Outcome& o, std::size_t at) { return to_text(scenario(o, at).verdict); })
      .def("reason", [=](const Outcome& o, std::size_t at) { return both(scenario(o, at).reason); })
      .def("problems", [=](const Outcome& o, std::size_t at) { return scenario(o, at).problems; })
      .def("touched",
           [=](const Outcome& o, std::size_t at) { return touched_table(scenario(o, at)); })
      .def("steps", [=](const Outcome& o, std::size_t at) { return step_table(scenario(o, at)); })
      .def("sha256", [=](const Outcome& o, std::size_t at) { return scenario(o, at).trace_sha256; })
      .def("trace",
           [=](const Outcome& o, std::size_t at) {
             static_cast<void>(scenario(o, at));
             return o.traces[at];
           })
      .def("artifacts", [=](const Outcome& o, std::size_t at) {
        static_cast<void>(scenario(o, at));
        py::dict all;
        for (const auto& [path, bytes] : o.artefacts[at]) all[text_of(path)] = py::bytes(bytes);
        return all;
      });
}

void bind_campaigns(py::module_& m) {
  using properties::CampaignFailure;
  py::class_<CampaignFailure>(m, "Failure")
      .def_readonly("run", &CampaignFailure::run)
      .def_property_readonly("requests", [](const CampaignFailure& f) { return f.plan.requests(); })
      .def_readonly("requests_before", &CampaignFailure::requests_before)
      .def_readonly("clauses", &CampaignFailure::clauses)
      .def(
          "says",
          [](const CampaignFailure& f, const std::string& lang) {
            return all_in(f.sentences, lang);
          },
          "lang"_a)
      .def_readonly("story", &CampaignFailure::story);

  py::class_<Campaign>(m, "Campaign")
      .def_property_readonly("system", [](const Campaign& c) { return c.options.system; })
      .def_property_readonly("seed", [](const Campaign& c) { return c.options.seed; })
      .def_property_readonly("mutants", [](const Campaign& c) { return c.options.mutants; })
      .def_property_readonly("runs", [](const Campaign& c) { return c.result.runs; })
      .def_property_readonly("requests", [](const Campaign& c) { return c.result.requests; })
      .def_property_readonly("refused", [](const Campaign& c) { return c.result.refused; })
      .def_property_readonly("events", [](const Campaign& c) { return c.result.events; })
      .def_property_readonly("totals",
                             [](const Campaign& c) {
                               return py::make_tuple(c.tally.passed, c.tally.failed,
                                                     c.tally.skipped);
                             })
      .def("refusals", &refusal_table)
      .def("rows", [](const Campaign& c) { return row_table(c.machines); })
      .def("guards", [](const Campaign& c) { return guard_table(c.machines); })
      .def("laws", [](const Campaign& c) { return law_table(c.options.system, &c); })
      .def(
          "failure",
          [](const Campaign& c) {
            return c.result.failures.empty() ? nullptr : &c.result.failures.front();
          },
          py::return_value_policy::reference_internal)
      .def("broken_laws", [](const Campaign& c) {
        Names names;
        const auto laws = properties::laws(c.options.system);
        for (std::size_t i = 0; i < laws.size(); ++i)
          if (cli::is_broken(c.result, i)) names.emplace_back(laws[i].name);
        return names;
      });
}

}  // namespace

PYBIND11_MODULE(_shinsa, m) {
  m.doc() = "Shinsa's C++ side; use the package `shinsa`, which wraps it.";
  py::register_exception_translator(&translate);
  bind_results(m);
  bind_campaigns(m);

  m.def("scenario_root", &cli::default_scenario_root);
  m.def(
      "run",
      [](const Names& paths, const std::optional<std::string>& text, const std::string& root,
         const std::string& only, const std::string& system, std::uint64_t seed,
         const Readings& readings, const Names& mutants, const Names& faults,
         const Progress& progress) {
        return run({paths, text, root, only, system}, seed, readings, mutants, faults, progress);
      },
      "paths"_a, "text"_a, "root"_a, "only"_a, "system"_a, "seed"_a, "readings"_a, "mutants"_a,
      "faults"_a, "progress"_a);
  m.def("judge", &judge, "name"_a, "text"_a, "system"_a, "readings"_a, "portal"_a, "ca"_a,
        "complete"_a);
  m.def("fuzz", &fuzz, "system"_a, "seed"_a, "runs"_a, "requests"_a, "readings"_a, "mutants"_a,
        "jobs"_a, "progress"_a);
  m.def("clauses", &clauses_there_are, "system"_a);
  m.def("readings", &readings_there_are, "system"_a);
  m.def(
      "laws", [](const std::string& system) { return law_table(system, nullptr); }, "system"_a);
  m.def("mutants", &mutants_there_are, "system"_a);
  m.def("events", &events_there_are);
  m.def("systems", &model::implemented_systems);
}

}  // namespace shinsa::python
