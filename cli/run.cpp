#include <algorithm>
#include <filesystem>
#include <iostream>

#include "cli/collect/collect.hpp"
#include "cli/collect/suite.hpp"
#include "cli/commands.hpp"
#include "cli/finish.hpp"
#include "cli/japanese.hpp"
#include "cli/progress.hpp"
#include "reports/write_files.hpp"
#include "scenarios/loader.hpp"

namespace shinsa::cli {

namespace {

using scenarios::Story;
using scenarios::StoryRun;

std::string replay_of(const Common& common, const RunCommand& command, const Story& story) {
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
  scenarios::LoadResult loaded = scenarios::load_paths(paths, common.scenario_root);
  if (!loaded.errors.empty()) {
    for (const Error& error : loaded.errors) {
      tell_error(error.text());
      std::cerr << scenarios::excerpt(error);
    }
    return kCouldNotRun;
  }
  if (common.system_given)
    std::erase_if(loaded.stories, [&](const Story& one) { return one.system != common.system; });
  if (loaded.stories.empty())
    return tell_error("no scenario was selected, give a scenario file or a folder of them");
  if (command.list_only) {
    for (const auto& story : loaded.stories)
      std::cout << story.id << "  " << in(common.lang, story.title_en, story.title_ja) << "\n";
    return kHeld;
  }
  const auto profiles = profiles_of(loaded.stories, common.readings);
  if (!profiles) return tell_error(profiles.error().text());
  if (auto sound = check_mutants(*profiles, common.readings, common.mutants); !sound)
    return tell_error(sound.error().text());

  Collector collector(*profiles);
  reports::Results results = begin_results(common, "run", watch);
  results.system = names_of(*profiles);
  if (!common.out.empty()) clear_out(common.out);
  Progress progress(loaded.stories.size(), "scenarios");
  reports::HtmlData shown;
  const auto take = [&](const Story& story, const StoryRun& ran) -> Result<void> {
    reports::ScenarioResult result =
        collector.add(story, ran, replay_of(common, command, story), common.seed);
    for (reports::Problem& problem : result.problems) problem.says.ja = japanese_of(problem.says);
    result.reason.ja = japanese_of(result.reason);
    const bool wanted = command.traces == "all" || result.verdict == reports::Verdict::violated;
    if (!common.out.empty() && ran.simulation && wanted)
      if (auto kept = keep_story(common.out, ran, result, shown); !kept) return kept;
    results.scenarios.push_back(std::move(result));
    progress.step(results.scenarios.size());
    return {};
  };
  const scenarios::RunOptions options{common.seed, common.readings, common.mutants, command.faults};
  if (auto ran = run_stories(loaded.stories, options, common.jobs, take); !ran)
    return tell_error(ran.error().text());
  collector.finish(results);
  const bool complete =
      std::ranges::all_of(*profiles, [](const auto& one) { return one->complete; });
  return finish(common, results, watch, command.paths.empty() && complete, shown);
}

}  // namespace shinsa::cli
