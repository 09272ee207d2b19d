/// ECDSA that draws nothing: the same message and key give the same signature (RFC 6979), so that a
/// CA on a curve is as repeatable as one with RSA. OpenSSL 3.0 has it nowhere. Private to this
/// folder.
///
/// It is for test keys: what is computed here takes a time that depends on the key.
#pragma once

#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca {

/// A key that signs so, whatever it is asked to sign by OpenSSL: certificates, lists, answers.
/// @param key  on P-256; digests must be SHA-256. @return null if it is another.
[[nodiscard]] KeyOwner with_deterministic_ecdsa(const EVP_PKEY* key);

}  // namespace shinsa::fakes::ca
