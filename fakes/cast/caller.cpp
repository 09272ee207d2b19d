#include "fakes/cast/caller.hpp"

#include <algorithm>

#include "fakes/cast/demanded.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;

namespace {

constexpr Duration kRingsFor = seconds(60);  // before the caller gives up

std::string artefact_name(std::string_view subject) {
  std::string name(subject.substr(subject.find('/') + 1));
  std::ranges::replace(name, '/', '_');
  return name;
}

}  // namespace

Result<Performed> Caller::perform(const Duty& duty, TextId subject, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  const Value number = demanded<"call.made", "number">(duty, stage);
  if (!number.present())
    return fail("the CA has to telephone, but no third party's directory lists the organisation",
                std::string(stage.facts.text(subject)), "give a fact.directory for it (ASM-02)");
  telephone::Faults faults;
  bool denies = false;
  if (const auto fault =
          stage.faults.strikes("telephone", stage.facts.text(subject), stage.now, stage.streams)) {
    faults.no_answer = fault->kind == "no-answer";
    faults.engaged = fault->kind == "engaged";
    denies = fault->kind == "denied";
  }
  std::vector<telephone::Persona> people;
  if (denies)
    people.push_back({std::string(stage.facts.text(number.text())), telephone::Outcome::denied});
  const telephone::Call call =
      telephone_of(stage, std::move(people))
          .dial(stage.facts.text(number.text()), organisation_of(number.text()), stage.now, faults);
  std::string transcript;
  for (const auto& spoken : call.transcript) transcript += spoken.ja + "\n" + spoken.en + "\n";
  stage.artefacts["telephone/" + artefact_name(stage.facts.text(subject)) + "-" +
                  std::to_string(++count_) + ".txt"] = transcript;
  RecordBuilder answer(stage.facts, kType<"call.answered">);
  answer.set("outcome", telephone::to_text(call.outcome));
  stage.happen(call.answered_at.value_or(stage.now + kRingsFor), kType<"call.answered">, subject,
               answer.build());
  if (const auto entry = directory_.find(number.text());
      entry != directory_.end() && entry->second.second)
    record.set("source", entry->second.second);
  return Performed{subject, record.build()};
}

const sim::TypeSet& Caller::watches() const {
  static constexpr sim::TypeSet watched{kType<"fact.directory">};
  return watched;
}

void Caller::observe(const Event& event, Stage& stage) {
  const Record& entry = stage.facts.record(event.data);
  const std::string_view subject = stage.facts.text(event.subject);
  const std::string organisation(subject.substr(subject.find('/') + 1));
  const TextId number = entry.fields[kField<"fact.directory", "number">].text();
  const TextId source = entry.fields[kField<"fact.directory", "source">].text();
  directory_[number] = {organisation, source};
}

std::string Caller::organisation_of(TextId number) const {
  const auto entry = directory_.find(number);
  return entry == directory_.end() ? std::string{} : entry->second.first;
}

telephone::Telephone Caller::telephone_of(const Stage& stage,
                                          std::vector<telephone::Persona> people) const {
  telephone::Directory listed;
  for (const auto& [number, whose] : directory_)
    listed.add({whose.first, std::string(stage.facts.text(number)),
                std::string(stage.facts.text(whose.second))});
  return telephone::Telephone(std::move(listed), std::move(people));
}

}  // namespace shinsa::fakes::cast
