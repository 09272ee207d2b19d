/// Random campaigns: many short lives of customers, drawn from a seed, held against the judge and
/// the laws; a failing one is shrunk and saved as a scenario.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "model/coverage.hpp"
#include "model/profile.hpp"
#include "model/vocabulary/words.hpp"
#include "properties/laws/law.hpp"
#include "sim/performer.hpp"

namespace shinsa::properties {

/// What somebody does. Objects are named by small numbers, so that a command keeps its meaning when
/// others are taken away.
struct Command {
  std::uint8_t verb = 0;         ///< what is done, as the customers of the system number it
  std::uint8_t application = 0;  ///< which application (order, entry), counted from 0
  std::uint8_t certificate = 0;  ///< which certificate or name, as the system counts them
  std::uint8_t variant = 0;      ///< 0: in order; others are wrong in one way each, or different
  std::uint8_t gap = 0;          ///< how long after the command before: index in a table
  friend bool operator==(const Command&, const Command&) = default;
};

/// The one verb that all systems have: something that was so before is given.
inline constexpr std::uint8_t kGive = 0;

/// A whole run: what is drawn before it begins, and what is done in it.
struct Plan {
  std::uint8_t start = 0;    ///< which instant it begins at
  std::uint8_t conduct = 0;  ///< which free choices the portal makes
  std::uint8_t fault = 0;    ///< which fake misbehaves; 0: none
  std::uint8_t reading = 0;  ///< which reading is another than the default; 0: none
  std::vector<Command> commands;
  [[nodiscard]] std::size_t requests() const;  ///< commands that are requests
  [[nodiscard]] std::size_t given() const;     ///< commands that give
};

/// Which run: the same three say the same plan, as long as the customers stay as they are.
struct RunId {
  std::uint64_t seed = 1;     ///< of the campaign
  std::size_t run = 0;        ///< which one of it, from 0
  std::size_t requests = 20;  ///< how many it makes
  friend bool operator==(const RunId&, const RunId&) = default;
};

/// How far a campaign is.
struct CampaignProgress {
  std::size_t runs = 0;      ///< done, with those of other campaigns that are played again
  std::uint64_t events = 0;  ///< of their traces
  std::size_t failed = 0;    ///< runs that failed
};

/// Runs are counted and looked at by so many: `until_flat` and the two questions of a campaign.
inline constexpr std::size_t kRunsAtATime = 250;
/// Each run whose number can be divided by it is played twice.
inline constexpr std::size_t kPlayedTwice = 20;
/// Different failures that are made small and saved; of more it is only said that there are.
inline constexpr std::size_t kFailuresMax = 10;

namespace campaign {
class Customers;
}

struct CampaignOptions {
  std::string system = "jpdirect-reissue";
  std::uint64_t seed = 1;
  std::size_t runs = 1000;
  std::size_t requests = 20;                    ///< of each run
  unsigned jobs = 1;                            ///< threads; results do not depend on it
  std::map<std::string, std::string> readings;  ///< pinned; of the others some runs take another
  std::vector<std::string> mutants;
  std::function<void(const CampaignProgress&)> progress;  ///< told now and then; may be empty
  std::function<bool()> stop;    ///< asked every 250 runs; true breaks it off; may be empty
  std::function<bool()> enough;  ///< asked every 250 runs; true ends it, as its last run would
  bool first = false;            ///< end with the first failure
  std::size_t until_flat = 0;    ///< end when so many runs showed nothing new; 0: do not
  std::vector<RunId> replayed;   ///< of other campaigns, played first
  double unweighted = 0.2;       ///< share of runs that draw as the customers do (`swarm.hpp`)
  /// In the place of the system's own customers, for tests; may be empty.
  std::function<std::unique_ptr<campaign::Customers>()> customers;
  /// For tests of the oracles: who takes the part of the one who carries out a type of action, in
  /// each run anew; null where nobody does. May be empty.
  std::function<std::unique_ptr<sim::Performer>(TypeIndex, sim::Performer&)> understudy;
};

/// What fails alike: the same clauses and laws are named first.
struct FailureKind {
  std::vector<std::string> clauses;  ///< that the judge names where it first says no
  std::vector<std::size_t> laws;     ///< indices in `laws(system)` that are broken first
  bool differs = false;              ///< played twice, it was not the same; then it names nothing
  std::uint64_t runs = 0;            ///< that showed it
  RunId first;                       ///< of them
};

/// A kind of failure by the run that tells most of it, as small as that could be made.
struct CampaignFailure : FailureKind {
  std::size_t run = 0;                      ///< which run it is told by, from 0
  std::uint64_t seed = 1;                   ///< of the campaign that has that run
  std::map<std::string, unsigned> weights;  ///< one of so many was kept when that run was drawn
  Plan plan;                                ///< shrunk
  std::size_t requests_before = 0;          ///< of the run as it was found
  std::vector<Words> sentences;             ///< what the judge says, and how much follows
  std::string story;                        ///< the scenario that replays it, YAML
};

/// How often something was seen, and in which run first.
struct Seen {
  std::uint64_t count = 0;
  std::size_t witness = 0;
};

/// A run that was the first to show something, and what.
struct InterestingRun {
  RunId id;
  std::vector<std::string> why;  ///< as `sights_of` says it
};

struct CampaignResult {
  enum class End { runs, failure, flat, enough };
  std::size_t runs = 0;      ///< without those played again
  std::size_t replayed = 0;  ///< runs of other campaigns
  std::uint64_t requests = 0;
  std::uint64_t refused = 0;
  std::uint64_t events = 0;
  model::Coverage coverage;                 ///< of the system
  std::map<std::string, Seen> refusals;     ///< by clause id, without runs played again
  std::vector<Seen> shown;                  ///< per law: in how many runs a `sometimes` was seen
  std::vector<CampaignFailure> failures;    ///< each kind once, the most telling first
  std::vector<FailureKind> more;            ///< kinds past `kFailuresMax`
  std::uint64_t failed = 0;                 ///< runs that failed
  std::size_t twice = 0;                    ///< runs that were played twice
  std::uint64_t events_again = 0;           ///< of their second plays
  std::vector<InterestingRun> interesting;  ///< the first to show something, in their order
  End end = End::runs;                      ///< what ended it
};

/// @return an Error for unknown names, a system that has no campaign yet, or a campaign that was
/// stopped before its end.
[[nodiscard]] Result<CampaignResult> run_campaign(const CampaignOptions& options);

/// All that the runs show, each in words that keep their meaning: rows fired, guards that said yes
/// or no, clauses that refused, `sometimes` laws.
[[nodiscard]] Result<std::vector<std::set<std::string>>> sights_of(const CampaignOptions& options,
                                                                   const std::vector<RunId>& runs);

/// One run of a campaign, for replay: what the oracles say of a plan.
struct PlanRun {
  std::vector<std::string> clauses;
  std::vector<std::size_t> laws;
  std::vector<Words> sentences;
  std::string story;
};
[[nodiscard]] Result<PlanRun> run_plan(const CampaignOptions& options, const Plan& plan);

}  // namespace shinsa::properties
