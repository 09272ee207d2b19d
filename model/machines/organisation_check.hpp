/// The check of the organisation by telephone, with its two-part waiver.
#pragma once

#include "model/core/machine_api.hpp"

namespace shinsa::model::organisation_check {

enum StateId : std::uint8_t {
  kWaiting,
  kNotNeeded,
  kCallDue,
  kCalling,
  kCallOptional,
  kCallingAnyway,
  kConfirmed,
  kDenied
};

extern const MachineApi& kMachine;

}  // namespace shinsa::model::organisation_check
