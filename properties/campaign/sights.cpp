#include "properties/campaign/sights.hpp"

#include "model/catalogue/catalogue.hpp"

namespace shinsa::properties::campaign {

std::string row_in_words(const model::MachineApi& machine, std::size_t row) {
  const model::RowInfo& info = machine.rows[row];
  return std::string(machine.name) + ": " + std::string(machine.states[info.source]) + " + " +
         std::string(machine.events[info.event].name) + " (row " + std::to_string(row + 1) + ")";
}

Sights::Sights(const model::Profile& profile) : profile_(&profile) {
  std::size_t all = clauses().size() + laws(profile.name).size();
  for (const auto* machine : profile.machines)
    all += machine->rows.size() + 2 * machine->guards.size();
  first_.assign(all, kNever);
}

void Sights::see(std::size_t place, const model::Coverage& coverage,
                 const std::set<ClauseIndex>& refusals, const std::vector<bool>& shown) {
  std::size_t at = 0;
  const auto note = [&](bool seen) {
    if (seen && first_[at] == kNever) first_[at] = place;
    ++at;
  };
  for (const auto& machine : coverage.machines)
    for (const auto* counts : {&machine.rows, &machine.yes, &machine.no})
      for (const std::uint64_t count : *counts) note(count > 0);
  for (const ClauseIndex index : refusals)
    if (std::size_t& first = first_[at + index]; first == kNever) first = place;
  at += clauses().size();
  for (const bool one : shown) note(one);
}

std::optional<std::size_t> Sights::add(const Sights& later) {
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < first_.size(); ++i) {
    if (first_[i] != kNever || later.first_[i] == kNever) continue;
    first_[i] = later.first_[i];
    last = std::max(last.value_or(0), first_[i]);
  }
  return last;
}

std::map<std::size_t, std::vector<std::string>> Sights::by_place() const {
  std::map<std::size_t, std::vector<std::string>> by_place;
  const std::vector<std::string> words = in_words();
  for (std::size_t i = 0; i < first_.size(); ++i)
    if (first_[i] != kNever) by_place[first_[i]].push_back(words[i]);
  return by_place;
}

/// In the order of `first_`.
std::vector<std::string> Sights::in_words() const {
  std::vector<std::string> words;
  for (const auto* machine : profile_->machines) {
    for (std::size_t row = 0; row < machine->rows.size(); ++row)
      words.push_back("row " + row_in_words(*machine, row));
    for (const char* said : {" yes", " no"})
      for (const auto& guard : machine->guards)
        words.push_back("guard " + std::string(machine->name) + "." + std::string(guard.name) +
                        said);
  }
  for (const Clause& clause : clauses()) words.push_back("refusal " + std::string(clause.id));
  for (const Law& law : laws(profile_->name)) words.push_back("law " + std::string(law.name));
  return words;
}

}  // namespace shinsa::properties::campaign
