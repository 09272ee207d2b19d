#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <map>

#include "cli/commands.hpp"
#include "cli/finish.hpp"
#include "cli/japanese.hpp"
#include "cli/progress.hpp"
#include "properties/mutants/gate.hpp"
#include "reports/text.hpp"
#include "reports/write_files.hpp"
#include "scenarios/loader.hpp"
#include "sim/together.hpp"

namespace shinsa::cli {

namespace {

namespace json = boost::json;
using properties::Excuse;
using properties::Gate;
using properties::Ruling;
using properties::Standing;
using properties::Trial;

/// One system's mutants.
struct Session {
  std::string system;
  std::vector<Trial> trials;
  Gate gate;
};

/// Every n-th mutant, from one that the seed chooses; all of them if none is left out.
std::vector<std::string> sample_of(std::string_view system, std::size_t every, std::uint64_t seed) {
  std::vector<std::string> ids;
  const auto all = model::list_mutants(system);
  for (std::size_t i = seed % every; i < all.size(); i += every) ids.push_back(all[i].id);
  return ids;
}

std::string percent(std::size_t part, std::size_t whole) {
  return whole ? std::to_string(part * 100 / whole) + " %" : "-";
}

json::array array_of(const auto& texts) {
  json::array all;
  for (const auto& text : texts) all.emplace_back(text);
  return all;
}

json::object to_json(const std::string& system, const Trial& trial, const Ruling& ruling) {
  json::object one;
  one["id"] = trial.mutant.id;
  one["system"] = system;
  one["clause"] = clause(trial.mutant.clause).id;
  one["kind"] = trial.mutant.kind;
  one["where"] = trial.mutant.where;
  one["killed_by"] = {{"law", array_of(trial.laws)},
                      {"scenario", array_of(trial.scenarios)},
                      {"judge", trial.judge}};
  one["runs"] = trial.runs;
  if (ruling.standing == Standing::explained)
    one["equivalent"] = {{"en", ruling.because.en}, {"ja", ruling.because.ja}};
  one["passed"] = ruling.standing == Standing::noticed || ruling.standing == Standing::explained;
  return one;
}

json::object document_of(const Common& common, const std::vector<Session>& sessions) {
  json::array mutants, systems;
  for (const Session& session : sessions) {
    for (std::size_t i = 0; i < session.trials.size(); ++i)
      mutants.push_back(to_json(session.system, session.trials[i], session.gate.rulings[i]));
    json::array stale;
    for (const Excuse& excuse : session.gate.stale) stale.emplace_back(excuse.mutant);
    systems.push_back({{"name", session.system},
                       {"whole", session.gate.whole},
                       {"noticed_by_laws", session.gate.by_laws},
                       {"to_be_noticed", session.gate.to_be_noticed},
                       {"stale", std::move(stale)},
                       {"idle_laws", array_of(session.gate.idle_laws)}});
  }
  json::object root;
  root["seed"] = std::to_string(common.seed);
  root["mutants"] = std::move(mutants);
  root["systems"] = std::move(systems);
  return root;
}

/// How many of one kind are noticed by whom.
struct Tally {
  std::size_t all = 0, law = 0, scenario = 0, judge = 0, explained = 0, left = 0;
  void add(const Trial& trial, const Ruling& ruling) {
    ++all;
    law += !trial.laws.empty();
    scenario += !trial.scenarios.empty();
    judge += trial.judge;
    explained += ruling.standing == Standing::explained;
    left += ruling.standing == Standing::survived || ruling.standing == Standing::judge_alone;
  }
};

void print_row(std::ostream& out, const std::string& what, const Tally& tally) {
  char row[96];
  std::snprintf(row, sizeof row, "  %-10s %5zu %6zu %9zu %6zu %10zu %8zu\n", what.c_str(),
                tally.all, tally.law, tally.scenario, tally.judge, tally.explained, tally.left);
  out << row;
}

void print(std::ostream& out, const Common& common, const Session& session) {
  std::map<std::string, Tally> kinds;
  Tally all;
  std::size_t runs = 0;
  double seconds = 0;
  for (std::size_t i = 0; i < session.trials.size(); ++i) {
    kinds[session.trials[i].mutant.kind].add(session.trials[i], session.gate.rulings[i]);
    all.add(session.trials[i], session.gate.rulings[i]);
    runs += session.trials[i].runs;
    seconds += session.trials[i].seconds;
  }
  const auto tell = [&out](const std::string& mark, const std::string& text) {
    out << mark << reports::wrap(said(text), 6, 80).substr(6) << "\n";
  };
  out << session.system << "\n"
      << said("  kind         all    law  scenario  judge  explained     left") << "\n";
  for (const auto& [kind, tally] : kinds) print_row(out, kind, tally);
  print_row(out, said("all"), all);
  tell("      ", "by laws alone " + percent(session.gate.by_laws, session.gate.to_be_noticed) +
                     " of those that can be noticed, in " + std::to_string(runs) + " runs, " +
                     std::to_string(std::lround(seconds)) + " s of a processor");
  for (std::size_t i = 0; i < session.trials.size(); ++i) {
    const Trial& trial = session.trials[i];
    const Ruling& ruling = session.gate.rulings[i];
    const std::string where = trial.mutant.id + ": " + trial.mutant.where;
    if (ruling.standing == Standing::survived)
      tell("FAIL  ", "nobody notices " + where + ", which made a difference " +
                         std::to_string(trial.spoilt) + " times");
    if (ruling.standing == Standing::judge_alone) tell("FAIL  ", "only the judge notices " + where);
    if (common.verbose && ruling.standing == Standing::explained)
      tell("      ",
           trial.mutant.id + ": " + in(common.lang, ruling.because.en, ruling.because.ja));
  }
  for (const Excuse& excuse : session.gate.stale)
    tell("FAIL  ", excuse.mutant + " is excused and need not be: " + excuse.where);
  if (common.verbose)
    for (const std::string& law : session.gate.idle_laws)
      tell("      ", "law " + law + " notices no mutant");
  out << std::flush;  // the next system takes minutes
}

}  // namespace

int mutants(const Common& common, const MutantsCommand& command) {
  std::vector<std::string> systems;
  for (std::string_view system : model::implemented_systems())
    if (!common.system_given || system == common.system) systems.emplace_back(system);
  const auto loaded = scenarios::load_paths({common.scenario_root}, common.scenario_root);
  if (!loaded.errors.empty()) return tell_error(loaded.errors.front().text());
  const auto excuses = properties::own_excuses();

  std::ostream& out = common.json ? std::cerr : std::cout;
  std::vector<Session> sessions;
  for (const std::string& system : systems) {
    properties::MutantOptions options;
    options.system = system;
    options.seed = common.seed;
    options.runs = command.runs;
    options.jobs = sim::threads_for(common.jobs);
    options.ids = model::mutants_for(system, common.mutants);
    if (!common.mutants.empty() && options.ids.empty()) continue;
    if (common.mutants.empty()) options.ids = sample_of(system, command.every, common.seed);
    Progress progress(options.ids.size(), "mutants of " + system);
    options.progress = [&](std::size_t done) { progress.step(done); };
    auto trials = properties::try_mutants(options, loaded.stories);
    progress.clear();
    if (!trials) return tell_error(trials.error().text());
    Gate gate = properties::hold(system, *trials, excuses);
    sessions.push_back({system, std::move(*trials), std::move(gate)});
    print(out, common, sessions.back());
  }
  if (sessions.empty())
    return tell_error("no mutant is of the systems asked for, see: shinsa list mutants");

  const json::object document = document_of(common, sessions);
  if (!common.out.empty())
    if (auto written = reports::write_atomically(std::filesystem::path(common.out) / "mutants.json",
                                                 json::serialize(document) + "\n");
        !written)
      return tell_error(written.error().text());
  if (common.json) std::cout << json::serialize(document) << "\n";
  std::size_t tried = 0, failed = 0, by_laws = 0, to_be_noticed = 0;
  bool whole = true;
  for (const Session& session : sessions) {
    tried += session.trials.size();
    failed += session.gate.failures();
    by_laws += session.gate.by_laws;
    to_be_noticed += session.gate.to_be_noticed;
    whole = whole && session.gate.whole;
  }
  const bool too_few = whole && static_cast<double>(by_laws) <
                                    properties::kByLaws * static_cast<double>(to_be_noticed);
  if (too_few)
    out << "FAIL  "
        << said("laws alone notice " + percent(by_laws, to_be_noticed) +
                ", not 70 % of the mutants")
        << "\n";
  out << tried - std::min(failed, tried) << " passed, " << failed + too_few << " failed, 0 skipped"
      << std::endl;
  return failed || too_few ? kViolated : kHeld;
}

}  // namespace shinsa::cli
