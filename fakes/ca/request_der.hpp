/// A certificate signing request from its octets, and its key. Private to this folder.
#pragma once

#include <span>

#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca {

/// Null if the octets are no request, or more than one. Its key is not read with it:
/// `X509_REQ_get0_pubkey` gives none.
[[nodiscard]] RequestOwner request_from(std::span<const unsigned char> der);

/// The key that the request carries; null when it cannot be read, which `openssl_reason` explains.
[[nodiscard]] KeyOwner key_in(X509_REQ* request);

}  // namespace shinsa::fakes::ca
