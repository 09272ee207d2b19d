/// An ACME order (RFC 8555): pending, ready, processing, valid or invalid.
///
/// Events: order.requested, order.created, authorization.created for each name, what becomes of the
/// authorizations, order.finalized, what the CAA records say, certificate.issued or order.failed.
#pragma once

#include "model/core/context.hpp"

namespace shinsa::model::acme_order {
enum StateId : std::uint8_t {
  kUnrequested,
  kCreationDue,
  kRefusalDue,
  kPending,
  kReady,
  kProcessing,
  kFailing,
  kValid,
  kInvalid,
  kOutOfTime
};
inline constexpr RecordSlot kOrder{0};      ///< order.requested
inline constexpr RecordSlot kFinal{1};      ///< order.finalized
inline constexpr InstantSlot kOrdered{0};   ///< when it was made
inline constexpr NumberSlot kPermitted{0};  ///< names whose CAA records permit the issue

/// The names that the order is for.
[[nodiscard]] inline ListId identifiers(const Facts& facts, const Object& order) {
  const RecordId said = order[kOrder];
  if (!said) return {};
  return facts.record(said).fields[kField<"order.requested", "identifiers">].list();
}

extern const MachineApi& kMachine;
}  // namespace shinsa::model::acme_order
