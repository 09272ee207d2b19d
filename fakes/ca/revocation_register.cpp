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

/// Later lists have higher numbers, and of those of one second those with more entries.
std::uint64_t number_of(Instant made, std::size_t entries) {
  constexpr int kEntryBits = 24;
  constexpr std::size_t kEntriesMost = (std::size_t{1} << kEntryBits) - 1;
  return static_cast<std::uint64_t>(std::max<std::int64_t>(made.seconds, 0)) << kEntryBits |
         std::min(entries, kEntriesMost);
}

/// As serial numbers stand in the register.
std::string digits_of(std::string_view hex) {
  return lower(hex.substr(std::min(hex.find_first_not_of('0'), hex.size())));
}

}  // namespace

std::string serial_named(std::string_view name) {
  const std::string digits = digits_of(name);
  const bool is_number = !digits.empty() && digits.size() <= kDigitsMax &&
                         digits.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_number ? digits : sim::sha256_hex(name).substr(0, kDigitsMade);
}

void RevocationRegister::issue(std::string_view name) { issued_.insert(serial_named(name)); }

void RevocationRegister::enter(std::string_view name, Instant at, Reason reason) {
  const std::string serial = serial_named(name);
  issued_.insert(serial);
  if (!revocation_of(serial)) entries_.push_back({serial, at, reason});
}

void RevocationRegister::forget(std::string_view name) {
  const std::string serial = serial_named(name);
  if (!revocation_of(serial)) issued_.erase(serial);
}

Result<RevocationList> RevocationRegister::publish(const Authority& authority, Instant now) {
  number_ = std::max(number_ + 1, number_of(now, entries_.size()));
  Result<RevocationList> list = authority.sign_crl({.revoked = entries_,
                                                    .this_update = now,
                                                    .next_update = now + kListRunsFor,
                                                    .number = number_});
  if (list) newest_ = {*list, now + kListRunsFor, entries_.size()};
  return list;
}

Result<RevocationList> RevocationRegister::current(const Authority& authority, Instant now) {
  const bool is_current =
      newest_ && newest_->entries == entries_.size() && now < newest_->next_update;
  return is_current ? newest_->list : publish(authority, now);
}

bool RevocationRegister::has_issued(std::string_view serial) const {
  return issued_.contains(digits_of(serial));
}

const Revocation* RevocationRegister::revocation_of(std::string_view serial) const {
  const auto entry = std::ranges::find(entries_, digits_of(serial), &Revocation::serial);
  return entry == entries_.end() ? nullptr : &*entry;
}

}  // namespace shinsa::fakes::ca
