/// What the machines of one entry of the list share: its slots, its certificate and host, and what
/// stands in the way of its reissue.
///
/// An entry is a past order of a member, bound to one certificate and its common name. Five
/// machines make up its life: the row of the list, the two-step application, the validation on the
/// rental server, issue and installation, and the mails.
#pragma once

#include <string>

#include "model/machines/hosted_certificate.hpp"
#include "model/machines/panel_setting.hpp"
#include "model/machines/rental_server.hpp"

namespace shinsa::model::entry {

inline constexpr RecordSlot kOrder{0};  ///< fact.entry
inline constexpr TextSlot kIssued{0};   ///< the reissued certificate
inline constexpr InstantSlot kClickedAt{
    0};  ///< when 『再発行』 was clicked, as a screen answers it
inline constexpr InstantSlot kAppliedAt{1};  ///< when 『再発行する』 was clicked
inline constexpr InstantSlot kClipEnds{
    2};  ///< while the issue is due: from then on less than 397 days are left
inline constexpr InstantSlot kIssuedAt{3};  ///< when the reissued certificate was issued
inline constexpr NumberSlot kTries{0};      ///< validations tried again by themselves
inline constexpr Flag kNamed{1};            ///< the notice mail asked for its reissue
inline constexpr Flag kRowWanted{2};        ///< the list was opened, the row is not shown yet
inline constexpr Flag kLooked{4};           ///< since then the A record was looked at
inline constexpr Flag kWrongAddress{8};     ///< before the application: it was seen to be elsewhere
inline constexpr Flag kPending{16};         ///< applied for, neither installed nor over
inline constexpr Flag kStalled{32};         ///< its last validation did not succeed
inline constexpr Flag kDone{64};            ///< the new certificate lies on the server

/// A field of the order.
template <Literal F>
[[nodiscard]] Value ordered(const Context& c, const Object& entry) {
  return c.said_by<"fact.entry", F>(entry, kOrder);
}

/// The types of this page: RS, bought with the rental server (SAK-02).
[[nodiscard]] bool is_of_this_page(const Context& c, const Object& entry);
/// The types of another page (SAK-03).
[[nodiscard]] bool is_of_the_other_page(const Context& c, const Object& entry);
/// Whether the certificate was bought with the rental server: an order of an RS type is for it.
[[nodiscard]] bool is_bought_with_the_server(const Context& c, TextId certificate);

/// The certificate that was ordered; null while nothing is known of it.
[[nodiscard]] const Object* source_of(const Context& c, const Object& entry);
/// The common name that the entry is bound to.
[[nodiscard]] TextId common_name(const Context& c, const Object& entry);
[[nodiscard]] inline TextId common_name(const Context& c) { return common_name(c, c.me()); }
/// The end of the source's last valid second.
[[nodiscard]] Instant end_of_source(const Context& c);
/// The host of its common name; null if the member has none.
[[nodiscard]] inline const Object* host_of(const Context& c) {
  return rental_server::host_named(c, common_name(c));
}
/// How much longer than the least that is clipped the source runs at an instant; negative: less
/// (SAK-04, reading SAK-Q1).
[[nodiscard]] Duration beyond_the_limit(const Context& c, Instant at);

// What stands in the way of a reissue, each named by its clause.

struct NoNewSetting : Guard<"SAK-20"> {
  static bool test(const Context& c, const auto&) {
    return !panel_setting::is_there(c, common_name(c));
  }
};
struct NoOtherCertificate : Guard<"SAK-21"> {
  static bool test(const Context& c, const auto&) {
    const Object* host = host_of(c);
    if (!host || !(*host)[rental_server::kInstalled]) return true;
    const Object* there = c.object(c.find((*host)[rental_server::kInstalled]));
    return !there || hosted_certificate::is_jprs_dv(c.facts(), *there);
  }
};
struct ServiceIsInOrder : Guard<"SAK-22"> {
  static bool test(const Context& c, const auto&) {
    const Object* host = host_of(c);
    return host && !(*host)[rental_server::kFailed];
  }
};
/// Before the application the portal may know that the A record is elsewhere (reading SAK-Q4).
struct AddressNotSeenElsewhere : Guard<"SAK-10"> {
  static bool test(const Context& c, const auto&) { return !c.me()[kWrongAddress]; }
};

/// Whether nothing of the member's panel and service stands in the way.
struct Unhindered : Question {
  static bool test(const Context& c, const auto& e) {
    return NoNewSetting::test(c, e) && NoOtherCertificate::test(c, e) &&
           ServiceIsInOrder::test(c, e);
  }
};

}  // namespace shinsa::model::entry
