/// Runs a story: requests go in, expectations are held against what the system did, the judge
/// follows.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fakes/cast.hpp"
#include "model/vocabulary/words.hpp"
#include "scenarios/story.hpp"
#include "sim/simulation.hpp"

namespace shinsa::scenarios {

/// In place of a mutant: the system as it should be, whatever mutants a story names.
inline constexpr const char* kNoMutant = "none";

struct RunOptions {
  std::uint64_t seed = 1;
  std::map<std::string, std::string> readings;  ///< over the stories' own
  std::vector<std::string> mutants;  ///< besides the stories' own; `none`: no mutant at all
  std::vector<std::string> faults;
  fakes::Detail detail = fakes::Detail::full;  ///< full or paper
  /// After each step the store of facts lets go of what nobody needs; nothing comes out otherwise.
  bool lean = false;
};

/// Something that went other than the story, a clause or the harness expects.
struct Miss {
  enum class Kind { expectation, finding, coverage, error };
  Kind kind = Kind::expectation;
  Words says;
  std::string where;
  std::vector<std::string> clauses;
  Words expected;
  Words observed;
  std::size_t trace_line = 0;
  std::optional<std::size_t> finding;  ///< position in findings of the judge
};

struct StepRun {
  std::size_t step = 0;  ///< position in Story::steps
  bool held = true;
  Instant time;
  std::size_t trace_line = 0;  ///< 1-based; 0 if none
};

/// How one story went. Keeps the simulation, because the fact store holds what the trace says.
struct StoryRun {
  enum class End { passed, failed, not_applicable, error };
  End end = End::passed;
  Words reason;
  std::vector<Miss> misses;
  std::vector<StepRun> steps;
  std::unique_ptr<sim::Simulation> simulation;  ///< null when not applicable
  std::string trace;                            ///< shinsa-events/1
  std::string trace_sha256;
  sim::Artefacts artefacts;
  Duration virtual_time;
};

/// Whether a run touched a clause at all: asked a guard of it, ran an effect, was refused by it or
/// met an obligation.
[[nodiscard]] bool touches(const model::Profile& profile, const model::Coverage& coverage,
                           ClauseIndex index);

[[nodiscard]] StoryRun run_story(const Story& story, const RunOptions& options);

/// The parts of one file, on one clock: each in a simulation of its own, their steps in the order
/// of the file, and mailboxes that all of them deliver to.
/// @param parts  stories of the same tale. @return one result for each, in their order.
[[nodiscard]] std::vector<StoryRun> run_together(std::span<const Story> parts,
                                                 const RunOptions& options);

/// How many stories, from the first on, belong together: the parts of one file, else one.
[[nodiscard]] std::size_t count_together(std::span<const Story> stories);

}  // namespace shinsa::scenarios
