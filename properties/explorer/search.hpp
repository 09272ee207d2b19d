/// Exhaustive breadth-first search: every state that a model reaches within bounds, and the
/// shortest way to the first that breaks a law.
///
/// The states of one level are expanded in rounds of some thousands. In the first half of a round
/// the threads make successors, chunk by chunk; in the second each of a fixed number of shards,
/// told apart by the hash, takes in those that are its own, in the order of the chunks. A single
/// thread takes them in as it makes them, which is the same order for each shard. So what is found,
/// and under which number, depends on neither threads nor time.
#pragma once

#include <algorithm>
#include <atomic>
#include <barrier>
#include <functional>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "properties/explorer/seen.hpp"

namespace shinsa::properties::explorer {

struct Limits {
  std::size_t states = 100'000'000;  ///< ends with the round in which there are so many
  std::size_t depth = SIZE_MAX;      ///< steps from the initial state
  bool to_the_first = false;         ///< ends with the round that finds a state that breaks a law
  unsigned jobs = 1;                 ///< threads; results do not depend on it
};

struct Found {
  enum class End { complete, states, depth, broken, told };
  std::uint64_t states = 0;
  std::uint64_t edges = 0;   ///< pairs of a state and a step that it allows, of the states expanded
  std::size_t levels = 0;    ///< counting that of the initial state
  std::size_t bytes = 0;     ///< that the states take
  std::uint64_t broken = 0;  ///< states that break a law
  std::optional<StateIndex> first_broken;
  End end = End::complete;
};

/// How far a search is.
struct Progress {
  std::size_t level = 0;  ///< that is expanded, from 1
  std::uint64_t states = 0, expanded = 0;
  std::size_t bytes = 0;
};

/// @tparam Model  has `Key`; `Key initial() const`; `expand(key, emit) const`, which calls
/// `emit(step, successor)` for each step that the state allows, always in the same order; and
/// `broken(key) const`, whether the state breaks a law. Several threads call them at once.
template <class Model>
class Search {
 public:
  using Key = typename Model::Key;

  /// @param model  outlives the search.
  Search(const Model& model, Limits limits) : model_(model), limits_(limits) {
    for (std::size_t i = 0; i < kShards; ++i) shards_.emplace_back(limits.states + kSlack);
  }

  /// Told after each round. @return whether to go on.
  using Tell = std::function<bool(const Progress&)>;
  /// @param tell  may be empty.
  Found run(const Tell& tell = {}) {
    take({model_.initial(), kNoState, 0}, Seen<Key>::hash(model_.initial()));
    close_round(tell);
    if (limits_.jobs > 1)
      run_together(tell);
    else
      run_alone(tell);
    found_.end = *over_;
    return found_;
  }

  /// The steps from the initial state to another, by a shortest way.
  [[nodiscard]] std::vector<Step> way_to(StateIndex state) const {
    std::vector<Step> steps;
    for (const StateIndex one : states_to(state)) steps.push_back(step_to(one));
    return steps;
  }
  /// The states on that way, but the initial one.
  [[nodiscard]] std::vector<StateIndex> states_to(StateIndex state) const {
    std::vector<StateIndex> states;
    for (; seen(state).parent(local(state)) != kNoState; state = seen(state).parent(local(state)))
      states.push_back(state);
    std::ranges::reverse(states);
    return states;
  }
  /// The step that led to a state from the one before it.
  [[nodiscard]] Step step_to(StateIndex state) const { return seen(state).step(local(state)); }
  [[nodiscard]] const Key& operator[](StateIndex state) const { return seen(state)[local(state)]; }

 private:
  static constexpr std::size_t kShards = 16;
  static constexpr std::size_t kChunk = 256;  // states
  static constexpr std::size_t kChunks = 16;  // of a round
  static constexpr std::size_t kBatch = 64;   // successors that are looked up at once
  static constexpr std::size_t kSlack = kChunk * kChunks * 256;  // states of a last round

  struct Candidate {
    Key key;
    StateIndex parent;
    Step step;
  };
  /// Some states of the level, and their successors, by shard.
  struct Chunk {
    std::size_t shard = 0;
    StateIndex from = 0, to = 0;
    std::array<std::vector<Candidate>, kShards> successors;
  };
  struct Shard {
    explicit Shard(std::size_t states_max) : seen(states_max) {}
    Seen<Key> seen;
    StateIndex level_end = 0;  // of the states that the level has
    StateIndex expanded = 0;   // or about to be
    std::uint64_t edges = 0, broken = 0;
    std::optional<StateIndex> first_broken;
  };

  static std::size_t shard_of(std::uint64_t hash) { return hash >> 40 & (kShards - 1); }
  static StateIndex local(StateIndex state) { return state / kShards; }
  static StateIndex number(std::size_t shard, StateIndex local) {
    return static_cast<StateIndex>(local * kShards + shard);
  }
  [[nodiscard]] const Seen<Key>& seen(StateIndex state) const {
    return shards_[state % kShards].seen;
  }

  void run_alone(const Tell& tell) {
    std::vector<Candidate> batch;
    batch.reserve(2 * kBatch);
    while (!over_) {
      for (std::size_t c = 0; c < planned_; ++c)
        for (StateIndex at = chunks_[c].from; at < chunks_[c].to; ++at) {
          successors(chunks_[c].shard, at, [&](const Candidate& one, std::uint64_t hash) {
            shards_[shard_of(hash)].seen.expect(hash);
            batch.push_back(one);
          });
          if (batch.size() >= kBatch) take_in(batch);
        }
      take_in(batch);
      close_round(tell);
    }
  }

