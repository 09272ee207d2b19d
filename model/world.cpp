#include "model/world.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "model/core/blank.hpp"
#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/growth.hpp"

namespace shinsa::model {

namespace {

// An event whose messages never end is our own mistake; but all things of a group may be told of
// one of them.
constexpr std::size_t kMessagesPerStep = 10'000;
constexpr std::size_t kMessagesPerObject = 10;

constexpr std::size_t kExpected = 4;    // objects and duties of a group
constexpr std::size_t kAlarms = 1'024;  // more than two for each group

/// Per event type: what a refusal of it obliges to, where it obliges to anything.
constexpr auto kRefusals = [] {
  std::array<TypeIndex, kEventTypes.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!kEventTypes[i].refused_by.empty()) all[i] = *find_type(kEventTypes[i].refused_by);
  return all;
}();

bool later(Instant a, Instant b) { return a > b; }

/// Whether a subject's name leaves it open that it is of the kind. Mostly it says so.
bool may_be(std::string_view subject, ObjectKind kind) {
  const std::string_view word = kObjectKindNames[static_cast<std::size_t>(kind)];
  const bool says_so =
      subject.size() > word.size() && subject[word.size()] == '/' && subject.starts_with(word);
  return says_so || kind_of_subject(subject).value_or(kind) == kind;
}

}  // namespace

World::World(std::shared_ptr<const Profile> profile, Facts& facts)
    : profile_(std::move(profile)), facts_(&facts) {}

World::World(std::shared_ptr<const Profile> profile, Facts& facts, std::optional<World> over)
    : World(std::move(profile), facts) {
  if (!over) return;
  const auto take = [](auto& into, auto& from) {
    into = std::move(from);
    into.clear();
  };
  for (Group& group : over->groups_) {
    group.objects.clear();
    group.duties.clear();
    over->spare_.push_back(std::move(group));
  }
  spare_ = std::move(over->spare_);
  take(groups_, over->groups_);
  take(places_, over->places_);
  take(group_of_, over->group_of_);
  take(alarms_, over->alarms_);
  take(queue_, over->queue_);
  take(remarks_, over->remarks_);
  take(background_, over->background_);
  take(asked_, over->asked_);
  take(created_, over->created_);
  take(background_subjects_, over->background_subjects_);
}

Workspace World::workspace(std::uint32_t group) {
  const std::size_t objects = groups_[group].objects.size();
  Workspace work{&groups_[group], facts_,  profile_.get(), &background_,
                 coverage_,       &queue_, &remarks_};
  work.objects_before = objects;
  work.places = &places_;
  work.at = group;
  work.placed = has_namesakes_ ? 0 : opened_from_.value_or(objects);
  return work;
}

// -- stepping
// -----------------------------------------------------------------------------------------------------------

Outcome World::step(const Event& event) {
  Outcome outcome;
  step(event, outcome);
  return outcome;
}

void World::step(const Event& event, Outcome& outcome) {
  if (event.time < now_) {  // time does not go back: it is taken at the time already reached
    Event later = event;
    later.time = now_;
    return step(later, outcome);
  }
  now_ = event.time;
  beyond_ = false;
  if (!alarms_.empty() && alarms_.front().at <= now_) {
    beyond_ = true;
    fire_deadlines(now_, outcome.overdue);
  }
  const EventType& type = event.row();
  const Record& record = facts_->record(event.data);
  if (type.sort == Sort::frame) return;
  if (asleep_.count > 0 || !asleep_.background.empty()) raise_for(event, record);
  if (type.sort == Sort::fact && profile_->routes[event.type].empty()) {  // of no thing with a life
    beyond_ = true;
    if (!background_.find(event.subject)) background_subjects_.push_back(event.subject);
    background_.set(event.subject, event.data);
    return;
  }
  if (take_refusal(event, record, outcome)) return;
  asked_.clear();
  created_.clear();
  if (deliver_to(&World::addresses, event, record, outcome)) return;
  if (asked_.empty() && deliver_to(&World::is_new, event, record, outcome)) return;
  if (asked_.empty())
    refuse_never(event, outcome);
  else
    refuse(asked_, event, record, outcome);
  forget_created();
}

