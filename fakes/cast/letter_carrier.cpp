#include "fakes/cast/letter_carrier.hpp"

#include <string>

#include "model/vocabulary/events.hpp"

namespace shinsa::fakes::cast {

using sim::Performed;
using sim::Stage;

Result<Performed> LetterCarrier::perform(const model::Duty&, TextId subject, Stage&) {
  return fail("the postal service does nothing by itself", std::to_string(subject.index));
}

const sim::TypeSet& LetterCarrier::watches() const {
  static constexpr sim::TypeSet watched{kType<"documents.posted">};
  return watched;
}

void LetterCarrier::observe(const Event& event, Stage& stage) {
  const Record& posted = stage.facts.record(event.data);
  const Value address = posted.fields[kField<"documents.posted", "address">];
  const Value contents = posted.fields[kField<"documents.posted", "contents">];
  post_office::Letter letter;
  letter.subject = stage.facts.text(event.subject);
  letter.to_address = stage.facts.text(address.text());
  for (TextId one : stage.facts.list(contents.list()))
    letter.contents.emplace_back(stage.facts.text(one));
  post_office::Delivery how;
  if (const auto fault = stage.faults.strikes("post", letter.subject, stage.now, stage.streams)) {
    how.lost = fault->kind == "loss";
    if (fault->kind == "delay") how.delay = how.delay + fault->delay.value_or(days(1));
  }
  const auto carried = office_.post(std::move(letter), stage.now, how);
  if (carried.arrives == kNever) return;
  RecordBuilder arrived(stage.facts, kType<"documents.arrived">);
  arrived.set_value(kField<"documents.arrived", "address">, address);
  arrived.set_value(kField<"documents.arrived", "contents">, contents);
  stage.happen(carried.arrives, kType<"documents.arrived">, event.subject, arrived.build());
}

}  // namespace shinsa::fakes::cast
