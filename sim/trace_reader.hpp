/// Reads `shinsa-events/1`, the log of an implementation or a trace of our own, and refuses what is
/// not of that form.
///
/// A bad line is an Error with its place and a remedy; all bad lines of a log are told, up to a
/// bound. What is merely strange (an unknown type, an unknown field, an id that comes twice) is a
/// warning, and the line is kept.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/events.hpp"
#include "model/vocabulary/result.hpp"

namespace shinsa::sim {

inline constexpr std::size_t kLineMax = 1 << 20;  ///< bytes of one line
inline constexpr std::size_t kDepthMax = 32;      ///< nested objects and arrays

/// What an implementation calls things, and what they are called here; what is not in it keeps its
/// name.
struct Names {
  std::map<std::string, std::string, std::less<>> types;  ///< `order.done` -> `certificate.issued`
  std::map<std::string, std::string, std::less<>> subjects;  ///< `job` -> `application`, in
                                                             ///< `job/17` wherever it stands
};

struct ReadOptions {
  std::size_t errors_max = 20;  ///< told; the rest is counted in one last error
  Names names;
};

struct Line {
  Event event;                              ///< without meaning when the type is unknown
  std::size_t number = 0;                   ///< from 1
  std::optional<std::string> unknown_type;  ///< kept, warned of and unjudged
};

struct ReadResult {
  std::vector<Line> lines;
  std::vector<Error> errors;
  std::vector<std::string> warnings;
};

/// Reads a whole log. @param file  its name, for messages.
[[nodiscard]] ReadResult read_all(std::string_view text, const std::string& file, Facts& facts,
                                  const ReadOptions& options);

}  // namespace shinsa::sim
