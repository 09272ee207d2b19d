/// A question to the provider: technical ones about certificates are for the CA to answer.
#pragma once

#include "model/core/machine_api.hpp"

namespace shinsa::model::jprs_referral {
enum StateId : std::uint8_t { kUnasked, kAsked, kAnswered };
inline constexpr RecordSlot kQuestion{0};  ///< question.asked
extern const MachineApi& kMachine;
}  // namespace shinsa::model::jprs_referral
