/// The summary on the terminal, in Japanese or English.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "reports/results.hpp"

namespace shinsa::reports {

struct TextOptions {
  std::string lang = "en";  ///< ja or en
  bool color = false;
  bool verbose = false;   ///< a line for every scenario, not only for those that failed
  int width = 80;         ///< columns; a full-width character takes two
  std::string page = {};  ///< where report.html was written; empty: nowhere
};

/// Failures with what was expected and observed, clauses that nothing exercised, a line of clause
/// verdicts, and last exactly `N passed, N failed, N skipped`.
void print_summary(std::ostream& out, const Results& results, const TextOptions& options);

/// A text in lines of at most `width` columns, each after `indent` blanks; no line break at the
/// end.
[[nodiscard]] std::string wrap(std::string_view text, int indent, int width);

/// Columns of a text on a terminal: two for each full-width character.
[[nodiscard]] int columns_of(std::string_view text);

}  // namespace shinsa::reports
