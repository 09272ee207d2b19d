/// How long after the command before: what `Command::gap` means.
#pragma once

#include <array>

#include "model/vocabulary/calendar.hpp"
#include "properties/campaign/jpdirect_acme/knowledge.hpp"

namespace shinsa::properties::campaign::jpdirect_acme {

inline constexpr std::array kGaps{seconds(0), minutes(1), minutes(10), hours(1), hours(5),
                                  days(1),    days(2),    days(7),     days(20), days(120)};
// From here on: to an edge of what the command is about.
inline constexpr std::uint8_t kToEabEnd = kGaps.size();      ///< the last second of its EAB
inline constexpr std::uint8_t kPastEabEnd = kToEabEnd + 1;   ///< the second after
inline constexpr std::uint8_t kToStringEnd = kToEabEnd + 2;  ///< the last second of its strings
inline constexpr std::uint8_t kPastStringEnd = kToEabEnd + 3;
inline constexpr std::uint8_t kToMonthEnd = kToEabEnd + 4;  ///< the last of its use-FQDN's month
inline constexpr std::uint8_t kPastMonthEnd = kToEabEnd + 5;
inline constexpr std::uint8_t kToOpening = kToEabEnd + 6;  ///< the desk opens
inline constexpr std::uint8_t kToDueDate = kToEabEnd + 7;  ///< the last second of day 30
inline constexpr std::uint8_t kGapCount = kToEabEnd + 8;

/// @return the instant of the command; `now` where the edge has passed or there is none.
[[nodiscard]] Instant after_gap(const Command& command, Instant now, const Knowledge& knowledge,
                                const Desk& desk);

}  // namespace shinsa::properties::campaign::jpdirect_acme
