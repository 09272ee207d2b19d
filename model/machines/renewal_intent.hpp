/// What the customer wants of an expiring certificate, and the order that a yes leads to.
#pragma once

#include "model/machines/dedicated_certificate.hpp"

namespace shinsa::model::renewal_intent {

enum StateId : std::uint8_t { kUnasked, kAsked, kOrderDue, kOrdered, kDeclined, kRenewed };

extern const MachineApi& kMachine;

}  // namespace shinsa::model::renewal_intent