/// Offers an event to every machine that listens to it, until one takes it. @return whether one
/// did.
bool World::deliver_to(Addressee whom, const Event& event, const Record& record, Outcome& outcome) {
  for (const Route& route : profile_->routes[event.type]) {
    const MachineApi& machine = *profile_->machines[route.machine];
    const EventInfo& asked = machine.events[route.event];
    const TextId subject = asked.addressee(event, record);
    if (!(this->*whom)(subject, machine.kind)) continue;
    const Place place = place_for(subject, machine.kind, event, record);
    if (subject != event.subject) {
      beyond_ = true;
      adopt(event.subject, place.group);
    }
    if (asked.is) {
      Workspace work = workspace(place.group);
      const bool taken = asked.is(Context(work, place.object, route.machine, event), event, record);
      beyond_ |= work.looked_beyond;
      if (!taken) continue;
    }
    asked_.emplace_back(place, route);
    if (deliver(place, route, event, record, outcome)) return true;
  }
  return false;
}

/// An action that no machine takes breaks the clause that forbids it outright; without one no rule
/// speaks of it.
void World::refuse_never(const Event& event, Outcome& outcome) {
  for (const auto& [type, clause] : profile_->never)
    if (type == event.type) outcome.clauses.push_back(clause);
  outcome.accepted = outcome.clauses.empty();
  outcome.unjudged = outcome.accepted;
  if (coverage_)
    for (ClauseIndex index : outcome.clauses) coverage_->note(coverage_->refused()[index]);
}

/// What a refused event would have opened is taken back, unless a refusal is owed to it.
void World::forget_created() {
  for (auto place = created_.rbegin(); place != created_.rend(); ++place) {
    Group& group = groups_[place->group];
    const bool owed = std::ranges::any_of(
        group.duties, [&](const Duty& duty) { return duty.object == place->object; });
    if (owed || place->object + 1u != group.objects.size()) continue;
    places_[group.objects.back().subject.index] = Place{};
    group.objects.pop_back();
  }
}

std::vector<Missed> World::advance(Instant to) {
  std::vector<Missed> overdue;
  if (to > now_) now_ = to;
  fire_deadlines(now_, overdue);
  return overdue;
}

/// A refusal that is owed answers a refused request; it changes no machine.
bool World::take_refusal(const Event& event, const Record& record, Outcome& outcome) {
  if (event.row().sort != Sort::action) return false;
  const Place* known = known_place(event.subject);
  if (!known) return false;
  auto& duties = groups_[known->group].duties;
  const auto owed = std::ranges::find_if(duties, [&](const Duty& duty) {
    return duty.refusal && duty.type == event.type && duty.object == known->object &&
           (!duty.match || agrees(*facts_, facts_->record(duty.match), record));
  });
  if (owed == duties.end()) return false;
  const auto meet = [&](ClauseIndex index) {
    outcome.met.push_back(index);
    if (coverage_) coverage_->note(coverage_->met()[index]);
  };
  const auto refused = facts_->list(owed->clauses);
  if (refused.size() == 1) {
    meet(owed->clause);
  } else {
    for (TextId id : refused)
      if (const auto index = find_clause(facts_->text(id))) meet(*index);
  }
  const bool had_time = owed->due != kNever;
  duties.erase(owed);
  note_changed(known->group);
  if (had_time) rearm(known->group);
  return true;
}

/// Whether the machine listens to that event in the state in which it is.
bool World::accepts(Place place, const Route& route) const {
  const std::uint8_t state =
      groups_[place.group].objects[place.object].states[profile_->slot_of[route.machine]];
  return (profile_->machines[route.machine]->accepts[state] >> route.event & 1) != 0;
}

/// The duty that an action carries out if the machine takes it: one with which it agrees, else the
/// oldest of the machine's for which something of the kind had to be shown.
std::optional<Duty> World::met_by(const Event& event, const Record& record, Place place,
                                  const Route& route) const {
  std::optional<Duty> shown;
  if (event.row().sort != Sort::action) return shown;
  for (const Duty& duty : groups_[place.group].duties) {
    if (duty.refusal || duty.type != event.type || duty.object != place.object) continue;
    if (!duty.match || agrees(*facts_, facts_->record(duty.match), record)) return duty;
    if (!shown && duty.machine == route.machine &&
        profile_->machines[duty.machine]->effects[duty.effect].shows)
      shown = duty;
  }
  return shown;
}

