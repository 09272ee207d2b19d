#include "properties/bounded/bounded_model.hpp"

#include <algorithm>
#include <array>

#include "model/vocabulary/assert.hpp"
#include "scenarios/records.hpp"

namespace shinsa::properties::bounded {

namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

/// Some numbers as the key of what was worked out from them.
template <std::size_t N>
using Numbers = std::array<std::uint32_t, N>;

struct Mixed {
  template <std::size_t N>
  std::size_t operator()(const Numbers<N>& key) const {
    return XXH3_64bits(key.data(), sizeof key);
  }
};
/// Number by number: the comparison of arrays calls memcmp for these few bytes.
struct Same {
  template <std::size_t N>
  bool operator()(const Numbers<N>& a, const Numbers<N>& b) const {
    std::uint32_t differ = 0;
    for (std::size_t i = 0; i < N; ++i) differ |= a[i] ^ b[i];
    return differ == 0;
  }
};
template <std::size_t N, class T>
using Known = boost::unordered_flat_map<Numbers<N>, T, Mixed, Same>;

/// What an event did to the control.
struct Change {
  ContentId after = kNone;  ///< a part where it was local, else a control
  bool accepted = true;
  bool local = false;
};

/// What an event did to the laws.
struct Held {
  ContentId ledger = 0;
  std::uint32_t broken = 0;
};

struct Wait {
  std::uint32_t time = 0;
  ContentId control = 0;
};

static_assert(std::has_unique_object_representations_v<Standing>);

std::vector<Standing> standings_of(std::string_view bytes) {
  std::vector<Standing> all(bytes.size() / sizeof(Standing));
  std::memcpy(all.data(), bytes.data(), bytes.size());
  return all;
}

ContentId pack(Contents& into, const std::vector<Standing>& standings) {
  return into.intern(
      {reinterpret_cast<const char*>(standings.data()), standings.size() * sizeof(Standing)});
}

}  // namespace

/// Everything that is worked out on the way.
struct BoundedModel::Work {
  Work(const BoundedModel& model, const model::World& begun)
      : world(begun), monitor(make_monitor(model.profile_->name)) {}

  std::uint32_t time(Instant at) {
    const auto [known, is_new] =
        time_of.try_emplace(at.seconds, static_cast<std::uint32_t>(times.size()));
    if (is_new) times.push_back(at);
    return known->second;
  }
  std::uint32_t event(const Event& event) {
    const auto [known, is_new] =
        event_of.try_emplace(Numbers<3>{event.type, event.subject.index, event.data.index},
                             static_cast<std::uint32_t>(events.size()));
    if (is_new) events.push_back(event);
    return known->second;
  }

  model::World world;
  std::unique_ptr<Monitor> monitor;
  std::vector<ContentId> parts;      // of the control at hand
  std::vector<model::Group> groups;  // likewise
  ContentId at_hand = kNone;         // which control that is
  Controls controls;
  Contents ledgers, standings, memories;
  std::vector<Instant> times;
  boost::unordered_flat_map<std::int64_t, std::uint32_t> time_of;
  std::vector<Event> events;
  Known<3, std::uint32_t> event_of;
  std::string bytes;  // scratch, as what follows
  Packing packing;
  std::vector<Wait> waited;

  Known<3, std::vector<std::uint32_t>> actions;  // of a part at a time, as far as remembered
  Known<3, Change> by_part, by_control;          // and event and time
  Known<3, Held> by_ledger;                      // and event and time
  Known<2, ContentId> standing_after;            // standing, event
  Known<2, ContentId> standing_used;             // standing, item
  Known<3, ContentId> memory_after;              // memory, event, time
  Known<3, ContentId> memory_arrived;            // the same, of what was under way
  Known<3, std::vector<Event>> sets_out;         // the same
  Known<3, std::vector<Wait>> waits;             // control, memory, time
  Known<1, std::vector<std::pair<std::uint32_t, std::uint32_t>>> requests;  // of a standing
  Known<1, std::vector<Event>> under_way;                                   // of a memory
  Known<1, ContentId> ledger_later;
  Known<1, std::uint32_t> ledger_end;
};

