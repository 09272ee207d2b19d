/// `results.json`: the native form of a result; every other report is a lossy view of it.
#pragma once

#include <string>

#include "reports/results.hpp"

namespace shinsa::reports {

/// `shinsa-results/1`, pretty printed, keys in a fixed order, valid UTF-8. Wall-clock values stand
/// in `run` alone.
[[nodiscard]] std::string to_json(const Results& results);

/// The JSON Schema (draft-07) of the above.
[[nodiscard]] std::string results_schema();

}  // namespace shinsa::reports
