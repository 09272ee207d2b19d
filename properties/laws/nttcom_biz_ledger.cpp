#include "properties/laws/nttcom_biz_ledger.hpp"

#include <array>

#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::properties::nttcom_biz {

namespace {

/// The word of a choice field; empty where it is not said.
template <Literal Type, Literal Field>
std::string_view word(const Record& said) {
  constexpr auto at = kField<Type, Field>;
  const Value value = said.fields[at];
  return value.present() ? choice_word(kEventTypes[kType<Type>].fields[at].choices, value.number())
                         : std::string_view{};
}

}  // namespace

void Ledger::enter(const Event& event, const Record& said) {
  switch (event.type) {
    case kType<"application.registered">:
      return open(event.subject, said, false);
    case kType<"renewal.started">:
      open(event.subject, said, true);
      if (Certificate* source =
              certificates_.find(said.fields[kField<"renewal.started", "source">].text()))
        source->renewal_started = true;
      return;
    case kType<"application.refused">:
      if (Application* a = applications_.find(event.subject)) ++a->refusals;
      return;
    case kType<"application.checked">:
      application(event.subject).checked = line();
      return;
    case kType<"application.forwarded">:
      application(event.subject).forwarded = line();
      return;
    case kType<"documents.arrived">:
      if (read_alike(text(said.fields[kField<"documents.arrived", "address">]),
                     kLabel<"NTT-09", "address">))
        if (Application* a = applications_.find(event.subject)) a->documents_here = true;
      return;
    case kType<"whois.queried">:
      ++application(event.subject).queries;
      application(event.subject).answers.clear();
      return;
    case kType<"whois.answered">:
      return whois_answer(event, said);
    case kType<"mail.sent">:
      return mail(event, said);
    case kType<"domain.approved">:
      if (Application* a = applications_.find(event.subject))
        a->approvals.push_back({said.fields[kField<"domain.approved", "code">], now()});
      return;
    case kType<"call.made">:
    case kType<"call.answered">:
      return call(event, said);
    case kType<"cancellation.requested">:
      return cancellation(event, said);
    case kType<"question.asked">:
      if (!questions_.find(event.subject))
        questions_.push_back(
            {event.subject, word<"question.asked", "topic">(said) == "technical", false});
      return;
    case kType<"question.answered">:
      if (Question* q = questions_.find(event.subject)) q->answered = true;
      return;
    case kType<"demand.made">: {
      const auto fault = word<"demand.made", "fault">(said);
      demands_.push_back({event.subject, fault == "intent" || fault == "gross-negligence",
                          said.fields[kField<"demand.made", "defect">].truth()});
      return;
    }
    default:
      enter_about_contracts(event, said);
      return enter_about_certificates(event, said);
  }
}

// -- contracts and other changes
// --------------------------------------------------------------------------------

void Ledger::enter_about_contracts(const Event& event, const Record& said) {
  Contract* contract = contracts_.find(event.subject);
  switch (event.type) {
    case kType<"fact.contract">:
      if (!contract)
        contracts_.push_back(
            {event.subject, said.fields[kField<"fact.contract", "starts">].instant(),
             said.fields[kField<"fact.contract", "contact">].text(), std::nullopt, 0});
      return;
    case kType<"login.made">:
      if (contract && !contract->logged_in && word<"login.made", "password">(said) == "right")
        contract->logged_in = line();
      return;
    case kType<"contact.change-requested">:
      if (contract && read_alike(text(said.fields[kField<"contact.change-requested", "form">]),
                                 kLabel<"NTT-48", "form">))
        contract->contact = said.fields[kField<"contact.change-requested", "contact">].text();
      return;
    case kType<"contract.terminated">:
      if (contract && !contract->ended) contract->ended = now();
      return;
    case kType<"change.registered">:
      changes_.open(event.subject).requests.push_back({now(), line(), said});
      return;
    case kType<"change.completed">:
      if (Change* change = changes_.find(event.subject)) change->completed = now();
      return;
    default:
      return;
  }
}

// -- applications
// -----------------------------------------------------------------------------------------------

