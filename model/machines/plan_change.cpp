/// The plan change: who has FLEX with a dedicated certificate and does not renew it moves to a plan
/// with a shared address. Source: REN-34 (page line 98).
#include "model/machines/plan_change.hpp"

#include "model/core/machine.hpp"
#include "model/machines/dedicated_certificate.hpp"

namespace shinsa::model::plan_change {
namespace {

// clang-format off
struct NotNeeded : State {};   // renewed, undecided, or of another plan
struct Due : State {};         // not renewed: the change must be required
struct Required : State {};

struct ChangeRequired : On<"plan-change.required"> { using On::On; };

struct HasFlex; struct ToASharedAddress;
struct OweRequirement; struct RequirementIsOff;

struct PlanChange : Machine<PlanChange> {
  using states = mp_list<NotNeeded, Due, Required>;
  using events = mp_list<NotRenewed, RenewalWanted, ChangeRequired>;
  using initial_state = NotNeeded;
  using transition_table = mp_list<
    //   in          on               go to      do                      provided
    Row< NotNeeded,  NotRenewed,      Due,       Do<OweRequirement>,     All<HasFlex>          >,
    Row< NotNeeded,  NotRenewed,      none,      Do<>,                   All<Not<HasFlex>>     >,
    Row< NotNeeded,  RenewalWanted,   none                                                     >,
    Row< Due,        RenewalWanted,   NotNeeded, Do<RequirementIsOff>                          >,
    Row< Required,   RenewalWanted,   none                                                     >,
    Row< Due,        ChangeRequired,  Required,  Do<>,                   All<ToASharedAddress> >>;
  using unaccepted = mp_list<
    Breaks< ChangeRequired, Ids<"REN-34"> >>;
};
// clang-format on

struct HasFlex : Guard<"REN-34"> {
  static bool test(const Context& c, const auto&) {
    const Value plan = dedicated_certificate::of_customer<"plan">(c, c.me());
    return c.facts().text(plan.text()) == kLabel<"REN-34", "plan">;
  }
};
struct ToASharedAddress : Guard<"REN-34"> {
  static bool test(const Context& c, const ChangeRequired& change) {
    return !change.has<"to">() || c.facts().text(change.text<"to">()) == kLabel<"REN-34", "to">;
  }
};
struct OweRequirement : Effect<"REN-34"> {
  static void run(Context& c, const auto&) {
    c.must(c.action<"plan-change.required">().with<"to">(c.label(kLabel<"REN-34", "to">)));
  }
};
struct RequirementIsOff : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};

constexpr MachineApi kApi = Tables<PlanChange>::api("PlanChange", ObjectKind::certificate);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<PlanChange>::state_id<Required> == kRequired);

}  // namespace shinsa::model::plan_change
