/// The list of a customer's use-FQDNs on MyPage.
#pragma once

#include "model/machines/customer.hpp"

namespace shinsa::model::fqdn_list {
enum StateId : std::uint8_t { kPage };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::fqdn_list
