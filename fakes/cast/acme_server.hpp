/// The CA's ACME server: accounts, orders, authorizations, challenges and refusals, as events
/// (RFC 8555 without its JWS and HTTP).
///
/// Tokens and strings are the CA's own and come from a seeded stream. A key authorization holds the
/// thumbprint of the account's key (RFC 8555 section 8.1). There are no keys here: an account whose
/// thumbprint nobody told has one drawn for it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class AcmeServer : public sim::Performer {
 public:
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Learns whose order and whose authorization is which.
  void observe(const Event& event, sim::Stage& stage) override;

  /// Says which key an account has from now on. @param thumbprint  RFC 7638, in base64url.
  void know(std::string_view account, const std::string& thumbprint);
  void forget(std::span<const TextId> things, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override {
    needed(order_of_);
    needed(account_of_);
    needed(opened_);
  }

 private:
  sim::Performed open_authorization(const model::Duty& duty, TextId order, sim::Stage& stage);
  sim::Performed offer(const model::Duty& duty, TextId authorization, sim::Stage& stage);
  std::string thumbprint(TextId authorization, sim::Stage& stage);

  std::map<TextId, TextId> order_of_;                            // by authorization
  std::map<TextId, TextId> account_of_;                          // by order
  std::map<TextId, std::size_t> opened_;                         // authorizations, by order
  std::map<std::string, std::string, std::less<>> thumbprints_;  // by account
};

}  // namespace shinsa::fakes::cast
