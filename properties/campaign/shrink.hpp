/// Makes a plan that fails as small and plain as it can.
#pragma once

#include <functional>

#include "properties/campaign.hpp"

namespace shinsa::properties::campaign {

/// Takes commands away and makes what is left plainer, as long as it fails alike. The candidates
/// are RapidCheck's.
/// @param fails_alike  asked a bounded number of times.
[[nodiscard]] Plan shrink(Plan plan, const std::function<bool(const Plan&)>& fails_alike);

}  // namespace shinsa::properties::campaign
