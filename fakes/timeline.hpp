/// What holds from when on: values of one thing that follow each other in virtual time.
///
/// The fakes of the outside world keep what may change in these, so that asking about an earlier
/// instant gives the earlier answer, in whatever order it is asked; but for what was forgotten.
#pragma once

#include <iterator>
#include <map>
#include <utility>

#include "model/vocabulary/time.hpp"

namespace shinsa::fakes {

template <class T>
class Timeline {
 public:
  /// `value` holds from `at` on, until the next later instant that something was set for. A second
  /// value for the same instant takes the first one's place.
  void set(Instant at, T value) { values_.insert_or_assign(at, std::move(value)); }

  /// What holds from `at` on, to be changed; what held before, if anything did, is its beginning.
  [[nodiscard]] T& from(Instant at) {
    const auto next = values_.upper_bound(at);
    if (next == values_.begin()) return values_.emplace_hint(next, at, T{})->second;
    const auto before = std::prev(next);
    return before->first == at ? before->second
                               : values_.emplace_hint(next, at, before->second)->second;
  }

  /// What holds at that instant, or null before the first value. Good until the next `set`.
  [[nodiscard]] const T* at(Instant instant) const {
    const auto next = values_.upper_bound(instant);
    return next == values_.begin() ? nullptr : &std::prev(next)->second;
  }

  /// The same, with `otherwise` before the first value.
  [[nodiscard]] T at(Instant instant, T otherwise) const {
    const T* value = at(instant);
    return value ? *value : otherwise;
  }

  /// Forgets what no longer holds at that instant. @return whether nothing but the value that holds
  /// then is left, or nothing at all.
  bool forget_before(Instant instant) {
    const auto next = values_.upper_bound(instant);
    if (next != values_.begin()) values_.erase(values_.begin(), std::prev(next));
    return next == values_.end();
  }

 private:
  std::map<Instant, T> values_;
};

/// Forgets what no longer holds at that instant in each of a map's timelines, and those where
/// `nothing` holds for good.
template <class Key, class T, class Less>
void forget_in(std::map<Key, Timeline<T>, Less>& all, Instant at, const T& nothing) {
  for (auto next = all.begin(); next != all.end();) {
    const bool is_over = next->second.forget_before(at) && next->second.at(at, nothing) == nothing;
    next = is_over ? all.erase(next) : std::next(next);
  }
}

}  // namespace shinsa::fakes
