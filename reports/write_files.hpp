/// Files of a report: written under a temporary name and renamed, so that nobody ever reads half of
/// one.
#pragma once

#include <filesystem>
#include <string_view>

#include "model/vocabulary/result.hpp"
#include "reports/results.hpp"

namespace shinsa::reports {

/// Writes a file whole or not at all; folders are made.
[[nodiscard]] Result<void> write_atomically(const std::filesystem::path& path,
                                            std::string_view bytes);

/// `results.json` and `junit.xml` in the folder; of a check `results.sarif` too.
[[nodiscard]] Result<void> write_report_files(const std::filesystem::path& folder,
                                              const Results& results);

}  // namespace shinsa::reports
