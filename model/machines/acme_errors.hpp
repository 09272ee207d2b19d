/// What the CA's ACME server answers with when a clause says no: error types of RFC 8555.
///
/// Which type goes with which clause is a value of the clause (`error`) in the catalogue.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/context.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::model {

/// An error type as the field of an event. The word must be one of `events::kAcmeErrors`.
[[nodiscard]] inline Value acme_error(std::string_view word) {
  const auto at = choice_index<events::kAcmeErrors>(word);
  SHINSA_ASSERT(at.has_value(), "the catalogue names an error type that ACME does not have");
  return Value::of(*at);
}

/// The error type that goes with a clause; absent where the catalogue gives it none.
[[nodiscard]] inline Value acme_error_of(ClauseIndex index) {
  static const std::vector<Value> errors = [] {
    std::vector<Value> by_clause(clauses().size());
    for (std::size_t i = 0; i < by_clause.size(); ++i)
      for (const ClauseValue& value : clause(static_cast<ClauseIndex>(i)).values)
        if (value.key == "error") by_clause[i] = acme_error(value.text);
    return by_clause;
  }();
  return errors[index];
}

/// A refusal with the error type of the first of its clauses that has one.
[[nodiscard]] inline ActionMatch<"acme.refused"> acme_refusal(
    std::span<const ClauseIndex> clauses) {
  ActionMatch<"acme.refused"> refusal;
  for (ClauseIndex index : clauses)
    if (const Value error = acme_error_of(index); error.present()) {
      refusal.with<"error">(error);
      break;
    }
  return refusal;
}

/// Whether a clause is among those that refuse.
[[nodiscard]] inline bool names(std::span<const ClauseIndex> clauses, ClauseIndex wanted) {
  return std::ranges::count(clauses, wanted) > 0;
}

}  // namespace shinsa::model
