/// Another change of the service than a certificate.
#pragma once

#include "model/core/machine_api.hpp"

namespace shinsa::model::other_change {
enum StateId : std::uint8_t { kUnregistered, kBeingDone, kOver };
inline constexpr RecordSlot kRequest{0};  ///< change.registered
inline constexpr Flag kInWork{1};         ///< it stands in the way of other changes
extern const MachineApi& kMachine;
}  // namespace shinsa::model::other_change
