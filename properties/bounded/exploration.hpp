/// Goes through every behaviour of a bounded world, and tells the shortest way to what breaks a
/// law.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/vocabulary/words.hpp"
#include "properties/bounded/bounded_model.hpp"
#include "properties/campaign/reach.hpp"
#include "properties/explorer/search.hpp"

namespace shinsa::properties::bounded {

/// Where a search is saved, to go on from.
struct Checkpoints {
  std::string file;
  /// What the file is of, beside the options: the text of the world and the program.
  std::string of;
  std::chrono::seconds every{60};  ///< and where it stops before it is complete
  bool resume = false;             ///< go on from what the file has
};

/// More than people can look at.
inline constexpr std::size_t kStatesOfAGraph = 1000;

struct ExploreOptions {
  BoundedOptions bounded;
  explorer::Limits limits;
  std::size_t memory = SIZE_MAX;  ///< bytes; ends with the round that takes more
  std::optional<Checkpoints> checkpoints;
  bool along = false;  ///< begin in all states that the story passes, if the world is around one
  bool graph = false;  ///< draw the states, if there are no more than `kStatesOfAGraph`
  /// Told after each round; may be empty. @param bytes  of states and of their parts.
  std::function<void(const explorer::Progress&, std::size_t bytes)> tell;
};

/// A way that breaks a law.
struct Counterexample {
  std::optional<std::size_t> law;  ///< index in `laws(system)`; nothing: the system cannot go on
  Words what;                      ///< the law, or why
  std::vector<Taken> way;
  std::string story;     ///< a scenario that replays it, YAML
  bool replays = false;  ///< whether that was tried, and breaks the same
};

struct Explored {
  explorer::Found found;
  std::size_t bytes = 0;       ///< of states and of their parts
  std::size_t worked_out = 0;  ///< steps that the machines made; the others were known
  std::optional<Counterexample> counterexample;  ///< the shortest, unless along a story
  std::vector<std::size_t> left_out;  ///< of what the story tells: what the world never does
  /// Types of actions that were allowed where they are refused.
  std::vector<std::string> refused_permissions;
  campaign::Reach reach;     ///< of the tables
  model::Coverage coverage;  ///< the same, in counts: what was given exercises them too
  std::string graph;         ///< Graphviz; empty: not asked for, or too many states
};

/// @return an Error where the world cannot begin, or a checkpoint cannot be read or written.
[[nodiscard]] Result<Explored> explore(const scenarios::BoundedWorld& world,
                                       const ExploreOptions& options);

}  // namespace shinsa::properties::bounded
