/// An authorization of one name of an ACME order (RFC 8555): pending, valid or invalid.
#pragma once

#include "model/core/context.hpp"

namespace shinsa::model::authorization {
enum StateId : std::uint8_t { kUnopened, kPending, kValid, kInvalid, kExpired };
inline constexpr TextSlot kOrder{0};       ///< the order, as in order/1
inline constexpr TextSlot kName{1};        ///< the DNS name, with its *. for a wildcard
inline constexpr LinkSlot kByFile{0};      ///< its http-01 challenge
inline constexpr LinkSlot kByDns{1};       ///< its dns-01 challenge
inline constexpr NumberSlot kCaaError{0};  ///< what was wrong with its CAA records

[[nodiscard]] inline bool is_wildcard(const Context& c, const Object& authorization) {
  return c.facts().text(authorization[kName]).starts_with("*.");
}

extern const MachineApi& kMachine;
}  // namespace shinsa::model::authorization
