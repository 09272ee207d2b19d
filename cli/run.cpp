#include <algorithm>
#include <atomic>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <span>
#include <thread>

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

constexpr std::size_t kAtATime = 32;  // stories per thread that are run before they are counted

std::string replay_of(const Common& common, const RunCommand& command, const Story& story) {
  std::string text = "shinsa run --seed " + std::to_string(common.seed);
  for (const auto& [id, name] : common.readings) text += " --reading " + id + "=" + name;
  for (const std::string& mutant : common.mutants) text += " --mutant " + mutant;
  for (const std::string& fault : command.faults) text += " --fault '" + fault + "'";
  return text + " " + story.place.file + ":" + std::to_string(story.place.line);
}

/// Runs some stories on several threads, the parts of one file together.
/// @return one result for each, in their order.
std::vector<StoryRun> run_some(std::span<const Story> stories, const scenarios::RunOptions& options,
                               unsigned jobs) {
  std::vector<std::span<const Story>> files;
  for (std::size_t i = 0; i < stories.size(); i += files.back().size())
    files.push_back(stories.subspan(i, scenarios::count_together(stories.subspan(i))));
  std::vector<std::vector<StoryRun>> runs(files.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < files.size(); i = next++)
      runs[i] = scenarios::run_together(files[i], options);
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < jobs; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  std::vector<StoryRun> all;
  for (auto& some : runs) std::ranges::move(some, std::back_inserter(all));
  return all;
}

/// How many stories are run before they are counted: at least so many, and no file in parts.
std::size_t next_end(std::span<const Story> stories, std::size_t from, std::size_t wanted) {
  std::size_t to = from;
  while (to < stories.size() && to - from < wanted)
    to += scenarios::count_together(stories.subspan(to));
  return to;
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
  const unsigned jobs =
      common.jobs ? common.jobs : std::max(1u, std::thread::hardware_concurrency());
  const scenarios::RunOptions options{common.seed, common.readings, common.mutants, command.faults};
  const std::span<const Story> stories = loaded.stories;
  for (std::size_t from = 0, to = 0; from < stories.size(); from = to) {
    to = next_end(stories, from, jobs * kAtATime);
    const auto some = stories.subspan(from, to - from);
    const std::vector<StoryRun> runs = run_some(some, options, jobs);
    for (std::size_t i = 0; i < some.size(); ++i) {
      reports::ScenarioResult result =
          collector.add(some[i], runs[i], replay_of(common, command, some[i]), common.seed);
      for (reports::Problem& problem : result.problems) problem.says.ja = japanese_of(problem.says);
      result.reason.ja = japanese_of(result.reason);
      const bool wanted = command.traces == "all" || result.verdict == reports::Verdict::violated;
      if (!common.out.empty() && runs[i].simulation && wanted)
        if (auto written = keep_story(common.out, runs[i], result, shown); !written)
          return tell_error(written.error().text());
      results.scenarios.push_back(std::move(result));
    }
    progress.step(to);
  }
  collector.finish(results);
  const bool complete =
      std::ranges::all_of(*profiles, [](const auto& one) { return one->complete; });
  return finish(common, results, watch, command.paths.empty() && complete, shown);
}

}  // namespace shinsa::cli
