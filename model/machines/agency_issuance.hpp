/// The issue of a certificate that a provider acquires for its customer.
#pragma once

#include "model/machines/agency.hpp"

namespace shinsa::model::agency_issuance {
enum StateId : std::uint8_t { kWaiting, kIssueDue, kIssued, kTooLate, kClosed };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::agency_issuance
