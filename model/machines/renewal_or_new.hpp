/// Whether what was ordered as a renewal is one, or a new acquisition.
#pragma once

#include "model/machines/renewal.hpp"

namespace shinsa::model::renewal_or_new {

enum StateId : std::uint8_t { kUndecided, kRenewal, kNew };

extern const MachineApi& kMachine;

}  // namespace shinsa::model::renewal_or_new
