/// JSON Schemas (draft-07) made from the event table and the catalogue, so that editors complete
/// what we accept.
#pragma once

#include <string>

namespace shinsa::scenarios {

/// Of a scenario file; for yaml-language-server and the like.
[[nodiscard]] std::string scenario_schema();

/// Of one line of `shinsa-events/1`.
[[nodiscard]] std::string event_schema();

}  // namespace shinsa::scenarios