bool World::deliver(Place place, const Route& route, const Event& event, const Record& record,
                    Outcome& outcome) {
  if (!accepts(place, route)) return false;
  const std::optional<Duty> meets = met_by(event, record, place, route);
  const std::size_t objects_before = groups_[place.group].objects.size();
  touched_.objects.clear();
  touched_.earliest = false;
  opened_from_ = objects_before;
  if (!fire(place.group, place.object, route.machine, route.event, event, record)) {
    opened_from_.reset();
    return false;
  }
  note_changed(place.group);
  if (meets) {
    auto& duties = groups_[place.group].duties;
    if (const auto at = std::ranges::find(duties, *meets); at != duties.end()) duties.erase(at);
    if (meets->clause != kNoClause) {
      outcome.met.push_back(meets->clause);
      if (coverage_) coverage_->note(coverage_->met()[meets->clause]);
    }
  }
  run_queue(place.group, event, record);
  register_opened(place.group);
  rearm_touched(place.group, objects_before);
  if (!remarks_.empty()) {
    outcome.remarks = remarks_;
    remarks_.clear();
  }
  return true;
}

bool World::fire(std::uint32_t group, ObjectIndex object, std::uint8_t machine, std::uint8_t on,
                 const Event& event, const Record& record) {
  if (!accepts({group, object}, {machine, on})) return false;
  const MachineApi& api = *profile_->machines[machine];
  const std::size_t slot = profile_->slot_of[machine];
  const std::uint8_t state = groups_[group].objects[object].states[slot];
  Workspace work = workspace(group);
  Context context(work, object, machine, event);
  touched_.objects.push_back(object);
  const Instant next_deadline = next_of(groups_[group].objects[object]);
  touched_.earliest |= next_deadline != kNever && next_deadline <= groups_[group].next_of_objects;
  std::uint8_t fired = kNoRow;
  const std::uint8_t expected =
      checks_rows_ ? expected_row(api, state, on, context, event, record) : kNoRow;
  const std::uint8_t next = api.step(state, context, on, event, record, fired);
  beyond_ |= work.looked_beyond;
  touched_.earliest |= work.changed_another;
  SHINSA_ASSERT(!checks_rows_ || fired == expected, "another row fires than is enabled");
  if (fired == kNoRow) return false;
  groups_[group].objects[object].states[slot] = next;
  if (coverage_) {
    const auto& counts = coverage_->machines()[machine];
    coverage_->note(counts.rows[fired]);
    if (!api.rows[fired].internal) coverage_->note(counts.states[next]);
  }
  return true;
}

/// Which row should fire: the one that the machine calls enabled, and the only one of its cell
/// whose guards all agree.
std::uint8_t World::expected_row(const MachineApi& api, std::uint8_t state, std::uint8_t on,
                                 const Context& context, const Event& event, const Record& record) {
  Coverage* const counting =
      std::exchange(context.work().coverage, nullptr);  // to look is not to exercise
  const std::uint8_t expected = api.enabled(state, context, on, event, record);
  std::uint8_t only = kNoRow;
  for (std::size_t r = 0; r < api.rows.size(); ++r) {
    const RowInfo& row = api.rows[r];
    if (row.source != state || row.event != on) continue;
    const bool agrees = std::ranges::all_of(row.atoms, [&](const Atom& atom) {
      return api.ask(atom.guard, context, on, event, record) != atom.negated;
    });
    if (!agrees) continue;
    SHINSA_ASSERT(only == kNoRow, "two rows of one cell are enabled at once");
    only = static_cast<std::uint8_t>(r);
  }
  SHINSA_ASSERT(only == expected, "enabled() and the guards do not agree");
  context.work().coverage = counting;
  return expected;
}

void World::run_queue(std::uint32_t group, const Event& event, const Record& record) {
  const std::size_t most = kMessagesPerStep + kMessagesPerObject * groups_[group].objects.size();
  for (std::size_t i = 0; i < queue_.size(); ++i) {
    SHINSA_ASSERT(i < most, "internal messages without end");
    const Pending next = queue_[i];
    const bool taken = fire(group, next.object, next.machine, next.event, event, record);
    SHINSA_ASSERT(taken || !next.must_be_taken || profile_->mutation,
                  "an internal message that nobody accepts");
  }
  queue_.clear();
}

// -- refusing
// -----------------------------------------------------------------------------------------------------------

