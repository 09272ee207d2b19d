/// Validation on the rental server, without the customer: the A record, then the file.
#pragma once

#include "model/machines/entry.hpp"

namespace shinsa::model::automatic_validation {
enum StateId : std::uint8_t {
  kIdle,
  kLooking,
  kAddressDue,
  kAddressAsked,
  kFileDue,
  kFileAsked,
  kHalted,
  kValidated
};
extern const MachineApi& kMachine;
}  // namespace shinsa::model::automatic_validation
