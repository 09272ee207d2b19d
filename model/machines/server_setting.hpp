/// The setting of a certificate on the customer's server: installation, restart, completion mail.
#pragma once

#include "model/machines/agency_certificate.hpp"

namespace shinsa::model::server_setting {
enum StateId : std::uint8_t {
  kNothing,
  kInstallDue,
  kRestartDue,
  kFailed,
  kCompletionDue,
  kCompleted,
  kStopped
};
extern const MachineApi& kMachine;
}  // namespace shinsa::model::server_setting
