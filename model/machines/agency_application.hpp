/// An application that a provider handles for its customer, from the online form to the end of the
/// work, or to its cancellation.
#pragma once

#include "model/machines/agency.hpp"

namespace shinsa::model::agency_application {
enum StateId : std::uint8_t {
  kUnregistered,
  kCheckDue,
  kPreparing,
  kForwardDue,
  kAtTheCa,
  kInWork,
  kSet,
  kCancelled,
  kCancelledLate,
  kOver
};
extern const MachineApi& kMachine;
}  // namespace shinsa::model::agency_application
