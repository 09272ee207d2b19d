#include "cli/collect/campaign_tally.hpp"

#include <algorithm>

#include "model/vocabulary/assert.hpp"

namespace shinsa::cli {

namespace {

/// Whether a reading, as in `JPR-Q6=renewals-only`, was asked for.
bool is_pinned(const std::map<std::string, std::string>& readings, std::string_view reading) {
  return std::ranges::any_of(
      readings, [&](const auto& one) { return one.first + "=" + one.second == reading; });
}

/// Whether the campaign is one of the system as it is: the customers its own, nothing broken, no
/// reading pinned, everybody in his own part.
bool is_sound(const properties::CampaignOptions& options) {
  return options.mutants.empty() && options.readings.empty() && !options.customers &&
         !options.understudy;
}

/// Whether a failure is so, told or only counted.
template <class Is>
bool any_kind(const properties::CampaignResult& result, const Is& is) {
  return std::ranges::any_of(result.failures, is) || std::ranges::any_of(result.more, is);
}

}  // namespace

bool is_broken(const properties::CampaignResult& result, std::size_t law) {
  return any_kind(result, [law](const properties::FailureKind& kind) {
    return std::ranges::count(kind.laws, law) > 0;
  });
}

bool judge_fires(const properties::CampaignResult& result) {
  return any_kind(result, [](const properties::FailureKind& kind) {
    return !kind.differs && (!kind.clauses.empty() || kind.laws.empty());
  });
}

bool runs_differ(const properties::CampaignResult& result) {
  return any_kind(result, [](const properties::FailureKind& kind) { return kind.differs; });
}

LawOutcome outcome_of(const properties::CampaignOptions& options,
                      const properties::CampaignResult& result, std::size_t law) {
  const properties::Law& one = properties::laws(options.system)[law];
  if (one.kind != properties::LawKind::sometimes)
    return is_broken(result, law) ? LawOutcome::broken : LawOutcome::held;
  if (result.shown[law].count) return LawOutcome::held;
  const bool enough = result.runs >= kEnoughRuns && result.failures.empty() &&
                      !is_pinned(options.readings, one.not_under);
  return enough ? LawOutcome::broken : LawOutcome::says_nothing;
}

properties::campaign::Reach reach_of(const properties::CampaignOptions& options,
                                     const properties::CampaignResult& result) {
  const auto profile = model::make_profile({options.system, {}, {}});
  SHINSA_ASSERT(profile, "a campaign of a system that does not exist");
  return properties::campaign::reach_of(**profile, result.coverage,
                                        properties::campaign::own_unreached());
}

CampaignTally tally(const properties::CampaignOptions& options,
                    const properties::CampaignResult& result) {
  CampaignTally sum;
  const auto laws = properties::laws(options.system);
  for (std::size_t i = 0; i < laws.size(); ++i) {
    const LawOutcome outcome = outcome_of(options, result, i);
    if (outcome == LawOutcome::held) ++sum.passed;
    if (outcome == LawOutcome::broken) ++sum.failed;
    if (outcome == LawOutcome::says_nothing) ++sum.skipped;
    if (outcome == LawOutcome::broken && laws[i].kind == properties::LawKind::sometimes)
      sum.never_shown.emplace_back(laws[i].name);
  }
  ++(judge_fires(result) ? sum.failed : sum.passed);
  ++(runs_differ(result) ? sum.failed : sum.passed);
  if (!is_sound(options) || !result.failures.empty()) return sum;
  const auto reach = reach_of(options, result);
  sum.reached = reach.reached;
  if (result.runs >= kEnoughRunsForTables) sum.unreached = reach.unexplained();
  if (!sum.is_through()) ++sum.failed;
  return sum;
}

}  // namespace shinsa::cli
