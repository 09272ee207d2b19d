/// The bill of a use-FQDN: issued, paid, confirmed; perhaps paid back.
#pragma once

#include "model/machines/fqdn.hpp"

namespace shinsa::model::fqdn_billing {
enum StateId : std::uint8_t {
  kUnbilled,
  kUnpaid,
  kPaymentSeen,
  kCompleted,
  kRefundDue,
  kRefunded,
  kCancelled
};
extern const MachineApi& kMachine;
}  // namespace shinsa::model::fqdn_billing
