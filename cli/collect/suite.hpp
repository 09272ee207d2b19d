/// A suite of several systems: which profiles its stories need, and which mutants can be made.
#pragma once

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

/// `jpdirect-reissue, sakura-reissue`.
[[nodiscard]] std::string names_of(const ProfileList& profiles);

}  // namespace shinsa::cli
