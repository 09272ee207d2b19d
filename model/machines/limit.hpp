/// The limit of active certificates of one common name. Source: JPR-23 (page line 60).
#pragma once

#include <algorithm>

#include "model/core/context.hpp"
#include "model/machines/certificate.hpp"

namespace shinsa::model {

[[nodiscard]] inline std::int64_t active(const Group& group) {
  return std::ranges::count_if(group.objects, certificate::is_active);
}

/// Whether there is room for one more active certificate.
struct TwoAtMost : Guard<"JPR-23"> {
  static bool test(const Context& c, const auto&) {
    return active(c.group()) < c.number<"JPR-23", "certificates">();
  }
};

}  // namespace shinsa::model
