#include "model/vocabulary/facts.hpp"

#define XXH_INLINE_ALL  // most texts are so short that a call takes longer than their hash
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <unordered_map>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/bytes.hpp"
#include "model/vocabulary/events.hpp"
#include "model/vocabulary/growth.hpp"
#include "model/vocabulary/name.hpp"
#include "model/vocabulary/needed.hpp"

namespace shinsa {

namespace {

Digest digest_of(const void* bytes, std::size_t size, std::uint64_t seed) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, size, seed);
  return {hash.high64, hash.low64};
}

std::uint64_t hash_of(std::span<const TextId> items) {
  return XXH3_64bits(items.data(), items.size_bytes());
}
std::uint64_t hash_of(std::uint16_t type, std::span<const Value> fields) {
  return XXH3_64bits_withSeed(fields.data(), fields.size_bytes(), type);
}

constexpr std::size_t kLarge = 1 << 20;  // bytes

constexpr std::uint64_t kTextSeed = 1;
constexpr std::uint64_t kListSeed = 2;
constexpr std::uint64_t kRecordSeed = 3;

/// Finds ids by the hash of what they name: open addressing. A slot holds half of the hash beside
/// the id, so that what is not there is mostly told without looking at any content.
class Index {
 public:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t id = 0;  // zero: free
  };

  /// @return the slot that holds an id for which `is` says yes, or a free one.
  template <class Is>
  Slot& slot(std::uint64_t hash, const Is& is) {
    if (held() * 2 >= slots_.size()) spread(2 * slots_.size());
    const std::uint32_t tag = tag_of(hash);
    std::size_t at = first(tag);
    while (slots_[at].id != 0 && !(slots_[at].tag == tag && is(slots_[at].id))) at = after(at);
    return slots_[at];
  }
  /// Puts an id into a free slot: one of those that were forgotten, else the next. @return the id.
  std::uint32_t enter(Slot& slot, std::uint64_t hash) {
    std::uint32_t id = next_;
    if (forgotten_.empty()) {
      SHINSA_ASSERT(next_ < UINT32_MAX, "too many contents for one store");
      ++next_;
    } else {
      id = forgotten_.back();
      forgotten_.pop_back();
    }
    slot = {tag_of(hash), id};
    return id;
  }
  /// How many ids lead to something, zero included.
  [[nodiscard]] std::size_t held() const { return next_ - forgotten_.size(); }
  /// Forgets the ids that go, and calls `forget` for each of them. The smallest are given first
  /// from then on.
  template <class Goes, class Forget>
  void forget(const Goes& goes, const Forget& forget) {
    const std::size_t before = forgotten_.size();
    for (Slot& slot : slots_) {
      if (slot.id == 0 || !goes(slot.id)) continue;
      forget(slot.id);
      forgotten_.push_back(slot.id);
      slot = {};
    }
    if (forgotten_.size() == before) return;
    std::ranges::sort(forgotten_, std::greater{});
    std::size_t size = slots_.size();
    while (size > kFirst && held() * 8 < size) size /= 2;
    spread(size);
  }
  /// Has the slot where the search begins fetched from memory.
  void expect(std::uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[first(tag_of(hash))]);
  }
  /// What is most likely found for the hash; zero if that is nothing.
  [[nodiscard]] std::uint32_t likely(std::uint64_t hash) const {
    if (slots_.empty()) return 0;
    const Slot& slot = slots_[first(tag_of(hash))];
    return slot.tag == tag_of(hash) ? slot.id : 0;
  }
  void clear() {
    next_ = 1;
    forgotten_.clear();
    std::ranges::fill(slots_, Slot{});
  }

 private:
  static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }
  [[nodiscard]] std::size_t first(std::uint32_t tag) const { return tag & (slots_.size() - 1); }
  [[nodiscard]] std::size_t after(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
  void put(const Slot& slot) {
    std::size_t at = first(slot.tag);
    while (slots_[at].id != 0) at = after(at);
    slots_[at] = slot;
  }
  void spread(std::size_t size) {
    std::vector<Slot> before(std::max(kFirst, size));
    before.swap(slots_);
    for (const Slot& slot : before)
      if (slot.id != 0) put(slot);
  }

  static constexpr std::size_t kFirst = 256;
  std::vector<Slot> slots_;  // a power of two of them
  std::uint32_t next_ = 1;
  std::vector<std::uint32_t> forgotten_;  // ids that lead to nothing, the smallest last
};

