/// What a run begins with: the instant, the portal's free choices, what goes wrong outside, and the
/// few names that everything happens to.
///
/// Few starts and few names, so that runs meet the edges of the calendar and of the limits often.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "properties/campaign/customers.hpp"

namespace shinsa::properties::campaign::jpdirect_reissue {

inline constexpr std::size_t kStarts = 5;
inline constexpr std::size_t kConducts = 2 * 2 * 3 * 2 * 2 * 2 * 2;
inline constexpr std::size_t kFaults = 5;  ///< the first is none

inline constexpr std::array kNames{std::string_view("www.example.jp"),
                                   std::string_view("shop.example.jp"),
                                   std::string_view("www.managed.jp")};
inline constexpr std::string_view kOrganisation = "株式会社例";
inline constexpr std::string_view kOther = "株式会社別";
inline constexpr std::size_t kApplications = 5;
inline constexpr std::size_t kGivenMax = 3;

/// What customers do.
enum Verb : std::uint8_t {
  give = kGive,  ///< a certificate from before, `certificate/A` to `certificate/C`
  inquire,
  form,
  order,
  pay,
  approve,
  resubmit,
  revoke,
  page,
  ask,
  configure,
};
inline constexpr std::size_t kVerbs = configure + 1;

[[nodiscard]] Beginning beginning_of(const Plan& plan);

}  // namespace shinsa::properties::campaign::jpdirect_reissue
