/// World: the executable rules. It takes every event of a trace, in order, and says what they mean.
///
/// One class, two roles. As the *system* its obligations are carried out by a simulator; as the
/// *judge* it steps through somebody else's trace. Pure and deterministic: no clock, no I/O, no
/// chance. Copying one is copying a few small vectors; contents live in the shared fact store.
#pragma once

#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/core/context.hpp"
#include "model/core/control.hpp"
#include "model/core/digest_index.hpp"
#include "model/core/tombstone.hpp"
#include "model/coverage.hpp"
#include "model/profile.hpp"
#include "model/vocabulary/carrier.hpp"
#include "model/vocabulary/needed.hpp"

namespace shinsa::model {

/// A duty as outsiders see it.
struct DutyView {
  const Duty* duty = nullptr;
  TextId subject;  ///< of the object that owes it
};

/// A duty that was not met: when it was due, or never.
struct Missed {
  TypeIndex type = 0;
  TextId subject;
  ClauseIndex clause = kNoClause;
  ListId clauses;  ///< of a refusal that was owed
  RecordId match;
  Instant due = kNever;
};

/// A few clauses; as many as one event mostly concerns have room without an allocation.
using FewClauses = boost::container::small_vector<ClauseIndex, 8>;

/// What one event meant.
struct Outcome {
  bool accepted = true;
  bool unjudged = false;  ///< no rule speaks of it (a mail that no clause names); accepted
  FewClauses clauses;     ///< if not accepted: every clause that refuses it, ordered by id
  FewClauses met;         ///< clauses whose obligation this action met
  std::vector<ClauseIndex> remarks;  ///< advisory clauses that were not kept
  std::vector<Missed> overdue;       ///< obligations whose due time passed before this event
};

/// What of the tables says no to an event.
struct Stop {
  TextId subject;  ///< the thing whose machine was asked
  std::string_view machine;
  std::string_view state;  ///< in which it is
  std::string_view guard;  ///< that says no; empty: no row of the state takes such an event
  ClauseIndex clause = kNoClause;
};

class World {
 public:
  /// @param facts  outlives the World; shared with other Worlds of the same run.
  World(std::shared_ptr<const Profile> profile, Facts& facts);
  /// The same in the memory of one that is over, if there is such.
  World(std::shared_ptr<const Profile> profile, Facts& facts, std::optional<World> over);

  /// Fires every deadline up to the event's time in (time, object, machine) order, then steps the
  /// event. A request that is refused changes nothing but may oblige to a refusal; an action that
  /// is not accepted changes nothing. Events must come in order of time; an earlier one is taken at
  /// the time already reached.
  Outcome step(const Event& event);
  /// The same. @param outcome  a new one, to be filled in where it stays.
  void step(const Event& event, Outcome& outcome);

  /// Fires the deadlines up to an instant without an event. @return obligations that became
  /// overdue.
  std::vector<Missed> advance(Instant to);

  /// What is owed and what is allowed now, in the order in which it arose, group by group.
  [[nodiscard]] std::vector<DutyView> duties() const;
  /// The duties of the group (common name, customer, contract) that the event belongs to; all of
  /// them if it is unknown.
  [[nodiscard]] std::vector<DutyView> duties_near(const Event& event) const;
  /// Obligations that are still owed: what a complete log that ends here is missing.
  [[nodiscard]] std::vector<Missed> owed() const;
  /// Whose duties may have changed.
  struct Changed {
    std::optional<std::uint32_t> group;  ///< of one group alone, by its position
    bool several = false;                ///< of any
  };
  /// For each machine that would be asked, what stops an event that is not accepted here.
  [[nodiscard]] std::vector<Stop> stops(const Event& event) const;
  /// What changed since this was asked last.
  Changed take_changed() { return std::exchange(changed_, {}); }
  /// Whether the duty is still there, as it was.
  [[nodiscard]] bool stands(const Duty& duty, TextId subject) const;
  [[nodiscard]] Instant next_deadline() const;
  /// Position of the group that the event belongs to, if it exists already.
  [[nodiscard]] std::optional<std::uint32_t> group_of(const Event& event) const;

  /// `UnderReview, AwaitingApproval, Waiting`: the states of the machines of an object; empty if it
  /// is unknown.
  [[nodiscard]] std::string states_of(TextId subject) const;
  /// What is on record of a customer, an organisation; zero if nothing is.
  [[nodiscard]] RecordId background(TextId subject) const { return background_.find(subject); }

