#include "properties/campaign/dedicated_renewal/knowledge.hpp"

#include <algorithm>

#include "model/catalogue/ids.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

namespace {

bool serves(const Record& mail, std::string_view purpose, const Facts& facts) {
  const auto purposes = facts.list(mail.fields[kField<"mail.sent", "purposes">].list());
  return std::ranges::any_of(purposes, [&](TextId one) { return facts.text(one) == purpose; });
}

}  // namespace

void Knowledge::learn(const Event& event, const Facts& facts) {
  const Record& said = facts.record(event.data);
  const auto text = [&](std::string_view field) {
    return std::string(facts.text(field_of(said, field).text()));
  };
  if (event.type == kType<"fact.certificate">) {
    know(event, said, facts, text("customer"));
    certificates_.back().asked = field_of<"noticed">(said).present();
    return;
  }
  if (event.type == kType<"renewal.ordered">) return order(event, said, facts);
  if (event.type == kType<"mail.sent">) return mail(event, said, facts);
  if (event.type == kType<"certificate.issued">) {
    Renewal* renewal = renewal_of(field_of<"application">(said).text(), facts);
    std::string customer;
    if (renewal) {
      renewal->issued = true;
      for (const Known& known : certificates_)
        if (known.subject == renewal->certificate) customer = known.customer;
    }
    return know(event, said, facts, customer);
  }
  Renewal* renewal = renewal_of(event.subject, facts);
  if (!renewal) return;
  if (event.type == kType<"invoice.issued">) renewal->invoiced = true;
  if (event.type == kType<"payment.confirmed">) renewal->confirmed = true;
  if (event.type == kType<"ca.applied">) renewal->applied = true;
  if (event.type == kType<"review.asked">) {
    renewal->asked = true;
    renewal->answered = false;
  }
  if (event.type == kType<"billing.shown">) {
    constexpr auto field = kField<"billing.shown", "screen">;
    renewal->screen =
        choice_word(kEventTypes[event.type].fields[field].choices, said.fields[field].number());
  }
}

void Knowledge::sent(const Command& command) {
  Renewal& renewal = renewals_[command.application % kRenewals];
  if (command.verb == Verb::answer && !certificates_.empty())
    certificates_[command.certificate % certificates_.size()].wants = command.variant % 2 == 0;
  if (command.verb == Verb::transfer && command.variant == 0) renewal.sent_money = true;
  if (command.verb == Verb::review) renewal.answered = true;
}

const Known* Knowledge::known(std::uint8_t n) const {
  return certificates_.empty() ? nullptr : &certificates_[n % certificates_.size()];
}

const Renewal* Knowledge::order_for(const Known& certificate) const {
  const Renewal* newest = nullptr;
  for (const Renewal& one : renewals_)
    if (one.ordered && one.certificate == certificate.subject) newest = &one;
  return newest;
}

void Knowledge::mail(const Event& event, const Record& said, const Facts& facts) {
  if (Known* known = certificate_of(event.subject, facts))
    known->asked = known->asked || serves(said, kLabel<"REN-06", "purpose">, facts);
  if (Renewal* renewal = renewal_of(event.subject, facts)) renewal->told = true;
}

void Knowledge::know(const Event& event, const Record& said, const Facts& facts,
                     std::string customer) {
  Known known;
  known.subject = facts.text(event.subject);
  known.customer = std::move(customer);
  known.host = facts.text(field_of<"cn">(said).text());
  known.end = field_of<"not_after">(said).instant();
  certificates_.push_back(std::move(known));
}

void Knowledge::order(const Event& event, const Record& said, const Facts& facts) {
  Renewal* renewal = renewal_of(event.subject, facts);
  if (!renewal) return;
  renewal->ordered = true;
  renewal->certificate = facts.text(said.fields[kField<"renewal.ordered", "certificate">].text());
  renewal->bill = facts.text(said.fields[kField<"renewal.ordered", "bill">].text());
  renewal->amount = said.fields[kField<"renewal.ordered", "amount">].number();
  renewal->by_transfer =
      choice_word(kPaymentMethods, said.fields[kField<"renewal.ordered", "method">].number()) ==
      "bank-transfer";
  for (const Known& known : certificates_)
    if (known.subject == renewal->certificate) renewal->host = known.host;
}

Known* Knowledge::certificate_of(TextId subject, const Facts& facts) {
  const auto at = std::ranges::find(certificates_, facts.text(subject), &Known::subject);
  return at == certificates_.end() ? nullptr : &*at;
}

Renewal* Knowledge::renewal_of(TextId subject, const Facts& facts) {
  const std::string_view name = facts.text(subject);
  if (!name.starts_with("renewal/") || name.size() != 9) return nullptr;
  const auto number = static_cast<std::size_t>(name.back() - '1');
  return number < renewals_.size() ? &renewals_[number] : nullptr;
}

}  // namespace shinsa::properties::campaign::dedicated_renewal