/// Digests by id, made when they are first asked for: most contents are never compared with those
/// of another store.
class Digests {
 public:
  template <class Make>
  Digest of(std::uint32_t id, const Make& make) {
    if (id >= made_.size()) made_.resize(id + 1);
    if (made_[id] != Digest{}) return made_[id];
    const Digest digest = make();  // may ask for others
    return made_[id] = digest;
  }
  void forget(std::uint32_t id) {
    if (id < made_.size()) made_[id] = {};
  }
  void clear() { made_.clear(); }

 private:
  std::vector<Digest> made_;
};

/// Memory that never moves: grows by blocks, each twice as large as the one before. Once cleared it
/// fills the same blocks again. What is given back is room for items of the same length.
template <class T>
class Arena {
 public:
  std::span<const T> keep(std::span<const T> items) {
    if (items.empty()) return {};
    T* const at = room_for(items.size());
    std::copy(items.begin(), items.end(), at);
    return {at, items.size()};
  }
  void give_back(std::span<const T> items) {
    if (!items.empty()) spare_[length(items.size())].push_back(const_cast<T*>(items.data()));
  }
  void clear() {
    used_ = 0;
    free_ = 0;
    spare_.clear();
  }

 private:
  static constexpr std::size_t kLargest = 65536;
  static constexpr std::size_t kLong = 64;  // from here on lengths are rounded, so that few differ
  static constexpr std::size_t length(std::size_t size) {
    return size < kLong ? size : (size + kLong / 2 - 1) / (kLong / 2) * (kLong / 2);
  }
  T* room_for(std::size_t size) {
    const std::size_t wanted = length(size);
    if (!spare_.empty())
      if (const auto at = spare_.find(wanted); at != spare_.end() && !at->second.empty()) {
        T* const room = at->second.back();
        at->second.pop_back();
        return room;
      }
    while (wanted > free_) turn_to_next(wanted);
    next_ += wanted;
    free_ -= wanted;
    return next_ - wanted;
  }
  struct Block {
    std::unique_ptr<T[]> items;
    std::size_t size;
  };
  void turn_to_next(std::size_t wanted) {
    if (used_ == blocks_.size()) {
      const std::size_t size = std::max(block_, wanted);
      blocks_.push_back({std::make_unique_for_overwrite<T[]>(size), size});
      block_ = std::min(2 * block_, kLargest);
    }
    next_ = blocks_[used_].items.get();
    free_ = blocks_[used_++].size;
  }

  std::vector<Block> blocks_;
  std::unordered_map<std::size_t, std::vector<T*>> spare_;  // given back, by length
  std::size_t used_ = 0;                                    // blocks
  T* next_ = nullptr;
  std::size_t free_ = 0;
  std::size_t block_ = 4096 / sizeof(T);
};

/// Enters at an id that is the next one, or was that of something forgotten.
template <class Items, class Item>
void put_at(Items& items, std::uint32_t id, const Item& item) {
  if (id == items.size())
    items.push_back(item);
  else
    items[id] = item;
}
void put_at(detail::Blocks<Record>& records, std::uint32_t id, const Record& record) {
  if (id == records.size())
    records.push_back(record);
  else
    records.put(id, record);
}

}  // namespace

struct Facts::Store {
  Arena<char> characters;
  Arena<TextId> items;
  Arena<Value> values;
  Index text_index, list_index, record_index;
  Digests text_digests, list_digests, record_digests;
};

