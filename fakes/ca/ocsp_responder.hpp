/// Answers OCSP requests with OpenSSL. Private to this folder: `Authority::answer_ocsp` is the
/// plain face.
#pragma once

#include <string_view>

#include "fakes/ca/ocsp.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca {

class RevocationRegister;

/// @param request  DER. @param issuer  the CA that `known` is the register of. @param key  its
///                 private key; as in `signed_list`.
[[nodiscard]] OcspAnswer ocsp_answer(std::string_view request, const RevocationRegister& known,
                                     Instant now, X509* issuer, EVP_PKEY* key);

}  // namespace shinsa::fakes::ca