namespace {

/// The clauses that say no in one cell: of the rows whose distinctions of case apply, every guard
/// that fails. If no row's case applies, the guards of all rows of the cell are asked.
void clauses_of_cell(const MachineApi& api, const Profile& profile, std::uint8_t state,
                     std::uint8_t on, const Context& context, const Event& event,
                     const Record& record, FewClauses& into,
                     std::vector<std::uint8_t>* guards = nullptr) {
  std::array<std::optional<bool>, std::numeric_limits<std::uint8_t>::max() + 1> answers;
  const auto ask = [&](std::uint8_t guard) {  // once: rows of a cell share most of their guards
    std::optional<bool>& answer = answers[guard];
    if (!answer) answer = api.ask(guard, context, on, event, record);
    return *answer;
  };
  const auto collect = [&](bool only_where_case_applies) {
    bool any = false;
    for (const RowInfo& row : api.rows) {
      if (row.source != state || row.event != on) continue;
      const std::size_t before = into.size();
      bool applies = true;
      for (const Atom& atom : row.atoms) {
        const GuardInfo& guard = api.guards[atom.guard];
        if (ask(atom.guard) != atom.negated) continue;
        if (atom.negated || guard.clauses.empty())
          applies = false;
        else
          into.push_back(profile.clause_of(guard.clauses));
        if (guards && guards->size() < into.size()) guards->push_back(atom.guard);
      }
      if (only_where_case_applies && !applies) into.resize(before);
      if (guards) guards->resize(into.size());
      any = any || into.size() > before;
    }
    return any;
  };
  if (!collect(true)) collect(false);
}

/// What the machine says of an event that has no row in this state: lines for the state if there
/// are any, else the others.
void clauses_of_breaks(const MachineApi& api, const Profile& profile, std::uint8_t state,
                       std::uint8_t on, const Context& context, const Event& event,
                       const Record& record, FewClauses& into) {
  const auto specific = std::ranges::any_of(api.breaks, [&](const BreakInfo& b) {
    return b.event == on && b.guard < 0 && !b.any_state && (b.states >> state & 1);
  });
  for (const BreakInfo& b : api.breaks) {
    if (b.event != on) continue;
    if (b.guard >= 0) {
      const bool here = b.any_state || (b.states >> state & 1);
      if (here && !api.ask(static_cast<std::uint8_t>(b.guard), context, on, event, record))
        into.push_back(profile.clause_of(b.clauses));
    } else if (b.any_state ? !specific : (b.states >> state & 1) != 0) {
      into.push_back(profile.clause_of(b.clauses));
    }
  }
}

}  // namespace

void World::refuse(const std::vector<std::pair<Place, Route>>& asked, const Event& event,
                   const Record& record, Outcome& outcome) {
  outcome.accepted = false;
  Coverage* const counting = std::exchange(coverage_, nullptr);  // explaining is not exercising
  const EventType& type = event.row();
  for (const auto& [place, route] : asked) {
    Group& group = groups_[place.group];
    Workspace work = workspace(place.group);
    Context context(work, place.object, route.machine, event);
    const MachineApi& api = *profile_->machines[route.machine];
    const std::uint8_t state = group.objects[place.object].states[profile_->slot_of[route.machine]];
    if (api.accepts[state] >> route.event & 1)
      clauses_of_cell(api, *profile_, state, route.event, context, event, record, outcome.clauses);
    else
      clauses_of_breaks(api, *profile_, state, route.event, context, event, record,
                        outcome.clauses);
    beyond_ |= work.looked_beyond;
    if (type.sort == Sort::action)  // an action after a refused request breaks what refused it
      for (const Duty& duty : group.duties)
        if (duty.refusal && duty.object == place.object)
          for (TextId id : facts_->list(duty.clauses))
            if (const auto index = find_clause(facts_->text(id))) outcome.clauses.push_back(*index);
  }
  coverage_ = counting;
  FewClauses& named = outcome.clauses;
  named.erase(std::remove(named.begin(), named.end(), kNoClause), named.end());
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  if (outcome.clauses.empty() && profile_->mutation) return;  // it has forgotten why it says no
  SHINSA_ASSERT(!outcome.clauses.empty(),
                "a refusal that names no clause: the machine lacks a Breaks line");
  if (coverage_)
    for (ClauseIndex index : outcome.clauses) coverage_->note(coverage_->refused()[index]);
  if (type.refused_by.empty()) return;
  boost::container::small_vector<TextId, 8> ids;
  for (ClauseIndex index : outcome.clauses) ids.push_back(facts_->intern(clause(index).id));
  Duty refusal;
  refusal.type = kRefusals[event.type];
  refusal.refusal = true;
  refusal.object = asked.front().first.object;
  refusal.clause = outcome.clauses.front();
  refusal.clauses = facts_->intern_list(ids);
  for (const auto& [place, route] : asked)
    if (const auto says = profile_->machines[route.machine]->events[route.event].refusal) {
      Workspace work = workspace(place.group);
      const Context context(work, place.object, route.machine, event);
      refusal.match = says(context, event, record, outcome.clauses);
      beyond_ |= work.looked_beyond;
    }
  refusal.not_before = event.time;
  groups_[asked.front().first.group].duties.push_back(refusal);
  note_changed(asked.front().first.group);
}

