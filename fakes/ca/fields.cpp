#include "fakes/ca/fields.hpp"

namespace shinsa::fakes::ca {

namespace {

constexpr Instant kFirstWritten{-62135596800};  // 0001-01-01T00:00:00Z
constexpr Instant kLastWritten{253402300799};   // 9999-12-31T23:59:59Z

}  // namespace

Result<IntegerOwner> serial_of(const std::string& hex) {
  const bool written_well = !hex.empty() && hex.size() <= 40 &&
                            hex.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
  BIGNUM* parsed = nullptr;
  if (written_well) BN_hex2bn(&parsed, hex.c_str());
  NumberOwner number(parsed);
  if (!number || BN_is_zero(parsed) || BN_num_bits(parsed) > 159)
    return fail("a serial number is hexadecimal, more than 0 and less than 2^159", hex);
  IntegerOwner serial(BN_to_ASN1_INTEGER(parsed, nullptr));
  if (!serial) return openssl_failure("the serial number cannot be written", hex);
  return serial;
}

// OpenSSL writes the year 10000 with five digits, which no reader takes.
Result<TimeOwner> time_of(Instant instant) {
  if (instant < kFirstWritten || instant > kLastWritten)
    return fail("a certificate can say the years 0001 to 9999 only",
                std::to_string(instant.seconds));
  TimeOwner time(ASN1_TIME_set(nullptr, static_cast<time_t>(instant.seconds)));
  if (!time) return openssl_failure("the time cannot be written", to_text(instant));
  return time;
}

}  // namespace shinsa::fakes::ca
