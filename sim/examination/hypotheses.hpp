/// What a log that does not record everything may hide: sets of Worlds, one for each way in which
/// things may have gone unrecorded.
///
/// Before each event, and at the end, each World may have taken any sequence of events of the
/// unobserved types; Worlds that are equal are one, and of those the cheapest way to them is kept.
/// It is looked for as little as need be: first what was owed may have been done, then one request
/// or permitted action, two, and so on.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/examination/candidates.hpp"

namespace shinsa::sim {

/// Worlds that are kept side by side, at most.
inline constexpr std::size_t kWorldsMax = 192;
/// Requests and permitted actions that are supposed to explain one departure: if so many more bring
/// nothing, nothing explains it.
inline constexpr std::size_t kSupposedMore = 3;
/// The same in one matter, at most.
inline constexpr std::size_t kSupposedMax = 24;
/// Steps of a World that one matter is worth.
inline constexpr std::size_t kStepsPerMatter = 200'000;

struct Explanation {
  std::vector<Departure> departures;  ///< what no supposed event explains
  std::vector<Recorded> supposed;     ///< in order; `line` is that of the event that follows
  std::vector<std::size_t> before;    ///< for each of them, the index of that event
  bool bounded = false;               ///< a bound was reached: there may be a better one
};

/// The way through a matter with the fewest departures, and of those the one that supposes least.
/// @param steps  how many are left; counted down.
[[nodiscard]] Explanation explain_matter(const Matter& matter, const TypeSet& unobserved,
                                         std::size_t& steps);

/// The matter with the supposed events in their places.
[[nodiscard]] Matter with_supposed(const Matter& matter, const Explanation& explanation);

}  // namespace shinsa::sim
