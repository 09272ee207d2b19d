/// What the customers know: what the trace has shown, and what was asked for. Nothing of the rules.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "model/vocabulary/events.hpp"
#include "properties/campaign/dedicated_renewal/beginning.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

/// A certificate that the trace has shown.
struct Known {
  std::string subject;
  std::string customer;
  std::string host;
  Instant end;
  bool asked = false;  ///< whether to renew
  bool wants = false;  ///< the last answer was yes
};

/// An order, from its making on.
struct Renewal {
  std::string certificate;
  std::string host{kWho[0].host};
  std::string bill;
  std::int64_t amount = 0;
  bool ordered = false;
  bool by_transfer = false;
  bool told = false;
  bool invoiced = false;
  std::string_view screen;  ///< shown last
  bool sent_money = false;
  bool confirmed = false;
  bool applied = false;
  bool asked = false;  ///< by the CA
  bool answered = false;
  bool issued = false;
};

class Knowledge {
 public:
  /// Reads an event, as the customer would.
  void learn(const Event& event, const Facts& facts);
  /// Remembers what was asked for with a command.
  void sent(const Command& command);

  [[nodiscard]] const std::array<Renewal, kRenewals>& renewals() const { return renewals_; }
  [[nodiscard]] const std::vector<Known>& certificates() const { return certificates_; }
  /// The n-th certificate, counting in a circle; null before there is one.
  [[nodiscard]] const Known* known(std::uint8_t n) const;
  /// The newest order that was made for a certificate; null before there is one.
  [[nodiscard]] const Renewal* order_for(const Known& certificate) const;

 private:
  void mail(const Event& event, const Record& said, const Facts& facts);
  void know(const Event& event, const Record& said, const Facts& facts, std::string customer);
  void order(const Event& event, const Record& said, const Facts& facts);
  Known* certificate_of(TextId subject, const Facts& facts);
  Renewal* renewal_of(TextId subject, const Facts& facts);

  std::array<Renewal, kRenewals> renewals_;
  std::vector<Known> certificates_;
};

}  // namespace shinsa::properties::campaign::dedicated_renewal
