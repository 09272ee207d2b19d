/// How long after the command before: what `Command::gap` means.
#pragma once

#include <array>

#include "model/vocabulary/calendar.hpp"
#include "properties/campaign/sakura_reissue/knowledge.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

inline constexpr std::array kGaps{seconds(0), seconds(1), minutes(1), hours(1), hours(6),
                                  days(1),    days(2),    days(8),    days(40)};
inline constexpr std::uint8_t kOnceMore = 1;  ///< before the screen is there
// From here on: to an edge of the day, or of the life of the command's certificate.
inline constexpr std::uint8_t kToMidnight = kGaps.size();       ///< three seconds before it
inline constexpr std::uint8_t kNearMidnight = kToMidnight + 1;  ///< two seconds before it
inline constexpr std::uint8_t kToLimit = kToMidnight + 2;      ///< 397 days are left, to the second
inline constexpr std::uint8_t kPastLimit = kToMidnight + 3;    ///< a second less
inline constexpr std::uint8_t kBeforeLimit = kToMidnight + 4;  ///< two seconds more
inline constexpr std::uint8_t kToEnd = kToMidnight + 5;        ///< its last second
inline constexpr std::uint8_t kPastEnd = kToMidnight + 6;      ///< the second after
inline constexpr std::uint8_t kSoonTheEnd = kToMidnight + 7;   ///< an hour and a half before it
inline constexpr std::uint8_t kNearEnd = kToMidnight + 8;      ///< a second before its last
inline constexpr std::uint8_t kGapCount = kToMidnight + 9;

/// @return the instant of the command; `now` where the edge has passed or there is no certificate.
[[nodiscard]] Instant after_gap(const Command& command, Instant now, const Knowledge& knowledge);

}  // namespace shinsa::properties::campaign::sakura_reissue
