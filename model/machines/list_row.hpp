/// The row of an entry in the list of past orders: one of four statuses, the button with one of
/// them, the causes of another.
#pragma once

#include "model/machines/entry.hpp"

namespace shinsa::model::list_row {
enum StateId : std::uint8_t {
  kUnknown,
  kNotNeeded,
  kToBeReissued,
  kUnavailable,
  kInProgress,
  kReissued
};
extern const MachineApi& kMachine;
}  // namespace shinsa::model::list_row
