#include "fakes/ca/revocation_register.hpp"

#include <algorithm>

#include "sim/hash.hpp"

namespace shinsa::fakes::ca {

namespace {

constexpr std::size_t kDigitsMax = 39;  // 40 may be too large for a serial number
constexpr std::size_t kDigitsMade = 32;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'F' ? c + 32 : c; });
  return out;
}

}  // namespace

std::string serial_named(std::string_view name) {
  const std::string digits = lower(name.substr(std::min(name.find_first_not_of('0'), name.size())));
  const bool is_number = !digits.empty() && digits.size() <= kDigitsMax &&
                         digits.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_number ? digits : sim::sha256_hex(name).substr(0, kDigitsMade);
}

void RevocationRegister::enter(std::string_view name, Instant at, Reason reason) {
  const std::string serial = serial_named(name);
  if (std::ranges::count(entries_, serial, &Revocation::serial) == 0)
    entries_.push_back({serial, at, reason});
}

Result<RevocationList> RevocationRegister::publish(const Authority& authority, Instant now) {
  return authority.sign_crl({.revoked = entries_,
                             .this_update = now,
                             .next_update = now + kListRunsFor,
                             .number = ++published_});
}

}  // namespace shinsa::fakes::ca
