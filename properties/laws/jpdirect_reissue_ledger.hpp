/// The ledger of jpdirect-reissue: what a trace has said so far, as an outsider can know it.
///
/// It takes events one by one and judges none. Which of several forms an answer belongs to, a trace
/// does not say: the ledger keeps all that may stand, and a law asks whether `some` of them fits.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/events.hpp"
#include "properties/laws/by_subject.hpp"
#include "properties/laws/place.hpp"

namespace shinsa::properties::jpdirect_reissue {

struct Customer {
  TextId subject;
  TextId billing;
  ListId managed;
};

struct Certificate {
  TextId subject;
  TextId customer;
  std::string name;  ///< common name, lower case
  Value kind;
  Value names;
  Value key;
  TextId organisation;
  TextId application;  ///< empty for one known from before
  Instant begin, end;
  std::optional<Instant> revoked;
  Line revoked_line;  ///< none: from before
  std::optional<Instant> telephoned;
  bool elsewhere = false;
  bool revocation_asked = false;
  bool replaced = false;         ///< a reissue of it was issued
  bool revocation_owed = false;  ///< and the consent to its revocation binds (JPR-Q2)
  std::vector<Value> reasons;    ///< given in requests for its revocation
  [[nodiscard]] bool active(Instant at) const { return at <= end && !(revoked && *revoked <= at); }
};

/// A form or an order as the customer sent it. Which one an answer belongs to, a trace does not
/// say.
struct Submission {
  Instant at;
  Line line;
  TextId source;
  std::string name;
  Value kind, key, names, mail, csr;
  std::string csr_name;  ///< common name in the CSR of a re-application, lower case; or empty
  TextId csr_problem;    ///< what examination found
  TextId organisation;
  TextId revoke_first;
  bool consent = false;
  bool changed = false;  ///< by re-application
  bool refused = false;  ///< surely: everything asked for so far was answered by a refusal
  friend bool operator==(const Submission&, const Submission&) = default;
};

struct Application {
  TextId subject;
  TextId customer;
  TextId inquirer;
  Instant asked;
  std::vector<TextId> namers;  ///< who inquired and said which certificate is meant
  bool ordered = false;        ///< order.received was seen
  bool guidance = false;
  bool went_on = false;       ///< something happened that only an accepted submission allows
  std::size_t asked_for = 0;  ///< requests that may be refused
  std::size_t refusals = 0;
  std::vector<Submission> submissions;
  /// An order, unless an inquiry under the same name was answered with the form.
  [[nodiscard]] bool order() const { return ordered && !guidance; }
  /// Whether every request so far must have been refused, the answered inquiry apart.
  [[nodiscard]] bool nothing_stands() const {
    return !went_on && refusals + (guidance ? 1 : 0) >= asked_for;
  }
  /// Whether some submission that may have been accepted is as `fits` says.
  template <class Fits>
  [[nodiscard]] bool some(const Fits& fits) const {
    return !nothing_stands() && std::ranges::any_of(submissions, [&](const Submission& s) {
      return !s.refused && fits(s);
    });
  }
  bool mailed = false;
  Line mailed_line;  ///< first
  TextId code;
  bool approved = false;
  Instant approved_at;
  bool confirmed_by_telephone = false;
  Instant telephoned;
  bool called = false;
  std::size_t invoices = 0;
  TextId bill;
  std::int64_t fee = 0;
  std::int64_t paid = 0;
  [[nodiscard]] bool is_paid() const { return bill && paid >= fee; }
  bool payment_confirmed = false;
  bool by_card = false;
  std::size_t issued = 0;
  TextId certificate;
  Instant issued_at;
  bool completed = false;
  Asking page;                     ///< its page on MyPage
  std::size_t approval_mails = 0;  ///< since it was last asked for anything
};

struct Question {
  TextId subject;
  std::string_view topic;
  bool answered = false;
};

/// What a mail is for, as its subject tells.
enum class MailKind : std::uint8_t { domain_control_dv, domain_control_ov, completion, other };

/// A domain-validated type; others are organisation-validated.
[[nodiscard]] bool is_dv(Value kind);
/// The word of a reason for revocation; nothing said is as good as unspecified.
[[nodiscard]] std::string_view reason(Value value);

class Ledger : public Place {
 public:
  /// Everything that it knows.
  template <class Self>
  [[nodiscard]] static auto parts(Self& self) {
    return std::tie(self.customers_, self.directory_, self.certificates_, self.applications_,
                    self.questions_);
  }
  /// Begins a new trace, in the memory of the last.
  void restart() {
    Place::restart();
    std::apply([](auto&... part) { (part.clear(), ...); }, parts(*this));
    kinds_.clear();
  }
  void tell_needed(Needed& needed) const {
    Place::tell_needed(needed);
    needed.keys(kinds_);
  }
  /// Enters what the event says.
  void enter(const Event& event, const Record& said);

