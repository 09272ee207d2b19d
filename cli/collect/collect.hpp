/// From stories and logs to results: the one place where scenarios and reports meet.
#pragma once

#include <string>
#include <vector>

#include "properties/campaign.hpp"
#include "reports/results.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::cli {

/// Sums up coverage over runs and turns it into verdicts per clause.
class Collector {
 public:
  Collector(std::shared_ptr<const model::Profile> profile, bool all_systems);

  /// One story, run; its trace is held against the laws too. @param replay  the command that runs
  /// it again.
  reports::ScenarioResult add(const scenarios::Story& story, const scenarios::StoryRun& run,
                              const std::string& replay, std::uint64_t seed);
  /// A campaign: one result for the judge and one for each law, in all as many as its tally.
  std::vector<reports::ScenarioResult> add(const properties::CampaignOptions& options,
                                           const properties::CampaignResult& campaign);
  /// One log, judged.
  reports::ScenarioResult add(const std::string& file, const sim::Judge& judge, const Facts& facts);

  void finish(reports::Results& results) const;

 private:
  void count(const model::Coverage& coverage, reports::ScenarioResult& scenario);

  std::shared_ptr<const model::Profile> profile_;
  bool all_systems_;
  model::Coverage coverage_;
  std::vector<std::vector<std::string>> touched_by_;  // per clause
  std::vector<bool> violated_;                        // per clause
};

/// A finding as a problem of a report. @param file  what stands before the line number.
[[nodiscard]] reports::Problem problem_of(const sim::Finding& finding, const Facts& facts,
                                          const std::string& file);

/// The counts of a coverage under the names that the profile's tables give.
[[nodiscard]] std::vector<reports::MachineCoverage> machines_of(const model::Profile& profile,
                                                                const model::Coverage& coverage);

}  // namespace shinsa::cli
