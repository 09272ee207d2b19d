#include "sim/examination/repairs.hpp"

#include <algorithm>
#include <tuple>

namespace shinsa::sim {

namespace {

/// What comes first among repairs after which equally much is left: to do what was owed, to do
/// things in order, not to do it, to do what was allowed; what others do comes last.
int price(Repair::Kind kind, const Event& event, bool owed) {
  const bool action = event.row().sort == Sort::action;
  switch (kind) {
    case Repair::Kind::insert:
      return owed ? 0 : action ? 3 : 5;
    case Repair::Kind::move:
      return action ? 1 : 4;
    case Repair::Kind::drop:
      return 2;
  }
  return 6;
}

/// A repair by position.
struct Edit {
  Repair::Kind kind;
  std::size_t from = 0;       // where the event is; insert: nowhere
  std::size_t to = 0;         // before which event it is put; drop: nowhere
  Event event;                // as it is put there
  std::optional<Event> then;  // put in behind it

  /// The first event that is not where it was.
  [[nodiscard]] std::size_t begin() const {
    return kind == Repair::Kind::insert ? to
           : kind == Repair::Kind::drop ? from
                                        : std::min(from, to);
  }
};

Matter edited(Matter matter, const Edit& edit) {
  const auto at = [&](std::size_t index) {
    return matter.events.begin() + static_cast<std::ptrdiff_t>(index);
  };
  Recorded what{edit.event, 0, true};
  if (edit.kind != Repair::Kind::insert) {
    what = *at(edit.from);
    what.event = edit.event;
    matter.events.erase(at(edit.from));
  }
  if (edit.kind == Repair::Kind::drop) return matter;
  const bool later = edit.kind == Repair::Kind::move && edit.from < edit.to;
  const std::size_t to = later ? edit.to - 1 : edit.to;
  if (what.supposed) what.line = to < matter.events.size() ? at(to)->line : matter.last_line;
  if (edit.then) matter.events.insert(at(to), {*edit.then, what.line, true});
  matter.events.insert(at(to), what);
  return matter;
}

/// The beginning of a matter, as far as a repair is held against it.
Matter beginning_of(const Matter& matter, const Departure& first) {
  Matter some = matter;
  if (matter.events.size() <= first.at + kRepairAhead) return some;
  some.events.resize(first.at + kRepairAhead);
  some.until = some.events.back().event.time;
  some.complete = false;
  return some;
}

/// The types that a system knows and that are no facts.
TypeSet types_of(const model::Profile& profile) {
  TypeSet all;
  for (TypeIndex type = 0; type < kEventTypes.size(); ++type)
    if (kEventTypes[type].systems & profile.system) all.add(type);
  return all;
}

class Search {
 public:
  Search(const Matter& matter, const Departure& first)
      : whole_(matter),
        matter_(beginning_of(matter, first)),
        first_(first),
        held_(departures(matter_).size()),
        candidates_(matter_),
        to_(std::min(first.at, matter_.events.size())) {
    Course course(matter_);
    for (std::size_t i = 0; i <= to_; ++i) {
      courses_.push_back(course);
      if (i < matter_.events.size()) static_cast<void>(course.step(matter_.events[i]));
    }
    while (from_ < to_ && is_given(from_)) ++from_;
    if (to_ > kRepairWindow) from_ = std::max(from_, to_ - kRepairWindow);
  }

  std::optional<Repaired> run() {
    try_drops();
    try_moves();
    try_inserts();
    const bool further = chain_.edit && (!single_.edit || chain_.cost < single_.cost);
    const Best& best = further ? chain_ : single_;
    if (!best.edit) return std::nullopt;
    Repaired repaired{std::nullopt, edited(whole_, *best.edit), {}};
    repaired.departures = departures(repaired.matter);
    if (single_.edit) repaired.repair = repair_of(*single_.edit);
    return repaired;
  }

 private:
  [[nodiscard]] bool is_given(std::size_t at) const {
    const Sort sort = matter_.events[at].event.row().sort;
    return sort == Sort::fact || sort == Sort::frame;
  }
  [[nodiscard]] bool is_judged(std::size_t at) const {
    return matter_.judged.judges(matter_.events[at].event.row());
  }
  [[nodiscard]] bool is_missed() const { return first_.finding.kind != Finding::Kind::violation; }

  void try_drops() {
    for (std::size_t at = from_; at <= to_ && at < matter_.events.size(); ++at)
      if (is_judged(at))
        consider({Repair::Kind::drop, at, 0, matter_.events[at].event, {}}, false, to_ - at);
  }

