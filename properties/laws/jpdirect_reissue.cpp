/// The monitor of jpdirect-reissue: holds each event against the laws and what the trace said
/// before it, then has the ledger enter it.
#include <algorithm>
#include <string>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/name.hpp"
#include "properties/laws/jpdirect_reissue_laws.hpp"
#include "properties/laws/jpdirect_reissue_ledger.hpp"
#include "properties/laws/monitor.hpp"

namespace shinsa::properties::jpdirect_reissue {
namespace {

class JpdirectMonitor : public LedgerMonitor<Ledger, kLaws, kNothingTwice> {
 public:
  void end(Instant now) override {
    for (const Application& a : ledger_.applications()) {
      if (!a.ordered && a.inquirer && !a.guidance && a.refusals == 0) breach(kInquiryAnswered);
      if (a.issued && !a.completed) breach(kCompletionFollows);
      if (a.page.is_open()) breach(kPageShown);
      if (a.order() && a.is_paid() && !a.payment_confirmed) breach(kPaymentConfirmed);
    }
    for (const Question& q : ledger_.questions())
      if (!q.answered) breach(kQuestionAnswered);
    for (const Certificate& c : ledger_.certificates())
      if ((c.revocation_asked || c.revocation_owed) && !c.revoked && now <= c.end)
        breach(kAskedRevocationDone);
  }

 private:
  void entered(const Event& event) override {
    if (event.type == kType<"certificate.issued">) number(ledger_.certificates().back());
  }

  /// Against what was said before the event.
  void hold(const Event& event, const Record& said) override {
    switch (event.type) {
      case kType<"application.refused">:
        return refusal(event, said);
      case kType<"invoice.issued">:
        return invoice(event);
      case kType<"payment.confirmed">:
        if (const Application* a = ledger_.find_application(event.subject); a && !a->is_paid())
          breach(kPaidBeforeReview);
        return;
      case kType<"mail.sent">:
        return mail(event, said);
      case kType<"call.made">:
        return call(event, said);
      case kType<"certificate.revoked">:
        return revoked(event, said);
      case kType<"certificate.issued">:
        return issued(event, said);
      case kType<"certificate.installed">:
        return breach(kPortalInstallsNothing);
      case kType<"mypage.shown">:
        return page(event, said);
      case kType<"question.answered">:
        return answer(event, said);
      default:
        return;
    }
  }

  void refusal(const Event& event, const Record& said) {
    if (!ledger_.find_application(event.subject)) return;
    for (TextId id : ledger_.list(said.fields[kField<"application.refused", "clauses">].list()))
      if (ledger_.text(id) == clause(kClause<"JPR-21">).id) show(kRefusedInTheMonth);
  }

  void must_be_paid(const Application& a) {
    if (a.order() && !a.is_paid()) breach(kPaidBeforeReview);
  }

  void invoice(const Event& event) {
    const Application& a = ledger_.application(event.subject);
    if (!a.ordered) return breach(kReissueIsFree);
    if (a.invoices) breach(kOneInvoice);
  }

  void mail(const Event& event, const Record& said) {
    const Application& a = ledger_.application(event.subject);
    switch (ledger_.kind_of_mail(said)) {
      case MailKind::domain_control_dv:
        return domain_control_mail(a, said, true);
      case MailKind::domain_control_ov:
        return domain_control_mail(a, said, false);
      case MailKind::completion:
        return completion_mail(a, said);
      case MailKind::other:
        return guidance(a, said);
    }
  }

  void guidance(const Application& a, const Record& said) {
    for (TextId what : ledger_.list(said.fields[kField<"mail.sent", "attachments">].list())) {
      if (ledger_.text(what) != "application-form") continue;
      const TextId to = said.fields[kField<"mail.sent", "to">].text();
      if (std::ranges::none_of(a.namers, [&](TextId from) {
            return same_mail_address(ledger_.text(from), ledger_.text(to));
          }))
        breach(kGuidanceToTheInquirer);
    }
  }

  void domain_control_mail(const Application& a, const Record& said, bool for_dv) {
    must_be_paid(a);
    const std::string_view to = ledger_.text(said.fields[kField<"mail.sent", "to">].text());
    const std::string_view from = ledger_.text(said.fields[kField<"mail.sent", "from">].text());
    if (!a.some([&](const Submission& s) {
          return is_dv(s.kind) == for_dv && same_mail_address(ledger_.text(s.mail.text()), to);
        }) ||
        !same_mail_address(from, kLabel<"JPR-35", "sender">))
      breach(kMailToTheChosenAddress);
    if (a.approval_mails > 0) breach(kOneApprovalMail);
    if (ledger_.needs_no_approval(a) && !ledger_.under<"JPR-Q9", "mail-without-approval">())
      breach(kNoMailForManagedNames);
  }

