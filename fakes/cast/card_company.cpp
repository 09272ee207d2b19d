#include "fakes/cast/card_company.hpp"

#include "fakes/cast/demanded.hpp"

namespace shinsa::fakes::cast {

using sim::Performed;
using sim::Stage;

Result<Performed> CardCompany::perform(const model::Duty& duty, TextId subject, Stage& stage) {
  std::string_view outcome = "approved";
  Instant at = stage.now;
  if (const auto fault =
          stage.faults.strikes("card", stage.facts.text(subject), stage.now, stage.streams)) {
    if (fault->kind == "declined") outcome = "declined";
    if (fault->kind == "delay") at = at + fault->delay.value_or(hours(1));
  }
  RecordBuilder answer(stage.facts, kType<"card.answered">);
  stage.happen(at, kType<"card.answered">, subject, answer.set("outcome", outcome).build());
  return Performed{subject, as_demanded(duty, stage).build()};
}

}  // namespace shinsa::fakes::cast
