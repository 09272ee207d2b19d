#include "properties/campaign/jpdirect_reissue/knowledge.hpp"

namespace shinsa::properties::campaign::jpdirect_reissue {

void Knowledge::learn(const Event& event, const Facts& facts) {
  const Record& said = facts.record(event.data);
  if (event.type == kType<"mail.sent">) {
    read_mail(event, said, facts);
  } else if (event.type == kType<"invoice.issued">) {
    if (Order* order = order_of(event.subject, facts)) {
      order->bill = facts.text(said.fields[kField<"invoice.issued", "bill">].text());
      order->fee = said.fields[kField<"invoice.issued", "amount">].number();
    }
  } else if (event.type == kType<"certificate.revoked">) {
    for (Known& known : certificates_)
      if (known.subject == facts.text(event.subject)) known.revoked = true;
  } else if (event.type == kType<"certificate.issued">) {
    if (Order* order =
            order_of(said.fields[kField<"certificate.issued", "application">].text(), facts))
      order->issued = true;
    know(event, facts, said.fields[kField<"certificate.issued", "cn">],
         said.fields[kField<"certificate.issued", "kind">],
         said.fields[kField<"certificate.issued", "organisation">],
         said.fields[kField<"certificate.issued", "sans">],
         said.fields[kField<"certificate.issued", "not_after">]);
  } else if (event.type == kType<"fact.certificate">) {
    know(event, facts, said.fields[kField<"fact.certificate", "cn">],
         said.fields[kField<"fact.certificate", "kind">],
         said.fields[kField<"fact.certificate", "organisation">],
         said.fields[kField<"fact.certificate", "sans">],
         said.fields[kField<"fact.certificate", "not_after">]);
  }
}

void Knowledge::sent(const Command& command) {
  Order& order = orders_[command.application % kApplications];
  just_approved_ = kApplications;
  switch (command.verb) {
    case Verb::inquire:
      order.opened = true;
      return;
    case Verb::form:
      ++order.forms;
      order.name = name_of(command.certificate);
      if (!certificates_.empty())
        order.source = static_cast<std::uint8_t>(command.certificate % certificates_.size());
      return;
    case Verb::order:
      order.opened = true;
      order.is_order = true;
      order.name = kNames[command.certificate % kNames.size()];
      return;
    case Verb::pay:
      order.paid = order.paid || (command.variant != 1 && command.variant != 2);
      return;
    case Verb::approve:
      if (command.variant != 0 || order.code.empty()) return;
      order.approved = true;
      just_approved_ = static_cast<std::uint8_t>(command.application % kApplications);
      return;
    default:
      return;
  }
}

const Known* Knowledge::known(std::uint8_t n) const {
  return certificates_.empty() ? nullptr : &certificates_[n % certificates_.size()];
}
std::string Knowledge::reference(std::uint8_t n) const {
  const Known* one = known(n);
  return one ? one->subject : "certificate/none";
}
std::string Knowledge::name_of(std::uint8_t n) const {
  const Known* one = known(n);
  return one ? one->name : std::string(kNames[0]);
}

/// A mail with a code asks for approval; any other about an application brings its form.
void Knowledge::read_mail(const Event& event, const Record& said, const Facts& facts) {
  Order* order = order_of(event.subject, facts);
  if (!order) return;
  const Value code = said.fields[kField<"mail.sent", "code">];
  if (code.present())
    order->code = facts.text(code.text());
  else
    order->guided = true;
}

void Knowledge::know(const Event& event, const Facts& facts, Value name, Value kind,
                     Value organisation, Value names, Value end) {
  Known known;
  known.subject = facts.text(event.subject);
  known.name = facts.text(name.text());
  known.kind = choice_word(kProducts, kind.number());
  if (organisation.present()) known.organisation = facts.text(organisation.text());
  for (TextId id : facts.list(names.list())) known.names.emplace_back(facts.text(id));
  known.end = end.instant();
  certificates_.push_back(std::move(known));
}

Order* Knowledge::order_of(TextId subject, const Facts& facts) {
  const std::string_view name = facts.text(subject);
  if (!name.starts_with("application/")) return nullptr;
  const auto number = static_cast<std::size_t>(name.back() - '1');
  return number < orders_.size() ? &orders_[number] : nullptr;
}

}  // namespace shinsa::properties::campaign::jpdirect_reissue
