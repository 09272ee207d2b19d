#include "cli/collect/suite.hpp"

#include <algorithm>
#include <set>

#include "scenarios/runner.hpp"

namespace shinsa::cli {

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

std::string names_of(const ProfileList& profiles) {
  std::string names;
  for (const auto& profile : profiles)
    names.append(names.empty() ? "" : ", ").append(profile->name);
  return names;
}

}  // namespace shinsa::cli
