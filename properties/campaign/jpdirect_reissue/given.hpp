/// What is on record before the first request: customers, the directory, prices, and certificates
/// from before.
#pragma once

#include <vector>

#include "properties/campaign/jpdirect_reissue/beginning.hpp"
#include "properties/campaign/said.hpp"

namespace shinsa::properties::campaign::jpdirect_reissue {

/// The same in every run.
[[nodiscard]] std::vector<Said> always_given();
/// `certificate/A` and so on, as the command's certificate has it.
[[nodiscard]] std::string given_subject(const Command& give);
/// The certificate of a `give` in a run that begins at `start`.
[[nodiscard]] Said given_certificate(const Command& give, Instant start);

}  // namespace shinsa::properties::campaign::jpdirect_reissue
