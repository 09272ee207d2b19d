/// What a campaign counts as: each law, the judge, and that runs played twice are the same, has
/// passed, failed or says nothing.
#pragma once

#include <string>
#include <vector>

#include "properties/campaign.hpp"
#include "properties/campaign/reach.hpp"

namespace shinsa::cli {

/// Below so many runs it says nothing that something was never seen.
inline constexpr std::size_t kEnoughRuns = 1000;

/// Below so many runs it says nothing that a row never fired or a guard never said yes or no: the
/// most seldom of them come in one of some thousand runs.
inline constexpr std::size_t kEnoughRunsForTables = 50'000;

struct CampaignTally {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t skipped = 0;               ///< never seen, and that says nothing
  std::vector<std::string> never_shown;  ///< `sometimes` laws that failed for that
  std::vector<std::string> unreached;    ///< of the tables, in enough runs and unexplained
  std::vector<std::string> reached;      ///< although it is explained why it is not
  /// Whether the campaign was through the tables as it must be: one more failure if it was not.
  [[nodiscard]] bool is_through() const { return unreached.empty() && reached.empty(); }
};

/// What a campaign has reached of the tables of its system.
[[nodiscard]] properties::campaign::Reach reach_of(const properties::CampaignOptions& options,
                                                   const properties::CampaignResult& result);

/// Whether a failure of the campaign breaks the law, by its position in `laws(system)`.
[[nodiscard]] bool is_broken(const properties::CampaignResult& result, std::size_t law);

/// Whether a failure of the campaign is one that the judge names, or that stopped the simulation.
[[nodiscard]] bool judge_fires(const properties::CampaignResult& result);

/// Whether a run that was played twice was not the same.
[[nodiscard]] bool runs_differ(const properties::CampaignResult& result);

enum class LawOutcome {
  held,
  broken,        ///< a trace breaks it, or enough runs never showed it
  says_nothing,  ///< never seen, where nothing follows from that
};
/// @param law  position in `laws(system)`.
[[nodiscard]] LawOutcome outcome_of(const properties::CampaignOptions& options,
                                    const properties::CampaignResult& result, std::size_t law);

/// @param options  that the campaign ran with.
[[nodiscard]] CampaignTally tally(const properties::CampaignOptions& options,
                                  const properties::CampaignResult& result);

}  // namespace shinsa::cli
