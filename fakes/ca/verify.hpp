/// Path validation in virtual time. Private to this folder: `Authority::verify` is the plain face.
#pragma once

#include <optional>
#include <string_view>

#include "fakes/ca/openssl.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::ca {

/// Whether a TLS client that trusts `root` and is sent `issuer` along accepts the first certificate
/// in `pem`. Validity is that of RFC 5280 section 4.1.2.5: the second of notAfter still counts.
/// @param crl_pem  where given, the issuer's revocation list, which must be current at that instant
///                 and not hold the certificate.
[[nodiscard]] Result<void> verify_chain(std::string_view pem, X509* issuer, X509* root, Instant at,
                                        std::optional<std::string_view> crl_pem = std::nullopt);

}  // namespace shinsa::fakes::ca
