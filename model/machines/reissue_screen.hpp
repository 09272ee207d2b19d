/// A visit to the reissue screen: login with the member ID, then the list of all past orders.
#pragma once

#include "model/core/machine_api.hpp"

namespace shinsa::model::reissue_screen {

enum StateId : std::uint8_t { kNoVisit, kLoggedIn, kLeft };

[[nodiscard]] inline bool is_logged_in(const Object& object) {
  return object.kind == ObjectKind::session && object.states[0] == kLoggedIn;
}

extern const MachineApi& kMachine;

}  // namespace shinsa::model::reissue_screen
