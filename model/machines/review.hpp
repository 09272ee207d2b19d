/// Questions that several machines of one review ask of the form.
#pragma once

#include "model/machines/reissue_application.hpp"

namespace shinsa::model {

/// DV and DV-wildcard are checked by domain alone; OV and OV-wildcard by organisation too.
[[nodiscard]] inline bool is_domain_validated(Value product) {
  return choice_word(kProducts, product.number()).starts_with("DV");
}

/// Whether the product applied for is domain-validated.
struct IsDv : Question {
  static bool test(const auto& c, const auto&) {
    return is_domain_validated(
        c.template said<"application.returned", "kind">(reissue_application::kForm));
  }
};

}  // namespace shinsa::model
