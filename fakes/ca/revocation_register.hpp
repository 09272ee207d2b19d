/// The CA's register of what it revoked, from which each revocation list is made.
///
/// Sources: RFC 5280 section 5.2.3 (each list has a higher number), Baseline Requirements 4.9.7 (a
/// list runs for ten days at most), 4.10.1 (entries stay until the certificate has expired; here
/// they stay for good).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/ca/authority.hpp"
#include "fakes/ca/crl.hpp"

namespace shinsa::fakes::ca {

/// The serial number that stands in lists for a certificate of that name: the name itself where it
/// is one, in lower case and without leading zeros. Stories call certificates from before the trace
/// by any name (`source`); such a name stands for a number made from it.
[[nodiscard]] std::string serial_named(std::string_view name);

class RevocationRegister {
 public:
  /// How long a list is current.
  static constexpr Duration kListRunsFor = days(7);

  /// Notes a revocation. What is in the register already stays as it is.
  /// @param name  the certificate's, as in `certificate/<name>`.
  void enter(std::string_view name, Instant at, Reason reason);

  /// Signs the next list of all that is in the register.
  /// @param now  not before any revocation in it.
  [[nodiscard]] Result<RevocationList> publish(const Authority& authority, Instant now);

 private:
  std::vector<Revocation> entries_;
  std::uint64_t published_ = 0;
};

}  // namespace shinsa::fakes::ca
