/// What the machines of one application share: its slots, and what was applied for, whichever event
/// said it.
///
/// An application is a reissue (STEP1 to STEP4) or an order of a new certificate; both go through
/// the same review (JPR-20), issuance and MyPage.
#pragma once

#include "model/core/context.hpp"
#include "model/core/machine_api.hpp"

namespace shinsa::model::application {

inline constexpr RecordSlot kOpening{0};  ///< inquiry.received or order.received
inline constexpr RecordSlot kForm{1};  ///< application.returned or order.received, as it stands now
inline constexpr TextSlot kCode{0};    ///< what the domain-control mail asks to send back
inline constexpr TextSlot kIssued{1};  ///< subject of the certificate that was issued
inline constexpr TextSlot kBill{2};    ///< number of the invoice
inline constexpr LinkSlot kSource{0};  ///< the certificate to be reissued; none for an order
inline constexpr InstantSlot kAsked{0};  ///< when the inquiry came
inline constexpr InstantSlot kAccepted{
    1};  ///< when the form was accepted, or the payment confirmed
inline constexpr InstantSlot kLapses{
    2};  ///< when the source expires: nothing is issued from then on
inline constexpr InstantSlot kIssuedAt{
    0};  ///< when the certificate was issued (the inquiry is past then)
inline constexpr InstantSlot kCalled{3};  ///< when the CA confirmed the applicant by telephone
inline constexpr NumberSlot kFee{0};      ///< yen billed
inline constexpr NumberSlot kPaid{1};     ///< yen received
inline constexpr Flag kMayBeRefused{
    1};  ///< over the limit of two: the portal may still refuse (JPR-Q5)
inline constexpr Flag kInProgress{2};   ///< accepted, neither issued nor over: counts towards two
inline constexpr Flag kUnderReview{4};  ///< the CA's review was started and not ended
inline constexpr Flag kReviewed{8};     ///< every check of the review is done

/// Accepted and neither issued nor over: it counts towards the limit of two when another form
/// arrives.
[[nodiscard]] inline bool is_in_progress(const Object& object) {
  return object.kind == ObjectKind::application && object[kInProgress];
}

/// A field of what an application applies for; absent before the form or the order was accepted.
template <Literal F>
[[nodiscard]] Value applied_by(const Context& c, const Object& application) {
  const RecordId form = application[kForm];
  if (!form) return {};
  const Record& record = c.facts().record(form);
  return record.fields[record.type == kType<"order.received"> ? kField<"order.received", F>
                                                              : kField<"application.returned", F>];
}

/// The same of the application addressed.
template <Literal F>
[[nodiscard]] Value applied(const Context& c) {
  return applied_by<F>(c, c.me());
}

/// Who applies, as in `customer/C1`.
[[nodiscard]] inline TextId customer_of(const Context& c) {
  const RecordId opening = c.me()[kOpening];
  if (!opening) return {};
  const Record& record = c.facts().record(opening);
  return record
      .fields[record.type == kType<"order.received"> ? kField<"order.received", "customer">
                                                     : kField<"inquiry.received", "customer">]
      .text();
}

}  // namespace shinsa::model::application
