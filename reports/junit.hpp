/// JUnit XML, for CI servers.
#pragma once

#include <string>

#include "reports/results.hpp"

namespace shinsa::reports {

/// A test case for each scenario; violated is a failure, error an error, the rest skipped. Times
/// are virtual and left out (0). Characters that XML 1.0 forbids are written as `\x1b`.
[[nodiscard]] std::string to_junit(const Results& results);

}  // namespace shinsa::reports
