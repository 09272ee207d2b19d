/// A dns-01 challenge: the CA's string in a TXT record. States: challenge.hpp.
#pragma once

#include "model/machines/challenge.hpp"

namespace shinsa::model::challenge_by_dns {
extern const MachineApi& kMachine;
}  // namespace shinsa::model::challenge_by_dns
