/// What a run begins with: the instant, the host's and the CA's free choices, what goes wrong
/// outside, and the few names that everything happens to.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "properties/campaign/customers.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

inline constexpr std::size_t kStarts = 5;
inline constexpr std::size_t kConducts = 256;  ///< of more combinations, spread over them
inline constexpr std::size_t kFaults = 5;      ///< the first is none

/// Each customer has one host: what couples two certificates is never another customer's.
struct Who {
  std::string_view customer;
  std::string_view host;
  std::string_view payment;
  bool card;
  std::string_view plan;
};
inline constexpr std::array kWho{
    Who{"customer/C1", "www.example.jp", "card", true, "FLEX"},
    Who{"customer/C2", "shop.example.jp", "bank-transfer", false, "STANDARD"},
    Who{"customer/C3", "mail.example.jp", "card", false, "STANDARD"},
    Who{"customer/C4", "web.example.jp", "bank-transfer", false, "FLEX"},
};
inline constexpr std::size_t kRenewals = 4;
inline constexpr std::size_t kGivenMax = 3;

/// What customers do.
enum Verb : std::uint8_t {
  give = kGive,  ///< a certificate from before, `certificate/A` to `certificate/C`
  answer,        ///< whether to renew
  press,         ///< a button of the billing screens
  transfer,
  prepare,  ///< the application documents
  review,   ///< answers the CA
  visit,    ///< opens a page of the host
};
inline constexpr std::uint8_t kVerbs = 7;

[[nodiscard]] Beginning beginning_of(const Plan& plan);

}  // namespace shinsa::properties::campaign::dedicated_renewal
