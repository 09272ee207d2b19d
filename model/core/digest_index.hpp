/// Leads from digests to small numbers, in some ten bytes for each: what was put there is found;
/// seldom something is found that was not put there for this digest, so the finder looks again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/vocabulary/facts.hpp"

namespace shinsa::model {

class DigestIndex {
 public:
  void put(Digest digest, std::uint32_t number) {
    if (4 * (used_ + 1) > 3 * slots_.size()) grow();
    used_ += place(tag_of(digest), number) ? 1 : 0;
  }
  /// Calls `found` with each number that may be of the digest, until it says true.
  template <class Found>
  void find(Digest digest, const Found& found) const {
    if (slots_.empty()) return;
    const std::uint32_t tag = tag_of(digest);
    for (std::size_t at = first(tag); slots_[at].number != kFree; at = next(at))
      if (slots_[at].tag == tag && found(slots_[at].number)) return;
  }

 private:
  static constexpr std::uint32_t kFree = 0xffffffff;
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t number = kFree;
  };
  static std::uint32_t tag_of(Digest digest) { return static_cast<std::uint32_t>(digest.low); }
  [[nodiscard]] std::size_t first(std::uint32_t tag) const { return tag & (slots_.size() - 1); }
  [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
  /// @return whether it was not there.
  bool place(std::uint32_t tag, std::uint32_t number) {
    std::size_t at = first(tag);
    for (; slots_[at].number != kFree; at = next(at))
      if (slots_[at].tag == tag && slots_[at].number == number) return false;
    slots_[at] = {tag, number};
    return true;
  }
  void grow() {
    std::vector<Slot> before(slots_.empty() ? 1024 : 2 * slots_.size());
    before.swap(slots_);
    for (const Slot& slot : before)
      if (slot.number != kFree) place(slot.tag, slot.number);
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace shinsa::model
