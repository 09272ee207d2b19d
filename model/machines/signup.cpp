/// The two-step application: a click on 『再発行』 shows the confirmation screen, a click on
/// 『再発行する』 applies. Source: SAK-01 to SAK-04, SAK-13, SAK-15, SAK-18, SAK-20 to SAK-24,
/// SAK-27 to SAK-29 (page lines 1 to 10, 23 to 45), readings SAK-Q1, SAK-Q4. Both clicks are held
/// against the same rules: between them something may have come in the way.
#include "model/machines/signup.hpp"

#include "model/core/machine.hpp"
#include "model/machines/reissue_screen.hpp"

namespace shinsa::model::signup {
namespace {

using namespace entry;

// clang-format off
struct Idle : State {};              // no application, or one that is over
struct ConfirmationDue : State {};   // the confirmation screen must be shown
struct Confirming : State {};        // it was shown; no application yet
struct Applied : State {};
struct Finished : State {};          // reissued: not offered a second time

struct Clicked : On<"reissue.clicked"> { using On::On; };
struct ConfirmationShown : On<"confirmation.shown"> { using On::On; };
struct Confirmed : On<"reissue.confirmed"> { using On::On; };
struct CompletionShown : On<"completion.shown"> { using On::On; };

struct LoggedIn; struct BesideItsName; struct AskedByMail; struct OfThisPage; struct NotOfTheOtherPage; struct StillActive;
struct AsConfirmationMustBe; struct WarnsWhereItMust; struct AsCompletionMustBe;
struct NoteClick; struct OweConfirmation; struct Apply; struct OweCompletionScreen; struct ForgetScreen;
using MayApply = All<LoggedIn, AskedByMail, OfThisPage, NotOfTheOtherPage, StillActive,
                     NoNewSetting, NoOtherCertificate, ServiceIsInOrder, AddressNotSeenElsewhere>;

struct Signup : Machine<Signup> {
  using states = mp_list<Idle, ConfirmationDue, Confirming, Applied, Finished>;
  using events = mp_list<Clicked, ConfirmationShown, Confirmed, CompletionShown, CertificateInPlace, ApplicationOver>;
  using initial_state = Idle;
  using Applies = Do<Apply, OweCompletionScreen, Post<ApplicationAccepted>, Post<ReviewStarted>>;
  using transition_table = mp_list<
    //   in                on                 go to             do                              provided
    Row< Idle,             Clicked,           ConfirmationDue,  Do<NoteClick, OweConfirmation>, All<BesideItsName, MayApply>                    >,
    Row< ConfirmationDue,  Clicked,           none,             Do<>,                           All<BesideItsName, MayApply>                    >,   // the screen answers the first
    Row< Confirming,       Clicked,           ConfirmationDue,  Do<NoteClick, OweConfirmation>, All<BesideItsName, MayApply>                    >,
    Row< ConfirmationDue,  ConfirmationShown, Confirming,       Do<>,                           All<AsConfirmationMustBe, WarnsWhereItMust>     >,
    Row< Confirming,       Confirmed,         Applied,          Applies,                        All<MayApply>                                   >,
    Row< Applied,          CompletionShown,   none,             Do<>,                           All<AsCompletionMustBe>                         >,
    Row< Finished,         CompletionShown,   none,             Do<>,                           All<AsCompletionMustBe>                         >,   // a screen may come late
    Row< Applied,          CertificateInPlace, Finished                                                                                         >,
    Row< Applied,          ApplicationOver,   Idle,             Do<ForgetScreen>                                                                >>;
  using unaccepted = mp_list<
    Breaks< Clicked,           Ids<"SAK-18">, Applied >,
    Breaks< Clicked,           Ids<"SAK-24">, Finished >,
    Breaks< Confirmed,         Ids<"SAK-18">, Applied >,
    Breaks< Confirmed,         Ids<"SAK-24">, Finished >,
    Breaks< Confirmed,         Ids<"SAK-27">, Idle, ConfirmationDue >,   // nothing was shown to confirm
    Breaks< ConfirmationShown, Ids<"SAK-27"> >,
    Breaks< CompletionShown,   Ids<"SAK-28"> >>;
};
// clang-format on

// -- who may apply, and for what
// -----------------------------------------------------------------------------------------

// In a visit of this member that was logged in to and not left.
struct LoggedIn : Guard<"SAK-13"> {
  static bool test(const Context& c, const auto& click) {
    const Object* visit = c.object(c.find(click.template text<"session">()));
    return visit && reissue_screen::is_logged_in(*visit);
  }
};
struct BesideItsName : Guard<"SAK-23"> {
  static bool test(const Context& c, const Clicked& click) {
    return c.same_name(click.text<"cn">(), common_name(c));
  }
};
struct AskedByMail : Guard<"SAK-01"> {
  static bool test(const Context& c, const auto&) { return c.me()[kNamed]; }
};
struct NotOfTheOtherPage : Guard<"SAK-03"> {
  static bool test(const Context& c, const auto&) { return !is_of_the_other_page(c, c.me()); }
};
// What is of neither page has no procedure here; the other page's types are SAK-03's to refuse.
struct OfThisPage : Guard<"SAK-02"> {
  static bool test(const Context& c, const auto&) {
    return is_of_this_page(c, c.me()) || is_of_the_other_page(c, c.me());
  }
};
// What has expired or was revoked is not to be reissued: it has no button.
struct StillActive : Guard<"SAK-15"> {
  static bool test(const Context& c, const auto&) {
    const Object* source = source_of(c, c.me());
    return source && certificate::is_active(*source);
  }
};
// -- the screens
// ----------------------------------------------------------------------------------------------------------

struct NoteClick : Note {
  static void run(Context& c, const Clicked& click) { c.me()[kClickedAt] = click.time(); }
};
struct OweConfirmation : Effect<"SAK-27"> {
  static void run(Context& c, const Clicked& click) {
    const Object* source = source_of(c, c.me());
    if (!source) return;
    auto screen = c.action<"confirmation.shown">()
                      .with<"cn">(common_name(c))
                      .with<"certificate">(source->subject)
                      .with<"not_after">(certificate::content<"not_after">(c.facts(), *source))
                      .with<"button">(c.label(kLabel<"SAK-28", "button">));
    if (beyond_the_limit(c, click.time()) >= Duration{})
      screen.with<"warning">(c.label(kLabel<"SAK-04", "warning">));
    c.must(screen);
  }
};
struct AsConfirmationMustBe : Guard<"SAK-27"> {
  static bool test(const Context& c, const ConfirmationShown& screen) {
    return c.as_owed(*screen.event, *screen.record);
  }
};
// From exactly 397 days on. The screen may have been made up when it was asked for.
struct WarnsWhereItMust : Guard<"SAK-04"> {
  static bool test(const Context& c, const ConfirmationShown& screen) {
    return screen.has<"warning">() ? beyond_the_limit(c, c.me()[kClickedAt]) >= Duration{}
                                   : beyond_the_limit(c, screen.time()) < Duration{};
  }
};
struct Apply : Effect<"SAK-28"> {
  static void run(Context& c, const Confirmed& confirmed) {
    c.me().set(kPending);
    c.me()[kAppliedAt] = confirmed.time();
  }
};
struct OweCompletionScreen : Effect<"SAK-29"> {
  static void run(Context& c, const Confirmed&) { c.must(c.action<"completion.shown">()); }
};
struct AsCompletionMustBe : Guard<"SAK-29"> {
  static bool test(const Context& c, const CompletionShown& screen) {
    return c.as_owed(*screen.event, *screen.record);
  }
};
struct ForgetScreen : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};

constexpr MachineApi kApi = Tables<Signup>::api("Signup", ObjectKind::entry);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<Signup>::state_id<Applied> == signup::kApplied);

}  // namespace shinsa::model::signup
