/// Random campaigns: many short lives of customers, drawn from a seed, held against the judge and
/// the laws; a failing one is shrunk and saved as a scenario.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
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

struct CampaignOptions {
  std::string system = "jpdirect-reissue";
  std::uint64_t seed = 1;
  std::size_t runs = 1000;
  std::size_t requests = 20;                    ///< of each run
  unsigned jobs = 1;                            ///< threads; results do not depend on it
  std::map<std::string, std::string> readings;  ///< pinned; of the others some runs take another
  std::vector<std::string> mutants;
  std::function<void(std::size_t)> progress;  ///< told how many runs are done; may be empty
  /// For tests of the oracles: who takes the part of the one who carries out a type of action, in
  /// each run anew; null where nobody does. May be empty.
  std::function<std::unique_ptr<sim::Performer>(TypeIndex, sim::Performer&)> understudy;
  std::function<bool()> stop;  ///< asked by every thread every 250 runs; true ends it; may be empty
};

/// A run in which an oracle fired, as small as it could be made.
struct CampaignFailure {
  std::size_t run = 0;               ///< which run of the campaign it was found in, from 0
  Plan plan;                         ///< shrunk
  std::size_t requests_before = 0;   ///< of the run as it was found
  std::vector<std::string> clauses;  ///< that the judge names where it first says no
  std::vector<std::size_t> laws;     ///< indices in `laws(system)` that are broken first
  std::vector<Words> sentences;      ///< what the judge says there, and how much follows
  std::string story;                 ///< the scenario that replays it, YAML
};

/// How often something was seen, and in which run first.
struct Seen {
  std::uint64_t count = 0;
  std::size_t witness = 0;
};

struct CampaignResult {
  std::size_t runs = 0;
  std::uint64_t requests = 0;
  std::uint64_t refused = 0;
  std::uint64_t events = 0;
  model::Coverage coverage;               ///< of the system
  std::map<std::string, Seen> refusals;   ///< by clause id
  std::vector<Seen> shown;                ///< per law: in how many runs a `sometimes` was seen
  std::vector<CampaignFailure> failures;  ///< at most one: the campaign ends with it
};

/// @return an Error for unknown names, a system that has no campaign yet, or a campaign that was
/// stopped before its end.
[[nodiscard]] Result<CampaignResult> run_campaign(const CampaignOptions& options);

/// One run of a campaign, for replay: what the oracles say of a plan.
struct PlanRun {
  std::vector<std::string> clauses;
  std::vector<std::size_t> laws;
  std::vector<Words> sentences;
  std::string story;
};
[[nodiscard]] Result<PlanRun> run_plan(const CampaignOptions& options, const Plan& plan);

}  // namespace shinsa::properties
