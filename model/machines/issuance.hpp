/// Issuance of a certificate at JPDirect: after the review, within the limit of two, with a
/// completion mail.
#pragma once

#include "model/machines/application.hpp"

namespace shinsa::model::issuance {
enum StateId : std::uint8_t { kWaiting, kIssueDue, kHeld, kCompletionDue, kCompleted, kLapsed };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::issuance
