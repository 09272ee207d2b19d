/// What the ACME server reads from certificates and requests in DER. Private to this folder.
///
/// Sources: RFC 2986, RFC 5280, RFC 8555 sections 7.4 and 7.6, RFC 9773 section 4.1. Whether a
/// request is sound is examined by fakes/ca; here is what that leaves out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "fakes/ca/csr.hpp"

namespace shinsa::fakes::acme {

/// @return  a certificate signing request that can be read, or a sentence that says what is wrong:
///          it is no request, it is signed with a digest that no CA takes any more (MD5, SHA-1), or
///          it asks for names that are no DNS names.
[[nodiscard]] tl::expected<ca::Csr, std::string> read_request(std::string_view der);

struct CertificateFace {
  std::string serial;  ///< hex, lower case, at least 32 digits, as the fake CA draws it
  std::string key;     ///< SHA-256 of the SubjectPublicKeyInfo, hex
  std::string der;
  std::string id;  ///< as renewal information calls it: key identifier and serial, base64url
};

/// Nothing where the octets are no certificate.
[[nodiscard]] std::optional<CertificateFace> read_certificate(std::string_view der);
/// The first one of a PEM text.
[[nodiscard]] std::optional<CertificateFace> read_certificate_pem(std::string_view pem);

/// The serial number in an identifier of renewal information, as in `CertificateFace`; nothing
/// where it is none.
[[nodiscard]] std::optional<std::string> serial_in(std::string_view certificate_id);

}  // namespace shinsa::fakes::acme
