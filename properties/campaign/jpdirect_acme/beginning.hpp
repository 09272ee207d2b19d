/// What a run begins with: the instant, the free choices of portal and CA, what goes wrong outside,
/// and the few names that everything happens to.
///
/// Few starts and few names, so that runs meet the edges of the calendar and of the limits often.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "properties/campaign/customers.hpp"

namespace shinsa::properties::campaign::jpdirect_acme {

inline constexpr std::size_t kStarts = 5;
inline constexpr std::size_t kConducts = 256;  ///< of more combinations, spread over them
inline constexpr std::size_t kFaults = 8;      ///< the first is none

/// Names that are registered and ordered. The first four may be registered.
inline constexpr std::array kNames{std::string_view("example.jp"), std::string_view("*.example.jp"),
                                   std::string_view("www.example.jp"),
                                   std::string_view("xn--r8jz45g.jp"),
                                   std::string_view("shop.example.jp")};
inline constexpr std::size_t kRegistrable = 4;
inline constexpr std::size_t kThings = 4;     ///< registrations, accounts, orders: each so many
inline constexpr std::size_t kCustomers = 3;  ///< the last is no member from the start

/// What customers and their ACME clients do.
enum Verb : std::uint8_t {
  give = kGive,  ///< an account, a registration or a conventional certificate from before
  join,
  apply,
  account,
  draft,
  screen,  ///< the next screen of a registration
  pay,
  look,  ///< at the list
  correct,
  transfer,
  refund,
  order,
  place,  ///< strings in files and records
  respond,
  finalize,
  publish,  ///< CAA records
  download,
  revoke,
  configure,
  visit,
  ask,
};
inline constexpr std::size_t kVerbs = 21;

[[nodiscard]] Beginning beginning_of(const Plan& plan);

/// Whether the n-th registration, account or order is the second customer's, else the first's.
[[nodiscard]] constexpr bool is_of_the_second(std::uint8_t n) { return n % kThings == kThings - 1; }
/// Whose the n-th registration, account or order is: the last is the second customer's.
[[nodiscard]] std::string customer_of(std::uint8_t n);

}  // namespace shinsa::properties::campaign::jpdirect_acme
