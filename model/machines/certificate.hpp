/// A certificate: active from its issue to its notAfter, or until it is revoked.
///
/// Events: fact.certificate (known from before), certificate.issued (through the application),
/// revocation.requested, certificate.revoked, and the end of its validity.
#pragma once

#include "model/core/machine_api.hpp"

namespace shinsa::model::certificate {

enum StateId : std::uint8_t { kUnknown, kActive, kRevoked, kExpired };

inline constexpr RecordSlot kContent{0};  ///< fact.certificate or certificate.issued, as said
inline constexpr InstantSlot kEndsAt{0};  ///< notAfter + 1 s: from then on it has expired
inline constexpr InstantSlot kTelephoned{
    1};                                     ///< when the applicant was last confirmed by telephone
inline constexpr Flag kRevocationAsked{1};  ///< the customer asked for its revocation
inline constexpr Flag kReplaced{
    2};  ///< a reissue of it was issued: consented revocation may happen

inline constexpr NumberSlot kReasonAsked{
    0};  ///< the reason that the customer gave, as in kRevocationReasons; zero: none

/// A reason as a field of an action: `kBecause<"superseded">`.
template <Literal Word>
inline constexpr Value kBecause = Value::of(*choice_index(kRevocationReasons, Word.view()));

/// A field of what is known of a certificate, whichever event said it.
template <Literal F>
[[nodiscard]] Value content(const Facts& facts, const Object& certificate) {
  const RecordId id = certificate[kContent];
  if (!id) return {};
  const Record& record = facts.record(id);
  return record.fields[record.type == kType<"fact.certificate"> ? kField<"fact.certificate", F>
                                                                : kField<"certificate.issued", F>];
}

[[nodiscard]] inline bool is_active(const Object& object) {
  return object.kind == ObjectKind::certificate && object.states[0] == kActive;
}

extern const MachineApi& kMachine;

}  // namespace shinsa::model::certificate