// -- beginning

Result<std::unique_ptr<BoundedModel>> BoundedModel::make(const scenarios::BoundedWorld& world,
                                                         const BoundedOptions& options) {
  std::unique_ptr<BoundedModel> made(new BoundedModel());
  model::ProfileOptions chosen{world.story.system, world.story.readings, options.mutants};
  for (const auto& [id, name] : options.readings) chosen.readings[id] = name;
  auto system = model::make_profile(chosen);
  if (!system) return Failure(system.error());
  chosen.mutants.clear();
  auto judge = model::make_profile(chosen);
  if (!judge) return Failure(judge.error());
  auto conduct = sim::Conduct::make((*system)->system, world.story.conduct);
  if (!conduct) return Failure(conduct.error());
  made->profile_ = *system;
  made->options_ = options;
  made->world_ = world;
  made->end_ = world.story.start + world.horizon;
  sim::SimulationOptions simulated{*system, *judge, 1, world.story.start, std::move(*conduct), {}};
  made->given_ = std::make_unique<sim::Simulation>(std::move(simulated));
  std::vector<std::string> readings;
  for (const auto& [id, name] : chosen.readings) readings.push_back(id + "=" + name);
  made->given_->open(readings);
  Facts& facts = made->given_->facts();
  for (const scenarios::Fact& fact : world.story.facts) {
    const TypeIndex type = *find_type(fact.type);
    RecordBuilder record(facts, type);
    for (const scenarios::Entry& entry : fact.data)
      put_field(record, kEventTypes[type], entry, {}, facts);
    made->given_->happen(type, facts.intern(fact.subject), record.build());
  }
  auto menu = Menu::make(world, facts);
  if (!menu) return Failure(menu.error());
  made->menu_ = std::move(*menu);
  made->set_calendar();
  made->begin();
  return made;
}

/// The instants that matter whatever happens: those that the facts and the file name, with the
/// seconds before and after them.
void BoundedModel::set_calendar() {
  std::vector<Instant> named = world_.instants;
  for (const sim::Stepped& one : given_->trace()) {
    const Record& said = given_->facts().record(one.event.data);
    for (std::size_t f = 0; f < said.fields.size(); ++f)
      if (one.event.row().fields[f].kind == FieldKind::instant && said.fields[f].present())
        named.push_back(said.fields[f].instant());
  }
  for (Instant at : named)
    for (Instant near : {at - seconds(1), at, at + seconds(1)})
      if (near > given_->now() && near <= end_) calendar_.push_back(near);
  std::ranges::sort(calendar_);
  calendar_.erase(std::unique(calendar_.begin(), calendar_.end()), calendar_.end());
}

/// The initial state: what was given has been seen by everybody.
void BoundedModel::begin() {
  actors_ = std::make_unique<Actors>(*given_, world_.story);
  coverage_ = std::make_unique<model::Coverage>(given_->coverage());
  work_ = std::make_shared<Work>(*this, given_->system());
  Work& w = *work_;
  w.world.observe(coverage_.get());
  if (options_.checks) w.world.check_rows();
  std::vector<Standing> standings(menu_->size());
  std::size_t line = 0;
  for (const sim::Stepped& one : given_->trace()) {
    w.monitor->see(one.event, given_->facts(), ++line);
    menu_->note(one.event, given_->facts(), standings);
  }
  w.monitor->let_pass();
  w.monitor->save(w.bytes);
  initial_.ledger = w.ledgers.intern(w.bytes);
  Memory().pack(w.packing);
  initial_.memory = w.memories.intern(w.packing.bytes());
  initial_.standing = pack(w.standings, standings);
  initial_.control = w.controls.pack(w.world.groups(), given_->now());
  initial_.time = w.time(given_->now());
}

// -- stepping

/// A state at hand: what it allows, and what comes of it.
struct BoundedModel::Now {
  const BoundedModel& model;
  Work& w;
  const Key& key;
  Instant now;
  std::vector<ContentId>& parts;

