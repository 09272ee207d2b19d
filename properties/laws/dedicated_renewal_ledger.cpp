#include "properties/laws/dedicated_renewal_ledger.hpp"

#include <cstdlib>

#include "model/vocabulary/name.hpp"

namespace shinsa::properties::dedicated_renewal {

namespace {

template <Literal Id, Literal Key>
constexpr std::int64_t kValue = tables::kNumbers[kNumber<Id, Key>].number;

std::string lower(std::string_view text) {
  std::string small(text);
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return small;
}

std::string_view word(const Record& said, std::string_view field) {
  const EventType& type = kEventTypes[said.type];
  return choice_word(type.fields[*type.field(field)].choices, field_of(said, field).number());
}

std::int64_t days_off(Date from, Date to) {
  return (start_of(to) - start_of(from)).seconds / days(1).seconds;
}

}  // namespace

void Ledger::enter(const Event& event, const Record& said) {
  const auto text_in = [&](std::string_view field) { return field_of(said, field).text(); };
  switch (event.type) {
    case kType<"fact.customer">:
      customers_.open(event.subject) = {event.subject, text_in("plan"),
                                        field_of<"card">(said).truth()};
      return;
    case kType<"fact.certificate">:
      return certificate(event, said, text_in("customer"), false);
    case kType<"mail.sent">:
      return mail(event, said);
    case kType<"intent.reported">:
      return intent(event, said);
    case kType<"renewal.ordered">:
      return order(event, said);
    case kType<"invoice.issued">:
      if (Order* o = order_of(event.subject)) {
        o->invoiced = true;
        o->bill = text_in("bill");
        o->amount = field_of<"amount">(said).number();
      }
      return;
    case kType<"payment.received">:
      return transfer(event, said);
    case kType<"billing.pressed">:
      return press(event, said);
    case kType<"card.charged">:
    case kType<"card.answered">:
      return card(event, said);
    case kType<"payment.confirmed">:
      if (Order* o = order_of(event.subject)) o->confirmed = true;
      return;
    case kType<"documents.prepared">:
      return documents(event, said);
    case kType<"ca.applied">:
      if (Order* o = order_of(event.subject)) o->applied = true;
      return;
    case kType<"review.asked">:
      if (Order* o = order_of(event.subject)) o->reviewing = true;
      return;
    case kType<"review.answered">:
      if (Order* o = order_of(event.subject); o && o->reviewing) {
        o->reviewing = false;
        o->reviewed = word(said, "outcome") == "confirmed";
        if (o->reviewed) return;
        o->applied = false;  // what was denied is void
        o->documents.clear();
      }
      return;
    case kType<"certificate.issued">:
      return issue(event, said);
    case kType<"certificate.installed">:
      if (const Certificate* c = find_certificate(event.subject)) serve(*c);
      return;
    case kType<"site.visited">:
      for (Site& site : sites_)
        if (&site == find_site(event.subject)) site.visits.push_back({now(), site.certificate});
      return;
    case kType<"site.shown">:
      for (Site& site : sites_)
        if (&site == find_site(event.subject)) show(site);
      return;
    case kType<"plan-change.required">:
      if (Certificate* c = certificate_of(event.subject)) c->plan_change = true;
      return;
    default:
      return;
  }
}

// -- certificates
// ---------------------------------------------------------------------------------------------------------

Name Ledger::name_in(const Record& said) {
  const auto text_in = [&](std::string_view field) { return field_of(said, field).text(); };
  return {text_in("cn"),       text_in("organisation"), text_in("unit"),
          text_in("locality"), text_in("prefecture"),   text_in("country")};
}

void Ledger::certificate(const Event& event, const Record& said, TextId customer,
                         bool issued_here) {
  if (find_certificate(event.subject)) return;
  Certificate c;
  c.subject = event.subject;
  c.customer = customer;
  c.name = name_in(said);
  c.brand = field_of<"brand">(said);
  c.begin = field_of<"not_before">(said).instant();
  c.end = field_of<"not_after">(said).instant();
  c.known = event.time;
  c.issued_here = issued_here;
  if (const Value noticed = field_of<"noticed">(said); noticed.present())
    c.told = c.asked = noticed.instant();
  if (!c.asked && event.time >= notice_days(c).second) c.told = c.asked = event.time;
  certificates_.push_back(c);
  if (!issued_here) serve(c);
}

void Ledger::serve(const Certificate& c) {
  const std::string host = lower(text(c.name.cn));
  const auto at = std::ranges::find(sites_, host, &Site::host);
  if (at == sites_.end())
    sites_.push_back({host, c.subject, {}, 0});
  else
    at->certificate = c.subject;
}

void Ledger::issue(const Event& event, const Record& said) {
  Order* o = order_of(field_of<"application">(said).text());
  Certificate* old = o ? certificate_of(o->certificate) : nullptr;
  certificate(event, said, old ? old->customer : TextId{}, true);
  if (o) ++o->issued;
  if (old) old->renewed = true;
}

// -- mails, words, orders
// -------------------------------------------------------------------------------------------------

bool Ledger::serves(const Record& mail, std::string_view purpose) const {
  return std::ranges::any_of(list(mail.fields[kField<"mail.sent", "purposes">].list()),
                             [&](TextId one) { return text(one) == purpose; });
}

void Ledger::mail(const Event& event, const Record& said) {
  if (Certificate* c = certificate_of(event.subject)) {
    if (serves(said, kLabel<"REN-05", "purpose">) && !c->told) c->told = event.time;
    if (serves(said, kLabel<"REN-06", "purpose">) && !c->asked) c->asked = event.time;
  }
  if (Order* o = order_of(event.subject); o && serves(said, kLabel<"REN-09", "purpose">))
    o->told = true;
}

/// An answer before the question is void, and so is one about what is done.
void Ledger::intent(const Event& event, const Record& said) {
  Certificate* c = certificate_of(event.subject);
  if (!c || !c->asked || c->renewed) return;
  c->wants = word(said, "intent") == "renew";
  if (*c->wants) return;
  c->has_declined = true;
  for (Order& o : orders_)
    if (o.certificate == c->subject && !o.paid && !o.withdrawn) {
      o.withdrawn = true;
      c->ordered = false;
    }
}

void Ledger::order(const Event& event, const Record& said) {
  if (find_order(event.subject)) return;
  Order o;
  o.subject = event.subject;
  o.certificate = said.fields[kField<"renewal.ordered", "certificate">].text();
  o.at = event.time;
  o.amount = said.fields[kField<"renewal.ordered", "amount">].number();
  o.bill = said.fields[kField<"renewal.ordered", "bill">].text();
  orders_.push_back(o);
  if (Certificate* c = certificate_of(o.certificate)) c->ordered = true;
}

// -- paying
// -----------------------------------------------------------------------------------------------------------

void Ledger::pay(Order& order) {
  if (!order.paid && !order.withdrawn) order.paid = now();
}

/// Money for another bill, by card past the screens, or before mail and invoice does not count.
void Ledger::transfer(const Event& event, const Record& said) {
  Order* o = order_of(event.subject);
  if (!o || !o->told || !o->invoiced) return;
  if (o->bill && said.fields[kField<"payment.received", "bill">].text() != o->bill) return;
  const Value method = said.fields[kField<"payment.received", "method">];
  if (method.present() && choice_word(kPaymentMethods, method.number()) == "card") return;
  o->received += said.fields[kField<"payment.received", "amount">].number();
  if (o->received > 0 && o->received >= o->amount) pay(*o);
}

/// A press that leads nowhere from where one is changes nothing.
void Ledger::press(const Event& event, const Record& said) {
  Order* o = order_of(event.subject);
  if (!o) return;
  const std::string_view label = text(said.fields[kField<"billing.pressed", "button">].text());
  const auto is_at = [&](Screen screen) { return o->screen == screen; };
  if (label == kLabel<"REN-27", "login"> && is_at(Screen::outside)) {
    o->screen = Screen::home;
  } else if (label == kLabel<"REN-27", "button"> && !is_at(Screen::outside)) {
    o->screen = Screen::history;
  } else if (label == kLabel<"REN-28", "button"> && is_at(Screen::history)) {
    o->screen = Screen::document;
  } else if (label == kLabel<"REN-29", "button"> && is_at(Screen::document)) {
    o->screen = Screen::card_choice;
  } else if (label == kLabel<"REN-30", "button"> && is_at(Screen::card_choice)) {
    const Certificate* c = find_certificate(o->certificate);
    const Customer* customer = c ? find_customer(c->customer) : nullptr;
    const bool has_card = customer && customer->card;
    const bool chosen = said.fields[kField<"billing.pressed", "card">].present();
    if (chosen && (has_card || word(said, "card") == "new")) o->card_chosen = true;
  }
}

void Ledger::card(const Event& event, const Record& said) {
  Order* o = order_of(event.subject);
  if (!o) return;
  if (event.type == kType<"card.charged">) {
    o->card_chosen = false;
    o->charging = true;
    return;
  }
  if (!o->charging) return;
  o->charging = false;
  if (word(said, "outcome") != "approved") {
    o->card_was_declined = true;
    return;
  }
  if (!o->paid && !o->withdrawn) o->by_card = true;
  pay(*o);
}

void Ledger::documents(const Event& event, const Record& said) {
  Order* o = order_of(event.subject);
  if (!o || !o->confirmed) return;
  const auto is_said = [&](std::size_t field) { return said.fields[field].present(); };
  const TextId name = said.fields[kField<"documents.prepared", "csr_cn">].text();
  const bool for_the_name =
      !name || same_text(name, said.fields[kField<"documents.prepared", "cn">].text());
  const bool sound =
      is_said(kField<"documents.prepared", "csr">) &&
      is_said(kField<"documents.prepared", "organisation">) &&
      !is_fault_of_csr(text(said.fields[kField<"documents.prepared", "csr_problem">].text())) &&
      for_the_name;
  o->documents.push_back({name_in(said), said.fields[kField<"documents.prepared", "key">], sound});
}

// -- asking
// -----------------------------------------------------------------------------------------------------------

const Customer* Ledger::find_customer(TextId subject) const { return customers_.find(subject); }
const Certificate* Ledger::find_certificate(TextId subject) const {
  return certificates_.find(subject);
}
const Order* Ledger::find_order(TextId subject) const { return orders_.find(subject); }
Certificate* Ledger::certificate_of(TextId subject) { return certificates_.find(subject); }
Order* Ledger::order_of(TextId subject) { return orders_.find(subject); }
void Ledger::show(Site& site) {
  if (site.visits.empty() || ++site.shown < site.visits.size()) return;
  site.visits.clear();
  site.shown = 0;
}

const Site* Ledger::find_site(TextId subject) const {
  const std::string_view name = text(subject);
  const std::string host = lower(name.substr(name.find('/') + 1));
  const auto at = std::ranges::find(sites_, host, &Site::host);
  return at == sites_.end() ? nullptr : &*at;
}

std::pair<Instant, Instant> Ledger::notice_days(const Certificate& c) const {
  constexpr auto before = static_cast<int>(kValue<"REN-05", "days">);
  const int beside =
      under<"REN-Q1", "to-the-day">() ? 0 : static_cast<int>(kValue<"REN-05", "days_tolerance">);
  const Date end = date_of(c.end);
  return {start_of(plus_days(end, -before - beside)),
          start_of(plus_days(end, -before + beside + 1))};
}

bool Ledger::same_text(TextId a, TextId b) const {
  if (a == b) return true;
  if (!under<"REN-Q5", "notation-apart">()) return false;
  const auto plain = [&](TextId id) {
    std::string one = lower(as_read(text(id)));
    std::erase(one, ' ');
    return one;
  };
  return plain(a) == plain(b);
}

bool Ledger::same_name(const Name& a, const Name& b) const {
  return same_text(a.cn, b.cn) && same_text(a.organisation, b.organisation) &&
         same_text(a.unit, b.unit) && same_text(a.locality, b.locality) &&
         same_text(a.prefecture, b.prefecture) &&
         (under<"REN-Q5", "listed-fields-only">() || same_text(a.country, b.country));
}

bool Ledger::in_time(const Order& order, const Certificate& old) const {
  Instant decides = now();
  if (under<"REN-Q4", "payment">()) decides = order.paid.value_or(now());
  if (under<"REN-Q4", "order">()) decides = order.at;
  return under<"REN-Q10", "expiry-wins">() ? decides < old.end : decides <= old.end;
}

bool Ledger::is_symantec(const Certificate& c) const {
  return c.brand.present() && choice_word(kBrands, c.brand.number()) == "Symantec";
}

Date Ledger::years_on(Date date, std::int64_t years) const {
  const Date later = plus_years(date, static_cast<int>(years));
  return later.day != date.day && under<"REN-Q3", "first-of-march">() ? plus_days(later, 1) : later;
}

bool Ledger::ends_as_renewed(const Certificate& old, Instant end) const {
  const Date before = date_of(old.end);
  if (!is_symantec(old))
    return std::abs(days_off(years_on(before, kValue<"REN-18", "years">), date_of(end))) <=
           kValue<"REN-18", "days_tolerance">;
  const auto bonus = days_off(years_on(before, kValue<"REN-19", "years">), date_of(end));
  constexpr auto two_weeks = kValue<"REN-19", "days">;
  if (under<"REN-Q2", "at-most-fourteen-days">()) return bonus >= 0 && bonus <= two_weeks;
  if (under<"REN-Q2", "exactly-fourteen-days">()) return bonus == two_weeks;
  return std::abs(bonus - two_weeks) <= kValue<"REN-19", "days_tolerance">;
}

bool Ledger::ends_as_new(Instant end) const {
  const auto off = days_off(years_on(date_of(now()), kValue<"REN-17", "years">), date_of(end));
  return std::abs(off) <= kValue<"REN-17", "days_tolerance">;
}

std::string Ledger::subject_line(const Name& name) const {
  return to_text(DistinguishedName{text(name.cn), text(name.unit), text(name.organisation),
                                   text(name.locality), text(name.prefecture), text(name.country)});
}

}  // namespace shinsa::properties::dedicated_renewal
