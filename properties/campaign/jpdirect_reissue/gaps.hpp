/// How long after the command before: what `Command::gap` means.
#pragma once

#include <array>

#include "model/vocabulary/calendar.hpp"
#include "properties/campaign/jpdirect_reissue/knowledge.hpp"

namespace shinsa::properties::campaign::jpdirect_reissue {

inline constexpr std::array kGaps{seconds(0), minutes(1), minutes(10), hours(1), hours(5),  days(1),
                                  days(2),    days(4),    days(10),    days(40), seconds(1)};
inline constexpr std::uint8_t kAMoment = 10;  ///< while the telephone rings
// From here on: to an edge of the life of the command's certificate.
inline constexpr std::uint8_t kToMonth =
    kGaps.size();  ///< the last second before its month of expiry
inline constexpr std::uint8_t kIntoMonth = kToMonth + 1;  ///< the first second of it
inline constexpr std::uint8_t kToEnd = kToMonth + 2;      ///< its last second
inline constexpr std::uint8_t kPastEnd = kToMonth + 3;    ///< the second after
inline constexpr std::uint8_t kToOpening = kToMonth + 4;  ///< the desk opens
inline constexpr std::uint8_t kGapCount = kToMonth + 5;

/// @return the instant of the command; `now` where the edge has passed or there is no certificate.
[[nodiscard]] Instant after_gap(const Command& command, Instant now, const Knowledge& knowledge,
                                const Desk& desk);

}  // namespace shinsa::properties::campaign::jpdirect_reissue
