/// MyPage of one application: the button 「再申請」 while it is pending, the certificate once
/// issued. Source: JPR-13 to JPR-15 (page lines 48 to 51), JPR-44, JPR-45 (146 to 147), readings
/// JPR-Q1, JPR-Q22.
#include "model/machines/mypage.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/form_rules.hpp"
#include "model/machines/screen.hpp"

namespace shinsa::model::mypage {
namespace {

using namespace application;

// clang-format off
struct Empty : State {};     // nothing was accepted yet, or it is over
struct Pending : State {};   // accepted and not issued: it can be changed by re-application
struct Downloadable : State {}; // the certificate can be downloaded, after about a week at the latest

struct Resubmitted : On<"application.resubmitted"> { using On::On; };
struct MyPageOpened : On<"mypage.opened"> { using On::On; };
struct MyPageShown : On<"mypage.shown"> { using On::On; };

struct ReviewIsRunning; struct KeepsTheName; struct OffersReapplication; struct OffersWhatWasIssued; struct OffersNothing;
struct ReplaceContents; struct ChargeNothingMore; struct RestartReview; struct OwePage; struct OweButton; struct NoteLag;

struct MyPage : Machine<MyPage> {
  using states = mp_list<Empty, Pending, Downloadable>;
  using events = mp_list<ApplicationAccepted, ApplicationOver, CertificateReady, Resubmitted, MyPageOpened, MyPageShown>;
  using initial_state = Empty;
  using Sound = All<CsrHasItsMarks, CsrIsSigned, KeyIsStrong, KeepsTheName>;
  using transition_table = mp_list<
    //   in       on                    go to    do                                                    provided
    Row< Empty,   ApplicationAccepted,  Pending                                                                                    >,
    Row< Pending, ApplicationOver,      Empty                                                                                      >,
    Row< Pending, CertificateReady,     Downloadable                                                                                   >,
    Row< Pending, Resubmitted,          none,    Do<ReplaceContents, ChargeNothingMore, RestartReview>, All<Sound, ReviewIsRunning>      >,
    Row< Pending, Resubmitted,          none,    Do<ReplaceContents, ChargeNothingMore>,                All<Sound, Not<ReviewIsRunning>> >,
    Row< Empty,   MyPageOpened,         none,    Do<OwePage>                                                                       >,
    Row< Pending, MyPageOpened,         none,    Do<OweButton>                                                                     >,
    Row< Downloadable, MyPageOpened,         none,    Do<OwePage>                                                                       >,
    Row< Empty,   MyPageShown,          none,    Do<>,                                                 All<WasAskedFor, OffersNothing> >,
    Row< Pending, MyPageShown,          none,    Do<>,                                                 All<WasAskedFor, OffersReapplication, OffersNothing> >,
    Row< Downloadable, MyPageShown,          none,    Do<NoteLag>,                                          All<WasAskedFor, OffersWhatWasIssued> >>;
  using unaccepted = mp_list<
    Breaks< Resubmitted, Ids<"JPR-13"> >>;
};
// clang-format on

// -- re-application
// -------------------------------------------------------------------------------------------------------

struct ReviewIsRunning : Question {
  static bool test(const Context& c, const auto&) { return c.me()[kUnderReview]; }
};
// Whether the common name may change is reading JPR-Q22; the type is not asked again.
struct KeepsTheName : Guard<"JPR-13"> {
  static bool test(const Context& c, const Resubmitted& change) {
    return !change.has<"csr_cn">() || Under<"JPR-Q22", "not-asserted">::test(c, change) ||
           c.same_name(change.text<"csr_cn">(), applied<"cn">(c).text());
  }
};
// What the customer does not mention stays as it was.
struct ReplaceContents : Effect<"JPR-13"> {
  static void run(Context& c, const Resubmitted& change) {
    const Record& before = c.facts().record(c.me()[kForm]);
    const EventType& form = kEventTypes[before.type];
    const EventType& changed = kEventTypes[change.type];
    std::vector<Value> fields(before.fields.begin(), before.fields.end());
    for (std::size_t i = 0; i < changed.field_count(); ++i)
      if (const Value value = change.record->fields[i]; value.present())
        fields[*form.field(changed.fields[i].name)] = value;
    if (change.has<"csr">() && !change.has<"csr_problem">())
      fields[*form.field("csr_problem")] = Value{};
    c.me()[kForm] = c.store().intern_record(before.type, fields);
  }
};
struct ChargeNothingMore : Effect<"JPR-15"> {
  static void run(Context& c, const Resubmitted&) {
    const auto fee = c.number<"JPR-15", "charge">();
    if (fee > 0) c.must(c.action<"invoice.issued">().with<"amount">(Value::of(fee)));
  }
};
struct RestartReview : Effect<"JPR-13"> {
  static void run(Context& c, const Resubmitted&) {
    c.post(ReviewCancelled::message);
    c.post(ReviewStarted::message);
  }
};

// -- the page
// -------------------------------------------------------------------------------------------------------------

struct OwePage : Showing<"ASM-06"> {
  static void run(Context& c, const auto&) { c.must(c.action<"mypage.shown">()); }
};
struct OweButton : Showing<"JPR-14"> {
  static void run(Context& c, const auto&) {
    const TextId button = c.label(kLabel<"JPR-14", "button">);
    c.must(c.action<"mypage.shown">().with<"buttons">(c.store().intern_list({&button, 1})));
  }
};
struct OffersReapplication : Guard<"JPR-14"> {
  static bool test(const Context& c, const MyPageShown& page) {
    if (c.as_asked<"buttons">(page)) return true;
    const auto buttons = c.facts().list(page.list<"buttons">());
    return std::ranges::any_of(buttons, [&](TextId button) {
      return c.facts().text(button) == kLabel<"JPR-14", "button">;
    });
  }
};
struct OffersNothing : Guard<"JPR-34"> {  // no certificate can be there before the issue
  static bool test(const Context& c, const MyPageShown& page) {
    return c.facts().list(page.list<"certificates">()).empty();
  }
};
struct OffersWhatWasIssued : Guard<"JPR-44"> {
  static bool test(const Context& c, const MyPageShown& page) {
    const auto offered = c.facts().list(page.list<"certificates">());
    return std::ranges::all_of(offered, [&](TextId one) { return one == c.me()[kIssued]; });
  }
};
// About a week: later is remarked on, never refused.
struct NoteLag : Effect<"JPR-45"> {
  static void run(Context& c, const MyPageShown& page) {
    const bool absent = c.facts().list(page.list<"certificates">()).empty();
    if (absent && c.now() > c.me()[kIssuedAt] + days(c.number<"JPR-45", "days">()))
      c.remark(kClause<"JPR-45">);
  }
};

constexpr MachineApi kApi = Tables<MyPage>::api("MyPage", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<MyPage>::state_id<Downloadable> == kDownloadable);

}  // namespace shinsa::model::mypage
