/// Objects that are nothing yet.
#pragma once

#include "model/core/control.hpp"

namespace shinsa::model {

/// Whether nothing was accepted of it: it was only looked at, or refused.
[[nodiscard]] inline bool is_blank(const Object& object) {
  Object fresh;
  fresh.subject = object.subject;
  fresh.kind = object.kind;
  return object == fresh;
}

}  // namespace shinsa::model
