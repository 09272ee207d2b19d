/// An EAB: valid for 14 days from its issuance, and used up by the first account.
/// Source: ACM-18 (page lines 101, 120), readings ACM-Q1, ACM-Q21.
#include "model/machines/eab.hpp"

#include "model/core/machine.hpp"

namespace shinsa::model::eab {
namespace {

// clang-format off
struct Unissued : State {};
struct Usable : State {};
struct UsedUp : State {};     // an account is bound to it
struct Expired : State {};    // from 14 days after its issuance on

struct ValidityEnds : Deadline<kEnds> { using Deadline::Deadline; };

using GoodForMore = Under<"ACM-Q21", "reusable">;
struct StartClock; struct StopClock;

struct Eab : Machine<Eab> {
  using states = mp_list<Unissued, Usable, UsedUp, Expired>;
  using events = mp_list<EabCreated, EabUsed, ValidityEnds>;
  using initial_state = Unissued;
  using transition_table = mp_list<
    //   in        on             go to    do              provided
    Row< Unissued, EabCreated,    Usable,  Do<StartClock>                        >,
    Row< Usable,   EabUsed,       UsedUp,  Do<StopClock>,  All<Not<GoodForMore>> >,
    Row< Usable,   EabUsed,       none,    Do<>,           All<GoodForMore>      >,
    Row< Usable,   ValidityEnds,  Expired                                        >>;
};
// clang-format on

// Half-open: at the end instant it is over (reading ACM-Q1).
struct StartClock : Effect<"ACM-18"> {
  static void run(Context& c, const auto&) {
    c.me()[kEnds] = c.now() + days(c.number<"ACM-18", "days">());
  }
};
struct StopClock : Note {
  static void run(Context& c, const auto&) { c.me()[kEnds] = Instant{}; }
};

constexpr MachineApi kApi = Tables<Eab>::api("Eab", ObjectKind::eab);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<Eab>::state_id<Expired> == kExpired);

}  // namespace shinsa::model::eab
