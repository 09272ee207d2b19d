#include "properties/mutants/gate.hpp"

#include <algorithm>

#include "model/catalogue/catalogue.hpp"
#include "model/vocabulary/assert.hpp"
#include "properties/mutants/equivalent.hpp"
#include "scenarios/terms.hpp"

namespace shinsa::properties {

namespace {

using scenarios::Term;

/// What is no mutant at all: in no story and no life did it make a difference, and its kind says
/// why it cannot.
Words no_difference(const Trial& trial) {
  const std::string& kind = trial.mutant.kind;
  if (!trial.in_play) return {};
  if (kind == "twice" && !trial.traced)
    return {"done twice it leaves what it leaves once, or obligations that one action meets",
            "二度行っても一度と同じ結果になるか、同じ動作で果たされる義務が増えるだけである"};
  if (trial.spoilt > 0) return {};
  if (kind == "drop")
    return {"it leaves nothing behind: it marks that the clause is in play",
            "何も残さない。条項が関わったことを示すだけである"};
  if (kind == "allow" && trial.mutant.of_actions)
    return {"the system does only what it owes; what the guard would refuse it never does",
            "システムは義務のあることだけを行い、ガードが拒むことは行わない"};
  if (kind == "misaddress")
    return {"nothing that it owes has an address", "宛先のある義務を生じない"};
  if (kind == "late") return {"nothing that it owes has a deadline", "期限のある義務を生じない"};
  if (kind == "early") return {"nothing that it owes has to wait", "待つべき義務を生じない"};
  return {};
}

Ruling ruling_of(const Trial& trial, const Excuse* excuse) {
  if (trial.seen_from_outside() || (trial.judge && !trial.of_a_rule()))
    return {Standing::noticed, {}};
  if (Words why = no_difference(trial); !why.en.empty()) return {Standing::explained, why};
  if (excuse && excuse->judge_alone == trial.judge) return {Standing::explained, excuse->because};
  return {trial.judge ? Standing::judge_alone : Standing::survived, {}};
}

/// One entry: the mutants, and why.
void read_entry(const Term& entry, bool judge_alone, std::vector<Excuse>& all,
                std::vector<Error>& errors) {
  const Term* mutants = entry.find("mutants");
  const Term* because = entry.find("because");
  const Term* because_ja = entry.find("because_ja");
  if (!mutants || mutants->items.empty() || !because || !because_ja) {
    errors.push_back({"an entry has mutants, because and because_ja", entry.place.text(), {}});
    return;
  }
  for (const Term& id : mutants->items)
    all.push_back({id.text, judge_alone, {because->text, because_ja->text}, id.place.text()});
}

}  // namespace

Result<std::vector<Excuse>> read_excuses(const std::string& file, const std::string& text) {
  std::vector<Error> errors;
  const Term root = scenarios::read_terms(scenarios::SourceText(file, text), errors);
  std::vector<Excuse> all;
  for (const auto& [key, list] : root.entries)
    if (key == "equivalent" || key == "judge_alone")
      for (const Term& entry : list.items) read_entry(entry, key == "judge_alone", all, errors);
    else
      errors.push_back(
          {"'" + key + "' is neither equivalent nor judge_alone", list.key_place.text(), {}});
  if (!errors.empty()) return Failure(errors.front());
  return all;
}

std::vector<Excuse> own_excuses() {
  auto read = read_excuses("properties/mutants/equivalent.yaml", std::string(equivalent()));
  SHINSA_ASSERT(read, "the table of equivalent mutants that is compiled in cannot be read");
  return std::move(*read);
}

std::size_t Gate::failures() const {
  const auto failed = std::ranges::count_if(rulings, [](const Ruling& one) {
    return one.standing == Standing::survived || one.standing == Standing::judge_alone;
  });
  return static_cast<std::size_t>(failed) + stale.size();
}

Gate hold(std::string_view system, std::span<const Trial> trials, std::span<const Excuse> excuses) {
  Gate gate;
  const auto mutants = model::list_mutants(system);
  gate.whole = trials.size() == mutants.size();
  for (const Trial& trial : trials) {
    const auto excuse = std::ranges::find(excuses, trial.mutant.id, &Excuse::mutant);
    gate.rulings.push_back(ruling_of(trial, excuse == excuses.end() ? nullptr : &*excuse));
    const bool explained = gate.rulings.back().standing == Standing::explained;
    if (!explained) ++gate.to_be_noticed;
    if (!explained && !trial.laws.empty()) ++gate.by_laws;
    const bool needed = explained && no_difference(trial).en.empty();
    if (excuse != excuses.end() && !needed) gate.stale.push_back(*excuse);
  }
  if (!gate.whole) return gate;
  for (const Excuse& excuse : excuses)
    if (model::mutants_for(system, {excuse.mutant}).size() == 1 &&
        std::ranges::count(mutants, excuse.mutant, &model::MutantInfo::id) == 0)
      gate.stale.push_back(excuse);
  for (const Law& law : laws(system)) {
    const auto breaks = [&](const Trial& one) { return one.laws.contains(std::string(law.name)); };
    if (law.kind != LawKind::sometimes && std::ranges::none_of(trials, breaks))
      gate.idle_laws.emplace_back(law.name);
  }
  return gate;
}

}  // namespace shinsa::properties
