/// The monitor of nttcom-biz: holds each event against the laws and what the trace said before it,
/// then has the ledger enter it.
#include <algorithm>
#include <array>
#include <string>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/name.hpp"
#include "properties/laws/monitor.hpp"
#include "properties/laws/nttcom_biz_laws.hpp"
#include "properties/laws/nttcom_biz_ledger.hpp"

namespace shinsa::properties::nttcom_biz {
namespace {

[[nodiscard]] bool is_dv(Value kind) {
  return choice_word(kProducts, kind.number()).starts_with("DV");
}

class NttcomMonitor : public LedgerMonitor<Ledger, kLaws, kNothingTwice> {
 public:
  void end(Instant now) override {
    for (const Application& a : ledger_.applications()) roles_were_mailed(a);
    for (const Certificate& c : ledger_.certificates()) at_the_end(c, now);
    for (const Question& q : ledger_.questions())
      if (q.technical && !q.answered) breach(kReferred);
  }

 private:
  /// Against what was said before the event.
  void hold(const Event& event, const Record& said) override {
    if (event.row().sort != Sort::action) return;
    const Application* a = ledger_.find_application(event.subject);
    switch (event.type) {
      case kType<"application.checked">:
        if (a) goes_on(*a);
        return;
      case kType<"customer.called">:
        return show(kProviderCalled);
      case kType<"application.forwarded">:
        if (a) forwarded(*a, said);
        return;
      case kType<"mail.sent">:
        return mail(event, said);
      case kType<"call.made">:
        if (a) called(*a);
        return;
      case kType<"certificate.issued">:
        return issued(said);
      case kType<"certificate.installed">:
        return installed(event);
      case kType<"server.restarted">:
        return restarted(event, said);
      case kType<"invoice.issued">:
        return billed(event, said);
      case kType<"change.completed">:
        if (const Change* change = ledger_.find_change(event.subject)) completed(*change);
        return show(kOtherChangeDone);
      case kType<"damages.paid">:
        return paid(event);
      case kType<"seal.set">:
        return breach(kNoSiteSeal);
      case kType<"key-files.handed-over">:
        return breach(kNoKeyFiles);
      default:
        return;
    }
  }

  // -- the form
  // ---------------------------------------------------------------------------------------------

  /// The provider goes on with an application: some form of it must have been as it has to be.
  void goes_on(const Application& a) {
    const auto some = [&](std::size_t law, const auto& fits) {
      if (!a.some(fits)) breach(law);
    };
    some(kServiceStarted, [&](const Form& f) {
      const Contract* contract = ledger_.find_contract(f.get<"contract">().text());
      return contract && f.at >= contract->starts && !(contract->ended && *contract->ended <= f.at);
    });
    some(kLoggedIn, [&](const Form& f) {
      const Contract* contract = ledger_.find_contract(f.get<"contract">().text());
      return contract && contract->logged_in && contract->logged_in < f.line;
    });
    some(kConsents, [](const Form& f) {
      const Value notes = f.get<"notes_confirmed">();
      return f.get<"consent">().truth() && (!notes.present() || notes.truth());
    });
    some(kSubjectLength, [&](const Form& f) { return length(f) <= kLengthMax; });
    some(kCountryIsJp, [&](const Form& f) {
      return !f.get<"country">().present() ||
             ledger_.text(f.get<"country">()) == kLabel<"NTT-37", "country">;
    });
    some(kAsTheFormAllows, [&](const Form& f) { return is_pressed(f) && asks_nothing_more(f); });
    some(kOneChange, [&](const Form& f) { return !another_was_in_hand(f, a.subject); });
  }

  static constexpr std::size_t kLengthMax =
      static_cast<std::size_t>(tables::kNumbers[kNumber<"NTT-36", "characters">].number);

