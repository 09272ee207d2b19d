/// The monitor of dedicated-renewal: holds each event against the laws and what the trace said
/// before it, then has the ledger enter it.
#include <algorithm>

#include "properties/laws/dedicated_renewal_laws.hpp"
#include "properties/laws/dedicated_renewal_ledger.hpp"
#include "properties/laws/monitor.hpp"

namespace shinsa::properties::dedicated_renewal {
namespace {

template <Literal Word>
constexpr Value kResult = Value::of(*choice_index(
    kEventTypes[kType<"site.shown">].fields[kField<"site.shown", "result">].choices, Word.view()));

class RenewalMonitor : public LedgerMonitor<Ledger, kLaws, kNothingTwice> {
 public:
  void end(Instant now) override {
    for (const Certificate& c : ledger_.certificates()) {
      const auto [first, after] = ledger_.notice_days(c);
      if (c.known < first && now >= after && !(c.told && c.asked)) breach(kNoticeGiven);
      if (c.wants == true && !c.ordered && !c.renewed) breach(kYesIsOrdered);
      if (c.wants == false && !c.renewed && is_flex(c) && !is_paid(c) && !c.plan_change)
        breach(kFlexChangesPlan);
      if (now > c.end && c.asked && !c.wants && !c.renewed) show(kSilentExpiry);
    }
    for (const Order& o : ledger_.orders()) {
      if (!o.told && !o.withdrawn) breach(kOrderIsBilled);
      if (o.paid && !o.confirmed) breach(kPaidIsConfirmed);
      if (o.reviewed && !o.issued) breach(kReviewIsIssued);
    }
    for (const Site& site : ledger_.sites())
      if (!site.visits.empty()) breach(kVisitorSees);
  }

 private:
  /// Against what was said before the event.
  void hold(const Event& event, const Record& said) override {
    switch (event.type) {
      case kType<"mail.sent">:
        return mail(event, said);
      case kType<"renewal.ordered">:
        return order(said);
      case kType<"billing.shown">:
        return screen(event, said);
      case kType<"card.charged">:
        return charge(event);
      case kType<"payment.confirmed">:
        return confirmation(event);
      case kType<"ca.applied">:
        return application(event);
      case kType<"review.asked">:
        if (const Order* o = ledger_.find_order(event.subject); !o || !o->confirmed)
          breach(kPaidBeforeApplication);
        return;
      case kType<"certificate.issued">:
        return issued(said);
      case kType<"site.shown">:
        return seen(event, said);
      case kType<"plan-change.required">:
        return plan_change(event);
      default:
        return;
    }
  }

  // -- notice, order

  void mail(const Event& event, const Record& said) {
    const Certificate* c = ledger_.find_certificate(event.subject);
    if (!c) return;
    const auto [first, after] = ledger_.notice_days(*c);
    const bool fits = first <= event.time && event.time < after;
    if (ledger_.serves(said, kLabel<"REN-05", "purpose">) && !c->told) {
      if (!fits) breach(kNoticeInTime);
      if (c->issued_here) show(kNextYear);
    }
    if (ledger_.serves(said, kLabel<"REN-06", "purpose">) && !c->asked && !fits)
      breach(kInquiryInTime);
  }

  void order(const Record& said) {
    const Certificate* c =
        ledger_.find_certificate(said.fields[kField<"renewal.ordered", "certificate">].text());
    if (!c || c->wants != true) breach(kOrderForAYes);
    if (c && c->renewed) breach(kRenewedOnce);
    if (c && c->has_declined) show(kDeclinedAndRenewed);
  }

  // -- payment

  void screen(const Event& event, const Record& said) {
    constexpr auto which = kField<"billing.shown", "screen">;
    const Order* o = ledger_.find_order(event.subject);
    const std::string_view shown =
        choice_word(kEventTypes[event.type].fields[which].choices, said.fields[which].number());
    const bool is_history = shown == "billing-history";
    if (is_history) show(kHistorySeen);
    if (shown == "document") show(kBillSeen);
    if (!o || !is_history || o->paid || o->withdrawn) return;
    const TextId status = said.fields[kField<"billing.shown", "status">].text();
    if (ledger_.text(status) != kLabel<"REN-28", "status">) breach(kOpenWhileUnpaid);
  }

  void charge(const Event& event) {
    const Order* o = ledger_.find_order(event.subject);
    if (!o || !o->told) breach(kBilledBeforePaid);
    if (!o || !o->card_chosen) breach(kCardByTheScreens);
  }

  void confirmation(const Event& event) {
    const Order* o = ledger_.find_order(event.subject);
    if (!o || !o->told) breach(kBilledBeforePaid);
    if (!o || !o->paid) breach(kConfirmedWhenPaid);
    if (!o || (!o->by_card && !o->invoiced)) breach(kInvoiceBeforeTransfer);
    if (o && o->by_card && o->card_was_declined) show(kCardDeclinedAndPaid);
  }

  // -- application and issue

  void application(const Event& event) {
    const Order* o = ledger_.find_order(event.subject);
    if (!o || !o->confirmed) breach(kPaidBeforeApplication);
    if (!o || o->documents.empty()) breach(kDocumentsAfterPayment);
    if (o && !o->documents.empty() && std::ranges::none_of(o->documents, &Documents::sound))
      breach(kDocumentsAreSound);
  }

