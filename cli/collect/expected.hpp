/// Departures that are known and expected: a file of them, so that a check fails for new ones
/// alone, and for entries that are not true any more.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/vocabulary/result.hpp"
#include "reports/results.hpp"

namespace shinsa::cli {

/// One entry: which departures it excuses, and why.
struct Expected {
  std::string clause;
  std::string log;  ///< the file as given on the command line, or the end of it; empty: any
  std::optional<std::size_t> line;
  std::string subject;  ///< as in certificate/01; empty: any
  std::string reason;
  std::string where;  ///< `known.yaml:3:3`
};

/// Reads a YAML list of maps with the keys clause, log, line, subject, reason; clause and reason
/// are required.
/// @return an Error with its place for anything else, and for a clause that the catalogue lacks.
[[nodiscard]] Result<std::vector<Expected>> read_expected(const std::string& path);

/// Excuses what an entry matches, and holds a log of which nothing else is left. An entry that
/// matches nothing is stale: a result of its own that fails.
/// @param path  of the file, for the results of stale entries.
void excuse(const std::vector<Expected>& expected, const std::string& path,
            reports::Results& results);

}  // namespace shinsa::cli
