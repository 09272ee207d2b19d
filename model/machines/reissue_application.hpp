/// The application for a reissue at JPDirect: inquiry, guidance, form, consent.
#pragma once

#include "model/machines/application.hpp"

namespace shinsa::model::reissue_application {
enum StateId : std::uint8_t { kUnasked, kGuidanceDue, kAwaitingForm, kInReview };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::reissue_application
