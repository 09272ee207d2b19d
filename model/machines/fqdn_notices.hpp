/// The two mails about a registration of a use-FQDN.
#pragma once

#include "model/machines/fqdn.hpp"

namespace shinsa::model::fqdn_notices {
enum StateId : std::uint8_t { kSilent, kOpen };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::fqdn_notices
