/// Builds and signs revocation lists. Private to this folder: `Authority::sign_crl` is the plain
/// face.
#pragma once

#include "fakes/ca/crl.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca {

/// A list in the name of `issuer`, whose private key is `key`: one that draws nothing, so that the
/// same request gives the same bytes.
[[nodiscard]] Result<RevocationList> signed_list(const CrlRequest& request, X509* issuer,
                                                 EVP_PKEY* key);

}  // namespace shinsa::fakes::ca
