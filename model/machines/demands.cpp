/// A demand: no site seal, no key files, no time of restart, no repair; damages only for intent or
/// gross negligence. Source: NTT-35, NTT-38 to 40, NTT-43 (page lines 113, 115 to 119), reading
/// NTT-Q4.
#include "model/machines/demands.hpp"

#include "model/core/machine.hpp"

namespace shinsa::model::demands {
namespace {

// clang-format off
struct Unmade : State {};
struct Granted : State {};    // the provider may make good for it
struct Settled : State {};

struct DemandMade : On<"demand.made"> { using On::On; };
struct DamagesPaid : On<"damages.paid"> { using On::On; };

struct IsNoSeal; struct IsNoKeyFile; struct IsNoTimeOfRestart; struct IsForNoDefect; struct IsForGraveFault;
using Grantable = All<IsNoSeal, IsNoKeyFile, IsNoTimeOfRestart, IsForNoDefect, IsForGraveFault>;
struct OfferDamages;

struct Demands : Machine<Demands> {
  using states = mp_list<Unmade, Granted, Settled>;
  using events = mp_list<DemandMade, DamagesPaid>;
  using initial_state = Unmade;
  using transition_table = mp_list<
    //   in       on           go to    do                provided
    Row< Unmade,  DemandMade,  Granted, Do<OfferDamages>, Grantable >,
    Row< Granted, DamagesPaid, Settled                              >>;
  using unaccepted = mp_list<
    Breaks< DemandMade,  Ids<"ASM-07"> >,
    Breaks< DamagesPaid, Ids<"NTT-38"> >,
    Breaks< DamagesPaid, Ids<"NTT-39"> >>;
};
// clang-format on

[[nodiscard]] bool is_grave(const DemandMade& demand) {
  return demand.is_word<"fault", "intent">() || demand.is_word<"fault", "gross-negligence">();
}
struct IsNoSeal : Guard<"NTT-35"> {
  static bool test(const Context&, const DemandMade& demand) {
    return !demand.is_word<"what", "site-seal">();
  }
};
struct IsNoKeyFile : Guard<"NTT-40"> {
  static bool test(const Context&, const DemandMade& demand) {
    return !demand.is_word<"what", "key-files">();
  }
};
struct IsNoTimeOfRestart : Guard<"NTT-43"> {
  static bool test(const Context&, const DemandMade& demand) {
    return !demand.is_word<"what", "restart-time">();
  }
};
// Neither repair nor damages for a defect; whether grave fault is an exception to that too is
// reading NTT-Q4.
struct IsForNoDefect : Guard<"NTT-38"> {
  static bool test(const Context& c, const DemandMade& demand) {
    if (demand.is_word<"what", "repair">()) return false;
    return !demand.is_word<"what", "damages">() || !demand.truth<"defect">() ||
           (is_grave(demand) && Under<"NTT-Q4", "exception-prevails">::test(c, demand));
  }
};
struct IsForGraveFault : Guard<"NTT-39"> {
  static bool test(const Context&, const DemandMade& demand) {
    return !demand.is_word<"what", "damages">() || is_grave(demand);
  }
};
struct OfferDamages : Effect<"NTT-39"> {
  static void run(Context& c, const DemandMade&) { c.may(c.action<"damages.paid">()); }
};

constexpr MachineApi kApi = Tables<Demands>::api("Demands", ObjectKind::question);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<Demands>::state_id<Settled> == kSettled);

}  // namespace shinsa::model::demands
