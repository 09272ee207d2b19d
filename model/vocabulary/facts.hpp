/// The store of what was said: texts, lists of texts and records, each held once and named by a
/// small id.
///
/// Worlds keep ids; the store keeps contents. Two ids of one store are equal exactly when their
/// contents are, and `digest` names a content the same way in every store, so that Worlds compare
/// and hash alike whatever was interned before. A system and its judge share one store. It grows
/// until somebody who knows what is still spoken of lets the rest go. Not thread safe; one store
/// per run or per log.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "model/vocabulary/time.hpp"

namespace shinsa {

/// Names an interned text. The zero id is the empty text.
struct TextId {
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(TextId, TextId) = default;
  [[nodiscard]] constexpr explicit operator bool() const { return index != 0; }
};

/// Names an interned list of texts. The zero id is the empty list.
struct ListId {
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(ListId, ListId) = default;
};

/// Names an interned record. The zero id is "nothing was said".
struct RecordId {
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(RecordId, RecordId) = default;
  [[nodiscard]] constexpr explicit operator bool() const { return index != 0; }
};

/// One field of a record: eight bytes whose meaning the event table gives (text, list, choice,
/// number, instant, truth).
struct Value {
  static constexpr std::int64_t kAbsent = INT64_MIN;
  std::int64_t raw = kAbsent;

  [[nodiscard]] static constexpr Value of(TextId id) { return {id.index}; }
  [[nodiscard]] static constexpr Value of(ListId id) { return {id.index}; }
  [[nodiscard]] static constexpr Value of(std::int64_t number) { return {number}; }
  [[nodiscard]] static constexpr Value of(bool truth) { return {truth ? 1 : 0}; }
  [[nodiscard]] static constexpr Value of(Instant instant) { return {instant.seconds}; }

  [[nodiscard]] constexpr bool present() const { return raw != kAbsent; }
  [[nodiscard]] constexpr TextId text() const {
    return {present() ? static_cast<std::uint32_t>(raw) : 0};
  }
  [[nodiscard]] constexpr ListId list() const {
    return {present() ? static_cast<std::uint32_t>(raw) : 0};
  }
  [[nodiscard]] constexpr std::int64_t number() const { return present() ? raw : 0; }
  [[nodiscard]] constexpr bool truth() const { return present() && raw != 0; }
  [[nodiscard]] constexpr Instant instant() const { return {present() ? raw : 0}; }
  friend constexpr bool operator==(Value, Value) = default;
};

/// What an event said, field by field in the order of its type in the event table.
struct Record {
  std::uint16_t type = 0;  ///< index into `kEventTypes`
  std::span<const Value>
      fields;  ///< as many as the type has fields; views the store, valid as long as it lives
};

/// A digest of a content: equal in every store and every run.
struct Digest {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend constexpr auto operator<=>(const Digest&, const Digest&) = default;
};

namespace detail {
/// A list whose items never move: grows by blocks of `kBlock`.
template <class T>
class Blocks {
 public:
  void push_back(const T& item) {
    if (size_ == blocks_.size() * kBlock) blocks_.push_back(std::make_unique<T[]>(kBlock));
    blocks_[size_ / kBlock][size_ % kBlock] = item;
    ++size_;
  }
  /// In the place of what is there.
  void put(std::size_t at, const T& item) { blocks_[at / kBlock][at % kBlock] = item; }
  void clear() { size_ = 0; }
  const T& operator[](std::size_t at) const { return blocks_[at / kBlock][at % kBlock]; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kBlock = 64;
  std::vector<std::unique_ptr<T[]>> blocks_;
  std::size_t size_ = 0;
};

/// A text made of each text, by id; empty where none was made yet.
class Memo {
 public:
  [[nodiscard]] TextId of(TextId id) const {
    return id.index < made_.size() ? made_[id.index] : TextId{};
  }
  TextId keep(TextId id, TextId made) {
    if (id.index >= made_.size()) made_.resize(id.index < kFirst ? kFirst : id.index + kFirst);
    return made_[id.index] = made;
  }
  /// What is made of a text that goes, or is itself one, is made anew when it is asked for.
  template <class Goes>
  void forget(const Goes& goes) {
    for (std::uint32_t i = 1; i < made_.size(); ++i)
      if (made_[i] && (goes(TextId{i}) || goes(made_[i]))) made_[i] = {};
  }
  void clear() { made_.clear(); }

