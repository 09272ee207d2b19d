/// Membership: who uses the portal for the first time registers as a member, once.
/// Source: ACM-16 (page lines 92 to 95).
#include "model/machines/membership.hpp"

#include "model/core/machine.hpp"

namespace shinsa::model::membership {
namespace {

using namespace customer;

// clang-format off
struct Unknown : State {};   // nobody knows such a customer ID
struct Member : State {};

struct KnownFromBefore : On<"fact.customer"> { using On::On; };
struct MemberRegistered : On<"member.registered"> { using On::On; };

struct Remember;

struct Membership : Machine<Membership> {
  using states = mp_list<Unknown, Member>;
  using events = mp_list<KnownFromBefore, MemberRegistered>;
  using initial_state = Unknown;
  using transition_table = mp_list<
    //   in       on                go to   do
    Row< Unknown, KnownFromBefore,  Member, Do<Remember> >,
    Row< Unknown, MemberRegistered, Member, Do<Remember> >>;
  using unaccepted = mp_list<
    Breaks< KnownFromBefore,  Ids<"ASM-07"> >,
    Breaks< MemberRegistered, Ids<"ACM-16"> >>;   // only the first time
};
// clang-format on

struct Remember : Note {
  static void run(Context& c, const auto& said) { c.me()[kRecord] = said.event->data; }
};

constexpr MachineApi kApi = Tables<Membership>::api("Membership", ObjectKind::customer);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<Membership>::state_id<Member> == kMember);

}  // namespace shinsa::model::membership
