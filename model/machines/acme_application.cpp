/// The ACME application: a member agrees and presses the button once; an application number and an
/// EAB follow. Another EAB comes only of an inquiry, after the last one has run out.
/// Source: ACM-05, ACM-16 to ACM-20 (page lines 51 to 53, 92 to 102), readings ACM-Q1, ACM-Q4.
/// Not here: the life of the EAB (eab), its notification (eab_notice), the inquiry (acme_centre).
#include "model/machines/acme_application.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/acme_certificate.hpp"
#include "model/machines/eab.hpp"
#include "model/machines/membership.hpp"

namespace shinsa::model::acme_application {
namespace {

using namespace customer;

// clang-format off
struct Idle : State {};      // nothing is pending
struct EabDue : State {};    // 「同意して確定」 was pressed: the EAB must be issued

struct AcmeApplied : On<"acme.applied"> { using On::On; };
struct EabIssued : On<"eab.issued", "customer"> { using On::On; };

struct IsAMember; struct Agrees; struct PressesAgree; struct PressedOnce;
struct ShowsTheNumber; struct EndsInTime; struct AsInquired; struct EabHasRunOut;
using AnotherIsOwed = Under<"ACM-Q4", "issues-another">;

struct CountPress; struct OweEab; struct OpenEab; struct OfferAnotherEab; struct OweAnotherEab;
struct BesideAConventionalOne;   // seen, permitted

struct AcmeApplication : Machine<AcmeApplication> {
  using states = mp_list<Idle, EabDue>;
  using events = mp_list<AcmeApplied, EabIssued, EabInquired>;
  using initial_state = Idle;
  using transition_table = mp_list<
    //   in      on            go to   do                                              provided
    Row< Idle,   AcmeApplied,  EabDue, Do<CountPress, OweEab, BesideAConventionalOne>, All<IsAMember, Agrees, PressesAgree, PressedOnce> >,
    Row< EabDue, EabIssued,    Idle,   Do<OpenEab>,                                    All<ShowsTheNumber, EndsInTime>                   >,
    Row< Idle,   EabInquired,  none,   Do<OfferAnotherEab>,                            All<EabHasRunOut, Not<AnotherIsOwed>>             >,
    Row< Idle,   EabInquired,  none,   Do<OweAnotherEab>,                              All<EabHasRunOut, AnotherIsOwed>                  >,
    Row< Idle,   EabIssued,    none,   Do<OpenEab>,                                    All<AsInquired, EndsInTime>                       >>;
  using unaccepted = mp_list<
    Breaks< AcmeApplied, Ids<"ACM-19"> >>;
};
// clang-format on

struct IsAMember : Guard<"ACM-16"> {
  static bool test(const Context& c, const auto&) { return membership::is_member(&c.me()); }
};
struct Agrees : Guard<"ACM-17"> {
  static bool test(const Context&, const AcmeApplied& press) { return press.truth<"consent">(); }
};
struct PressesAgree : Presses<"ACM-17"> {};
// Once for each customer ID and for ever, also after the EAB has run out (reading ACM-Q4).
struct PressedOnce : Guard<"ACM-19"> {
  static bool test(const Context& c, const AcmeApplied&) {
    return c.me()[kPresses] < c.number<"ACM-19", "presses">();
  }
};
struct ShowsTheNumber : Guard<"ACM-17"> {
  static bool test(const Context&, const EabIssued& issued) { return issued.has<"number">(); }
};
struct EndsInTime : Guard<"ACM-18"> {
  static bool test(const Context& c, const EabIssued& issued) {
    return !issued.has<"expires">() ||
           issued.instant<"expires">() == issued.time() + days(c.number<"ACM-18", "days">());
  }
};
struct AsInquired : Guard<"ACM-20"> {
  static bool test(const Context& c, const EabIssued& issued) {
    return c.as_owed(*issued.event, *issued.record);
  }
};
struct EabHasRunOut : Question {
  static bool test(const Context& c, const auto&) {
    const Object* newest = c.object(c.find(c.me()[kEab]));
    return newest && newest->states[0] == eab::kExpired;
  }
};

struct CountPress : Note {
  static void run(Context& c, const AcmeApplied&) { ++c.me()[kPresses]; }
};
[[nodiscard]] ActionMatch<"eab.issued"> an_eab(const Context& c) {
  return c.action<"eab.issued">().with<"customer">(c.me().subject);
}
struct OweEab : Effect<"ACM-17"> {
  static void run(Context& c, const AcmeApplied&) { c.must(an_eab(c)); }
};
struct OfferAnotherEab : Effect<"ACM-20"> {
  static void run(Context& c, const auto&) {
    c.withdraw_own_duties();  // of an earlier inquiry about the same EAB
    c.may(an_eab(c));
  }
};
struct OweAnotherEab : Effect<"ACM-20"> {
  static void run(Context& c, const auto&) {
    c.withdraw_own_duties();
    c.must(an_eab(c));
  }
};
struct OpenEab : Note {
  static void run(Context& c, const EabIssued& issued) {
    c.me()[kEab] = issued.subject();
    const ObjectIndex customer = c.self();
    const ObjectIndex at = c.create(ObjectKind::eab, issued.subject());
    c.object_to_change(at)[eab::kCustomer] = customer;
    c.post_to(at, MessageId::eab_created);
  }
};
struct BesideAConventionalOne : Permission<"ACM-05"> {
  static bool applies(const Context& c, const AcmeApplied&) {
    return std::ranges::any_of(c.group().objects, [&](const Object& object) {
      return acme_certificate::is_active(object) &&
             acme_certificate::is_conventional(c.facts(), object);
    });
  }
};

constexpr MachineApi kApi = Tables<AcmeApplication>::api("AcmeApplication", ObjectKind::customer);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<AcmeApplication>::state_id<EabDue> == kEabDue);

}  // namespace shinsa::model::acme_application
