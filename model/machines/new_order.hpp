/// An order of a new certificate at JPDirect, and the payment that it waits for.
#pragma once

#include "model/machines/application.hpp"

namespace shinsa::model::new_order {
enum StateId : std::uint8_t { kUnordered, kUnpaid, kPaymentSeen, kInReview };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::new_order
