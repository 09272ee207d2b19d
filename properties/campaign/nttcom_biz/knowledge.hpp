/// What the customer knows: what the trace has shown, and what was asked for. Nothing of the rules.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "model/vocabulary/events.hpp"
#include "properties/campaign/nttcom_biz/beginning.hpp"

namespace shinsa::properties::campaign::nttcom_biz {

/// A link that was mailed for approval.
struct Link {
  std::string to, code;
  Instant sent;
};

/// An application, from its form or the start of its renewal on.
struct Order {
  std::size_t name = 0;  ///< in `kNames`
  bool opened = false;
  bool is_renewal = false;
  bool needs_documents = false;
  bool posted = false;
  bool hidden = false;   ///< WHOIS showed no contacts
  bool in_vain = false;  ///< WHOIS was asked, and nothing came of it yet
  bool lifted = false;
  bool forwarded = false;
  std::vector<Link> links;
  bool approved = false;
  std::string certificate;  ///< empty before it is issued
  Instant end;              ///< its last valid second
  bool failed = false;      ///< its server did not come up
  bool set = false;
  bool cancelled = false;
};

class Knowledge {
 public:
  /// Reads an event, as the customer would.
  void learn(const Event& event, const Facts& facts);
  /// Remembers what was asked for with a command. A request is made before, and happens after.
  void sent(const Command& command);

  [[nodiscard]] const std::array<Order, kApplications>& orders() const { return orders_; }
  [[nodiscard]] bool logged_in() const { return logged_in_; }
  [[nodiscard]] bool terminated() const { return terminated_; }
  /// When a certificate given beforehand ends; nothing without one.
  [[nodiscard]] std::optional<Instant> end_of_given() const { return end_of_given_; }

 private:
  Order* order_of(TextId subject, const Facts& facts);
  Order* order_with(TextId certificate, const Facts& facts);

  std::array<Order, kApplications> orders_;
  bool logged_in_ = false;
  bool terminated_ = false;
  std::optional<Instant> end_of_given_;
};

/// `application/1`, or `application/renewal-1` for those that the provider opens.
[[nodiscard]] std::string subject_of(std::size_t application);

}  // namespace shinsa::properties::campaign::nttcom_biz
