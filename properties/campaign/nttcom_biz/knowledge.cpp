#include "properties/campaign/nttcom_biz/knowledge.hpp"

#include <algorithm>

namespace shinsa::properties::campaign::nttcom_biz {

std::string subject_of(std::size_t application) {
  if (application < kRegistered) return "application/" + std::to_string(application + 1);
  return "application/renewal-" + std::to_string(application - kRegistered + 1);
}

void Knowledge::learn(const Event& event, const Facts& facts) {
  const Record& said = facts.record(event.data);
  if (event.type == kType<"fact.certificate">)
    end_of_given_ = said.fields[kField<"fact.certificate", "not_after">].instant();
  if (event.type == kType<"certificate.issued">)
    if (Order* order =
            order_of(said.fields[kField<"certificate.issued", "application">].text(), facts)) {
      order->certificate = facts.text(event.subject);
      order->end = said.fields[kField<"certificate.issued", "not_after">].instant();
    }
  if (event.type == kType<"server.restarted">)
    if (Order* order = order_with(event.subject, facts)) {
      const bool ok = said.fields[kField<"server.restarted", "result">].number() == 0;
      order->failed = !ok;
      order->set = order->set || ok;
    }
  Order* const order = order_of(event.subject, facts);
  if (!order) return;
  if (event.type == kType<"renewal.started">) {
    const std::string_view cn = facts.text(said.fields[kField<"renewal.started", "cn">].text());
    order->opened = order->is_renewal = true;
    order->needs_documents = said.fields[kField<"renewal.started", "documents_needed">].truth();
    const auto name = std::ranges::find(kNames, cn, &Name::host);
    order->name = name == kNames.end() ? 0 : static_cast<std::size_t>(name - kNames.begin());
  } else if (event.type == kType<"whois.answered">) {
    order->hidden = said.fields[kField<"whois.answered", "protected">].truth();
    order->in_vain = true;
  } else if (event.type == kType<"application.forwarded">) {
    order->forwarded = true;
    order->in_vain = false;
  } else if (event.type == kType<"application.refused">) {
    order->opened = false;
  } else if (event.type == kType<"mail.sent">) {
    if (const Value code = said.fields[kField<"mail.sent", "code">]; code.present())
      order->links.push_back(
          {std::string(facts.text(said.fields[kField<"mail.sent", "to">].text())),
           std::string(facts.text(code.text())), event.time});
  }
}

void Knowledge::sent(const Command& command) {
  Order& order = orders_[command.application % kApplications];
  switch (command.verb) {
    case Verb::log_in:
      logged_in_ = logged_in_ || command.variant == 0;
      return;
    case Verb::enter:
      if (order.opened || order.is_renewal) return;
      order = Order{};
      order.opened = true;
      order.name = command.certificate % kNames.size();
      order.needs_documents = command.variant == 2 || command.variant == 3;
      return;
    case Verb::post:
      order.posted = order.posted || command.variant == 0;
      return;
    case Verb::lift:
      order.lifted = true;
      return;
    case Verb::report:
      order.hidden = false;
      return;
    case Verb::approve:
      order.approved = order.approved || (command.variant == 0 && !order.links.empty());
      return;
    case Verb::cancel:
      order.cancelled = true;
      return;
    case Verb::terminate:
      terminated_ = terminated_ || command.variant == 0;
      return;
    default:
      return;
  }
}

Order* Knowledge::order_of(TextId subject, const Facts& facts) {
  static const auto subjects = [] {
    std::array<std::string, kApplications> all;
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = subject_of(i);
    return all;
  }();
  const auto at = std::ranges::find(subjects, facts.text(subject));
  return at == subjects.end() ? nullptr : &orders_[static_cast<std::size_t>(at - subjects.begin())];
}

Order* Knowledge::order_with(TextId certificate, const Facts& facts) {
  const auto found = std::ranges::find(orders_, facts.text(certificate), &Order::certificate);
  return found == orders_.end() ? nullptr : &*found;
}

}  // namespace shinsa::properties::campaign::nttcom_biz
