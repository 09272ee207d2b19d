/// Findings as SARIF 2.1.0, for code hosts and editors: a rule for each clause that is named, a
/// result for each departure, at its line of the log.
#pragma once

#include <string>

#include "reports/results.hpp"

namespace shinsa::reports {

/// Departures fail, what is inconclusive is `open`, remarks are `informational`. A result's rule is
/// the first of its clauses; all of them stand in its properties. A departure that was expected is
/// suppressed with its reason.
/// @return  ends with a line break.
[[nodiscard]] std::string to_sarif(const Results& results);

}  // namespace shinsa::reports