std::vector<Stop> World::stops(const Event& event) const {
  World tried = *this;
  tried.observe(nullptr);
  if (tried.step(event).accepted) return {};
  std::vector<Stop> all;
  const Record& record = facts_->record(event.data);
  for (const auto& [place, route] : tried.asked_) {
    if (place.object >= tried.groups_[place.group].objects.size()) continue;  // it was never there
    const Object& object = tried.groups_[place.group].objects[place.object];
    const MachineApi& api = *profile_->machines[route.machine];
    const std::uint8_t state = object.states[profile_->slot_of[route.machine]];
    Workspace work = tried.workspace(place.group);
    const Context context(work, place.object, route.machine, event);
    FewClauses clauses;
    std::vector<std::uint8_t> guards;
    if (api.accepts[state] >> route.event & 1)
      clauses_of_cell(api, *profile_, state, route.event, context, event, record, clauses, &guards);
    else
      clauses_of_breaks(api, *profile_, state, route.event, context, event, record, clauses);
    for (std::size_t i = 0; i < clauses.size(); ++i)
      all.push_back({object.subject, api.name, api.states[state],
                     i < guards.size() ? api.guards[guards[i]].name : std::string_view{},
                     clauses[i]});
  }
  return all;
}

// -- places
// -------------------------------------------------------------------------------------------------------------

/// Where the subject's object is; null if there is none.
const Place* World::known_place(TextId subject) const {
  if (subject.index >= places_.size()) return nullptr;
  const Place& place = places_[subject.index];
  return place.object == kNoObject ? nullptr : &place;
}

/// A subject that has a place keeps it. What is left of an object that moved has no subject.
void World::remember(TextId subject, Place place) {
  if (asleep_.count > 0) raise_subject(subject);
  if (!subject) return;
  if (known_place(subject))
    has_namesakes_ = true;
  else
    put(subject, place);
}

void World::put(TextId subject, Place place) {
  if (subject.index >= places_.size()) {
    constexpr std::size_t kLarge = 1 << 20;  // bytes
    places_.reserve(std::max<std::size_t>(subject.index + 1, next_room(places_, kLarge)));
    places_.resize(places_.capacity());
  }
  places_[subject.index] = place;
}

/// What couples the record's thing with others; absent if it does not say.
Value World::coupled_by(const Record& record) const {
  const auto at = profile_->ties[record.type].couples;
  return at && *at < record.fields.size() ? record.fields[*at] : Value{};
}

/// The first known thing that the record says it belongs with; null if there is none.
const Place* World::linked_to(const Record& record) const {
  if (record.fields.empty()) return nullptr;
  for (std::uint8_t at : profile_->ties[record.type].links)
    if (const Value other = record.fields[at]; other.present())
      if (const Place* known = known_place(other.text())) return known;
  return nullptr;
}

std::uint32_t World::group_for(const Event& event, const Record& record) {
  TextId key;
  if (const Value name = coupled_by(record); name.present()) {
    key = facts_->lower(name.text());
  } else {
    if (const Place* known = linked_to(record)) return known->group;
    key = facts_->lower(event.subject);  // as what couples is spelt: a contract leads its own group
  }
  const auto [at, is_new] = group_of_.try_emplace(key, static_cast<std::uint32_t>(groups_.size()));
  if (is_new) new_group().key = key;
  return at->second;
}

Group& World::new_group() {
  Group& group = groups_.emplace_back();
  if (spare_.empty()) {
    group.objects.reserve(kExpected);
    group.duties.reserve(kExpected);
  } else {
    std::swap(group.objects, spare_.back().objects);
    std::swap(group.duties, spare_.back().duties);
    spare_.pop_back();
  }
  return group;
}