  [[nodiscard]] const Profile& profile() const { return *profile_; }
  [[nodiscard]] const std::shared_ptr<const Profile>& profile_pointer() const { return profile_; }
  [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
  /// A copy of one of them as it is, put away or not. @param at  its position.
  [[nodiscard]] Group group_at(std::uint32_t at) const;
  [[nodiscard]] Facts& facts() const { return *facts_; }
  /// Counts into `coverage` from now on (null: stops). Not part of the World's value.
  void observe(Coverage* coverage) { coverage_ = coverage; }

  /// Puts everything with a life in the place of what is there, as if it had come to that by
  /// itself; what is on record of others stays. @param now  the time reached.
  void put_back(const std::vector<Group>& groups, Instant now);
  /// Whether the last step asked or changed more than the object that its event was first offered
  /// to: only then can what it did depend on anything else (the time and the record apart).
  [[nodiscard]] bool looked_beyond() const { return beyond_; }

  /// Goes on in another store, for a run without end: what no group refers to any more is not
  /// carried. Groups that nothing has addressed since the last time are put away and need no store;
  /// what addresses one raises it as it was, so nothing that is asked or stepped comes out
  /// otherwise. Only `groups`, `duties`, `digest` and comparison see none but those that are not
  /// put away.
  /// @param carry  from the store that it is in to `facts`, which outlives the World.
  void move_to(Facts& facts, Carrier& carry);
  /// How much of what an event's thing needs is looked for: each leads to the next.
  enum class Expecting : std::uint8_t { place, group, contents };
  /// Has it fetched from memory, for a step that comes soon. Says nothing and changes nothing.
  void expect(const Event& event, Expecting what) const;
  /// Where the things of a group are after some of it was forgotten.
  struct Moved {
    std::uint32_t group = 0;
    std::vector<ObjectIndex> to;  ///< by where they were; `kNoObject`: forgotten
  };
  /// Forgets things that are over, for a run without end: whatever says their names from then on
  /// speaks of nothing. What they owe is forgotten with them, and what leads to one leads nowhere.
  /// Who remembers duties has to change the objects in them.
  /// @param things  those that it does not know are passed over. @return by group, each once.
  std::vector<Moved> forget(std::span<const TextId> things);
  /// Whether the thing must do something that it has not done.
  [[nodiscard]] bool owes(TextId subject) const;
  /// Tells what of the store it refers to. None of its groups is put away.
  void tell_needed(Needed& needed) const;
  /// How many groups are put away, and the bytes that they take.
  [[nodiscard]] std::pair<std::size_t, std::size_t> put_away() const;

  /// From now on it is held against the tables, before a row fires, that it is the one that
  /// `enabled` names and the only one of its cell whose guards agree. Not part of the World's
  /// value.
  void check_rows() { checks_rows_ = true; }

  /// A digest of the control, independent of the order in which texts were interned.
  [[nodiscard]] Digest digest() const;
  friend bool operator==(const World& a, const World& b) {
    return a.groups_ == b.groups_ && a.background_ == b.background_;
  }

 private:
  struct Hash {
    std::size_t operator()(TextId id) const { return id.index * 0x9e3779b97f4a7c15ull; }
  };
  struct OfDigest {
    using is_avalanching = void;
    std::size_t operator()(const Digest& digest) const { return digest.low; }
  };
  struct Alarm {
    Instant at;
    std::uint32_t group;
  };

  [[nodiscard]] const Place* known_place(TextId subject) const;
  void remember(TextId subject, Place place);
  void put(TextId subject, Place place);
  [[nodiscard]] Value coupled_by(const Record& record) const;
  [[nodiscard]] const Place* linked_to(const Record& record) const;
  std::uint32_t group_for(const Event& event, const Record& record);
  [[nodiscard]] bool says_what_it_belongs_with(const Record& record) const;
  void join_its_group(Place& place, const Event& event, const Record& record);
  void adopt(TextId subject, std::uint32_t group);
  void move_object(Place& place, std::uint32_t group);
  [[nodiscard]] bool addresses(TextId subject, ObjectKind kind) const;
  [[nodiscard]] bool is_new(TextId subject, ObjectKind) const;
  using Addressee = bool (World::*)(TextId subject, ObjectKind kind) const;
  bool deliver_to(Addressee whom, const Event& event, const Record& record, Outcome& outcome);
  Place place_for(TextId subject, ObjectKind kind, const Event& event, const Record& record);
  bool take_refusal(const Event& event, const Record& record, Outcome& outcome);
  [[nodiscard]] bool accepts(Place place, const Route& route) const;
  [[nodiscard]] std::optional<Duty> met_by(const Event& event, const Record& record, Place place,
                                           const Route& route) const;
  bool deliver(Place place, const Route& route, const Event& event, const Record& record,
               Outcome& outcome);
  bool fire(std::uint32_t group, ObjectIndex object, std::uint8_t machine, std::uint8_t on,
            const Event& event, const Record& record);
  [[nodiscard]] static std::uint8_t expected_row(const MachineApi& api, std::uint8_t state,
                                                 std::uint8_t on, const Context& context,
                                                 const Event& event, const Record& record);
  void run_queue(std::uint32_t group, const Event& event, const Record& record);
  void refuse(const std::vector<std::pair<Place, Route>>& asked, const Event& event,
              const Record& record, Outcome& outcome);
  void refuse_never(const Event& event, Outcome& outcome);
  void forget_created();
  void fire_deadlines(Instant to, std::vector<Missed>& overdue);
  void fire_earliest(std::uint32_t group, std::vector<Missed>& overdue);
  void note_changed(std::uint32_t group);
  void rearm(std::uint32_t group);
  void rearm_touched(std::uint32_t group, std::size_t objects_before);
  void rearm(std::uint32_t group, Instant next_of_objects);
  void set_alarms();
  [[nodiscard]] Instant next_of(const Object& object) const;
  Group& new_group();
  void register_opened(std::uint32_t group);
  void register_objects(std::uint32_t group, std::size_t from);
  [[nodiscard]] Workspace workspace(std::uint32_t group);
  [[nodiscard]] bool is_asleep(std::uint32_t group) const;
  [[nodiscard]] std::optional<std::uint32_t> group_asleep(TextId subject) const;
  enum class Sought : std::uint8_t { background = 1, subject = 2, key = 4 };
  [[nodiscard]] bool is_first_search(TextId id, Sought what);
  void raise_for(const Event& event, const Record& record);
  void raise_subject(TextId subject);
  void raise_key(TextId key);
  void raise(std::uint32_t group);
  void put_to_sleep(std::uint32_t group);
  void carry_places(Carrier& carry);
  void carry_background(Carrier& carry);
  void raise_background(TextId subject);
  void raise_background(const Record& record);
  void note_used(std::uint32_t group);
  void close_up(Moved& moved);

  std::shared_ptr<const Profile> profile_;
  Facts* facts_;
  std::vector<Group> groups_;
  Background background_;
  Instant now_{INT64_MIN};
  std::vector<Place> places_;   // by subject: ids of texts are small and dense
  bool has_namesakes_ = false;  // some subject has more objects than the one that it leads to
  std::optional<std::size_t> opened_from_;  // of the group under way, what has no place yet
  boost::unordered_flat_map<TextId, std::uint32_t, Hash> group_of_;
  /// Groups that were put away, and what leads to them.
  struct Asleep {
    std::vector<Tombstone> groups;  // by position; those that are awake have none
    DigestIndex index;              // from subjects and keys to groups, some of them awake
    boost::unordered_flat_map<Digest, std::string, OfDigest> background;  // records, packed
    std::vector<std::uint32_t> recent;  // put away as they are: many are raised soon
    std::shared_ptr<Compressor> compressor;
    std::size_t count = 0;
    std::vector<std::uint8_t> sought;  // by text, what of it was raised since the last move
  };
  Asleep asleep_;
  std::vector<bool> used_;                   // groups since the last move; empty before the first
  std::vector<std::uint32_t> awake_;         // those of them that are not put away
  std::vector<TextId> background_subjects_;  // in the order in which they came
  std::vector<Alarm> alarms_;                // a heap; entries whose group was rearmed are skipped
  Coverage* coverage_ = nullptr;
  bool beyond_ = false;  // of the last step
  bool checks_rows_ = false;
  Changed changed_;
  std::vector<Group> spare_;                    // empty ones of a World that is over
  std::vector<Pending> queue_;                  // scratch, empty between steps
  std::vector<ClauseIndex> remarks_;            // scratch
  std::vector<std::pair<Place, Route>> asked_;  // scratch
  std::vector<Place> created_;                  // scratch: objects that the present event opened
  /// Scratch: which objects of a group were asked since it was rearmed, and whether one of them may
  /// have had the group's earliest deadline.
  struct Touched {
    std::vector<ObjectIndex> objects;
    bool earliest = false;
  };
  Touched touched_;
};

}  // namespace shinsa::model
