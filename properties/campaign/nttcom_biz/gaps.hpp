/// How long after the command before: what `Command::gap` means.
#pragma once

#include <array>

#include "properties/campaign/nttcom_biz/knowledge.hpp"

namespace shinsa::properties::campaign::nttcom_biz {

inline constexpr std::array kGaps{seconds(0), minutes(1), hours(1), hours(5), days(1),
                                  days(2),    days(5),    days(10), days(26), days(40)};
// From here on: to an edge, each with the second before it.
inline constexpr std::uint8_t kToLapse = kGaps.size();       ///< the last second of the newest link
inline constexpr std::uint8_t kPastLapse = kToLapse + 1;     ///< the second in which it lapses
inline constexpr std::uint8_t kToMonth = kToLapse + 2;       ///< the last second of the month
inline constexpr std::uint8_t kIntoMonth = kToLapse + 3;     ///< the first of the next
inline constexpr std::uint8_t kToService = kToLapse + 4;     ///< before the second contract's start
inline constexpr std::uint8_t kIntoService = kToLapse + 5;   ///< its start
inline constexpr std::uint8_t kPastTheGiven = kToLapse + 6;  ///< what was given has ended
inline constexpr std::uint8_t kIntoRenewal = kToLapse + 7;   ///< its renewal is due
inline constexpr std::uint8_t kGapCount = kToLapse + 8;

/// @return the instant of the command; `now` where the edge has passed or there is none.
[[nodiscard]] Instant after_gap(const Command& command, Instant now, const Knowledge& knowledge);

}  // namespace shinsa::properties::campaign::nttcom_biz
