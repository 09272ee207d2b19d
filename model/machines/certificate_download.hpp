/// Handing out a certificate to the account that ordered it.
#pragma once

#include "model/machines/acme_certificate.hpp"

namespace shinsa::model::certificate_download {
enum StateId : std::uint8_t { kAbsent, kStored };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::certificate_download
