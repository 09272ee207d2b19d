/// The bill of a certificate that was set: both fees, in a later month.
#pragma once

#include "model/machines/agency_certificate.hpp"

namespace shinsa::model::setting_fee {
enum StateId : std::uint8_t { kNotDue, kMonthOfSetting, kBillable, kBilled };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::setting_fee
