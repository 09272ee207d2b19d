#include "properties/campaign/reach.hpp"

#include <algorithm>

#include "model/vocabulary/assert.hpp"
#include "properties/campaign/sights.hpp"
#include "properties/campaign/unreached.hpp"
#include "scenarios/terms.hpp"

namespace shinsa::properties::campaign {

namespace {

using scenarios::Term;

/// One entry: the system, what is not reached, and why.
void read_entry(const Term& entry, std::vector<Unreached>& all, std::vector<Error>& errors) {
  const Term* system = entry.find("system");
  const Term* what = entry.find("what");
  const Term* because = entry.find("because");
  const Term* because_ja = entry.find("because_ja");
  if (!system || !what || what->items.empty() || !because || !because_ja) {
    errors.push_back({"an entry has system, what, because and because_ja", entry.place.text(), {}});
    return;
  }
  for (const Term& one : what->items)
    all.push_back({system->text, one.text, {because->text, because_ja->text}, one.place.text()});
}

/// Whether a guard is asked of requests, so that a lawful portal can make it say both.
bool is_of_requests(const model::MachineApi& machine, std::size_t guard) {
  return !machine.guards[guard].clauses.empty() && model::stands_in_a_row(machine, guard) &&
         !model::is_of_actions(machine, guard);
}

/// Adds up what was reached, machine by machine.
class Walk {
 public:
  Walk(const model::Profile& profile, std::span<const Unreached> why)
      : profile_(profile), why_(why) {}

  Reach take(const model::Coverage& coverage) {
    for (std::size_t m = 0; m < profile_.machines.size(); ++m) {
      const model::MachineApi& machine = *profile_.machines[m];
      const std::string name(machine.name);
      const auto& counts = coverage.machines()[m];
      for (std::size_t s = 1; s < machine.states.size(); ++s)  // it begins in the first
        note(Missed::Kind::state, name + ": " + std::string(machine.states[s]), counts.states[s],
             reach_.states, reach_.states_entered);
      for (std::size_t r = 0; r < machine.rows.size(); ++r)
        note(Missed::Kind::row, row_in_words(machine, r), counts.rows[r], reach_.rows,
             reach_.rows_fired);
      for (std::size_t g = 0; g < machine.guards.size(); ++g)
        if (is_of_requests(machine, g))
          both(name + "." + std::string(machine.guards[g].name), counts.yes[g], counts.no[g]);
    }
    return std::move(reach_);
  }

 private:
  void note(Missed::Kind kind, std::string what, std::uint64_t count, std::size_t& all,
            std::size_t& seen) {
    ++all;
    if (count) ++seen;
    ask(kind, std::move(what), count > 0);
  }
  void both(const std::string& guard, std::uint64_t yes, std::uint64_t no) {
    ++reach_.guards;
    if (yes && no) ++reach_.guards_both;
    ask(Missed::Kind::guard, guard + " never said yes", yes > 0);
    ask(Missed::Kind::guard, guard + " never said no", no > 0);
  }
  void ask(Missed::Kind kind, std::string what, bool reached) {
    const auto entry = std::ranges::find_if(why_, [&](const Unreached& one) {
      return one.system == profile_.name && one.what == what;
    });
    if (reached && entry != why_.end()) reach_.reached.push_back(what);
    if (reached) return;
    reach_.missed.push_back(
        {kind, std::move(what), entry == why_.end() ? Words{} : entry->because});
  }

  const model::Profile& profile_;
  std::span<const Unreached> why_;
  Reach reach_;
};

}  // namespace

Result<std::vector<Unreached>> read_unreached(const std::string& file, const std::string& text) {
  std::vector<Error> errors;
  const Term root = scenarios::read_terms(scenarios::SourceText(file, text), errors);
  std::vector<Unreached> all;
  for (const auto& [key, list] : root.entries)
    if (key == "unreached")
      for (const Term& entry : list.items) read_entry(entry, all, errors);
    else
      errors.push_back({"'" + key + "' is not unreached", list.key_place.text(), {}});
  if (!errors.empty()) return Failure(errors.front());
  return all;
}

const std::vector<Unreached>& own_unreached() {
  static const std::vector<Unreached> all = [] {
    auto read = read_unreached("properties/campaign/unreached.yaml", std::string(unreached()));
    SHINSA_ASSERT(read, "the table of what is not reached that is compiled in cannot be read");
    return std::move(*read);
  }();
  return all;
}

std::vector<std::string> Reach::unexplained() const {
  std::vector<std::string> all;
  for (const Missed& one : missed)
    if (one.kind != Missed::Kind::state && !one.is_explained()) all.push_back(one.what);
  return all;
}

Reach reach_of(const model::Profile& profile, const model::Coverage& coverage,
               std::span<const Unreached> why) {
  return Walk(profile, why).take(coverage);
}

std::vector<std::string> names_of_nothing(std::span<const Unreached> why) {
  std::vector<std::string> all;
  for (const Unreached& one : why) {
    const auto profile = model::make_profile({one.system, {}, {}});
    const auto named = [&] {
      const Reach nothing = reach_of(**profile, model::Coverage(**profile), {});
      return std::ranges::count(nothing.missed, one.what, &Missed::what) > 0;
    };
    if (!profile || !named()) all.push_back(one.where + ": " + one.what);
  }
  return all;
}

}  // namespace shinsa::properties::campaign