Application& Ledger::application(TextId subject) { return applications_.open(subject); }

void Ledger::open(TextId subject, const Record& said, bool renewal) {
  Application& a = application(subject);
  a.forms.push_back({now(), line(), said});
  if (a.checked) return;  // what came before has gone on already
  const TextId contract = field_of<"contract">(said).text();
  a.contract = a.forms.size() == 1 || a.contract == contract ? contract : TextId{};
  a.renewal = renewal;
  if (renewal) a.checked = line();
}

void Ledger::whois_answer(const Event& event, const Record& said) {
  Application* a = applications_.find(event.subject);
  if (!a || a->forwarded || a->queries == 0) return;
  a->answers.push_back(said);
  if (said.fields[kField<"whois.answered", "protected">].truth()) a->was_hidden = true;
}

void Ledger::mail(const Event& event, const Record& said) {
  if (Application* a = applications_.find(event.subject); a && is_domain_use(said))
    a->mails.push_back({said.fields[kField<"mail.sent", "to">].text(),
                        said.fields[kField<"mail.sent", "code">].text(), now()});
  if (Certificate* c = certificates_.find(event.subject); c && is_for(said, "setting-completion"))
    ++c->completions;
}

void Ledger::call(const Event& event, const Record& said) {
  Application* a = applications_.find(event.subject);
  if (!a) return;
  if (event.type == kType<"call.made">) {
    ++a->calls;
    return;
  }
  if (a->calls_answered == a->calls) return;  // nobody had called
  ++a->calls_answered;
  const auto outcome = word<"call.answered", "outcome">(said);
  if (outcome == "confirmed") a->confirmed = true;
  if (outcome == "denied") a->denied = now();
}

void Ledger::cancellation(const Event& event, const Record& said) {
  Application* a = applications_.find(event.subject);
  const auto channel = word<"cancellation.requested", "channel">(said);
  if (!a || channel == "jprs") return;
  if (!a->cancelled && channel == "ntt") {
    a->cancelled = now();
    a->cancelled_line = line();
  }
  Certificate* c = certificates_.find(a->certificate);
  if (c && c->set && channel == "reply" &&
      said.fields[kField<"cancellation.requested", "cn">].present() &&
      said.fields[kField<"cancellation.requested", "reason">].present())
    c->cancelled = true;
}

// -- certificates
// -----------------------------------------------------------------------------------------------

void Ledger::enter_about_certificates(const Event& event, const Record& said) {
  Certificate* c = certificates_.find(event.subject);
  switch (event.type) {
    case kType<"fact.certificate">:
      if (!c) certificate_known(event, said);
      return;
    case kType<"certificate.issued">:
      return issue(event, said);
    case kType<"certificate.installed">:
      if (c) c->installed = line();
      return;
    case kType<"server.restarted">:
      if (c) restart(event, said);
      return;
    case kType<"certificate.revoked">:
      if (c) c->revoked = true;
      return;
    case kType<"invoice.issued">:
      if (c) ++c->invoices;
      return;
    default:
      return;
  }
}

void Ledger::certificate_known(const Event& event, const Record& said) {
  Certificate c;
  c.subject = event.subject;
  c.contract = said.fields[kField<"fact.certificate", "contract">].text();
  c.begin = said.fields[kField<"fact.certificate", "not_before">].instant();
  c.end = said.fields[kField<"fact.certificate", "not_after">].instant();
  c.elsewhere = word<"fact.certificate", "issued_by">(said) == "other";
  c.revoked = said.fields[kField<"fact.certificate", "revoked">].present();
  if (c.begin <= now() && c.end >= now()) c.set = c.begin;
  c.invoices = 1;  // of an earlier month
  c.completions = 1;
  certificates_.push_back(c);
}

void Ledger::issue(const Event& event, const Record& said) {
  Application& a = application(said.fields[kField<"certificate.issued", "application">].text());
  ++a.issued;
  a.certificate = event.subject;
  Certificate c;
  c.subject = event.subject;
  c.application = a.subject;
  c.contract = a.contract;
  c.begin = said.fields[kField<"certificate.issued", "not_before">].instant();
  c.end = said.fields[kField<"certificate.issued", "not_after">].instant();
  certificates_.push_back(c);
}

