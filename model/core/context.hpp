/// What a guard may ask and an effect may record while one event is stepped.
///
/// Guards get it const: they read. Effects record obligations, messages and facts; nothing is
/// delivered here. `me()` is the object addressed. Everything else (`group()`, other objects) goes
/// through functions that note that the step looked beyond its own object, so that an explorer
/// knows which steps depend on nothing else.
#pragma once

#include <functional>
#include <vector>

#include "model/core/machine_api.hpp"
#include "model/coverage.hpp"
#include "model/profile.hpp"

namespace shinsa::model {

/// Records of the world at large (customers, directory entries), by subject.
class Background {
 public:
  [[nodiscard]] RecordId find(TextId subject) const;
  void set(TextId subject, RecordId record);
  void clear() { entries_.clear(); }
  [[nodiscard]] const std::vector<std::pair<TextId, RecordId>>& entries() const { return entries_; }
  friend bool operator==(const Background&, const Background&) = default;

 private:
  std::vector<std::pair<TextId, RecordId>> entries_;  // ordered by subject
};

/// Where the object of a subject is.
struct Place {
  std::uint32_t group = 0;
  ObjectIndex object = kNoObject;
};

struct Pending {
  ObjectIndex object;
  std::uint8_t machine;
  std::uint8_t event;
  bool must_be_taken;
};

/// What one step of a World works on; made by World, passed to machines.
struct Workspace {
  Group* group = nullptr;
  Facts* facts = nullptr;
  const Profile* profile = nullptr;
  const Background* background = nullptr;
  Coverage* coverage = nullptr;  ///< may be null
  std::vector<Pending>* queue = nullptr;
  std::vector<ClauseIndex>* remarks = nullptr;
  bool looked_beyond = false;      ///< the step read or wrote more than its own object
  bool changed_another = false;    ///< it may have changed an object that was there before it
  std::size_t objects_before = 0;  ///< how many were there
  const std::vector<Place>* places = nullptr;  ///< by subject
  std::uint32_t at = 0;                        ///< the group's position, as places tell it
  /// So many objects of the group, from its first, are where `places` says and nowhere else.
  std::size_t placed = 0;
};

/// Builds what an action must say: fields by name, of one event type.
template <Literal Type>
class ActionMatch {
 public:
  template <Literal F>
  ActionMatch& with(TextId text) {
    return put<F>(Value::of(text));
  }
  template <Literal F>
  ActionMatch& with(ListId list) {
    return put<F>(Value::of(list));
  }
  template <Literal F>
  ActionMatch& with(Instant instant) {
    return put<F>(Value::of(instant));
  }
  template <Literal F>
  ActionMatch& with(Value value) {
    return put<F>(value);
  }
  ActionMatch& not_before(Instant t) {
    earliest = t;
    return *this;
  }
  ActionMatch& due(Instant t) {
    latest = t;
    return *this;
  }

  /// What is stated so far, as a record.
  [[nodiscard]] RecordId record(Facts& facts) const {
    return facts.intern_record(kType<Type>, {fields.data(), kFieldCounts[kType<Type>]});
  }

  std::array<Value, kFieldsMax> fields{};
  Instant earliest;
  Instant latest = kNever;

 private:
  template <Literal F>
  ActionMatch& put(Value value) {
    fields[kField<Type, F>] = value;
    return *this;
  }
};

class Context {
 public:
  Context(Workspace& work, ObjectIndex self, std::uint8_t machine, const Event& event)
      : work_(&work), self_(self), machine_(machine), event_(&event) {}

