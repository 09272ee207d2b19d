/// What the provider does not do: key and certificate are the customer's to keep, and nobody else
/// answers for their loss. Source: SAK-06, SAK-07 (page lines 14, 15).
#include "model/machines/support_desk.hpp"

#include "model/core/context.hpp"
#include "model/core/machine.hpp"

namespace shinsa::model::support_desk {
namespace {

// clang-format off
struct Unasked : State {};
struct Asked : State {};   // for nothing that a clause rules out

struct SupportAsked : On<"support.asked"> { using On::On; };

struct NotForWhatIsLost; struct NotForPay;

struct SupportDesk : Machine<SupportDesk> {
  using states = mp_list<Unasked, Asked>;
  using events = mp_list<SupportAsked>;
  using initial_state = Unasked;
  using transition_table = mp_list<
    //   in       on            go to  do    provided
    Row< Unasked, SupportAsked, Asked, Do<>, All<NotForWhatIsLost, NotForPay> >>;
  using unaccepted = mp_list<
    Breaks< SupportAsked, Ids<"ASM-07"> >>;
};
// clang-format on

struct NotForWhatIsLost : Guard<"SAK-06"> {
  static bool test(const Context&, const SupportAsked& asked) {
    return !asked.is_word<"about", "lost-key">() && !asked.is_word<"about", "lost-certificate">();
  }
};
struct NotForPay : Guard<"SAK-07"> {
  static bool test(const Context&, const SupportAsked& asked) {
    return !asked.is_word<"about", "compensation">() && !asked.is_word<"about", "refund">();
  }
};

constexpr MachineApi kApi = Tables<SupportDesk>::api("SupportDesk", ObjectKind::question);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<SupportDesk>::state_id<Asked> == kAsked);

}  // namespace shinsa::model::support_desk
