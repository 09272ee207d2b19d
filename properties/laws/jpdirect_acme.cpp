/// The monitor of jpdirect-acme: holds each event against the laws and what the trace said before
/// it, then has the ledger enter it.
#include <algorithm>
#include <string>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/name.hpp"
#include "properties/laws/jpdirect_acme_laws.hpp"
#include "properties/laws/jpdirect_acme_ledger.hpp"
#include "properties/laws/monitor.hpp"

namespace shinsa::properties::jpdirect_acme {
namespace {

constexpr std::int64_t number(std::size_t at) { return tables::kNumbers[at].number; }

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

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

class AcmeMonitor : public LedgerMonitor<Ledger, kLaws, kNothingTwice> {
 public:
  void end(Instant now) override {
    for (const Eab& e : ledger_.eabs())
      if (!e.notified) breach(kEabNotified);
    for (const Registration& r : ledger_.registrations()) {
      if (r.invoices && !r.acceptance_told) breach(kAcceptanceFollows);
      if (r.invoices && r.completed && !r.completion_told) breach(kCompletionFollows);
      if (r.invoices && r.is_paid() && !r.completed &&
          !ledger_.under<"ACM-Q11", "cancelled-when-due">())
        breach(kPaymentConfirmed);
    }
    for (const Question& q : ledger_.questions())
      if (!q.answered) breach(kQuestionAnswered);
    for (const Certificate& c : ledger_.certificates())
      if (c.revocation_asked && !c.revoked && now <= c.end) breach(kRevocationDone);
  }

 private:
  void entered(const Event& event) override {
    if (event.type == kType<"order.created">) order(event);
  }

  void hold(const Event& event, const Record& said) override {
    switch (event.type) {
      case kType<"eab.issued">:
        return eab(said);
      case kType<"account.created">:
        return account(event, said);
      case kType<"invoice.issued">:
        return invoice(event, said);
      case kType<"mail.sent">:
        return mail(event, said);
      case kType<"payment.confirmed">:
        return must_be_paid(event);
      case kType<"fqdn_list.shown">:
        return list_of_names(event, said);
      case kType<"refund.made">:
        return refund(event);
      case kType<"challenge.offered">:
        return offer(said);
      case kType<"http.requested">:
        return request(event, said);
      case kType<"dns.queried">:
        return query(event, said);
      case kType<"challenge.validated">:
        return validated(event);
      case kType<"certificate.issued">:
        return issued(said);
      case kType<"certificate.installed">:
        return breach(kPortalInstallsNothing);
      case kType<"certificate.delivered">:
        return delivered(event, said);
      case kType<"site.shown">:
        return site(event, said);
      case kType<"question.answered">:
        return answer(event, said);
      case kType<"acme.refused">:
        return refusal(said);
      default:
        return;
    }
  }

  // EAB and account.

  void eab(const Record& said) {
    const Customer* c = ledger_.customer(field<"eab.issued", "customer">(said).text());
    if (!c || !c->agreed) return breach(kEabForWhoAgrees);
    if (c->eabs == 0) {
      if (!field<"eab.issued", "number">(said).present()) breach(kEabForWhoAgrees);
      return;
    }
    const bool has_run_out = std::ranges::all_of(ledger_.eabs(), [&](const Eab& e) {
      return e.customer != c->subject || ledger_.now() >= e.issued + eab_days();
    });
    if (!c->inquired || !has_run_out) return breach(kOnePressOneEab);
    show(kAnotherEab);
  }

  static Duration eab_days() { return days(number(kNumber<"ACM-18", "days">)); }

  void account(const Event& event, const Record& said) {
    const Account* a = ledger_.account(event.subject);
    if (!a) return breach(kAccountNeedsAnEab);
    const TextId bound = field<"account.created", "eab">(said).text();
    const auto some = [&](const auto& fits) {
      return std::ranges::any_of(a->requests, [&](const Account::Request& r) {
        const Eab* e = ledger_.eab(r.eab);
        return e && (!bound || r.eab == bound) && fits(r, *e);
      });
    };
    show(kAccountMade);
    if (std::ranges::none_of(a->requests, &Account::Request::terms)) breach(kTermsAgreedTo);
    if (!some([](const Account::Request& r, const Eab&) { return r.is_ours && r.by_mail; }))
      breach(kAccountNeedsAnEab);
    if (!some([](const Account::Request& r, const Eab& e) { return r.at < e.issued + eab_days(); }))
      breach(kEabFourteenDays);
    if (!ledger_.under<"ACM-Q21", "reusable">() &&
        !some([](const Account::Request&, const Eab& e) { return e.accounts == 0; }))
      breach(kEabUsedOnce);
  }

  // The registration.