  // -- asking
  // ---------------------------------------------------------------------------------------------------------
  [[nodiscard]] const Object& me() const { return work_->group->objects[self_]; }
  [[nodiscard]] Instant now() const { return event_->time; }
  [[nodiscard]] const Facts& facts() const { return *work_->facts; }
  /// The store of a guard that must normalise a text first: interning adds, but changes nothing
  /// that exists.
  [[nodiscard]] Facts& store() const { return *work_->facts; }
  [[nodiscard]] const Group& group() const {
    work_->looked_beyond = true;
    return *work_->group;
  }
  [[nodiscard]] const Object* object(ObjectIndex at) const;  ///< null for kNoObject
  [[nodiscard]] ObjectIndex find(
      TextId subject) const;  ///< in the group; kNoObject if it is not there
  [[nodiscard]] ObjectIndex self() const { return self_; }
  [[nodiscard]] const Record* background(TextId subject) const;  ///< null if nothing was said of it
  [[nodiscard]] std::int64_t reading(std::size_t reading) const {
    return work_->profile->readings[reading];
  }
  [[nodiscard]] Desk desk() const { return work_->profile->desk(); }
  template <Literal Id, Literal Key>
  [[nodiscard]] std::int64_t number() const {
    return work_->profile->numbers[kNumber<Id, Key>];
  }
  /// A field of what a record slot of this object holds; absent when the slot is empty.
  template <Literal Type, Literal F>
  [[nodiscard]] Value said(RecordSlot slot) const {
    return said_by<Type, F>(me(), slot);
  }
  template <Literal Type, Literal F>
  [[nodiscard]] Value said_by(const Object& object, RecordSlot slot) const {
    const RecordId id = object[slot];
    if (!id) return {};
    const Record& record = facts().record(id);
    return record.type == kType<Type> ? record.fields[kField<Type, F>] : Value{};
  }
  /// Whether the event says what an obligation of this machine (recorded by effect E, whichever it
  /// was) demands.
  [[nodiscard]] bool as_owed(const Event& event, const Record& record) const;
  /// Whether this machine owes an action of that type, whatever it has to say.
  [[nodiscard]] bool owes(TypeIndex action) const;
  /// Whether the event says, in the fields `F`, what a `Showing` of this machine that is owed still
  /// had to say when it was asked for: all that was stated then, and a field that was not stated
  /// says nothing.
  template <Literal... F>
  [[nodiscard]] bool as_asked(const auto& shown) const {
    constexpr const EventType& type = kEventTypes[std::remove_cvref_t<decltype(shown)>::type];
    constexpr std::array<std::uint8_t, sizeof...(F)> fields{
        static_cast<std::uint8_t>(*type.field(F.view()))...};
    return was_asked(*shown.event, *shown.record, fields);
  }
  /// Same name without regard to case.
  [[nodiscard]] bool same_name(TextId a, TextId b) const {
    return a == b || store().lower(a) == store().lower(b);
  }
  /// Same names without regard to case and order.
  [[nodiscard]] bool same_names(ListId a, ListId b) const;

  // -- recording
  // ------------------------------------------------------------------------------------------------------
  [[nodiscard]] Object& me() { return work_->group->objects[self_]; }
  [[nodiscard]] Object& object_to_change(ObjectIndex at) {
    work_->looked_beyond = true;
    work_->changed_another |= at < work_->objects_before;
    return work_->group->objects[at];
  }
  template <Literal Type>
  [[nodiscard]] static ActionMatch<Type> action() {
    return {};
  }
  template <Literal Type>
  void must(const ActionMatch<Type>& match) {
    owe(kType<Type>, self_, Duty::Modality::must, match.fields, match.earliest, match.latest);
  }
  template <Literal Type>
  void may(const ActionMatch<Type>& match) {
    owe(kType<Type>, self_, Duty::Modality::may, match.fields, match.earliest, match.latest);
  }
  /// The same for an action whose subject is another object (a certificate to be revoked).
  template <Literal Type>
  void must_of(ObjectIndex object, const ActionMatch<Type>& match) {
    owe(kType<Type>, object, Duty::Modality::must, match.fields, match.earliest, match.latest);
  }
  template <Literal Type>
  void may_of(ObjectIndex object, const ActionMatch<Type>& match) {
    owe(kType<Type>, object, Duty::Modality::may, match.fields, match.earliest, match.latest);
  }
  /// Drops what this object's machines owe or may do; refusals stay owed, and so does what
  /// somebody asked to see.
  void withdraw_duties();
  /// Drops what this machine's effects made the object owe or allowed it.
  void withdraw_own_duties();
  /// Drops what this machine's effects made the object owe of one type.
  template <Literal Type>
  void withdraw_own_duties_of() {
    withdraw_own(kType<Type>);
  }
  /// Drops the permission to do one thing.
  template <Literal Type>
  void withdraw_permission() {
    withdraw(kType<Type>);
  }
  /// From now on what was allowed of this object is owed.
  void permissions_become_obligations();
  void post(MessageId message) { post_to(self_, message); }
  void post_to(ObjectIndex object, MessageId message);
  void tell(MessageId message);                         ///< like post, but nobody need take it
  void tell_to(ObjectIndex object, MessageId message);  ///< kNoObject: nobody
  void announce(MessageId message);
  [[nodiscard]] ObjectIndex create(ObjectKind kind, TextId subject);
  /// An advisory clause ("usually") was not kept: told, never a violation.
  void remark(ClauseIndex clause) {
    if (work_->remarks) work_->remarks->push_back(clause);
  }
  template <Literal Text>
  [[nodiscard]] TextId text() {
    return store().intern(Text.view());
  }
  /// A label of the catalogue with `{cn}` filled in.
  [[nodiscard]] TextId label(std::string_view text, TextId common_name = {}) const;

