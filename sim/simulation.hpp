/// The run loop: the system's World is stepped, its obligations are carried out by the fakes on a
/// virtual clock, and the judge follows the same trace.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sim/agenda.hpp"
#include "sim/clause_sets.hpp"
#include "sim/clock.hpp"
#include "sim/conduct.hpp"
#include "sim/judge.hpp"
#include "sim/performer.hpp"

namespace shinsa::sim {

struct SimulationOptions {
  std::shared_ptr<const model::Profile> system;  ///< may carry mutants
  std::shared_ptr<const model::Profile> judge;   ///< never does
  std::uint64_t seed = 1;
  Instant start;
  Conduct conduct;
  std::vector<Fault> faults;
  /// Whether a performer that does something else than its duty is a fault of ours, and ends the
  /// run; not where bugs are planted.
  bool strict = true;
  bool judge_counted = true;         ///< whether it is counted what the judge exercises
  std::size_t events_max = 100'000;  ///< reaching it is said, never a pass
};

/// An event that was stepped, and what of that which the system's World made of it is remembered.
struct Stepped {
  /// In the room of one address, for a trace has many: what is refused meets nothing.
  class Outcome {
   public:
    /// @param named  of one that is accepted, the clauses that it met; of another, that refuse it.
    ///               Held by the simulation.
    Outcome(bool accepted, ClauseSet named)
        : bits_(reinterpret_cast<std::uintptr_t>(named.held()) | (accepted ? kAccepted : 0)) {}
    [[nodiscard]] bool accepted() const { return (bits_ & kAccepted) != 0; }
    /// If not accepted: all that refuse it, ordered by id.
    [[nodiscard]] ClauseSet clauses() const { return accepted() ? ClauseSet() : named(); }
    /// Whose obligation this action met.
    [[nodiscard]] ClauseSet met() const { return accepted() ? named() : ClauseSet(); }

   private:
    static constexpr std::uintptr_t kAccepted = 1;  // no address of a set is odd
    [[nodiscard]] ClauseSet named() const {
      return ClauseSet(reinterpret_cast<const ClauseSet::Held*>(bits_ & ~kAccepted));
    }
    std::uintptr_t bits_;
  };
  Event event;
  Outcome outcome;
};
static_assert(alignof(ClauseSet::Held) > 1);

/// A duty, and whose it is.
struct Owed {
  TextId subject;
  model::Duty duty;
  friend bool operator==(const Owed&, const Owed&) = default;
};

/// Something that is to come.
struct Plan {
  bool is_duty = false;
  model::Duty duty;  ///< to be carried out if it still stands
  TextId subject;
  TypeIndex type = 0;  ///< or something that happens outside
  RecordId data;
};

/// What a simulation keeps its record in. The next one may use its memory again: to make all of it
/// anew would take a tenth of a short run.
struct Storage {
  Facts facts;
  model::Coverage coverage;
  std::vector<Stepped> trace;
  ClauseSets clauses;                         ///< that the trace names, and those before it did
  std::optional<model::World> system, judge;  ///< that are over
  std::vector<std::vector<Owed>> planned;     ///< by group of the system
  Agenda<Plan> agenda;
};

class Simulation {
 public:
  /// @param storage  of a simulation that has left it; whatever it holds is forgotten.
  explicit Simulation(SimulationOptions options,
                      std::unique_ptr<Storage> storage = std::make_unique<Storage>());
  Simulation(const Simulation&) = delete;  // the stage refers to it
  Simulation& operator=(const Simulation&) = delete;
  /// The end of it: nothing else may be asked any more.
  [[nodiscard]] std::unique_ptr<Storage> leave();

  /// Who carries out actions of a type. The performer outlives the simulation.
  void cast(TypeIndex action, Performer& performer);
  /// Null for what nobody carries out.
  [[nodiscard]] Performer* performer(TypeIndex action) const { return cast_[action]; }
  /// Who only watches.
  void watch(Performer& performer);
  /// The types that somebody wants to see, of those whom `whom` lets count.
  [[nodiscard]] TypeSet watched_by(const std::function<bool(const Performer&)>& whom) const;
  /// Whether somebody only watches: what comes of that, happens by itself.
  [[nodiscard]] bool is_onlooker(const Performer& performer) const;
  /// Lets those who watch see an event that happened elsewhere.
  void show(const Event& event, Stage& stage) const;

