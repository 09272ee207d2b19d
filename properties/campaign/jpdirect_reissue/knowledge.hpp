/// What the customer knows: what the trace has shown, and what was asked for. Nothing of the rules.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "model/vocabulary/events.hpp"
#include "properties/campaign/jpdirect_reissue/beginning.hpp"

namespace shinsa::properties::campaign::jpdirect_reissue {

/// An application, from its inquiry or order on.
struct Order {
  std::string name{kNames[0]};  ///< common name of the newest form or order
  bool opened = false;
  bool is_order = false;
  bool guided = false;  ///< the form was sent
  std::size_t forms = 0;
  std::uint8_t source = 0;  ///< which certificate the newest form is about
  std::string code;         ///< mailed for approval
  std::string bill;
  std::int64_t fee = 0;
  bool paid = false;
  bool approved = false;
  bool issued = false;
};

/// A certificate that the trace has shown.
struct Known {
  std::string subject;
  std::string name;
  std::string kind = "DV";
  std::string organisation;
  std::vector<std::string> names;
  Instant end;
  bool revoked = false;
};

class Knowledge {
 public:
  /// Reads an event, as the customer would.
  void learn(const Event& event, const Facts& facts);
  /// Remembers what was asked for with a command. A request is made before, and happens after.
  void sent(const Command& command);

  [[nodiscard]] const std::array<Order, kApplications>& orders() const { return orders_; }
  /// The application that was approved with the last request; kApplications if none was.
  [[nodiscard]] std::uint8_t just_approved() const { return just_approved_; }
  [[nodiscard]] const std::vector<Known>& certificates() const { return certificates_; }
  /// The n-th certificate, counting in a circle; null before there is one.
  [[nodiscard]] const Known* known(std::uint8_t n) const;
  /// Its subject. Those issued in the run have no name that a story could know beforehand.
  [[nodiscard]] std::string reference(std::uint8_t n) const;
  /// Its common name, or an ordinary one before there is a certificate.
  [[nodiscard]] std::string name_of(std::uint8_t n) const;

 private:
  void read_mail(const Event& event, const Record& said, const Facts& facts);
  void know(const Event& event, const Facts& facts, Value name, Value kind, Value organisation,
            Value names, Value end);
  Order* order_of(TextId subject, const Facts& facts);

  std::array<Order, kApplications> orders_;
  std::uint8_t just_approved_ = kApplications;
  std::vector<Known> certificates_;
};

}  // namespace shinsa::properties::campaign::jpdirect_reissue
