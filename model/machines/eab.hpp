/// An EAB: credentials for one ACME account, good for 14 days from their issuance.
///
/// Events: that it was issued (by the ACME application, or after an inquiry), that an account is
/// bound to it, and the end of its validity.
#pragma once

#include "model/core/context.hpp"

namespace shinsa::model::eab {
enum StateId : std::uint8_t { kUnissued, kUsable, kUsedUp, kExpired };
inline constexpr LinkSlot kCustomer{0};  ///< whose it is
inline constexpr InstantSlot kEnds{0};   ///< from then on it is no longer valid
extern const MachineApi& kMachine;
}  // namespace shinsa::model::eab