/// Whether the record has the coupling field, or names a known thing that the object belongs with.
bool World::says_what_it_belongs_with(const Record& record) const {
  return coupled_by(record).present() || linked_to(record);
}

/// An object that was named before anybody said what couples it joins the group of that now.
void World::join_its_group(Place& place, const Event& event, const Record& record) {
  if (!is_blank(groups_[place.group].objects[place.object])) return;
  beyond_ = true;  // what it belongs with may be there, or not yet
  if (!says_what_it_belongs_with(record)) return;
  const std::uint32_t to = group_for(event, record);
  if (to != place.group) move_object(place, to);
}

/// What is spoken of through another thing belongs with that, if nothing was accepted of it yet.
void World::adopt(TextId subject, std::uint32_t group) {
  if (!known_place(subject)) return;
  Place& known = places_[subject.index];
  if (known.group == group || !is_blank(groups_[known.group].objects[known.object])) return;
  move_object(known, group);
}

/// In its old place an object without a subject stays, so that no position changes its meaning.
void World::move_object(Place& place, std::uint32_t to) {
  Group& from = groups_[place.group];
  Group& into = groups_[to];
  const auto moved = static_cast<ObjectIndex>(into.objects.size());
  into.objects.push_back(from.objects[place.object]);
  for (Duty duty : from.duties)
    if (duty.object == place.object) {
      duty.object = moved;
      into.duties.push_back(duty);
    }
  std::erase_if(from.duties, [&](const Duty& duty) { return duty.object == place.object; });
  from.objects[place.object] = Object{};
  if (place.object + 1u == from.objects.size()) from.objects.pop_back();
  const std::uint32_t left = place.group;
  place = {to, moved};
  note_changed(left);
  note_changed(to);
  rearm(left);
  rearm(to);
}

/// Whether that is a thing of the kind that has the machine: a mail may be about this or that.
bool World::addresses(TextId subject, ObjectKind kind) const {
  if (!subject) return false;
  if (const Place* known = known_place(subject))
    return groups_[known->group].objects[known->object].kind == kind;
  return may_be(facts_->text(subject), kind);
}

/// A thing that nobody spoke of yet may go by a name that says another kind: a foreign log calls
/// its things as it likes.
bool World::is_new(TextId subject, ObjectKind) const { return !known_place(subject); }

Place World::place_for(TextId subject, ObjectKind kind, const Event& event, const Record& record) {
  if (known_place(subject)) {
    Place& known = places_[subject.index];
    join_its_group(known, event, record);
    note_used(known.group);
    return known;
  }
  beyond_ = true;
  Event addressed = event;
  addressed.subject = subject;
  const std::uint32_t group = group_for(addressed, record);
  Object object;
  object.subject = subject;
  object.kind = kind;
  make_room(groups_[group].objects);
  groups_[group].objects.push_back(object);
  const Place place{group, static_cast<ObjectIndex>(groups_[group].objects.size() - 1)};
  SHINSA_ASSERT(groups_[group].objects.size() < kNoObject,
                "more objects in one group than can be counted");
  remember(subject, place);
  created_.push_back(place);
  note_used(group);
  return place;
}

/// What the event under way opened has its places now.
void World::register_opened(std::uint32_t group) {
  register_objects(group, *opened_from_);
  opened_from_.reset();
}

void World::register_objects(std::uint32_t group, std::size_t from) {
  for (std::size_t i = from; i < groups_[group].objects.size(); ++i)
    remember(groups_[group].objects[i].subject, {group, static_cast<ObjectIndex>(i)});
}

void World::put_back(const std::vector<Group>& groups, Instant now) {
  for (const Group& group : groups_)
    for (const Object& object : group.objects)
      if (object.subject) places_[object.subject.index] = Place{};
  const bool same_keys = std::ranges::equal(groups_, groups, {}, &Group::key, &Group::key);
  groups_ = groups;
  alarms_.clear();
  if (!same_keys) {
    group_of_.clear();
    for (std::uint32_t i = 0; i < groups_.size(); ++i) group_of_.try_emplace(groups_[i].key, i);
  }
  for (std::uint32_t i = 0; i < groups_.size(); ++i) {
    register_objects(i, 0);
    groups_[i].next_deadline = kNever;
    rearm(i);
  }
  changed_ = {std::nullopt, true};
  now_ = now;
}

// -- deadlines
// ----------------------------------------------------------------------------------------------------------

