/// Reads `shinsa-events/1`, the log of an implementation or a trace of our own, and refuses what is
/// not of that form; through a mapping it reads other logs too.
///
/// A bad line is an Error with its place and a remedy; bad lines are told up to a bound, the rest
/// counted. What is merely strange (an unknown type, an unknown field, an id that comes twice) is a
/// warning, and the line is kept. Memory does not grow with the log.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/events.hpp"
#include "model/vocabulary/result.hpp"
#include "sim/mapping.hpp"
#include "sim/pieces.hpp"
#include "sim/told.hpp"

namespace shinsa::sim {

struct ReadOptions {
  std::size_t errors_max = 20;  ///< told; the rest is counted in one last error
  Mapping mapping;
  bool ids = true;           ///< events keep their id; without it reading is quicker
  bool order = true;         ///< warns of a time before that of the line above
  bool whole_lines = false;  ///< a last line without an end is still being written: passed over
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

/// One log, event by event.
class EventReader {
 public:
  /// @param file  its name, for messages. Source and store outlive the reader.
  EventReader(ByteSource& source, const std::string& file, Facts& facts,
              const ReadOptions& options);
  ~EventReader();

  /// The next event; bad lines and ignored ones are passed over. @return false at the end.
  bool next(Line& line);
  /// The same, but for the event's data, which comes with `finish`: quicker for several lines,
  /// which have to stay where they are until then.
  bool next_but_data(Line& line);
  void finish();
  /// What was found of errors and warnings so far; complete when `next` has returned false.
  [[nodiscard]] Told& told();
  /// The piece that the last event was read from; valid until the next.
  [[nodiscard]] std::string_view text() const;
  /// From now on contents go into this store.
  void move_to(Facts& facts);

 private:
  class Reader;
  std::unique_ptr<Reader> reader_;
};

/// Reads a whole log. @param file  its name, for messages.
[[nodiscard]] ReadResult read_all(std::string_view text, const std::string& file, Facts& facts,
                                  const ReadOptions& options);

}  // namespace shinsa::sim
