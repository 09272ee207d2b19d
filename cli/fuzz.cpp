#include <boost/json.hpp>
#include <filesystem>
#include <iostream>
#include <thread>

#include "cli/collect/campaign_tally.hpp"
#include "cli/collect/collect.hpp"
#include "cli/commands.hpp"
#include "cli/finish.hpp"
#include "cli/japanese.hpp"
#include "cli/progress.hpp"
#include "properties/campaign.hpp"
#include "reports/text.hpp"
#include "reports/write_files.hpp"
#include "scenarios/loader.hpp"

namespace shinsa::cli {

namespace {

namespace json = boost::json;
using model::MachineApi;
using properties::CampaignResult;
using properties::Law;
using properties::LawKind;

std::string with_commas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole ? std::to_string((part * 1000 / whole + 5) / 10) + " %" : "-";
}

/// What of the tables a campaign has gone through.
struct Through {
  std::size_t rows = 0;
  std::size_t rows_fired = 0;
  std::size_t guards = 0;  ///< that requests are held against
  std::size_t guards_both = 0;
  std::vector<std::string> never_fired;
  std::vector<std::string> one_sided;
};

Through through(const model::Profile& profile, const model::Coverage& coverage) {
  Through all;
  for (std::size_t m = 0; m < profile.machines.size(); ++m) {
    const MachineApi& machine = *profile.machines[m];
    for (std::size_t r = 0; r < machine.rows.size(); ++r) {
      ++all.rows;
      if (coverage.machines[m].rows[r]) {
        ++all.rows_fired;
        continue;
      }
      const model::RowInfo& row = machine.rows[r];
      all.never_fired.push_back(
          std::string(machine.name) + ": " + std::string(machine.states[row.source]) + " + " +
          std::string(machine.events[row.event].name) + " (row " + std::to_string(r + 1) + ")");
    }
    for (std::size_t g = 0; g < machine.guards.size(); ++g) {
      if (machine.guards[g].clauses.empty() || !model::stands_in_a_row(machine, g) ||
          model::is_of_actions(machine, g))
        continue;
      ++all.guards;
      const auto yes = coverage.machines[m].yes[g];
      const auto no = coverage.machines[m].no[g];
      if (yes && no)
        ++all.guards_both;
      else
        all.one_sided.push_back(std::string(machine.name) + "." +
                                std::string(machine.guards[g].name) + " never said " +
                                (yes ? "no" : "yes"));
    }
  }
  return all;
}

json::object to_json(const Common& common, const FuzzCommand& command, const CampaignResult& result,
                     const Through& seen, const std::string& saved) {
  json::object root;
  root["system"] = common.system;
  root["seed"] = std::to_string(common.seed);
  root["mutants"] = json::value_from(common.mutants);
  root["runs"] = result.runs;
  root["requests_per_run"] = command.requests;
  root["requests"] = result.requests;
  root["refused"] = result.refused;
  root["events"] = result.events;
  root["rows"] = {{"all", seen.rows},
                  {"fired", seen.rows_fired},
                  {"never", json::value_from(seen.never_fired)}};
  root["guards"] = {{"all", seen.guards},
                    {"both_ways", seen.guards_both},
                    {"one_sided", json::value_from(seen.one_sided)}};
  json::object refusals;
  for (const auto& [id, one] : result.refusals)
    refusals[id] = {{"runs", one.count}, {"first_run", one.witness}};
  root["refusals"] = std::move(refusals);
  json::array of_laws;
  const auto laws = properties::laws(common.system);
  for (std::size_t i = 0; i < laws.size(); ++i) {
    json::object law;
    law["name"] = laws[i].name;
    law["kind"] = properties::to_text(laws[i].kind);
    json::array clauses;
    for (ClauseIndex index : laws[i].clauses) clauses.emplace_back(clause(index).id);
    law["clauses"] = std::move(clauses);
    if (laws[i].kind == LawKind::sometimes) law["runs"] = result.shown[i].count;
    law["broken"] = is_broken(result, i);
    of_laws.push_back(std::move(law));
  }
  root["laws"] = std::move(of_laws);
  json::array failures;
  for (const auto& failure : result.failures) {
    json::object one;
    one["run"] = failure.run;
    one["requests"] = failure.plan.requests();
    one["requests_before_shrinking"] = failure.requests_before;
    one["given_certificates"] = failure.plan.given();
    one["clauses"] = json::value_from(failure.clauses);
    json::array broken;
    for (std::size_t law : failure.laws) broken.emplace_back(laws[law].name);
    one["laws"] = std::move(broken);
    json::array says;
    for (const Words& sentence : failure.sentences) says.emplace_back(sentence.en);
    one["says"] = std::move(says);
    one["scenario"] = saved;
    failures.push_back(std::move(one));
  }
  root["failures"] = std::move(failures);
  return root;
}

void list_some(std::ostream& out, const std::vector<std::string>& items) {
  for (const std::string& item : items) out << "               " << said(item) << "\n";
}

/// The campaign as a report: the judge and every law, and the life of the failure that was found.
Result<void> report(const Common& common, const properties::CampaignOptions& options,
                    const CampaignResult& campaign, const std::string& saved,
                    const std::shared_ptr<const model::Profile>& profile, const Stopwatch& watch) {
  if (common.out.empty()) return {};
  Collector collector(ProfileList{profile});
  reports::Results results = begin_results(common, "fuzz", watch);
  reports::HtmlData shown;
  clear_out(common.out);
  results.scenarios = collector.add(options, campaign);
  const auto failed = std::ranges::find(results.scenarios, reports::Verdict::violated,
                                        &reports::ScenarioResult::verdict);
  if (!saved.empty() && failed != results.scenarios.end()) {
    const auto loaded = scenarios::load_paths({saved}, common.out);
    if (!loaded.errors.empty()) return Failure(loaded.errors.front());
    const scenarios::StoryRun run = scenarios::run_story(loaded.stories.front(), {});
    auto life = Collector(ProfileList{profile})  // the campaign has counted it already
                    .add(loaded.stories.front(), run, "shinsa run " + saved, common.seed);
    life.id = failed->id;
    life.title = failed->title;
    life.covers = failed->covers;
    *failed = std::move(life);
    if (auto kept = keep_story(common.out, run, *failed, shown); !kept) return kept;
  }
  collector.finish(results);
  results.run.wall_ms = watch.milliseconds();
  return write_reports(common, results, shown);
}

}  // namespace

