#include "sim/examination/examine.hpp"

#include <algorithm>

#include "model/catalogue/catalogue.hpp"

namespace shinsa::sim {

namespace {

/// The steps that are left, divided by this, are what one question is worth whether a type would
/// settle a departure: the departures that follow need theirs.
constexpr std::size_t kShareOfSettling = 16;

bool has(const std::vector<Departure>& all, const Finding& finding) {
  return std::ranges::any_of(all,
                             [&](const Departure& one) { return is_same(one.finding, finding); });
}

TypeSet without(const TypeSet& types, const std::vector<TypeIndex>& removed) {
  TypeSet left;
  for (TypeIndex type = 0; type < kEventTypes.size(); ++type)
    if (types.contains(type) && std::ranges::count(removed, type) == 0) left.add(type);
  return left;
}

}  // namespace

std::vector<Answer> Examiner::examine(const Matter& matter) {
  std::vector<Answer> answers;
  Matter now = matter;
  std::vector<Departure> held = departures(now);
  const std::size_t worth = std::min(options_.steps_per_matter, options_.steps_per_log);
  steps_ = worth;
  while (!held.empty() && answers.size() < kCausesMax) {
    const Departure first = held.front();
    Answer answer;
    answer.finding = first.finding;
    tell_place(now, first, answer);
    auto onward = tell_open(now, first, answer);
    if (!onward) onward = tell_certain(now, first, answer);
    const auto left = onward ? departures(*onward) : std::vector<Departure>{};
    for (std::size_t i = 1; i < held.size(); ++i)
      if (!has(left, held[i].finding)) answer.follows.push_back(held[i].finding);
    answers.push_back(std::move(answer));
    if (!onward) break;
    now = std::move(*onward);
    held = left;
  }
  options_.steps_per_log -= worth - steps_;
  std::ranges::stable_sort(answers, {}, [](const Answer& one) { return one.finding.line; });
  return answers;
}

/// Whether it is found only unless something happened that the log does not record.
/// @return  the matter as it went on then; nothing if it is found in any case.
std::optional<Matter> Examiner::tell_open(const Matter& matter, const Departure& first,
                                          Answer& answer) {
  if (!options_.unobserved.any()) return std::nullopt;
  const Explained explained = explain_first(matter, first, options_.unobserved, true, steps_);
  answer.certain = !explained.by && !explained.bounded;
  answer.bounded = !explained.by && explained.bounded;
  if (!explained.by) return std::nullopt;
  answer.supposed = explained.by->supposed;
  answer.settled_by = settling(matter, first, *explained.by);
  return with_supposed(matter, *explained.by);
}

/// What would have been right, and under which other reading it is.
/// @return  a matter that goes on; nothing if none was found.
std::optional<Matter> Examiner::tell_certain(const Matter& matter, const Departure& first,
                                             Answer& answer) {
  if (options_.repairs_per_log == 0) return std::nullopt;
  --options_.repairs_per_log;
  answer.examined = true;
  try_readings(matter, first, answer);
  auto repaired = cheapest_repair(matter, first);
  if (!repaired) return std::nullopt;
  answer.repair = repaired->repair;
  return std::move(repaired->matter);
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
  std::vector<TypeIndex> types;
  for (auto one = explanation.supposed.rbegin(); one != explanation.supposed.rend(); ++one)
    if (std::ranges::count(types, one->event.type) == 0) types.push_back(one->event.type);
  const auto is_explained = [&](const TypeSet& unobserved, bool thoroughly) {
    const std::size_t worth = steps_ / kShareOfSettling;
    std::size_t left = worth;
    const Explained explained = explain_first(matter, first, unobserved, thoroughly, left);
    steps_ -= worth - left;
    return explained.by.has_value();
  };
  // To find nothing says something only if the same search finds the explanation.
  const bool thoroughly = !is_explained(options_.unobserved, false);
  const auto settles = [&](const std::vector<TypeIndex>& recorded) {
    return !is_explained(without(options_.unobserved, recorded), thoroughly);
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
