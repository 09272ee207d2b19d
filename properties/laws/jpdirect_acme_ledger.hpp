/// The ledger of jpdirect-acme: what a trace has said so far, as an outsider can know it.
///
/// It takes events one by one and judges none. Which of several drafts or requests was accepted, a
/// trace does not say: the ledger keeps all of them, and a law asks whether some of them fits.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/events.hpp"
#include "properties/laws/by_subject.hpp"
#include "properties/laws/place.hpp"

namespace shinsa::properties::jpdirect_acme {

struct Customer {
  TextId subject;
  TextId mail, billing;
  bool agreed = false;  ///< pressed the button of the ACME application, agreeing
  std::size_t eabs = 0;
  bool inquired = false;  ///< about an EAB, since the last one was issued
  bool has_account = false;
  Asking list;  ///< of the use-FQDNs
};

struct Eab {
  TextId subject, customer;
  Instant issued;
  bool notified = false;
  std::size_t accounts = 0;
};

struct Account {
  TextId subject, customer;
  struct Request {
    TextId eab;
    bool is_ours = true;
    bool by_mail = false;
    bool terms = false;  ///< agreed to
    Instant at;
  };
  std::vector<Request> requests;
};

struct Registration {
  TextId subject;
  struct Draft {
    TextId customer;
    std::string name;  ///< A-label, lower case; as entered where it has none
    Value kind;
    bool double_address = false;
  };
  std::vector<Draft> drafts;
  bool fixed = false;  ///< fqdn.confirmed was asked for
  std::size_t invoices = 0;
  TextId bill;
  std::int64_t fee = 0, paid = 0;
  std::optional<Instant> completed;
  Line completed_line;
  bool acceptance_told = false, completion_told = false;
  bool refund_asked = false;  ///< for a reason that is no slip
  bool refunded = false;
  Line refunded_line;
  bool effective = false;  ///< surely, or by some certificate that it covers
  [[nodiscard]] bool is_paid() const { return bill && paid >= fee; }
  /// Whether some draft was made in the name of the customer.
  [[nodiscard]] bool may_be_of(TextId customer) const {
    return std::ranges::count(drafts, customer, &Draft::customer) > 0;
  }
};

/// Of whom some draft speaks.
struct Holder {
  TextId subject;
  std::vector<TextId> registrations;  ///< with such a draft, each once
};

struct Order {
  TextId subject;
  struct Request {
    TextId account;
    ListId names;
    Instant at;
  };
  std::vector<Request> requests;  ///< of which some may have been refused
  bool created = false;
  TextId account;  ///< of the request that the order was created for
  ListId names;
  Instant at;
  bool finalized = false;
  std::vector<Value> keys;  ///< of the CSRs handed in
  bool some_csr_is_sound = false;
  std::size_t issued = 0;
};

struct Authorization {
  TextId subject, order;
  std::string name;
  bool valid_by_file = false, valid_by_dns = false;
  bool caa_asked = false;
  bool caa_failed = false;  ///< the last look-up did
};

struct Challenge {
  TextId subject, authorization;
  std::string name;
  std::string_view method;
  TextId token, string;
  Instant offered;
  // The last answer to a look.
  bool looked = false;
  Instant answered;
  bool gave_the_string = false;
  std::size_t records = 0;
  std::int64_t redirects = 0;
  bool by_https = false;
};

struct Certificate {
  TextId subject, order, account;
  std::vector<std::string> names;
  Instant end;
  bool revoked = false, revocation_asked = false;
};

struct Question {
  TextId subject;
  std::string_view topic;
  bool answered = false;
};

/// In A-labels and lower case, or as it is where there is no such form.
[[nodiscard]] std::string spelt(std::string_view name);
/// Whether a registered use-FQDN covers a name: itself, or itself with one `www` in front; the base
/// of a wildcard only where `with_base`.
[[nodiscard]] bool covers(std::string_view registered, std::string_view name, bool with_base);
/// Whether a certificate with that name is good for the host.
[[nodiscard]] bool is_good_for(std::string_view name, std::string_view host);
/// The first second after the month one year after `completed`.
[[nodiscard]] Instant end_of_its_month(Instant completed);

class Ledger : public Place {
 public:
  /// Everything that it knows.
  template <class Self>
  [[nodiscard]] static auto parts(Self& self) {
    return std::tie(self.customers_, self.eabs_, self.accounts_, self.registrations_, self.holders_,
                    self.orders_, self.authorizations_, self.challenges_, self.certificates_,
                    self.questions_);
  }
  /// Begins a new trace, in the memory of the last.
  void restart() {
    Place::restart();
    std::apply([](auto&... part) { (part.clear(), ...); }, parts(*this));
  }
  /// Enters what the event says.
  void enter(const Event& event, const Record& said);

  // What is on record. Null for what was never spoken of.

  [[nodiscard]] Customer* customer(TextId subject);
  [[nodiscard]] Eab* eab(TextId subject);
  [[nodiscard]] Account* account(TextId subject);
  [[nodiscard]] Registration* registration(TextId subject);
  [[nodiscard]] Order* order(TextId subject);
  [[nodiscard]] Authorization* authorization(TextId subject);
  [[nodiscard]] Challenge* challenge(TextId subject);
  [[nodiscard]] Certificate* certificate(TextId subject);
  [[nodiscard]] Question* question(TextId subject);
  [[nodiscard]] BySubject<Eab>& eabs() { return eabs_; }
  [[nodiscard]] BySubject<Registration>& registrations() { return registrations_; }
  [[nodiscard]] BySubject<Certificate>& certificates() { return certificates_; }
  [[nodiscard]] BySubject<Question>& questions() { return questions_; }

  /// Those with a draft in the name of the customer.
  [[nodiscard]] std::vector<Registration*> registrations_of(TextId customer);
  /// The newest of an order for that name; null if there is none.
  [[nodiscard]] const Authorization* authorization_of(const Order& order,
                                                      std::string_view name) const;
  /// The customer of an order's account.
  [[nodiscard]] TextId customer_of(TextId account);
  /// Whether some draft of a customer's registration covers the name.
  [[nodiscard]] bool covers_by_some(const Registration& r, TextId customer,
                                    std::string_view name) const;

 private:
  void known(const Event& event, const Record& said);
  void member(const Event& event, const Record& said, TextId mail, TextId billing);
  void draft(const Event& event, const Record& said);
  void enter_draft(Registration& of, Registration::Draft draft);
  void payment(const Event& event, const Record& said);
  void mail(const Event& event, const Record& said);
  void account_request(const Event& event, const Record& said);
  void order_request(const Event& event, const Record& said);
  void order_created(const Event& event, const Record& said);
  void offer(const Event& event, const Record& said);
  void dns_answer(const Event& event, const Record& said);
  void http_answer(const Event& event, const Record& said);
  void validation(const Event& event);
  void issue(const Event& event, const Record& said);
  void refund_request(const Event& event, const Record& said);
  void of_the_portal(const Event& event, const Record& said);
  void of_the_ca(const Event& event, const Record& said);

  BySubject<Customer> customers_;
  BySubject<Eab> eabs_;
  BySubject<Account> accounts_;
  BySubject<Registration> registrations_;
  BySubject<Holder> holders_;
  BySubject<Order> orders_;
  BySubject<Authorization> authorizations_;
  BySubject<Challenge> challenges_;
  BySubject<Certificate> certificates_;
  BySubject<Question> questions_;
};

}  // namespace shinsa::properties::jpdirect_acme
