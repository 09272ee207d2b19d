#include "model/vocabulary/facts.hpp"

#define XXH_INLINE_ALL  // most texts are so short that a call takes longer than their hash
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/events.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa {

namespace {

Digest digest_of(const void* bytes, std::size_t size, std::uint64_t seed) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, size, seed);
  return {hash.high64, hash.low64};
}

constexpr std::uint64_t kTextSeed = 1;
constexpr std::uint64_t kListSeed = 2;
constexpr std::uint64_t kRecordSeed = 3;

/// Finds ids by digest: open addressing over indices into a vector of digests. Index 0 marks a free
/// slot.
class Index {
 public:
  /// @return the slot that holds an id for which `is` says yes, or a free one.
  template <class Is>
  std::uint32_t& slot(const Digest& digest, const std::vector<Digest>& digests, const Is& is) {
    if (digests.size() * 2 >= slots_.size()) grow(digests);
    std::size_t at = digest.low & (slots_.size() - 1);
    while (slots_[at] != 0 && !(digests[slots_[at]] == digest && is(slots_[at])))
      at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }

 private:
  void grow(const std::vector<Digest>& digests) {
    slots_.assign(std::max<std::size_t>(256, slots_.size() * 2), 0);
    for (std::uint32_t id = 1; id < digests.size(); ++id) {
      std::size_t at = digests[id].low & (slots_.size() - 1);
      while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = id;
    }
  }

  std::vector<std::uint32_t> slots_;
};

/// A list whose items never move: grows by blocks of `kBlock`.
template <class T>
class Blocks {
 public:
  void push_back(const T& item) {
    if (size_ % kBlock == 0) blocks_.push_back(std::make_unique<T[]>(kBlock));
    blocks_.back()[size_++ % kBlock] = item;
  }
  const T& operator[](std::size_t at) const { return blocks_[at / kBlock][at % kBlock]; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kBlock = 64;
  std::vector<std::unique_ptr<T[]>> blocks_;
  std::size_t size_ = 0;
};

/// Memory that never moves: grows by blocks, each twice as large as the one before.
template <class T>
class Arena {
 public:
  std::span<const T> keep(std::span<const T> items) {
    if (items.empty()) return {};
    if (items.size() > free_) {
      free_ = std::max(block_, items.size());
      block_ = std::min(2 * block_, kLargest);
      blocks_.push_back(std::make_unique_for_overwrite<T[]>(free_));
      next_ = blocks_.back().get();
    }
    T* const at = next_;
    std::copy(items.begin(), items.end(), at);
    next_ += items.size();
    free_ -= items.size();
    return {at, items.size()};
  }

 private:
  static constexpr std::size_t kLargest = 65536;
  std::vector<std::unique_ptr<T[]>> blocks_;
  T* next_ = nullptr;
  std::size_t free_ = 0;
  std::size_t block_ = 4096 / sizeof(T);
};

}  // namespace

struct Facts::Store {
  Arena<char> characters;
  Arena<TextId> items;
  Arena<Value> values;
  std::vector<std::string_view> texts;
  std::vector<std::span<const TextId>> lists;
  Blocks<Record> records;  // a step holds on to one while its effects intern others
  std::vector<Digest> text_digests, list_digests, record_digests;
  std::vector<TextId> as_read,
      lower;  // memo per text; the empty id: not computed (the empty text maps to itself)
  Index text_index, list_index, record_index;
  std::vector<Digest> scratch;
};

Facts::Facts() : store_(std::make_unique<Store>()) {
  constexpr std::size_t kExpected = 256;  // texts of a short run
  store_->texts.reserve(kExpected);
  store_->text_digests.reserve(kExpected);
  store_->as_read.reserve(kExpected);
  store_->lower.reserve(kExpected);
  store_->record_digests.reserve(kExpected);
  store_->texts.emplace_back();
  store_->lists.emplace_back();
  store_->records.push_back({});
  store_->text_digests.push_back(digest_of("", 0, kTextSeed));
  store_->list_digests.push_back(digest_of("", 0, kListSeed));
  store_->record_digests.push_back(digest_of("", 0, kRecordSeed));
  store_->as_read.emplace_back();
  store_->lower.emplace_back();
}

Facts::~Facts() = default;

