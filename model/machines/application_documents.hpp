/// Documents that prove the applying organisation, sent by post where they are needed.
#pragma once

#include "model/machines/agency.hpp"

namespace shinsa::model::application_documents {
enum StateId : std::uint8_t { kUnopened, kNotNeeded, kAwaited, kArrived };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::application_documents
