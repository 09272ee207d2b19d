/// What holds of every screen, whichever portal shows it.
#pragma once

#include <type_traits>

#include "model/core/context.hpp"
#include "model/core/rule.hpp"

namespace shinsa::model {

/// Whether the machine that shows it owes a screen of that kind: somebody asked and was not
/// answered yet.
struct WasAskedFor : Guard<"ASM-09"> {
  static bool test(const Context& c, const auto& shown) {
    return c.owes(std::remove_cvref_t<decltype(shown)>::type);
  }
};

}  // namespace shinsa::model
