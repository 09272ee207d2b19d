/// What `shinsa fuzz` says of a campaign: as JSON, and in words.
#pragma once

#include <boost/json.hpp>
#include <iosfwd>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "model/profile.hpp"
#include "properties/campaign.hpp"

namespace shinsa::cli {

/// What of the tables a campaign has gone through.
struct Through {
  std::size_t rows = 0;
  std::size_t rows_fired = 0;
  std::size_t guards = 0;  ///< that requests are held against
  std::size_t guards_both = 0;
  std::vector<std::string> never_fired;
  std::vector<std::string> one_sided;
};
[[nodiscard]] Through through(const model::Profile& profile, const model::Coverage& coverage);

/// A campaign that is over. What it refers to outlives it.
struct Campaign {
  const Common& common;
  const FuzzCommand& command;
  const properties::CampaignOptions& options;
  const properties::CampaignResult& result;
  Through seen;
  std::vector<std::string> saved;  ///< where each failure was saved
  std::size_t added = 0;           ///< lines that the corpus got
};

[[nodiscard]] boost::json::object to_json(const Campaign& campaign);

/// All but the count at the end.
void tell(std::ostream& out, const Campaign& campaign, const std::vector<std::string>& never_shown);

}  // namespace shinsa::cli
