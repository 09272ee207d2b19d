/// The CA's register of what it issued and what of that it revoked, from which each revocation list
/// and each answer by OCSP is made.
///
/// Sources: RFC 5280 section 5.2.3 (each list has a higher number), Baseline Requirements 4.9.7 (a
/// list runs for ten days at most), 4.10.1 (entries stay until the certificate has expired; here
/// they stay for good).
#pragma once

#include <cstdint>
#include <optional>
#include <set>
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

  /// Notes that the CA issued a certificate of that name, as in `certificate/<name>`.
  void issue(std::string_view name);

  /// Notes a revocation, of what counts as issued from then on. What is in the register already
  /// stays as it is.
  /// @param name  the certificate's, as in `certificate/<name>`.
  void enter(std::string_view name, Instant at, Reason reason);

  /// Forgets that the CA issued a certificate of that name, unless it was revoked.
  void forget(std::string_view name);

  /// Signs the next list of all that is in the register. Its number is made from the instant and
  /// from how many entries it has, so that it also grows from one run of a service to the next,
  /// which need not know what lists were asked for.
  /// @param now  not before any revocation in it.
  [[nodiscard]] Result<RevocationList> publish(const Authority& authority, Instant now);

  /// The list that is current: the newest unless something was revoked since, or its nextUpdate has
  /// come; then the next one, made now.
  /// @param now  not before any revocation in it, nor before an earlier list.
  [[nodiscard]] Result<RevocationList> current(const Authority& authority, Instant now);

  /// @param serial  hex, in either case, leading zeros or not.
  [[nodiscard]] bool has_issued(std::string_view serial) const;
  /// The entry of that serial number; null if it is not revoked. Valid until something is entered.
  [[nodiscard]] const Revocation* revocation_of(std::string_view serial) const;

 private:
  struct Published {
    RevocationList list;
    Instant next_update;
    std::size_t entries;  // that stand in it
  };

  std::set<std::string, std::less<>> issued_;  // serial numbers
  std::vector<Revocation> entries_;
  std::optional<Published> newest_;
  std::uint64_t number_ = 0;  // of the newest list
};

}  // namespace shinsa::fakes::ca
