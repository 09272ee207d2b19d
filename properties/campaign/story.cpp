#include "properties/campaign/story.hpp"

#include "properties/saved_story.hpp"

namespace shinsa::properties::campaign {

std::string Story::text(const std::string& why, const std::string& found,
                        const CampaignOptions& options, const Beginning& beginning,
                        const std::map<std::string, std::string>& readings) const {
  SavedHead head{"fuzz",
                 why,
                 found,
                 options.system,
                 options.mutants,
                 beginning.start,
                 readings,
                 {beginning.conduct.begin(), beginning.conduct.end()},
                 {}};
  if (!beginning.fault.empty()) head.faults.emplace_back(beginning.fault);
  return saved_head(head) + facts_ + "steps:\n" + (steps_.empty() ? "  - wait: P1D\n" : steps_);
}

}  // namespace shinsa::properties::campaign