  Now(const BoundedModel& of, const Key& at)
      : model(of), w(*of.work_), key(at), now(w.times[at.time]), parts(w.parts) {
    w.controls.list(key.control, parts);
  }

  Facts& facts() const { return model.given_->facts(); }

  /// Has the World where the state has it.
  void put_back() {
    if (w.at_hand != key.control) w.controls.unpack(key.control, w.groups);
    w.at_hand = key.control;
    w.world.put_back(w.groups, now);
  }

  /// Calls `of` with each step and what it is, in one order.
  template <class Of>
  void each(const Of& of) {
    Step step = 0;
    for (ContentId part : parts)
      for (std::uint32_t event : actions(part)) {
        Taken taken;
        taken.time = now;
        if (event != kNone) taken.event = w.events[event];
        of(step++, taken, event, kNone);
      }
    for (const auto& [item, event] : requests()) {
      Taken taken;
      taken.item = item;
      taken.time = now;
      taken.event = w.events[event];
      of(static_cast<Step>(step + item), taken, event, kNone);
    }
    step = static_cast<Step>(step + model.menu_->size());
    for (const Event& one : under_way()) {
      if (one.time > now) break;
      Taken taken;
      taken.arrives = true;
      taken.time = now;
      taken.event = one;
      of(step++, taken, w.event(one), kNone);
    }
    for (const Wait& wait : waits()) {
      Taken taken;
      taken.waits = true;
      taken.time = w.times[wait.time];
      of(step++, taken, wait.time, wait.control);
    }
  }

  /// Requests that may be made, with their places in the menu.
  const std::vector<std::pair<std::uint32_t, std::uint32_t>>& requests() {
    const auto [known, is_new] = w.requests.try_emplace({key.standing});
    if (is_new) {
      const auto standings = standings_of(w.standings[key.standing]);
      for (std::size_t i = 0; i < standings.size(); ++i)
        if (model.menu_->is_open(i, standings[i]))
          known->second.emplace_back(i, w.event(model.menu_->event(i, standings[i], facts())));
    }
    return known->second;
  }

  const std::vector<Event>& under_way() {
    const auto [known, is_new] = w.under_way.try_emplace({key.memory});
    if (is_new) {
      Memory memory;
      memory.unpack(w.memories[key.memory]);
      known->second = memory.under_way();
    }
    return known->second;
  }

  /// What portal and CA may do about one object now; `kNone` where they owe what they cannot do.
  const std::vector<std::uint32_t>& actions(ContentId part) {
    const auto [known, is_new] = w.actions.try_emplace({part, key.memory, key.time});
    if (is_new) known->second = work_out_actions(part);
    return known->second;
  }

  std::vector<std::uint32_t> work_out_actions(ContentId packed) {
    std::vector<std::uint32_t> all;
    const Part part = w.controls.part(packed);
    Memory memory;
    memory.unpack(w.memories[key.memory]);
    for (const model::Duty& duty : part.duties) {
      if (duty.overdue || duty.not_before > now) continue;
      const auto done = model.actors_->perform(duty, part.object.subject, now, memory);
      std::uint32_t event = kNone;
      if (done) {
        Event action;
        action.type = duty.type;
        action.subject = done->performed.subject;
        action.data = done->performed.data;
        event = w.event(action);
        if (!done->sets_out.empty()) w.sets_out[{key.memory, event, key.time}] = done->sets_out;
      } else if (duty.modality == model::Duty::Modality::must) {
        model.failure_ = done.error().text();
      } else {
        continue;
      }
      if (std::ranges::count(all, event) == 0) all.push_back(event);
    }
    return all;
  }

  Event timed(std::uint32_t event) const {
    Event timed = w.events[event];
    timed.time = now;
    return timed;
  }

