/// The CA's call to the person in charge of an OV application.
#pragma once

#include "model/machines/agency.hpp"

namespace shinsa::model::applicant_call {
enum StateId : std::uint8_t {
  kWaiting,
  kNotNeeded,
  kCallDue,
  kCallOptional,
  kCalling,
  kConfirmed,
  kDenied,
  kLeftOut,
  kClosed
};
extern const MachineApi& kMachine;
}  // namespace shinsa::model::applicant_call
