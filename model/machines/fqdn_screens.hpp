/// Registration of a use-FQDN, screen by screen, to the fixed application.
#pragma once

#include "model/machines/fqdn.hpp"

namespace shinsa::model::fqdn_screens {
enum StateId : std::uint8_t { kBlank, kDrafted, kToPurchase, kReviewed, kMethodChosen, kConfirmed };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::fqdn_screens