 private:
  static constexpr std::size_t kFirst = 256;  // texts of a short run
  std::vector<TextId> made_;
};
}  // namespace detail

class Needed;

class Facts {
 public:
  Facts();
  ~Facts();
  Facts(const Facts&) = delete;
  Facts& operator=(const Facts&) = delete;

  /// Forgets everything, as if new, but keeps its memory: for a next run that is like the last.
  void clear();

  /// Forgets what is not needed, for a run without end. Its ids name other contents from then on;
  /// all others, and views of what they name, stay as they are.
  void forget_all_but(const Needed& needed);
  /// How many contents were entered since that was done last, or since the beginning.
  [[nodiscard]] std::size_t entered() const { return entered_; }
  /// How many contents it holds.
  [[nodiscard]] std::size_t held() const;

  TextId intern(std::string_view text);
  /// A text that is soon to be interned, and its hash.
  struct Expected {
    std::string_view text;
    std::uint64_t hash = 0;
  };
  /// Has the place fetched from memory where the text would be found: of several texts that are
  /// expected first and interned then, the waits are one.
  [[nodiscard]] Expected expect(std::string_view text) const;
  /// Has that fetched too which is found at those places, to be compared with the texts.
  void expect_found(std::span<const Expected> texts) const;
  TextId intern(const Expected& expected);
  ListId intern_list(std::span<const TextId> items);
  /// @param fields  one Value for each field of the type, absent ones included.
  RecordId intern_record(std::uint16_t type, std::span<const Value> fields);

  /// Has the place fetched from memory where the list would be found. @return its hash.
  [[nodiscard]] std::uint64_t expect_list(std::span<const TextId> items) const;
  ListId intern_list(std::span<const TextId> items, std::uint64_t hash);
  /// The same of a record.
  [[nodiscard]] std::uint64_t expect_record(std::uint16_t type,
                                            std::span<const Value> fields) const;
  RecordId intern_record(std::uint16_t type, std::span<const Value> fields, std::uint64_t hash);

  [[nodiscard]] std::string_view text(TextId id) const { return texts_[id.index]; }
  [[nodiscard]] std::span<const TextId> list(ListId id) const { return lists_[id.index]; }
  /// @return  stays where it is as long as the store lives.
  [[nodiscard]] const Record& record(RecordId id) const { return records_[id.index]; }

  /// How many ids there are, empty ones and those of forgotten contents included: as long as
  /// nothing is forgotten they are given in this order.
  [[nodiscard]] std::size_t text_count() const { return texts_.size(); }
  [[nodiscard]] std::size_t list_count() const { return lists_.size(); }
  [[nodiscard]] std::size_t record_count() const { return records_.size(); }

  /// The interned text if it was ever interned, else the empty id: asks without adding.
  [[nodiscard]] TextId find(std::string_view text) const;
  /// The same of a record.
  [[nodiscard]] RecordId find(std::uint16_t type, std::span<const Value> fields) const;

  [[nodiscard]] Digest digest(TextId id) const;
  [[nodiscard]] Digest digest(ListId id) const;
  [[nodiscard]] Digest digest(RecordId id) const;

  /// The text as `as_read` (name.hpp) gives it, computed once per text.
  TextId as_read(TextId id) {
    const TextId known = as_read_.of(id);
    return known || !id ? known : read_anew(id);
  }
  /// The text in lower case (ASCII), computed once per text: how common names are compared.
  TextId lower(TextId id) {
    const TextId known = lower_.of(id);
    return known || !id ? known : lower_anew(id);
  }
  /// The host name as `to_a_label` (name.hpp) gives it, computed once per text; empty for a text
  /// that is none.
  TextId a_label(TextId id) {
    const TextId known = a_labels_.of(id);
    return known || !id ? known : a_label_anew(id);
  }

 private:
  TextId read_anew(TextId id);
  TextId lower_anew(TextId id);
  TextId a_label_anew(TextId id);
  struct Store;
  // What an id names stands here, for it is asked for many times in each step; the rest apart.
  std::vector<std::string_view> texts_;
  std::vector<std::span<const TextId>> lists_;
  detail::Blocks<Record> records_;  // a step holds on to one while its effects intern others
  detail::Memo as_read_, lower_, a_labels_;
  std::unique_ptr<Store> store_;
  std::size_t entered_ = 0;
};

}  // namespace shinsa