  void completion_mail(const Application& a, const Record& said) {
    const std::string_view to = ledger_.text(said.fields[kField<"mail.sent", "to">].text());
    for (const Customer& c : ledger_.customers())
      if (c.subject == a.customer && !same_mail_address(ledger_.text(c.billing), to))
        breach(kCompletionToBilling);
    const Value carried = said.fields[kField<"mail.sent", "certificate">];
    if (!a.issued || (carried.present() && carried.text() != a.certificate))
      breach(kCompletionToBilling);
  }

  void call(const Event& event, const Record& said) {
    const Application& a = ledger_.application(event.subject);
    must_be_paid(a);
    const Value number = said.fields[kField<"call.made", "number">];
    if (!a.some([&](const Submission& s) { return ledger_.lists(s.organisation, number); }))
      breach(kDirectoryNumber);
  }

  void revoked(const Event& event, const Record& said) {
    const Certificate* c = ledger_.find_certificate(event.subject);
    if (!c) return;
    const bool by_form = std::ranges::any_of(ledger_.applications(), [&](const Application& a) {
      return a.some([&](const Submission& s) { return s.revoke_first == c->subject; });
    });
    if (!c->revocation_asked && !c->replaced && !by_form) breach(kNoUnaskedRevocation);
    if (c->replaced && !c->revocation_asked) show(kConsentedRevocation);
    const Value why = said.fields[kField<"certificate.revoked", "reason">];
    const bool for_the_form = by_form && reason(why) == "superseded";
    if (why.present() && !c->reasons.empty() && !for_the_form &&
        std::ranges::find(c->reasons, why) == c->reasons.end())
      breach(kReasonAsAsked);
  }

  void issued(const Event& event, const Record& said) {
    const Application& a =
        ledger_.application(said.fields[kField<"certificate.issued", "application">].text());
    const Certificate c = ledger_.issued_here(event, said, a);
    const Value key = said.fields[kField<"certificate.issued", "key">];
    if (a.issued) breach(kOneCertificate);
    must_be_paid(a);
    review(a);
    const auto has_the_key = [&](const Submission& s) {
      return !s.key.present() || !key.present() || s.key == key;
    };
    if (!a.some(has_the_key)) breach(kKeyOfTheCsr);
    if (!a.some([&](const Submission& s) { return ledger_.same_names(s.names, c.names); }))
      breach(kNamesAsApplied);
    if (!a.some([&](const Submission& s) { return ledger_.is_whole(s); })) breach(kFormIsWhole);
    if (ledger_.under<"JPR-Q22", "same-name">() && !a.some([&](const Submission& s) {
          return has_the_key(s) && (!s.changed || s.csr_name.empty() || s.csr_name == c.name);
        }))
      breach(kNameKept);
    if (a.some([&](const Submission& s) { return s.changed && s.key == key; }) &&
        !a.some([&](const Submission& s) { return !s.changed && s.key == key; }))
      show(kChanged);
    if (a.order())
      new_one(c, a);
    else
      reissue(c, a);
  }

  void review(const Application& a) {
    const bool control =
        a.approved || a.some([&](const Submission& s) { return ledger_.manages(a, s.name); });
    if (!control) breach(kIssueAfterDomainControl);
    if (!a.mailed) show(kDomainWaived);
    const bool organisation = a.confirmed_by_telephone || a.some([&](const Submission& s) {
      return is_dv(s.kind) || ledger_.telephone_may_be_waived(a, s);
    });
    if (!organisation) breach(kOvIsTelephoned);
    if (!a.called && a.some([](const Submission& s) { return !is_dv(s.kind); }))
      show(kTelephoneWaived);
    const bool dv = a.some([](const Submission& s) { return is_dv(s.kind); });
    if (a.approved) show(dv ? kByDvMail : kByOvMail);
    if (a.confirmed_by_telephone && !dv) show(kTelephoned);
  }

  void new_one(const Certificate& c, const Application& a) {
    constexpr auto months = tables::kNumbers[kNumber<"ASM-01", "months">].number;
    const Date begin = date_of(c.begin);
    if (c.end != last_second_of(end_of_month(plus_months(begin, static_cast<int>(months)))))
      breach(kNewEndsWithTheMonth);
    show(a.by_card ? kPaidByCard : kPaidByTransfer);
  }

