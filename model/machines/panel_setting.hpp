/// A 「新しい設定」 of the control panel: it stands in the way of a reissue of its common name.
#pragma once

#include "model/core/context.hpp"
#include "model/core/machine_api.hpp"

namespace shinsa::model::panel_setting {

enum StateId : std::uint8_t { kAbsent, kPresent };

inline constexpr RecordSlot kMade{0};  ///< setting.created, while it is there

/// Whether there is one for that name among the member's.
[[nodiscard]] inline bool is_there(const Context& c, TextId name) {
  for (const Object& object : c.group().objects)
    if (object.kind == ObjectKind::setting && object[kMade] &&
        c.same_name(c.said_by<"setting.created", "cn">(object, kMade).text(), name))
      return true;
  return false;
}

extern const MachineApi& kMachine;

}  // namespace shinsa::model::panel_setting
