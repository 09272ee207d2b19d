/// Another change of the service: it is seen only because it stands in the way of others.
/// Source: NTT-28, NTT-30 (page lines 102, 104), reading NTT-Q10.
#include "model/machines/other_change.hpp"

#include "model/core/machine.hpp"
#include "model/machines/change_lock.hpp"
#include "model/machines/service_contract.hpp"

namespace shinsa::model::other_change {
namespace {

using service_contract::ServiceHasStarted;

// clang-format off
struct Unregistered : State {};
struct BeingDone : State {};   // until the work is complete
struct Over : State {};

struct ChangeRegistered : On<"change.registered"> { using On::On; };
struct ChangeCompleted : On<"change.completed"> { using On::On; };

struct OweWork; struct EndWork; struct StopWork;

struct OtherChange : Machine<OtherChange> {
  using states = mp_list<Unregistered, BeingDone, Over>;
  using events = mp_list<ChangeRegistered, ChangeCompleted, ContractOver>;
  using initial_state = Unregistered;
  using transition_table = mp_list<
    //   in            on                go to      do                     provided
    Row< Unregistered, ChangeRegistered, BeingDone, Do<OweWork>,           All<ServiceHasStarted, NoOtherChange> >,
    Row< BeingDone,    ChangeCompleted,  Over,      Do<EndWork>                                                  >,
    Row< BeingDone,    ContractOver,     Over,      Do<EndWork, StopWork>                                        >>;
  using unaccepted = mp_list<
    Breaks< ChangeRegistered, Ids<"ASM-07"> >,
    Breaks< ChangeCompleted,  Ids<"NTT-30"> >>;
};
// clang-format on

struct OweWork : Effect<"NTT-30"> {
  static void run(Context& c, const ChangeRegistered& request) {
    c.me()[kRequest] = request.event->data;
    c.me().set(kInWork);
    c.must(c.action<"change.completed">());
  }
};
struct EndWork : Note {
  static void run(Context& c, const auto&) { c.me().set(kInWork, false); }
};
struct StopWork : Note {
  static void run(Context& c, const auto&) { c.withdraw_duties(); }
};

constexpr MachineApi kApi = Tables<OtherChange>::api("OtherChange", ObjectKind::change);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<OtherChange>::state_id<Over> == kOver);

}  // namespace shinsa::model::other_change
