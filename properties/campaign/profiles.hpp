/// The systems that the runs of a campaign are of: one for each choice of readings.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/profile.hpp"
#include "properties/campaign.hpp"

namespace shinsa::properties::campaign {

/// The same system under one choice of readings.
struct Profiles {
  std::map<std::string, std::string> readings;
  std::shared_ptr<const model::Profile> system;  ///< with the mutants
  std::shared_ptr<const model::Profile> judge;   ///< without
};

/// The readings asked for, then each of the others that leaves a choice in each of its other
/// meanings.
/// @return an Error for unknown names, or a system that has no campaign yet.
[[nodiscard]] Result<std::vector<Profiles>> profiles_of(const CampaignOptions& options);

}  // namespace shinsa::properties::campaign
