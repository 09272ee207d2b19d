/// A registered use-FQDN: to become effective, effective, or over.
#pragma once

#include "model/machines/fqdn.hpp"

namespace shinsa::model::use_fqdn {
enum StateId : std::uint8_t { kUnregistered, kUpcoming, kEffective, kLapsed, kWithdrawn };

/// The first second in which nothing more may be issued for a use-FQDN whose registration was
/// completed at `completed`: the month first, then its end, `years` later (ACM-54).
[[nodiscard]] Instant month_ends(Instant completed, std::int64_t years);

extern const MachineApi& kMachine;
}  // namespace shinsa::model::use_fqdn
