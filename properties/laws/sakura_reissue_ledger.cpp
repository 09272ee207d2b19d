#include "properties/laws/sakura_reissue_ledger.hpp"

#include <cctype>
#include <utility>

#include "model/vocabulary/name.hpp"

namespace shinsa::properties::sakura_reissue {

namespace {

template <Literal Type, Literal Field>
Value field(const Record& said) {
  return said.fields[kField<Type, Field>];
}

std::string_view word(const Event& event, const Record& said, std::string_view name) {
  const std::size_t at = *kEventTypes[event.type].field(name);
  return said.fields[at].present()
             ? choice_word(kEventTypes[event.type].fields[at].choices, said.fields[at].number())
             : std::string_view{};
}

}  // namespace

void Ledger::enter(const Event& event, const Record& said) {
  facts_of_before(event, said);
  screen(event, said);
  panel(event, said);
  answers(event, said);
  if (event.type == kType<"certificate.issued">) issue(event, said);
  if (event.type == kType<"certificate.revoked">)
    if (Certificate* one = certificates_.find(event.subject)) one->revoked = now();
  if (event.type == kType<"certificate.installed">)
    if (Certificate* one = certificates_.find(event.subject)) {
      one->installed = true;
      for (Host& host : hosts_)
        if (host.name == one->name && host.customer == one->customer)
          host.may_lie = {event.subject};
    }
  if (event.type == kType<"mail.sent">)
    if (Order* order = orders_.find(event.subject)) {
      if (reads<"SAK-01", "subject">(field<"mail.sent", "subject">(said).text()))
        order->named = order->named_here = true;
      else if (order->issued)
        order->told = true;
    }
  note_hindrances();
}

void Ledger::facts_of_before(const Event& event, const Record& said) {
  if (event.type == kType<"fact.customer">)
    members_.open(event.subject).mail = field<"fact.customer", "mail">(said).text();
  if (event.type == kType<"fact.certificate">) {
    Certificate& one = certificates_.open(event.subject);
    one.customer = field<"fact.certificate", "customer">(said).text();
    one.name = lower(field<"fact.certificate", "cn">(said).text());
    one.names = field<"fact.certificate", "sans">(said);
    one.key = field<"fact.certificate", "key">(said);
    one.begin = field<"fact.certificate", "not_before">(said).instant();
    one.end = field<"fact.certificate", "not_after">(said).instant();
    if (const Value at = field<"fact.certificate", "revoked">(said); at.present())
      one.revoked = at.instant();
    one.jprs_dv =
        word(event, said, "kind").starts_with("DV") && word(event, said, "issued_by") != "other";
  }
  if (event.type == kType<"fact.entry">) {
    Order& order = orders_.open(event.subject);
    order.customer = field<"fact.entry", "customer">(said).text();
    order.certificate = field<"fact.entry", "certificate">(said).text();
    const TextId type = field<"fact.entry", "type">(said).text();
    if (reads<"SAK-02", "one_year">(type) || reads<"SAK-02", "two_years">(type))
      order.page = PageOf::this_one;
    if (reads<"SAK-03", "one_year">(type) || reads<"SAK-03", "two_years">(type))
      order.page = PageOf::the_other;
    const Value notice = field<"fact.entry", "notice">(said);
    order.named = notice.present() && reads<"SAK-01", "subject">(notice.text());
  }
  if (event.type == kType<"fact.site">) {
    Host& host = hosts_.open(event.subject);
    host.customer = field<"fact.site", "customer">(said).text();
    host.name = lower(field<"fact.site", "cn">(said).text());
    host.address = field<"fact.site", "address">(said).text();
    host.may_lie = {field<"fact.site", "certificate">(said).text()};
  }
}

void Ledger::screen(const Event& event, const Record& said) {
  if (event.type == kType<"member.logged_in">) {
    Visit& visit = visits_.open(event.subject);
    const TextId customer = field<"member.logged_in", "customer">(said).text();
    const bool right = word(event, said, "credentials") != "wrong" && member(customer);
    // Under reading SAK-Q10 a member whom no mail asked is kept out.
    const bool asked =
        !under<"SAK-Q10", "blocked">() || std::ranges::any_of(orders_, [&](const Order& order) {
          return order.customer == customer && order.named;
        });
    if (right && asked && !visit.customer) {
      visit.customer = customer;
      visit.in = visit.list_due = true;
      ask_for_the_list(visit);
    }
  }
  if (event.type == kType<"member.logged_out">)
    if (Visit* visit = visits_.find(event.subject)) visit->in = visit->list_due = false;
  if (event.type == kType<"list.opened">)
    if (Visit* visit = visits_.find(event.subject); visit && visit->in) ask_for_the_list(*visit);
  if (event.type == kType<"list.shown">) {
    if (Visit* visit = visits_.find(event.subject)) {
      visit->list_due = false;
      visit->list.answer();
    }
    for (TextId row : list(field<"list.shown", "entries">(said).list()))
      if (Order* listed = orders_.find(row)) listed->row_due = !listed->row_shown;
  }
  Order* order = orders_.find(event.subject);
  if (!order) return;
  if (event.type == kType<"reissue.clicked">) {
    if (order->answered) order->clicks.clear();
    order->answered = false;
    order->clicks.push_back({now(), field<"reissue.clicked", "session">(said).text()});
  }
  if (event.type == kType<"entry.shown">) {
    order->row_due = false;
    order->row_shown = true;
  }
  if (event.type == kType<"confirmation.shown">) order->answered = order->confirmed_screen = true;
  if (event.type == kType<"reissue.confirmed">) {
    order->confirmed = order->confirmed || order->confirmed_screen;
    if (!order->applied) order->confirmed_at = now();
  }
  if (event.type == kType<"completion.shown">) order->applied = true;
}

void Ledger::ask_for_the_list(Visit& visit) {
  visit.list.ask(line(), now());
  for (Order& order : orders_)
    if (order.customer == visit.customer) order.row_shown = false;
}

void Ledger::panel(const Event& event, const Record& said) {
  if (event.type == kType<"setting.created">) {
    Setting& setting = settings_.open(event.subject);
    if (setting.there) return;
    setting.customer = field<"setting.created", "customer">(said).text();
    setting.name = lower(field<"setting.created", "cn">(said).text());
    setting.there = true;
  }
  if (event.type == kType<"setting.removed">)
    if (Setting* setting = settings_.find(event.subject); setting && setting->there) {
      setting->there = false;
      setting->was_removed = true;
    }
  if (event.type == kType<"support.asked">) {
    if (word(event, said, "about") != "advice") pleas_.open(event.subject);
  }
  if (event.type == kType<"support.declined">)
    if (Plea* plea = pleas_.find(event.subject)) plea->declined = true;
  Host* host = hosts_.find(event.subject);
  if (!host) return;
  if (event.type == kType<"service.failed">) host->failed = true;
  if (event.type == kType<"service.restored">) host->failed = false;
  if (event.type == kType<"site.cleared">) host->may_lie = {TextId{}};
  if (event.type == kType<"site.visited">) ++host->visits;
  if (event.type == kType<"site.shown">) ++host->shown;
  if (event.type == kType<"site.configured">)
    configured(*host, field<"site.configured", "certificate">(said).text());
  if (event.type == kType<"backup.made">)
    for (TextId subject : host->may_lie)
      if (Certificate* one = certificates_.find(subject)) one->copied = true;
}

/// Whether the member had it at hand is not said: it may lie there now, beside what may have
/// before.
void Ledger::configured(Host& host, TextId subject) {
  const Certificate* one = certificates_.find(subject);
  if (!one) return;
  const bool bought_here = one->order || std::ranges::any_of(orders_, [&](const Order& order) {
                             return order.certificate == subject && order.page == PageOf::this_one;
                           });
  if (!bought_here) {
    host.may_lie = {subject};
  } else if (one->copied && std::ranges::count(host.may_lie, subject) == 0) {
    host.may_lie.push_back(subject);
  }
}

void Ledger::answers(const Event& event, const Record& said) {
  Order* order = orders_.find(event.subject);
  if (!order) return;
  if (event.type == kType<"dns.queried"> && word(event, said, "type") == "A")
    order->address_asked = order->looked_up = true;
  if (event.type == kType<"http.requested">) order->file_asked = true;
  if (event.type == kType<"dns.answered"> && word(event, said, "type") == "A" &&
      std::exchange(order->address_asked, false)) {
    const Host* host = host_of(*order);
    const auto values = list(field<"dns.answered", "values">(said).list());
    const auto here = host ? std::ranges::count(values, host->address) : 0;
    order->address_known = true;
    order->address_right = word(event, said, "status") == "ok" && here > 0 &&
                           (under<"SAK-Q13", "one-address">() || here == std::ssize(values));
    if (order->confirmed && !order->address_right) order->failed_before = true;
  }
  if (event.type == kType<"http.answered"> && std::exchange(order->file_asked, false)) {
    order->file_found = word(event, said, "outcome") == "answered" &&
                        field<"http.answered", "status">(said).number() == 200;
    if (!order->file_found) order->failed_before = true;
  }
}

void Ledger::issue(const Event& event, const Record& said) {
  Order* order = orders_.find(field<"certificate.issued", "application">(said).text());
  Certificate& one = certificates_.open(event.subject);
  one.name = lower(field<"certificate.issued", "cn">(said).text());
  one.names = field<"certificate.issued", "sans">(said);
  one.key = field<"certificate.issued", "key">(said);
  one.begin = field<"certificate.issued", "not_before">(said).instant();
  one.end = field<"certificate.issued", "not_after">(said).instant();
  if (!order) return;
  one.customer = order->customer;
  one.order = order->subject;
  order->issued = event.subject;
  order->issued_at = now();
}

void Ledger::note_hindrances() {
  for (Order& order : orders_)
    if (order.applied && !order.issued && surely_hindered(order)) order.hindered = true;
}

// -- what follows
// ---------------------------------------------------------------------------------------------------------

std::string Ledger::lower(TextId id) const {
  std::string name(text(id));
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

const Host* Ledger::host_of(const Order& order) const {
  const Certificate* source = source_of(order);
  if (!source) return nullptr;
  const auto at = std::ranges::find_if(hosts_, [&](const Host& host) {
    return host.name == source->name && host.customer == order.customer;
  });
  return at == hosts_.end() ? nullptr : &*at;
}

bool Ledger::is_target(const Order& order) const {
  const Certificate* source = source_of(order);
  return order.named && order.page == PageOf::this_one && source && source->active(now());
}

bool Ledger::has_new_setting(const Order& order) const {
  const Certificate* source = source_of(order);
  return source && std::ranges::any_of(settings_, [&](const Setting& setting) {
           return setting.there && setting.name == source->name &&
                  setting.customer == order.customer;
         });
}

bool Ledger::had_new_setting(const Order& order) const {
  const Certificate* source = source_of(order);
  return source && std::ranges::any_of(settings_, [&](const Setting& setting) {
           return setting.was_removed && setting.name == source->name;
         });
}

bool Ledger::surely_another_certificate(const Order& order) const {
  const Host* host = host_of(order);
  return host && !host->may_lie.empty() && std::ranges::all_of(host->may_lie, [&](TextId id) {
           const Certificate* one = certificate(id);
           return one && !one->jprs_dv;
         });
}

bool Ledger::maybe_another_certificate(const Order& order) const {
  const Host* host = host_of(order);
  return host && std::ranges::any_of(host->may_lie, [&](TextId id) {
           const Certificate* one = certificate(id);
           return one && !one->jprs_dv;
         });
}

bool Ledger::service_fails(const Order& order) const {
  const Host* host = host_of(order);
  return !host || host->failed;
}

Duration Ledger::beyond_the_limit(const Order& order, Instant at) const {
  constexpr auto limit = tables::kNumbers[kNumber<"SAK-04", "days">].number;
  const Certificate* source = source_of(order);
  return source ? source->end + seconds(1) - (at + days(limit)) : Duration{};
}

const std::string& Ledger::as_it_reads(TextId id) const {
  const auto [known, is_new] = read_.try_emplace(id);
  if (is_new) known->second = as_read(text(id));
  return known->second;
}

}  // namespace shinsa::properties::sakura_reissue
