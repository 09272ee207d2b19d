#include "properties/laws/jpdirect_acme_ledger.hpp"

#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::properties::jpdirect_acme {

namespace {

template <Literal Type, Literal F>
Value field(const Record& said) {
  return said.fields[kField<Type, F>];
}

template <Literal Type, Literal F>
std::string_view word(const Record& said) {
  constexpr auto choices = kEventTypes[kType<Type>].fields[kField<Type, F>].choices;
  const Value value = field<Type, F>(said);
  return value.present() ? choice_word(choices, value.number()) : std::string_view{};
}

/// White space at the end does not count (RFC 8555 section 8.3).
std::string_view trimmed(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

}  // namespace

std::string spelt(std::string_view name) {
  const auto label = to_a_label(name);
  return label ? *label : std::string(name);
}

bool covers(std::string_view registered, std::string_view name, bool with_base) {
  if (name == registered) return true;
  if (registered.starts_with("*.")) return with_base && name == registered.substr(2);
  return name.starts_with("www.") && name.substr(4) == registered;
}

bool is_good_for(std::string_view name, std::string_view host) {
  if (!name.starts_with("*.")) return name == host;
  const std::size_t dot = host.find('.');
  return dot != std::string_view::npos && host.substr(dot + 1) == name.substr(2);
}

Instant end_of_its_month(Instant completed) {
  constexpr auto years = tables::kNumbers[kNumber<"ACM-54", "years">].number;
  const Date day = date_of(completed);
  const Date same_month{day.year + static_cast<int>(years), day.month, 1};
  return last_second_of(end_of_month(same_month)) + seconds(1);
}

Customer* Ledger::customer(TextId subject) { return customers_.find(subject); }
Eab* Ledger::eab(TextId subject) { return eabs_.find(subject); }
Account* Ledger::account(TextId subject) { return accounts_.find(subject); }
Registration* Ledger::registration(TextId subject) { return registrations_.find(subject); }
Order* Ledger::order(TextId subject) { return orders_.find(subject); }
Authorization* Ledger::authorization(TextId subject) { return authorizations_.find(subject); }
Challenge* Ledger::challenge(TextId subject) { return challenges_.find(subject); }
Certificate* Ledger::certificate(TextId subject) { return certificates_.find(subject); }
Question* Ledger::question(TextId subject) { return questions_.find(subject); }

std::vector<Registration*> Ledger::registrations_of(TextId customer) {
  std::vector<Registration*> all;
  if (const Holder* holder = holders_.find(customer))
    for (const TextId one : holder->registrations) all.push_back(registration(one));
  return all;
}

/// From the end: an order that goes on now was opened not long ago.
const Authorization* Ledger::authorization_of(const Order& order, std::string_view name) const {
  for (std::size_t at = authorizations_.size(); at-- > 0;)
    if (const Authorization& one = authorizations_[at];
        one.order == order.subject && one.name == name)
      return &one;
  return nullptr;
}

TextId Ledger::customer_of(TextId subject) {
  const Account* a = account(subject);
  if (!a) return {};
  if (a->customer) return a->customer;
  for (const Account::Request& request : a->requests)
    if (const Eab* e = eab(request.eab)) return e->customer;
  return {};
}

bool Ledger::covers_by_some(const Registration& r, TextId customer, std::string_view name) const {
  const bool with_base = under<"ACM-Q8", "with-the-base">();
  return std::ranges::any_of(r.drafts, [&](const Registration::Draft& draft) {
    return draft.customer == customer && covers(draft.name, name, with_base);
  });
}

// What the trace says.

void Ledger::enter(const Event& event, const Record& said) {
  switch (event.row().actor) {
    case Actor::portal:
      return of_the_portal(event, said);
    case Actor::ca:
      return of_the_ca(event, said);
    default:
      break;
  }
  switch (event.type) {
    case kType<"fact.customer">:
      return member(event, said, field<"fact.customer", "mail">(said).text(),
                    field<"fact.customer", "billing_mail">(said).text());
    case kType<"member.registered">:
      return member(event, said, field<"member.registered", "mail">(said).text(),
                    field<"member.registered", "billing_mail">(said).text());
    case kType<"fact.account">:
    case kType<"fact.fqdn">:
      return known(event, said);
    case kType<"acme.applied">:
      if (Customer* c = customer(event.subject))
        c->agreed = c->agreed || field<"acme.applied", "consent">(said).truth();
      return;
    case kType<"fqdn_list.opened">:
      if (Customer* c = customer(event.subject)) c->list.ask(line(), now());
      return;
    case kType<"account.requested">:
      return account_request(event, said);
    case kType<"fqdn.drafted">:
      return draft(event, said);
    case kType<"fqdn.confirmed">:
      registrations_.open(event.subject).fixed = true;
      return;
    case kType<"payment.received">:
      return payment(event, said);
    case kType<"refund.requested">:
      return refund_request(event, said);
    case kType<"order.requested">:
      return order_request(event, said);
    case kType<"order.finalized">: {
      Order& o = orders_.open(event.subject);
      o.finalized = true;
      if (!is_fault_of_csr(text(field<"order.finalized", "csr_problem">(said).text())))
        o.some_csr_is_sound = true;
      o.keys.push_back(field<"order.finalized", "key">(said));
      return;
    }
    case kType<"dns.answered">:
      return dns_answer(event, said);
    case kType<"http.answered">:
      return http_answer(event, said);
    case kType<"revocation.requested">:
      if (Certificate* c = certificate(event.subject)) c->revocation_asked = true;
      return;
    case kType<"question.asked">: {
      Question& q = questions_.open(event.subject);
      if (q.topic.empty()) q.topic = word<"question.asked", "topic">(said);
      if (word<"question.asked", "topic">(said) == "eab")
        if (Customer* c = customer(field<"question.asked", "customer">(said).text()))
          c->inquired = true;
      return;
    }
    default:
      return;
  }
}

void Ledger::of_the_portal(const Event& event, const Record& said) {
  switch (event.type) {
    case kType<"eab.issued">: {
      Eab& e = eabs_.open(event.subject);
      e.customer = field<"eab.issued", "customer">(said).text();
      e.issued = now();
      if (Customer* c = customer(e.customer)) {
        ++c->eabs;
        c->inquired = false;
      }
      return;
    }
    case kType<"invoice.issued">: {
      Registration& r = registrations_.open(event.subject);
      ++r.invoices;
      r.bill = field<"invoice.issued", "bill">(said).text();
      r.fee = field<"invoice.issued", "amount">(said).number();
      return;
    }
    case kType<"payment.confirmed">:
      if (Registration* r = registration(event.subject); r && !r->completed) {
        r->completed = now();
        r->completed_line = line();
      }
      return;
    case kType<"refund.made">:
      if (Registration* r = registration(event.subject); r && !r->refunded) {
        r->refunded = true;
        r->refunded_line = line();
      }
      return;
    case kType<"fqdn_list.shown">:
      if (Customer* c = customer(event.subject)) c->list.answer();
      return;
    case kType<"mail.sent">:
      return mail(event, said);
    case kType<"question.answered">:
      if (Question* q = question(event.subject)) q->answered = true;
      return;
    default:
      return;
  }
}

void Ledger::of_the_ca(const Event& event, const Record& said) {
  switch (event.type) {
    case kType<"account.created">:
      for (const Account::Request& request : accounts_.open(event.subject).requests)
        if (Eab* e = eab(request.eab); e && e->customer) {
          if (Customer* c = customer(e->customer)) c->has_account = true;
          if (request.eab == field<"account.created", "eab">(said).text()) {
            ++e->accounts;
            return;
          }
        }
      return;
    case kType<"order.created">:
      return order_created(event, said);
    case kType<"authorization.created">: {
      Authorization& a = authorizations_.open(event.subject);
      a.order = field<"authorization.created", "order">(said).text();
      a.name = spelt(text(field<"authorization.created", "identifier">(said).text()));
      return;
    }
    case kType<"challenge.offered">:
      return offer(event, said);
    case kType<"challenge.validated">:
      return validation(event);
    case kType<"certificate.issued">:
      return issue(event, said);
    case kType<"certificate.revoked">:
      if (Certificate* c = certificate(event.subject)) c->revoked = true;
      return;
    default:
      return;
  }
}

void Ledger::member(const Event& event, const Record&, TextId mail, TextId billing) {
  if (customer(event.subject)) return;
  Customer& c = customers_.open(event.subject);
  c.mail = mail;
  c.billing = billing ? billing : mail;
}

void Ledger::known(const Event& event, const Record& said) {
  if (event.type == kType<"fact.account">) {
    Account& a = accounts_.open(event.subject);
    a.customer = field<"fact.account", "customer">(said).text();
    if (Customer* c = customer(a.customer)) c->has_account = true;
    return;
  }
  Registration& r = registrations_.open(event.subject);
  enter_draft(r, {field<"fact.fqdn", "customer">(said).text(),
                  spelt(text(field<"fact.fqdn", "fqdn">(said).text())),
                  {},
                  false});
  r.completed = field<"fact.fqdn", "completed">(said).instant();
  r.completed_line = line();
  r.effective = field<"fact.fqdn", "effective">(said).truth();
}

void Ledger::account_request(const Event& event, const Record& said) {
  Account::Request request;
  request.at = now();
  request.eab = field<"account.requested", "eab">(said).text();
  const Value mac = field<"account.requested", "mac_verifies">(said);
  request.is_ours = !mac.present() || mac.truth();
  request.terms = field<"account.requested", "terms">(said).truth();
  for (TextId contact : list(field<"account.requested", "contacts">(said).list()))
    request.by_mail = request.by_mail || text(contact).starts_with("mailto:");
  accounts_.open(event.subject).requests.push_back(request);
}

void Ledger::draft(const Event& event, const Record& said) {
  enter_draft(
      registrations_.open(event.subject),
      {field<"fqdn.drafted", "customer">(said).text(),
       spelt(text(field<"fqdn.drafted", "fqdn">(said).text())), field<"fqdn.drafted", "kind">(said),
       field<"fqdn.drafted", "double_address">(said).truth()});
}

void Ledger::enter_draft(Registration& of, Registration::Draft draft) {
  if (!of.may_be_of(draft.customer))
    holders_.open(draft.customer).registrations.push_back(of.subject);
  of.drafts.push_back(std::move(draft));
}

void Ledger::payment(const Event& event, const Record& said) {
  Registration* r = registration(event.subject);
  if (r && r->bill && field<"payment.received", "bill">(said).text() == r->bill)
    r->paid += field<"payment.received", "amount">(said).number();
}

void Ledger::refund_request(const Event& event, const Record& said) {
  Registration* r = registration(event.subject);
  if (r && word<"refund.requested", "reason">(said) == "other" && r->completed)
    r->refund_asked = true;
}

void Ledger::mail(const Event& event, const Record& said) {
  const std::string_view subject = text(field<"mail.sent", "subject">(said).text());
  if (Registration* r = registration(event.subject)) {
    r->acceptance_told = r->acceptance_told || read_alike(subject, kLabel<"ACM-33", "subject">);
    r->completion_told = r->completion_told || read_alike(subject, kLabel<"ACM-35", "subject">);
  }
  if (Eab* e = eab(event.subject)) {
    const Customer* c = customer(e->customer);
    const std::string_view to = text(field<"mail.sent", "to">(said).text());
    e->notified = e->notified || !c || same_mail_address(to, text(c->mail)) ||
                  (!c->mail && same_mail_address(to, text(c->billing)));
  }
}

void Ledger::order_request(const Event& event, const Record& said) {
  orders_.open(event.subject)
      .requests.push_back({field<"order.requested", "account">(said).text(),
                           field<"order.requested", "identifiers">(said).list(), now()});
}

/// For the newest request that it may be for.
void Ledger::order_created(const Event& event, const Record& said) {
  Order& o = orders_.open(event.subject);
  if (o.created) return;
  const Value names = field<"order.created", "identifiers">(said);
  for (const Order::Request& request : o.requests)
    if (!names.present() || names.list() == request.names) {
      o.created = true;
      o.account = request.account;
      o.names = request.names;
      o.at = request.at;
    }
}

void Ledger::offer(const Event& event, const Record& said) {
  Challenge& c = challenges_.open(event.subject);
  c.authorization = field<"challenge.offered", "authorization">(said).text();
  if (const Authorization* a = authorization(c.authorization)) c.name = a->name;
  c.method = word<"challenge.offered", "type">(said);
  c.token = field<"challenge.offered", "token">(said).text();
  c.string = field<"challenge.offered", "string">(said).text();
  c.offered = now();
}

void Ledger::dns_answer(const Event& event, const Record& said) {
  const std::string_view status = word<"dns.answered", "status">(said);
  const auto values = list(field<"dns.answered", "values">(said).list());
  if (Authorization* a = authorization(event.subject)) {
    a->caa_asked = true;
    a->caa_failed = status == "servfail" || status == "timeout";
  }
  if (Challenge* c = challenge(event.subject)) {
    c->looked = true;
    c->answered = now();
    c->records = values.size();
    c->redirects = 0;
    c->by_https = false;
    c->gave_the_string = status == "ok" && std::ranges::count(values, c->string) > 0;
  }
}

void Ledger::http_answer(const Event& event, const Record& said) {
  Challenge* c = challenge(event.subject);
  if (!c) return;
  const Value status = field<"http.answered", "status">(said);
  c->looked = true;
  c->answered = now();
  c->redirects = field<"http.answered", "redirects">(said).number();
  c->by_https = field<"http.answered", "https">(said).truth();
  c->gave_the_string =
      word<"http.answered", "outcome">(said) == "answered" &&
      (!status.present() || status.number() == 200) &&
      trimmed(text(field<"http.answered", "body">(said).text())) == text(c->string);
}

void Ledger::validation(const Event& event) {
  const Challenge* c = challenge(event.subject);
  Authorization* a = c ? authorization(c->authorization) : nullptr;
  if (!a) return;
  (c->method == "http-01" ? a->valid_by_file : a->valid_by_dns) = true;
}

void Ledger::issue(const Event& event, const Record& said) {
  Certificate& c = certificates_.open(event.subject);
  c.order = field<"certificate.issued", "application">(said).text();
  c.end = field<"certificate.issued", "not_after">(said).instant();
  for (TextId name : list(field<"certificate.issued", "sans">(said).list()))
    c.names.push_back(spelt(text(name)));
  if (c.names.empty())
    c.names.push_back(spelt(text(field<"certificate.issued", "cn">(said).text())));
  Order* o = order(c.order);
  if (!o) return;
  ++o->issued;
  c.account = o->account;
  const TextId whose = customer_of(o->account);
  for (Registration* r : registrations_of(whose))
    if (r->completed)
      for (const std::string& name : c.names)
        r->effective = r->effective || covers_by_some(*r, whose, name);
}

}  // namespace shinsa::properties::jpdirect_acme
