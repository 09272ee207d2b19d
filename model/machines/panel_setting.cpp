/// A 「新しい設定」 in the control panel: made and taken away by the member. Source: SAK-20 (page
/// line 35), ASM-26.
#include "model/machines/panel_setting.hpp"

#include "model/core/machine.hpp"

namespace shinsa::model::panel_setting {
namespace {

// clang-format off
struct Absent : State {};
struct Present : State {};   // stands in the way of a reissue of its common name

struct Created : On<"setting.created"> { using On::On; };
struct Removed : On<"setting.removed"> { using On::On; };

struct Remember; struct Forget;

struct PanelSetting : Machine<PanelSetting> {
  using states = mp_list<Absent, Present>;
  using events = mp_list<Created, Removed>;
  using initial_state = Absent;
  using transition_table = mp_list<
    //   in       on       go to    do
    Row< Absent,  Created, Present, Do<Remember, Announce<SituationChanged>> >,
    Row< Present, Removed, Absent,  Do<Forget, Announce<SituationChanged>>   >>;
  using unaccepted = mp_list<
    Breaks< Created, Ids<"ASM-26"> >,
    Breaks< Removed, Ids<"ASM-26"> >>;
};
// clang-format on

struct Remember : Note {
  static void run(Context& c, const Created& made) { c.me()[kMade] = made.event->data; }
};
struct Forget : Note {
  static void run(Context& c, const Removed&) { c.me()[kMade] = RecordId{}; }
};

constexpr MachineApi kApi = Tables<PanelSetting>::api("PanelSetting", ObjectKind::setting);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<PanelSetting>::state_id<Present> == kPresent);

}  // namespace shinsa::model::panel_setting
