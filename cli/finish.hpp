/// What every judging command does at its end: sum up, write the reports, print the summary, choose
/// the exit code.
#pragma once

#include <chrono>

#include "cli/commands.hpp"
#include "reports/html.hpp"
#include "reports/results.hpp"

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

/// @param unexercised_fails  a whole run of a complete system: a clause that was not exercised is a
/// failure.
int finish(const Common& common, reports::Results& results, const Stopwatch& watch,
           bool unexercised_fails, const reports::HtmlData& shown);

}  // namespace shinsa::cli
