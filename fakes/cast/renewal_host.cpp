#include "fakes/cast/renewal_host.hpp"

#include <algorithm>
#include <string>

#include "fakes/cast/demanded.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;

namespace {

constexpr std::size_t kDigits = 8;  // of a bill's number, which no page describes

/// What a renewal costs, as it is on record.
Value price(const Stage& stage) {
  const RecordId record = stage.system.background(stage.facts.find("product/renewal"));
  return record ? stage.facts.record(record).fields[kField<"fact.price", "amount">] : Value{};
}

std::string bill_number(std::size_t count) {
  const std::string digits = std::to_string(count);
  return std::string(kDigits - std::min(kDigits, digits.size()), '0') + digits;
}

}  // namespace

Result<Performed> RenewalHost::perform(const Duty& duty, TextId subject, Stage& stage) {
  if (duty.type == kType<"renewal.ordered">) return order(duty, stage);
  if (duty.type == kType<"invoice.issued">) return invoice(duty, subject, stage);
  return Performed{subject, as_demanded(duty, stage).build()};
}

const sim::TypeSet& RenewalHost::watches() const {
  static constexpr sim::TypeSet watched{kType<"renewal.ordered">};
  return watched;
}

void RenewalHost::observe(const Event&, Stage&) { ++orders_; }

Result<Performed> RenewalHost::order(const Duty& duty, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  const Value demanded_amount = demanded<"renewal.ordered", "amount">(duty, stage);
  const Value amount = demanded_amount.present() ? demanded_amount : price(stage);
  const std::string subject = "renewal/" + std::to_string(orders_ + 1);
  if (!amount.present())
    return fail("the host has to bill a renewal, but no price is known", subject,
                "give a fact.price for product/renewal");
  record.set("amount", amount.number()).set("bill", std::string_view(bill_number(orders_ + 1)));
  if (!demanded<"renewal.ordered", "method">(duty, stage).present()) record.set("method", "card");
  return Performed{stage.facts.intern(subject), record.build()};
}

Performed RenewalHost::invoice(const Duty& duty, TextId subject, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  if (!demanded<"invoice.issued", "channel">(duty, stage).present())
    record.set("channel", stage.decide("invoice"));
  const std::string bill(stage.facts.text(demanded<"invoice.issued", "bill">(duty, stage).text()));
  stage.artefacts["invoices/" + bill + ".txt"] =
      "請求書\n請求書番号: " + bill + "\nご請求金額: " +
      std::to_string(demanded<"invoice.issued", "amount">(duty, stage).number()) +
      "円\nお支払方法: 銀行振込\n";
  return Performed{subject, record.build()};
}

}  // namespace shinsa::fakes::cast
