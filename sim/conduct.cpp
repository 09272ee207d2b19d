#include "sim/conduct.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/suggest.hpp"
#include "sim/conduct/ways.hpp"

namespace shinsa::sim {

namespace {

/// Of every system.
constexpr Choice kPace{"pace", "earliest|next-business-day", "how soon the desk answers (JPR-49)"};
constexpr Choice kPages{"pages", "at-once|an-hour-later",
                        "how soon somebody is shown what he asked to see"};
constexpr std::array kCommon{&kPace, &kPages};

const Choice* find_choice(System system, std::string_view name) {
  const auto common = std::ranges::find(kCommon, name, &Choice::name);
  if (common != kCommon.end()) return *common;
  const auto own = ways_of(system).choices;
  const auto at = std::ranges::find(own, name, &Choice::name);
  return at == own.end() ? nullptr : &*at;
}

std::vector<std::string_view> words(std::string_view options) {
  std::vector<std::string_view> all(choice_count(options));
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = choice_word(options, static_cast<std::int64_t>(i));
  return all;
}

/// Whether the duty is to show what somebody asked to see.
bool shows(const model::Duty& duty, const model::Profile& profile) {
  return !duty.refusal && profile.machines[duty.machine]->effects[duty.effect].shows;
}

Failure unknown_choice(System system, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Choice& choice : choices_of(system)) names.push_back(choice.name);
  return fail("no free choice '" + std::string(name) + "'" + did_you_mean(name, names), "conduct");
}

Failure unknown_option(const Choice& choice, std::string_view option) {
  return fail("conduct " + std::string(choice.name) + " has no option '" + std::string(option) +
                  "'" + did_you_mean(option, words(choice.options)),
              "conduct", "it offers " + std::string(choice.options) + "|any");
}

}  // namespace

std::vector<Choice> choices_of(System system) {
  const auto own = ways_of(system).choices;
  std::vector<Choice> all(own.begin(), own.end());
  for (const Choice* choice : kCommon) all.push_back(*choice);
  return all;
}

Result<Conduct> Conduct::make(System system, const std::map<std::string, std::string>& pinned) {
  const std::vector<Pin> pins(pinned.begin(), pinned.end());
  return make(system, pins);
}

Result<Conduct> Conduct::make(System system, std::span<const Pin> pinned) {
  Conduct conduct;
  conduct.pinned_.reserve(pinned.size());
  for (const auto& [name, option] : pinned) {
    const Choice* const known = find_choice(system, name);
    if (!known) return unknown_choice(system, name);
    const auto at = choice_index(known->options, option);
    if (option != "any" && !at) return unknown_option(*known, option);
    conduct.pinned_.push_back(
        {known->name, at ? choice_word(known->options, *at) : std::string_view{}});
  }
  return conduct;
}

std::string_view Conduct::decide(System system, std::string_view choice, Streams& streams) const {
  const auto pinned = std::ranges::find(pinned_, choice, &Pinned::choice);
  if (pinned != pinned_.end() && !pinned->option.empty()) return pinned->option;
  const Choice* const known = find_choice(system, choice);
  SHINSA_ASSERT(known, "conduct asked for a choice that the system does not have");
  if (pinned == pinned_.end()) return choice_word(known->options, 0);
  const std::uint64_t drawn =
      streams["conduct/" + std::string(choice)].below(choice_count(known->options));
  return choice_word(known->options, static_cast<std::int64_t>(drawn));
}

std::optional<Instant> Conduct::when(const model::Duty& duty, Instant now,
                                     const model::Profile& profile, Streams& streams) const {
  const Ways& ways = ways_of(profile.system);
  const auto decided = [&](std::string_view choice) {
    return decide(profile.system, choice, streams);
  };
  const Decide taken = std::ref(decided);  // not copied, for it is called in here alone
  Instant at = std::max(now, duty.not_before);
  if (duty.modality == model::Duty::Modality::may) {
    const auto wait = ways.may(duty, taken);
    if (!wait) return std::nullopt;
    at = at + *wait;
  } else {
    at = at + ways.must(duty, taken);
  }
  if (shows(duty, profile) && decide(profile.system, kPages.name, streams) == "an-hour-later")
    at = at + hours(1);
  if (!ways.by_people(duty)) return at;
  if (decide(profile.system, kPace.name, streams) == "next-business-day")
    at = std::max(at, start_of(plus_business_days(date_of(at), 1, profile.desk())));
  return next_open(at, profile.desk());
}

}  // namespace shinsa::sim
