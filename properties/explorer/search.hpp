/// Exhaustive breadth-first search: every state that a model reaches within bounds, and the
/// shortest way to the first that breaks a law.
///
/// States stand in the order in which they are found, so that the states of one level follow each
/// other and the queue needs no memory of its own. Successors are made some dozens at a time, and
/// the memory that they will touch is asked for before they are looked up. Nothing depends on
/// chance or on time.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "properties/explorer/seen.hpp"

namespace shinsa::properties::explorer {

struct Limits {
  std::size_t states = 100'000'000;  ///< below 2^32 - 1
  std::size_t depth = SIZE_MAX;      ///< steps from the initial state
  bool to_the_first = false;         ///< end with the first state that breaks a law
};

struct Found {
  enum class End { complete, states, depth, broken };
  StateIndex states = 0;
  std::uint64_t edges = 0;   ///< pairs of a state and a step that it allows, of the states expanded
  std::size_t levels = 0;    ///< counting that of the initial state
  std::size_t bytes = 0;     ///< that the states take
  std::uint64_t broken = 0;  ///< states that break a law
  std::optional<StateIndex> first_broken;
  End end = End::complete;
};

/// How far a search is.
struct Progress {
  std::size_t level = 0;
  StateIndex states = 0, expanded = 0;
  std::size_t bytes = 0;
};

/// @tparam Model  has `Key`; `Key initial() const`; `expand(key, emit) const`, which calls
/// `emit(step, successor)` for each step that the state allows, always in the same order; and
/// `broken(key) const`, whether the state breaks a law.
template <class Model>
class Search {
 public:
  using Key = typename Model::Key;

  /// @param model  outlives the search.
  Search(const Model& model, Limits limits) : model_(model), limits_(limits), seen_(limits.states) {
    batch_.reserve(kBatch + kStepsMax);
  }

  /// @param tell  told now and then; may be empty.
  Found run(const std::function<void(const Progress&)>& tell = {}) {
    const Key initial = model_.initial();
    take({initial, Seen<Key>::hash(initial), kNoState, 0});
    for (StateIndex level_end = 1, at = 0; at < seen_.size() && !over_;) {
      expand(at++);
      if (tell && at % kTellEvery == 0) tell({found_.levels, seen_.size(), at, seen_.bytes()});
      if (at < level_end) continue;
      flush();
      if (seen_.size() == level_end) continue;  // nothing new: this was the last level
      level_end = seen_.size();
      if (++found_.levels >= limits_.depth) over_ = Found::End::depth;
    }
    flush();
    found_.states = seen_.size();
    found_.bytes = seen_.bytes();
    found_.end = over_.value_or(Found::End::complete);
    ++found_.levels;  // that of the initial state
    return found_;
  }

  /// The steps from the initial state to another, by a shortest way.
  [[nodiscard]] std::vector<Step> way_to(StateIndex state) const {
    std::vector<Step> steps;
    for (; seen_.parent(state) != kNoState; state = seen_.parent(state))
      steps.push_back(seen_.step(state));
    std::ranges::reverse(steps);
    return steps;
  }
  [[nodiscard]] const Key& operator[](StateIndex state) const { return seen_[state]; }

 private:
  struct Candidate {
    Key key;
    std::uint64_t hash;
    StateIndex parent;
    Step step;
  };
  static constexpr std::size_t kBatch = 64;
  static constexpr std::size_t kStepsMax = 1024;  // of one state; more only cost memory
  static constexpr StateIndex kTellEvery = 1 << 16;

  void expand(StateIndex at) {
    const Key key = seen_[at];
    model_.expand(key, [&](Step step, const Key& successor) {
      const std::uint64_t hash = Seen<Key>::hash(successor);
      seen_.expect(hash);
      batch_.push_back({successor, hash, at, step});
    });
    if (batch_.size() >= kBatch) flush();
  }

  void flush() {
    for (const Candidate& one : batch_) seen_.expect_key(one.hash);
    for (const Candidate& one : batch_) {
      if (over_) break;
      ++found_.edges;
      take(one);
    }
    batch_.clear();
  }

  void take(const Candidate& one) {
    if (seen_.size() == limits_.states) {
      over_ = Found::End::states;
      return;
    }
    const auto [index, is_new] = seen_.insert(one.key, one.hash, one.parent, one.step);
    if (!is_new || !model_.broken(one.key)) return;
    ++found_.broken;
    if (!found_.first_broken) found_.first_broken = index;
    if (limits_.to_the_first) over_ = Found::End::broken;
  }

  const Model& model_;
  const Limits limits_;
  Seen<Key> seen_;
  std::vector<Candidate> batch_;
  Found found_;
  std::optional<Found::End> over_;
};

}  // namespace shinsa::properties::explorer
