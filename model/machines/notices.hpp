/// The mails about an entry: the one that asks for the reissue, and the one that says it is done.
#pragma once

#include "model/machines/entry.hpp"

namespace shinsa::model::notices {
enum StateId : std::uint8_t { kQuiet, kCompletionDue, kTold };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::notices
