/// A certificate as jpdirect-acme knows one: of the ACME edition, or a conventional one beside it.
///
/// Events: fact.certificate (known from before, conventional), certificate.issued (through the
/// order), revocation, the end of its validity, and what a visitor of a host that has it sees.
#pragma once

#include "model/core/context.hpp"

namespace shinsa::model::acme_certificate {
enum StateId : std::uint8_t { kUnknown, kActive, kRevoked, kExpired };

inline constexpr RecordSlot kContent{0};  ///< fact.certificate or certificate.issued
inline constexpr TextSlot kAccount{0};    ///< the account that ordered it; none for another's
inline constexpr InstantSlot kEndsAt{0};  ///< notAfter + 1 s
inline constexpr Flag kRevocationAsked{1};

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

/// Whether it is of the conventional edition: it was there before, and no order led to it.
[[nodiscard]] inline bool is_conventional(const Facts& facts, const Object& certificate) {
  const RecordId id = certificate[kContent];
  return id && facts.record(id).type == kType<"fact.certificate">;
}

/// Whether a certificate for `names` is good for the host: one of them is its name, or a wildcard
/// of the same level.
[[nodiscard]] bool is_good_for(Facts& facts, ListId names, TextId common_name, TextId host);

extern const MachineApi& kMachine;
}  // namespace shinsa::model::acme_certificate
