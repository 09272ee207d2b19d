/// The billing screens of the control panel, by which a card pays.
#pragma once

#include "model/machines/renewal.hpp"

namespace shinsa::model::billing_screens {

enum StateId : std::uint8_t {
  kOutside,
  kHome,
  kHistory,
  kDocument,
  kCardChoice,
  kChargeDue,
  kCharging,
  kSettled
};

extern const MachineApi& kMachine;

}  // namespace shinsa::model::billing_screens
