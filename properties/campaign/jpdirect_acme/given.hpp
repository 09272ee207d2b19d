/// What is on record before the first request: members, prices, and what customers have already.
#pragma once

#include <vector>

#include "properties/campaign/jpdirect_acme/beginning.hpp"
#include "properties/campaign/said.hpp"

namespace shinsa::properties::campaign::jpdirect_acme {

/// The same in every run.
[[nodiscard]] std::vector<Said> always_given();
/// An account, a registration or a conventional certificate, as the command's certificate says, in
/// a run that begins at `start`.
[[nodiscard]] Said given(const Command& give, Instant start);

}  // namespace shinsa::properties::campaign::jpdirect_acme
