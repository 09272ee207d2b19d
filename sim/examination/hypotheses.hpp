/// What a log that does not record everything may hide: sets of Worlds, one for each way in which
/// things may have gone unrecorded.
///
/// Before each event, and at the end, each World may have taken any sequence of events of the
/// unobserved types; Worlds that are equal are one, and of those the cheapest way to them is kept.
/// It is looked for as little as need be, departure by departure: first what was owed may have been
/// done; then besides that there may have been requests or permitted actions of one type; then a
/// chain of them of any types, as long as what the departure is about moves on; then of two types.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sim/examination/candidates.hpp"

namespace shinsa::sim {

/// Worlds that are kept side by side, at most.
inline constexpr std::size_t kWorldsMax = 1'000;
/// Requests and permitted actions that are supposed to explain one departure, at most.
inline constexpr std::size_t kSupposedMax = 3;
/// Steps of a World that one matter is worth.
inline constexpr std::size_t kStepsPerMatter = 2'000'000;

struct Explanation {
  std::vector<Recorded> supposed;   ///< in order; `line` is that of the event that follows
  std::vector<std::size_t> before;  ///< for each of them, the index of that event
  /// Indices of what was supposed for an earlier departure and can not have happened besides.
  std::vector<std::size_t> dropped;
};

/// What was found, and whether a bound was reached before every type was tried by itself: then
/// nothing found says nothing. What comes after that is looked for as far as the bounds let it.
struct Explained {
  std::optional<Explanation> by;
  bool bounded = false;
};

/// Supposes as little as explains the first departure of a matter.
/// @param thoroughly  false: long chains and pairs of types are left out.
/// @param steps  how many are left; counted down.
[[nodiscard]] Explained explain_first(const Matter& matter, const Departure& first,
                                      const TypeSet& unobserved, bool thoroughly,
                                      std::size_t& steps);

/// The matter with the supposed events in their places.
[[nodiscard]] Matter with_supposed(const Matter& matter, const Explanation& explanation);

/// The matter up to a departure, and nothing after it.
[[nodiscard]] Matter until(const Matter& matter, const Departure& departure);

}  // namespace shinsa::sim
