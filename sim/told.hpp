/// What there is to tell of a log while it is read: errors and warnings, each up to a bound, the
/// rest counted, so that the worst log of any length takes little memory and few lines.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "model/vocabulary/result.hpp"

namespace shinsa::sim {

class Told {
 public:
  /// @param errors_max  told one by one; the same bound holds for warnings of one kind.
  explicit Told(std::string file, std::size_t errors_max = 20)
      : file_(std::move(file)), max_(errors_max) {}

  void error(Error error);
  /// @param kind  of which no more than the bound are told.
  void warn(const std::string& kind, std::string what) { warn(kind, std::move(what), max_); }
  /// The same for what is told at its first line alone.
  void warn_once(const std::string& kind, std::string what) { warn(kind, std::move(what), 1); }
  /// Adds what was not told one by one, as a count.
  void finish();

  /// How many there were, told or not.
  [[nodiscard]] std::size_t errors_seen() const { return errors_seen_; }
  [[nodiscard]] const std::string& file() const { return file_; }

  std::vector<Error> errors;          ///< whoever tells them may take them out
  std::vector<std::string> warnings;  ///< the same

 private:
  void warn(const std::string& kind, std::string what, std::size_t max);

  std::string file_;
  std::size_t max_;
  std::size_t errors_seen_ = 0;
  std::map<std::string, std::size_t> untold_;  // warnings by kind; 0: told so far
  std::map<std::string, std::size_t> seen_;
};

}  // namespace shinsa::sim
