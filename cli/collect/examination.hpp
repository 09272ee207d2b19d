/// From what a judge found in a log to answers: the groups that it concerns are gathered from the
/// log, and each is examined by itself.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/collect/judge_log.hpp"
#include "sim/examination/examine.hpp"

namespace shinsa::cli {

/// Groups of one log that are examined, at most; what the judge found in others is told as found,
/// or as inconclusive where the log does not record everything.
inline constexpr std::size_t kMattersMax = 2'000;

/// The types that a log records completely, as its first line says; those that occur in it, if it
/// does not say. `*` stands for every type.
class Observed {
 public:
  /// Takes each event of the log.
  void take(const Event& event, const Facts& facts);
  /// Types of requests and actions of the system that are not recorded, or not all.
  [[nodiscard]] sim::TypeSet unobserved(const model::Profile& profile) const;

 private:
  sim::TypeSet occur_, said_;
  bool says_ = false, all_ = false;
};

/// Which group each event of a log belongs to. What was refused when it was first named has no
/// place in a World: it belongs with what it named then.
class Grouping {
 public:
  /// Takes each event of the log. @param world  of a judge at this event or later.
  void take(const Event& event, const Facts& facts, const model::World& world);
  [[nodiscard]] std::optional<std::uint32_t> of(const Event& event, const Facts& facts,
                                                const model::World& world) const;
  /// Of what the finding is about.
  [[nodiscard]] std::optional<std::uint32_t> of(const sim::Finding& finding, const Facts& facts,
                                                const model::World& world) const;

 private:
  std::map<std::string, std::uint32_t, std::less<>> refused_;
};

/// Gathers the events of the groups in which something was found, in stores of their own. The log
/// may be gone through a second time for it: events are taken one by one.
class Gathering {
 public:
  /// @param judge  that has gone through the log; what it found says which groups are gathered.
  Gathering(const sim::Judge& judge, const Grouping& grouping, const Facts& facts);
  [[nodiscard]] bool is_empty() const { return matters_.empty(); }
  [[nodiscard]] bool holds(std::uint32_t group) const { return matters_.contains(group); }
  /// @param world  of a judge at this event or later: it says which group the event belongs to.
  void take(const Event& event, std::size_t line, const Facts& facts, const model::World& world);
  /// Whether the bound was reached.
  [[nodiscard]] bool is_bounded() const { return bounded_; }

  struct Gathered {
    std::unique_ptr<Facts> facts;
    sim::Matter matter;
  };
  /// @param complete  what is owed at the end is missing.
  [[nodiscard]] std::vector<Gathered> finish(const std::shared_ptr<const model::Profile>& profile,
                                             sim::Judged judged, bool complete);

 private:
  Gathered& matter_of(std::uint32_t group);
  const Grouping* grouping_;
  std::map<std::uint32_t, Gathered> matters_;
  std::vector<sim::Recorded> background_;  // of no group; in a store of their own
  std::unique_ptr<Facts> background_facts_;
  Instant until_;
  std::size_t last_line_ = 0;
  bool bounded_ = false;
};

/// What is answered of one log.
struct Examined {
  struct Told {
    std::shared_ptr<Facts> facts;  ///< that the answer speaks of
    sim::Answer answer;
  };
  std::vector<Told> answers;          ///< in the order of the log
  std::vector<sim::Finding> remarks;  ///< of the judge, as they are
  std::vector<sim::Finding> rest;     ///< what the judge found in no group that is examined
  sim::TypeSet unobserved;
  bool bounded = false;  ///< some answer is none because a bound was reached

  [[nodiscard]] bool is_violated() const;
  [[nodiscard]] bool is_inconclusive() const;
};

/// Examines a log that is held in memory.
[[nodiscard]] Examined examine(const JudgedLog& log, sim::Judged judged);

/// A log too long for its lines to be kept: what the judge found is told as found, or as
/// inconclusive where the log does not record everything. @param observed  has taken all events.
[[nodiscard]] Examined as_found(const JudgedLog& log, const Observed& observed);

}  // namespace shinsa::cli
