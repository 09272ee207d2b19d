/// The states that a search has seen: each once, in the order in which it was found, with the state
/// and the step that led to it. Exact: whole keys are compared, nothing is left to chance.
#pragma once

#include <sys/mman.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <type_traits>
#include <utility>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace shinsa::properties::explorer {

/// Position of a state in the order in which they were found.
using StateIndex = std::uint32_t;
inline constexpr StateIndex kNoState = UINT32_MAX;
/// What leads from one state to another, as the model numbers it.
using Step = std::uint16_t;

/// Room for many elements that never move: address space is set aside for all of them, memory is
/// taken as they come, in large pages where the system has them.
template <class T>
class Room {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  explicit Room(std::size_t elements) : bytes_(elements * sizeof(T) + kLargePage) {
    void* const at = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) throw std::bad_alloc();
    mapped_ = at;
    std::size_t left = bytes_;
    void* begin = at;  // of the first whole large page
    data_ = static_cast<T*>(std::align(kLargePage, bytes_ - kLargePage, begin, left));
    madvise(data_, bytes_ - kLargePage, MADV_HUGEPAGE);  // where it fails, small pages do
  }
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  Room(Room&& other) noexcept { swap(other); }
  Room& operator=(Room&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Room() {
    if (mapped_) munmap(mapped_, bytes_);
  }
  [[nodiscard]] T* data() { return data_; }
  [[nodiscard]] const T* data() const { return data_; }
  [[nodiscard]] T& operator[](std::size_t i) { return data_[i]; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return data_[i]; }

 private:
  static constexpr std::size_t kLargePage = 2 << 20;
  void swap(Room& other) noexcept {
    std::swap(mapped_, other.mapped_);
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
  }

  void* mapped_ = nullptr;
  T* data_ = nullptr;
  std::size_t bytes_ = 0;
};

/// @tparam Key  a state: trivially copyable, made of 32-bit words, equal if its bytes are.
template <class Key>
class Seen {
  static_assert(std::is_trivially_copyable_v<Key> &&
                std::has_unique_object_representations_v<Key> && sizeof(Key) % 4 == 0);

 public:
  /// @param states_max  more are never inserted; below 2^32 - 1.
  explicit Seen(std::size_t states_max)
      : states_max_(states_max),
        keys_(states_max),
        parents_(states_max),
        steps_(states_max),
        lines_(kLinesAtFirst) {}

  [[nodiscard]] StateIndex size() const { return size_; }
  [[nodiscard]] const Key& operator[](StateIndex i) const { return keys_[i]; }
  [[nodiscard]] StateIndex parent(StateIndex i) const { return parents_[i]; }
  [[nodiscard]] Step step(StateIndex i) const { return steps_[i]; }
  /// Bytes that are in use.
  [[nodiscard]] std::size_t bytes() const {
    return size_ * (sizeof(Key) + sizeof(StateIndex) + sizeof(Step)) + line_count_ * sizeof(Line);
  }

  /// @return spread over all bits, the low ones too.
  [[nodiscard]] static std::uint64_t hash(const Key& key) {
    std::array<std::uint32_t, sizeof(Key) / 4> words;
    std::memcpy(words.data(), &key, sizeof key);
    std::uint64_t sum = 0x9e3779b97f4a7c15ull;
    for (std::size_t i = 0; i + 1 < words.size(); i += 2)
      sum = mixed(sum ^ (words[i] | std::uint64_t{words[i + 1]} << 32), 0xa0761d6478bd642full);
    if constexpr (words.size() % 2 == 1) sum = mixed(sum ^ words.back(), 0xe7037ed1a0b428dbull);
    return sum;
  }

  /// The lines of a table come in so many partitions, told apart by the hash alone: threads that
  /// keep to different ones may `claim` at once.
  static constexpr std::size_t kPartitions = 16;
  [[nodiscard]] static std::size_t partition_of(std::uint64_t hash) {
    return hash & (kPartitions - 1);
  }

  /// Names what was found: which state from which, by which step, in their order. Two searches that
  /// found the same have the same, whatever their keys are.
  [[nodiscard]] std::uint64_t digest() const {
    std::uint64_t sum = size_;
    for (StateIndex i = 0; i < size_; ++i)
      sum = mixed(sum ^ (std::uint64_t{parents_[i]} << 16 | steps_[i]), 0xa0761d6478bd642full);
    return sum;
  }

