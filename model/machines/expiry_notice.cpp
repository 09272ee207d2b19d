/// Notice and inquiry: about sixty days before the expiry the host tells the customer of it, and
/// asks whether to renew, in one mail or two. Every certificate has its own, year after year.
/// Source: REN-02, REN-05, REN-06 (page lines 7, 12, 14 to 16, 20), readings REN-Q1, Q7, Q12.
#include "model/machines/expiry_notice.hpp"

#include "model/core/machine.hpp"
#include "model/machines/notice_mail.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::expiry_notice {
namespace {

using namespace dedicated_certificate;

// clang-format off
struct Idle : State {};          // no certificate yet
struct Waiting : State {};       // the days of the notice have not come
struct Due : State {};           // both are owed
struct NoticeGiven : State {};   // told, not asked yet
struct InquiryMade : State {};   // asked, not told yet
struct Done : State {};          // told and asked: here, or before the trace

struct NoticeMail : On<"mail.sent"> { using On::On; static bool is(const NoticeMail& mail, const Context& c); };
struct TheDaysCome : Deadline<kNoticeFrom> { using Deadline::Deadline; };

struct WasToldBefore; struct TheDaysHaveCome; struct TellsOfTheExpiry; struct AsksForTheIntent;
struct AboutSixtyDaysBefore; struct AsksAboutSixtyDaysBefore; struct InSoManyMails; struct ToTheCustomer; struct MayAskAgain;
struct AwaitTheDays; struct NextYearLikewise; struct OweNotice; struct OweInquiry; struct NothingMoreIsOwed;
struct Reminds;   // seen, permitted

struct ExpiryNotice : Machine<ExpiryNotice> {
  using states = mp_list<Idle, Waiting, Due, NoticeGiven, InquiryMade, Done>;
  using events = mp_list<CertificateKnown, CertificateCreated, TheDaysCome, NoticeMail>;
  using initial_state = Idle;
  using Owe = Do<OweNotice, OweInquiry>;
  using Fit = All<InSoManyMails, ToTheCustomer>;
  using Told = All<TellsOfTheExpiry, AboutSixtyDaysBefore>;
  using Asked = All<AsksForTheIntent, AsksAboutSixtyDaysBefore>;
  using transition_table = mp_list<
    //   in            on                   go to         do                                          provided
    Row< Idle,         CertificateKnown,    Done,         Do<Post<IntentAsked>>,                      All<WasToldBefore>                           >,
    Row< Idle,         CertificateKnown,    Due,          Owe,                                        All<Not<WasToldBefore>, TheDaysHaveCome>     >,
    Row< Idle,         CertificateKnown,    Waiting,      Do<AwaitTheDays>,                           All<Not<WasToldBefore>, Not<TheDaysHaveCome>> >,
    Row< Idle,         CertificateCreated,  Waiting,      Do<NextYearLikewise>,                       All<Not<WasToldBefore>, Not<TheDaysHaveCome>> >,
    Row< Idle,         CertificateCreated,  Due,          Owe,                                        All<Not<WasToldBefore>, TheDaysHaveCome>     >,   // issued late
    Row< Idle,         CertificateCreated,  Done,         Do<Post<IntentAsked>>,                      All<WasToldBefore>                           >,   // too late to be told
    Row< Waiting,      TheDaysCome,         Due,          Owe                                                                                      >,
    Row< Due,          NoticeMail,          Done,         Do<NothingMoreIsOwed, Post<IntentAsked>>,   All<Told, Asked, Fit>                        >,
    Row< Due,          NoticeMail,          NoticeGiven,  Do<>,                                       All<Told, Not<AsksForTheIntent>, Fit>        >,
    Row< Due,          NoticeMail,          InquiryMade,  Do<Post<IntentAsked>>,                      All<Not<TellsOfTheExpiry>, Asked, Fit>       >,
    Row< NoticeGiven,  NoticeMail,          Done,         Do<Post<IntentAsked>>,                      All<Asked, Fit>                              >,
    Row< NoticeGiven,  NoticeMail,          none,         Do<>,                                       All<Not<AsksForTheIntent>, Fit>              >,
    Row< InquiryMade,  NoticeMail,          Done,         Do<>,                                       All<Told, Fit, MayAskAgain>                  >,
    Row< InquiryMade,  NoticeMail,          none,         Do<Reminds>,                                All<Not<TellsOfTheExpiry>, Fit, MayAskAgain> >,
    Row< Done,         NoticeMail,          none,         Do<Reminds>,                                All<ToTheCustomer, MayAskAgain>              >>;
  using unaccepted = mp_list<
    Breaks< NoticeMail, AboutSixtyDaysBefore, Idle, Waiting >,
    Breaks< NoticeMail, AsksAboutSixtyDaysBefore, Idle, Waiting >>;
};
// clang-format on

bool NoticeMail::is(const NoticeMail& mail, const Context& c) {
  return serves(c, mail, kLabel<"REN-05", "purpose">) ||
         serves(c, mail, kLabel<"REN-06", "purpose">);
}

// -- which days
// -----------------------------------------------------------------------------------------------------------

/// Calendar days in Tokyo, counted back from the date of notAfter (reading REN-Q1).
template <Literal Id>
struct Days {
  Instant first, after;
  static Days of(const Context& c, const Object& certificate) {
    const auto days = static_cast<int>(c.number<Id, "days">());
    const auto more = Under<"REN-Q1", "to-the-day">::test(c, 0)
                          ? 0
                          : static_cast<int>(c.number<Id, "days_tolerance">());
    const Date end = date_of(end_of(c.facts(), certificate));
    return {start_of(plus_days(end, -(days + more))), start_of(plus_days(end, more - days + 1))};
  }
  [[nodiscard]] bool has(Instant instant) const { return first <= instant && instant < after; }
};
using NoticeDays = Days<"REN-05">;
using InquiryDays = Days<"REN-06">;

// A trace that begins after the days says nothing of what came before it; a certificate that is
// issued after them is so late that nobody can be told in time.
struct WasToldBefore : Question {
  static bool test(const Context& c, const auto&) {
    return c.said<"fact.certificate", "noticed">(kContent).present() ||
           c.now() >= NoticeDays::of(c, c.me()).after;
  }
};
struct TheDaysHaveCome : Question {
  static bool test(const Context& c, const auto&) {
    return c.now() >= NoticeDays::of(c, c.me()).first;
  }
};

// -- the mails
// ------------------------------------------------------------------------------------------------------------

struct TellsOfTheExpiry : Question {
  static bool test(const Context& c, const NoticeMail& mail) {
    return serves(c, mail, kLabel<"REN-05", "purpose">);
  }
};
struct AsksForTheIntent : Question {
  static bool test(const Context& c, const NoticeMail& mail) {
    return serves(c, mail, kLabel<"REN-06", "purpose">);
  }
};
struct AboutSixtyDaysBefore : Guard<"REN-05"> {
  static bool test(const Context& c, const NoticeMail& mail) {
    return !TellsOfTheExpiry::test(c, mail) || NoticeDays::of(c, c.me()).has(mail.time());
  }
};
struct AsksAboutSixtyDaysBefore : Guard<"REN-06"> {
  static bool test(const Context& c, const NoticeMail& mail) {
    return !AsksForTheIntent::test(c, mail) || InquiryDays::of(c, c.me()).has(mail.time());
  }
};
struct InSoManyMails : Guard<"REN-06"> {
  static bool test(const Context& c, const NoticeMail& mail) {
    const bool both = TellsOfTheExpiry::test(c, mail) && AsksForTheIntent::test(c, mail);
    return both ? !Under<"REN-Q12", "two-mails">::test(c, mail)
                : !Under<"REN-Q12", "one-mail">::test(c, mail);
  }
};
struct ToTheCustomer : Guard<"REN-05"> {
  static bool test(const Context& c, const NoticeMail& mail) {
    return goes_to_the_customer(c, c.me(), mail);
  }
};
struct MayAskAgain : Guard<"REN-06"> {
  static bool test(const Context& c, const NoticeMail& mail) {
    return !AsksForTheIntent::test(c, mail) || !Under<"REN-Q7", "asked-once">::test(c, mail);
  }
};
struct Reminds : Permission<"REN-06"> {
  static bool applies(const Context& c, const NoticeMail& mail) {
    return AsksForTheIntent::test(c, mail);
  }
};

// -- what is owed
// ---------------------------------------------------------------------------------------------------------

struct AwaitTheDays : Note {
  static void run(Context& c, const auto&) {
    c.me()[kNoticeFrom] = NoticeDays::of(c, c.me()).first;
  }
};
struct NextYearLikewise : Effect<"REN-02"> {
  static void run(Context& c, const auto& event) { AwaitTheDays::run(c, event); }
};
struct OweNotice : Effect<"REN-05"> {
  static void run(Context& c, const auto&) {
    const auto days = NoticeDays::of(c, c.me());
    const auto mail =
        Under<"REN-Q12", "one-mail">::test(c, 0)
            ? mail_for(c, c.me(), {kLabel<"REN-05", "purpose">, kLabel<"REN-06", "purpose">})
            : mail_for(c, c.me(), {kLabel<"REN-05", "purpose">});
    c.must(ActionMatch<"mail.sent">(mail).not_before(days.first).due(days.after));
  }
};
struct OweInquiry : Effect<"REN-06"> {
  static bool applies(const Context& c, const auto&) {
    return !Under<"REN-Q12", "one-mail">::test(c, 0);
  }
  static void run(Context& c, const auto&) {
    const auto days = InquiryDays::of(c, c.me());
    c.must(
        mail_for(c, c.me(), {kLabel<"REN-06", "purpose">}).not_before(days.first).due(days.after));
  }
};
struct NothingMoreIsOwed : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};

constexpr MachineApi kApi = Tables<ExpiryNotice>::api("ExpiryNotice", ObjectKind::certificate);

}  // namespace

Instant end_of_the_days(const Context& c, const Object& certificate) {
  return InquiryDays::of(c, certificate).after;
}

const MachineApi& kMachine = kApi;
static_assert(Tables<ExpiryNotice>::state_id<Done> == kDone);

}  // namespace shinsa::model::expiry_notice
