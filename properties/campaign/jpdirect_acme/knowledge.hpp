/// What the customers know: what the trace has shown, and what was asked for. Nothing of the rules.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "model/vocabulary/events.hpp"
#include "properties/campaign/jpdirect_acme/beginning.hpp"

namespace shinsa::properties::campaign::jpdirect_acme {

struct Person {
  std::string eab;  ///< the newest
  Instant eab_issued;
  bool pressed = false;
};

struct Registration {
  std::string name{kNames[0]};  ///< as entered last
  std::string kind = "DV";
  std::uint8_t screen = 0;  ///< how many were passed, the fixed application being the fifth
  std::uint8_t before = 0;  ///< before the last one was sent
  std::string bill;
  std::int64_t fee = 0;
  bool paid = false;
  bool complete = false;
  Instant completed;
};

struct Challenge {
  std::string subject, token, string;
};

struct Authorization {
  std::string subject, name;
  Challenge file, txt;
  bool placed = false;   ///< its strings were put somewhere
  bool by_file = false;  ///< on a web server
  bool silent = false;   ///< where nobody answers
  bool answered = false;
  bool valid = false;
  Instant offered;
};

struct Order {
  bool asked = false;  ///< and not refused
  bool created = false;
  std::vector<std::string> names;
  std::string account = "account/1";
  std::vector<Authorization> authorizations;
  bool finalized = false;
  std::string certificate;
  [[nodiscard]] bool ready() const;
};

/// Whether that variant of placing strings is by file, else by record.
[[nodiscard]] bool is_by_file(std::uint8_t placed);
/// The variants after which nobody answers: a slow web server, a name server that is down.
inline constexpr std::uint8_t kSlowSite = 12;
inline constexpr std::uint8_t kDeadZone = 13;

class Knowledge {
 public:
  /// Reads an event, as the customers would.
  void learn(const Event& event, const Facts& facts);
  /// Remembers what was asked for with a command. A request is made before, and happens after.
  void sent(const Command& command);

  [[nodiscard]] const Person& person(std::uint8_t n) const { return people_[n % kCustomers]; }
  [[nodiscard]] const Registration& registration(std::uint8_t n) const {
    return registrations_[n % kThings];
  }
  /// The account that the n-th order is made with: the customer's first, if there is one.
  [[nodiscard]] std::string account_for(std::uint8_t n) const;
  /// An order that was not asked for yet, or kThings.
  [[nodiscard]] std::uint8_t fresh_order(std::uint8_t n) const;
  [[nodiscard]] const Order& order(std::uint8_t n) const { return orders_[n % kThings]; }
  /// The n-th certificate that the trace has shown, counting in a circle; one that nobody has
  /// before there is one.
  [[nodiscard]] std::string certificate(std::uint8_t n) const;
  /// A registered name of the customer whose order the n-th is; an ordinary one without any.
  [[nodiscard]] std::string registered(std::uint8_t n, std::uint8_t which) const;
  /// How many it has shown.
  [[nodiscard]] std::size_t certificates() const { return certificates_.size(); }

 private:
  void of_a_registration(const Event& event, const Record& said, const Facts& facts,
                         std::uint8_t n);
  void of_an_order(const Event& event, const Record& said, const Facts& facts);
  void offered(const Event& event, const Record& said, const Facts& facts);
  Authorization* authorization(std::string_view subject);

  std::array<Person, kCustomers> people_;
  std::array<Registration, kThings> registrations_;
  std::array<bool, kThings> accounts_{};
  std::array<Order, kThings> orders_;
  std::vector<std::string> certificates_;
};

}  // namespace shinsa::properties::campaign::jpdirect_acme
