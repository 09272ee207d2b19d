/// The monitor of sakura-reissue: holds each event against the laws and what the trace said before
/// it, then has the ledger enter it.
#include <algorithm>
#include <set>
#include <string>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/name.hpp"
#include "properties/laws/monitor.hpp"
#include "properties/laws/sakura_reissue_laws.hpp"
#include "properties/laws/sakura_reissue_ledger.hpp"

namespace shinsa::properties::sakura_reissue {
namespace {

class SakuraMonitor : public LedgerMonitor<Ledger, kLaws, kNothingTwice> {
 public:
  void end(Instant now) override {
    for (const Order& order : ledger_.orders()) {
      const Certificate* source = ledger_.source_of(order);
      if (order.applied && !order.issued && source && now > source->end) show(kLapsed);
      if (order.row_due && !waits_for_the_dns(order)) breach(kRowsShown);
      if (order.applied && !order.looked_up && !order.hindered && source && now <= source->end)
        breach(kValidationStarts);
      if (!order.issued) continue;
      const Certificate* fresh = ledger_.certificate(order.issued);
      if (fresh && !fresh->installed && now <= fresh->end) breach(kIssuedIsInstalled);
      const bool too_late = ledger_.under<"SAK-Q9", "after-install">() && fresh &&
                            !fresh->installed && now > fresh->end;
      if (!order.told && !too_late) breach(kCompletionFollows);
      if (fresh && fresh->installed && source && !source->revoked && now <= source->end)
        breach(kOldIsRevoked);
    }
    for (const Visit& visit : ledger_.visits())
      if (visit.list_due) breach(kListAnswers);
    for (const Plea& plea : ledger_.pleas())
      if (!plea.declined) breach(kLossesDeclined);
    for (const Host& host : ledger_.hosts())
      if (host.shown < host.visits) breach(kVisitsAnswered);
  }

 private:
  /// Against what was said before the event.
  void hold(const Event& event, const Record& said) override {
    switch (event.type) {
      case kType<"list.shown">:
        return list(event, said);
      case kType<"entry.shown">:
        return row(event, said);
      case kType<"confirmation.shown">:
        return confirmation(event, said);
      case kType<"completion.shown">:
        return completion(event);
      case kType<"certificate.issued">:
        return issued(event, said);
      case kType<"certificate.installed">:
        return installed(event);
      case kType<"certificate.revoked">:
        return revoked(event);
      case kType<"mail.sent">:
        return mail(event, said);
      case kType<"site.shown">:
        return seen(event, said);
      default:
        return;
    }
  }

  /// Where the portal looks before it shows a row (reading SAK-Q4), it can show none without an
  /// answer.
  [[nodiscard]] bool waits_for_the_dns(const Order& order) const {
    return order.address_asked && !order.applied && ledger_.under<"SAK-Q4", "looked-up-first">();
  }

  // -- the list
  // -----------------------------------------------------------------------------------------------------------

  void list(const Event& event, const Record& said) {
    const Visit* visit = ledger_.visit(event.subject);
    if (!visit || !visit->in) return breach(kNothingWithoutLogin);
    const auto rows = ledger_.list(said.fields[kField<"list.shown", "entries">].list());
    const std::set<TextId> shown(rows.begin(), rows.end());
    const bool as_asked = visit->list.is_open() && shown == listed(*visit, visit->list.at);
    if (shown != listed(*visit, ledger_.now()) && !as_asked) breach(kListIsComplete);
  }

  [[nodiscard]] std::set<TextId> listed(const Visit& visit, Instant at) const {
    std::set<TextId> all;
    for (const Order& order : ledger_.orders())
      if (order.customer == visit.customer && order.page != PageOf::neither && is_listed(order, at))
        all.insert(order.subject);
    return all;
  }
  [[nodiscard]] bool is_listed(const Order& order, Instant at) const {
    if (!ledger_.under<"SAK-Q7", "without-expired">()) return true;
    const Certificate* one =
        order.issued ? ledger_.certificate(order.issued) : ledger_.source_of(order);
    return !one || at <= one->end || (one->revoked && *one->revoked <= one->end);
  }

