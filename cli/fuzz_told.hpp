/// What `shinsa fuzz` says of a campaign: as JSON, and in words.
#pragma once

#include <boost/json.hpp>
#include <iosfwd>
#include <string>
#include <vector>

#include "cli/collect/campaign_tally.hpp"
#include "cli/commands.hpp"
#include "properties/campaign.hpp"

namespace shinsa::cli {

/// A campaign that is over. What it refers to outlives it.
struct Campaign {
  const Common& common;
  const FuzzCommand& command;
  const properties::CampaignOptions& options;
  const properties::CampaignResult& result;
  properties::campaign::Reach seen;
  std::vector<std::string> saved;  ///< where each failure was saved
  std::size_t added = 0;           ///< lines that the corpus got
};

[[nodiscard]] boost::json::object to_json(const Campaign& campaign);

/// All but the count at the end.
void tell(std::ostream& out, const Campaign& campaign, const CampaignTally& sum);

}  // namespace shinsa::cli
