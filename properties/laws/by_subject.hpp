/// What a ledger has on record of one kind of thing, found by its subject.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <span>
#include <unordered_map>

#include "model/vocabulary/facts.hpp"

namespace shinsa::properties {

/// Things in the order in which they were first spoken of. Most traces speak of a handful, which
/// are looked through; one of a service that runs for days speaks of so many that they have an
/// index.
/// @tparam T  has a member `TextId subject`, which never changes once it is set.
template <class T>
class BySubject {
 public:
  /// Null for what was never spoken of.
  [[nodiscard]] const T* find(TextId subject) const {
    if (things_.size() <= kFew) return search(subject);
    for (; indexed_ < things_.size(); ++indexed_)
      index_.try_emplace(things_[indexed_].subject.index, indexed_);
    const auto at = index_.find(subject.index);
    return at == index_.end() ? nullptr : &things_[at->second];
  }
  [[nodiscard]] T* find(TextId subject) {
    return const_cast<T*>(static_cast<const BySubject&>(*this).find(subject));
  }
  /// Begins to speak of it unless it is on record.
  T& open(TextId subject) {
    if (T* const known = find(subject)) return *known;
    T& begun = things_.emplace_back();
    begun.subject = subject;
    return begun;
  }
  /// What was not spoken of so far. @param thing  with its subject.
  T& push_back(T thing) { return things_.emplace_back(std::move(thing)); }
  void clear() { resize(0); }
  /// @param things  in order.
  void forget(std::span<const TextId> things) {
    const auto gone = std::erase_if(
        things_, [&](const T& one) { return std::ranges::binary_search(things, one.subject); });
    if (gone == 0) return;
    index_.clear();
    indexed_ = 0;
  }

  // A ledger is saved as a sequence, and loaded as one.

  T& emplace_back() { return things_.emplace_back(); }
  /// To so many, which are then filled in, each with its subject.
  void resize(std::size_t size) {
    things_.resize(size);
    index_.clear();
    indexed_ = 0;
  }
  [[nodiscard]] std::size_t size() const { return things_.size(); }
  [[nodiscard]] bool empty() const { return things_.empty(); }
  [[nodiscard]] T& back() { return things_.back(); }
  [[nodiscard]] const T& back() const { return things_.back(); }
  [[nodiscard]] auto begin() { return things_.begin(); }
  [[nodiscard]] auto end() { return things_.end(); }
  [[nodiscard]] auto begin() const { return things_.begin(); }
  [[nodiscard]] auto end() const { return things_.end(); }
  [[nodiscard]] const T& operator[](std::size_t at) const { return things_[at]; }
  [[nodiscard]] T& operator[](std::size_t at) { return things_[at]; }

 private:
  static constexpr std::size_t kFew = 16;

  const T* search(TextId subject) const {
    for (const T& one : things_)
      if (one.subject == subject) return &one;
    return nullptr;
  }

  std::deque<T> things_;
  // Positions of the first `indexed_` things; none of it says more than they do.
  mutable std::unordered_map<std::uint32_t, std::size_t> index_;
  mutable std::size_t indexed_ = 0;
};

}  // namespace shinsa::properties