  /// Asks for the memory that `insert` and `claim` of that hash will touch first.
  void expect(std::uint64_t hash) const { __builtin_prefetch(&lines_[line_of(hash)]); }
  /// Once that memory may be there: asks for the state that it points to.
  void expect_key(std::uint64_t hash) const {
    const Line& line = lines_[line_of(hash)];
    if (const unsigned same = matches(line, tag_of(hash)))
      __builtin_prefetch(&keys_[line.states[std::countr_zero(same)]]);
  }

  /// @return its index, and whether it is new. There must be room.
  std::pair<StateIndex, bool> insert(const Key& key, std::uint64_t hash, StateIndex parent,
                                     Step step) {
    const auto key_of = [&](StateIndex i) -> const Key& { return keys_[i]; };
    auto [known, place] = look_up(key, hash, key_of);
    if (known != kNoState) return {known, false};
    while (place == kNoPlace) {
      reserve(kFull * line_count_ + 1);
      place = look_up(key, hash, key_of).second;
    }
    put(place, hash, size_);
    write(size_, key, parent, step);
    reserve(++size_);
    return {size_ - 1, true};
  }

  /// Where a line has a state: its position among all such places.
  using Place = std::uint64_t;
  static constexpr Place kNoPlace = UINT64_MAX;
  /// The first half of an insertion, for many threads: finds a place, and has it point to
  /// `waiting`, which is no less than `size()` and at home only in this partition.
  /// @param key_of  the key of such a one.
  /// @return kNoPlace for a state that is known, or waits already. There must be reserved space.
  template <class KeyOf>
  [[nodiscard]] Place claim(const Key& key, std::uint64_t hash, StateIndex waiting,
                            const KeyOf& key_of) {
    const auto [known, place] = look_up(
        key, hash, [&](StateIndex i) -> const Key& { return i < size_ ? keys_[i] : key_of(i); });
    if (known != kNoState) return kNoPlace;
    if (place == kNoPlace) throw std::length_error("hashes of states are not spread");
    put(place, hash, waiting);
    return place;
  }
  /// The second half: the state that waits at a place gets its number, from `size()` on, each once.
  void settle(Place place, StateIndex number, const Key& key, StateIndex parent, Step step) {
    lines_[place / kPlaces].states[place % kPlaces] = number;
    write(number, key, parent, step);
  }
  /// Once all are settled.
  void settled(std::size_t count) { size_ += static_cast<StateIndex>(count); }

  /// Writes all of it, to go on from another time. @param to  has `one(value)` and `list(items,
  /// count)`.
  template <class To>
  void save(To& to) const {
    to.one(line_count_);
    to.one(size_);
    to.list(keys_.data(), size_);
    to.list(parents_.data(), size_);
    to.list(steps_.data(), size_);
  }
  /// Takes the place of what is here. @param from  has `one(value)` and `list(items, count)`, which
  /// read what was written. @return whether there was room.
  template <class From>
  [[nodiscard]] bool load(From& from) {
    from.one(line_count_);
    from.one(size_);
    if (size_ > states_max_) return false;
    from.list(keys_.data(), size_);
    from.list(parents_.data(), size_);
    from.list(steps_.data(), size_);
    lines_ = Room<Line>(line_count_);
    spread(0, 1);
    return true;
  }

  /// Makes space for that many states in all, so that `claim` finds places.
  void reserve(std::size_t states) {
    if (grow(states)) spread(0, 1);
  }
  /// The first half of that, for many threads. @return whether there are other lines now, empty
  /// ones, into which each of the threads then has to `spread` its share.
  [[nodiscard]] bool grow(std::size_t states) {
    if (states <= kFull * line_count_) return false;
    while (states > kFull * line_count_) line_count_ *= 2;
    lines_ = Room<Line>(line_count_);
    return true;
  }
  /// Puts the states of some partitions into the lines: those of one thread of so many.
  void spread(unsigned thread, unsigned threads) {
    struct One {
      std::uint64_t hash;
      StateIndex state;
    };
    constexpr std::size_t kAhead = 16;  // their lines are asked for so much before they are used
    std::array<One, kAhead> ahead;
    std::size_t count = 0;
    for (StateIndex i = 0; i < size_; ++i) {
      const std::uint64_t h = hash(keys_[i]);
      if (partition_of(h) % threads != thread) continue;
      expect(h);
      One& slot = ahead[count++ % kAhead];
      if (count > kAhead) put_anew(slot.hash, slot.state);
      slot = {h, i};
    }
    for (std::size_t i = count - std::min(count, kAhead); i < count; ++i)
      put_anew(ahead[i % kAhead].hash, ahead[i % kAhead].state);
  }

