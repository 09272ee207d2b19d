/// The request that a command makes, given what the member knows.
///
/// Variant 0 is in order; each other is wrong in one way, or different. What is wrong with it is
/// for the rules to say. A command whose object does not exist makes its request all the same.
#pragma once

#include "properties/campaign/said.hpp"
#include "properties/campaign/sakura_reissue/knowledge.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

/// @param command  any but `give`, which is no request.
[[nodiscard]] Said request_of(const Command& command, const Knowledge& knowledge);

}  // namespace shinsa::properties::campaign::sakura_reissue
