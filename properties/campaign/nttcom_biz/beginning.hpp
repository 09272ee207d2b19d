/// What a run begins with: the instant, the provider's and the CA's free choices, what goes wrong
/// outside, and the few names that everything happens to.
///
/// Few starts and few names, so that runs meet the ends of months and the kinds of domain often.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "properties/campaign/customers.hpp"

namespace shinsa::properties::campaign::nttcom_biz {

inline constexpr std::size_t kStarts = 5;
inline constexpr std::size_t kConducts = 256;
inline constexpr std::size_t kFaults = 7;  ///< the first is none

/// A host, the domain that it is under, and who can approve for it.
struct Name {
  std::string_view host, domain;
};
inline constexpr std::array kNames{
    Name{"www.example.jp", "example.jp"},              // general-use
    Name{"www.example.co.jp", "example.co.jp"},        // organisational
    Name{"www.example.com", "example.com"},            // gTLD
    Name{"shop.example.jp", "example.jp"},             //
    Name{"www.hidden.jp", "hidden.jp"},                // protected
    Name{"www.example.tokyo.jp", "example.tokyo.jp"},  // of a kind that no clause names
    Name{"www.strange.jp", "strange.jp"},              // of a kind that nobody knows
    Name{"www.empty.jp", "empty.jp"},                  // without any contact
    Name{"www.nobody.osaka.jp", "nobody.osaka.jp"},    // of that kind, without any contact
    Name{"www.half.co.jp", "half.co.jp"},              // organisational, with one of two contacts
};
inline constexpr std::string_view kOrganisation = "株式会社例";
inline constexpr std::string_view kContact = "taro@example.co.jp";
inline constexpr std::size_t kRegistered = 4;  ///< `application/1` to `application/4`
inline constexpr std::size_t kApplications =
    kRegistered + 2;  ///< and `application/renewal-1`, `application/renewal-2`
inline constexpr std::size_t kGivenMax = 2;

/// What customers do.
enum Verb : std::uint8_t {
  give = kGive,  ///< a certificate from before, `certificate/A` or `certificate/B`
  log_in,
  enter,   ///< the online form
  change,  ///< apply for another change
  post,    ///< documents
  lift,    ///< change WHOIS, its protection above all
  report,  ///< that WHOIS was changed
  forge,   ///< an answer of WHOIS that nobody asked for
  approve,
  answer,  ///< a call that nobody made
  cancel,
  break_server,
  repair,  ///< the server
  mend,    ///< say that it was repaired
  name_contact,
  terminate,
  demand,
  ask,
};
inline constexpr std::size_t kVerbs = Verb::ask + 1;

[[nodiscard]] Beginning beginning_of(const Plan& plan);

}  // namespace shinsa::properties::campaign::nttcom_biz
