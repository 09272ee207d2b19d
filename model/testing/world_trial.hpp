/// A World and a pen, for tests: events are written as their fields in text.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/catalogue/catalogue.hpp"
#include "model/world.hpp"

namespace shinsa::model {

using Said = std::vector<std::pair<std::string, std::string>>;
using Texts = std::vector<std::string>;

/// What is said, with some of it changed; `~` leaves a field out.
inline Said changed(Said said, const Said& changes) {
  for (const auto& [name, value] : changes) {
    std::erase_if(said, [&name = name](const auto& pair) { return pair.first == name; });
    if (value != "~") said.emplace_back(name, value);
  }
  return said;
}

class WorldTrial : public testing::Test {
 protected:
  void start_with(const ProfileOptions& options) {
    auto profile = make_profile(options);
    ASSERT_TRUE(profile) << profile.error().text();
    world_ = std::make_unique<World>(*profile, facts_);
    coverage_ = Coverage(**profile);
    world_->observe(&coverage_);
  }

  Event event(const std::string& at, const std::string& type, const std::string& subject,
              const Said& said) {
    const TypeIndex index = *find_type(type);
    RecordBuilder record(facts_, index);
    for (const auto& [name, text] : said) {
      const FieldType& field = kEventTypes[index].fields[*kEventTypes[index].field(name)];
      if (field.kind == FieldKind::instant)
        record.set(name, *parse_instant(text));
      else if (field.kind == FieldKind::truth)
        record.set(name, text == "true");
      else if (field.kind == FieldKind::list)
        record.set(name, list(text));
      else if (field.kind == FieldKind::number)
        record.set(name, static_cast<std::int64_t>(std::stoll(text)));
      else
        record.set(name, std::string_view(text));
    }
    return {*parse_instant(at), index, facts_.intern(std::to_string(++count_)),
            facts_.intern(subject), record.build()};
  }
  Outcome step(const std::string& at, const std::string& type, const std::string& subject,
               const Said& said = {}) {
    return world_->step(event(at, type, subject, said));
  }
  /// The clauses that refuse an event; none if it is accepted.
  Texts refused(const std::string& at, const std::string& type, const std::string& subject,
                const Said& said = {}) {
    return ids(step(at, type, subject, said));
  }

  /// Items separated by commas.
  ListId list(const std::string& text) {
    std::vector<TextId> items;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t comma = std::min(text.find(',', at), text.size());
      items.push_back(facts_.intern(text.substr(at, comma - at)));
      at = comma + 1;
    }
    return facts_.intern_list(items);
  }
  static Texts ids(const Outcome& outcome) {
    Texts all;
    for (ClauseIndex index : outcome.clauses) all.emplace_back(clause(index).id);
    return all;
  }
  /// The types of the actions that are owed.
  Texts owed() const {
    Texts all;
    for (const Missed& missed : world_->owed()) all.emplace_back(kEventTypes[missed.type].name);
    return all;
  }

  Facts facts_;
  std::unique_ptr<World> world_;
  Coverage coverage_;
  int count_ = 0;
};

/// The cells of all machines in which an event can be refused without a clause that says why, each
/// as `Machine: Event in State`.
inline Texts cells_without_a_clause(const std::string& system) {
  auto profile = make_profile({system, {}, {}});
  if (!profile) return {profile.error().text()};
  Texts cells;
  for (const MachineApi* machine : (*profile)->machines)
    for (std::size_t e = 0; e < machine->events.size(); ++e) {
      if (machine->events[e].source != EventInfo::Source::trace) continue;
      for (std::size_t s = 0; s < machine->states.size(); ++s) {
        if (machine->accepts[s] >> e & 1) continue;
        const bool told = std::ranges::any_of(machine->breaks, [&](const BreakInfo& b) {
          return b.event == e && (b.any_state ? b.guard < 0 : (b.states >> s & 1) != 0);
        });
        if (!told)
          cells.push_back(std::string(machine->name) + ": " + std::string(machine->events[e].name) +
                          " in " + std::string(machine->states[s]));
      }
    }
  return cells;
}

}  // namespace shinsa::model