 private:
  static constexpr std::size_t kPlaces = 12;  // of a line
  /// One line of the processor's cache: twelve states, each with eight bits of its hash; 0: none.
  struct alignas(64) Line {
    std::array<std::uint8_t, 16> tags;  // the last four are not used
    std::array<StateIndex, kPlaces> states;
  };
  static_assert(sizeof(Line) == 64);
  static constexpr std::size_t kLinesAtFirst = 1 << 12;
  static constexpr std::size_t kFull = 10;  // states a line on average, of twelve

  static std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }
  static std::uint8_t tag_of(std::uint64_t hash) {
    return static_cast<std::uint8_t>((hash >> 56) % 255 + 1);
  }
  [[nodiscard]] std::size_t line_of(std::uint64_t hash) const { return hash & (line_count_ - 1); }
  /// The next line of the same partition.
  [[nodiscard]] std::size_t after(std::size_t line) const {
    return (line + kPartitions) & (line_count_ - 1);
  }
  static unsigned matches(const Line& line, std::uint8_t tag) {
    constexpr unsigned kUsed = (1 << kPlaces) - 1;
#if defined(__SSE2__)
    const __m128i tags = _mm_load_si128(reinterpret_cast<const __m128i*>(line.tags.data()));
    const __m128i same = _mm_cmpeq_epi8(tags, _mm_set1_epi8(static_cast<char>(tag)));
    return static_cast<unsigned>(_mm_movemask_epi8(same)) & kUsed;
#else
    unsigned same = 0;
    for (unsigned i = 0; i < kPlaces; ++i) same |= unsigned{line.tags[i] == tag} << i;
    return same & kUsed;
#endif
  }

  /// @return the state that is there under a key, or kNoState and the place where it would be,
  /// which is kNoPlace if the partition is full.
  template <class KeyOf>
  [[nodiscard]] std::pair<StateIndex, Place> look_up(const Key& key, std::uint64_t hash,
                                                     const KeyOf& key_of) const {
    const std::uint8_t tag = tag_of(hash);
    std::size_t at = line_of(hash);
    for (std::size_t left = line_count_ / kPartitions; left > 0; --left, at = after(at)) {
      const Line& line = lines_[at];
      for (unsigned same = matches(line, tag); same; same &= same - 1) {
        const StateIndex i = line.states[std::countr_zero(same)];
        if (std::memcmp(&key_of(i), &key, sizeof key) == 0) return {i, kNoPlace};
      }
      if (const unsigned empty = matches(line, 0))
        return {kNoState, at * kPlaces + static_cast<std::size_t>(std::countr_zero(empty))};
    }
    return {kNoState, kNoPlace};
  }
  /// In the first place that is free.
  void put_anew(std::uint64_t hash, StateIndex state) {
    std::size_t at = line_of(hash);
    while (matches(lines_[at], 0) == 0) at = after(at);
    put(at * kPlaces + static_cast<std::size_t>(std::countr_zero(matches(lines_[at], 0))), hash,
        state);
  }
  void put(Place place, std::uint64_t hash, StateIndex state) {
    Line& line = lines_[place / kPlaces];
    line.tags[place % kPlaces] = tag_of(hash);
    line.states[place % kPlaces] = state;
  }
  void write(StateIndex at, const Key& key, StateIndex parent, Step step) {
    keys_[at] = key;
    parents_[at] = parent;
    steps_[at] = step;
  }

  std::size_t states_max_;
  Room<Key> keys_;
  Room<StateIndex> parents_;
  Room<Step> steps_;
  std::size_t line_count_ = kLinesAtFirst;
  Room<Line> lines_;
  StateIndex size_ = 0;
};

}  // namespace shinsa::properties::explorer
