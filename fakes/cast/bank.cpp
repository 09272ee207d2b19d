#include "fakes/cast/bank.hpp"

#include "model/vocabulary/calendar.hpp"

namespace shinsa::fakes::cast {

using sim::Performed;
using sim::Stage;

Result<Performed> Bank::perform(const model::Duty&, TextId subject, Stage&) {
  return fail("the bank does nothing by itself", std::to_string(subject.index));
}

const sim::TypeSet& Bank::watches() const {
  static constexpr sim::TypeSet watched{kType<"payment.made">};
  return watched;
}

void Bank::observe(const Event& event, Stage& stage) {
  const Record& made = stage.facts.record(event.data);
  RecordBuilder received(stage.facts, kType<"payment.received">);
  for (std::string_view field : {"bill", "amount", "method"})
    received.set_value(*kEventTypes[kType<"payment.received">].field(field), field_of(made, field));
  const bool by_card =
      choice_word(kPaymentMethods, made.fields[kField<"payment.made", "method">].number()) ==
      "card";
  const Desk desk = stage.system.profile().desk();
  Instant at = stage.now;
  if (!by_card) at = next_open(start_of(plus_business_days(date_of(at), 1, desk)), desk);
  if (const auto fault =
          stage.faults.strikes("bank", stage.facts.text(event.subject), stage.now, stage.streams)) {
    if (fault->kind == "loss") return;
    if (fault->kind == "delay") at = at + fault->delay.value_or(days(1));
  }
  stage.happen(at, kType<"payment.received">, event.subject, received.build());
}

}  // namespace shinsa::fakes::cast
