/// A log, read and judged as it says of itself: its system, its readings, whether it is complete.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/collect/read_file.hpp"
#include "model/profile.hpp"
#include "sim/judge.hpp"
#include "sim/merged.hpp"
#include "sim/trace_reader.hpp"

namespace shinsa::cli {

struct LogOptions {
  std::string system = "jpdirect-reissue";      ///< unless the log says another
  std::map<std::string, std::string> readings;  ///< over the log's own
  sim::Judged judged;
  bool complete = true;                ///< false: the log ends in the middle, whatever it says
  bool whatever_the_log_says = false;  ///< judged as a log of `system` all the same
  sim::Mapping mapping;                ///< how a log of another form is read
};

struct JudgedLog {
  std::vector<Error> errors;          ///< of the log's form; if there is one, nothing was judged
  std::vector<std::string> warnings;  ///< what is strange, and was judged all the same
  std::shared_ptr<const model::Profile> profile;
  std::unique_ptr<Facts> facts;
  std::vector<sim::Line> lines;
  std::unique_ptr<sim::Judge> judge;  ///< closed; null if there are errors
  bool complete = true;               ///< what was still owed at the end counts as missing
  std::vector<std::string> sources;   ///< the files that it is of
  std::map<std::size_t, sim::LinePlace> places;  ///< of lines of several sources, by number

  /// `file:line` of a line by its number.
  [[nodiscard]] std::string where(std::size_t number) const;
};

/// Judges a log that is there as a whole, and keeps its lines.
/// @param name  stands before the line number in errors and warnings.
[[nodiscard]] JudgedLog judge_log(std::string_view text, const std::string& name,
                                  const LogOptions& options);

/// What the judging of a log remembers at most before it forgets what is over.
struct LogMemory {
  std::size_t contents = 30'000;  ///< new ones in the store, before it is asked which are needed
  std::size_t lines = 50'000;     ///< kept with all that they say; of a longer log none are
  /// Read before the first of them is judged, of a log of one source: reading and judging take
  /// turns less often, and what an event needs is on its way from memory when its turn comes. With
  /// more than one, `text` is not what was written.
  std::size_t ahead = 1;
};

/// Judges a log event by event, in memory that grows with what is alive in it and not with the log.
class LogJudging {
 public:
  /// @param name  stands before a warning that is of no line.
  /// @param tolerance  by how much a source may be out of order.
  LogJudging(std::string name, LogOptions options, Duration tolerance = {}, LogMemory memory = {});
  ~LogJudging();
  /// Where events come from: to add sources to, before the first.
  [[nodiscard]] sim::Merged& sources() { return *sources_; }

  /// Takes one event more. @return false at the end.
  bool next();
  /// The event that was taken last, and whether it was judged.
  [[nodiscard]] const sim::Line& line() const { return lines_[at_]; }
  [[nodiscard]] const std::string& name() const { return name_; }
  /// That event as a line of our form: as it was written if it is one, else as we would write it.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] const Facts& facts() const { return *log_.facts; }
  /// Null before the first event, and once a line could not be read.
  [[nodiscard]] const sim::Judge* judge() const { return log_.judge.get(); }
  /// Takes the warnings since this was asked last.
  [[nodiscard]] std::vector<std::string> take_warnings();

  /// Ends it. @return all but the lines of a log that was too long; warnings that were taken are
  /// not in it.
  [[nodiscard]] JudgedLog finish();

 private:
  bool read();
  void expect_next() const;
  void open();
  void keep_line();
  void keep_place();
  void forget();
  void count();
  [[nodiscard]] std::size_t contents() const {
    return log_.facts->text_count() + log_.facts->record_count();
  }

  std::string name_;
  LogOptions options_;
  LogMemory memory_;
  std::size_t limit_;  // of contents
  JudgedLog log_;
  std::unique_ptr<Facts> spare_;
  std::unique_ptr<sim::Merged> sources_;
  std::vector<sim::Line> lines_;  // that were read
  std::size_t at_ = 0;            // the one that was taken last
  std::size_t read_ = 0;          // how many of them there are
  bool keeps_lines_ = true;
  std::size_t events_ = 0;                // lines, those of unknown types included
  bool opened_ = false, closed_ = false;  // by the log itself
  Value said_;                            // how many events log.closed counts
  std::size_t closing_line_ = 0;
};

}  // namespace shinsa::cli