  [[nodiscard]] std::size_t length(const Form& f) const {
    const bool in_bytes = ledger_.under<"NTT-Q2", "bytes">();
    std::size_t sum =
        ledger_.under<"NTT-Q2", "without-country">() ? 0 : kLabel<"NTT-37", "country">.size();
    for (const Value part :
         {f.get<"organisation">(), f.get<"unit">(), f.get<"locality">(), f.get<"prefecture">()})
      for (const char byte : ledger_.text(part))
        sum += in_bytes || (static_cast<unsigned char>(byte) >> 6) != 2 ? 1 : 0;
    return sum;
  }

  [[nodiscard]] bool is_pressed(const Form& f) const {
    const auto is = [&](Value said, std::string_view label) {
      return !said.present() || ledger_.text(said) == label;
    };
    const Value item = f.get<"item">();
    const bool pictured = !ledger_.under<"NTT-Q15", "as-in-the-text">() &&
                          is(item, kLabel<"NTT-04", "item_pictured">);
    return (is(item, kLabel<"NTT-04", "item">) || pictured) &&
           is(f.get<"button">(), kLabel<"NTT-04", "button">);
  }

  [[nodiscard]] static bool asks_nothing_more(const Form& f) {
    return !f.get<"restart_at">().present() && !f.get<"carry_over">().truth();
  }

  /// Whether a change was surely handled when another one was applied for.
  [[nodiscard]] bool another_was_in_hand(const Form& f, TextId subject) const {
    const bool per_server = ledger_.under<"NTT-Q10", "per-server">();
    const auto apart = [&](const Form& other) {
      return per_server && ledger_.text(other.get<"server">()) != ledger_.text(f.get<"server">());
    };
    for (const Application& a : ledger_.applications())
      if (a.subject != subject && a.contract == f.get<"contract">().text() &&
          !apart(a.forms.front()) && a.forms.size() == 1 && ledger_.was_in_hand(a, f.at, f.line))
        return true;
    return false;
  }

  /// Of another change the trace shows no more than that its work is complete.
  void completed(const Change& change) {
    if (ledger_.under<"NTT-Q10", "ssl-alone">()) return;
    if (std::ranges::all_of(change.requests,
                            [&](const Form& f) { return another_was_in_hand(f, change.subject); }))
      breach(kOneChange);
  }

  // -- the application to the CA, and its checks
  // --------------------------------------------------------------

  void forwarded(const Application& a, const Record& said) {
    if (!a.checked) breach(kCheckedFirst);
    if (!a.documents_here &&
        !a.some([](const Form& f) { return !f.get<"documents_needed">().truth(); }))
      breach(kDocumentsFirst);
    for (TextId item : ledger_.list(said.fields[kField<"application.forwarded", "items">]))
      if (!choice_index<events::kApplicationItems>(ledger_.text(item))) breach(kOnlyTheItems);
    if (std::ranges::all_of(
            a.answers, [&](const Record& answer) { return ledger_.of_the_role(answer).empty(); }))
      breach(kNothingWhileHidden);
  }

  void mail(const Event& event, const Record& said) {
    const TextId to = said.fields[kField<"mail.sent", "to">].text();
    const Application* a = ledger_.find_application(event.subject);
    if (a && ledger_.is_domain_use(said)) {
      const bool fits = std::ranges::any_of(a->answers, [&](const Record& answer) {
        return std::ranges::any_of(ledger_.of_the_role(answer),
                                   [&](TextId one) { return is_mailbox(one, to); });
      });
      if (!a->forwarded || !fits) breach(kMailToTheRole);
      if (a->was_hidden && fits) show(kProtectionLifted);
      if (fits) mailed_for(a->answers.back());
    }
    const Certificate* c = ledger_.find_certificate(event.subject);
    if (!c || !ledger_.is_for(said, "setting-completion")) return;
    const Contract* contract = ledger_.find_contract(c->contract);
    if (!c->set || (contract && !is_mailbox(contract->contact, to)))
      breach(kCompletionAfterTheSetting);
  }

  void mailed_for(const Record& answer) {
    const auto kind = choice_index<events::kDomainKinds>(ledger_.kind_of_domain(answer));
    constexpr std::array laws{kByBothRoles, kByPublicContact, kByAdministrative};
    const auto at = static_cast<std::size_t>(kind.value_or(laws.size()));
    show(at < laws.size() ? laws[at] : kByAnyAddress);
  }

