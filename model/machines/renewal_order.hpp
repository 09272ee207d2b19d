/// The order of a renewal and its payment.
#pragma once

#include "model/machines/renewal.hpp"

namespace shinsa::model::renewal_order {

enum StateId : std::uint8_t { kUnordered, kTelling, kOpen, kPaymentSeen, kPaid, kWithdrawn };

extern const MachineApi& kMachine;

}  // namespace shinsa::model::renewal_order
