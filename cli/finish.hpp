/// What every judging command does at its end: sum up, write the reports, print the summary, choose
/// the exit code.
#pragma once

#include <chrono>

#include "cli/commands.hpp"
#include "reports/html.hpp"
#include "reports/results.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::cli {

/// Wall time of this very execution, for the `run` block alone.
class Stopwatch {
 public:
  [[nodiscard]] std::int64_t milliseconds() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                 began_)
        .count();
  }
  [[nodiscard]] std::string started() const;

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

[[nodiscard]] reports::Results begin_results(const Common& common, const std::string& kind,
                                             const Stopwatch& watch);

/// Takes away the traces and artefacts of an earlier run, which this one would not overwrite.
void clear_out(const std::string& out);

/// Writes a story's trace and artefacts below the output folder, notes their paths, and keeps what
/// report.html shows of them.
Result<void> keep_story(const std::string& out, const scenarios::StoryRun& run,
                        reports::ScenarioResult& result, reports::HtmlData& shown);

/// results.json, junit.xml and report.html in the output folder, if one was asked for.
Result<void> write_reports(const Common& common, const reports::Results& results,
                           const reports::HtmlData& shown);

/// Writes the reports, prints the summary. @return the exit code.
/// @param unexercised_fails  a whole run of a complete system: a clause that was not exercised is a
/// failure.
int finish(const Common& common, reports::Results& results, const Stopwatch& watch,
           bool unexercised_fails, const reports::HtmlData& shown);

}  // namespace shinsa::cli
