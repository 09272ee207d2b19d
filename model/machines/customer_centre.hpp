/// A question to JPDirect's customer centre.
#pragma once

#include "model/core/context.hpp"
#include "model/core/machine_api.hpp"

namespace shinsa::model::customer_centre {
enum StateId : std::uint8_t { kUnasked, kAsked, kAnswered };
inline constexpr RecordSlot kQuestion{0};  ///< question.asked
inline constexpr InstantSlot kAskedAt{0};
extern const MachineApi& kMachine;
}  // namespace shinsa::model::customer_centre
