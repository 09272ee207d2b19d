/// What a browser shows of a host: the page with the lock mark, or an error.
#pragma once

#include "model/core/machine_api.hpp"

namespace shinsa::model::browser_view {

enum StateId : std::uint8_t { kServing };

inline constexpr LinkSlot kServed{0};  ///< the certificate that the host serves

extern const MachineApi& kMachine;

}  // namespace shinsa::model::browser_view
