/// Where a CA says, in the certificates that it signs, that it answers.
///
/// Sources: RFC 5280 sections 4.2.2.1 (authority information access) and 4.2.1.13 (distribution
/// points), Baseline Requirements 7.1.2.7.7 and 7.1.2.11.2 (`http` addresses).
#pragma once

#include <string>

namespace shinsa::fakes::ca {

/// `http` addresses without a comma. Unless others are given, nobody answers there: `.test` is
/// nobody's (RFC 6761).
struct Addresses {
  // in what the issuing CA signs
  std::string ocsp = "http://ocsp.ca.test/";
  std::string issuer = "http://repository.ca.test/issuing.cer";
  std::string crl = "http://crl.ca.test/issuing.crl";
  // in the certificate of the issuing CA, which the root signs
  std::string root = "http://repository.ca.test/root.cer";
  std::string root_crl = "http://crl.ca.test/root.crl";

  friend bool operator==(const Addresses&, const Addresses&) = default;
};

}  // namespace shinsa::fakes::ca