  // What is on record. Null for what was never spoken of.

  /// An application that is spoken of for the first time is opened.
  [[nodiscard]] Application& application(TextId subject);
  [[nodiscard]] const Application* find_application(TextId subject) const;
  [[nodiscard]] const Certificate* find_certificate(TextId subject) const;
  [[nodiscard]] const Question* find_question(TextId subject) const;
  [[nodiscard]] const BySubject<Customer>& customers() const { return customers_; }
  [[nodiscard]] const BySubject<Certificate>& certificates() const { return certificates_; }
  [[nodiscard]] const BySubject<Application>& applications() const { return applications_; }
  [[nodiscard]] const BySubject<Question>& questions() const { return questions_; }

  // What follows from it.

  [[nodiscard]] MailKind kind_of_mail(const Record& said) const;
  /// Whether the customer manages the name.
  [[nodiscard]] bool manages(const Application& a, const std::string& name) const;
  /// Whether a form has all that it must have: a sound CSR between its marks, an address.
  [[nodiscard]] bool is_whole(const Submission& s) const;
  /// Whether every submission that may stand is for a name that the customer manages.
  [[nodiscard]] bool needs_no_approval(const Application& a) const;
  /// Whether a mail for approval may be one that asks for nothing (reading JPR-Q9).
  [[nodiscard]] bool may_need_no_approval(const Application& a) const;
  /// Whether a third party's directory has the number under the organisation.
  [[nodiscard]] bool lists(TextId organisation, Value number) const;
  /// Whether both conditions held on the day when leaving out the call may have been decided: which
  /// day it was a trace does not say, at the earliest that of the domain check (reading JPR-Q7).
  [[nodiscard]] bool telephone_may_be_waived(const Application& a, const Submission& s) const;
  /// The same names in any order and case; true where one side does not say.
  [[nodiscard]] bool same_names(Value a, Value b) const;
  /// Active certificates that count together with one.
  [[nodiscard]] std::size_t active_with(const Certificate& one) const;
  /// The certificate that `certificate.issued` speaks of, not yet on record.
  [[nodiscard]] Certificate issued_here(const Event& event, const Record& said,
                                        const Application& a) const;

 private:
  void certificate_known(const Event& event, const Record& said);
  void inquiry(const Event& event, const Record& said);
  void form(const Event& event, const Record& said);
  void order(const Event& event, const Record& said);
  void resubmission(const Event& event, const Record& said);
  void invoice(const Event& event, const Record& said);
  void payment(const Event& event, const Record& said);
  void mail(const Event& event, const Record& said);
  void approval(const Event& event, const Record& said);
  void answer(const Event& event, const Record& said);
  void revocation_request(const Event& event, const Record& said);
  void issue(const Event& event, const Record& said);
  void replace_sources(const Application& a);
  void question(const Event& event, const Record& said);
  [[nodiscard]] std::optional<Instant> last_call(const Application& a) const;

  BySubject<Customer> customers_;
  std::vector<std::pair<TextId, Value>> directory_;
  BySubject<Certificate> certificates_;
  BySubject<Application> applications_;
  BySubject<Question> questions_;
  mutable std::map<TextId, MailKind> kinds_;  // by subject of the mail, as far as asked for
};

}  // namespace shinsa::properties::jpdirect_reissue
