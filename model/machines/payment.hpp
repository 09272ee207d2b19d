/// The payment gate of a chargeable order. Source: JPR-10, JPR-33 (page lines 43, 83); a reissue
/// has none (reading JPR-Q1).
#pragma once

#include "model/machines/application.hpp"

namespace shinsa::model {

/// Whether the application is an order of a new certificate.
[[nodiscard]] inline bool is_an_order(const Context& c) {
  const RecordId opening = c.me()[application::kOpening];
  return opening && c.facts().record(opening).type == kType<"order.received">;
}

/// Whether what was billed has been paid; nothing need be paid for a reissue.
struct FeeIsPaid : Guard<"JPR-10"> {
  static bool test(const Context& c, const auto&) {
    const Object& me = c.me();
    return !is_an_order(c) ||
           (me[application::kBill] && me[application::kPaid] >= me[application::kFee]);
  }
};

}  // namespace shinsa::model
