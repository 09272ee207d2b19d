/// The organisation check: after the domain check the CA telephones, at a number from a third
/// party's directory. Source: JPR-40 to JPR-42, page lines 130 to 136.  DV has none. The waiver
/// needs both conditions; calling anyway is allowed. ReviewComplete is told, not posted: the
/// application may have lapsed with its source in the meantime.
#include "model/machines/organisation_check.hpp"

#include <string>

#include "model/core/machine.hpp"
#include "model/machines/certificate.hpp"
#include "model/machines/review.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::organisation_check {
namespace {

// clang-format off
struct Waiting : State {};        // the domain check is not complete
struct NotNeeded : State {};      // DV
struct CallDue : State {};
struct Calling : State {};
struct CallOptional : State {};   // both conditions hold: may be issued without a call
struct CallingAnyway : State {};
struct Confirmed : State {};      // exists, is employed there, intends to apply
struct Denied : State {};         // reached, and said no: nothing can be issued

struct CallMade : On<"call.made"> { using On::On; };
struct CallAnswered : On<"call.answered"> { using On::On; };

struct SameAsTheSource; struct TelephonedWithinTwoYears; struct ToTheDirectoryNumber;
struct IsConfirmed; struct NobodyAnswered;
struct OweCall; struct OfferCall; struct RememberCall; struct ForgetCall;

struct OrganisationCheck : Machine<OrganisationCheck> {
  using states = mp_list<Waiting, NotNeeded, CallDue, Calling, CallOptional, CallingAnyway, Confirmed, Denied>;
  using events = mp_list<DomainControlDone, ReviewCancelled, CallMade, CallAnswered>;
  using initial_state = Waiting;
  using transition_table = mp_list<
    //   in             on                 go to          do                                      provided
    Row< Waiting,       DomainControlDone, NotNeeded,     Do<Tell<ReviewComplete>>,               All<IsDv>                                                          >,
    Row< Waiting,       DomainControlDone, CallOptional,  Do<OfferCall, Tell<ReviewComplete>>,    All<Not<IsDv>, SameAsTheSource, TelephonedWithinTwoYears>          >,
    Row< Waiting,       DomainControlDone, CallDue,       Do<OweCall>,                            All<Not<IsDv>, SameAsTheSource, Not<TelephonedWithinTwoYears>>     >,
    Row< Waiting,       DomainControlDone, CallDue,       Do<OweCall>,                            All<Not<IsDv>, Not<SameAsTheSource>>                               >,
    Row< CallDue,       CallMade,          Calling,       Do<>,                                   All<ToTheDirectoryNumber>                                          >,
    Row< CallOptional,  CallMade,          CallingAnyway, Do<>,                                   All<ToTheDirectoryNumber>                                          >,
    Row< Calling,       CallAnswered,      Confirmed,     Do<RememberCall, Tell<ReviewComplete>>, All<IsConfirmed>                                                   >,
    Row< Calling,       CallAnswered,      CallDue,       Do<OweCall>,                            All<Not<IsConfirmed>, NobodyAnswered>                              >,
    Row< Calling,       CallAnswered,      Denied,        Do<>,                                   All<Not<IsConfirmed>, Not<NobodyAnswered>>                         >,
    Row< CallingAnyway, CallAnswered,      Confirmed,     Do<RememberCall>,                       All<IsConfirmed>                                                   >,
    Row< CallingAnyway, CallAnswered,      CallOptional,  Do<>,                                   All<Not<IsConfirmed>, NobodyAnswered>                              >,
    Row< CallingAnyway, CallAnswered,      Denied,        Do<Tell<ReviewFailed>>,                 All<Not<IsConfirmed>, Not<NobodyAnswered>>                         >,
    Row< NotNeeded,     ReviewCancelled,   Waiting                                                                                                                   >,
    Row< CallDue,       ReviewCancelled,   Waiting,       Do<ForgetCall>                                                                                             >,
    Row< CallOptional,  ReviewCancelled,   Waiting,       Do<ForgetCall>                                                                                             >,
    Row< Calling,       ReviewCancelled,   Waiting                                                                                                                   >,
    Row< CallingAnyway, ReviewCancelled,   Waiting                                                                                                                   >,
    Row< Confirmed,     ReviewCancelled,   Waiting                                                                                                                   >,
    Row< Denied,        ReviewCancelled,   Waiting                                                                                                                   >>;
  using unaccepted = mp_list<
    Breaks< CallMade,     Ids<"JPR-40"> >,      // only for OV, only after the domain check, and once
    Breaks< CallAnswered, Ids<"JPR-40"> >>;
};
// clang-format on

// -- questions and guards
// -----------------------------------------------------------------------------------------------

// First condition: subject and names as in the certificate being reissued; the key does not count.
// Under the other reading of JPR-Q6 only a renewal has a source.
struct SameAsTheSource : Guard<"JPR-42"> {
  static bool test(const Context& c, const auto&) {
    const Object* source = c.object(c.me()[application::kSource]);
    if (!source || Under<"JPR-Q6", "renewals-only">::test(c, 0)) return false;
    const TextId organisation = application::applied<"organisation">(c).text();
    return organisation == certificate::content<"organisation">(c.facts(), *source).text() &&
           same_names(c, *source);
  }
  static bool same_names(const Context& c, const Object& source) {
    const Value applied = application::applied<"sans">(c);
    const Value before = certificate::content<"sans">(c.facts(), source);
    return !applied.present() || !before.present() || c.same_names(applied.list(), before.list());
  }
};
// Second condition: whether the second anniversary of the call is still within is reading JPR-Q7;
// 29 February is clamped.
struct TelephonedWithinTwoYears : Guard<"JPR-42"> {
  static bool test(const Context& c, const auto&) {
    const Object* source = c.object(c.me()[application::kSource]);
    if (!source || (*source)[certificate::kTelephoned] == Instant{}) return false;
    const Date called = date_of((*source)[certificate::kTelephoned]);
    const Date anniversary = plus_years(called, static_cast<int>(c.number<"JPR-42", "years">()));
    const Date today = date_of(c.now());
    return Under<"JPR-Q7", "before-the-anniversary">::test(c, 0) ? today < anniversary
                                                                 : today <= anniversary;
  }
};
[[nodiscard]] Value directory_number(const Context& c) {
  const TextId organisation = application::applied<"organisation">(c).text();
  const std::string subject = "organisation/" + std::string(c.facts().text(organisation));
  const Record* entry = c.background(c.store().intern(subject));
  return entry ? entry->fields[kField<"fact.directory", "number">] : Value{};
}
struct ToTheDirectoryNumber : Guard<"JPR-41"> {
  static bool test(const Context& c, const CallMade& call) {
    return call.get<"number">() == directory_number(c);
  }
};
struct IsConfirmed : Guard<"JPR-40"> {
  static bool test(const Context&, const CallAnswered& call) {
    return call.is_word<"outcome", "confirmed">();
  }
};
struct NobodyAnswered : Question {
  static bool test(const Context&, const CallAnswered& call) {
    return call.is_word<"outcome", "no-answer">();
  }
};

// -- effects
// ------------------------------------------------------------------------------------------------------------

struct OweCall : Effect<"JPR-40"> {
  static void run(Context& c, const auto&) {
    const auto call = c.action<"call.made">().with<"number">(directory_number(c));
    if (c.me()[application::kMayBeRefused])
      c.may(call);
    else
      c.must(call);
  }
};
struct OfferCall : Effect<"JPR-42"> {
  static void run(Context& c, const auto&) {
    c.may(c.action<"call.made">().with<"number">(directory_number(c)));
  }
};
struct ForgetCall : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};
struct RememberCall : Note {
  static void run(Context& c, const auto&) { c.me()[application::kCalled] = c.now(); }
};

constexpr MachineApi kApi =
    Tables<OrganisationCheck>::api("OrganisationCheck", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<OrganisationCheck>::state_id<Denied> == kDenied);

}  // namespace shinsa::model::organisation_check
