#include "cli/collect/suite.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <set>

#include "scenarios/runner.hpp"
#include "sim/together.hpp"

namespace shinsa::cli {

namespace {

using scenarios::Story;
using scenarios::StoryRun;

constexpr std::size_t kAtATime = 32;  // stories per thread that are run before they are taken

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
  sim::together(jobs, work);
  std::vector<StoryRun> all;
  for (auto& some : runs) std::ranges::move(some, std::back_inserter(all));
  return all;
}

/// Where the next stories end that are run at once: at least so many, and no file in parts.
std::size_t next_end(std::span<const Story> stories, std::size_t from, std::size_t wanted) {
  std::size_t to = from;
  while (to < stories.size() && to - from < wanted)
    to += scenarios::count_together(stories.subspan(to));
  return to;
}

}  // namespace

Result<ProfileList> profiles_of(std::span<const scenarios::Story> stories,
                                const std::map<std::string, std::string>& readings) {
  ProfileList profiles;
  for (std::string_view system : model::implemented_systems()) {
    if (std::ranges::count(stories, system, &scenarios::Story::system) == 0) continue;
    auto profile = model::make_profile({std::string(system), readings, {}});
    if (!profile) return Failure(profile.error());
    profiles.push_back(std::move(*profile));
  }
  return profiles;
}

Result<void> check_mutants(const ProfileList& profiles,
                           const std::map<std::string, std::string>& readings,
                           const std::vector<std::string>& mutants) {
  if (std::ranges::count(mutants, scenarios::kNoMutant) > 0) return {};
  std::set<std::string> made;
  for (const auto& profile : profiles) {
    const auto own = model::mutants_for(profile->name, mutants);
    auto mutant = model::make_profile({std::string(profile->name), readings, own});
    if (!mutant) return Failure(mutant.error());
    made.insert(own.begin(), own.end());
  }
  for (const std::string& id : mutants)
    if (!made.contains(id))
      return fail("no mutant '" + id + "' in the systems that are run", "--mutant",
                  "see: shinsa list mutants");
  return {};
}

Result<void> run_stories(std::span<const Story> stories, const scenarios::RunOptions& options,
                         unsigned jobs, const TakeRun& take) {
  const unsigned threads = sim::threads_for(jobs);
  for (std::size_t from = 0, to = 0; from < stories.size(); from = to) {
    to = next_end(stories, from, threads * kAtATime);
    const auto some = stories.subspan(from, to - from);
    const std::vector<StoryRun> runs = run_some(some, options, threads);
    for (std::size_t i = 0; i < some.size(); ++i)
      if (auto taken = take(some[i], runs[i]); !taken) return taken;
  }
  return {};
}

std::string names_of(const ProfileList& profiles) {
  std::string names;
  for (const auto& profile : profiles)
    names.append(names.empty() ? "" : ", ").append(profile->name);
  return names;
}

}  // namespace shinsa::cli
