#include "cli/collect/log_coverage.hpp"

#include <algorithm>
#include <map>

namespace shinsa::cli {

namespace {

/// For each clause that the tables name, the types of events through which it is asked.
class Leads {
 public:
  explicit Leads(const model::Profile& profile) : profile_(profile) {
    for (const model::MachineApi* machine : profile.machines) read(*machine);
    for (const auto& [type, clause] : profile.never) leads_[clause].insert(type);
  }
  [[nodiscard]] const std::map<ClauseIndex, std::set<TypeIndex>>& all() const { return leads_; }

 private:
  void read(const model::MachineApi& machine) {
    std::set<TypeIndex> of_machine;  // what wakes it at all
    for (const model::EventInfo& event : machine.events)
      if (event.source == model::EventInfo::Source::trace) of_machine.insert(event.type);
    for (const model::RowInfo& row : machine.rows) {
      for (const model::Atom& atom : row.atoms)
        add(machine.guards[atom.guard].clauses, machine.events[row.event], of_machine);
      for (const std::uint8_t effect : row.effects)
        add(machine.effects[effect].clauses, machine.events[row.event], of_machine);
    }
    for (const model::BreakInfo& one : machine.breaks)
      add(one.clauses, machine.events[one.event], of_machine);
  }

  /// What follows from a message or a deadline is asked wherever its machine is awake.
  void add(std::span<const ClauseIndex> clauses, const model::EventInfo& event,
           const std::set<TypeIndex>& of_machine) {
    const ClauseIndex clause = profile_.clause_of(clauses);
    if (clause == kNoClause) return;
    if (event.source == model::EventInfo::Source::trace)
      leads_[clause].insert(event.type);
    else
      leads_[clause].insert(of_machine.begin(), of_machine.end());
  }

  const model::Profile& profile_;
  std::map<ClauseIndex, std::set<TypeIndex>> leads_;
};

}  // namespace

LogCoverage coverage_of(const model::Profile& profile, const std::set<TypeIndex>& recorded) {
  const Leads leads(profile);
  LogCoverage coverage;
  std::map<TypeIndex, std::vector<ClauseIndex>> lacking;
  for (const auto& [clause, types] : leads.all()) {
    const bool judged =
        std::ranges::any_of(types, [&](TypeIndex type) { return recorded.contains(type); });
    (judged ? coverage.judged : coverage.unjudged).push_back(clause);
    if (judged) continue;
    for (const TypeIndex type : types) lacking[type].push_back(clause);
  }
  for (auto& [type, clauses] : lacking) coverage.lacking.push_back({type, std::move(clauses)});
  std::ranges::stable_sort(coverage.lacking, std::ranges::greater(),
                           [](const auto& one) { return one.clauses.size(); });
  return coverage;
}

}  // namespace shinsa::cli
