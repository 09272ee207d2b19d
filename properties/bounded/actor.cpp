#include "properties/bounded/actor.hpp"

#include <algorithm>

#include "model/vocabulary/assert.hpp"

namespace shinsa::properties::bounded {

namespace {

bool comes_before(const Event& a, const Event& b) {
  return std::tie(a.time, a.subject, a.type) < std::tie(b.time, b.subject, b.type);
}

bool is_same(const Event& a, const Event& b) {
  return a.type == b.type && a.subject == b.subject && a.data == b.data;
}

}  // namespace

void Memory::add(const Event& event) {
  std::erase_if(events_, [&](const Event& one) { return is_same(one, event); });
  Event plain = event;
  plain.id = {};
  events_.insert(std::ranges::upper_bound(events_, plain, comes_before), plain);
}

void Memory::set_out(const Event& event) {
  under_way_.insert(std::ranges::upper_bound(under_way_, event, comes_before), event);
}

void Memory::arrive(const Event& event) {
  const auto at = std::ranges::find_if(
      under_way_, [&](const Event& one) { return one.time <= event.time && is_same(one, event); });
  SHINSA_ASSERT(at != under_way_.end(), "what arrives was not under way");
  under_way_.erase(at);
}

void Memory::pack(Packing& to) const {
  to.restart();
  to(static_cast<std::uint32_t>(events_.size()));
  for (const auto* part : {&events_, &under_way_})
    for (const Event& one : *part) to(one.time, one.type, one.subject, one.data);
}

void Memory::unpack(std::string_view bytes) {
  events_.clear();
  under_way_.clear();
  Unpacking from(bytes);
  std::uint32_t remembered = 0;
  from(remembered);
  while (!from.done()) {
    Event& one = (events_.size() < remembered ? events_ : under_way_).emplace_back();
    from(one.time, one.type, one.subject, one.data);
  }
}

/// A cast of its own for one deed, that has seen what is remembered.
struct Actors::Stage {
  Stage(Actors& of, const Memory& memory, std::uint64_t seed)
      : actors(of),
        hands(sim::SimulationOptions(of.options_), std::move(of.storage_)),
        cast(fakes::Detail::events),
        streams(seed),
        faults(of.faults_),
        stage{of.given_.facts(),
              streams,
              faults,
              artefacts,
              of.given_.system(),
              of.options_.start,
              [this](Instant at, TypeIndex type, TextId subject, RecordId data) {
                Event event;
                event.time = at;
                event.type = type;
                event.subject = subject;
                event.data = data;
                sets_out.push_back(event);
              },
              [this](std::string_view choice) {
                return actors.conduct_.decide(actors.options_.system->system, choice, streams);
              },
              true} {
    cast.join(hands);
    for (const sim::Stepped& one : of.given_.trace()) show(one.event);
    for (const Event& one : memory.events()) show(one);
    sets_out.clear();  // that was set going then
  }
  ~Stage() { actors.storage_ = hands.leave(); }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  void show(const Event& event) {
    stage.now = event.time;
    hands.show(event, stage);
  }

  Actors& actors;
  sim::Simulation hands;
  fakes::Cast cast;
  sim::Streams streams;
  sim::Faults faults;
  sim::Artefacts artefacts;
  std::vector<Event> sets_out;
  sim::Stage stage;
};

Actors::Actors(sim::Simulation& given, const scenarios::Story& story) : given_(given) {
  options_.system = given.system().profile_pointer();
  options_.judge = given.judge().world().profile_pointer();
  options_.start = story.start;
  auto conduct = sim::Conduct::make(options_.system->system, story.conduct);
  SHINSA_ASSERT(conduct, "the loader lets only known conduct pass");
  conduct_ = std::move(*conduct);
  for (const std::string& text : story.faults) faults_.push_back(*sim::parse_fault(text));
  const Stage some(*this, {}, 0);
  // Who writes the mails wants to know the names of things, and not since when.
  const sim::Performer* const post = some.hands.performer(kType<"mail.sent">);
  remembered_ = some.hands.watched_by([](const auto&) { return true; });
  timed_ = some.hands.watched_by([&](const auto& one) { return &one != post; });
  seen_aside_ = some.hands.watched_by([&](const auto& one) { return some.hands.is_onlooker(one); });
}

void Actors::remember(const Event& event, Memory& memory) const {
  if (!remembered_.contains(event.type)) return;
  Event kept = event;
  if (!timed_.contains(event.type)) kept.time = options_.start;
  memory.add(kept);
}

Result<Done> Actors::perform(const model::Duty& duty, TextId subject, Instant now,
                             const Memory& memory) {
  const Facts& facts = given_.facts();
  const std::uint64_t seed = facts.digest(subject).low ^ facts.digest(duty.match).high ^
                             static_cast<std::uint64_t>(now.seconds) * 0x9e3779b97f4a7c15ull ^
                             duty.type;
  Stage at(*this, memory, seed);
  at.stage.now = now;
  sim::Performer* const performer = at.hands.performer(duty.type);
  SHINSA_ASSERT(performer, "an obligation that no fake can carry out");
  auto performed = performer->perform(duty, subject, at.stage);
  if (!performed) return Failure(performed.error());
  return Done{*performed, std::move(at.sets_out)};
}

std::vector<Event> Actors::sets_out(const Event& event, const Memory& memory) {
  if (!seen_aside_.contains(event.type)) return {};
  Stage at(*this, memory, static_cast<std::uint64_t>(event.time.seconds));
  at.show(event);
  return std::move(at.sets_out);
}

}  // namespace shinsa::properties::bounded
