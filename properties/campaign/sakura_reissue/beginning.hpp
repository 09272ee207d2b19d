/// What a run begins with: the instant, the free choices of portal and CA, what goes wrong outside,
/// and the few names that everything happens to.
///
/// Few starts and few names, so that runs meet midnights, month ends and the 397 days often.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "properties/campaign/customers.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

inline constexpr std::size_t kStarts = 5;
inline constexpr std::size_t kConducts = 2 * 2 * 2 * 2 * 2 * 2 * 3;
inline constexpr std::size_t kFaults = 6;  ///< the first is none
inline constexpr std::size_t kOrders = 3;
inline constexpr std::size_t kSessions = 3;
inline constexpr std::size_t kQuestions = 3;

/// Common names of the orders, in their order; the first is also that of what others sell.
inline constexpr std::array kNames{std::string_view("www.example.jp"),
                                   std::string_view("shop.example.jp"),
                                   std::string_view("example.org")};
inline constexpr std::string_view kServer = "203.0.113.10";
inline constexpr std::string_view kElsewhere = "198.51.100.7";

/// What a `give` gives of an order: `Command::certificate`.
enum Given : std::uint8_t { kCertificate, kEntry, kSite, kGivenKinds };

/// What members, owners of zones and the provider's machines do.
enum Verb : std::uint8_t {
  give = kGive,  ///< certificate, order or host of `entry/1` to `entry/3`
  login,
  logout,
  open,
  click,
  confirm,
  make_setting,
  remove_setting,
  configure,
  clear,
  back_up,
  fail_service,
  restore_service,
  change_name,
  change_page,
  visit,
  ask,
  answer,  ///< one that nobody may have asked for
};
inline constexpr std::size_t kVerbs = answer + 1;

[[nodiscard]] std::string entry_of(std::uint8_t order);
[[nodiscard]] std::string certificate_of(std::uint8_t order);
[[nodiscard]] std::string site_of(std::uint8_t order);

[[nodiscard]] Beginning beginning_of(const Plan& plan);

}  // namespace shinsa::properties::campaign::sakura_reissue
