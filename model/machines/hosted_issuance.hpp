/// Issue and installation of a reissued certificate on the rental server.
#pragma once

#include "model/machines/entry.hpp"

namespace shinsa::model::hosted_issuance {
enum StateId : std::uint8_t { kWaiting, kIssueDue, kHeld, kInstallDue, kCompleted };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::hosted_issuance
