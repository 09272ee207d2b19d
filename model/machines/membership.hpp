/// Whether somebody is a member of the portal. Events: fact.customer, member.registered.
#pragma once

#include "model/machines/customer.hpp"

namespace shinsa::model::membership {
enum StateId : std::uint8_t { kUnknown, kMember };

/// Whether the object is a customer who is a member; null is none.
[[nodiscard]] inline bool is_member(const Object* object) {
  return object && object->kind == ObjectKind::customer &&
         object->states[customer::kMembership] == kMember;
}

extern const MachineApi& kMachine;
}  // namespace shinsa::model::membership
