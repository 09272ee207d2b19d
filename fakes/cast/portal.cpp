#include "fakes/cast/portal.hpp"

#include <algorithm>
#include <string>

#include "fakes/cast/demanded.hpp"
#include "model/catalogue/ids.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;

namespace {

constexpr std::size_t kDigits = 8;  // of a bill's number

/// What the numbers of the portal's invoices begin with.
std::string_view bill_prefix(const Stage& stage) {
  return stage.system.profile().system == kAcm ? kLabel<"ACM-57", "bill_prefix">
                                               : kLabel<"JPR-48", "bill_prefix">;
}

}  // namespace

Result<Performed> DeskClerk::perform(const Duty& duty, TextId subject, Stage& stage) {
  RecordBuilder record(stage.facts, duty.type);
  ListId clauses = duty.clauses;
  if (!duty.refusal && duty.clause != kNoClause) {
    const TextId id = stage.facts.intern(clause(duty.clause).id);
    clauses = stage.facts.intern_list({&id, 1});
  }
  record.set("clauses", clauses);
  return Performed{subject, record.build()};
}

Result<Performed> Bookkeeper::perform(const Duty& duty, TextId subject, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  if (duty.type == kType<"invoice.issued">) {
    std::string number = std::to_string(invoices_ + 1);
    number.insert(0, kDigits - std::min(kDigits, number.size()), '0');
    record.set("bill", std::string_view(std::string(bill_prefix(stage)) + number));
    if (!demanded<"invoice.issued", "amount">(duty, stage).present())
      return fail("the portal has to bill an order, but no price is known",
                  std::string(stage.facts.text(subject)), "give a fact.price for the product");
  }
  return Performed{subject, record.build()};
}

const sim::TypeSet& Bookkeeper::watches() const {
  static constexpr sim::TypeSet watched{kType<"invoice.issued">};
  return watched;
}

void Bookkeeper::observe(const Event&, Stage&) { ++invoices_; }

Result<Performed> Page::perform(const Duty& duty, TextId subject, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  const auto issued = issued_.find(subject);
  if (issued != issued_.end() && stage.now >= issued->second.shown_from)
    record.set("certificates", stage.facts.intern_list({&issued->second.certificate, 1}));
  return Performed{subject, record.build()};
}

const sim::TypeSet& Page::watches() const {
  static constexpr sim::TypeSet watched{kType<"certificate.issued">};
  return watched;
}

void Page::observe(const Event& event, Stage& stage) {
  constexpr auto week = tables::kNumbers[kNumber<"JPR-45", "days">].number;
  const bool at_once = stage.decide("mypage") == "at-once";
  const TextId application =
      stage.facts.record(event.data).fields[kField<"certificate.issued", "application">].text();
  issued_[application] = {event.subject, at_once ? stage.now : stage.now + days(week)};
}

Result<Performed> Centre::perform(const Duty& duty, TextId subject, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  const auto asked = topics_.find(subject);
  const bool ours =
      asked != topics_.end() && (asked->second == "progress" || asked->second == "eab");
  record.set("answer", ours ? "answered" : "referred");
  return Performed{subject, record.build()};
}

const sim::TypeSet& Centre::watches() const {
  static constexpr sim::TypeSet watched{kType<"question.asked">};
  return watched;
}

void Centre::observe(const Event& event, Stage& stage) {
  constexpr auto field = kField<"question.asked", "topic">;
  topics_.try_emplace(event.subject,
                      choice_word(kEventTypes[event.type].fields[field].choices,
                                  stage.facts.record(event.data).fields[field].number()));
}

}  // namespace shinsa::fakes::cast
