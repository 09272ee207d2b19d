#include "properties/laws/jpdirect_reissue_ledger.hpp"

#include <array>

#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::properties::jpdirect_reissue {

namespace {

std::string lowered(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

/// The subject of the domain-control mail before the common name, as mail programs show it.
std::string beginning(std::string_view label) {
  return as_read(std::string(label.substr(0, label.find('['))));
}

/// What was asked for so far was refused if nothing stands now.
void ask_again(Application& a) {
  if (a.nothing_stands())
    for (Submission& before : a.submissions) before.refused = true;
  ++a.asked_for;
  a.approval_mails = 0;
}

/// What all forms say alike.
template <Literal Type>
void read_csr(Submission& s, const Record& said) {
  s.csr = said.fields[kField<Type, "csr">];
  s.csr_problem = said.fields[kField<Type, "csr_problem">].text();
  s.key = said.fields[kField<Type, "key">];
  s.names = said.fields[kField<Type, "sans">];
  s.mail = said.fields[kField<Type, "authentication_mail">];
  s.organisation = said.fields[kField<Type, "organisation">].text();
}

void submit(Application& a, Submission s) {
  ask_again(a);
  a.submissions.push_back(std::move(s));
}

void change(Submission& s, const Record& said, std::string csr_name) {
  const auto take = [&](Value& into, std::size_t field) {
    if (said.fields[field].present()) into = said.fields[field];
  };
  if (said.fields[kField<"application.resubmitted", "csr">].present()) {
    s.csr = said.fields[kField<"application.resubmitted", "csr">];
    s.csr_problem = said.fields[kField<"application.resubmitted", "csr_problem">].text();
  }
  if (!csr_name.empty()) s.csr_name = std::move(csr_name);
  take(s.key, kField<"application.resubmitted", "key">);
  take(s.names, kField<"application.resubmitted", "sans">);
  take(s.mail, kField<"application.resubmitted", "authentication_mail">);
  const Value organisation = said.fields[kField<"application.resubmitted", "organisation">];
  if (organisation.present()) s.organisation = organisation.text();
  s.changed = true;
}

}  // namespace

bool is_dv(Value kind) { return choice_word(kProducts, kind.number()).starts_with("DV"); }

std::string_view reason(Value value) { return choice_word(kRevocationReasons, value.number()); }

void Ledger::enter(const Event& event, const Record& said) {
  switch (event.type) {
    case kType<"fact.customer">:
      customers_.push_back({event.subject,
                            said.fields[kField<"fact.customer", "billing_mail">].text(),
                            said.fields[kField<"fact.customer", "managed_domains">].list()});
      return;
    case kType<"fact.directory">:
      directory_.emplace_back(event.subject, said.fields[kField<"fact.directory", "number">]);
      return;
    case kType<"fact.certificate">:
      return certificate_known(event, said);
    case kType<"inquiry.received">:
      return inquiry(event, said);
    case kType<"application.returned">:
      return form(event, said);
    case kType<"order.received">:
      return order(event, said);
    case kType<"application.resubmitted">:
      return resubmission(event, said);
    case kType<"application.refused">:
      // Which request a refusal answers, a trace does not say.
      if (Application* a = applications_.find(event.subject)) ++a->refusals;
      return;
    case kType<"invoice.issued">:
      return invoice(event, said);
    case kType<"payment.received">:
      return payment(event, said);
    case kType<"payment.confirmed">:
      if (Application* a = applications_.find(event.subject)) a->payment_confirmed = true;
      return;
    case kType<"mail.sent">:
      return mail(event, said);
    case kType<"domain.approved">:
      return approval(event, said);
    case kType<"call.made">:
      application(event.subject).called = true;
      application(event.subject).went_on = true;
      return;
    case kType<"call.answered">:
      return answer(event, said);
    case kType<"revocation.requested">:
      return revocation_request(event, said);
    case kType<"certificate.revoked">:
      if (Certificate* c = certificates_.find(event.subject)) {
        c->revoked = now();
        c->revoked_line = line();
      }
      return;
    case kType<"certificate.issued">:
      return issue(event, said);
    case kType<"mypage.opened">:
      application(event.subject).page.ask(line(), now());
      return;
    case kType<"mypage.shown">:
      if (Application* a = applications_.find(event.subject)) a->page.answer();
      return;
    case kType<"question.asked">:
      return question(event, said);
    case kType<"question.answered">:
      if (Question* q = questions_.find(event.subject)) q->answered = true;
      return;
    default:
      return;
  }
}

// What is on record.

Application& Ledger::application(TextId subject) { return applications_.open(subject); }
const Application* Ledger::find_application(TextId subject) const {
  return applications_.find(subject);
}
const Certificate* Ledger::find_certificate(TextId subject) const {
  return certificates_.find(subject);
}
const Question* Ledger::find_question(TextId subject) const { return questions_.find(subject); }

void Ledger::certificate_known(const Event& event, const Record& said) {
  if (certificates_.find(event.subject)) return;
  Certificate c;
  c.subject = event.subject;
  c.customer = said.fields[kField<"fact.certificate", "customer">].text();
  c.name = lowered(text(said.fields[kField<"fact.certificate", "cn">].text()));
  c.kind = said.fields[kField<"fact.certificate", "kind">];
  c.names = said.fields[kField<"fact.certificate", "sans">];
  c.key = said.fields[kField<"fact.certificate", "key">];
  c.organisation = said.fields[kField<"fact.certificate", "organisation">].text();
  c.begin = said.fields[kField<"fact.certificate", "not_before">].instant();
  c.end = said.fields[kField<"fact.certificate", "not_after">].instant();
  if (const Value at = said.fields[kField<"fact.certificate", "revoked">]; at.present())
    c.revoked = at.instant();
  if (const Value at = said.fields[kField<"fact.certificate", "telephone_confirmed">]; at.present())
    c.telephoned = at.instant();
  constexpr auto by = kField<"fact.certificate", "issued_by">;
  if (const Value v = said.fields[by]; v.present())
    c.elsewhere = choice_word(kEventTypes[event.type].fields[by].choices, v.number()) == "other";
  certificates_.push_back(std::move(c));
}

// What the customer sends.

void Ledger::inquiry(const Event& event, const Record& said) {
  Application& a = application(event.subject);
  ++a.asked_for;
  const bool by_reply =
      said.fields[kField<"inquiry.received", "in_reply_to">].present() &&
      choice_word(kEventTypes[event.type].fields[kField<"inquiry.received", "channel">].choices,
                  said.fields[kField<"inquiry.received", "channel">].number()) == "reply" &&
      !under<"JPR-Q20", "every-inquiry">();
  if (by_reply || said.fields[kField<"inquiry.received", "cn">].present())
    a.namers.push_back(said.fields[kField<"inquiry.received", "from">].text());
  if (a.inquirer) return;
  a.customer = said.fields[kField<"inquiry.received", "customer">].text();
  a.inquirer = said.fields[kField<"inquiry.received", "from">].text();
  a.asked = now();
}

void Ledger::form(const Event& event, const Record& said) {
  Submission s;
  s.at = now();
  s.line = line();
  s.source = said.fields[kField<"application.returned", "source">].text();
  s.name = lowered(text(said.fields[kField<"application.returned", "cn">].text()));
  s.kind = said.fields[kField<"application.returned", "kind">];
  read_csr<"application.returned">(s, said);
  s.revoke_first = said.fields[kField<"application.returned", "revoke_first">].text();
  s.consent = said.fields[kField<"application.returned", "consent">].truth();
  submit(application(event.subject), std::move(s));
}

void Ledger::order(const Event& event, const Record& said) {
  Application& a = application(event.subject);
  Submission s;
  s.at = now();
  s.line = line();
  s.name = lowered(text(said.fields[kField<"order.received", "cn">].text()));
  s.kind = said.fields[kField<"order.received", "kind">];
  read_csr<"order.received">(s, said);
  s.consent = true;
  a.ordered = true;
  if (!a.customer) a.customer = said.fields[kField<"order.received", "customer">].text();
  constexpr auto field = kField<"order.received", "payment">;
  a.by_card = choice_word(kPaymentMethods, said.fields[field].number()) == "card";
  submit(a, std::move(s));
}

void Ledger::resubmission(const Event& event, const Record& said) {
  Application& a = application(event.subject);
  ask_again(a);
  const Value csr_name = said.fields[kField<"application.resubmitted", "csr_cn">];
  // Which submission it changes, a trace does not say: each that may stand is changed.
  const std::vector<Submission> standing = a.submissions;
  for (Submission s : standing) {
    if (s.refused) continue;
    change(s, said, lowered(text(csr_name.text())));
    if (std::ranges::count(a.submissions, s) == 0) a.submissions.push_back(std::move(s));
  }
}

void Ledger::payment(const Event& event, const Record& said) {
  Application* a = applications_.find(event.subject);
  if (a && a->bill && said.fields[kField<"payment.received", "bill">].text() == a->bill)
    a->paid += said.fields[kField<"payment.received", "amount">].number();
}

void Ledger::approval(const Event& event, const Record& said) {
  Application* a = applications_.find(event.subject);
  if (!a || !a->mailed) return;
  const Value code = said.fields[kField<"domain.approved", "code">];
  if (a->code && code.present() && code.text() != a->code) return;
  a->approved = true;
  a->approved_at = now();
}

void Ledger::answer(const Event& event, const Record& said) {
  constexpr auto field = kField<"call.answered", "outcome">;
  Application* a = applications_.find(event.subject);
  if (!a || !a->called ||
      choice_word(kEventTypes[event.type].fields[field].choices, said.fields[field].number()) !=
          "confirmed")
    return;
  a->confirmed_by_telephone = true;
  a->telephoned = now();
}

void Ledger::revocation_request(const Event& event, const Record& said) {
  Certificate* c = certificates_.find(event.subject);
  if (!c || !c->active(now())) return;
  c->revocation_asked = true;
  constexpr auto field = kField<"revocation.requested", "reason">;
  if (reason(said.fields[field]) != "unspecified") c->reasons.push_back(said.fields[field]);
}

void Ledger::question(const Event& event, const Record& said) {
  constexpr auto field = kField<"question.asked", "topic">;
  if (questions_.find(event.subject)) return;
  questions_.push_back(
      {event.subject,
       choice_word(kEventTypes[event.type].fields[field].choices, said.fields[field].number()),
       false});
}

// What the portal and the CA do.

/// Only the first invoice of an order counts.
void Ledger::invoice(const Event& event, const Record& said) {
  Application& a = application(event.subject);
  if (!a.ordered || ++a.invoices > 1) return;
  a.bill = said.fields[kField<"invoice.issued", "bill">].text();
  a.fee = said.fields[kField<"invoice.issued", "amount">].number();
}

void Ledger::mail(const Event& event, const Record& said) {
  Application& a = application(event.subject);
  switch (kind_of_mail(said)) {
    case MailKind::domain_control_dv:
    case MailKind::domain_control_ov:
      if (needs_no_approval(a) && under<"JPR-Q9", "mail-without-approval">())
        return;  // asks for nothing, and commits the portal to nothing
      if (!a.mailed) a.mailed_line = line();
      a.mailed = true;
      ++a.approval_mails;
      a.approved = false;
      a.code = said.fields[kField<"mail.sent", "code">].text();
      a.went_on = a.went_on || !may_need_no_approval(a);
      return;
    case MailKind::completion:
      a.completed = true;
      return;
    case MailKind::other:
      for (TextId what : list(said.fields[kField<"mail.sent", "attachments">].list()))
        if (text(what) == "application-form") a.guidance = true;
  }
}

void Ledger::issue(const Event& event, const Record& said) {
  Application& a = application(said.fields[kField<"certificate.issued", "application">].text());
  Certificate c = issued_here(event, said, a);
  ++a.issued;
  if (!a.order()) replace_sources(a);
  a.went_on = true;
  a.certificate = event.subject;
  a.issued_at = now();
  c.telephoned = last_call(a);
  certificates_.push_back(std::move(c));
}

void Ledger::replace_sources(const Application& a) {
  const auto standing = std::ranges::count(a.submissions, false, &Submission::refused);
  for (const Submission& s : a.submissions) {
    Certificate* source = s.refused ? nullptr : certificates_.find(s.source);
    if (!source) continue;
    source->replaced = true;
    source->revocation_owed =
        source->revocation_owed ||
        (under<"JPR-Q2", "revoked-after-issue">() && standing == 1 && source->active(now()));
  }
}

/// A call that confirmed the applicant stays on record from one certificate to the next.
std::optional<Instant> Ledger::last_call(const Application& a) const {
  if (a.telephoned != Instant{}) return a.telephoned;
  std::optional<Instant> latest;
  for (const Submission& s : a.submissions)
    if (const Certificate* source = certificates_.find(s.source); source && source->telephoned)
      latest = std::max(latest.value_or(*source->telephoned), *source->telephoned);
  return latest;
}

// What follows from it.

MailKind Ledger::kind_of_mail(const Record& said) const {
  static const std::string dv = beginning(kLabel<"JPR-35", "subject">);
  static const std::string ov = beginning(kLabel<"JPR-38", "subject">);
  static const std::string done = as_read(std::string(kLabel<"JPR-43", "subject">));
  const TextId id = said.fields[kField<"mail.sent", "subject">].text();
  const auto [known, is_new] = kinds_.try_emplace(id, MailKind::other);
  if (!is_new) return known->second;
  const std::string subject = as_read(text(id));
  if (subject.starts_with(dv))
    known->second = MailKind::domain_control_dv;
  else if (subject.starts_with(ov))
    known->second = MailKind::domain_control_ov;
  else if (subject == done)
    known->second = MailKind::completion;
  return known->second;
}

bool Ledger::manages(const Application& a, const std::string& name) const {
  for (const Customer& c : customers_)
    if (c.subject == a.customer)
      for (TextId domain : list(c.managed))
        if (is_at_or_under(name, text(domain))) return true;
  return false;
}

bool Ledger::is_whole(const Submission& s) const {
  const std::string_view csr = text(s.csr.text());
  const std::size_t begin = csr.find("BEGIN");
  const bool marked = begin != std::string_view::npos && csr.find("END", begin + 1) != csr.npos &&
                      csr.find("CERTIFICATE REQUEST", begin) != csr.npos;
  return s.csr.present() && marked && !is_fault_of_csr(text(s.csr_problem)) && s.mail.present();
}

bool Ledger::needs_no_approval(const Application& a) const {
  return !a.some([&](const Submission& s) { return !manages(a, s.name); });
}

bool Ledger::may_need_no_approval(const Application& a) const {
  return under<"JPR-Q9", "mail-without-approval">() &&
         a.some([&](const Submission& s) { return manages(a, s.name); });
}

bool Ledger::lists(TextId organisation, Value number) const {
  const std::string wanted = "organisation/" + std::string(text(organisation));
  return std::ranges::any_of(directory_, [&](const auto& entry) {
    return text(entry.first) == wanted && entry.second == number;
  });
}

bool Ledger::telephone_may_be_waived(const Application& a, const Submission& s) const {
  const Certificate* source = certificates_.find(s.source);
  if (!source || !source->telephoned || under<"JPR-Q6", "renewals-only">()) return false;
  constexpr auto years = tables::kNumbers[kNumber<"JPR-42", "years">].number;
  const Date last = plus_years(date_of(*source->telephoned), static_cast<int>(years));
  const Date today = date_of(a.approved ? a.approved_at : s.at);
  const bool recent = under<"JPR-Q7", "before-the-anniversary">() ? today < last : today <= last;
  return recent && source->organisation == s.organisation && same_names(source->names, s.names);
}

bool Ledger::same_names(Value a, Value b) const {
  if (!a.present() || !b.present()) return true;
  std::vector<std::string> x, y;
  for (TextId id : list(a.list())) x.push_back(lowered(text(id)));
  for (TextId id : list(b.list())) y.push_back(lowered(text(id)));
  std::ranges::sort(x);
  std::ranges::sort(y);
  x.erase(std::unique(x.begin(), x.end()), x.end());
  y.erase(std::unique(y.begin(), y.end()), y.end());
  return x == y;
}

std::size_t Ledger::active_with(const Certificate& one) const {
  const bool any_type = !under<"JPR-Q15", "same-name-and-type">();
  return static_cast<std::size_t>(std::ranges::count_if(certificates_, [&](const Certificate& c) {
    return c.name == one.name && (any_type || c.kind == one.kind) && c.active(now());
  }));
}

Certificate Ledger::issued_here(const Event& event, const Record& said,
                                const Application& a) const {
  Certificate c;
  c.subject = event.subject;
  c.customer = a.customer;
  c.application = a.subject;
  c.name = lowered(text(said.fields[kField<"certificate.issued", "cn">].text()));
  c.kind = said.fields[kField<"certificate.issued", "kind">];
  c.names = said.fields[kField<"certificate.issued", "sans">];
  c.key = said.fields[kField<"certificate.issued", "key">];
  c.organisation = said.fields[kField<"certificate.issued", "organisation">].text();
  c.begin = said.fields[kField<"certificate.issued", "not_before">].instant();
  c.end = said.fields[kField<"certificate.issued", "not_after">].instant();
  return c;
}

}  // namespace shinsa::properties::jpdirect_reissue
