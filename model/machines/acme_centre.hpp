/// A question to JPDirect's customer centre, as the ACME page has it.
#pragma once

#include "model/core/context.hpp"

namespace shinsa::model::acme_centre {
enum StateId : std::uint8_t { kUnasked, kAsked, kAnswered };
inline constexpr RecordSlot kQuestion{0};  ///< question.asked
inline constexpr InstantSlot kAskedAt{0};
extern const MachineApi& kMachine;
}  // namespace shinsa::model::acme_centre
