/// What customers demand beyond the service: most of it is never given.
#pragma once

#include "model/core/machine_api.hpp"

namespace shinsa::model::demands {
enum StateId : std::uint8_t { kUnmade, kGranted, kSettled };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::demands
