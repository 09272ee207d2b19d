/// What a run begins with: the instant, the portal's free choices, what goes wrong outside, and the
/// few names that everything happens to.
///
/// Few starts and few names, so that runs meet the edges of the calendar and of the limits often.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "model/vocabulary/time.hpp"
#include "properties/campaign.hpp"

namespace shinsa::properties::campaign {

inline constexpr std::size_t kStarts = 5;
inline constexpr std::size_t kConducts = 2 * 2 * 3 * 2 * 2 * 2;
inline constexpr std::size_t kFaults = 5;  ///< the first is none

inline constexpr std::array kNames{std::string_view("www.example.jp"),
                                   std::string_view("shop.example.jp"),
                                   std::string_view("www.managed.jp")};
inline constexpr std::string_view kOrganisation = "株式会社例";
inline constexpr std::string_view kOther = "株式会社別";
inline constexpr std::size_t kApplications = 5;
inline constexpr std::size_t kGivenMax = 3;

/// A plan's numbers, in words.
struct Beginning {
  Instant start;
  std::map<std::string, std::string> conduct;  ///< every choice is pinned
  std::string_view fault;                      ///< as `--fault` takes it; empty: none
};
[[nodiscard]] Beginning beginning_of(const Plan& plan);

}  // namespace shinsa::properties::campaign
