/// What is on record before the first request: contracts, WHOIS, the directory, prices, and
/// certificates from before.
#pragma once

#include <vector>

#include "properties/campaign/nttcom_biz/beginning.hpp"
#include "properties/campaign/said.hpp"

namespace shinsa::properties::campaign::nttcom_biz {

/// When the service of the second contract starts.
inline constexpr std::string_view kSecondStart = "2024-03-10T00:00:00+09:00";

/// The same in every run.
[[nodiscard]] std::vector<Said> always_given();
/// The certificate of a `give` in a run that begins at `start`.
[[nodiscard]] Said given_certificate(const Command& give, Instant start);

}  // namespace shinsa::properties::campaign::nttcom_biz
