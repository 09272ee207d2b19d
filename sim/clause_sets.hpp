/// Clauses that are named together, again and again: which refuse an event, which it met.
#pragma once

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <vector>

#include "model/catalogue/catalogue.hpp"

namespace shinsa::sim {

/// Clauses that somebody else holds, in the room of one address. Empty, unless made of some.
class ClauseSet {
 public:
  using Held = std::vector<ClauseIndex>;
  ClauseSet() = default;
  /// @param held  null: empty.
  explicit ClauseSet(const Held* held) : held_(held) {}
  [[nodiscard]] const Held* held() const { return held_; }
  [[nodiscard]] const ClauseIndex* begin() const { return held_ ? held_->data() : nullptr; }
  [[nodiscard]] const ClauseIndex* end() const { return begin() + size(); }
  [[nodiscard]] std::size_t size() const { return held_ ? held_->size() : 0; }
  [[nodiscard]] bool empty() const { return size() == 0; }

 private:
  const Held* held_ = nullptr;
};

/// Holds each set once: a trace names few different ones, and has many events.
class ClauseSets {
 public:
  /// The same clauses, for as long as this lives.
  [[nodiscard]] ClauseSet keep(std::span<const ClauseIndex> named) {
    if (named.empty()) return {};
    const auto known = sets_.find(named);
    return ClauseSet(known != sets_.end() ? &*known
                                          : &*sets_.emplace(named.begin(), named.end()).first);
  }

 private:
  struct Less {
    using is_transparent = void;
    bool operator()(std::span<const ClauseIndex> a, std::span<const ClauseIndex> b) const {
      return std::ranges::lexicographical_compare(a, b);
    }
  };
  std::set<std::vector<ClauseIndex>, Less> sets_;
};

}  // namespace shinsa::sim
