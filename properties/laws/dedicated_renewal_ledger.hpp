/// The ledger of dedicated-renewal: what a trace has said so far, as an outsider can know it.
///
/// It takes events one by one and judges none. Whether a request was refused a trace does not say:
/// the ledger leaves out what the page itself makes void (an answer before the question, money
/// before the invoice) and keeps the rest, and a law asks whether some of it fits.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/distinguished_name.hpp"
#include "model/vocabulary/events.hpp"
#include "properties/laws/by_subject.hpp"
#include "properties/laws/place.hpp"

namespace shinsa::properties::dedicated_renewal {

/// The fields of a subject as an event says them.
struct Name {
  TextId cn, organisation, unit, locality, prefecture, country;
  friend bool operator==(const Name&, const Name&) = default;
};

struct Customer {
  TextId subject;
  TextId plan;
  bool card = false;  ///< one is on record
};

struct Certificate {
  TextId subject;
  TextId customer;
  Name name;
  Value brand;
  Instant begin, end;
  Instant known;  ///< when the trace first spoke of it
  bool issued_here = false;
  std::optional<Instant> told;   ///< of its expiry, the first time
  std::optional<Instant> asked;  ///< for the intent, the first time
  std::optional<bool> wants;     ///< the last word since it was asked
  bool has_declined = false;     ///< some word was no
  bool ordered = false;          ///< an order stands
  bool renewed = false;          ///< its successor was issued
  bool plan_change = false;
};

/// Application documents, perhaps refused.
struct Documents {
  Name name;
  Value key;
  bool sound = false;  ///< with an organisation, and a CSR for the name that nothing is wrong with
};

/// How far somebody is on the way through the billing screens.
enum class Screen : std::uint8_t { outside, home, history, document, card_choice };

struct Order {
  TextId subject;
  TextId certificate;
  Instant at;
  std::int64_t amount = 0;
  TextId bill;
  bool told = false;
  bool invoiced = false;
  bool withdrawn = false;
  std::int64_t received = 0;
  Screen screen = Screen::outside;
  bool card_chosen = false;  ///< 『続く』 was pressed with a card
  bool charging = false;
  bool card_was_declined = false;
  bool by_card = false;         ///< a card has paid
  std::optional<Instant> paid;  ///< when the whole bill was there
  bool confirmed = false;
  std::vector<Documents> documents;  ///< prepared after the payment was confirmed
  bool applied = false;
  bool reviewing = false;
  bool reviewed = false;
  std::size_t issued = 0;
};

struct Site {
  std::string host;  ///< lower case
  TextId certificate;
  /// What a visitor may be shown who came to it: it takes its time.
  struct Visit {
    Instant at;
    TextId certificate;
  };
  std::vector<Visit> visits;  ///< since all were last shown something
  std::size_t shown = 0;      ///< to how many of them
};

class Ledger : public Place {
 public:
  /// Everything that it knows.
  template <class Self>
  [[nodiscard]] static auto parts(Self& self) {
    return std::tie(self.customers_, self.certificates_, self.orders_, self.sites_);
  }
  /// Begins a new trace, in the memory of the last.
  void restart() {
    Place::restart();
    std::apply([](auto&... part) { (part.clear(), ...); }, parts(*this));
  }
  /// Enters what the event says.
  void enter(const Event& event, const Record& said);

  // What is on record. Null for what was never spoken of.

  [[nodiscard]] const Customer* find_customer(TextId subject) const;
  [[nodiscard]] const Certificate* find_certificate(TextId subject) const;
  [[nodiscard]] const Order* find_order(TextId subject) const;
  /// By a subject such as `site/www.example.jp`.
  [[nodiscard]] const Site* find_site(TextId subject) const;
  [[nodiscard]] const BySubject<Certificate>& certificates() const { return certificates_; }
  [[nodiscard]] const BySubject<Order>& orders() const { return orders_; }
  [[nodiscard]] const std::deque<Site>& sites() const { return sites_; }

  // What follows from it.

  /// Whether a mail serves the purpose.
  [[nodiscard]] bool serves(const Record& mail, std::string_view purpose) const;
  /// The first and the first-no-longer instant of the days of notice and inquiry (reading REN-Q1).
  [[nodiscard]] std::pair<Instant, Instant> notice_days(const Certificate& c) const;
  /// Whether two subjects are the same for a renewal (reading REN-Q5).
  [[nodiscard]] bool same_name(const Name& a, const Name& b) const;
  /// Whether an issue now would come in time for a renewal (readings REN-Q4, REN-Q10).
  [[nodiscard]] bool in_time(const Order& order, const Certificate& old) const;
  [[nodiscard]] bool is_symantec(const Certificate& c) const;
  /// Whether a certificate with that end may be a renewal of the old one.
  [[nodiscard]] bool ends_as_renewed(const Certificate& old, Instant end) const;
  /// Whether one that is issued now ends as a new one.
  [[nodiscard]] bool ends_as_new(Instant end) const;
  /// The subject as a browser shows it.
  [[nodiscard]] std::string subject_line(const Name& name) const;
  /// The fields of a subject in an event of some type.
  [[nodiscard]] static Name name_in(const Record& said);

 private:
  void certificate(const Event& event, const Record& said, TextId customer, bool issued_here);
  void serve(const Certificate& c);
  static void show(Site& site);
  void mail(const Event& event, const Record& said);
  void intent(const Event& event, const Record& said);
  void order(const Event& event, const Record& said);
  void transfer(const Event& event, const Record& said);
  void press(const Event& event, const Record& said);
  void card(const Event& event, const Record& said);
  void documents(const Event& event, const Record& said);
  void issue(const Event& event, const Record& said);
  void pay(Order& order);
  [[nodiscard]] Date years_on(Date date, std::int64_t years) const;
  [[nodiscard]] bool same_text(TextId a, TextId b) const;
  Certificate* certificate_of(TextId subject);
  Order* order_of(TextId subject);

  BySubject<Customer> customers_;
  BySubject<Certificate> certificates_;
  BySubject<Order> orders_;
  std::deque<Site> sites_;
};

}  // namespace shinsa::properties::dedicated_renewal