void Ledger::restart(const Event& event, const Record& said) {
  Certificate& c = *certificates_.find(event.subject);
  c.restarted = line();
  if (word<"server.restarted", "result">(said) != "ok")
    c.failed = true;
  else if (!c.set)
    c.set = now();
}

// -- what is on record, and what follows
// ------------------------------------------------------------------------

const Application* Ledger::find_application(TextId subject) const {
  return applications_.find(subject);
}
const Certificate* Ledger::find_certificate(TextId subject) const {
  return certificates_.find(subject);
}
const Contract* Ledger::find_contract(TextId subject) const { return contracts_.find(subject); }
const Change* Ledger::find_change(TextId subject) const { return changes_.find(subject); }

bool Ledger::is_for(const Record& mail, std::string_view purpose) const {
  return std::ranges::any_of(list(mail.fields[kField<"mail.sent", "purposes">]),
                             [&](TextId one) { return text(one) == purpose; });
}

bool Ledger::is_domain_use(const Record& mail) const {
  return list(mail.fields[kField<"mail.sent", "purposes">]).empty()
             ? mail.fields[kField<"mail.sent", "code">].present()
             : is_for(mail, "domain-use");
}

Instant Ledger::end_of_link(Instant sent) const {
  constexpr auto n = tables::kNumbers[kNumber<"NTT-12", "days">].number;
  if (!under<"NTT-Q1", "whole-days">()) return sent + days(n);
  return start_of(plus_days(date_of(sent), static_cast<int>(n) + 1));
}

bool Ledger::approved_by(const Application& a, const Mail& mail) const {
  return std::ranges::any_of(a.approvals, [&](const Approval& approval) {
    return approval.at >= mail.at && approval.at < end_of_link(mail.at) &&
           (!approval.code.present() || !mail.code || approval.code.text() == mail.code);
  });
}

bool Ledger::is_organisational(const Record& answer) const {
  return kind_of_domain(answer) == choice_word(events::kDomainKinds, 0);
}

std::string_view Ledger::kind_of_domain(const Record& answer) const {
  return text(answer.fields[kField<"whois.answered", "kind">]);
}

std::vector<TextId> Ledger::of_the_role(const Record& answer) const {
  if (answer.fields[kField<"whois.answered", "protected">].truth()) return {};
  const auto at = choice_index<events::kDomainKinds>(kind_of_domain(answer));
  const bool any = at == 3 && !under<"NTT-Q13", "refused">();
  std::vector<TextId> addresses;
  const auto add = [&](bool of_the_role, Value mail) {
    if (of_the_role && mail.present()) addresses.push_back(mail.text());
  };
  add(at == 0 || any, field_of<"registrant">(answer));
  add(at == 0 || any, field_of<"technical">(answer));
  add(at == 1 || any, field_of<"public_contact">(answer));
  add(at == 2 || any, field_of<"administrative">(answer));
  return addresses;
}

bool Ledger::was_in_hand(const Application& a, Instant at, Line line) const {
  if (a.renewal || !a.checked || a.checked > line) return false;
  if (a.cancelled && *a.cancelled <= at) return false;
  if (a.denied && *a.denied <= at) return false;
  if (const Contract* contract = contracts_.find(a.contract); contract && contract->ended)
    return false;
  const Certificate* c = certificates_.find(a.certificate);
  if (c && c->set && *c->set <= at) return false;
  const auto is_approved = [&](const Mail& mail) { return approved_by(a, mail); };
  const bool one_has_lapsed = std::ranges::any_of(a.mails, [&](const Mail& mail) {
    return !is_approved(mail) && mail.at <= at && end_of_link(mail.at) <= at;
  });
  if (under<"NTT-Q7", "both-approve">()) return !one_has_lapsed;
  return std::ranges::any_of(a.mails, is_approved) || !one_has_lapsed;
}

}  // namespace shinsa::properties::nttcom_biz
