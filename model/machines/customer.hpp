/// A customer of the portal, as jpdirect-acme knows one: what its machines share.
///
/// A customer is a member, may press the button of the ACME application once, and looks at one list
/// of use-FQDNs; each of the three is a machine of its own.
#pragma once

#include "model/core/context.hpp"

namespace shinsa::model::customer {

inline constexpr RecordSlot kRecord{0};        ///< fact.customer or member.registered
inline constexpr TextSlot kEab{0};             ///< the newest EAB, as in eab/C1-1; empty before any
inline constexpr NumberSlot kPresses{0};       ///< how often the ACME application was accepted
inline constexpr std::size_t kMembership = 0;  ///< place of its machine in Object::states

/// Where the member, or the billing contact, receives mail; absent if nobody said so.
template <Literal F>
[[nodiscard]] Value address(const Facts& facts, const Object& customer) {
  const RecordId known = customer[kRecord];
  if (!known) return {};
  const Record& record = facts.record(known);
  return record.fields[record.type == kType<"fact.customer"> ? kField<"fact.customer", F>
                                                             : kField<"member.registered", F>];
}

/// The address of the billing contact, or else of the member.
[[nodiscard]] inline Value billing_address(const Facts& facts, const Object& customer) {
  const Value billing = address<"billing_mail">(facts, customer);
  return billing.present() ? billing : address<"mail">(facts, customer);
}

/// The address of the member, or else of the billing contact.
[[nodiscard]] inline Value member_address(const Facts& facts, const Object& customer) {
  const Value own = address<"mail">(facts, customer);
  return own.present() ? own : address<"billing_mail">(facts, customer);
}

/// A click on the button that the page names; an event that names none is taken as one.
template <Literal Id>
struct Presses : Guard<Id> {
  static bool test(const Context& c, const auto& click) {
    if (!click.template has<"button">()) return true;
    Facts& store = c.store();
    return store.as_read(click.template text<"button">()) ==
           store.as_read(c.label(kLabel<Id, "button">));
  }
};

}  // namespace shinsa::model::customer
