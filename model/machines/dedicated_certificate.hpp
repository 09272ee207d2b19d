/// A dedicated certificate at the hosting company, in force until the last second of notAfter.
///
/// The machines of one certificate share the slots below: its validity (here), the notice of its
/// expiry and the inquiry (expiry_notice), what its customer wants (renewal_intent), and what that
/// means for the hosting plan (plan_change).
#pragma once

#include "model/core/context.hpp"
#include "model/core/machine_api.hpp"
#include "model/vocabulary/distinguished_name.hpp"

namespace shinsa::model::dedicated_certificate {

enum StateId : std::uint8_t { kUnknown, kActive, kExpired };

inline constexpr RecordSlot kContent{0};      ///< fact.certificate or certificate.issued, as said
inline constexpr TextSlot kCustomer{0};       ///< whose it is, as in customer/C1
inline constexpr InstantSlot kEndsAt{0};      ///< notAfter + 1 s: from then on it has expired
inline constexpr InstantSlot kNoticeFrom{1};  ///< the first second of the days of the notice
inline constexpr LinkSlot kOrder{0};          ///< the newest order that was made to renew it

/// A field of what is known of a certificate, whichever event said it.
template <Literal F>
[[nodiscard]] Value content(const Facts& facts, const Object& certificate) {
  const RecordId id = certificate[kContent];
  if (!id) return {};
  const Record& record = facts.record(id);
  return record.fields[record.type == kType<"fact.certificate"> ? kField<"fact.certificate", F>
                                                                : kField<"certificate.issued", F>];
}

/// Its last valid second.
[[nodiscard]] inline Instant end_of(const Facts& facts, const Object& certificate) {
  return content<"not_after">(facts, certificate).instant();
}

/// Its subject; views the store.
[[nodiscard]] inline DistinguishedName subject_of(const Facts& facts, const Object& certificate) {
  const auto text = [&](Value value) { return facts.text(value.text()); };
  return {text(content<"cn">(facts, certificate)),
          text(content<"unit">(facts, certificate)),
          text(content<"organisation">(facts, certificate)),
          text(content<"locality">(facts, certificate)),
          text(content<"prefecture">(facts, certificate)),
          text(content<"country">(facts, certificate))};
}

/// What is on record of the customer of the certificate addressed; absent if nothing is.
template <Literal F>
[[nodiscard]] Value of_customer(const Context& c, const Object& certificate) {
  const Record* record = c.background(certificate[kCustomer]);
  return record ? record->fields[kField<"fact.customer", F>] : Value{};
}

extern const MachineApi& kMachine;

}  // namespace shinsa::model::dedicated_certificate
