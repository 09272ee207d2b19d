/// Domain control by mail, with the waiver for names that are managed under the same customer ID.
#pragma once

#include "model/core/machine_api.hpp"

namespace shinsa::model::domain_control_by_mail {

enum StateId : std::uint8_t { kWaiting, kMailDue, kAwaitingApproval, kApproved, kWaived };

extern const MachineApi& kMachine;

}  // namespace shinsa::model::domain_control_by_mail
