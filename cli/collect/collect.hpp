/// From stories and logs to results: the one place where scenarios and reports meet.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/collect/examination.hpp"
#include "properties/campaign.hpp"
#include "properties/laws/law.hpp"
#include "reports/results.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::cli {

/// Profiles of the systems that a run is about, in the order of their pages.
using ProfileList = std::vector<std::shared_ptr<const model::Profile>>;

/// Sums up coverage over runs of one or several systems and turns it into verdicts per clause.
class Collector {
 public:
  Collector() = default;
  explicit Collector(const ProfileList& profiles);

  /// From now on the clauses of this system are summed up too, if they are not already.
  void about(const std::shared_ptr<const model::Profile>& profile);

  /// One story, run; its trace is held against the laws too. @param replay  the command that runs
  /// it again.
  reports::ScenarioResult add(const scenarios::Story& story, const scenarios::StoryRun& run,
                              const std::string& replay, std::uint64_t seed);
  /// A campaign: one result for the judge, one for each law and one for runs that were played
  /// twice, in all as many as its tally.
  std::vector<reports::ScenarioResult> add(const properties::CampaignOptions& options,
                                           const properties::CampaignResult& campaign);
  /// One log, judged under a profile that was given.
  reports::ScenarioResult add(const std::string& file, const sim::Judge& judge, const Facts& facts);
  /// The same log, examined.
  reports::ScenarioResult add(const std::string& file, const sim::Judge& judge, const Facts& facts,
                              const Examined& examined);

  void finish(reports::Results& results) const;

 private:
  struct Covered {
    std::shared_ptr<const model::Profile> profile;
    model::Coverage coverage;
    std::vector<std::uint64_t> shown;  ///< per law; empty as long as no law was asked
  };
  Covered& of(std::string_view system);
  /// Counts the `sometimes` laws that a life has shown, `count(law)` times each.
  template <class Count>
  void show(Covered& covered, const Count& count);
  void count(std::string_view system, const model::Coverage& coverage,
             reports::ScenarioResult& scenario);
  void finish(const Covered& covered, reports::Results& results) const;

  std::vector<Covered> systems_;
  std::vector<std::vector<std::string>> touched_by_{clauses().size()};  // per clause
  std::vector<bool> violated_ = std::vector<bool>(clauses().size());    // per clause
  std::vector<bool> open_ = std::vector<bool>(clauses().size());        // per clause: inconclusive
};

/// A finding as a problem of a report. @param file  what stands before the line number.
[[nodiscard]] reports::Problem problem_of(const sim::Finding& finding, const Facts& facts,
                                          const std::string& file);

/// An answer as a problem of a report.
[[nodiscard]] reports::Problem problem_of(const sim::Answer& answer, const Facts& facts,
                                          const std::string& file);

/// What the laws say of a trace, each law once, at its first breach. @param monitor  that has seen
/// the trace of this simulation.
[[nodiscard]] std::vector<reports::Problem> breaches_of(std::string_view system,
                                                        const properties::Monitor& monitor,
                                                        const sim::Simulation& simulation);

/// The counts of a coverage under the names that the profile's tables give.
[[nodiscard]] std::vector<reports::MachineCoverage> machines_of(const model::Profile& profile,
                                                                const model::Coverage& coverage);

}  // namespace shinsa::cli
