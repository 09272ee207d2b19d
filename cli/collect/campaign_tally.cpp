#include "cli/collect/campaign_tally.hpp"

#include <algorithm>

namespace shinsa::cli {

namespace {

/// Whether a reading, as in `JPR-Q6=renewals-only`, was asked for.
bool is_pinned(const std::map<std::string, std::string>& readings, std::string_view reading) {
  return std::ranges::any_of(
      readings, [&](const auto& one) { return one.first + "=" + one.second == reading; });
}

}  // namespace

bool is_broken(const properties::CampaignResult& result, std::size_t law) {
  return std::ranges::any_of(result.failures, [law](const properties::CampaignFailure& failure) {
    return std::ranges::count(failure.laws, law) > 0;
  });
}

CampaignTally tally(const properties::CampaignOptions& options,
                    const properties::CampaignResult& result) {
  CampaignTally sum;
  const auto laws = properties::laws(options.system);
  for (std::size_t i = 0; i < laws.size(); ++i) {
    if (laws[i].kind != properties::LawKind::sometimes) {
      ++(is_broken(result, i) ? sum.failed : sum.passed);
    } else if (result.shown[i].count) {
      ++sum.passed;
    } else if (result.runs < kEnoughRuns || !result.failures.empty() ||
               is_pinned(options.readings, laws[i].not_under)) {
      ++sum.skipped;
    } else {
      ++sum.failed;
      sum.never_shown.emplace_back(laws[i].name);
    }
  }
  const bool judge_fired = std::ranges::any_of(result.failures, [](const auto& failure) {
    return !failure.clauses.empty() || failure.laws.empty();
  });
  ++(judge_fired ? sum.failed : sum.passed);
  return sum;
}

}  // namespace shinsa::cli
