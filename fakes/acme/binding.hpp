/// External account binding: a JWS in newAccount, with which a client shows that it was handed the
/// credentials of an EAB.
///
/// Source: RFC 8555 section 7.3.4. Form and MAC are checked here; whether the EAB is good (known,
/// in time, unused) is the desk's to say. Private to this folder.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "fakes/acme/office.hpp"

namespace shinsa::fakes::acme {

struct Binding {
  std::string key_id;
  bool mac_verifies = false;  ///< false too where nobody was given such a key
};

/// @param binding  the member `externalAccountBinding`.
/// @return a `malformed` problem where it is no binding of this account by this request.
[[nodiscard]] OrProblem<Binding> read_binding(const boost::json::value& binding, const Asked& asked,
                                              Desk& desk);

}  // namespace shinsa::fakes::acme