void World::note_changed(std::uint32_t group) {
  note_used(group);
  if (!changed_.group) changed_.group = group;
  changed_.several = changed_.several || *changed_.group != group;
}

Instant World::next_of(const Object& object) const {
  Instant next = kNever;
  for (unsigned slots = profile_->deadline_slots[static_cast<std::size_t>(object.kind)]; slots != 0;
       slots &= slots - 1) {
    const Instant at = object.instants[static_cast<std::size_t>(std::countr_zero(slots))];
    if (at < next && at != Instant{}) next = at;
  }
  return next;
}

void World::rearm(std::uint32_t index) {
  Instant next = kNever;
  for (const Object& object : groups_[index].objects) next = std::min(next, next_of(object));
  rearm(index, next);
}

/// After a step: a group with many objects is not looked through for those that nobody asked.
void World::rearm_touched(std::uint32_t index, std::size_t objects_before) {
  const Group& group = groups_[index];
  if (touched_.earliest || group.next_of_objects == Instant{}) {
    rearm(index);
    return;
  }
  Instant next = group.next_of_objects;
  for (const ObjectIndex at : touched_.objects) next = std::min(next, next_of(group.objects[at]));
  for (std::size_t at = objects_before; at < group.objects.size(); ++at)
    next = std::min(next, next_of(group.objects[at]));
  SHINSA_ASSERT(!checks_rows_ || next == next_of(*std::ranges::min_element(
                                             group.objects, {},
                                             [this](const Object& one) { return next_of(one); })),
                "a deadline was passed over");
  rearm(index, next);
}

void World::rearm(std::uint32_t index, Instant next_of_objects) {
  Group& group = groups_[index];
  group.next_of_objects = next_of_objects;
  Instant next = next_of_objects;
  for (const Duty& duty : group.duties)
    if (!duty.overdue && duty.due < next) next = duty.due;
  if (next == group.next_deadline) return;
  group.next_deadline = next;
  if (next == kNever) return;
  if (alarms_.size() >= kAlarms + 2 * groups_.size()) {
    set_alarms();
    return;
  }
  alarms_.push_back({next, index});
  std::ranges::push_heap(alarms_, later, &Alarm::at);
}

/// One for each group that has a deadline: of those that were set for nothing there may be many.
void World::set_alarms() {
  alarms_.clear();
  for (std::uint32_t at = 0; at < groups_.size(); ++at)
    if (groups_[at].next_deadline != kNever) alarms_.push_back({groups_[at].next_deadline, at});
  std::ranges::make_heap(alarms_, later, &Alarm::at);
}

void World::fire_deadlines(Instant to, std::vector<Missed>& overdue) {
  while (!alarms_.empty() && alarms_.front().at <= to) {
    std::ranges::pop_heap(alarms_, later, &Alarm::at);
    const Alarm alarm = alarms_.back();
    alarms_.pop_back();
    if (groups_[alarm.group].next_deadline == alarm.at) fire_earliest(alarm.group, overdue);
  }
}

/// Fires what is due at the group's next deadline: obligations first become overdue, then objects
/// and machines in order.
void World::fire_earliest(std::uint32_t index, std::vector<Missed>& overdue) {
  const Instant at = groups_[index].next_deadline;
  if (is_asleep(index)) raise(index);
  for (Duty& duty : groups_[index].duties)
    if (!duty.overdue && duty.due <= at) {
      duty.overdue = true;
      if (duty.modality == Duty::Modality::must)
        overdue.push_back({duty.type, groups_[index].objects[duty.object].subject, duty.clause,
                           duty.clauses, duty.match, duty.due});
    }
  Event tick;
  tick.time = at;
  const Record nothing;
  opened_from_ = groups_[index].objects.size();
  for (std::size_t o = 0; o < groups_[index].objects.size(); ++o)
    for (const Route& route :
         profile_->deadlines[static_cast<std::size_t>(groups_[index].objects[o].kind)]) {
      const InstantSlot slot = profile_->machines[route.machine]->events[route.event].slot;
      Object& object = groups_[index].objects[o];
      if (object[slot] != at) continue;
      object[slot] = Instant{};
      fire(index, static_cast<ObjectIndex>(o), route.machine, route.event, tick, nothing);
      run_queue(index, tick, nothing);
    }
  register_opened(index);
  groups_[index].next_deadline = kNever;
  note_changed(index);
  rearm(index);
}