  /// What an event does to the control.
  Change change(std::uint32_t event) {
    if (!model.options_.memoised) return work_out(event, kNone);
    const auto [part, at] = part_of(w.events[event].subject);
    if (part != kNone) {
      const auto known = w.by_part.find({part, event, key.time});
      if (known != w.by_part.end()) {
        Change change = known->second;
        change.after = w.controls.with(key.control, at, change.after);
        SHINSA_ASSERT(!model.options_.checks || work_out(event, kNone).after == change.after,
                      "a step that was local elsewhere is not here");
        return change;
      }
    }
    const auto [known, is_new] = w.by_control.try_emplace({key.control, event, key.time});
    if (!is_new) return known->second;
    const Change change = work_out(event, part);
    if (change.local) {
      std::vector<ContentId> after;
      w.controls.list(change.after, after);
      const auto [changed, where] = part_of(w.events[event].subject, after);
      SHINSA_ASSERT(where == at, "a step that is local moved its object");
      Change own = change;
      own.after = changed;
      w.by_part[{part, event, key.time}] = own;
    }
    w.by_control[{key.control, event, key.time}] = change;
    return change;
  }

  std::pair<ContentId, std::size_t> part_of(TextId subject) const {
    return part_of(subject, parts);
  }
  std::pair<ContentId, std::size_t> part_of(TextId subject,
                                            const std::vector<ContentId>& parts) const {
    for (std::size_t at = 0; at < parts.size(); ++at)
      if (w.controls.subject_of(parts[at]) == subject) return {parts[at], at};
    return {kNone, 0};
  }

  Change work_out(std::uint32_t event, ContentId part) {
    put_back();
    ++model.worked_out_;
    model::Outcome outcome;
    w.world.step(timed(event), outcome);
    SHINSA_ASSERT(outcome.overdue.empty(), "time has passed an obligation");
    Change change;
    change.after = w.controls.pack_after(w.world.groups(), now, w.groups, parts);
    change.accepted = outcome.accepted;
    change.local = part != kNone && !w.world.looked_beyond();
    return change;
  }

  /// What an event does to the laws.
  Held held(std::uint32_t event) {
    if (!model.options_.laws) return {key.ledger, 0};
    if (!model.options_.memoised) return work_out_held(event);
    const auto [known, is_new] = w.by_ledger.try_emplace({key.ledger, event, key.time});
    if (is_new) known->second = work_out_held(event);
    return known->second;
  }

  Held work_out_held(std::uint32_t event) {
    const std::size_t last = w.monitor->load(w.ledgers[key.ledger]);
    w.monitor->see(timed(event), facts(), last + 1);
    return {saved(), first_breach()};
  }

  ContentId saved() {
    w.monitor->save(w.bytes);
    return w.ledgers.intern(w.bytes);
  }
  [[nodiscard]] std::uint32_t first_breach() const {
    const auto& breaches = w.monitor->breaches();
    return breaches.empty() ? 0 : static_cast<std::uint32_t>(breaches.front().law + 1);
  }

  ContentId standing_after(std::uint32_t event, std::optional<std::size_t> item) {
    ContentId standing = key.standing;
    if (item) {
      const auto [used, is_new] =
          w.standing_used.try_emplace({standing, static_cast<std::uint32_t>(*item)});
      if (is_new) {
        auto all = standings_of(w.standings[standing]);
        model.menu_->use(*item, all);
        used->second = pack(w.standings, all);
      }
      standing = used->second;
    }
    const auto [after, is_new] = w.standing_after.try_emplace({standing, event});
    if (is_new) {
      auto all = standings_of(w.standings[standing]);
      model.menu_->note(w.events[event], facts(), all);
      after->second = pack(w.standings, all);
    }
    return after->second;
  }

  ContentId memory_after(std::uint32_t event, bool arrives) {
    auto& all = arrives ? w.memory_arrived : w.memory_after;
    const auto [after, is_new] = all.try_emplace({key.memory, event, key.time});
    if (is_new) after->second = work_out_memory(event, arrives);
    return after->second;
  }