  void run_together(const Tell& tell) {
    std::barrier meet(static_cast<std::ptrdiff_t>(limits_.jobs));
    const auto work = [&](bool leads) {
      while (!over_) {
        for (std::size_t i = next_chunk_++; i < planned_; i = next_chunk_++) expand(chunks_[i]);
        meet.arrive_and_wait();
        for (std::size_t i = next_shard_++; i < kShards; i = next_shard_++)
          for (std::size_t c = 0; c < planned_; ++c) take_in(chunks_[c].successors[i]);
        meet.arrive_and_wait();
        if (leads) close_round(tell);
        meet.arrive_and_wait();
      }
    };
    std::vector<std::thread> others;
    for (unsigned i = 1; i < limits_.jobs; ++i) others.emplace_back(work, false);
    work(true);
    for (std::thread& other : others) other.join();
  }

  void expand(Chunk& chunk) const {
    for (StateIndex at = chunk.from; at < chunk.to; ++at)
      successors(chunk.shard, at, [&](const Candidate& one, std::uint64_t hash) {
        chunk.successors[shard_of(hash)].push_back(one);
      });
  }

  template <class To>
  void successors(std::size_t shard, StateIndex at, const To& to) const {
    const Key key = shards_[shard].seen[at];
    const StateIndex parent = number(shard, at);
    model_.expand(key, [&](Step step, const Key& successor) {
      to(Candidate{successor, parent, step}, Seen<Key>::hash(successor));
    });
  }

  /// Takes in some successors, and empties their place. Memory is asked for before they are looked
  /// up: first the line that may know one, then the state that it may point to. A single thread has
  /// asked for the lines long before.
  void take_in(std::vector<Candidate>& some) {
    std::array<std::uint64_t, kBatch> hashes;
    for (std::size_t from = 0; from < some.size(); from += kBatch) {
      const std::span<const Candidate> batch(&some[from], std::min(kBatch, some.size() - from));
      for (std::size_t i = 0; i < batch.size(); ++i) {
        hashes[i] = Seen<Key>::hash(batch[i].key);
        if (limits_.jobs > 1) shards_[shard_of(hashes[i])].seen.expect(hashes[i]);
      }
      for (std::size_t i = 0; i < batch.size(); ++i)
        shards_[shard_of(hashes[i])].seen.expect_key(hashes[i]);
      for (std::size_t i = 0; i < batch.size(); ++i) take(batch[i], hashes[i]);
    }
    some.clear();
  }

  void take(const Candidate& one, std::uint64_t hash) {
    Shard& shard = shards_[shard_of(hash)];
    ++shard.edges;
    const auto [at, is_new] = shard.seen.insert(one.key, hash, one.parent, one.step);
    if (!is_new || !model_.broken(one.key)) return;
    ++shard.broken;
    if (!shard.first_broken) shard.first_broken = at;
  }

  /// Adds up a round, and plans the next: the rest of the level, or the next level.
  void close_round(const Tell& tell) {
    count();
    if (limits_.to_the_first && found_.broken > 0) over_ = Found::End::broken;
    if (found_.states >= limits_.states) over_ = Found::End::states;
    plan();
    if (planned_ == 0) next_level();
    next_chunk_ = next_shard_ = 0;
    const bool goes_on = !tell || tell({found_.levels, found_.states, expanded(), found_.bytes});
    if (!goes_on && !over_) over_ = Found::End::told;
  }

  void count() {
    found_.states = found_.broken = found_.bytes = 0;
    found_.edges = UINT64_MAX;  // the initial state came by none
    for (std::size_t i = 0; i < kShards; ++i) {
      const Shard& shard = shards_[i];
      found_.states += shard.seen.size();
      found_.edges += shard.edges;
      found_.broken += shard.broken;
      found_.bytes += shard.seen.bytes();
      if (shard.first_broken && !known_broken_)
        found_.first_broken =
            std::min(found_.first_broken.value_or(kNoState), number(i, *shard.first_broken));
    }
    known_broken_ = found_.broken > 0;  // of a later round none comes first
  }

  void next_level() {
    std::uint64_t fresh = 0;
    for (Shard& shard : shards_) {
      fresh += shard.seen.size() - shard.level_end;
      shard.level_end = shard.seen.size();
    }
    if (fresh == 0 && !over_) over_ = Found::End::complete;
    if (fresh > 0) ++found_.levels;
    if (found_.levels > limits_.depth && !over_) over_ = Found::End::depth;
    plan();
  }

  void plan() {
    planned_ = 0;
    for (std::size_t i = 0; i < kShards; ++i) {
      Shard& shard = shards_[i];
      while (planned_ < kChunks && shard.expanded < shard.level_end) {
        const StateIndex from = shard.expanded;
        shard.expanded = std::min<StateIndex>(from + kChunk, shard.level_end);
        Chunk& chunk = chunks_[planned_++];
        chunk.shard = i;
        chunk.from = from;
        chunk.to = shard.expanded;
      }
    }
  }

  [[nodiscard]] std::uint64_t expanded() const {
    std::uint64_t sum = 0;
    for (const Shard& shard : shards_) sum += shard.expanded;
    return sum;
  }

  const Model& model_;
  const Limits limits_;
  std::vector<Shard> shards_;
  std::vector<Chunk> chunks_{kChunks};  // kept from round to round, with their memory
  std::size_t planned_ = 0;             // of them, in this round
  std::atomic<std::size_t> next_chunk_{0}, next_shard_{0};
  bool known_broken_ = false;
  Found found_;
  std::optional<Found::End> over_;
};

}  // namespace shinsa::properties::explorer