TextId Facts::intern(std::string_view text) {
  if (text.empty()) return {};
  Store& s = *store_;
  const Digest digest = digest_of(text.data(), text.size(), kTextSeed);
  std::uint32_t& slot = s.text_index.slot(digest, s.text_digests,
                                          [&](std::uint32_t id) { return s.texts[id] == text; });
  if (slot != 0) return {slot};
  SHINSA_ASSERT(s.texts.size() < UINT32_MAX, "too many texts for one store");
  slot = static_cast<std::uint32_t>(s.texts.size());
  const auto kept = s.characters.keep({text.data(), text.size()});
  s.texts.emplace_back(kept.data(), kept.size());
  s.text_digests.push_back(digest);
  s.as_read.emplace_back();
  s.lower.emplace_back();
  return {static_cast<std::uint32_t>(s.texts.size() - 1)};
}

TextId Facts::find(std::string_view text) const {
  if (text.empty()) return {};
  Store& s = *store_;
  const Digest digest = digest_of(text.data(), text.size(), kTextSeed);
  return {s.text_index.slot(digest, s.text_digests,
                            [&](std::uint32_t id) { return s.texts[id] == text; })};
}

ListId Facts::intern_list(std::span<const TextId> items) {
  if (items.empty()) return {};
  Store& s = *store_;
  s.scratch.clear();
  for (TextId item : items) s.scratch.push_back(digest_of_text(item));
  const Digest digest = digest_of(s.scratch.data(), s.scratch.size() * sizeof(Digest), kListSeed);
  std::uint32_t& slot = s.list_index.slot(digest, s.list_digests, [&](std::uint32_t id) {
    return std::ranges::equal(s.lists[id], items);
  });
  if (slot != 0) return {slot};
  slot = static_cast<std::uint32_t>(s.lists.size());
  s.lists.push_back(s.items.keep(items));
  s.list_digests.push_back(digest);
  return {static_cast<std::uint32_t>(s.lists.size() - 1)};
}

RecordId Facts::intern_record(std::uint16_t type, std::span<const Value> fields) {
  Store& s = *store_;
  const EventType& row = kEventTypes[type];
  SHINSA_ASSERT(fields.size() == kFieldCounts[type],
                "a record has one value for each field of its type");
  s.scratch.clear();
  s.scratch.push_back({type, fields.size()});
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!fields[i].present())
      s.scratch.push_back({1, 0});
    else if (row.fields[i].kind == FieldKind::text)
      s.scratch.push_back(digest_of_text(fields[i].text()));
    else if (row.fields[i].kind == FieldKind::list)
      s.scratch.push_back(digest(fields[i].list()));
    else
      s.scratch.push_back({2, static_cast<std::uint64_t>(fields[i].raw)});
  }
  const Digest digest = digest_of(s.scratch.data(), s.scratch.size() * sizeof(Digest), kRecordSeed);
  std::uint32_t& slot = s.record_index.slot(digest, s.record_digests, [&](std::uint32_t id) {
    return s.records[id].type == type && std::ranges::equal(s.records[id].fields, fields);
  });
  if (slot != 0) return {slot};
  slot = static_cast<std::uint32_t>(s.records.size());
  s.records.push_back({type, s.values.keep(fields)});
  s.record_digests.push_back(digest);
  return {static_cast<std::uint32_t>(s.records.size() - 1)};
}

std::string_view Facts::text(TextId id) const { return store_->texts[id.index]; }
std::span<const TextId> Facts::list(ListId id) const { return store_->lists[id.index]; }
const Record& Facts::record(RecordId id) const { return store_->records[id.index]; }
Digest Facts::digest_of_text(TextId id) const { return store_->text_digests[id.index]; }
Digest Facts::digest(TextId id) const { return digest_of_text(id); }
Digest Facts::digest(ListId id) const { return store_->list_digests[id.index]; }
Digest Facts::digest(RecordId id) const { return store_->record_digests[id.index]; }

TextId Facts::as_read(TextId id) {
  if (!id) return {};
  if (TextId known = store_->as_read[id.index]) return known;
  const TextId made = intern(shinsa::as_read(text(id)));
  store_->as_read[id.index] = made;
  return made;
}

TextId Facts::lower(TextId id) {
  if (!id) return {};
  if (TextId known = store_->lower[id.index]) return known;
  std::string lowered(text(id));
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const TextId made = intern(lowered);
  store_->lower[id.index] = made;
  return made;
}

}  // namespace shinsa
