/// A suite of several systems: which profiles its stories need, which mutants can be made, and how
/// it is run on several threads.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "cli/collect/collect.hpp"
#include "scenarios/story.hpp"

namespace shinsa::cli {

/// The profiles of the systems that the stories are about, in the order of the pages.
[[nodiscard]] Result<ProfileList> profiles_of(std::span<const scenarios::Story> stories,
                                              const std::map<std::string, std::string>& readings);

/// Whether every mutant asked for can be made, each in one system at least.
[[nodiscard]] Result<void> check_mutants(const ProfileList& profiles,
                                         const std::map<std::string, std::string>& readings,
                                         const std::vector<std::string>& mutants);

/// Takes one story and how it went; an error ends the suite.
using TakeRun = std::function<Result<void>(const scenarios::Story&, const scenarios::StoryRun&)>;

/// Runs stories, the parts of one file together, and hands them over in their order, which does not
/// depend on the threads. @param jobs  how many threads; 0 for as many as the machine has.
Result<void> run_stories(std::span<const scenarios::Story> stories,
                         const scenarios::RunOptions& options, unsigned jobs, const TakeRun& take);

/// `jpdirect-reissue, sakura-reissue`.
[[nodiscard]] std::string names_of(const ProfileList& profiles);

}  // namespace shinsa::cli