  void invoice(const Event& event, const Record& said) {
    const Registration* r = ledger_.registration(event.subject);
    const bool numbered = ledger_.text(field<"invoice.issued", "bill">(said).text())
                              .starts_with(kLabel<"ACM-57", "bill_prefix">);
    if (!r || !r->fixed || r->invoices || !numbered) breach(kOneInvoiceOnceFixed);
    if (!r) return;
    show(kBilled);
    const auto some = [&](const auto& fits) { return std::ranges::any_of(r->drafts, fits); };
    if (!some([&](const Registration::Draft& draft) {
          const Customer* c = ledger_.customer(draft.customer);
          return c && (c->eabs > 0 || c->has_account);
        }))
      breach(kApplicationBeforeRegistration);
    if (!some([](const Registration::Draft& draft) {
          const std::string_view kind = choice_word(kProducts, draft.kind.number());
          return draft.kind.present() &&
                 kind == (draft.name.starts_with("*.") ? "DV-wildcard" : "DV");
        }))
      breach(kTypeFitsName);
    if (!some([](const Registration::Draft& draft) { return !draft.double_address; }))
      breach(kNoDoubleAddress);
  }

  void must_be_paid(const Event& event) {
    const Registration* r = ledger_.registration(event.subject);
    if (!r || !r->is_paid()) breach(kCompleteOncePaid);
  }

  void mail(const Event& event, const Record& said) {
    const std::string_view subject = ledger_.text(field<"mail.sent", "subject">(said).text());
    const bool completion = read_alike(subject, kLabel<"ACM-35", "subject">);
    if (!completion && !read_alike(subject, kLabel<"ACM-33", "subject">)) return;
    const std::string_view to = ledger_.text(field<"mail.sent", "to">(said).text());
    const Registration* r = ledger_.registration(event.subject);
    if (r && std::ranges::none_of(r->drafts, [&](const Registration::Draft& draft) {
          const Customer* c = ledger_.customer(draft.customer);
          return c && same_mail_address(ledger_.text(c->billing), to);
        }))
      breach(kMailsToBilling);
    if (completion) must_be_paid(event);
  }

  void refund(const Event& event) {
    const Registration* r = ledger_.registration(event.subject);
    if (!r || !r->refund_asked || r->refunded) return breach(kNoMoneyBack);
    // A use-FQDN that some certificate may have been issued for: surely only if no other covers it.
    if (!r->effective) show(kRefunded);
    if (r->effective && !shares_its_names(*r)) breach(kNoMoneyBack);
  }

  /// Whether another registration of the customer covers a name that this one covers.
  bool shares_its_names(const Registration& r) {
    return std::ranges::any_of(ledger_.registrations(), [&](const Registration& other) {
      return &other != &r &&
             std::ranges::any_of(other.drafts, [&](const Registration::Draft& draft) {
               return r.may_be_of(draft.customer) && share_base(r, draft.name);
             });
    });
  }
  static bool share_base(const Registration& r, const std::string& name) {
    return std::ranges::any_of(r.drafts, [&](const Registration::Draft& draft) {
      return draft.name == name || "www." + draft.name == name || draft.name == "www." + name ||
             "*." + draft.name == name || draft.name == "*." + name;
    });
  }

  // The list.

  void list_of_names(const Event& event, const Record& said) {
    show(kListSeen);
    const auto upcoming = names(field<"fqdn_list.shown", "upcoming">(said).list());
    const auto effective = names(field<"fqdn_list.shown", "effective">(said).list());
    for (const std::string& name : upcoming)
      if (!some_complete(event.subject, name)) breach(kListTellsWhatIs);
    for (const std::string& name : effective)
      if (!some_effective(event.subject, name)) breach(kListTellsWhatIs);
    for (const Registration& r : ledger_.registrations())
      if (surely_waits(r) && r.drafts.front().customer == event.subject &&
          !asked_before(event.subject, r.completed_line) &&
          std::ranges::count(upcoming, r.drafts.front().name) == 0)
        breach(kListTellsWhatIs);
  }
  std::vector<std::string> names(ListId list) {
    std::vector<std::string> all;
    for (TextId name : ledger_.list(list)) {
      if (!is_ascii(ledger_.text(name))) breach(kALabelsOnly);
      all.push_back(spelt(ledger_.text(name)));
    }
    return all;
  }
  bool some_complete(TextId customer, const std::string& name) {
    return std::ranges::any_of(ledger_.registrations(), [&](const Registration& r) {
      const bool there = !r.refunded || asked_before(customer, r.refunded_line);
      return r.completed && there && has_name(r, customer, name);
    });
  }
  /// Whether the list may show how things stood before that line.
  bool asked_before(TextId customer, Line line) {
    const Customer* c = ledger_.customer(customer);
    return c && c->list.came_before(line);
  }
  bool some_effective(TextId customer, const std::string& name) {
    return std::ranges::any_of(ledger_.registrations(), [&](const Registration& r) {
      return r.effective && has_name(r, customer, name);
    });
  }
  static bool has_name(const Registration& r, TextId customer, const std::string& name) {
    return std::ranges::any_of(r.drafts, [&](const Registration::Draft& draft) {
      return draft.customer == customer && draft.name == name;
    });
  }
  /// Complete, in time, asked back by nobody, and nothing was issued that it might cover.
  bool surely_waits(const Registration& r) {
    const bool one_name = std::ranges::all_of(r.drafts, [&](const Registration::Draft& draft) {
      return draft.name == r.drafts.front().name && draft.customer == r.drafts.front().customer;
    });
    return r.completed && !r.effective && !r.refund_asked && !r.drafts.empty() && one_name &&
           ledger_.now() < end_of_its_month(*r.completed);
  }

