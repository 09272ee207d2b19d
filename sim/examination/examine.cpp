#include "sim/examination/examine.hpp"

#include <algorithm>

#include "model/catalogue/catalogue.hpp"

namespace shinsa::sim {

namespace {

bool has(const std::vector<Departure>& all, const Finding& finding) {
  return std::ranges::any_of(all,
                             [&](const Departure& one) { return is_same(one.finding, finding); });
}

/// Whether the same shows, or the event is held against the party for something else.
bool still_shows(const std::vector<Departure>& all, const Departure& departure) {
  return has(all, departure.finding) || std::ranges::any_of(all, [&](const Departure& one) {
           return one.at == departure.at && one.finding.kind == departure.finding.kind &&
                  one.finding.kind == Finding::Kind::violation;
         });
}

/// The matter as it is when the departure shows, and nothing after it.
Matter until(const Matter& matter, const Departure& departure) {
  if (departure.at >= matter.events.size()) return matter;
  Matter some = matter;
  some.events.resize(departure.at + 1);
  some.until = some.events.back().event.time;
  some.complete = false;
  return some;
}

/// Whether under what is supposed there the departure does not show, nor another in its place.
bool is_explained(const Explanation& explanation, const Departure& departure,
                  std::size_t departures) {
  return !still_shows(explanation.departures, departure) &&
         explanation.departures.size() <= departures;
}

TypeSet without(const TypeSet& types, const std::vector<TypeIndex>& removed) {
  TypeSet left;
  for (TypeIndex type = 0; type < kEventTypes.size(); ++type)
    if (types.contains(type) && std::ranges::count(removed, type) == 0) left.add(type);
  return left;
}

/// As much of what is supposed as bears on a departure: what came before it; of a duty that was
/// missed, the actions that may have met it.
Explanation part_for(const Explanation& whole, const Departure& departure) {
  const bool missed = departure.finding.kind != Finding::Kind::violation;
  Explanation part;
  for (std::size_t i = 0; i < whole.supposed.size(); ++i) {
    const Event& event = whole.supposed[i].event;
    if (whole.before[i] > departure.at) continue;
    if (missed && event.row().sort == Sort::action && event.type != departure.finding.type)
      continue;
    part.supposed.push_back(whole.supposed[i]);
    part.before.push_back(whole.before[i]);
  }
  return part;
}

}  // namespace

std::vector<Answer> Examiner::examine(const Matter& matter) {
  std::vector<Answer> answers;
  std::vector<Departure> held = departures(matter);
  if (held.empty()) return answers;
  steps_ = options_.steps;
  Matter now = matter;
  bool bounded = false;
  if (options_.unobserved.any()) {
    const Explanation explanation = explain_matter(matter, options_.unobserved, steps_);
    tell_open(matter, held, explanation, answers);
    bounded = explanation.bounded;
    if (!answers.empty()) {
      now = with_supposed(matter, explanation);
      held = departures(now);
    }
  }
  tell_certain(std::move(now), std::move(held), bounded, answers);
  std::ranges::stable_sort(answers, {}, [](const Answer& one) { return one.finding.line; });
  return answers;
}

/// What is found unless something happened that the log does not record.
void Examiner::tell_open(const Matter& matter, const std::vector<Departure>& held,
                         const Explanation& explanation, std::vector<Answer>& answers) {
  std::vector<Departure> open;
  for (const Departure& one : held)
    if (!still_shows(explanation.departures, one)) open.push_back(one);
  while (!open.empty() && answers.size() < kCausesMax) {
    const Departure first = open.front();
    const Explanation part = part_for(explanation, first);
    Answer answer;
    answer.finding = first.finding;
    answer.certain = false;
    answer.supposed = part.supposed;
    answer.settled_by = settling(matter, first, explanation);
    tell_place(matter, first, answer);
    open.erase(open.begin());
    if (first.finding.kind == Finding::Kind::violation) {
      const auto left = departures(with_supposed(matter, part));
      std::erase_if(open, [&](const Departure& one) {
        if (has(left, one.finding)) return false;
        answer.follows.push_back(one.finding);
        return true;
      });
    }
    answers.push_back(std::move(answer));
  }
}

/// What nothing unrecorded explains: each cause, and what follows from it.
void Examiner::tell_certain(Matter now, std::vector<Departure> held, bool bounded,
                            std::vector<Answer>& answers) {
  while (!held.empty() && answers.size() < kCausesMax) {
    const Departure first = held.front();
    Answer answer;
    answer.finding = first.finding;
    answer.certain = !bounded;
    answer.bounded = bounded;
    tell_place(now, first, answer);
    if (options_.readings) try_readings(now, first, answer);
    auto repaired = options_.repairs ? cheapest_repair(now, first) : std::nullopt;
    for (const Departure& one : held)
      if (&one != &held.front() && (!repaired || !has(repaired->departures, one.finding)))
        answer.follows.push_back(one.finding);
    if (repaired) answer.repair = repaired->repair;
    answers.push_back(std::move(answer));
    if (!repaired) return;
    now = std::move(repaired->matter);
    held = std::move(repaired->departures);
  }
}

/// What was owed or allowed where it shows, and what stops the event.
void Examiner::tell_place(const Matter& matter, const Departure& first, Answer& answer) {
  if (first.finding.kind != Finding::Kind::violation) return;
  Course course(matter);
  for (std::size_t i = 0; i < first.at; ++i) static_cast<void>(course.step(matter.events[i]));
  answer.finding.allowed = course.allowed();
  answer.stops = course.world().stops(first.finding.event);
}

/// The types that bring the departure back if nothing of them can be supposed: one if one does,
/// the nearest to it; else as few as do together.
std::vector<TypeIndex> Examiner::settling(const Matter& matter, const Departure& first,
                                          const Explanation& explanation) {
  if (first.finding.kind != Finding::Kind::violation &&
      options_.unobserved.contains(first.finding.type))
    return {first.finding.type};
  const Explanation part = part_for(explanation, first);
  std::vector<TypeIndex> types;
  for (auto one = part.supposed.rbegin(); one != part.supposed.rend(); ++one)
    if (std::ranges::count(types, one->event.type) == 0) types.push_back(one->event.type);
  const Matter some = until(matter, first);
  const auto departures = static_cast<std::size_t>(std::ranges::count_if(
      explanation.departures, [&](const Departure& one) { return one.at <= first.at; }));
  const auto settles = [&](const std::vector<TypeIndex>& recorded) {
    const auto other = explain_matter(some, without(options_.unobserved, recorded), steps_);
    return !is_explained(other, first, departures);
  };
  for (const TypeIndex type : types)
    if (settles({type})) return {type};
  std::vector<TypeIndex> few = types;
  for (auto type = types.rbegin(); type != types.rend() && few.size() > 1; ++type) {
    std::vector<TypeIndex> fewer = few;
    std::erase(fewer, *type);
    if (settles(fewer)) few = fewer;
  }
  return few;
}

void Examiner::try_readings(const Matter& matter, const Departure& first, Answer& answer) {
  Matter other = until(matter, first);
  const model::Profile& profile = *matter.profile;
  for (std::size_t r = 0; r < readings().size(); ++r) {
    if (readings()[r].system != profile.name) continue;
    for (std::size_t a = 0; a < readings()[r].alternatives.size(); ++a) {
      if (profile.readings[r] == static_cast<std::int64_t>(a)) continue;
      other.profile = under(profile, r, a);
      const auto left = departures(other);
      const bool goes_on = std::ranges::none_of(left, [&](const Departure& one) {
        return one.at < first.at || is_same(one.finding, first.finding) ||
               (one.at == first.at && first.at < matter.events.size());
      });
      if (goes_on)
        answer.other_readings.emplace_back(readings()[r].id, readings()[r].alternatives[a].name);
    }
  }
}

/// The profile with one reading switched.
std::shared_ptr<const model::Profile> Examiner::under(const model::Profile& profile,
                                                      std::size_t reading,
                                                      std::size_t alternative) {
  auto& known = profiles_[{reading, alternative}];
  if (known) return known;
  model::ProfileOptions options{std::string(profile.name), {}, {}};
  for (std::size_t r = 0; r < readings().size(); ++r)
    if (readings()[r].system == profile.name) {
      const std::size_t chosen =
          r == reading ? alternative : static_cast<std::size_t>(profile.readings[r]);
      options.readings[std::string(readings()[r].id)] = readings()[r].alternatives[chosen].name;
    }
  known = *model::make_profile(options);
  return known;
}

}  // namespace shinsa::sim
