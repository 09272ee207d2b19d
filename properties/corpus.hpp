/// A corpus: the runs of former campaigns that were the first to show something, one a line, to be
/// played first by later ones.
///
/// JSON Lines; a line is `{"system": "...", "seed": "7", "run": 12, "requests": 20, "why": [...]}`.
/// It holds while the customers stay as they are; a line that no longer shows what it says is told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "properties/campaign.hpp"

namespace shinsa::properties {

struct CorpusLine {
  std::string system;
  RunId id;
  std::vector<std::string> why;  ///< as `sights_of` says it
  std::size_t line = 0;          ///< in its file, from 1
};

/// Reads all lines. @param file  what it is called in an Error.
[[nodiscard]] Result<std::vector<CorpusLine>> read_corpus(std::string_view text,
                                                          const std::string& file);

/// A line with its end.
[[nodiscard]] std::string corpus_line(const std::string& system, const InterestingRun& run);

/// What is strange about the lines of the campaign's system, `file:line: ...`: what they no longer
/// show.
[[nodiscard]] Result<std::vector<std::string>> stale_lines(const CampaignOptions& options,
                                                           const std::vector<CorpusLine>& lines,
                                                           const std::string& file);

}  // namespace shinsa::properties
