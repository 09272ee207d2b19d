/// The status of certificates by OCSP: what is answered to a request. `Authority::answer_ocsp`
/// answers one.
///
/// Sources: RFC 6960 (the protocol), RFC 5019 (the profile for many askers: 2.2), RFC 9654 (nonces
/// of 1 to 128 octets are sent back), Baseline Requirements 4.9.9 (signed by the CA that issued),
/// 4.9.10 (no `good` for a serial number that was never issued; 8 hours to 10 days), 7.3 (reasons
/// as in lists).
///
/// The issuing CA signs itself, its certificate is not sent along: whoever asks about a certificate
/// has it. The responder is named by the hash of its key.
#pragma once

#include <cstdint>
#include <vector>

#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::ca {

/// In the numbers of RFC 6960 section 4.2.1. All but the first come without a signature.
enum class OcspStatus : std::uint8_t {
  successful = 0,
  malformed_request = 1,  ///< no DER of a request, nothing asked, a nonce of a length that is
                          ///< refused, or a critical extension that is not known here
  internal_error = 2,     ///< the answer cannot be written, as after the year 9999
  unauthorized = 6,       ///< all that is asked about is other CAs' (RFC 5019 section 2.2.3)
};

/// How long an answer is current: as long as a revocation list.
inline constexpr Duration kOcspAnswerRunsFor = days(7);

struct OcspAnswer {
  OcspStatus status = OcspStatus::internal_error;
  std::vector<unsigned char> der;
  bool has_nonce = false;  ///< it is for who asked, and nobody else can use it
};

}  // namespace shinsa::fakes::ca
