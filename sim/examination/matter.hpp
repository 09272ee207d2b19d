/// A matter to be examined: the events of one coupling group as a log has them, in a fact store of
/// their own, and what a World says when it is taken through them.
///
/// Groups are independent of one another (what is on record of customers and prices apart), so what
/// a judge finds in one can be looked into without the rest of the log.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "sim/judge.hpp"

namespace shinsa::sim {

/// An event that stands in the log, or is supposed to have happened.
struct Recorded {
  Event event;
  std::size_t line = 0;   ///< where it stands; supposed: the line before which it happened
  bool supposed = false;  ///< the log does not have it
};

/// Takes an event into another store. @return  the same with that store's ids.
[[nodiscard]] Event carried(const Event& event, const Facts& from, Facts& to);

/// What one group has in a log, and how it is judged.
struct Matter {
  std::shared_ptr<const model::Profile> profile;
  Facts* facts = nullptr;  ///< of its own; grows while it is examined
  Judged judged;
  std::vector<Recorded> events;
  bool complete = true;  ///< what is owed when the log ends is missing
  Instant until;         ///< time of the log's last line
  std::size_t last_line = 0;
};

/// Something held against the judged party, and after how many of the matter's events it showed.
struct Departure {
  Finding finding;
  std::size_t at = 0;  ///< index of the event that showed it; the number of events: the end
};

/// One way in which things went: a World on its way through the events of a matter.
class Course {
 public:
  explicit Course(const Matter& matter);

  /// Takes the next event. @return  what is held against it, mostly nothing.
  std::vector<Finding> step(const Recorded& next);
  /// The end of the log: what became due by then, and what is owed still.
  std::vector<Finding> close();
  /// Supposes that something happened. @return  whether it was accepted, changed something and
  /// nothing became due before it; if not, the course is of no use any more.
  bool suppose(const Event& event);

  [[nodiscard]] const model::World& world() const { return world_; }
  /// What is owed or allowed now.
  [[nodiscard]] std::vector<Allowed> allowed() const;

 private:
  void add_missed(const std::vector<model::Missed>& missed, Finding::Kind kind, const Event& event,
                  std::size_t line, std::vector<Finding>& into) const;

  const Matter* matter_;
  model::World world_;
  Event last_;
};

/// Goes through a matter from an event on. @param course  as it is before that event.
[[nodiscard]] std::vector<Departure> departures(const Matter& matter, Course course,
                                                std::size_t from);
[[nodiscard]] std::vector<Departure> departures(const Matter& matter);

/// Whether both are the same finding of one log.
[[nodiscard]] bool is_same(const Finding& a, const Finding& b);

/// Whether a departure is among others, or its event is held against the party for something else.
[[nodiscard]] bool still_shows(const std::vector<Departure>& all, const Departure& departure);

}  // namespace shinsa::sim