/// The empty text, the empty list and nothing come first, so that zero names them.
Facts::Facts() : store_(std::make_unique<Store>()) {
  constexpr std::size_t kExpected = 256;  // texts of a short run
  texts_.reserve(kExpected);
  texts_.emplace_back();
  lists_.emplace_back();
  records_.push_back({});
}

void Facts::clear() {
  const auto empty = [](auto&... parts) { (parts.clear(), ...); };
  Store& s = *store_;
  empty(texts_, lists_, records_, s.text_index, s.characters, s.items, s.values, as_read_, lower_,
        a_labels_, s.list_index, s.record_index, s.text_digests, s.list_digests, s.record_digests);
  texts_.emplace_back();
  lists_.emplace_back();
  records_.push_back({});
  entered_ = 0;
}

Facts::~Facts() = default;

void Facts::forget_all_but(const Needed& needed) {
  SHINSA_ASSERT(needed.is_up_to_date(), "what is needed was told of another state of the store");
  Store& s = *store_;
  const auto text_goes = [&](TextId id) { return !needed.has(id); };
  as_read_.forget(text_goes);
  lower_.forget(text_goes);
  a_labels_.forget(text_goes);
  s.text_index.forget([&](std::uint32_t id) { return !needed.has(TextId{id}); },
                      [&](std::uint32_t id) {
                        s.characters.give_back(texts_[id]);
                        texts_[id] = {};
                        s.text_digests.forget(id);
                      });
  s.list_index.forget([&](std::uint32_t id) { return !needed.has(ListId{id}); },
                      [&](std::uint32_t id) {
                        s.items.give_back(lists_[id]);
                        lists_[id] = {};
                        s.list_digests.forget(id);
                      });
  s.record_index.forget([&](std::uint32_t id) { return !needed.has(RecordId{id}); },
                        [&](std::uint32_t id) {
                          s.values.give_back(records_[id].fields);
                          records_.put(id, {});
                          s.record_digests.forget(id);
                        });
  entered_ = 0;
}

std::size_t Facts::held() const {
  return store_->text_index.held() + store_->list_index.held() + store_->record_index.held();
}

Facts::Expected Facts::expect(std::string_view text) const {
  const std::uint64_t hash = XXH3_64bits(text.data(), text.size());
  store_->text_index.expect(hash);
  return {text, hash};
}

void Facts::expect_found(std::span<const Expected> texts) const {
  for (const Expected& one : texts)
    __builtin_prefetch(texts_[store_->text_index.likely(one.hash)].data());
}

TextId Facts::intern(std::string_view text) {
  return intern(Expected{text, XXH3_64bits(text.data(), text.size())});
}

TextId Facts::intern(const Expected& expected) {
  const std::string_view text = expected.text;
  const std::uint64_t hash = expected.hash;
  if (text.empty()) return {};
  Store& s = *store_;
  Index::Slot& slot =
      s.text_index.slot(hash, [&](std::uint32_t id) { return same_text(texts_[id], text); });
  if (slot.id != 0) return {slot.id};
  const auto kept = s.characters.keep({text.data(), text.size()});
  make_room(texts_, kLarge);
  const std::uint32_t id = s.text_index.enter(slot, hash);
  put_at(texts_, id, std::string_view(kept.data(), kept.size()));
  ++entered_;
  return {id};
}

TextId Facts::find(std::string_view text) const {
  if (text.empty()) return {};
  const std::uint64_t hash = XXH3_64bits(text.data(), text.size());
  return {store_->text_index.slot(hash, [&](std::uint32_t id) { return texts_[id] == text; }).id};
}

std::uint64_t Facts::expect_list(std::span<const TextId> items) const {
  const std::uint64_t hash = hash_of(items);
  store_->list_index.expect(hash);
  return hash;
}

ListId Facts::intern_list(std::span<const TextId> items) {
  return intern_list(items, hash_of(items));
}

