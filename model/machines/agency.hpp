/// What the machines of one application share where a provider acquires and sets a certificate for
/// its customer: the slots, and what was applied for, whichever event said it.
///
/// An application is one that the customer registered (NTT-04) or a renewal that the provider
/// started by itself (NTT-46); both go through the same checks, work and bill.
#pragma once

#include "model/core/context.hpp"
#include "model/core/machine_api.hpp"
#include "model/machines/review.hpp"

namespace shinsa::model::agency {

inline constexpr RecordSlot kForm{0};          ///< application.registered or renewal.started
inline constexpr RecordSlot kWhois{1};         ///< whois.answered, once it names the addresses
inline constexpr TextSlot kFirstCode{0};       ///< what the link in the first mail sends back
inline constexpr TextSlot kSecondCode{1};      ///< the same of the second, where there are two
inline constexpr TextSlot kCertificate{2};     ///< subject of the certificate that was issued
inline constexpr LinkSlot kSource{0};          ///< the certificate that is renewed
inline constexpr InstantSlot kFirstLapses{0};  ///< from then on the first link is dead; zero: it is
                                               ///< not open
inline constexpr InstantSlot kSecondLapses{1};  ///< the same of the second
inline constexpr Flag kRenewal{1};
inline constexpr Flag kHoldsBack{2};         ///< it stands in the way of other changes (NTT-30)
inline constexpr Flag kDocumentsAwaited{4};  ///< documents are needed and have not arrived
inline constexpr Flag kAddressesKnown{8};    ///< WHOIS named the recipients
inline constexpr Flag kFirstSent{16};        ///< the first mail was sent
inline constexpr Flag kSecondSent{32};       ///< the second
inline constexpr Flag kFirstApproved{64};    ///< by the link of the first mail
inline constexpr Flag kSecondApproved{128};  ///< by that of the second
inline constexpr Flag kCalled{256};          ///< the person in charge confirmed by telephone

/// A field of what an application applies for; absent before the form was accepted.
template <Literal F>
[[nodiscard]] Value applied_by(const Context& c, const Object& application) {
  const RecordId form = application[kForm];
  if (!form) return {};
  const Record& record = c.facts().record(form);
  return record
      .fields[record.type == kType<"renewal.started"> ? kField<"renewal.started", F>
                                                      : kField<"application.registered", F>];
}

/// The same of the application addressed.
template <Literal F>
[[nodiscard]] Value applied(const Context& c) {
  return applied_by<F>(c, c.me());
}

/// Whether the product applied for is domain-validated.
struct IsDomainValidated : Question {
  static bool test(const Context& c, const auto&) {
    return is_domain_validated(applied<"kind">(c));
  }
};

/// Whether the provider started it by itself.
struct IsRenewal : Question {
  static bool test(const Context& c, const auto&) { return c.me()[kRenewal]; }
};

/// Whether a text is said, and says so.
[[nodiscard]] inline bool is_text(const Context& c, Value value, std::string_view text) {
  return value.present() && c.facts().text(value.text()) == text;
}

}  // namespace shinsa::model::agency
