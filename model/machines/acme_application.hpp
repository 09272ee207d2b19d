/// The ACME application of a customer: one press of one button, which has an EAB issued.
#pragma once

#include "model/machines/customer.hpp"

namespace shinsa::model::acme_application {
enum StateId : std::uint8_t { kIdle, kEabDue };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::acme_application