  void issued(const Record& said) {
    const Order* o =
        ledger_.find_order(said.fields[kField<"certificate.issued", "application">].text());
    if (!o || !o->confirmed) breach(kPaidBeforeApplication);
    if (!o || !o->applied || !o->reviewed || o->documents.empty()) breach(kReviewedLikeNew);
    if (!o) return;
    if (o->issued) breach(kOneCertificate);
    show(o->by_card ? kRenewedByCard : kRenewedByTransfer);
    if (const Certificate* old = ledger_.find_certificate(o->certificate)) validity(*o, *old, said);
  }

  /// Which of several documents the certificate follows, it mostly says itself; where it does not,
  /// some of them has to fit.
  void validity(const Order& o, const Certificate& old, const Record& said) {
    std::vector<Documents> followed;
    std::ranges::copy_if(o.documents, std::back_inserter(followed),
                         [&](const Documents& d) { return says(said, d); });
    if (followed.empty() && !o.documents.empty()) breach(kAsDocumented);
    const auto same = [&](const Documents& d) { return ledger_.same_name(d.name, old.name); };
    const bool unchanged = std::ranges::any_of(followed, same);
    const bool changed = !std::ranges::all_of(followed, same);
    const Instant end = said.fields[kField<"certificate.issued", "not_after">].instant();
    const bool in_time = ledger_.in_time(o, old);
    if (ledger_.ends_as_new(end) && (changed || !in_time)) {
      show(in_time ? kChangedIntoNew : kLateIntoNew);
      return;
    }
    if (!in_time) return breach(kLateIsNew);
    if (!unchanged) return breach(kChangedIsNew);
    if (!ledger_.ends_as_renewed(old, end))
      return breach(ledger_.is_symantec(old) ? kSymantecTwoWeeksMore : kRenewalFromTheOldEnd);
    if (ledger_.is_symantec(old)) show(kSymantecRenewed);
  }

  /// Whether what the certificate says of its subject and key is what the documents say.
  static bool says(const Record& issued, const Documents& d) {
    const auto fits = [&](std::string_view field, TextId text) {
      const Value value = field_of(issued, field);
      return !value.present() || value.text() == text;
    };
    const Value key = issued.fields[kField<"certificate.issued", "key">];
    return fits("cn", d.name.cn) && fits("organisation", d.name.organisation) &&
           fits("unit", d.name.unit) && fits("locality", d.name.locality) &&
           fits("prefecture", d.name.prefecture) && fits("country", d.name.country) &&
           (!key.present() || !d.key.present() || key == d.key);
  }

  // -- browser and plan

  void seen(const Event& event, const Record& said) {
    constexpr auto result = kField<"site.shown", "result">;
    const Site* site = ledger_.find_site(event.subject);
    const Certificate* c = site ? ledger_.find_certificate(site->certificate) : nullptr;
    if (!c) return;
    if (event.time > c->end && said.fields[result] == kResult<"expired">) show(kErrorSeen);
    const auto as_he_came = [&](const Site::Visit& visit) {
      const Certificate* was = ledger_.find_certificate(visit.certificate);
      return was && broken_by_view(*was, visit.at, said).empty();
    };
    if (std::ranges::any_of(site->visits, as_he_came)) return;
    for (std::size_t law : broken_by_view(*c, event.time, said)) breach(law);
  }

  /// What is wrong with a view of a certificate at an instant.
  [[nodiscard]] std::vector<std::size_t> broken_by_view(const Certificate& c, Instant at,
                                                        const Record& said) const {
    std::vector<std::size_t> broken;
    const Value result = said.fields[kField<"site.shown", "result">];
    if (at > c.end && result != kResult<"expired">) broken.push_back(kErrorOnceExpired);
    if (c.begin <= at && at <= c.end && result != kResult<"lock">) broken.push_back(kSameDisplay);
    const Value end = said.fields[kField<"site.shown", "not_after">];
    const Value subject = said.fields[kField<"site.shown", "subject_dn">];
    if ((end.present() && end.instant() != c.end) ||
        (subject.present() && ledger_.text(subject.text()) != ledger_.subject_line(c.name)))
      broken.push_back(kShowsEndAndSubject);
    return broken;
  }

  [[nodiscard]] bool is_flex(const Certificate& c) const {
    const Customer* customer = ledger_.find_customer(c.customer);
    return customer && ledger_.text(customer->plan) == kLabel<"REN-34", "plan">;
  }
  [[nodiscard]] bool is_paid(const Certificate& c) const {
    return std::ranges::any_of(ledger_.orders(), [&](const Order& o) {
      return o.certificate == c.subject && o.paid.has_value();
    });
  }
  void plan_change(const Event& event) {
    const Certificate* c = ledger_.find_certificate(event.subject);
    const bool is_over = c && !is_paid(*c) && (c->wants == false || event.time > c->end);
    if (!is_over || !is_flex(*c)) return breach(kPlanChangeForFlex);
    show(kPlanChanged);
  }
};

}  // namespace

std::unique_ptr<Monitor> monitor() { return std::make_unique<RenewalMonitor>(); }

}  // namespace shinsa::properties::dedicated_renewal