ListId Facts::intern_list(std::span<const TextId> items, std::uint64_t hash) {
  if (items.empty()) return {};
  Store& s = *store_;
  Index::Slot& slot = s.list_index.slot(
      hash, [&](std::uint32_t id) { return std::ranges::equal(lists_[id], items); });
  if (slot.id != 0) return {slot.id};
  const std::uint32_t id = s.list_index.enter(slot, hash);
  put_at(lists_, id, s.items.keep(items));
  ++entered_;
  return {id};
}

std::uint64_t Facts::expect_record(std::uint16_t type, std::span<const Value> fields) const {
  const std::uint64_t hash = hash_of(type, fields);
  store_->record_index.expect(hash);
  return hash;
}

RecordId Facts::intern_record(std::uint16_t type, std::span<const Value> fields) {
  return intern_record(type, fields, hash_of(type, fields));
}

RecordId Facts::intern_record(std::uint16_t type, std::span<const Value> fields,
                              std::uint64_t hash) {
  Store& s = *store_;
  SHINSA_ASSERT(fields.size() == kFieldCounts[type],
                "a record has one value for each field of its type");
  Index::Slot& slot = s.record_index.slot(hash, [&](std::uint32_t id) {
    return records_[id].type == type && std::ranges::equal(records_[id].fields, fields);
  });
  if (slot.id != 0) return {slot.id};
  const std::uint32_t id = s.record_index.enter(slot, hash);
  put_at(records_, id, Record{type, s.values.keep(fields)});
  ++entered_;
  return {id};
}

RecordId Facts::find(std::uint16_t type, std::span<const Value> fields) const {
  return {store_->record_index
              .slot(hash_of(type, fields),
                    [&](std::uint32_t id) {
                      return records_[id].type == type &&
                             std::ranges::equal(records_[id].fields, fields);
                    })
              .id};
}

Digest Facts::digest(TextId id) const {
  return store_->text_digests.of(id.index, [&] {
    const std::string_view content = text(id);
    return digest_of(content.data(), content.size(), kTextSeed);
  });
}

Digest Facts::digest(ListId id) const {
  return store_->list_digests.of(id.index, [&] {
    std::vector<Digest> parts;
    parts.reserve(list(id).size());
    for (TextId item : list(id)) parts.push_back(digest(item));
    return digest_of(parts.data(), parts.size() * sizeof(Digest), kListSeed);
  });
}

Digest Facts::digest(RecordId id) const {
  if (!id) return digest_of("", 0, kRecordSeed);
  return store_->record_digests.of(id.index, [&] {
    const auto& [type, fields] = record(id);
    std::vector<Digest> parts;
    parts.reserve(fields.size() + 1);
    parts.push_back({type, fields.size()});
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const FieldKind kind = kEventTypes[type].fields[i].kind;
      if (!fields[i].present())
        parts.push_back({1, 0});
      else if (kind == FieldKind::text)
        parts.push_back(digest(fields[i].text()));
      else if (kind == FieldKind::list)
        parts.push_back(digest(fields[i].list()));
      else
        parts.push_back({2, static_cast<std::uint64_t>(fields[i].raw)});
    }
    return digest_of(parts.data(), parts.size() * sizeof(Digest), kRecordSeed);
  });
}

TextId Facts::read_anew(TextId id) { return as_read_.keep(id, intern(shinsa::as_read(text(id)))); }

TextId Facts::lower_anew(TextId id) {
  const std::string_view plain = text(id);
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (std::ranges::none_of(plain, is_upper)) return lower_.keep(id, id);
  std::string lowered(plain);
  for (char& c : lowered)
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  return lower_.keep(id, intern(lowered));
}

TextId Facts::a_label_anew(TextId id) {
  const auto name = to_a_label(text(id));
  return name ? a_labels_.keep(id, intern(*name)) : TextId{};
}

}  // namespace shinsa
