/// What it means for the hosting plan that a dedicated certificate is not renewed.
#pragma once

#include "model/core/machine_api.hpp"

namespace shinsa::model::plan_change {

enum StateId : std::uint8_t { kNotNeeded, kDue, kRequired };

extern const MachineApi& kMachine;

}  // namespace shinsa::model::plan_change
