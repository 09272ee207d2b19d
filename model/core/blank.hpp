/// Objects that are nothing yet.
#pragma once

#include <algorithm>

#include "model/core/control.hpp"

namespace shinsa::model {

/// Whether nothing was accepted of it: it was only looked at, or refused.
[[nodiscard]] inline bool is_blank(const Object& object) {
  const auto is_left = [](std::uint8_t state) { return state != 0; };
  if (object.flags != 0 || std::ranges::any_of(object.states, is_left)) return false;  // mostly
  Object fresh;
  fresh.subject = object.subject;
  fresh.kind = object.kind;
  return object == fresh;
}

}  // namespace shinsa::model
