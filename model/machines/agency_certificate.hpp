/// A certificate that a provider acquired for its customer: how long it is valid, and its renewal.
///
/// Also the slots that its other machines (server_setting, setting_fee) share.
#pragma once

#include "model/core/context.hpp"
#include "model/core/machine_api.hpp"
#include "model/machines/certificate.hpp"

namespace shinsa::model::agency_certificate {

enum StateId : std::uint8_t { kUnknown, kActive, kRenewalDue, kInRenewal, kEnded, kRevoked };

inline constexpr RecordSlot kContent{0};        ///< fact.certificate or certificate.issued, as said
inline constexpr LinkSlot kApplication{0};      ///< the application that it answers
inline constexpr InstantSlot kEndsAt{0};        ///< notAfter + 1 s: from then on it has expired
inline constexpr InstantSlot kRenewalOpens{1};  ///< when the provider starts its renewal (ASM-41)
inline constexpr InstantSlot kBillableFrom{2};  ///< the month in which it may be billed begins
inline constexpr Flag kSettingCancelled{1};     ///< cancelled after it was set
inline constexpr Flag kIsInstalled{4};          ///< it lies on the server
inline constexpr Flag kIsSet{2};                ///< the server came up with it

/// A field of what is known of a certificate, whichever event said it.
template <Literal F>
[[nodiscard]] Value content(const Context& c, const Object& certificate) {
  return certificate::content<F>(c.facts(), certificate);
}

/// The contract whose server it is on; empty where nobody said it.
[[nodiscard]] TextId contract_of(const Context& c);

extern const MachineApi& kMachine;

}  // namespace shinsa::model::agency_certificate
