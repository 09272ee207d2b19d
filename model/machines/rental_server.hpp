/// A host of the rental server: what certificate lies on it, whether its service is in order, and
/// what a browser sees of it.
#pragma once

#include "model/core/context.hpp"
#include "model/core/machine_api.hpp"

namespace shinsa::model::rental_server {

enum StateId : std::uint8_t { kUnknown, kHosting };

inline constexpr RecordSlot kHost{0};     ///< fact.site
inline constexpr TextSlot kInstalled{0};  ///< the certificate that lies on the server; none: empty
inline constexpr Flag kFailed{1};         ///< its service is in trouble

/// The host of that name among the member's; null if there is none.
[[nodiscard]] inline const Object* host_named(const Context& c, TextId name) {
  for (const Object& object : c.group().objects)
    if (object.kind == ObjectKind::site && object[kHost] &&
        c.same_name(c.said_by<"fact.site", "cn">(object, kHost).text(), name))
      return &object;
  return nullptr;
}

extern const MachineApi& kMachine;

}  // namespace shinsa::model::rental_server
