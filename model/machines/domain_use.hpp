/// The domain-use check by mail: to whom WHOIS says, approved by a link that is open for some days.
#pragma once

#include "model/machines/agency.hpp"

namespace shinsa::model::domain_use {
enum StateId : std::uint8_t { kIdle, kMailDue, kMailed, kApproved, kLinkLapsed, kClosed };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::domain_use
