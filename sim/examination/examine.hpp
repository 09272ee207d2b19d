/// The examination of what a judge found in one coupling group: causes, and what follows from them;
/// what the log does not tell; what would have been right.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/examination/hypotheses.hpp"
#include "sim/examination/repairs.hpp"

namespace shinsa::sim {

/// Departures of one group that are told each by itself, at most.
inline constexpr std::size_t kCausesMax = 16;

/// One departure, whose findings are told together.
struct Answer {
  Finding finding;                 ///< the first; `allowed` is what was owed or allowed there
  std::vector<model::Stop> stops;  ///< violation: what of the tables says no, machine by machine
  std::optional<Repair> repair;    ///< none: no single event makes the log go on
  /// Readings, switched one at a time, under which the log goes on there: id and alternative.
  std::vector<std::pair<std::string, std::string>> other_readings;
  bool examined = false;  ///< whether a repair and other readings were looked for
  /// What would not have been found, had the log gone on as repaired.
  std::vector<Finding> follows;

  bool certain = true;  ///< false: it depends on what the log does not record
  /// Not certain: types that would settle it if they were recorded, as few as do.
  std::vector<TypeIndex> settled_by;
  std::vector<Recorded> supposed;  ///< not certain: what may have happened unrecorded
  bool bounded = false;            ///< not certain only because a bound was reached
};

/// What is asked besides the matters themselves, and how much all matters of a log are worth.
struct ExamineOptions {
  TypeSet unobserved;  ///< types that the log does not record, or not all of
  std::size_t steps_per_matter = kStepsPerMatter;
  std::size_t steps_per_log = 10 * kStepsPerMatter;
  std::size_t repairs_per_log = 200;  ///< departures for which repairs and readings are tried
};

class Examiner {
 public:
  /// For matters of one log, that are judged under one profile.
  explicit Examiner(ExamineOptions options) : options_(options) {}

  /// @return  in the order of the log; empty if nothing is held against it.
  [[nodiscard]] std::vector<Answer> examine(const Matter& matter);

 private:
  std::optional<Matter> tell_open(const Matter& matter, const Departure& first, Answer& answer);
  std::optional<Matter> tell_certain(const Matter& matter, const Departure& first, Answer& answer);
  static void tell_place(const Matter& matter, const Departure& first, Answer& answer);
  [[nodiscard]] std::vector<TypeIndex> settling(const Matter& matter, const Departure& first,
                                                const Explanation& explanation);
  void try_readings(const Matter& matter, const Departure& first, Answer& answer);
  std::shared_ptr<const model::Profile> under(const model::Profile& profile, std::size_t reading,
                                              std::size_t alternative);

  ExamineOptions options_;  // what is left of the bounds of the log
  std::size_t steps_ = 0;   // left for the matter at hand
  std::map<std::pair<std::size_t, std::size_t>, std::shared_ptr<const model::Profile>> profiles_;
};

}  // namespace shinsa::sim
