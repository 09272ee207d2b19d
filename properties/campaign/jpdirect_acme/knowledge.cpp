#include "properties/campaign/jpdirect_acme/knowledge.hpp"

#include <algorithm>

namespace shinsa::properties::campaign::jpdirect_acme {

bool is_by_file(std::uint8_t placed) { return placed == 1 || (placed > 6 && placed != kDeadZone); }

namespace {

template <Literal Type, Literal F>
std::string text(const Record& said, const Facts& facts) {
  return std::string(facts.text(said.fields[kField<Type, F>].text()));
}

/// `order/2` is 1; what is not numbered so is kThings.
std::uint8_t number_in(std::string_view subject, std::string_view kind) {
  if (subject.size() != kind.size() + 2 || subject[kind.size()] != '/') return kThings;
  if (!subject.starts_with(kind)) return kThings;
  const char digit = subject.back();
  return digit >= '1' && digit < static_cast<char>('1' + kThings)
             ? static_cast<std::uint8_t>(digit - '1')
             : static_cast<std::uint8_t>(kThings);
}

std::uint8_t person_in(std::string_view subject) {
  return subject.starts_with("customer/C") ? static_cast<std::uint8_t>(subject.back() - '1')
                                           : static_cast<std::uint8_t>(kCustomers);
}

}  // namespace

bool Order::ready() const {
  return created && !authorizations.empty() && authorizations.size() == names.size() &&
         std::ranges::all_of(authorizations, &Authorization::valid);
}

void Knowledge::learn(const Event& event, const Facts& facts) {
  const Record& said = facts.record(event.data);
  const std::string_view subject = facts.text(event.subject);
  if (event.type == kType<"eab.issued">) {
    const auto who = person_in(text<"eab.issued", "customer">(said, facts));
    if (who < kCustomers) {
      people_[who].eab = subject;
      people_[who].eab_issued = event.time;
    }
  }
  if (event.type == kType<"account.created"> || event.type == kType<"fact.account">)
    if (const auto n = number_in(subject, "account"); n < kThings) accounts_[n] = true;
  if (event.type == kType<"certificate.issued"> || event.type == kType<"fact.certificate">)
    certificates_.emplace_back(subject);
  if (const auto n = number_in(subject, "fqdn"); n < kThings)
    of_a_registration(event, said, facts, n);
  of_an_order(event, said, facts);
}

void Knowledge::of_a_registration(const Event& event, const Record& said, const Facts& facts,
                                  std::uint8_t n) {
  Registration& r = registrations_[n];
  switch (event.type) {
    case kType<"fact.fqdn">:
      r.name = text<"fact.fqdn", "fqdn">(said, facts);
      r.screen = 5;
      r.paid = r.complete = true;
      r.completed = said.fields[kField<"fact.fqdn", "completed">].instant();
      return;
    case kType<"fqdn.drafted">:
      r.name = text<"fqdn.drafted", "fqdn">(said, facts);
      if (const Value kind = said.fields[kField<"fqdn.drafted", "kind">]; kind.present())
        r.kind = choice_word(kProducts, kind.number());
      return;
    case kType<"application.refused">:
      r.screen = r.before;
      return;
    case kType<"invoice.issued">:
      r.bill = text<"invoice.issued", "bill">(said, facts);
      r.fee = said.fields[kField<"invoice.issued", "amount">].number();
      return;
    case kType<"payment.confirmed">:
      r.complete = true;
      r.completed = event.time;
      return;
    default:
      return;
  }
}

void Knowledge::of_an_order(const Event& event, const Record& said, const Facts& facts) {
  const std::string_view subject = facts.text(event.subject);
  const auto n = number_in(subject, "order");
  switch (event.type) {
    case kType<"order.requested">:
      if (n >= kThings || orders_[n].created) return;
      orders_[n].asked = true;
      orders_[n].names.clear();
      for (TextId name : facts.list(said.fields[kField<"order.requested", "identifiers">].list()))
        orders_[n].names.emplace_back(facts.text(name));
      orders_[n].account = text<"order.requested", "account">(said, facts);
      return;
    case kType<"order.created">:
      if (n < kThings) orders_[n].created = true;
      return;
    case kType<"acme.refused">:
      if (n < kThings && !orders_[n].created) orders_[n].asked = false;
      if (n < kThings) orders_[n].finalized = false;
      return;
    case kType<"authorization.created">: {
      const auto of = number_in(text<"authorization.created", "order">(said, facts), "order");
      if (of >= kThings) return;
      Authorization& fresh = orders_[of].authorizations.emplace_back();
      fresh.subject = subject;
      fresh.name = text<"authorization.created", "identifier">(said, facts);
      fresh.offered = event.time;
      return;
    }
    case kType<"challenge.offered">:
      return offered(event, said, facts);
    case kType<"challenge.validated">:
      for (Order& order : orders_)
        for (Authorization& a : order.authorizations)
          a.valid = a.valid || a.file.subject == subject || a.txt.subject == subject;
      return;
    case kType<"certificate.issued">: {
      const auto of = number_in(text<"certificate.issued", "application">(said, facts), "order");
      if (of < kThings) orders_[of].certificate = subject;
      return;
    }
    default:
      return;
  }
}

void Knowledge::offered(const Event& event, const Record& said, const Facts& facts) {
  Authorization* a = authorization(text<"challenge.offered", "authorization">(said, facts));
  if (!a) return;
  const bool by_file = said.fields[kField<"challenge.offered", "type">].number() == 0;
  Challenge& c = by_file ? a->file : a->txt;
  c.subject = facts.text(event.subject);
  c.token = text<"challenge.offered", "token">(said, facts);
  c.string = text<"challenge.offered", "string">(said, facts);
}

void Knowledge::sent(const Command& command) {
  Registration& r = registrations_[command.application % kThings];
  Order& o = orders_[command.application % kThings];
  switch (command.verb) {
    case Verb::apply:
      people_[command.application % kCustomers].pressed = true;
      return;
    case Verb::draft:
      r.before = r.screen;
      if (r.screen < 5) r.screen = 1;
      return;
    case Verb::screen:
      r.before = r.screen;
      if (r.screen > 0 && r.screen < 5) ++r.screen;
      return;
    case Verb::pay:
      r.paid = r.paid || (command.variant != 1 && command.variant != 2);
      return;
    case Verb::place:
      if (!o.authorizations.empty()) {
        Authorization& a = o.authorizations[command.certificate % o.authorizations.size()];
        a.placed = true;
        a.by_file = is_by_file(command.variant) && !a.file.token.empty();
        a.silent = command.variant == kSlowSite || command.variant == kDeadZone;
      }
      return;
    case Verb::respond:
      if (!o.authorizations.empty())
        o.authorizations[command.certificate % o.authorizations.size()].answered = true;
      return;
    case Verb::finalize:
      o.finalized = true;
      return;
    default:
      return;
  }
}

Authorization* Knowledge::authorization(std::string_view subject) {
  for (Order& order : orders_)
    for (Authorization& a : order.authorizations)
      if (a.subject == subject) return &a;
  return nullptr;
}

std::string Knowledge::account_for(std::uint8_t n) const {
  for (std::uint8_t i = 0; i < kThings; ++i)
    if (accounts_[i] && is_of_the_second(i) == is_of_the_second(n))
      return "account/" + std::to_string(i + 1);
  return {};
}

std::uint8_t Knowledge::fresh_order(std::uint8_t n) const {
  for (std::uint8_t i = 0; i < kThings; ++i)
    if (!orders_[i].asked && is_of_the_second(i) == is_of_the_second(n)) return i;
  return kThings;
}

std::string Knowledge::certificate(std::uint8_t n) const {
  return certificates_.empty() ? "certificate/none" : certificates_[n % certificates_.size()];
}

std::string Knowledge::registered(std::uint8_t n, std::uint8_t which) const {
  std::vector<std::string> names;
  for (std::uint8_t i = 0; i < kThings; ++i)
    if (registrations_[i].complete && is_of_the_second(i) == is_of_the_second(n))
      names.push_back(registrations_[i].name);
  return names.empty() ? std::string(kNames[which % kNames.size()]) : names[which % names.size()];
}

}  // namespace shinsa::properties::campaign::jpdirect_acme
