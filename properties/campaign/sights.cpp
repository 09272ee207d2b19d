#include "properties/campaign/sights.hpp"

#include "model/catalogue/catalogue.hpp"

namespace shinsa::properties::campaign {

std::string row_in_words(const model::MachineApi& machine, std::size_t row) {
  const model::RowInfo& info = machine.rows[row];
  return std::string(machine.name) + ": " + std::string(machine.states[info.source]) + " + " +
         std::string(machine.events[info.event].name) + " (row " + std::to_string(row + 1) + ")";
}

Sights::Sights(const model::Profile& profile) : profile_(&profile) {
  const model::Coverage shape(profile);
  counters_ = shape.size();
  first_.assign(counters_ + clauses().size() + laws(profile.name).size(), kNever);
  is_sight_.assign(counters_, false);
  for (const auto& machine : shape.machines())
    for (const auto counts : {machine.rows, machine.yes, machine.no})
      for (const std::uint64_t& count : counts) is_sight_[shape.index_of(count)] = true;
}

void Sights::see(std::size_t place, const model::Coverage& coverage,
                 const std::set<ClauseIndex>& refusals, const std::vector<bool>& shown) {
  const auto note = [&](std::size_t at) {
    if (first_[at] == kNever) first_[at] = place;
  };
  for (const std::uint32_t at : coverage.exercised())
    if (is_sight_[at]) note(at);
  for (const ClauseIndex index : refusals) note(counters_ + index);
  for (std::size_t law = 0; law < shown.size(); ++law)
    if (shown[law]) note(counters_ + clauses().size() + law);
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
  const model::Coverage shape(*profile_);
  std::vector<std::string> words(counters_);
  for (std::size_t m = 0; m < shape.machines().size(); ++m) {
    const model::MachineApi& machine = *profile_->machines[m];
    const auto& counts = shape.machines()[m];
    for (std::size_t row = 0; row < machine.rows.size(); ++row)
      words[shape.index_of(counts.rows[row])] = "row " + row_in_words(machine, row);
    for (std::size_t guard = 0; guard < machine.guards.size(); ++guard) {
      const std::string name =
          "guard " + std::string(machine.name) + "." + std::string(machine.guards[guard].name);
      words[shape.index_of(counts.yes[guard])] = name + " yes";
      words[shape.index_of(counts.no[guard])] = name + " no";
    }
  }
  for (const Clause& clause : clauses()) words.push_back("refusal " + std::string(clause.id));
  for (const Law& law : laws(profile_->name)) words.push_back("law " + std::string(law.name));
  return words;
}

}  // namespace shinsa::properties::campaign
