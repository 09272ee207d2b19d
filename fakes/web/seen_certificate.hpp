/// Reads what a client shows of a certificate. Private to this folder: only its `.cpp` files
/// include it.
#pragma once

#include "fakes/ca/openssl.hpp"
#include "fakes/web/tls.hpp"

namespace shinsa::fakes::web {

/// The certificate stays the caller's.
[[nodiscard]] SeenCertificate seen(X509* certificate);

}  // namespace shinsa::fakes::web
