/// The limit of active certificates of one common name. Source: JPR-23 (page line 60), reading
/// JPR-Q15.
#pragma once

#include <algorithm>

#include "model/core/context.hpp"
#include "model/core/rule.hpp"
#include "model/machines/application.hpp"
#include "model/machines/certificate.hpp"

namespace shinsa::model {

/// Whether two products count towards the same limit.
[[nodiscard]] inline bool count_together(const Context& c, Value one, Value other) {
  return !Under<"JPR-Q15", "same-name-and-type">::test(c, 0) || one == other;
}

/// Active certificates that count towards the limit of the product.
[[nodiscard]] inline std::int64_t active(const Context& c, Value product) {
  return std::ranges::count_if(c.group().objects, [&](const Object& object) {
    return certificate::is_active(object) &&
           count_together(c, certificate::content<"kind">(c.facts(), object), product);
  });
}

/// Whether there is room for one more active certificate.
struct TwoAtMost : Guard<"JPR-23"> {
  static bool test(const Context& c, const auto&) {
    return active(c, application::applied<"kind">(c)) < c.number<"JPR-23", "certificates">();
  }
};

}  // namespace shinsa::model
