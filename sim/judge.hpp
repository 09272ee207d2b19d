/// The judge: a World that steps through a trace made by somebody else and says what broke which
/// clause.
///
/// It never carries a mutant and never sees the system's World; the two share only the fact store.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "model/world.hpp"

namespace shinsa::sim {

/// One thing the judged party was obliged or allowed to do at a moment.
struct Allowed {
  TypeIndex type = 0;
  TextId subject;
  ClauseIndex clause = kNoClause;
  RecordId match;
  bool must = false;
};

/// One departure from the clauses, or advice not kept.
struct Finding {
  enum class Kind {
    violation,  ///< an action that a clause forbids
    overdue,    ///< an obligation whose due time passed
    missing,    ///< an obligation that was still owed when a complete trace ended
    remark,     ///< an advisory clause ("usually") was not kept; never fails anything
  };
  Kind kind = Kind::violation;
  std::size_t line = 0;  ///< of the event, as the caller counts; for `missing` the last line
  Event event;         ///< what happened; for overdue and missing the event at which it was noticed
  TypeIndex type = 0;  ///< the action that happened, or is missing
  TextId subject;
  std::vector<ClauseIndex> clauses;  ///< ordered by id, at least one
  std::vector<Allowed> allowed;      ///< what was owed or allowed instead
  RecordId match;                    ///< overdue, missing: what the action had to say
  Instant due = kNever;
};

/// Whose actions are judged; the others' are taken as input.
struct Judged {
  bool portal = true;
  bool ca = true;
  bool counted = true;  ///< whether it is counted what the judge exercises

  /// Whether events of the type are judged.
  [[nodiscard]] bool judges(const EventType& type) const {
    return type.sort == Sort::action && (type.actor == Actor::portal ? portal : ca);
  }
};

/// What was missed as a finding. @param event, line  where it was noticed.
[[nodiscard]] Finding finding_of(const model::Missed& missed, Finding::Kind kind,
                                 const Event& event, std::size_t line, const Facts& facts);

class Judge {
 public:
  /// @param over  a judge's World that is over; its memory is used again.
  Judge(std::shared_ptr<const model::Profile> profile, Facts& facts, Judged judged = {},
        std::optional<model::World> over = {});
  /// The end of it: nothing else may be asked any more. @return its World, which is over.
  [[nodiscard]] model::World leave() { return std::move(world_); }

  /// Takes the next event of the trace. @return how many findings are new.
  std::size_t observe(const Event& event, std::size_t line);

  /// Has what an event needs fetched from memory that is observed soon.
  void expect(const Event& event, model::World::Expecting what) const {
    world_.expect(event, what);
  }

  /// Goes on in another store, which then holds what this judge still needs: see World::move_to.
  void move_to(Facts& facts, Carrier& carry);

  /// Forgets things that are over: see World::forget.
  void forget(std::span<const TextId> things) { world_.forget(things); }
  /// Tells what of the store it refers to.
  void tell_needed(Needed& needed) const;

  /// Ends the trace. @param complete  whether it holds every event, so that what is still owed is
  /// missing.
  void close(bool complete);

  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }
  /// Violations, overdue and missing ones: what fails a trace.
  [[nodiscard]] std::size_t violations() const;
  [[nodiscard]] const model::Coverage& coverage() const { return *coverage_; }
  [[nodiscard]] const model::World& world() const { return world_; }
  [[nodiscard]] std::size_t events() const { return events_; }
  [[nodiscard]] std::size_t unjudged() const { return unjudged_; }

 private:
  [[nodiscard]] std::vector<Allowed> allowed_near(const Event& event) const;
  void add_missed(const std::vector<model::Missed>& missed, Finding::Kind kind, const Event& event,
                  std::size_t line);

  model::World world_;
  std::unique_ptr<model::Coverage> coverage_;
  Judged judged_;
  std::vector<Finding> findings_;
  std::set<std::uint32_t>
      broken_;  // groups with a violation: what follows from it is not reported again
  Event last_;
  std::size_t last_line_ = 0;
  std::size_t events_ = 0;
  std::size_t unjudged_ = 0;
};

}  // namespace shinsa::sim