  [[nodiscard]] bool is_mailbox(TextId one, TextId other) const {
    return same_mail_address(ledger_.text(one), ledger_.text(other));
  }

  [[nodiscard]] bool is_approved(const Application& a) const {
    const auto by = [&](const Mail& one) { return ledger_.approved_by(a, one); };
    if (!std::ranges::any_of(a.mails, by)) return false;
    if (!ledger_.under<"NTT-Q7", "both-approve">() ||
        ledger_.under<"NTT-Q6", "chosen-among-them">())
      return true;
    return for_some_answer(a, [&](TextId role) {
      return std::ranges::any_of(a.mails, [&](const Mail& one) {
        return is_mailbox(one.to, role) && ledger_.approved_by(a, one);
      });
    });
  }

  /// Whether by some answer of WHOIS either the domain is no organisational one, or each of its
  /// roles is as `fits` says.
  template <class Fits>
  [[nodiscard]] bool for_some_answer(const Application& a, const Fits& fits) const {
    return std::ranges::any_of(a.answers, [&](const Record& answer) {
      return !ledger_.is_organisational(answer) ||
             std::ranges::all_of(ledger_.of_the_role(answer), fits);
    });
  }

  void called(const Application& a) {
    if (!is_approved(a) || !a.some([](const Form& f) { return !is_dv(f.get<"kind">()); }))
      breach(kCallsForOvAlone);
    if (a.calls > 0) show(kCalledAgain);
  }

  // -- the issue
  // --------------------------------------------------------------------------------------------

  void issued(const Record& said) {
    const Application* a =
        ledger_.find_application(said.fields[kField<"certificate.issued", "application">].text());
    if (!a) return;
    if (a->issued) breach(kOneCertificate);
    if (!is_approved(*a)) breach(kApprovedInTime);
    telephone(*a);
    const Instant begin = said.fields[kField<"certificate.issued", "not_before">].instant();
    if (said.fields[kField<"certificate.issued", "not_after">].instant() != end_of_product(begin))
      breach(kValidityOfTheProduct);
    show(kUnpaid);
    if (a->documents_here) show(kDocumentsByPost);
    if (a->renewal) show(kRenewed);
    if (std::ranges::any_of(ledger_.applications(),
                            [&](const Application& other) { return has_lapsed(other, *a); }))
      show(kNewAfterALapse);
  }

  void telephone(const Application& a) {
    if (a.some([](const Form& f) { return is_dv(f.get<"kind">()); })) return;
    const bool without = a.renewal && a.calls == 0 && !ledger_.under<"NTT-Q5", "always-called">();
    if (!without && (!a.confirmed || a.denied)) breach(kOvIsCalled);
    if (a.confirmed) show(kCalledAndIssued);
    if (without) show(kRenewedWithoutACall);
  }

  [[nodiscard]] static Instant end_of_product(Instant begin) {
    constexpr auto number = [](std::size_t at) {
      return static_cast<int>(tables::kNumbers[at].number);
    };
    const Date shorter_from{number(kNumber<"ASM-40", "year">), number(kNumber<"ASM-40", "month">),
                            number(kNumber<"ASM-40", "day">)};
    const Date day = date_of(begin);
    const int months = day < shorter_from ? number(kNumber<"ASM-40", "months">)
                                          : number(kNumber<"ASM-40", "months_later">);
    return last_second_of(end_of_month(plus_months(day, months)));
  }

  [[nodiscard]] bool has_lapsed(const Application& other, const Application& later) const {
    return other.subject != later.subject && other.contract == later.contract && !other.renewal &&
           !later.renewal && !other.mails.empty() && !other.issued &&
           std::ranges::all_of(other.mails, [&](const Mail& one) {
             return ledger_.end_of_link(one.at) <= later.forms.front().at;
           });
  }

  // -- the work and its bill
  // ---------------------------------------------------------------------------------