  ContentId work_out_memory(std::uint32_t event, bool arrives) {
    Memory memory;
    memory.unpack(w.memories[key.memory]);
    const Event happened = timed(event);
    const auto known = w.sets_out.find({key.memory, event, key.time});
    std::vector<Event> out =
        known != w.sets_out.end() ? known->second : model.actors_->sets_out(happened, memory);
    if (arrives) memory.arrive(happened);
    model.actors_->remember(happened, memory);
    for (Event& one : out) {
      one.time = std::max(one.time, now);
      memory.set_out(one);
    }
    memory.pack(w.packing);
    return w.memories.intern(w.packing.bytes());
  }

  // -- waiting

  const std::vector<Wait>& waits() {
    if (!model.options_.memoised) {
      work_out_waits(w.waited);
      return w.waited;
    }
    const auto [known, is_new] = w.waits.try_emplace({key.control, key.memory, key.time});
    if (is_new) work_out_waits(known->second);
    return known->second;
  }

  void work_out_waits(std::vector<Wait>& all) {
    all.clear();
    put_back();
    Instant arrival = kNever;
    for (const Event& one : under_way()) arrival = std::min(arrival, one.time);
    if (arrival <= now) return;  // it comes at its time
    const Instant deadline = w.world.next_deadline();
    const Instant next = std::min(next_instant(deadline), arrival);
    if (next == kNever) return;
    for (Instant to : {next, next + seconds(1)}) {
      if (to != next && next != deadline) break;  // only a deadline has a second after it
      if (to > model.end_ || to > arrival || is_owed_by(to)) continue;
      put_back();
      const auto overdue = w.world.advance(to);
      SHINSA_ASSERT(overdue.empty(), "time has passed an obligation");
      all.push_back({w.time(to), w.controls.pack(w.world.groups(), to)});
    }
  }

  /// The next instant that matters: just before a deadline, at it, when something becomes allowed,
  /// one of the calendar.
  [[nodiscard]] Instant next_instant(Instant deadline) const {
    Instant next = deadline;
    if (deadline != kNever && deadline - seconds(1) > now) next = deadline - seconds(1);
    const auto day = std::ranges::upper_bound(model.calendar_, now);
    if (day != model.calendar_.end()) next = std::min(next, *day);
    for (const model::Group& group : w.groups)
      for (const model::Duty& duty : group.duties)
        if (duty.not_before > now) next = std::min(next, duty.not_before);
    return next;
  }

  [[nodiscard]] bool is_owed_by(Instant to) const {
    for (const model::Group& group : w.groups)
      for (const model::Duty& duty : group.duties)
        if (duty.modality == model::Duty::Modality::must && !duty.overdue && duty.due <= to)
          return true;
    return false;
  }
  /// Whether an obligation that stands is what an event does.
  [[nodiscard]] bool is_owed(std::uint32_t event) {
    put_back();
    const Event action = timed(event);
    for (const model::Group& group : w.groups)
      for (const model::Duty& duty : group.duties)
        if (duty.type == action.type && duty.modality == model::Duty::Modality::must &&
            duty.not_before <= now &&
            (!duty.match ||
             model::agrees(facts(), facts().record(duty.match), facts().record(action.data))))
          return true;
    return false;
  }
  [[nodiscard]] bool owes_anything() const {
    for (const model::Group& group : w.groups)
      for (const model::Duty& duty : group.duties)
        if (duty.modality == model::Duty::Modality::must) return true;
    return false;
  }

  ContentId ledger_later() {
    if (!model.options_.laws) return key.ledger;
    const auto [later, is_new] = w.ledger_later.try_emplace({key.ledger});
    if (is_new) {
      w.monitor->load(w.ledgers[key.ledger]);
      w.monitor->let_pass();
      later->second = saved();
    }
    return later->second;
  }

  /// The law that a trace breaks which ends here; 0 if it may end.
  std::uint32_t broken_by_ending() {
    if (!model.options_.laws) return 0;
    const auto [broken, is_new] = w.ledger_end.try_emplace({key.ledger});
    if (is_new) {
      w.monitor->load(w.ledgers[key.ledger]);
      w.monitor->end(model.end_);
      broken->second = first_breach();
    }
    return broken->second;
  }
};

