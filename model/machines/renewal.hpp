/// What the machines of one renewal share: its slots. A renewal is one order, for one expiring
/// certificate, from its billing data to the certificate that is issued to it.
///
/// Its order and payment are in renewal_order, the screens by which a card pays in billing_screens,
/// documents, application and review in ca_application, and whether it is a renewal at all in
/// renewal_or_new.
#pragma once

#include "model/core/context.hpp"
#include "model/core/machine_api.hpp"
#include "model/machines/dedicated_certificate.hpp"

namespace shinsa::model::renewal {

inline constexpr RecordSlot kOrder{0};      ///< renewal.ordered
inline constexpr RecordSlot kDocuments{1};  ///< documents.prepared, as they stand now
inline constexpr TextSlot kBill{0};         ///< number of the bill
inline constexpr TextSlot kSuccessor{1};    ///< subject of the certificate that was issued
inline constexpr LinkSlot kOld{0};          ///< the certificate that expires
inline constexpr InstantSlot kOrderedAt{0};
inline constexpr InstantSlot kPaidAt{1};   ///< when the money was there
inline constexpr InstantSlot kOldEnds{2};  ///< from then on it is a new acquisition
inline constexpr NumberSlot kFee{0};       ///< yen billed
inline constexpr NumberSlot kReceived{1};  ///< yen received
inline constexpr Flag kUnpaid{1};          ///< ordered, not paid, not withdrawn
inline constexpr Flag kPayable{2};         ///< and the customer was told of the bill
inline constexpr Flag kInvoiced{4};        ///< an invoice was sent
inline constexpr Flag kRenews{8};          ///< counted from the end of the old certificate
inline constexpr Flag kByNewCard{16};      ///< the card that was chosen is not the one on record

/// The certificate that expires.
[[nodiscard]] inline const Object* old_certificate(const Context& c) {
  return c.object(c.me()[kOld]);
}
/// Its last valid second.
[[nodiscard]] inline Instant old_end(const Context& c) {
  const Object* old = old_certificate(c);
  return old ? dedicated_certificate::end_of(c.facts(), *old) : Instant{};
}
/// A field of the order; absent before there is one.
template <Literal F>
[[nodiscard]] Value ordered(const Context& c) {
  return c.said<"renewal.ordered", F>(kOrder);
}
/// A field of the documents; absent before there are any.
template <Literal F>
[[nodiscard]] Value documented(const Context& c) {
  return c.said<"documents.prepared", F>(kDocuments);
}
/// Whether the customer pays by bank transfer; by card unless something else is known.
[[nodiscard]] inline bool pays_by_transfer(Value method) {
  return method.present() && choice_word(kPaymentMethods, method.number()) == "bank-transfer";
}

}  // namespace shinsa::model::renewal
