/// The request that a command makes, given what the customers know.
///
/// Variant 0 is in order; each other is wrong in one way, or different. What is wrong with it is
/// for the rules to say. A command whose object does not exist makes its request all the same.
#pragma once

#include "properties/campaign/jpdirect_acme/knowledge.hpp"
#include "properties/campaign/said.hpp"

namespace shinsa::properties::campaign::jpdirect_acme {

inline constexpr std::size_t kAccountVariants = 8;
inline constexpr std::size_t kDraftVariants = 13;
inline constexpr std::size_t kScreenVariants = 5;
inline constexpr std::size_t kOrderVariants = 9;
inline constexpr std::size_t kPlaceVariants = 14;

/// @param command  any but `give`, which is no request.
[[nodiscard]] Said request_of(const Command& command, const Knowledge& knowledge);

}  // namespace shinsa::properties::campaign::jpdirect_acme
