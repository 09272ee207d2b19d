#include "cli/collect/campaign_tally.hpp"

#include <algorithm>

namespace shinsa::cli {

namespace {

/// Whether a reading, as in `JPR-Q6=renewals-only`, was asked for.
bool is_pinned(const std::map<std::string, std::string>& readings, std::string_view reading) {
  return std::ranges::any_of(
      readings, [&](const auto& one) { return one.first + "=" + one.second == reading; });
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
  return sum;
}

}  // namespace shinsa::cli