  void row(const Event& event, const Record& said) {
    const Order* order = ledger_.order(event.subject);
    if (!order) return;
    const TextId status = said.fields[kField<"entry.shown", "status">].text();
    const bool to_be_reissued = ledger_.reads<"SAK-16", "status">(status);
    const bool target = ledger_.is_target(*order);
    if (said.fields[kField<"entry.shown", "button">].present() &&
        (!to_be_reissued || !target || order->applied))
      breach(kButtonOnTargetsOnly);
    if (to_be_reissued && (!target || order->issued || ledger_.surely_hindered(*order)))
      breach(kStatusIsTrue);
    if (ledger_.reads<"SAK-17", "status">(status) && target && !order->issued)
      breach(kStatusIsTrue);
    if (ledger_.reads<"SAK-18", "status">(status) && !order->confirmed) breach(kStatusIsTrue);
    const bool unavailable = ledger_.reads<"SAK-19", "status">(status);
    if (unavailable) causes(*order, said);
    if (order->applied && !order->issued && target) in_progress(*order, status, unavailable);
  }

  void in_progress(const Order& order, TextId status, bool unavailable) {
    const bool stalled =
        unavailable && order.failed_before && ledger_.under<"SAK-Q4", "shown-unavailable">();
    if (!stalled && !ledger_.reads<"SAK-18", "status">(status)) breach(kInProgressUntilIssued);
  }

  void causes(const Order& order, const Record& said) {
    const auto details = ledger_.list(said.fields[kField<"entry.shown", "details">].list());
    const bool all_hold = std::ranges::all_of(details, [&](TextId detail) {
      if (ledger_.reads<"SAK-20", "detail">(detail)) return ledger_.has_new_setting(order);
      if (ledger_.reads<"SAK-21", "detail">(detail))
        return ledger_.maybe_another_certificate(order);
      return ledger_.reads<"SAK-22", "detail">(detail) &&
             (ledger_.service_fails(order) || order.failed_before ||
              (order.address_known && !order.address_right));
    });
    if (details.empty() || !all_hold) breach(kCausesAreTrue);
  }

  // -- the two clicks
  // -----------------------------------------------------------------------------------------------------

  void confirmation(const Event& event, const Record& said) {
    const Order* order = ledger_.order(event.subject);
    if (!order || order->clicks.empty()) return breach(kConfirmedBeforeApplied);
    const bool from_a_visit = std::ranges::any_of(order->clicks, [&](const Click& click) {
      const Visit* visit = ledger_.visit(click.session);
      return visit && visit->customer == order->customer;
    });
    if (!from_a_visit) breach(kNothingWithoutLogin);
    const bool warns = said.fields[kField<"confirmation.shown", "warning">].present();
    const bool must_not = ledger_.beyond_the_limit(*order, order->clicks.front().at) < Duration{};
    const bool must = ledger_.beyond_the_limit(*order, ledger_.now()) >= Duration{};
    if (warns ? must_not : must) breach(kWarnedOfClipping);
  }

  void completion(const Event& event) {
    const Order* order = ledger_.order(event.subject);
    if (!order || !order->confirmed) return breach(kConfirmedBeforeApplied);
    if (ledger_.had_new_setting(*order)) show(kClearedThenApplied);
    if (order->named_here) show(kNoticeCame);
  }

  // -- the issue
  // ----------------------------------------------------------------------------------------------------------

  void issued(const Event& event, const Record& said) {
    const Order* order =
        ledger_.order(said.fields[kField<"certificate.issued", "application">].text());
    if (!order || !order->confirmed) return breach(kIssuedToAnApplication);
    if (order->issued) return breach(kOneCertificate);
    if (!order->address_right || !order->file_found) breach(kIssuedAfterValidation);
    if (ledger_.surely_hindered(*order)) breach(kNothingWhileHindered);
    validity(*order, said);
    names(*order, said);
    key(*order, said);
    if (order->failed_before) show(kWrongThenRight);
    if (order->hindered) show(kHeldThenIssued);
    (void)event;
  }

  void validity(const Order& order, const Record& said) {
    const Certificate* source = ledger_.source_of(order);
    if (!source) return;
    const Instant end = said.fields[kField<"certificate.issued", "not_after">].instant();
    const Instant begin = said.fields[kField<"certificate.issued", "not_before">].instant();
    if (!is_a_right_end(order, *source, end)) breach(kEndsAsItMust);
    const Instant day = ledger_.under<"SAK-Q8", "day-of-application">() && order.confirmed_at
                            ? *order.confirmed_at
                            : ledger_.now();
    if (date_of(begin) != date_of(day)) breach(kBeginsOnTheDay);
    show(end < source->end ? kClipped : kUnchanged);
  }