void BoundedModel::successors(const Key& key, Sink sink, void* to) const {
  if (key.broken) return;
  Now at(*this, key);
  bool waits = false;
  Step last = 0;
  at.each([&](Step step, const Taken& taken, std::uint32_t number, ContentId control) {
    last = static_cast<Step>(step + 1);
    Key after = key;
    if (taken.waits) {
      waits = true;
      after.time = number;
      after.control = control;
      after.ledger = at.ledger_later();
      return sink(to, step, after);
    }
    if (number == kNone) {  // owed, and the fakes cannot do it
      after.broken = kUnable;
      return sink(to, step, after);
    }
    const Change change = at.change(number);
    if (!change.accepted && !taken.item && !taken.arrives) {
      if (profile_->mutation) return;  // such a mutant does not do what its own rules refuse
      if (!at.is_owed(number)) {       // it may, and yet it must not
        ++refused_permissions_[taken.event.type];
        return;
      }
      after.broken = kUnable;
      return sink(to, step, after);
    }
    const Held held = at.held(number);
    after.control = change.after;
    after.ledger = held.ledger;
    after.broken = held.broken;
    after.standing = at.standing_after(number, taken.item);
    after.memory = at.memory_after(number, taken.arrives);
    sink(to, step, after);
  });
  if (waits) return;
  at.put_back();
  if (at.owes_anything() || at.w.world.next_deadline() <= end_) return;
  if (const std::uint32_t law = at.broken_by_ending()) {
    Key after = key;
    after.broken = law;
    sink(to, last, after);
  }
}

// -- following

/// Steps of a state that lead on to what a story tells.
struct BoundedModel::Towards {
  std::optional<Step> act;        ///< what is likest to it
  std::optional<Step> wait;       ///< the longest that is not too long
  std::optional<Step> any_wait;   ///< the shortest
  std::map<Step, Key> successor;  ///< of those that break nothing
};

BoundedModel::Towards BoundedModel::towards(const Key& from, const scenarios::Told& what) const {
  Towards found;
  expand(from, [&](Step step, const Key& successor) {
    if (!broken(successor)) found.successor.emplace(step, successor);
  });
  int likest = 0;
  Now(*this, from).each([&](Step step, const Taken& taken, std::uint32_t number, ContentId) {
    if (!found.successor.contains(step)) return;
    if (taken.waits) {
      if (!found.any_wait) found.any_wait = step;
      if (taken.time <= what.time) found.wait = step;
      return;
    }
    if (number == kNone || taken.event.type != what.type) return;
    const bool of_it = facts().text(taken.event.subject) == what.subject;
    const int like = 1 + of_it + (of_it && facts().digest(taken.event.data) == what.said);
    if (like > likest) found.act = step;
    likest = std::max(likest, like);
  });
  return found;
}

BoundedModel::Along BoundedModel::along(const std::vector<scenarios::Told>& story) const {
  Along along;
  Key at = initial_;
  for (std::size_t i = 0; i < story.size(); ++i) {
    std::vector<std::pair<Step, Key>> there;
    bool done = false;
    for (Key from = at; !done; from = there.back().second) {
      const Towards next = towards(from, story[i]);
      const bool early = work_->times[from.time] < story[i].time;
      const auto step = early && next.wait ? next.wait : next.act ? next.act : next.any_wait;
      if (!step) break;
      there.emplace_back(*step, next.successor.at(*step));
      done = step == next.act;
    }
    if (done) {
      at = there.back().second;
      along.way.insert(along.way.end(), there.begin(), there.end());
    } else {
      along.left_out.push_back(i);
    }
  }
  return along;
}

Taken BoundedModel::taken(const Key& from, Step step) const {
  Taken found;
  found.waits = true;  // the end of the trace
  found.time = end_;
  Now(*this, from).each([&](Step one, const Taken& taken, std::uint32_t, ContentId) {
    if (one == step) found = taken;
  });
  return found;
}

