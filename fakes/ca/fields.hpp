/// Serial numbers and instants as certificates and revocation lists write them. Private to this
/// folder.
#pragma once

#include <string>

#include "fakes/ca/openssl.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::ca {

/// A serial number from hex: 1 to 40 digits, more than 0 and less than 2^159 (Baseline
/// Requirements 7.1.2.7: positive; RFC 5280 section 4.1.2.2: at most 20 octets).
[[nodiscard]] Result<IntegerOwner> serial_of(const std::string& hex);

/// An instant as UTCTime through 2049 and as GeneralizedTime from 2050 (RFC 5280 section 4.1.2.5).
/// The years 0001 to 9999 can be written.
[[nodiscard]] Result<TimeOwner> time_of(Instant instant);

}  // namespace shinsa::fakes::ca
