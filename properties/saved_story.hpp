/// What scenarios have in common that are saved for somebody to replay: their head, and how a text
/// is written in YAML.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/vocabulary/time.hpp"

namespace shinsa::properties {

/// All but the facts and the steps.
struct SavedHead {
  std::string command;  ///< that found it: `fuzz`
  std::string why;      ///< what was found, on one line
  std::string where;    ///< where it was found, on one line; may be empty
  std::string system;
  std::vector<std::string> mutants;
  Instant start;
  std::map<std::string, std::string> readings;
  std::map<std::string, std::string> conduct;
  std::vector<std::string> faults;
};

/// @return YAML up to the line `facts:`, below which the facts are indented by four.
[[nodiscard]] std::string saved_head(const SavedHead& head);

/// In quotes where YAML would take the text for something else.
[[nodiscard]] std::string yaml_scalar(const std::string& text);

}  // namespace shinsa::properties
