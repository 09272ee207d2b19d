/// What is on record before the first request: customers, prices, and certificates from before.
#pragma once

#include <vector>

#include "properties/campaign/dedicated_renewal/beginning.hpp"
#include "properties/campaign/said.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

/// The same in every run.
[[nodiscard]] std::vector<Said> always_given();
/// The certificate of a `give` in a run that begins at `start`: whose, by `application`; its brand
/// and its end, by `variant`.
[[nodiscard]] Said given_certificate(const Command& give, Instant start);

inline constexpr std::size_t kBrandCount = 3;
inline constexpr std::size_t kEnds = 7;  ///< how long it has to run

}  // namespace shinsa::properties::campaign::dedicated_renewal