  // Names of orders and certificates.

  bool in_time(const Registration& r, Instant ordered) {
    if (ledger_.under<"ACM-Q9", "ordered-by-then">())
      return r.effective || ordered < end_of_its_month(*r.completed);
    return (r.effective && !ledger_.under<"ACM-Q9", "every-issuance">()) ||
           ledger_.now() < end_of_its_month(*r.completed);
  }

  void hold_names(TextId account, ListId list, Instant ordered) {
    const TextId customer = ledger_.customer_of(account);
    const auto registrations = ledger_.registrations_of(customer);
    for (const std::string& name : names(list)) {
      bool covered = false, complete = false, timely = false;
      for (const Registration* r : registrations) {
        if (!ledger_.covers_by_some(*r, customer, name)) continue;
        covered = true;
        complete = complete || (r->completed && !r->refunded);
        timely = timely || (r->completed && in_time(*r, ordered));
      }
      if (!covered) breach(kOnlyCoveredNames);
      if (!complete) breach(kNothingBeforeCompletion);
      if (complete && !timely) breach(kByTheMonthEnd);
    }
  }

  void order(const Event& event) {
    const Order* o = ledger_.order(event.subject);
    if (o) hold_names(o->account, o->names, o->at);
  }

  void issued(const Record& said) {
    const TextId subject = field<"certificate.issued", "application">(said).text();
    const Order* o = ledger_.order(subject);
    if (!o || !o->finalized || o->issued) breach(kIssuedToTheClient);
    if (!o) return;
    if (!o->some_csr_is_sound) breach(kCsrIsSound);
    hold_names(o->account, o->names, o->at);
    proven_names(*o, said);
    const Value key = field<"certificate.issued", "key">(said);
    const bool of_the_csr =
        std::ranges::any_of(o->keys, [&](Value one) { return !one.present() || one == key; });
    if (key.present() && !of_the_csr) breach(kKeyOfTheCsr);
    const Instant begin = field<"certificate.issued", "not_before">(said).instant();
    if (field<"certificate.issued", "not_after">(said).instant() !=
        begin + days(number(kNumber<"ASM-30", "days">)) - seconds(1))
      breach(kNinetyDays);
  }

  void proven_names(const Order& o, const Record& said) {
    const auto ordered = names(o.names);
    const Value listed = field<"certificate.issued", "sans">(said);
    const auto carried = listed.present() ? names(listed.list()) : ordered;
    if (!std::ranges::is_permutation(ordered, carried)) breach(kEachNameProven);
    for (const std::string& name : carried) {
      const Authorization* const a = ledger_.authorization_of(o, name);
      const bool proven = a && (a->valid_by_file || a->valid_by_dns);
      if (!proven) breach(kEachNameProven);
      if (!a || !a->caa_asked || a->caa_failed) breach(kCaaLookedUp);
      if (!proven) continue;
      show(a->valid_by_file ? kIssuedByFile : kIssuedByDns);
      if (name.starts_with("*.")) show(kWildcardIssued);
      if (is_by_the_www_rule(o, name)) show(kWwwIssued);
    }
  }
  bool is_by_the_www_rule(const Order& o, const std::string& name) {
    const TextId customer = ledger_.customer_of(o.account);
    return std::ranges::any_of(ledger_.registrations_of(customer), [&](const Registration* r) {
      return r->completed && std::ranges::any_of(r->drafts, [&](const Registration::Draft& draft) {
               return draft.customer == customer && "www." + draft.name == name;
             });
    });
  }

  // Challenges.

  void offer(const Record& said) {
    const std::string_view method = word<"challenge.offered", "type">(said);
    const Authorization* a =
        ledger_.authorization(field<"challenge.offered", "authorization">(said).text());
    if (method != kLabel<"ACM-39", "file"> && method != kLabel<"ACM-39", "dns">)
      breach(kOnlyTwoMethods);
    if (a && a->name.starts_with("*.") && method == kLabel<"ACM-39", "file">)
      breach(kNoFileForAWildcard);
  }