  void installed(const Event& event) {
    const Certificate* c = ledger_.find_certificate(event.subject);
    const Application* a = c ? ledger_.find_application(c->application) : nullptr;
    if (!a) return;
    if (a->cancelled && a->checked && a->checked < a->cancelled_line &&
        !ledger_.under<"NTT-Q3", "not-before">())
      breach(kNothingAfterCancellation);
    if (std::ranges::any_of(a->forms, [&](const Form& f) {
          return f.get<"desired">().present() &&
                 date_of(f.get<"desired">().instant()) != date_of(ledger_.now());
        }))
      show(kDesiredDayMissed);
  }

  void restarted(const Event& event, const Record& said) {
    const Certificate* c = ledger_.find_certificate(event.subject);
    const bool ok = choice_word("ok|failed",
                                said.fields[kField<"server.restarted", "result">].number()) == "ok";
    if (c && c->failed && !c->set && ok) show(kRepaired);
  }

  [[nodiscard]] static Instant next_month(Instant of) {
    constexpr auto n = tables::kNumbers[kNumber<"NTT-45", "months">].number;
    return start_of(plus_months(date_of(start_of_month(of)), static_cast<int>(n)));
  }

  void billed(const Event& event, const Record& said) {
    const Certificate* c = ledger_.find_certificate(event.subject);
    if (!c) return;
    if (!c->set || ledger_.now() < next_month(*c->set)) breach(kBilledInALaterMonth);
    const auto items = ledger_.list(said.fields[kField<"invoice.issued", "items">]);
    const auto has = [&](std::string_view fee) {
      return std::ranges::any_of(items, [&](TextId one) { return ledger_.text(one) == fee; });
    };
    if (said.fields[kField<"invoice.issued", "items">].present() &&
        !(has(kLabel<"NTT-24", "certificate_fee">) && has(kLabel<"NTT-24", "setting_fee">)))
      breach(kBothFees);
    if (c->cancelled) show(kCancelledAndBilled);
  }

  void paid(const Event& event) {
    const bool for_defects = !ledger_.under<"NTT-Q4", "defects-unqualified">();
    const bool is_excepted = std::ranges::any_of(ledger_.demands(), [&](const Demand& one) {
      return one.subject == event.subject && one.grave && (for_defects || !one.defect);
    });
    if (!is_excepted) return breach(kNoDamages);
    show(kGravePaid);
  }

  // -- what has come by the end
  // ------------------------------------------------------------------------------

  void roles_were_mailed(const Application& a) {
    const Contract* contract = ledger_.find_contract(a.contract);
    const bool is_over = a.cancelled || !contract || contract->ended;
    if (!a.issued || is_over || ledger_.under<"NTT-Q6", "chosen-among-them">()) return;
    if (!for_some_answer(a, [&](TextId role) {
          return std::ranges::any_of(a.mails,
                                     [&](const Mail& one) { return is_mailbox(one.to, role); });
        }))
      breach(kBothRolesAreMailed);
  }

  void at_the_end(const Certificate& c, Instant now) {
    const Application* a = ledger_.find_application(c.application);
    const Contract* contract = ledger_.find_contract(c.contract);
    const bool is_over = (a && a->cancelled) || !contract || contract->ended;
    if (c.installed > c.restarted && !is_over) breach(kRestartFollows);
    if (c.set && c.completions == 0) breach(kCompletionFollows);
    if (c.set && c.invoices == 0 && now >= next_month(*c.set)) breach(kBilled);
    // Surely in use: set under a contract in force, long before its end, and nothing ended that.
    const bool was_in_use = c.set && *c.set < c.end - days(62) && contract && !contract->ended &&
                            contract->starts <= c.begin;
    if (was_in_use && now > c.end && !c.elsewhere && !c.cancelled && !c.revoked &&
        !c.renewal_started)
      breach(kRenewalStarts);
  }
};

}  // namespace

std::unique_ptr<Monitor> monitor() { return std::make_unique<NttcomMonitor>(); }

}  // namespace shinsa::properties::nttcom_biz
