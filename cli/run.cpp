#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>

#include "cli/collect/collect.hpp"
#include "cli/commands.hpp"
#include "cli/finish.hpp"
#include "cli/japanese.hpp"
#include "cli/progress.hpp"
#include "reports/write_files.hpp"
#include "scenarios/loader.hpp"

namespace shinsa::cli {

namespace {

std::string replay_of(const Common& common, const RunCommand& command,
                      const scenarios::Story& story) {
  std::string text = "shinsa run --seed " + std::to_string(common.seed);
  for (const auto& [id, name] : common.readings) text += " --reading " + id + "=" + name;
  for (const std::string& mutant : common.mutants) text += " --mutant " + mutant;
  for (const std::string& fault : command.faults) text += " --fault '" + fault + "'";
  return text + " " + story.place.file + ":" + std::to_string(story.place.line);
}

}  // namespace

int run(const Common& common, const RunCommand& command) {
  const Stopwatch watch;
  std::vector<std::string> paths = command.paths;
  if (paths.empty()) paths.push_back(common.scenario_root);
  const scenarios::LoadResult loaded = scenarios::load_paths(paths, common.scenario_root);
  if (!loaded.errors.empty()) {
    for (const Error& error : loaded.errors) {
      tell_error(error.text());
      std::cerr << scenarios::excerpt(error);
    }
    return kCouldNotRun;
  }
  if (loaded.stories.empty())
    return tell_error("no scenario was selected, give a scenario file or a folder of them");
  if (command.list_only) {
    for (const auto& story : loaded.stories)
      std::cout << story.id << "  " << in(common.lang, story.title_en, story.title_ja) << "\n";
    return kHeld;
  }
  auto profile = model::make_profile({common.system, common.readings, {}});
  if (!profile) return tell_error(profile.error().text());
  if (std::ranges::count(common.mutants, scenarios::kNoMutant) == 0)
    if (auto mutant = model::make_profile({common.system, common.readings, common.mutants});
        !mutant)
      return tell_error(mutant.error().text());

  Collector collector(*profile, false);
  reports::Results results = begin_results(common, "run", watch);
  if (!common.out.empty()) clear_out(common.out);
  Progress progress(loaded.stories.size(), "scenarios");
  std::size_t done = 0;
  reports::HtmlData shown;
  for (const scenarios::Story& story : loaded.stories) {
    const scenarios::StoryRun one =
        scenarios::run_story(story, {common.seed, common.readings, common.mutants, command.faults});
    reports::ScenarioResult result =
        collector.add(story, one, replay_of(common, command, story), common.seed);
    for (reports::Problem& problem : result.problems) problem.says.ja = japanese_of(problem.says);
    result.reason.ja = japanese_of(result.reason);
    const bool wanted = command.traces == "all" || result.verdict == reports::Verdict::violated;
    if (!common.out.empty() && one.simulation && wanted)
      if (auto written = keep_story(common.out, one, result, shown); !written)
        return tell_error(written.error().text());
    results.scenarios.push_back(std::move(result));
    progress.step(++done);
  }
  collector.finish(results);
  const bool whole = command.paths.empty() && (*profile)->complete;
  return finish(common, results, watch, whole, shown);
}

}  // namespace shinsa::cli
