/// One log from one or several sources, put in the order of time.
///
/// Each source has a clock of its own, which may be ahead; and what it writes may be out of order
/// by a tolerance. Events are held back until nothing earlier can come from their source, so memory
/// grows with the tolerance and not with the log. Of events at the same time those of the source
/// named first go first, and within a source the order stays.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/vocabulary/carrier.hpp"
#include "sim/trace_reader.hpp"

namespace shinsa::sim {

/// Where a line stands.
struct LinePlace {
  std::size_t source = 0;  ///< position among the sources
  std::size_t line = 0;    ///< from 1
};

class Merged {
 public:
  static constexpr std::size_t kHeldMax = 100'000;  ///< events of a source that wait

  /// @param tolerance  by how much a source may be out of order; zero or more.
  explicit Merged(Facts& facts, Duration tolerance = {}) : facts_(&facts), tolerance_(tolerance) {}

  /// @param ahead  by how much the source's clock is ahead; may be negative.
  void add(std::unique_ptr<ByteSource> bytes, const std::string& name, ReadOptions options,
           Duration ahead = {});

  /// The next event of all; of several sources its number is that in their common order.
  /// @return false at the end of all sources.
  bool next(Line& line);
  /// The next events, as many as there are room and events for; quicker than one by one.
  std::size_t next(std::span<Line> lines);
  /// Where the last event stands.
  [[nodiscard]] LinePlace place() const { return place_; }
  /// From now on contents go into another store, those of events that wait too.
  void move_to(Facts& facts, Carrier& carry);

  /// Takes what was found of errors and warnings since this was asked last.
  void take_told(std::vector<Error>& errors, std::vector<std::string>& warnings);
  /// How many bad lines there were.
  [[nodiscard]] std::size_t errors_seen() const;
  [[nodiscard]] std::size_t count() const { return sources_.size(); }
  [[nodiscard]] std::vector<std::string> names() const;
  /// The piece of the last event, if there is one source alone and nothing waits.
  [[nodiscard]] std::string_view text() const;

 private:
  struct Waiting {
    Line line;
    std::size_t order = 0;  // of arrival
  };
  struct Source {
    std::unique_ptr<ByteSource> bytes;
    std::unique_ptr<EventReader> reader;
    std::string name;
    Duration ahead;
    std::vector<Waiting> waiting;  // a heap, the earliest on top
    Instant newest{INT64_MIN};
    std::size_t arrived = 0;
    bool over = false;
  };
  static bool later(const Waiting& a, const Waiting& b);
  [[nodiscard]] bool is_plain() const { return sources_.size() == 1 && tolerance_ == Duration{}; }
  void read_ahead(Source& source);
  static bool read(Source& source, Line& line);
  void hand_out(const Source& source, Line& line);

  Facts* facts_;
  Duration tolerance_;
  std::vector<Source> sources_;
  Instant reached_{INT64_MIN};
  LinePlace place_;
  std::size_t count_ = 0;
};

}  // namespace shinsa::sim
