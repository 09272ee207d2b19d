/// Exhaustive breadth-first search: every state that a model reaches within bounds, and the
/// shortest way to the first that breaks a law.
///
/// The states of one level are expanded in rounds of some thousands. A single thread looks each
/// successor up as it makes it. Several threads first make the successors of a round, chunk by
/// chunk; then look them up, partition by partition of the set of states, where a new one waits for
/// its number; then number the new ones of each chunk in the order in which they were made, which
/// is that of a single thread. So what is found, and under which number, depends on neither threads
/// nor time.
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
  std::uint64_t digest = 0;  ///< of `Seen`
  std::uint64_t broken = 0;  ///< states that break a law
  std::optional<StateIndex> first_broken;
  End end = End::complete;
  /// Whether it stopped at a limit, or was told to.
  [[nodiscard]] bool stopped_short() const { return end != End::complete && end != End::broken; }
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
  Search(const Model& model, Limits limits)
      : model_(model), limits_(limits), seen_(limits.states + kSlack) {}

  /// Before it runs: has it begin in further states, each one step from the one before it. Then
  /// ways are no longer the shortest.
  void begin_along(std::span<const std::pair<Step, Key>> way) {
    take_initial();
    StateIndex at = 0;
    for (const auto& [step, key] : way) {
      const Candidate one{key, at, 0, step, Seen<Key>::hash(key)};
      take(one);
      at = seen_.insert(key, one.hash, at, step).first;
    }
    found_.edges = 0;  // they are counted with the states that they lead from
  }

  /// Told after each round. @return whether to go on.
  using Tell = std::function<bool(const Progress&)>;
  /// @param tell  may be empty.
  Found run(const Tell& tell = {}) {
    if (seen_.size() == 0) take_initial();
    close_round(tell);
    if (limits_.jobs > 1)
      run_together(tell);
    else
      run_alone(tell);
    found_.end = *over_;
    found_.digest = seen_.digest();
    return found_;
  }

  /// Writes how far it has come, while it is told of a round or after it has ended; see
  /// `Seen::save`.
  template <class To>
  void save(To& to) const {
    to.one(expanded_);
    to.one(level_end_);
    to.one(found_.levels);
    to.one(found_.edges);
    to.one(found_.broken);
    to.one(found_.first_broken.value_or(kNoState));
    seen_.save(to);
  }
  /// Before it runs: goes on from there, within limits that may be others.
  /// @return whether there is room for the states that are known.
  template <class From>
  [[nodiscard]] bool load(From& from) {
    StateIndex first_broken = kNoState;
    from.one(expanded_);
    from.one(level_end_);
    from.one(found_.levels);
    from.one(found_.edges);
    from.one(found_.broken);
    from.one(first_broken);
    if (first_broken != kNoState) found_.first_broken = first_broken;
    return seen_.load(from);
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
    for (; seen_.parent(state) != kNoState; state = seen_.parent(state)) states.push_back(state);
    std::ranges::reverse(states);
    return states;
  }
  /// The state before it on that way; kNoState for the initial one.
  [[nodiscard]] StateIndex parent(StateIndex state) const { return seen_.parent(state); }
  /// The step that led to a state from the one before it.
  [[nodiscard]] Step step_to(StateIndex state) const { return seen_.step(state); }
  [[nodiscard]] const Key& operator[](StateIndex state) const { return seen_[state]; }

 private:
  static constexpr std::size_t kChunk = 256;  // states
  static constexpr std::size_t kChunks = 16;  // of a round, whose successors stay in the caches
  static constexpr std::size_t kBatch = 64;   // successors that are looked up at once
  static constexpr std::size_t kSlack = kChunk * kChunks * 256;  // states of a last round

  struct Candidate {
    Key key;
    StateIndex parent;
    std::uint32_t turn;  // among the successors of its chunk
    Step step;
    std::uint64_t hash;  // once claimed: its place among the states, if it is new
  };
  /// Some states of the level, and their successors by partition, so that threads write apart.
  struct Chunk {
    StateIndex from = 0, to = 0;
    std::uint32_t turns = 0;
    std::array<std::vector<Candidate>, Seen<Key>::kPartitions> successors;
    StateIndex number = 0;                // of the first successor that is new
    std::vector<const Candidate*> fresh;  // by turn; null: known
    std::uint64_t broken = 0;
    std::optional<StateIndex> first_broken;
  };
  /// What of a round is new in one partition: chunk by chunk, and where each chunk's begin.
  struct alignas(64) Waiting {
    std::vector<const Candidate*> all;
    std::array<std::size_t, kChunks + 1> begin;
  };

  void run_alone(const Tell& tell) {
    std::vector<Candidate> batch;
    batch.reserve(2 * kBatch);
    while (!over_) {
      const std::size_t before = seen_.size();
      const std::uint64_t edges = found_.edges;
      for (; expanded_ < round_end_; ++expanded_) {
        successors(expanded_, [&](const Candidate& one) {
          seen_.expect(one.hash);
          batch.push_back(one);
        });
        if (batch.size() >= kBatch) take_in(batch);
      }
      take_in(batch);
      seen_.reserve(before + found_.edges - edges);  // as several threads do, who do it before
      close_round(tell);
    }
  }

  void run_together(const Tell& tell) {
    // What one of them does alone, between the parts of a round.
    enum class Next { spread, claim, settle, expand } next = Next::spread;
    bool has_grown = false;
    const auto between = [&]() noexcept {
      switch (next) {
        case Next::spread:
          has_grown = make_space();
          next = has_grown ? Next::claim : Next::settle;
          return;
        case Next::claim:
          next = Next::settle;
          return;
        case Next::settle:
          number_chunks();
          next = Next::expand;
          return;
        case Next::expand:
          add_up();
          close_round(tell);
          next = Next::spread;
      }
    };
    std::barrier meet(static_cast<std::ptrdiff_t>(limits_.jobs), between);
    const auto work = [&](unsigned thread) {
      while (!over_) {
        for (std::size_t i = next_chunk_++; i < planned_; i = next_chunk_++) expand(chunks_[i]);
        meet.arrive_and_wait();
        if (has_grown) {
          seen_.spread(thread, limits_.jobs);
          meet.arrive_and_wait();
        }
        for (std::size_t i = next_partition_++; i < Seen<Key>::kPartitions; i = next_partition_++)
          claim(i);
        meet.arrive_and_wait();
        for (std::size_t i = next_settled_++; i < planned_; i = next_settled_++) settle(i);
        meet.arrive_and_wait();
      }
    };
    std::vector<std::thread> others;
    for (unsigned i = 1; i < limits_.jobs; ++i) others.emplace_back(work, i);
    work(0);
    for (std::thread& other : others) other.join();
  }

  template <class To>
  void successors(StateIndex parent, const To& to) const {
    const Key key = seen_[parent];
    model_.expand(key, [&](Step step, const Key& successor) {
      to(Candidate{successor, parent, 0, step, Seen<Key>::hash(successor)});
    });
  }

  void take_initial() {
    const Key initial = model_.initial();
    take({initial, kNoState, 0, 0, Seen<Key>::hash(initial)});
    found_.edges = 0;  // it came by none
  }

  // -- alone

  /// Takes in some successors, and empties their place. The lines that may know them have been
  /// asked for long before; what these point to is asked for before it is compared.
  void take_in(std::vector<Candidate>& some) {
    for (std::size_t from = 0; from < some.size(); from += kBatch) {
      const std::span<const Candidate> batch(&some[from], std::min(kBatch, some.size() - from));
      for (const Candidate& one : batch) seen_.expect_key(one.hash);
      for (const Candidate& one : batch) take(one);
    }
    some.clear();
  }
  void take(const Candidate& one) {
    ++found_.edges;
    const auto [at, is_new] = seen_.insert(one.key, one.hash, one.parent, one.step);
    if (!is_new || !model_.broken(one.key)) return;
    ++found_.broken;
    if (!found_.first_broken) found_.first_broken = at;
  }

  // -- together

  void expand(Chunk& chunk) const {
    chunk.turns = 0;
    for (auto& part : chunk.successors) part.clear();
    for (StateIndex at = chunk.from; at < chunk.to; ++at)
      successors(at, [&](const Candidate& one) {
        chunk.successors[Seen<Key>::partition_of(one.hash)].emplace_back(one).turn = chunk.turns++;
      });
  }

  /// For all that the round may find. @return whether the states are to be spread anew.
  bool make_space() {
    std::size_t count = 0;
    for (std::size_t c = 0; c < planned_; ++c) count += chunks_[c].turns;
    found_.edges += count;
    return seen_.grow(seen_.size() + count);
  }

  /// Finds which successors of a partition are new.
  void claim(std::size_t partition) {
    Waiting& waiting = waiting_[partition];
    waiting.all.clear();
    const StateIndex first = seen_.size();
    const auto key_of = [&](StateIndex i) -> const Key& { return waiting.all[i - first]->key; };
    for (std::size_t c = 0; c < planned_; ++c) {
      waiting.begin[c] = waiting.all.size();
      std::vector<Candidate>& all = chunks_[c].successors[partition];
      for (std::size_t from = 0; from < all.size(); from += kBatch) {
        const std::span<Candidate> batch(&all[from], std::min(kBatch, all.size() - from));
        for (const Candidate& one : batch) seen_.expect(one.hash);
        for (const Candidate& one : batch) seen_.expect_key(one.hash);
        for (Candidate& one : batch) {
          const auto number = static_cast<StateIndex>(first + waiting.all.size());
          one.hash = seen_.claim(one.key, one.hash, number, key_of);
          if (one.hash != Seen<Key>::kNoPlace) waiting.all.push_back(&one);
        }
      }
    }
    waiting.begin[planned_] = waiting.all.size();
  }

  /// Tells each chunk which numbers its new successors get.
  void number_chunks() {
    fresh_ = 0;
    for (std::size_t c = 0; c < planned_; ++c) {
      chunks_[c].number = static_cast<StateIndex>(seen_.size() + fresh_);
      for (const Waiting& waiting : waiting_) fresh_ += waiting.begin[c + 1] - waiting.begin[c];
    }
  }

  /// Gives the new successors of a chunk their numbers, in their turn.
  void settle(std::size_t which) {
    Chunk& chunk = chunks_[which];
    chunk.broken = 0;
    chunk.first_broken.reset();
    chunk.fresh.assign(chunk.turns, nullptr);
    for (const Waiting& waiting : waiting_)
      for (std::size_t i = waiting.begin[which]; i < waiting.begin[which + 1]; ++i)
        chunk.fresh[waiting.all[i]->turn] = waiting.all[i];
    StateIndex number = chunk.number;
    for (const Candidate* one : chunk.fresh) {
      if (!one) continue;
      seen_.settle(one->hash, number, one->key, one->parent, one->step);
      if (model_.broken(one->key)) {
        ++chunk.broken;
        if (!chunk.first_broken) chunk.first_broken = number;
      }
      ++number;
    }
  }

  void add_up() {
    seen_.settled(fresh_);
    expanded_ = round_end_;
    for (std::size_t c = 0; c < planned_; ++c) {
      if (chunks_[c].first_broken && !found_.first_broken)
        found_.first_broken = chunks_[c].first_broken;
      found_.broken += chunks_[c].broken;
    }
  }

  // -- both

  /// Adds up a round, and plans the next: the rest of the level, or the next level.
  void close_round(const Tell& tell) {
    found_.states = seen_.size();
    found_.bytes = seen_.bytes();
    if (limits_.to_the_first && found_.broken > 0) over_ = Found::End::broken;
    if (found_.states >= limits_.states) over_ = Found::End::states;
    if (expanded_ == level_end_) next_level();
    if (found_.levels > limits_.depth && !over_) over_ = Found::End::depth;
    plan();
    const bool goes_on = !tell || tell({found_.levels, found_.states, expanded_, found_.bytes});
    if (!goes_on && !over_) over_ = Found::End::told;
  }

  void next_level() {
    const bool is_last = seen_.size() == level_end_;
    level_end_ = seen_.size();
    if (is_last && !over_) over_ = Found::End::complete;
    if (!is_last) ++found_.levels;
  }

  void plan() {
    // Near the limit rounds are short, so that it is not passed by much.
    const std::size_t room = limits_.states - std::min<std::size_t>(limits_.states, seen_.size());
    const std::size_t longest = std::clamp(room / 8, kChunk, kChunk * kChunks);
    round_end_ =
        static_cast<StateIndex>(expanded_ + std::min<std::size_t>(longest, level_end_ - expanded_));
    planned_ = 0;
    for (StateIndex from = expanded_; from < round_end_; from += kChunk) {
      Chunk& chunk = chunks_[planned_++];
      chunk.from = from;
      chunk.to = std::min<StateIndex>(from + kChunk, round_end_);
    }
    next_chunk_ = next_partition_ = next_settled_ = 0;
  }

  const Model& model_;
  const Limits limits_;
  Seen<Key> seen_;
  StateIndex expanded_ = 0;   // states whose successors are taken in
  StateIndex round_end_ = 0;  // of those that the round expands
  StateIndex level_end_ = 0;
  std::vector<Chunk> chunks_{kChunks};  // kept from round to round, with their memory
  std::size_t planned_ = 0;             // of them, in this round
  std::size_t fresh_ = 0;               // successors that are new in it
  std::array<Waiting, Seen<Key>::kPartitions> waiting_;
  std::atomic<std::size_t> next_chunk_{0}, next_partition_{0}, next_settled_{0};
  Found found_;
  std::optional<Found::End> over_;
};

}  // namespace shinsa::properties::explorer
