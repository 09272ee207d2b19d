/// One change at a time: while one is handled, no other can be applied for.
/// Source: NTT-30 (page line 104), reading NTT-Q10. A renewal is applied for by nobody and holds
/// nothing back.
#pragma once

#include <algorithm>

#include "model/machines/agency.hpp"
#include "model/machines/other_change.hpp"

namespace shinsa::model {

/// Which server of the contract a change in progress is about; absent: the only one.
[[nodiscard]] inline Value server_of(const Context& c, const Object& change) {
  return change.kind == ObjectKind::application
             ? agency::applied_by<"server">(c, change)
             : c.said_by<"change.registered", "server">(change, other_change::kRequest);
}

struct NoOtherChange : Guard<"NTT-30"> {
  static bool test(const Context& c, const auto& request) {
    return std::ranges::none_of(c.group().objects, [&](const Object& other) {
      return is_handled(other) && stands_in_the_way(c, other, request);
    });
  }

 private:
  static bool is_handled(const Object& other) {
    if (other.kind == ObjectKind::application) return other[agency::kHoldsBack];
    return other.kind == ObjectKind::change && other[other_change::kInWork];
  }
  static bool stands_in_the_way(const Context& c, const Object& other, const auto& request) {
    if (Under<"NTT-Q10", "per-server">::test(c, request))
      return server_of(c, other) == request.template get<"server">();
    if (Under<"NTT-Q10", "ssl-alone">::test(c, request))
      return other.kind == ObjectKind::application && c.me().kind == ObjectKind::application;
    return true;
  }
};

}  // namespace shinsa::model
