/// A log, read and judged as it says of itself: its system, its readings, whether it is complete.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/profile.hpp"
#include "sim/judge.hpp"
#include "sim/trace_reader.hpp"

namespace shinsa::cli {

struct LogOptions {
  std::string system = "jpdirect-reissue";      ///< unless the log says another
  std::map<std::string, std::string> readings;  ///< over the log's own
  sim::Judged judged;
  bool complete = true;                ///< false: the log ends in the middle, whatever it says
  bool whatever_the_log_says = false;  ///< judged as a log of `system` all the same
  sim::Names names;                    ///< what the implementation calls things
};

struct JudgedLog {
  std::vector<Error> errors;          ///< of the log's form; if there is one, nothing was judged
  std::vector<std::string> warnings;  ///< what is strange, and was judged all the same
  std::shared_ptr<const model::Profile> profile;
  std::unique_ptr<Facts> facts;
  std::vector<sim::Line> lines;
  std::unique_ptr<sim::Judge> judge;  ///< closed; null if there are errors
  bool complete = true;               ///< what was still owed at the end counts as missing
};

/// @param name  stands before the line number in errors and warnings.
[[nodiscard]] JudgedLog judge_log(std::string_view text, const std::string& name,
                                  const LogOptions& options);

/// Reads what an implementation calls things from YAML: two maps, `types:` and `subjects:`, each
/// from its names to ours.
/// @return an Error with its place for anything else, and for a type or a kind that is not ours.
[[nodiscard]] Result<sim::Names> read_names(const std::string& path);

/// The bytes of a file. @return an Error if it cannot be read.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

}  // namespace shinsa::cli
