/// A registration of a use-FQDN: what its four machines share. They are the screens up to the fixed
/// application, the bill, the two mails, and the use-FQDN itself from completion on.
#pragma once

#include "model/core/context.hpp"
#include "model/machines/customer.hpp"

namespace shinsa::model::fqdn {

inline constexpr RecordSlot kDraft{0};       ///< fqdn.drafted, or fact.fqdn
inline constexpr TextSlot kName{0};          ///< the use-FQDN as registered: lower-case A-labels
inline constexpr TextSlot kBill{1};          ///< number of the invoice
inline constexpr TextSlot kCustomer{2};      ///< whose it is, as in customer/C1
inline constexpr InstantSlot kDue{0};        ///< unpaid from then on it is cancelled (ACM-Q11)
inline constexpr InstantSlot kMonthEnds{1};  ///< armed: nothing is issued from then on
inline constexpr InstantSlot kIssueBy{2};    ///< the same instant, kept
inline constexpr NumberSlot kFee{0};         ///< yen billed
inline constexpr NumberSlot kPaid{1};        ///< yen received
inline constexpr Flag kIssuedFor{1};         ///< a certificate was issued for it

/// Places of the machines in Object::states.
inline constexpr std::size_t kScreens = 0;
inline constexpr std::size_t kUse = 3;

[[nodiscard]] inline bool is_wildcard(std::string_view name) {
  return name.size() >= 2 && name[0] == '*' && name[1] == '.';  // of many names in each step
}

/// The customer whose registration this is; null if nobody knows the customer.
[[nodiscard]] inline const Object* owner(const Context& c) {
  return c.object(c.find(c.me()[kCustomer]));
}

/// A slip of spelling or type, which JPDirect makes good neither by money nor by a new application.
struct NotForASlip : Guard<"ACM-32"> {
  static bool test(const Context&, const auto& request) {
    return !request.template is_word<"reason", "spelling">() &&
           !request.template is_word<"reason", "type">();
  }
};

}  // namespace shinsa::model::fqdn