  void must_be_in_time(const Challenge& c, Instant at) {
    const auto valid = c.method == kLabel<"ACM-39", "file"> ? number(kNumber<"ACM-44", "days">)
                                                            : number(kNumber<"ACM-51", "days">);
    if (at >= c.offered + days(valid)) breach(kStringsForTwentyFiveDays);
  }

  void request(const Event& event, const Record& said) {
    const Challenge* c = ledger_.challenge(event.subject);
    if (!c) return;
    must_be_in_time(*c, ledger_.now());
    std::string wanted(kLabel<"ACM-42", "scheme">);
    wanted += c->name;
    wanted += kLabel<"ACM-42", "path">;
    wanted += ledger_.text(c->token);
    if (ledger_.text(field<"http.requested", "uri">(said).text()) != wanted)
      breach(kFileAtTheFixedPath);
  }

  void query(const Event& event, const Record& said) {
    const Challenge* c = ledger_.challenge(event.subject);
    if (!c || word<"dns.queried", "type">(said) != "TXT") return;
    must_be_in_time(*c, ledger_.now());
    const std::string base = c->name.starts_with("*.") ? c->name.substr(2) : c->name;
    const std::string wanted = std::string(kLabel<"ACM-49", "label">) + "." + base;
    if (ledger_.text(field<"dns.queried", "name">(said).text()) != wanted)
      breach(kRecordAtTheChallengeName);
  }

  void validated(const Event& event) {
    const Challenge* c = ledger_.challenge(event.subject);
    if (!c || !c->looked || !c->gave_the_string) return breach(kProvenByTheString);
    must_be_in_time(*c, c->answered);  // it may say so later
    const std::int64_t first = ledger_.under<"ACM-Q6", "ten-requests">() ? 1 : 0;
    if (c->redirects + first > number(kNumber<"ACM-47", "redirects">)) breach(kTenStepsNoHttps);
    if (c->by_https && !ledger_.under<"ACM-Q5", "followed">()) breach(kTenStepsNoHttps);
    if (c->redirects > 0) show(kRedirected);
    if (c->records > 1) show(kOneOfSeveral);
  }

  // Afterwards.

  void delivered(const Event& event, const Record& said) {
    const Certificate* c = ledger_.certificate(event.subject);
    const Value to = field<"certificate.delivered", "account">(said);
    if (c) show(kDelivered);
    if (!c || (to.present() && to.text() != c->account)) breach(kHandedToItsAccount);
  }

  void site(const Event& event, const Record& said) {
    const Certificate* c = ledger_.certificate(field<"site.shown", "certificate">(said).text());
    if (!c) return;
    const std::string_view subject = ledger_.text(event.subject);
    const std::string host = spelt(subject.substr(subject.find('/') + 1));
    const bool good = std::ranges::any_of(
        c->names, [&](const std::string& name) { return is_good_for(name, host); });
    const std::string_view result = word<"site.shown", "result">(said);
    if ((result == "lock" && !good) || (result == "other-name" && good))
      breach(kWildcardForOneLevel);
  }

  void answer(const Event& event, const Record& said) {
    const Question* q = ledger_.question(event.subject);
    if (q && q->topic == "acme-client" && word<"question.answered", "answer">(said) == "answered")
      breach(kClientLeftToOthers);
  }

  void refusal(const Record& said) {
    const std::string_view error = word<"acme.refused", "error">(said);
    const auto clauses = ledger_.list(field<"acme.refused", "clauses">(said).list());
    bool goes_with_one = error.empty() || clauses.empty();
    for (TextId id : clauses) {
      const auto index = find_clause(ledger_.text(id));
      if (!index) continue;
      show_late(*index);
      const auto values = clause(*index).values;
      const bool names_none = std::ranges::none_of(
          values, [](const ClauseValue& v) { return v.key.starts_with("error"); });
      goes_with_one =
          goes_with_one || names_none || std::ranges::any_of(values, [&](const ClauseValue& v) {
            return v.key.starts_with("error") && v.text == error;
          });
    }
    if (!goes_with_one) breach(kErrorOfItsClause);
  }
  void show_late(ClauseIndex index) {
    if (index == kClause<"ACM-18">) show(kLateEab);
    if (index == kClause<"ACM-45"> || index == kClause<"ACM-52">) show(kLateString);
    if (index == kClause<"ACM-54">) show(kLateIssue);
  }
};

}  // namespace

std::unique_ptr<Monitor> monitor() { return std::make_unique<AcmeMonitor>(); }

}  // namespace shinsa::properties::jpdirect_acme