  /// What was stopped is moved, or something else to where it was; of what was missed, what came
  /// too late.
  void try_moves() {
    const std::size_t end = std::min(matter_.events.size(), to_ + kRepairWindow);
    for (std::size_t from = from_; from < end; ++from) {
      if (is_given(from)) continue;
      for (std::size_t to = from_; to <= end; ++to) {
        if (to == from || to == from + 1 || (from > to_ && to > to_)) continue;
        const bool is_late = is_missed() && matter_.events[from].event.type == first_.finding.type;
        if (from != to_ && to != to_ && to != to_ + 1 && !is_late) continue;
        Event moved = matter_.events[from].event;
        moved.time = time_before(to);
        consider({Repair::Kind::move, from, to, moved, {}}, false,
                 from < to ? to - from : from - to);
      }
    }
  }

  /// What was missed is put in where it was owed first; anything else as late as it helps.
  void try_inserts() {
    const TypeSet types = is_missed() ? TypeSet{first_.finding.type} : types_of(*matter_.profile);
    for (std::size_t at = from_; at <= to_; ++at)
      for (const Instant now : instants_at(at))
        for (const Candidate& one : candidates_.of(courses_[at].world(), now, types, at)) {
          Course tried = courses_[at];
          if (tried.suppose(one.event)) try_insert(at, one, tried, types);
        }
  }
  void try_insert(std::size_t at, const Candidate& one, const Course& with, const TypeSet& types) {
    const std::size_t distance = is_missed() ? at - from_ : to_ - at;
    const bool last = at == to_ && !is_missed();
    if (!last || goes_on(with))
      consider({Repair::Kind::insert, 0, at, one.event, {}}, one.owed, distance);
    if (one.event.row().sort != Sort::request || is_missed()) return;
    for (const Candidate& two : candidates_.actions_of(with.world(), one.event.time, types, at)) {
      Course tried = with;
      if (two.owed && tried.suppose(two.event) && (!last || goes_on(tried)))
        consider({Repair::Kind::insert, 0, at, one.event, two.event}, false, distance);
    }
  }
  /// Whether the event that was stopped is stopped no more.
  [[nodiscard]] bool goes_on(Course course) const {
    return course.step(matter_.events[first_.at]).empty();
  }

  /// When something put in there may have happened: with what stands before it, or after it.
  [[nodiscard]] std::vector<Instant> instants_at(std::size_t at) const {
    std::vector<Instant> instants{time_before(at)};
    const Instant next = at < matter_.events.size() ? matter_.events[at].event.time : matter_.until;
    if (next != instants.front()) instants.push_back(next);
    return instants;
  }
  [[nodiscard]] Instant time_before(std::size_t at) const {
    return matter_.events[at > 0 ? at - 1 : 0].event.time;
  }

  /// Keeps what leaves least, and of those the cheapest and nearest.
  void consider(const Edit& edit, bool owed, std::size_t distance) {
    const std::size_t begin = edit.begin();
    const auto left = departures(edited(matter_, edit), courses_[begin], begin);
    const bool helps = left.size() < held_ && std::ranges::none_of(left, [&](const Departure& one) {
                         const bool there = one.finding.line == first_.finding.line &&
                                            !is_missed() &&
                                            one.finding.kind == Finding::Kind::violation;
                         return there || is_same(one.finding, first_.finding) ||
                                one.finding.line < first_.finding.line;
                       });
    const Cost cost{left.size(), price(edit.kind, edit.event, owed), distance};
    Best& best = edit.then ? chain_ : single_;
    if (helps && (!best.edit || cost < best.cost)) best = {edit, cost};
  }

  [[nodiscard]] Repair repair_of(const Edit& edit) const {
    Repair repair{edit.kind, edit.event, 0, 0, false};
    if (edit.kind != Repair::Kind::insert) {
      repair.event = whole_.events[edit.from].event;
      repair.line = whole_.events[edit.from].line;
    }
    if (edit.kind == Repair::Kind::drop) return repair;
    repair.at_end = edit.to == whole_.events.size();
    repair.before_line = repair.at_end ? whole_.last_line : whole_.events[edit.to].line;
    return repair;
  }

  using Cost = std::tuple<std::size_t, int, std::size_t>;

  const Matter& whole_;
  const Matter matter_;  // as much of it as a repair is held against
  const Departure& first_;
  const std::size_t held_;
  const Candidates candidates_;
  std::vector<Course> courses_;  // as they are before each event
  std::size_t from_ = 0;
  const std::size_t to_;
  struct Best {
    std::optional<Edit> edit;
    Cost cost;
  };
  Best single_;
  Best chain_;  // a request, and what it obliges to
};

}  // namespace

std::optional<Repaired> cheapest_repair(const Matter& matter, const Departure& first) {
  if (matter.events.empty()) return std::nullopt;
  return Search(matter, first).run();
}

}  // namespace shinsa::sim