  // -- for the row type
  // -----------------------------------------------------------------------------------------------
  template <class Test>
  [[nodiscard]] bool ask(std::uint8_t guard, const Test& test) const {
    const Profile& profile = *work_->profile;
    bool yes = test();
    if (profile.mutation &&
        ((profile.mutation->forced_yes[machine_] | profile.mutation->forced_no[machine_]) >> guard &
         1)) [[unlikely]] {
      const bool forced = (profile.mutation->forced_yes[machine_] >> guard & 1) != 0;
      if (forced != yes) spoilt();
      yes = forced;
    }
    if (work_->coverage) {
      const auto& seen = work_->coverage->machines()[machine_];
      work_->coverage->note((yes ? seen.yes : seen.no)[guard]);
    }
    return yes;
  }
  template <class Run>
  void act(std::uint8_t effect, std::span<const ClauseIndex> clauses, const Run& run) {
    effect_ = effect;
    clause_ = clauses.empty() ? kNoClause : work_->profile->clause_of(clauses);
    spoil_ = work_->profile->mutation ? work_->profile->mutation->effects[machine_][effect]
                                      : Spoil::none;
    if (work_->coverage)
      work_->coverage->note(work_->coverage->machines()[machine_].effects[effect]);
    if (spoil_ == Spoil::drop || spoil_ == Spoil::twice) [[unlikely]]
      return act_spoilt(run);
    run();
  }
  [[nodiscard]] Workspace& work() const { return *work_; }

 private:
  [[nodiscard]] std::size_t first_of(TextId subject) const;
  [[nodiscard]] bool shows(const Duty& duty) const;
  [[nodiscard]] bool was_asked(const Event& event, const Record& record,
                               std::span<const std::uint8_t> fields) const;
  void owe(TypeIndex type, ObjectIndex object, Duty::Modality modality,
           const std::array<Value, kFieldsMax>& fields, Instant not_before, Instant due);
  /// A mutant has made a difference.
  void spoilt() const {
    if (work_->coverage) work_->coverage->note_spoilt();
  }
  /// An effect that is dropped or done twice; it makes a difference only where it leaves something.
  void act_spoilt(const std::function<void()>& run);
  void withdraw(TypeIndex permission);
  void withdraw_own(TypeIndex type);

  Workspace* work_;
  ObjectIndex self_;
  std::uint8_t machine_;
  const Event* event_;
  std::uint8_t effect_ = 0;
  ClauseIndex clause_ = kNoClause;
  Spoil spoil_ = Spoil::none;
};

/// Whether an action says everything that `match` states: names without regard to case, mail
/// addresses by mailbox, mail subjects as read with or without the square brackets (JPR-Q14), lists
/// as sets. A mail may serve more purposes than one is owed for. What the action leaves out agrees.
[[nodiscard]] bool agrees(Facts& facts, const Record& match, const Record& action);

}  // namespace shinsa::model
