/// The request that a command makes, given what the customer knows.
///
/// Variant 0 is in order; each other is wrong in one way, or different. What is wrong with it is
/// for the rules to say. A command whose object does not exist makes its request all the same.
#pragma once

#include "properties/campaign/dedicated_renewal/knowledge.hpp"
#include "properties/campaign/said.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

inline constexpr std::size_t kPresses = 8;     ///< variants of `press`
inline constexpr std::size_t kTransfers = 5;   ///< of `transfer`
inline constexpr std::size_t kDocuments = 14;  ///< of `prepare`; from the seventh on incomplete

/// @param command  any but `give`, which is no request.
[[nodiscard]] Said request_of(const Command& command, const Knowledge& knowledge);

}  // namespace shinsa::properties::campaign::dedicated_renewal
