/// How long after the command before: what `Command::gap` means.
#pragma once

#include <array>

#include "properties/campaign/dedicated_renewal/knowledge.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

inline constexpr std::array kGaps{seconds(0), minutes(1), hours(1), hours(13), days(1),
                                  days(2),    days(4),    days(8),  days(20),  days(40)};
// From here on: to an edge of the life of the command's certificate.
inline constexpr std::uint8_t kToNotice = kGaps.size();     ///< the days of its notice are over
inline constexpr std::uint8_t kIntoNotice = kToNotice + 1;  ///< they begin
inline constexpr std::uint8_t kToEnd = kToNotice + 2;       ///< its last second
inline constexpr std::uint8_t kPastEnd = kToNotice + 3;     ///< the second after
inline constexpr std::uint8_t kGapCount = kToNotice + 4;
// To an edge of the year after, which is that of its successor.
inline constexpr std::uint8_t kNextNotice = kGapCount;          ///< in the days of the notice
inline constexpr std::uint8_t kPastNextNotice = kGapCount + 1;  ///< after them
inline constexpr std::uint8_t kNearNextEnd = kGapCount + 2;     ///< shortly before its end

/// @return the instant of the command; `now` where the edge has passed or there is no certificate.
[[nodiscard]] Instant after_gap(const Command& command, Instant now, const Knowledge& knowledge);

}  // namespace shinsa::properties::campaign::dedicated_renewal
