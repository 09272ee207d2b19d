/// The identifiers of an order, before anybody asks whether they may be had: whether each is a DNS
/// name at all, and whether a CA could put it into a certificate.
///
/// Sources: RFC 8555 sections 7.1.3, 7.1.4 and 7.4; RFC 5280 section 4.2.1.6; RFC 5890; RFC 8738
/// (IP addresses, which are not issued here). Which names are registered is the desk's to say.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/acme/desk.hpp"

namespace shinsa::fakes::acme {

/// What stands in `identifiers`.
struct Names {
  std::vector<std::string> names;  ///< DNS names in lower case, each once, in order
  /// Faults of the protocol: an unknown type (`unsupportedIdentifier`), an IP address written as a
  /// name (`malformed`), labels that no certificate can have (`rejectedIdentifier`).
  std::vector<Subproblem> faults;
  /// Names that the rules refuse as malformed (RFC-10): a wildcard in the wrong place, a trailing
  /// dot, `_`, letters outside ASCII, more than 253 octets. The desk says so; this tells which.
  std::vector<Subproblem> misspelt;
  std::string broken;  ///< a sentence where an identifier is no identifier at all
};

/// @param identifiers  a JSON array of objects with `type` and `value`.
[[nodiscard]] Names read_names(const boost::json::array& identifiers);

}  // namespace shinsa::fakes::acme