// -- asking
// -------------------------------------------------------------------------------------------------------------

std::vector<DutyView> World::duties() const {
  std::vector<DutyView> all;
  for (const Group& group : groups_)
    for (const Duty& duty : group.duties)
      all.push_back({&duty, group.objects[duty.object].subject});
  return all;
}

Group World::group_at(std::uint32_t at) const {
  return is_asleep(at) ? asleep_.groups[at].raised(*facts_, *asleep_.compressor).group
                       : groups_[at];
}

std::optional<std::uint32_t> World::group_of(const Event& event) const {
  if (const Place* known = known_place(event.subject)) return known->group;
  if (const auto known = group_asleep(event.subject)) return known;
  const Record& record = facts_->record(event.data);
  if (const Place* known = linked_to(record)) return known->group;
  if (asleep_.count > 0 && !record.fields.empty())
    for (std::uint8_t at : profile_->ties[record.type].links)
      if (const auto known = group_asleep(record.fields[at].text())) return known;
  return std::nullopt;
}

std::vector<DutyView> World::duties_near(const Event& event) const {
  const auto near = group_of(event);
  if (!near) return duties();
  std::vector<DutyView> some;
  for (const Duty& duty : groups_[*near].duties)
    some.push_back({&duty, groups_[*near].objects[duty.object].subject});
  return some;
}

std::vector<Missed> World::owed() const {
  std::vector<Missed> all;
  const auto add = [&all](const Group& group) {
    for (const Duty& duty : group.duties)
      if (duty.modality == Duty::Modality::must && !duty.overdue)
        all.push_back({duty.type, group.objects[duty.object].subject, duty.clause, duty.clauses,
                       duty.match, duty.due});
  };
  for (std::uint32_t i = 0; i < groups_.size(); ++i)
    if (!is_asleep(i))
      add(groups_[i]);
    else if (asleep_.groups[i].owes())
      add(asleep_.groups[i].raised(*facts_, *asleep_.compressor).group);
  return all;
}

bool World::stands(const Duty& duty, TextId subject) const {
  const Place* known = known_place(subject);
  return known && std::ranges::count(groups_[known->group].duties, duty) > 0;
}

Instant World::next_deadline() const {
  Instant next = kNever;
  for (const Group& group : groups_) next = std::min(next, group.next_deadline);
  return next;
}

std::string World::states_of(TextId subject) const {
  std::string text;
  const Place* known = known_place(subject);
  if (!known) return text;
  const Object& object = groups_[known->group].objects[known->object];
  const auto& machines = profile_->machines_of[static_cast<std::size_t>(object.kind)];
  for (std::size_t slot = 0; slot < machines.size(); ++slot) {
    if (slot) text += ", ";
    text += profile_->machines[machines[slot]]->states[object.states[slot]];
  }
  return text;
}

Digest World::digest() const {
  Digest sum;
  const auto mix = [](std::uint64_t h, std::uint64_t v) {
    return (h ^ v) * 0x9e3779b97f4a7c15ull + (h << 7 | h >> 57);
  };
  for (const Group& group : groups_) {
    Digest one{facts_->digest(group.key).high, facts_->digest(group.key).low};
    const auto add = [&](std::uint64_t v) {
      one = {mix(one.high, v), mix(one.low, v ^ 0x5851f42d4c957f2dull)};
    };
    for (const Object& object : group.objects) {
      add(facts_->digest(object.subject).low);
      add(static_cast<std::uint64_t>(object.kind));
      for (auto state : object.states) add(state);
      add(object.flags);
      for (auto record : object.records) add(facts_->digest(record).low);
      for (auto text : object.texts) add(facts_->digest(text).low);
      for (auto link : object.links) add(link);
      for (auto instant : object.instants) add(static_cast<std::uint64_t>(instant.seconds));
      for (auto number : object.numbers) add(static_cast<std::uint64_t>(number));
    }
    for (const Duty& duty : group.duties) {
      add(static_cast<std::uint64_t>(duty.type) << 32 | static_cast<std::uint64_t>(duty.object));
      add(static_cast<std::uint64_t>(duty.modality) << 8 | static_cast<std::uint64_t>(duty.clause)
                                                               << 16);
      add(facts_->digest(duty.match).low);
      add(static_cast<std::uint64_t>(duty.due.seconds));
    }
    sum.high += one.high;
    sum.low += one.low;
  }
  return sum;
}

}  // namespace shinsa::model