  /// Writes `log.opened`. Called once, before anything else.
  void open(const std::vector<std::string>& readings);
  /// Steps a fact or a request at the clock's instant.
  const Stepped& happen(TypeIndex type, TextId subject, RecordId data);
  /// Lets virtual time pass and carries out what falls due up to `to`, inclusive.
  /// @return an Error when a fake cannot act or a bound is reached ("out of virtual time", "too
  /// many events").
  [[nodiscard]] Result<void> run_until(Instant to);
  /// Whether anything is planned, or a deadline comes, up to `to`, inclusive.
  [[nodiscard]] bool has_plans_until(Instant to) const;
  /// Carries out the one thing that comes next, whenever that is. There must be one.
  [[nodiscard]] Result<void> run_next();
  /// Runs until nothing is planned any more, at most `bound` of virtual time.
  [[nodiscard]] Result<void> settle(Duration bound);
  /// Writes `log.closed` and ends the judge's trace.
  void close();

  [[nodiscard]] Instant now() const { return clock_.now(); }
  [[nodiscard]] Facts& facts() { return facts_; }
  [[nodiscard]] const Facts& facts() const { return facts_; }
  [[nodiscard]] Streams& streams() { return streams_; }
  /// The events so far, but for those that were forgotten.
  [[nodiscard]] const std::vector<Stepped>& trace() const { return trace_; }
  /// Forgets the oldest events of the trace, as many as that, for one that goes on without end.
  /// What they have led to stays, and lines are counted as before.
  void forget_trace(std::size_t count);
  /// Forgets things that are over and owe nothing, likewise: the model, its judge and the cast know
  /// nothing of them from then on.
  void forget(std::span<const TextId> things);
  /// Takes everything out of the store of facts that neither this nor anybody else speaks of.
  /// @param others  tell what they need.
  void forget_unneeded(const std::function<void(Needed&)>& others = {});
  /// How many events were forgotten: the first of the trace has the line after that.
  [[nodiscard]] std::size_t forgotten() const { return forgotten_; }
  [[nodiscard]] const model::World& system() const { return system_; }
  [[nodiscard]] const model::Coverage& coverage() const { return storage_->coverage; }
  [[nodiscard]] const Judge& judge() const { return judge_; }
  [[nodiscard]] const Artefacts& artefacts() const { return artefacts_; }

 private:
  struct Watcher {
    const TypeSet* types;
    Performer* performer;
  };

  void restart_storage(const model::Profile& profile);
  void follow(const model::World::Moved& moved);
  Stage& stage();
  const Stepped& step(TypeIndex type, TextId subject, RecordId data);
  void plan_new_duties();
  void plan_duties_of(std::uint32_t group);
  void plan_all_duties();
  void add_standing(std::uint32_t group);
  void find_unplanned(std::span<const Owed> planned);
  void plan(const Owed& owed);
  [[nodiscard]] Result<void> carry_out(const Plan& plan);

  std::unique_ptr<Storage> storage_;
  Facts& facts_;  // of the storage, as the three below
  std::vector<Stepped>& trace_;
  std::vector<std::vector<Owed>>& planned_;
  Agenda<Plan>& agenda_;
  Clock clock_;
  Streams streams_;
  Conduct conduct_;
  Faults faults_;
  Artefacts artefacts_;
  model::World system_;
  Judge judge_;
  std::array<Performer*, kEventTypes.size()> cast_{};
  std::vector<Watcher> watchers_;
  TypeSet watched_;                     // by any of them
  Stage stage_;                         // of the present step
  model::Outcome outcome_;              // scratch
  std::vector<Owed> standing_;          // scratch
  std::vector<Owed> before_;            // scratch
  std::vector<bool> found_;             // scratch: of what was planned, what stands still
  std::vector<std::size_t> unplanned_;  // scratch: positions in standing_
  std::uint64_t seed_;
  bool strict_;
  std::size_t events_max_;
  std::size_t forgotten_ = 0;  // events that were in the trace
};

}  // namespace shinsa::sim
