/// Certificate revocation lists: what was revoked, when and why. `Authority::sign_crl` makes one.
///
/// Sources: RFC 5280 section 5 (version 2, thisUpdate and nextUpdate, CRL number, authority key
/// identifier), 5.3.1 (reasons), Baseline Requirements 4.9.1.1 and 7.2.2 (which reasons).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::ca {

/// Why, in the numbers of RFC 5280: the reasons that a customer may give. `certificateHold` is
/// forbidden for server certificates; `affiliationChanged` and `privilegeWithdrawn`, which are
/// allowed, are in no event.
enum class Reason : std::uint8_t {
  unspecified = 0,  ///< stands in no list: its entry goes without a reason
  key_compromise = 1,
  superseded = 4,
  cessation_of_operation = 5,
};

/// The reason as the events spell it: `key-compromise`.
[[nodiscard]] std::optional<Reason> parse_reason(std::string_view word);

/// One entry of a list.
struct Revocation {
  std::string serial;  ///< as in `IssueRequest`
  Instant at;
  Reason reason = Reason::unspecified;
};

struct CrlRequest {
  std::vector<Revocation> revoked;  ///< in the order of the entries; each serial once
  Instant this_update;              ///< no entry is later
  Instant next_update;              ///< later than `this_update`
  std::uint64_t number = 0;         ///< grows with each list of one CA; the caller counts
};

struct RevocationList {
  std::string pem;
  std::vector<unsigned char> der;
  std::string text;  ///< for people, as `openssl crl -text` prints it
};

}  // namespace shinsa::fakes::ca
