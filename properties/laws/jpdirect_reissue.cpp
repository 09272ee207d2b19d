/// The laws of jpdirect-reissue, and the ledger they are read from.
#include <algorithm>
#include <array>
#include <deque>
#include <optional>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/name.hpp"
#include "properties/laws/law.hpp"

namespace shinsa::properties {

namespace {

// -- the ledger: what a trace has said so far
// ------------------------------------------------------

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
  TextId organisation;
  TextId application;  ///< empty for one known from before
  Instant begin, end;
  std::optional<Instant> revoked;
  std::size_t revoked_line = 0;  ///< 0: from before
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
  std::size_t line = 0;
  TextId source;
  std::string name;
  Value kind, key, names, mail;
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
  bool ordered = false;  ///< order.received was seen
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
  bool mailed = false;
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
  bool payment_confirmed = false;
  bool by_card = false;
  std::size_t issued = 0;
  TextId certificate;
  Instant issued_at;
  bool completed = false;
};

struct Question {
  TextId subject;
  std::string_view topic;
  bool answered = false;
};

bool is_dv(Value kind) { return choice_word(kProducts, kind.number()).starts_with("DV"); }

std::string lowered(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

/// The subject of the domain-control mail before the common name, as mail programs show it.
std::string beginning(std::string_view label) {
  return as_read(std::string(label.substr(0, label.find('['))));
}

enum LawId : std::size_t {
  kPaidBeforeReview,
  kAtMostTwo,
  kReissueIsFree,
  kOneInvoice,
  kIssueAfterDomainControl,
  kOvIsTelephoned,
  kDirectoryNumber,
  kMailToTheChosenAddress,
  kNoMailForManagedNames,
  kCompletionToBilling,
  kOneCertificate,
  kEndsWithTheSource,
  kNewEndsWithTheMonth,
  kConsent,
  kNoUnaskedRevocation,
  kReasonAsAsked,
  kNotInTheMonthOfExpiry,
  kSourceIsGood,
  kSameNameAndType,
  kKeyOfTheCsr,
  kNamesAsApplied,
  kReapplicationOffered,
  kTechnicalNotAnswered,
  kPortalInstallsNothing,
  kInquiryAnswered,
  kCompletionFollows,
  kQuestionAnswered,
  kAskedRevocationDone,
  kPaymentConfirmed,
  kTwoAreActive,
  kHeldAndIssued,
  kTelephoneWaived,
  kDomainWaived,
  kPaidByCard,
  kPaidByTransfer,
  kChanged,
  kRefusedInTheMonth,
  kConsentedRevocation,
  kLaws
};

const std::vector<Law>& table() {
  using enum LawKind;
  static const std::vector<Law> all = [] {
    std::vector<Law> t(kLaws);
    t[kPaidBeforeReview] = {"paid-before-review",
                            always,
                            {kClause<"JPR-10">, kClause<"JPR-33">},
                            "Nothing of the CA's review and no issue happens to an order whose fee "
                            "has not been received.",
                            "料金が入金されていない申込みについて、審査も発行も行われない。"};
    t[kAtMostTwo] = {"at-most-two-active",
                     always,
                     {kClause<"JPR-23">},
                     "At no instant are more than two certificates active for one common name.",
                     "同一コモンネームで同時に有効な証明書が2枚を超えることはない。"};
    t[kReissueIsFree] = {"reissue-is-free",
                         always,
                         {kClause<"JPR-02">, kClause<"JPR-15">},
                         "A reissue is never billed.",
                         "再発行が請求されることはない。"};
    t[kOneInvoice] = {"one-invoice",
                      always,
                      {kClause<"JPR-15">},
                      "An order is billed once, whatever is changed later.",
                      "申込みの請求は一度だけで、再申請でも増えない。"};
    t[kIssueAfterDomainControl] = {
        "issue-after-domain-control",
        always,
        {kClause<"JPR-34">, kClause<"JPR-36">, kClause<"JPR-37">},
        "A certificate is issued after the approval by the mailed code, unless the customer "
        "manages the name.",
        "メールの承認手続きを経るか、お客様IDで管理するドメイン名でなければ発行されない。"};
    t[kOvIsTelephoned] = {
        "ov-is-telephoned",
        always,
        {kClause<"JPR-34">, kClause<"JPR-40">, kClause<"JPR-42">},
        "An OV certificate is issued after a confirmed call, unless both conditions of the waiver "
        "hold.",
        "OV証明書は電話確認の後、または省略の二条件をともに満たす場合に限り発行される。"};
    t[kDirectoryNumber] = {"directory-number",
                           always,
                           {kClause<"JPR-41">},
                           "The CA dials the number of the third party's directory.",
                           "認証局は第三者データベースの番号に電話する。"};
    t[kMailToTheChosenAddress] = {
        "mail-to-the-chosen-address",
        always,
        {kClause<"JPR-35">, kClause<"JPR-38">},
        "The domain-control mail goes to the address of the form, from the CA, with the subject of "
        "the type.",
        "利用権確認メールは種別に応じた件名で、認証局から申請書の認証先アドレスに送られる。"};
    t[kNoMailForManagedNames] = {
        "no-mail-for-managed-names",
        always,
        {kClause<"JPR-37">},
        "No domain-control mail is sent for a name managed under the same customer ID.",
        "同じお客様IDで管理するドメイン名には利用権確認メールが送られない。"};
    t[kCompletionToBilling] = {"completion-to-billing",
                               always,
                               {kClause<"JPR-43">, kClause<"JPR-44">},
                               "The completion mail goes to the billing contact and carries the "
                               "certificate that was issued.",
                               "発行完了メールは請求宛先に送られ、発行された証明書を含む。"};
    t[kOneCertificate] = {"one-certificate-per-application",
                          always,
                          {kClause<"ASM-04">},
                          "One application results in one certificate at most.",
                          "1件の申請から発行される証明書は1枚までである。"};
    t[kEndsWithTheSource] = {
        "ends-with-the-source",
        always,
        {kClause<"JPR-12">, kClause<"JPR-04">},
        "A reissued certificate ends with its source, and is issued before that end (reading "
        "JPR-Q12).",
        "再発行された証明書の有効期限は元の証明書と同じで、その期限までに発行される。"};
    t[kNewEndsWithTheMonth] = {"new-ends-with-the-month",
                               always,
                               {kClause<"ASM-01">},
                               "A new certificate ends with a month, twelve months on.",
                               "新規の証明書は12か月後の月末に終わる。"};
    t[kConsent] = {"consent-before-issue",
                   always,
                   {kClause<"JPR-32">},
                   "A reissue is issued only to a form with consent.",
                   "失効への同意がない申請では再発行されない。"};
    t[kNoUnaskedRevocation] = {
        "no-unasked-revocation",
        always,
        {kClause<"JPR-32">},
        "A certificate is revoked only if that was asked for, or its reissue exists.",
        "求められるか再発行が済むまで、証明書は失効されない。"};
    t[kReasonAsAsked] = {"reason-as-asked",
                         always,
                         {kClause<"POL-02">},
                         "A revocation that was asked for with a reason says no other.",
                         "理由を示して求められた失効に、別の理由は記載されない。"};
    t[kNotInTheMonthOfExpiry] = {"not-in-the-month-of-expiry",
                                 always,
                                 {kClause<"JPR-21">},
                                 "Nothing is issued to a form that arrived in the month of expiry "
                                 "of its source (readings JPR-Q3, JPR-Q4).",
                                 "元の証明書の有効期限日の当月に届いた申請では発行されない。"};
    t[kSourceIsGood] = {"source-is-good",
                        always,
                        {kClause<"JPR-04">, kClause<"JPR-16">, kClause<"JPR-22">},
                        "The source of a reissue was valid, issued through JPDirect and not "
                        "revoked when the form arrived.",
                        "再発行の元の証明書は、申請到着時にJPDirect発行で有効かつ未失効である。"};
    t[kSameNameAndType] = {"same-name-and-type",
                           always,
                           {kClause<"JPR-17">, kClause<"JPR-18">},
                           "A reissue has the common name and the type of its source.",
                           "再発行ではコモンネームと種類が変わらない。"};
    t[kKeyOfTheCsr] = {"key-of-the-csr",
                       always,
                       {kClause<"JPR-26">},
                       "The certificate has the key of the CSR.",
                       "証明書の鍵はCSRの鍵である。"};
    t[kNamesAsApplied] = {"names-as-applied",
                          always,
                          {kClause<"JPR-19">},
                          "The certificate carries the names that were applied for.",
                          "証明書は申請どおりの名前を持つ。"};
    t[kReapplicationOffered] = {
        "re-application-offered",
        always,
        {kClause<"JPR-14">},
        "While an application under review is pending, MyPage shows the button.",
        "審査中の申請がある間、マイページに再申請ボタンが表示される。"};
    t[kTechnicalNotAnswered] = {"technical-not-answered",
                                always,
                                {kClause<"JPR-46">},
                                "Technical questions are not answered by JPDirect.",
                                "技術的な質問にJPDirectは回答しない。"};
    t[kPortalInstallsNothing] = {"portal-installs-nothing",
                                 always,
                                 {kClause<"JPR-25">},
                                 "JPDirect installs no certificate.",
                                 "JPDirectは証明書をインストールしない。"};
    t[kInquiryAnswered] = {"inquiry-answered",
                           eventually,
                           {kClause<"JPR-30">},
                           "Every inquiry is answered with the form, or refused.",
                           "問い合わせには申請フォームが送られるか、拒否される。"};
    t[kCompletionFollows] = {"completion-follows",
                             eventually,
                             {kClause<"JPR-43">},
                             "A completion mail follows every issue.",
                             "発行には必ず完了メールが続く。"};
    t[kQuestionAnswered] = {"question-answered",
                            eventually,
                            {kClause<"JPR-49">},
                            "Every question gets an answer.",
                            "質問には必ず応答がある。"};
    t[kAskedRevocationDone] = {
        "asked-revocation-done",
        eventually,
        {kClause<"JPR-24">},
        "A revocation that was asked for while the certificate was active "
        "(under a reading of JPR-Q2 also the consented one) is done, or it "
        "expires first.",
        "有効な証明書の失効依頼は(JPR-Q2の解釈によっては同意に基づく失効も)、期限切"
        "れになる前に実行される。"};
    t[kPaymentConfirmed] = {"payment-confirmed",
                            eventually,
                            {kClause<"JPR-33">},
                            "A fee that was received is confirmed.",
                            "受領した料金は入金確認される。"};
    t[kTwoAreActive] = {"two-are-active",
                        sometimes,
                        {kClause<"JPR-23">},
                        "Two certificates are active at once.",
                        "2枚が同時に有効になる。"};
    t[kHeldAndIssued] = {"issued-after-a-revocation",
                         sometimes,
                         {kClause<"JPR-24">},
                         "A certificate is issued in the place of one that was revoked.",
                         "失効で空いた枠に発行される。"};
    t[kTelephoneWaived] = {"telephone-waived",
                           sometimes,
                           {kClause<"JPR-42">},
                           "An OV certificate is issued without a call.",
                           "電話確認なしにOV証明書が発行される。",
                           "JPR-Q6=renewals-only"};
    t[kDomainWaived] = {"domain-control-waived",
                        sometimes,
                        {kClause<"JPR-37">},
                        "A certificate is issued without a domain-control mail.",
                        "利用権確認メールなしに発行される。"};
    t[kPaidByCard] = {"paid-by-card",
                      sometimes,
                      {kClause<"JPR-11">},
                      "A certificate is issued to an order paid by card.",
                      "カード払いの申込みに発行される。"};
    t[kPaidByTransfer] = {"paid-by-transfer",
                          sometimes,
                          {kClause<"JPR-10">},
                          "A certificate is issued to an order paid by transfer.",
                          "振込の申込みに発行される。"};
    t[kChanged] = {"changed-before-issue",
                   sometimes,
                   {kClause<"JPR-13">},
                   "An application that was changed by re-application is issued.",
                   "再申請で変更された申請に発行される。"};
    t[kRefusedInTheMonth] = {"refused-in-the-month",
                             sometimes,
                             {kClause<"JPR-21">},
                             "A form is refused in the month of expiry.",
                             "有効期限日の当月の申請が拒否される。"};
    t[kConsentedRevocation] = {"consented-revocation",
                               sometimes,
                               {kClause<"JPR-32">},
                               "The source is revoked on the strength of the consent.",
                               "同意に基づき元の証明書が失効される。"};
    return t;
  }();
  return all;
}

class JpdirectMonitor : public Monitor {
 public:
  JpdirectMonitor() { reset(); }

  void reset() override {
    customers_.clear();
    directory_.clear();
    certificates_.clear();
    applications_.clear();
    questions_.clear();
    breaches_.clear();
    shown_.assign(kLaws, false);
    chosen_.clear();
  }

  void see(const Event& event, const Facts& facts, std::size_t line) override {
    facts_ = &facts;
    now_ = event.time;
    line_ = line;
    const Record& said = facts.record(event.data);
    switch (event.type) {
      case kType<"log.opened">:
        return open(said);
      case kType<"fact.customer">:
        customers_.push_back({event.subject,
                              said.fields[kField<"fact.customer", "billing_mail">].text(),
                              said.fields[kField<"fact.customer", "managed_domains">].list()});
        return;
      case kType<"fact.directory">:
        directory_.emplace_back(event.subject, said.fields[kField<"fact.directory", "number">]);
        return;
      case kType<"fact.certificate">:
        return certificate_known(event, said);
      case kType<"inquiry.received">:
        return inquiry(event, said);
      case kType<"application.returned">:
        return form(event, said);
      case kType<"order.received">:
        return order(event, said);
      case kType<"application.resubmitted">:
        return resubmission(event, said);
      case kType<"application.refused">:
        return refusal(event, said);
      case kType<"invoice.issued">:
        return invoice(event, said);
      case kType<"payment.received">:
        return payment(event, said);
      case kType<"payment.confirmed">:
        if (Application* a = find(applications_, event.subject)) {
          if (!is_paid(*a)) breach(kPaidBeforeReview);
          a->payment_confirmed = true;
        }
        return;
      case kType<"mail.sent">:
        return mail(event, said);
      case kType<"domain.approved">:
        if (Application* a = find(applications_, event.subject)) {
          const Value code = said.fields[kField<"domain.approved", "code">];
          if (a->mailed && (!a->code || !code.present() || code.text() == a->code)) {
            a->approved = true;
            a->approved_at = now_;
          }
        }
        return;
      case kType<"call.made">:
        return call(event, said);
      case kType<"call.answered">:
        if (Application* a = find(applications_, event.subject)) {
          constexpr auto field = kField<"call.answered", "outcome">;
          if (a->called && choice_word(kEventTypes[event.type].fields[field].choices,
                                       said.fields[field].number()) == "confirmed") {
            a->confirmed_by_telephone = true;
            a->telephoned = now_;
          }
        }
        return;
      case kType<"revocation.requested">:
        if (Certificate* c = find(certificates_, event.subject); c && c->active(now_)) {
          c->revocation_asked = true;
          constexpr auto field = kField<"revocation.requested", "reason">;
          if (reason(said.fields[field]) != "unspecified") c->reasons.push_back(said.fields[field]);
        }
        return;
      case kType<"certificate.revoked">:
        return revoked(event, said);
      case kType<"certificate.issued">:
        return issued(event, said);
      case kType<"certificate.installed">:
        return breach(kPortalInstallsNothing);
      case kType<"mypage.shown">:
        return page(event, said);
      case kType<"question.asked">: {
        constexpr auto field = kField<"question.asked", "topic">;
        if (!find(questions_, event.subject))
          questions_.push_back({event.subject,
                                choice_word(kEventTypes[event.type].fields[field].choices,
                                            said.fields[field].number()),
                                false});
        return;
      }
      case kType<"question.answered">: {
        constexpr auto field = kField<"question.answered", "answer">;
        if (Question* q = find(questions_, event.subject)) {
          q->answered = true;
          if (q->topic == "technical" && choice_word(kEventTypes[event.type].fields[field].choices,
                                                     said.fields[field].number()) == "answered")
            breach(kTechnicalNotAnswered);
        }
        return;
      }
      default:
        return;
    }
  }

  void end(Instant now) override {
    now_ = now;
    for (const Application& a : applications_) {
      if (!a.ordered && a.inquirer && !a.guidance && a.refusals == 0) breach(kInquiryAnswered);
      if (a.issued && !a.completed) breach(kCompletionFollows);
      if (a.order() && is_paid(a) && !a.payment_confirmed) breach(kPaymentConfirmed);
    }
    for (const Question& q : questions_)
      if (!q.answered) breach(kQuestionAnswered);
    for (const Certificate& c : certificates_)
      if ((c.revocation_asked || c.revocation_owed) && !c.revoked && now <= c.end)
        breach(kAskedRevocationDone);
  }

 private:
  template <class T>
  static T* find(std::deque<T>& all, TextId subject) {
    for (T& one : all)
      if (one.subject == subject) return &one;
    return nullptr;
  }
  void breach(std::size_t law) { breaches_.push_back({law, line_}); }
  void show(std::size_t law) { shown_[law] = true; }
  std::string_view text(TextId id) const { return facts_->text(id); }

  // -- what is on record
  // ---------------------------------------------------------------------------

  void open(const Record& said) {
    for (TextId id : facts_->list(said.fields[kField<"log.opened", "readings">].list()))
      chosen_.emplace_back(text(id));
  }
  /// Whether the trace was made under a reading that is not the default.
  template <Literal Id, Literal Name>
  [[nodiscard]] bool under() const {
    static_assert(ReadingChoice<Id, Name>::alternative > 0, "the default is what is not chosen");
    return std::ranges::any_of(chosen_, [](std::string_view chosen) {
      return chosen.size() == Id.view().size() + 1 + Name.view().size() &&
             chosen.starts_with(Id.view()) && chosen.ends_with(Name.view());
    });
  }

  void certificate_known(const Event& event, const Record& said) {
    if (find(certificates_, event.subject)) return;
    Certificate c;
    c.subject = event.subject;
    c.customer = said.fields[kField<"fact.certificate", "customer">].text();
    c.name = lowered(text(said.fields[kField<"fact.certificate", "cn">].text()));
    c.kind = said.fields[kField<"fact.certificate", "kind">];
    c.names = said.fields[kField<"fact.certificate", "sans">];
    c.organisation = said.fields[kField<"fact.certificate", "organisation">].text();
    c.begin = said.fields[kField<"fact.certificate", "not_before">].instant();
    c.end = said.fields[kField<"fact.certificate", "not_after">].instant();
    if (const Value at = said.fields[kField<"fact.certificate", "revoked">]; at.present())
      c.revoked = at.instant();
    if (const Value at = said.fields[kField<"fact.certificate", "telephone_confirmed">];
        at.present())
      c.telephoned = at.instant();
    constexpr auto by = kField<"fact.certificate", "issued_by">;
    if (const Value v = said.fields[by]; v.present())
      c.elsewhere = choice_word(kEventTypes[event.type].fields[by].choices, v.number()) == "other";
    certificates_.push_back(std::move(c));
  }

  // -- what the customer sends
  // ----------------------------------------------------------------------

  Application& application(TextId subject) {
    if (Application* a = find(applications_, subject)) return *a;
    applications_.emplace_back().subject = subject;
    return applications_.back();
  }

  void inquiry(const Event& event, const Record& said) {
    Application& a = application(event.subject);
    ++a.asked_for;
    if (a.inquirer) return;
    a.customer = said.fields[kField<"inquiry.received", "customer">].text();
    a.inquirer = said.fields[kField<"inquiry.received", "from">].text();
    a.asked = now_;
  }

  void form(const Event& event, const Record& said) {
    Submission s;
    s.at = now_;
    s.line = line_;
    s.source = said.fields[kField<"application.returned", "source">].text();
    s.name = lowered(text(said.fields[kField<"application.returned", "cn">].text()));
    s.kind = said.fields[kField<"application.returned", "kind">];
    s.key = said.fields[kField<"application.returned", "key">];
    s.names = said.fields[kField<"application.returned", "sans">];
    s.mail = said.fields[kField<"application.returned", "authentication_mail">];
    s.organisation = said.fields[kField<"application.returned", "organisation">].text();
    s.revoke_first = said.fields[kField<"application.returned", "revoke_first">].text();
    s.consent = said.fields[kField<"application.returned", "consent">].truth();
    submit(application(event.subject), std::move(s));
  }

  static void submit(Application& a, Submission s) {
    if (a.nothing_stands())
      for (Submission& before : a.submissions) before.refused = true;
    ++a.asked_for;
    a.submissions.push_back(std::move(s));
  }

  void order(const Event& event, const Record& said) {
    Application& a = application(event.subject);
    Submission s;
    s.at = now_;
    s.line = line_;
    s.name = lowered(text(said.fields[kField<"order.received", "cn">].text()));
    s.kind = said.fields[kField<"order.received", "kind">];
    s.key = said.fields[kField<"order.received", "key">];
    s.names = said.fields[kField<"order.received", "sans">];
    s.mail = said.fields[kField<"order.received", "authentication_mail">];
    s.organisation = said.fields[kField<"order.received", "organisation">].text();
    s.consent = true;
    a.ordered = true;
    if (!a.customer) a.customer = said.fields[kField<"order.received", "customer">].text();
    constexpr auto field = kField<"order.received", "payment">;
    a.by_card = choice_word(kPaymentMethods, said.fields[field].number()) == "card";
    submit(a, std::move(s));
  }

  void resubmission(const Event& event, const Record& said) {
    Application& a = application(event.subject);
    if (a.nothing_stands())
      for (Submission& before : a.submissions) before.refused = true;
    ++a.asked_for;
    // Which submission it changes, a trace does not say: each that may stand is changed.
    const std::vector<Submission> standing = a.submissions;
    for (Submission s : standing) {
      if (s.refused) continue;
      s.changed = true;
      changed_here(s, said);
      if (std::ranges::count(a.submissions, s) == 0) a.submissions.push_back(std::move(s));
    }
  }

  static void changed_here(Submission& s, const Record& said) {
    const auto take = [&](Value& into, std::size_t field) {
      if (said.fields[field].present()) into = said.fields[field];
    };
    take(s.key, kField<"application.resubmitted", "key">);
    take(s.names, kField<"application.resubmitted", "sans">);
    take(s.mail, kField<"application.resubmitted", "authentication_mail">);
    const Value organisation = said.fields[kField<"application.resubmitted", "organisation">];
    if (organisation.present()) s.organisation = organisation.text();
  }

  /// Which request a refusal answers, a trace does not say.
  void refusal(const Event& event, const Record& said) {
    Application* a = find(applications_, event.subject);
    if (!a) return;
    for (TextId id : facts_->list(said.fields[kField<"application.refused", "clauses">].list()))
      if (text(id) == clause(kClause<"JPR-21">).id) show(kRefusedInTheMonth);
    ++a->refusals;
  }

  void payment(const Event& event, const Record& said) {
    Application* a = find(applications_, event.subject);
    if (a && a->bill && said.fields[kField<"payment.received", "bill">].text() == a->bill)
      a->paid += said.fields[kField<"payment.received", "amount">].number();
  }

  // -- what the portal and the CA do
  // ----------------------------------------------------------------

  static bool is_paid(const Application& a) { return a.bill && a.paid >= a.fee; }
  void must_be_paid(const Application& a) {
    if (a.order() && !is_paid(a)) breach(kPaidBeforeReview);
  }

  /// Whether some submission that may have been accepted is as `fits` says.
  template <class Fits>
  static bool some(const Application& a, const Fits& fits) {
    return !a.nothing_stands() && std::ranges::any_of(a.submissions, [&](const Submission& s) {
      return !s.refused && fits(s);
    });
  }
  static void goes_on(Application& a) { a.went_on = true; }

  void invoice(const Event& event, const Record& said) {
    Application& a = application(event.subject);
    if (!a.ordered) return breach(kReissueIsFree);
    if (++a.invoices > 1) return breach(kOneInvoice);
    a.bill = said.fields[kField<"invoice.issued", "bill">].text();
    a.fee = said.fields[kField<"invoice.issued", "amount">].number();
  }

  bool manages(const Application& a, const std::string& name) const {
    for (const Customer& c : customers_)
      if (c.subject == a.customer)
        for (TextId domain : facts_->list(c.managed))
          if (is_at_or_under(name, text(domain))) return true;
    return false;
  }

  void mail(const Event& event, const Record& said) {
    const std::string subject =
        as_read(std::string(text(said.fields[kField<"mail.sent", "subject">].text())));
    const TextId to = said.fields[kField<"mail.sent", "to">].text();
    static const std::string dv = beginning(kLabel<"JPR-35", "subject">);
    static const std::string ov = beginning(kLabel<"JPR-38", "subject">);
    static const std::string done = as_read(std::string(kLabel<"JPR-43", "subject">));
    Application& a = application(event.subject);
    const bool for_dv = subject.starts_with(dv);
    if (for_dv || subject.starts_with(ov)) {
      must_be_paid(a);
      const TextId from = said.fields[kField<"mail.sent", "from">].text();
      if (!some(a,
                [&](const Submission& s) {
                  return is_dv(s.kind) == for_dv &&
                         same_mail_address(text(s.mail.text()), text(to));
                }) ||
          !same_mail_address(text(from), kLabel<"JPR-35", "sender">))
        breach(kMailToTheChosenAddress);
      const bool waived = !some(a, [&](const Submission& s) { return !manages(a, s.name); });
      if (waived && under<"JPR-Q9", "mail-without-approval">())
        return;  // asks for nothing, and commits the portal to nothing
      if (waived) breach(kNoMailForManagedNames);
      a.mailed = true;
      a.approved = false;
      a.code = said.fields[kField<"mail.sent", "code">].text();
      goes_on(a);
    } else if (subject == done) {
      a.completed = true;
      for (const Customer& c : customers_)
        if (c.subject == a.customer && !same_mail_address(text(c.billing), text(to)))
          breach(kCompletionToBilling);
      const Value carried = said.fields[kField<"mail.sent", "certificate">];
      if (!a.issued || (carried.present() && carried.text() != a.certificate))
        breach(kCompletionToBilling);
    } else {
      for (TextId what : facts_->list(said.fields[kField<"mail.sent", "attachments">].list()))
        if (text(what) == "application-form") a.guidance = true;
    }
  }

  void call(const Event& event, const Record& said) {
    Application& a = application(event.subject);
    must_be_paid(a);
    a.called = true;
    const Value number = said.fields[kField<"call.made", "number">];
    const bool listed = some(a, [&](const Submission& s) {
      const std::string wanted = "organisation/" + std::string(text(s.organisation));
      return std::ranges::any_of(directory_, [&](const auto& entry) {
        return text(entry.first) == wanted && entry.second == number;
      });
    });
    if (!listed) breach(kDirectoryNumber);
    goes_on(a);
  }

  void revoked(const Event& event, const Record& said) {
    Certificate* c = find(certificates_, event.subject);
    if (!c) return;
    bool by_form = false;
    for (const Application& a : applications_)
      by_form =
          by_form || some(a, [&](const Submission& s) { return s.revoke_first == c->subject; });
    if (!c->revocation_asked && !c->replaced && !by_form) breach(kNoUnaskedRevocation);
    if (c->replaced && !c->revocation_asked) show(kConsentedRevocation);
    const Value why = said.fields[kField<"certificate.revoked", "reason">];
    const bool for_the_form = by_form && reason(why) == "superseded";
    if (why.present() && !c->reasons.empty() && !for_the_form &&
        std::ranges::find(c->reasons, why) == c->reasons.end())
      breach(kReasonAsAsked);
    c->revoked = now_;
    c->revoked_line = line_;
  }

  /// Its word; nothing said is as good as unspecified.
  static std::string_view reason(Value value) {
    return choice_word(kRevocationReasons, value.number());
  }

  /// Active certificates that count together with one.
  std::size_t active_with(const Certificate& one) const {
    const bool any_type = !under<"JPR-Q15", "same-name-and-type">();
    return static_cast<std::size_t>(std::ranges::count_if(certificates_, [&](const Certificate& c) {
      return c.name == one.name && (any_type || c.kind == one.kind) && c.active(now_);
    }));
  }

  bool same_names(Value a, Value b) const {
    if (!a.present() || !b.present()) return true;
    std::vector<std::string> x, y;
    for (TextId id : facts_->list(a.list())) x.push_back(lowered(text(id)));
    for (TextId id : facts_->list(b.list())) y.push_back(lowered(text(id)));
    std::ranges::sort(x);
    std::ranges::sort(y);
    x.erase(std::unique(x.begin(), x.end()), x.end());
    y.erase(std::unique(y.begin(), y.end()), y.end());
    return x == y;
  }

  /// A call that confirmed the applicant stays on record from one certificate to the next.
  std::optional<Instant> last_call(const Application& a) {
    if (a.telephoned != Instant{}) return a.telephoned;
    std::optional<Instant> latest;
    for (const Submission& s : a.submissions)
      if (const Certificate* source = find(certificates_, s.source); source && source->telephoned)
        latest = std::max(latest.value_or(*source->telephoned), *source->telephoned);
    return latest;
  }

  /// When the CA decides to leave the call out a trace does not say: at the earliest after the domain
  /// check (reading JPR-Q7).
  bool telephone_may_be_waived(const Application& a, const Submission& s) {
    const Certificate* source = find(certificates_, s.source);
    if (!source || !source->telephoned || under<"JPR-Q6", "renewals-only">()) return false;
    constexpr auto years = tables::kNumbers[kNumber<"JPR-42", "years">].number;
    const Date last = plus_years(date_of(*source->telephoned), static_cast<int>(years));
    const Date today = date_of(a.approved ? a.approved_at : s.at);
    const bool recent = under<"JPR-Q7", "before-the-anniversary">() ? today < last : today <= last;
    return recent && source->organisation == s.organisation && same_names(source->names, s.names);
  }

  void issued(const Event& event, const Record& said) {
    Application& a = application(said.fields[kField<"certificate.issued", "application">].text());
    Certificate c;
    c.subject = event.subject;
    c.customer = a.customer;
    c.application = a.subject;
    c.name = lowered(text(said.fields[kField<"certificate.issued", "cn">].text()));
    c.kind = said.fields[kField<"certificate.issued", "kind">];
    c.names = said.fields[kField<"certificate.issued", "sans">];
    c.organisation = said.fields[kField<"certificate.issued", "organisation">].text();
    c.begin = said.fields[kField<"certificate.issued", "not_before">].instant();
    c.end = said.fields[kField<"certificate.issued", "not_after">].instant();
    const Value key = said.fields[kField<"certificate.issued", "key">];

    if (++a.issued > 1) breach(kOneCertificate);
    must_be_paid(a);
    check_review(a);
    if (!some(a, [&](const Submission& s) {
          return !s.key.present() || !key.present() || s.key == key;
        }))
      breach(kKeyOfTheCsr);
    if (!some(a, [&](const Submission& s) { return same_names(s.names, c.names); }))
      breach(kNamesAsApplied);
    if (a.order())
      check_new(c, a);
    else
      check_reissue(c, a);
    goes_on(a);

    a.certificate = event.subject;
    a.issued_at = now_;
    c.telephoned = last_call(a);
    bool freed = false;
    for (const Certificate& other : certificates_)
      freed = freed || (other.name == c.name && other.revoked && *other.revoked <= now_);
    certificates_.push_back(c);
    const std::size_t now_active = active_with(c);
    constexpr auto limit = tables::kNumbers[kNumber<"JPR-23", "certificates">].number;
    if (now_active > static_cast<std::size_t>(limit)) breach(kAtMostTwo);
    if (now_active == static_cast<std::size_t>(limit)) {
      show(kTwoAreActive);
      if (freed) show(kHeldAndIssued);
    }
  }

  void check_review(const Application& a) {
    const bool control =
        a.approved || some(a, [&](const Submission& s) { return manages(a, s.name); });
    if (!control) breach(kIssueAfterDomainControl);
    if (!a.mailed) show(kDomainWaived);
    const bool organisation = a.confirmed_by_telephone || some(a, [&](const Submission& s) {
                                return is_dv(s.kind) || telephone_may_be_waived(a, s);
                              });
    if (!organisation) breach(kOvIsTelephoned);
    if (!a.called && some(a, [](const Submission& s) { return !is_dv(s.kind); }))
      show(kTelephoneWaived);
    if (some(a, [](const Submission& s) { return s.changed; })) show(kChanged);
  }

  void check_new(const Certificate& c, const Application& a) {
    constexpr auto months = tables::kNumbers[kNumber<"ASM-01", "months">].number;
    const Date begin = date_of(c.begin);
    if (c.end != last_second_of(end_of_month(plus_months(begin, static_cast<int>(months)))))
      breach(kNewEndsWithTheMonth);
    show(a.by_card ? kPaidByCard : kPaidByTransfer);
  }

  void check_reissue(const Certificate& c, const Application& a) {
    const auto source_of = [&](const Submission& s) { return find(certificates_, s.source); };
    if (!under<"JPR-Q12", "clipped">() && !some(a, [&](const Submission& s) {
          const Certificate* source = source_of(s);
          return source && source->end == c.end && now_ <= source->end;
        }))
      breach(kEndsWithTheSource);
    if (!some(a, [](const Submission& s) { return s.consent; })) breach(kConsent);
    if (!under<"JPR-Q3", "inquiry">() && !under<"JPR-Q4", "utc">() &&
        !some(a, [&](const Submission& s) {
          const Certificate* source = source_of(s);
          return !source || s.at < start_of_month(source->end);
        }))
      breach(kNotInTheMonthOfExpiry);
    if (!some(a, [&](const Submission& s) {
          const Certificate* source = source_of(s);
          return source && !source->elsewhere && s.at <= source->end &&
                 !(source->revoked && *source->revoked <= s.at && source->revoked_line < s.line) &&
                 (!source->application || source->customer == a.customer);
        }))
      breach(kSourceIsGood);
    if (!some(a, [&](const Submission& s) {
          const Certificate* source = source_of(s);
          return source && source->name == c.name &&
                 (!c.kind.present() || !source->kind.present() || source->kind == c.kind);
        }))
      breach(kSameNameAndType);
    const auto standing = std::ranges::count(a.submissions, false, &Submission::refused);
    for (const Submission& s : a.submissions) {
      Certificate* source = s.refused ? nullptr : source_of(s);
      if (!source) continue;
      source->replaced = true;
      source->revocation_owed =
          source->revocation_owed ||
          (under<"JPR-Q2", "revoked-after-issue">() && standing == 1 && source->active(now_));
    }
  }

  void page(const Event& event, const Record& said) {
    const Application* a = find(applications_, event.subject);
    if (!a || a->issued || !a->mailed || !a->went_on) return;
    // Only what surely is pending: the mail went out, and neither refusal nor expiry came since.
    const bool alive = std::ranges::all_of(a->submissions, [&](const Submission& s) {
      const Certificate* source = find(certificates_, s.source);
      const bool withdrawn = source && source->revoked && under<"JPR-Q16", "revocation-too">();
      return s.refused || a->order() || (source && now_ <= source->end && !withdrawn);
    });
    if (!alive) return;
    for (TextId button : facts_->list(said.fields[kField<"mypage.shown", "buttons">].list()))
      if (text(button) == kLabel<"JPR-14", "button">) return;
    breach(kReapplicationOffered);
  }

  const Facts* facts_ = nullptr;
  Instant now_;
  std::size_t line_ = 0;
  std::vector<std::string_view> chosen_;  // readings, each as ID=name
  std::deque<Customer> customers_;
  std::vector<std::pair<TextId, Value>> directory_;
  std::deque<Certificate> certificates_;
  std::deque<Application> applications_;
  std::deque<Question> questions_;
};

}  // namespace

std::string_view to_text(LawKind kind) {
  switch (kind) {
    case LawKind::always:
      return "always";
    case LawKind::eventually:
      return "eventually";
    case LawKind::sometimes:
      return "sometimes";
  }
  return "always";
}

std::span<const Law> laws(std::string_view system) {
  if (system == "jpdirect-reissue") return table();
  return {};
}

std::unique_ptr<Monitor> make_monitor(std::string_view system) {
  if (system == "jpdirect-reissue") return std::make_unique<JpdirectMonitor>();
  return nullptr;
}

}  // namespace shinsa::properties
