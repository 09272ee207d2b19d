/// A certificate of a member of the rental server: active from its issue to its notAfter, or until
/// it is revoked because it was reissued.
///
/// Events: fact.certificate (known from before), certificate.issued (through its entry),
/// certificate.installed, certificate.revoked, and the end of its validity. Slots and states are
/// those of `certificate.hpp`.
#pragma once

#include "model/machines/certificate.hpp"

namespace shinsa::model::hosted_certificate {

inline constexpr LinkSlot kEntry{0};      ///< the entry whose reissue it is; none from before
inline constexpr Flag kBackedUp{4};       ///< the member has a copy of it and its key
inline constexpr Flag kToBeInstalled{8};  ///< issued, and not yet on the server

/// JPRS's and domain-validated: the only kind that the reissue may find on the server (SAK-21).
[[nodiscard]] inline bool is_jprs_dv(const Facts& facts, const Object& object) {
  constexpr auto issuers = kEventTypes[kType<"fact.certificate">]
                               .fields[kField<"fact.certificate", "issued_by">]
                               .choices;
  const RecordId id = object[certificate::kContent];
  if (!id) return false;
  const Record& record = facts.record(id);
  const std::string_view product =
      choice_word(kProducts, certificate::content<"kind">(facts, object).number());
  return product.starts_with("DV") && !(record.type == kType<"fact.certificate"> &&
                                        record.fields[kField<"fact.certificate", "issued_by">] ==
                                            Value::of(*choice_index(issuers, "other")));
}

extern const MachineApi& kMachine;

}  // namespace shinsa::model::hosted_certificate
