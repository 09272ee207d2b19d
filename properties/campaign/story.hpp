/// The scenario that replays a run, taken down while the run is played.
#pragma once

#include <map>
#include <string>

#include "properties/campaign/customers.hpp"
#include "properties/campaign/said.hpp"

namespace shinsa::properties::campaign {

class Story {
 public:
  void fact(const Said& said) { facts_ += fact_in_yaml(said); }
  void request(const Said& said, Instant at) { steps_ += request_in_yaml(said, at); }

  /// @param why    what was found, on one line.
  /// @param found  where it was found, on one line; may be empty.
  /// @return a scenario of its own, YAML.
  [[nodiscard]] std::string text(const std::string& why, const std::string& found,
                                 const CampaignOptions& options, const Beginning& beginning,
                                 const std::map<std::string, std::string>& readings) const;

 private:
  std::string facts_;
  std::string steps_;
};

}  // namespace shinsa::properties::campaign
