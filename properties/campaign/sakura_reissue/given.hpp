/// What is on record before the first request: two members, what others sell, and the past orders
/// with their certificates and hosts.
#pragma once

#include <vector>

#include "properties/campaign/said.hpp"
#include "properties/campaign/sakura_reissue/beginning.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

inline constexpr std::size_t kCertificateVariants = 9;
inline constexpr std::size_t kEntryVariants = 8;
inline constexpr std::size_t kSiteVariants = 7;

/// The same in every run.
[[nodiscard]] std::vector<Said> always_given();
/// The fact of a `give` in a run that begins at `start`; variant 0 is in order.
[[nodiscard]] Said given_fact(const Command& give, Instant start);

}  // namespace shinsa::properties::campaign::sakura_reissue
