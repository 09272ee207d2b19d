/// The look-up of a name's CAA records before the issue.
#pragma once

#include "model/machines/authorization.hpp"

namespace shinsa::model::caa_check {
enum StateId : std::uint8_t { kIdle, kQueryDue, kAsked, kPermitted, kForbidden };

/// Whether CAA records let a CA issue for the name that they count for: RFC 8659 section 4. For a
/// wildcard `issuewild` counts, and `issue` only where there is none; a critical tag that is not
/// understood forbids. @param records  in text form: `0 issue "jprs.jp"`.
[[nodiscard]] bool permits(std::span<const std::string_view> records, bool wildcard,
                           std::string_view issuer);

extern const MachineApi& kMachine;
}  // namespace shinsa::model::caa_check