  void reissue(const Certificate& c, const Application& a) {
    const auto source_of = [&](const Submission& s) { return ledger_.find_certificate(s.source); };
    if (!ledger_.under<"JPR-Q12", "clipped">() && !a.some([&](const Submission& s) {
          const Certificate* source = source_of(s);
          return source && source->end == c.end && ledger_.now() <= source->end;
        }))
      breach(kEndsWithTheSource);
    if (!a.some([](const Submission& s) { return s.consent; })) breach(kConsent);
    if (!ledger_.under<"JPR-Q3", "inquiry">() && !ledger_.under<"JPR-Q4", "utc">() &&
        !a.some([&](const Submission& s) {
          const Certificate* source = source_of(s);
          return !source || s.at < start_of_month(source->end);
        }))
      breach(kNotInTheMonthOfExpiry);
    if (!a.some([&](const Submission& s) {
          const Certificate* source = source_of(s);
          return source && !source->elsewhere && s.at <= source->end &&
                 !(source->revoked && *source->revoked <= s.at && source->revoked_line < s.line) &&
                 (!source->application || source->customer == a.customer);
        }))
      breach(kSourceIsGood);
    if (!a.some([&](const Submission& s) {
          const Certificate* source = source_of(s);
          return source && source->name == c.name &&
                 (!c.kind.present() || !source->kind.present() || source->kind == c.kind);
        }))
      breach(kSameNameAndType);
    kept(a);
  }

  /// What may stay and what must change, under readings that say so.
  void kept(const Application& a) {
    const auto source_of = [&](const Submission& s) { return ledger_.find_certificate(s.source); };
    if (ledger_.under<"JPR-Q10", "csr-only">() && !a.some([&](const Submission& s) {
          const Certificate* source = source_of(s);
          return !source || s.organisation == source->organisation;
        }))
      breach(kOrganisationKept);
    if (ledger_.under<"JPR-Q19", "new-key">() && !a.some([&](const Submission& s) {
          const Certificate* source = source_of(s);
          return !source || !s.key.present() || s.changed || s.key != source->key;
        }))
      breach(kAnotherKey);
  }

  /// How many are active at once, now that one more was issued.
  void number(const Certificate& c) {
    const std::size_t now_active = ledger_.active_with(c);
    constexpr auto limit = tables::kNumbers[kNumber<"JPR-23", "certificates">].number;
    if (now_active > static_cast<std::size_t>(limit)) breach(kAtMostTwo);
    if (now_active != static_cast<std::size_t>(limit)) return;
    show(kTwoAreActive);
    if (std::ranges::any_of(ledger_.certificates(), [&](const Certificate& other) {
          return other.name == c.name && other.revoked && *other.revoked <= ledger_.now();
        }))
      show(kHeldAndIssued);
  }

  void page(const Event& event, const Record& said) {
    const Application* a = ledger_.find_application(event.subject);
    if (!a || a->issued || !a->mailed || !a->went_on) return;
    if (a->page.came_before(a->mailed_line))
      return;  // asked for when nothing may have been pending
    // Only what surely is pending: the mail went out, and neither refusal nor expiry came since.
    const bool alive = std::ranges::all_of(a->submissions, [&](const Submission& s) {
      const Certificate* source = ledger_.find_certificate(s.source);
      const bool withdrawn =
          source && source->revoked && ledger_.under<"JPR-Q16", "revocation-too">();
      return s.refused || a->order() || (source && ledger_.now() <= source->end && !withdrawn);
    });
    if (!alive) return;
    for (TextId button : ledger_.list(said.fields[kField<"mypage.shown", "buttons">].list()))
      if (ledger_.text(button) == kLabel<"JPR-14", "button">) return;
    breach(kReapplicationOffered);
  }

  void answer(const Event& event, const Record& said) {
    constexpr auto field = kField<"question.answered", "answer">;
    const Question* q = ledger_.find_question(event.subject);
    if (q && q->topic == "technical" &&
        choice_word(kEventTypes[event.type].fields[field].choices, said.fields[field].number()) ==
            "answered")
      breach(kTechnicalNotAnswered);
  }
};

}  // namespace

std::unique_ptr<Monitor> monitor() { return std::make_unique<JpdirectMonitor>(); }

}  // namespace shinsa::properties::jpdirect_reissue
