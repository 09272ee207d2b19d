/// The notification of an EAB to the customer.
#pragma once

#include "model/machines/eab.hpp"

namespace shinsa::model::eab_notice {
enum StateId : std::uint8_t { kNotDue, kDue, kTold };
inline constexpr std::size_t kPlace = 1;  ///< of its machine in Object::states
extern const MachineApi& kMachine;
}  // namespace shinsa::model::eab_notice