int fuzz(const Common& common, const FuzzCommand& command) {
  const Stopwatch watch;
  auto profile = model::make_profile({common.system, common.readings, {}});
  if (!profile) return tell_error(profile.error().text());
  Progress progress(command.runs, "runs");
  properties::CampaignOptions options;
  options.system = common.system;
  options.seed = common.seed;
  options.runs = command.runs;
  options.requests = command.requests;
  options.readings = common.readings;
  options.mutants = common.mutants;
  options.jobs = common.jobs ? common.jobs : std::max(1u, std::thread::hardware_concurrency());
  options.progress = [&](std::size_t done) { progress.step(done); };
  auto ran = properties::run_campaign(options);
  progress.clear();
  if (!ran) return tell_error(ran.error().text());
  const CampaignResult& result = *ran;

  std::string saved;
  if (!result.failures.empty()) {
    const auto& failure = result.failures.front();
    const std::filesystem::path folder = common.out.empty() ? "." : common.out;
    saved = (folder /
             ("fuzz-" + std::to_string(common.seed) + "-" + std::to_string(failure.run) + ".yaml"))
                .lexically_normal()
                .string();
    if (auto written = reports::write_atomically(saved, failure.story); !written)
      return tell_error(written.error().text());
  }
  const Through seen = through(**profile, result.coverage);
  const auto laws = properties::laws(common.system);
  const CampaignTally sum = tally(options, result);

  const json::object document = to_json(common, command, result, seen, saved);
  if (!common.out.empty())
    if (auto written = reports::write_atomically(std::filesystem::path(common.out) / "fuzz.json",
                                                 json::serialize(document) + "\n");
        !written)
      return tell_error(written.error().text());
  if (auto written = report(common, options, result, saved, *profile, watch); !written)
    return tell_error(written.error().text());
  if (common.json) std::cout << json::serialize(document) << "\n";
  std::ostream& out = common.json ? std::cerr : std::cout;
  const auto tell = [&out](const char* mark, const std::string& text) {
    out << mark << said(text) << "\n";
  };

  for (const auto& failure : result.failures) {
    tell("FAIL  ", "run " + std::to_string(failure.run) + " of seed " +
                       std::to_string(common.seed) + ", shrunk from " +
                       std::to_string(failure.requests_before) + " to " +
                       std::to_string(failure.plan.requests()) + " requests, " +
                       std::to_string(failure.plan.given()) + " certificates given");
    for (const Words& sentence : failure.sentences)
      out << reports::wrap(in(common.lang, sentence.en, japanese_of(sentence)), 2, 80) << "\n";
    for (std::size_t law : failure.laws)
      out << reports::wrap(said("law " + std::string(laws[law].name) + ": " +
                                in(common.lang, std::string(laws[law].says_en),
                                   std::string(laws[law].says_ja))),
                           2, 80)
          << "\n";
    tell("  ", "saved: " + saved);
    tell("  ", "replay: shinsa run " + saved);
  }
  tell("", "runs           " + with_commas(result.runs) + " of " +
               std::to_string(command.requests) + " requests, seed " + std::to_string(common.seed));
  tell("", "requests       " + with_commas(result.requests) + ", " +
               percent(result.refused, result.requests) + " refused; " +
               with_commas(result.events) + " events");
  tell("", "rows fired     " + std::to_string(seen.rows_fired) + " of " +
               std::to_string(seen.rows) + " (" + percent(seen.rows_fired, seen.rows) + ")");
  if (result.failures.empty()) list_some(out, seen.never_fired);
  tell("", "guards         " + std::to_string(seen.guards_both) + " of " +
               std::to_string(seen.guards) + " of requests said both yes and no");
  if (result.failures.empty()) list_some(out, seen.one_sided);
  if (common.verbose) {
    for (const auto& [id, one] : result.refusals)
      tell("  ", "refused by   " + id + " in " + with_commas(one.count) + " runs, first in " +
                     std::to_string(one.witness));
    for (std::size_t i = 0; i < laws.size(); ++i)
      if (laws[i].kind == LawKind::sometimes)
        tell("  ", "sometimes    " + std::string(laws[i].name) + " in " +
                       with_commas(result.shown[i].count) + " runs");
  }
  for (const std::string& name : sum.never_shown)
    tell("FAIL  ", "sometimes " + name + ": never came in " + with_commas(result.runs) + " runs");
  if (!common.out.empty())
    tell("", "report: " + (std::filesystem::path(common.out) / "report.html").string());
  out << sum.passed << " passed, " << sum.failed << " failed, " << sum.skipped << " skipped"
      << std::endl;
  return sum.failed ? kViolated : kHeld;
}

}  // namespace shinsa::cli
