/// The two-step application: 『再発行』 shows what will be reissued, 『再発行する』 applies.
#pragma once

#include "model/machines/entry.hpp"

namespace shinsa::model::signup {
enum StateId : std::uint8_t { kIdle, kConfirmationDue, kConfirming, kApplied, kFinished };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::signup