std::string BoundedModel::why_unable(const Key& from, Step step) const {
  std::string why;
  Now at(*this, from);
  at.each([&](Step one, const Taken& taken, std::uint32_t number, ContentId) {
    if (one != step || taken.waits) return;
    if (number == kNone) {
      why = failure_;
      return;
    }
    at.put_back();
    model::Outcome outcome;
    work_->world.step(taken.event, outcome);
    why = "the system refuses what it was obliged to do:";
    for (ClauseIndex index : outcome.clauses) why += " " + std::string(clause(index).id);
  });
  return why;
}

// -- on disk

namespace {

void save_facts(const Facts& facts, CheckpointWriter& to) {
  to.count(facts.text_count());
  for (std::uint32_t i = 0; i < facts.text_count(); ++i) to.text(facts.text(TextId{i}));
  to.count(facts.list_count());
  for (std::uint32_t i = 0; i < facts.list_count(); ++i) to.all(facts.list(ListId{i}));
  to.count(facts.record_count());
  for (std::uint32_t i = 0; i < facts.record_count(); ++i) {
    const Record& record = facts.record(RecordId{i});
    to.one(record.type);
    to.all(record.fields);
  }
}

/// @return whether everything has the id that it had.
bool load_facts(Facts& facts, CheckpointReader& from) {
  const std::size_t texts = from.count();
  for (std::uint32_t i = 0; i < texts; ++i)
    if (facts.intern(from.text()).index != i) return false;
  const std::size_t lists = from.count();
  std::vector<TextId> items;
  for (std::uint32_t i = 0; i < lists; ++i) {
    from.all(items);
    if (facts.intern_list(items).index != i) return false;
  }
  const std::size_t records = from.count();
  std::vector<Value> fields;
  for (std::uint32_t i = 0; i < records; ++i) {
    std::uint16_t type = 0;
    from.one(type);
    from.all(fields);
    if (i > 0 && facts.intern_record(type, fields).index != i) return false;
  }
  return true;
}

}  // namespace

void BoundedModel::save(CheckpointWriter& to) const {
  const Work& w = *work_;
  to.one(initial_);
  save_facts(given_->facts(), to);
  w.controls.save(to);
  w.ledgers.save(to);
  w.standings.save(to);
  w.memories.save(to);
  to.all(std::span<const Instant>(w.times));
  to.all(std::span<const Event>(w.events));
  to.count(worked_out_);
  to.count(refused_permissions_.size());
  for (const auto& [type, times] : refused_permissions_) {
    to.one(type);
    to.one(times);
  }
  to.count(coverage_->exercised().size());
  for (const std::uint32_t at : coverage_->exercised()) {
    to.one(at);
    to.count((*coverage_)[at]);
  }
}

Result<void> BoundedModel::load(CheckpointReader& from) {
  const auto another = [] {
    return fail("the checkpoint is of another world", {}, "begin again without --resume");
  };
  Work& w = *work_;
  Key initial{};
  from.one(initial);
  if (std::memcmp(&initial, &initial_, sizeof initial) != 0) return another();
  if (!load_facts(given_->facts(), from) || !w.controls.load(from) || !w.ledgers.load(from) ||
      !w.standings.load(from) || !w.memories.load(from))
    return another();
  std::vector<Instant> times;
  from.all(times);
  for (std::uint32_t i = 0; i < times.size(); ++i)
    if (w.time(times[i]) != i) return another();
  std::vector<Event> events;
  from.all(events);
  for (std::uint32_t i = 0; i < events.size(); ++i)
    if (w.event(events[i]) != i) return another();
  worked_out_ = from.count();
  for (std::size_t left = from.count(); left > 0; --left) {
    TypeIndex type{};
    from.one(type);
    from.one(refused_permissions_[type]);
  }
  coverage_->restart(*profile_);
  for (std::size_t left = from.count(); left > 0; --left) {
    std::uint32_t at = 0;
    from.one(at);
    coverage_->note(at, from.count());
  }
  return {};
}

std::size_t BoundedModel::bytes() const {
  const Work& w = *work_;
  return w.controls.bytes() + w.ledgers.bytes() + w.standings.bytes() + w.memories.bytes();
}

}  // namespace shinsa::properties::bounded
