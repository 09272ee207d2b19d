/// An http-01 challenge: the CA's string on the customer's web server. States: challenge.hpp.
#pragma once

#include "model/machines/challenge.hpp"

namespace shinsa::model::challenge_by_file {
extern const MachineApi& kMachine;
}  // namespace shinsa::model::challenge_by_file
