/// The call of the CA: of an OV application, after the domain-use check, to the person in charge;
/// it may be left out at a renewal, but one that is made has to be answered. Source: NTT-19 to
/// NTT-21, NTT-47 (page lines 74 to 82, 125), reading NTT-Q5, ASM-02, ASM-47. Not here: the
/// provider's own call (agency_application), the waiver of JPDirect.
#include "model/machines/applicant_call.hpp"

#include <string>

#include "model/core/machine.hpp"

namespace shinsa::model::applicant_call {
namespace {

using namespace agency;

// clang-format off
struct Waiting : State {};        // the domain-use check is not complete
struct NotNeeded : State {};      // DV
struct CallDue : State {};
struct CallOptional : State {};   // a renewal: may be issued without a call
struct Calling : State {};
struct Confirmed : State {};
struct Denied : State {};         // reached, and said no
struct LeftOut : State {};        // issued without a call
struct Closed : State {};         // the application is over

struct CallMade : On<"call.made"> { using On::On; };
struct CallAnswered : On<"call.answered"> { using On::On; };

struct ForThePersonInCharge; struct AtItsNumber; struct IsConfirmed; struct NobodyAnswered;
struct OweCall; struct OweRenewalCall; struct OfferCall; struct OweCallAgain; struct NoteCall; struct CallIsOff;
using Called = All<ForThePersonInCharge, AtItsNumber>;
using AlwaysCalled = Under<"NTT-Q5", "always-called">;

struct ApplicantCall : Machine<ApplicantCall> {
  using states = mp_list<Waiting, NotNeeded, CallDue, CallOptional, Calling, Confirmed, Denied, LeftOut, Closed>;
  using events = mp_list<DomainControlDone, CallMade, CallAnswered, CertificateReady, ApplicationOver>;
  using initial_state = Waiting;
  using transition_table = mp_list<
    //   in            on                 go to         do                                   provided
    Row< Waiting,      DomainControlDone, NotNeeded,    Do<Tell<ReviewComplete>>,            All<IsDomainValidated>                                    >,
    Row< Waiting,      DomainControlDone, CallDue,      Do<OweCall>,                         All<Not<IsDomainValidated>, Not<IsRenewal>>               >,
    Row< Waiting,      DomainControlDone, CallDue,      Do<OweRenewalCall>,                  All<Not<IsDomainValidated>, IsRenewal, AlwaysCalled>      >,
    Row< Waiting,      DomainControlDone, CallOptional, Do<OfferCall, Tell<ReviewComplete>>, All<Not<IsDomainValidated>, IsRenewal, Not<AlwaysCalled>> >,
    Row< CallDue,      CallMade,          Calling,      Do<CallIsOff>,                       Called                                                    >,
    Row< CallOptional, CallMade,          Calling,      Do<CallIsOff, Tell<CallBegan>>,      Called                                                    >,
    Row< CallOptional, CertificateReady,  LeftOut,      Do<CallIsOff>                                                                                  >,
    Row< Calling,      CallAnswered,      Confirmed,    Do<NoteCall, Tell<ReviewComplete>>,  All<IsConfirmed>                                          >,
    Row< Calling,      CallAnswered,      CallDue,      Do<OweCallAgain>,                    All<Not<IsConfirmed>, NobodyAnswered>                     >,
    Row< Calling,      CallAnswered,      Denied,       Do<Tell<ReviewFailed>>,              All<Not<IsConfirmed>, Not<NobodyAnswered>>                >,
    Row< CallDue,      ApplicationOver,   Closed                                                                                                       >,
    Row< CallOptional, ApplicationOver,   Closed                                                                                                       >,
    Row< Calling,      ApplicationOver,   Closed                                                                                                       >>;
  using unaccepted = mp_list<
    Breaks< CallMade,     Ids<"NTT-02">, Waiting >,   // STEP4 comes after STEP3
    Breaks< CallMade,     Ids<"NTT-19"> >,            // only of OV, and once
    Breaks< CallAnswered, Ids<"NTT-19"> >>;
};
// clang-format on

// -- questions and guards
// -----------------------------------------------------------------------------------------------------------

struct ForThePersonInCharge : Guard<"NTT-19"> {
  static bool test(const Context& c, const CallMade& call) {
    const Value person = applied<"applicant">(c);
    return !call.has<"person">() || !person.present() || call.get<"person">() == person;
  }
};
[[nodiscard]] Value listed_number(const Context& c) {
  const TextId organisation = applied<"organisation">(c).text();
  const std::string subject = "organisation/" + std::string(c.facts().text(organisation));
  const Record* entry = c.background(c.store().intern(subject));
  return entry ? entry->fields[kField<"fact.directory", "number">] : Value{};
}
// What neither the form nor a directory says cannot be contradicted.
struct AtItsNumber : Guard<"ASM-47"> {
  static bool test(const Context& c, const CallMade& call) {
    const Value written = applied<"telephone">(c);
    const Value listed = listed_number(c);
    return (!written.present() && !listed.present()) || call.get<"number">() == written ||
           call.get<"number">() == listed;
  }
};
struct IsConfirmed : Guard<"NTT-19"> {
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
// ------------------------------------------------------------------------------------------------------------------------

[[nodiscard]] ActionMatch<"call.made"> call(const Context& c) {
  const Value listed = listed_number(c);
  return c.action<"call.made">()
      .with<"number">(listed.present() ? listed : applied<"telephone">(c))
      .with<"person">(applied<"applicant">(c));
}
struct OweCall : Effect<"NTT-19"> {
  static void run(Context& c, const auto&) { c.must(call(c)); }
};
struct OweRenewalCall : Effect<"NTT-47"> {
  static void run(Context& c, const auto&) { c.must(call(c)); }
};
struct OfferCall : Effect<"NTT-21"> {
  static void run(Context& c, const auto&) { c.may(call(c)); }
};
// Nobody is refused for being out: the call is made again.
struct OweCallAgain : Effect<"NTT-20"> {
  static void run(Context& c, const auto&) { c.must(call(c)); }
};
struct NoteCall : Note {
  static void run(Context& c, const auto&) { c.me().set(kCalled); }
};
// Made, to whichever of the numbers, or too late to be made.
struct CallIsOff : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};

constexpr MachineApi kApi = Tables<ApplicantCall>::api("ApplicantCall", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<ApplicantCall>::state_id<Closed> == kClosed);

}  // namespace shinsa::model::applicant_call
