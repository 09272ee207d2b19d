/// Path validation in virtual time. Private to this folder and fakes/web's TLS client:
/// `Authority::verify` is the plain face.
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

/// Whether what a verification has just found is OpenSSL's wrong view of the last second: it calls
/// a certificate expired at notAfter itself. For verify callbacks, which then go on.
[[nodiscard]] bool is_the_last_second(X509_STORE_CTX* context);

}  // namespace shinsa::fakes::ca
