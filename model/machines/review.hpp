/// Questions that several machines of one review ask of what was applied for.
#pragma once

#include "model/machines/application.hpp"

namespace shinsa::model {

/// DV and DV-wildcard are checked by domain alone; OV and OV-wildcard by organisation too.
[[nodiscard]] inline bool is_domain_validated(Value product) {
  return choice_word(kProducts, product.number()).starts_with("DV");
}

/// Whether the product applied for is domain-validated.
struct IsDv : Question {
  static bool test(const Context& c, const auto&) {
    return is_domain_validated(application::applied<"kind">(c));
  }
};

}  // namespace shinsa::model
