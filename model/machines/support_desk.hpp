/// What the provider does not do for its members: bring back what was lost, or pay for it.
#pragma once

#include "model/core/machine_api.hpp"

namespace shinsa::model::support_desk {
enum StateId : std::uint8_t { kUnasked, kAsked };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::support_desk