  [[nodiscard]] bool is_a_right_end(const Order& order, const Certificate& source,
                                    Instant end) const {
    constexpr auto limit = tables::kNumbers[kNumber<"SAK-04", "days">].number;
    constexpr auto months = static_cast<int>(tables::kNumbers[kNumber<"SAK-04", "months">].number);
    if (ledger_.beyond_the_limit(order, ledger_.now()) < Duration{}) return end == source.end;
    const Instant latest = std::min(source.end, ledger_.now() + days(limit));
    if (ledger_.under<"SAK-Q1", "min-397">()) return end == latest;
    const Date month = end_of_month(plus_months(date_of(ledger_.now()), months));
    if (ledger_.under<"SAK-Q1", "month-end">())
      return end == std::min(source.end, last_second_of(month));
    return end <= latest;
  }

  void names(const Order& order, const Record& said) {
    const Certificate* source = ledger_.source_of(order);
    if (!source) return;
    const std::string& name = source->name;
    std::set<std::string> wanted{name};
    if (name.starts_with("www."))
      wanted.insert(name.substr(4));
    else if (!name.starts_with("*."))
      wanted.insert("www." + name);
    const Value sans = said.fields[kField<"certificate.issued", "sans">];
    std::set<std::string> got;
    for (TextId id : ledger_.list(sans.list())) got.insert(ledger_.lower(id));
    const TextId cn = said.fields[kField<"certificate.issued", "cn">].text();
    if (ledger_.lower(cn) != name || (sans.present() && got != wanted)) breach(kNamesByTheRule);
  }

  void key(const Order& order, const Record& said) {
    const Certificate* source = ledger_.source_of(order);
    const Value fresh = said.fields[kField<"certificate.issued", "key">];
    if (!source || !source->key.present() || !fresh.present()) return;
    const bool kept = fresh == source->key;
    if (kept != ledger_.under<"SAK-Q12", "certificate-alone">()) breach(kKeyByTheReading);
  }

  // -- after the issue
  // ----------------------------------------------------------------------------------------------------

  void installed(const Event& event) {
    const Certificate* one = ledger_.certificate(event.subject);
    if (!one || !one->order || one->installed) breach(kInstalledAfterIssue);
  }

  void revoked(const Event& event) {
    const bool reissued = std::ranges::any_of(ledger_.orders(), [&](const Order& order) {
      const Certificate* fresh = ledger_.certificate(order.issued);
      return order.certificate == event.subject && fresh &&
             (fresh->installed || !ledger_.under<"SAK-Q5", "after-install">());
    });
    if (!reissued) breach(kOldAfterNew);
  }

  void mail(const Event& event, const Record& said) {
    const Order* order = ledger_.order(event.subject);
    if (!order) return;
    if (said.fields[kField<"mail.sent", "code">].present()) breach(kNoApprovalAsked);
    const Value carried = said.fields[kField<"mail.sent", "certificate">];
    if (!carried.present()) return;
    const Certificate* fresh = ledger_.certificate(order->issued);
    const Member* member = ledger_.member(order->customer);
    const bool early = ledger_.under<"SAK-Q9", "after-install">() && fresh && !fresh->installed;
    const TextId to = said.fields[kField<"mail.sent", "to">].text();
    if (!fresh || carried.text() != fresh->subject || early ||
        (member && member->mail &&
         !same_mail_address(ledger_.text(member->mail), ledger_.text(to))))
      breach(kCompletionToTheMember);
  }

  void seen(const Event& event, const Record& said) {
    constexpr auto field = kField<"site.shown", "result">;
    const std::string_view result =
        choice_word(kEventTypes[event.type].fields[field].choices, said.fields[field].number());
    const Host* host = ledger_.host(event.subject);
    if (!host || result == "no-certificate") return;
    const Value presented = said.fields[kField<"site.shown", "certificate">];
    const Value begin = said.fields[kField<"site.shown", "not_before">];
    const bool fits = std::ranges::any_of(host->may_lie, [&](TextId id) {
      const Certificate* one = ledger_.certificate(id);
      return one && (!presented.present() || presented.text() == id) &&
             (!begin.present() || begin.instant() == one->begin) &&
             (result != "lock" || one->active(ledger_.now()));
    });
    if (!fits) breach(kSeenIsInstalled);
    const Certificate* one = ledger_.certificate(presented.text());
    if (one && one->order && result == "lock") show(kSeenWithLock);
    if (one && one->copied && result == "revoked") show(kRestoredAndRevoked);
  }
};

}  // namespace

std::unique_ptr<Monitor> monitor() { return std::make_unique<SakuraMonitor>(); }

}  // namespace shinsa::properties::sakura_reissue
