/// The contract for the service: since when it may be used, who has logged in, whom mails go to.
#pragma once

#include "model/core/context.hpp"
#include "model/core/machine_api.hpp"
#include "model/core/rule.hpp"

namespace shinsa::model::service_contract {

enum StateId : std::uint8_t { kUnknown, kSigned, kEnded };

inline constexpr RecordSlot kContract{0};  ///< fact.contract
inline constexpr TextSlot kContact{0};  ///< mail address of the application contact, as it is now
inline constexpr Flag kLoggedIn{1};     ///< somebody has logged in to the online form

/// The contract of that subject, if it is known.
[[nodiscard]] inline const Object* contract_of(const Context& c, TextId subject) {
  const Object* found = c.object(c.find(subject));
  return found && found->kind == ObjectKind::contract && found->states[0] != kUnknown ? found
                                                                                      : nullptr;
}

/// Whether the service may be used under the contract.
[[nodiscard]] inline bool is_in_service(const Context& c, const Object* contract) {
  return contract && contract->states[0] == kSigned &&
         c.now() >= c.said_by<"fact.contract", "starts">(*contract, kContract).instant();
}

/// Where mails to the customer go; absent where nobody said it.
[[nodiscard]] inline Value contact_of(const Context& c, TextId subject) {
  const Object* contract = contract_of(c, subject);
  return contract && (*contract)[kContact] ? Value::of((*contract)[kContact]) : Value{};
}

/// Asked of whatever is applied for under a contract.
struct ServiceHasStarted : Guard<"NTT-28"> {
  static bool test(const Context& c, const auto& request) {
    return is_in_service(c, contract_of(c, request.template text<"contract">()));
  }
};

extern const MachineApi& kMachine;

}  // namespace shinsa::model::service_contract
