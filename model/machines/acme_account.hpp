/// An ACME account at the CA, bound to an EAB.
#pragma once

#include "model/core/context.hpp"

namespace shinsa::model::acme_account {
enum StateId : std::uint8_t { kUnrequested, kCreationDue, kValid };
inline constexpr RecordSlot kRequest{0};  ///< account.requested, or fact.account

/// Whether the object is an account that can be used; null is none.
[[nodiscard]] inline bool is_valid(const Object* object) {
  return object && object->kind == ObjectKind::account && object->states[0] == kValid;
}

extern const MachineApi& kMachine;
}  // namespace shinsa::model::acme_account
