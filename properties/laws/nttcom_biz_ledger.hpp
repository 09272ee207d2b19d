/// The ledger of nttcom-biz: what a trace has said so far, as an outsider can know it.
///
/// It takes events one by one and judges none. Which of several forms a refusal answers, a trace
/// does not say: the ledger keeps all that may stand, and a law asks whether `some` of them fits.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/events.hpp"
#include "properties/laws/by_subject.hpp"
#include "properties/laws/place.hpp"

namespace shinsa::properties::nttcom_biz {

struct Contract {
  TextId subject;
  Instant starts;
  TextId contact;  ///< mail address of the application contact, as it is now
  std::optional<Instant> ended;
  Line logged_in;  ///< the first time that may have succeeded
};

/// A form as it was sent, or the start of a renewal.
struct Form {
  Instant at;
  Line line;
  Record said;
  /// A field by name; absent where the form has none of that name.
  template <Literal Name>
  [[nodiscard]] Value get() const {
    return field_of<Name>(said);
  }
};

struct Mail {
  TextId to, code;
  Instant at;
};

struct Approval {
  Value code;
  Instant at;
};

struct Application {
  TextId subject;
  TextId contract;  ///< empty where its forms say different ones
  bool renewal = false;
  std::vector<Form> forms;
  std::size_t refusals = 0;
  Line checked;  ///< of a renewal, its start
  Line forwarded;
  bool documents_here = false;
  std::size_t queries = 0;
  std::vector<Record> answers;  ///< of WHOIS, since it was last asked
  bool was_hidden = false;
  std::vector<Mail> mails;
  std::vector<Approval> approvals;
  std::size_t calls = 0;
  std::size_t calls_answered = 0;
  bool confirmed = false;
  std::optional<Instant> denied;
  TextId certificate;
  std::size_t issued = 0;
  std::optional<Instant> cancelled;  ///< through NTT Communications, in whichever way
  Line cancelled_line;
  /// Whether some form that may have been accepted is as `fits` says.
  template <class Fits>
  [[nodiscard]] bool some(const Fits& fits) const {
    return refusals < forms.size() && std::ranges::any_of(forms, fits);
  }
};

/// Another change.
struct Change {
  TextId subject;
  std::vector<Form> requests;
  std::optional<Instant> completed;
};

struct Certificate {
  TextId subject;
  TextId application;  ///< empty for one known from before
  TextId contract;
  Instant begin, end;
  bool elsewhere = false;
  Line installed;       ///< most recently
  Line restarted;       ///< most recently
  bool failed = false;  ///< some restart did
  std::optional<Instant> set;
  std::size_t completions = 0;
  std::size_t invoices = 0;
  bool cancelled = false;  ///< by a reply after the setting
  bool revoked = false;
  bool renewal_started = false;
};

struct Demand {
  TextId subject;
  bool grave = false;
  bool defect = false;
};

struct Question {
  TextId subject;
  bool technical = false;
  bool answered = false;
};

class Ledger : public Place {
 public:
  /// Everything that it knows.
  template <class Self>
  [[nodiscard]] static auto parts(Self& self) {
    return std::tie(self.contracts_, self.applications_, self.changes_, self.certificates_,
                    self.demands_, self.questions_);
  }
  /// Begins a new trace, in the memory of the last.
  void restart() {
    Place::restart();
    std::apply([](auto&... part) { (part.clear(), ...); }, parts(*this));
  }
  /// Enters what the event says.
  void enter(const Event& event, const Record& said);

  using Place::list;
  using Place::text;
  [[nodiscard]] std::string_view text(Value value) const { return text(value.text()); }
  [[nodiscard]] std::span<const TextId> list(Value value) const { return list(value.list()); }

  // What is on record. Null for what was never spoken of.
  [[nodiscard]] const Application* find_application(TextId subject) const;
  [[nodiscard]] const Certificate* find_certificate(TextId subject) const;
  [[nodiscard]] const Contract* find_contract(TextId subject) const;
  [[nodiscard]] const Change* find_change(TextId subject) const;
  [[nodiscard]] const std::deque<Demand>& demands() const { return demands_; }
  [[nodiscard]] const BySubject<Application>& applications() const { return applications_; }
  [[nodiscard]] const BySubject<Certificate>& certificates() const { return certificates_; }
  [[nodiscard]] const BySubject<Change>& changes() const { return changes_; }
  [[nodiscard]] const BySubject<Question>& questions() const { return questions_; }

  // What follows from it.

  /// Whether a mail says that it is for that.
  [[nodiscard]] bool is_for(const Record& mail, std::string_view purpose) const;
  [[nodiscard]] bool is_domain_use(const Record& mail) const;
  /// The end of the days in which the link of a mail may be approved.
  [[nodiscard]] Instant end_of_link(Instant sent) const;
  /// Whether the application was approved by a link of this mail while it was open.
  [[nodiscard]] bool approved_by(const Application& a, const Mail& mail) const;
  /// The addresses that an answer of WHOIS has for the role of the kind of domain; of a kind that
  /// no clause names, all of them. None if it is hidden.
  [[nodiscard]] std::vector<TextId> of_the_role(const Record& answer) const;
  [[nodiscard]] bool is_organisational(const Record& answer) const;
  /// As WHOIS says it; perhaps no kind that there is.
  [[nodiscard]] std::string_view kind_of_domain(const Record& answer) const;
  /// Whether an application surely was in hand at an instant, between two lines of the trace: it
  /// had been checked, and nothing that may have ended it had come.
  [[nodiscard]] bool was_in_hand(const Application& a, Instant at, Line line) const;

 private:
  Application& application(TextId subject);
  void open(TextId subject, const Record& said, bool renewal);
  void whois_answer(const Event& event, const Record& said);
  void mail(const Event& event, const Record& said);
  void call(const Event& event, const Record& said);
  void cancellation(const Event& event, const Record& said);
  void certificate_known(const Event& event, const Record& said);
  void issue(const Event& event, const Record& said);
  void restart(const Event& event, const Record& said);
  void enter_about_contracts(const Event& event, const Record& said);
  void enter_about_certificates(const Event& event, const Record& said);

  BySubject<Contract> contracts_;
  BySubject<Application> applications_;
  BySubject<Change> changes_;
  BySubject<Certificate> certificates_;
  std::deque<Demand> demands_;
  BySubject<Question> questions_;
};

}  // namespace shinsa::properties::nttcom_biz
