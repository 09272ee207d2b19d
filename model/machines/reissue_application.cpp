/// The application for a reissue: inquiry, guidance with the form, form with consent, review,
/// issue, completion mail. Source: JPR-03, 04, 06, 12, 16 to 18, 21 to 24, 26, 28 to 32, 34, 43, 44
/// (page lines 12, 18, 21 to 83, 142 to 147). Not here: the checks of the review
/// (domain_control_by_mail, organisation_check). Reissue is free: no payment is waited for.
#include "model/machines/reissue_application.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/certificate.hpp"
#include "model/machines/review.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::reissue_application {
namespace {

// clang-format off
struct Unasked : State {};        // STEP1 has not begun
struct GuidanceDue : State {};    // the inquiry must be answered with the form
struct AwaitingForm : State {};   // STEP2: the customer has the form
struct UnderReview : State {};    // STEP3: the form was accepted
struct IssueDue : State {};       // every check is done and there is room for one more certificate
struct Held : State {};           // every check is done, but two are active: not before one is revoked or expires
struct CompletionDue : State {};  // STEP4: issued; the completion mail must be sent
struct Completed : State {};
struct Lapsed : State {};         // the source expired before the issue (JPR-Q12, JPR-Q16)

struct InquiryReceived : On<"inquiry.received"> { using On::On; };
struct GuidanceMail : On<"mail.sent"> { using On::On; static bool is(const GuidanceMail& mail, const Context& c); };
struct FormReturned : On<"application.returned"> { using On::On; };
struct ApplicationRefused : On<"application.refused"> { using On::On; };
struct CertificateIssued : On<"certificate.issued", "application"> { using On::On; };
struct CompletionMail : On<"mail.sent"> { using On::On; static bool is(const CompletionMail& mail, const Context& c); };
struct SourceExpires : Deadline<kLapses> { using Deadline::Deadline; };

// What an acceptable form must be, each named by its clause.
struct HoldsAValidCertificate; struct IssuedThroughJpdirect; struct SameCommonName; struct SameProduct;
struct BeforeTheMonthOfExpiry; struct SourceNotRevoked; struct CarriesACsr; struct CsrHasItsMarks; struct CsrIsSigned;
struct KeyIsStrong; struct ChoosesAnAddress; struct Consents; struct WithinTheLimit;
using Acceptable = All<HoldsAValidCertificate, IssuedThroughJpdirect, SameCommonName, SameProduct, BeforeTheMonthOfExpiry,
                       SourceNotRevoked, CarriesACsr, CsrHasItsMarks, CsrIsSigned, KeyIsStrong, ChoosesAnAddress, Consents>;
using MayHold = Not<Under<"JPR-Q5", "refuse">>;

struct NamesTheCommonName; struct AsGuidanceMustBe; struct MayStillBeRefused; struct TwoAtMost; struct ForTheCommonName;
struct OfTheProduct; struct WithTheKeyOfTheCsr; struct EndsWithTheSource; struct AsCompletionMustBe; struct CarriesTheCertificate;
using AsApplied = All<TwoAtMost, ForTheCommonName, OfTheProduct, WithTheKeyOfTheCsr, EndsWithTheSource>;

struct OweGuidance; struct AcceptForm; struct OweRevocationFirst; struct AllowRefusal; struct ForgetDuties; struct RefusalIsOff; struct ReviewIsOwed;
struct OweCertificate; struct RecordCertificate; struct OweCompletionMail; struct AllowRevocationOfSource; struct NoteLeadTime;

struct ReissueApplication : Machine<ReissueApplication> {
  using states = mp_list<Unasked, GuidanceDue, AwaitingForm, UnderReview, IssueDue, Held, CompletionDue, Completed, Lapsed>;
  using events = mp_list<InquiryReceived, GuidanceMail, FormReturned, ApplicationRefused, ReviewComplete, ReviewFailed,
                         PlaceFreed, PlaceTaken, CertificateIssued, CompletionMail, SourceExpires>;
  using initial_state = Unasked;
  using Issue = Do<NoteLeadTime, RecordCertificate, OweCompletionMail, AllowRevocationOfSource>;
  using transition_table = mp_list<
    //   in             on                  go to          do                                                          provided
    Row< Unasked,       InquiryReceived,    GuidanceDue,   Do<OweGuidance>,                                            All<NamesTheCommonName>                           >,
    Row< GuidanceDue,   GuidanceMail,       AwaitingForm,  Do<>,                                                       All<AsGuidanceMustBe>                             >,
    Row< AwaitingForm,  FormReturned,       UnderReview,   Do<AcceptForm, OweRevocationFirst, Post<ReviewStarted>>,    All<Acceptable, WithinTheLimit>                   >,
    Row< AwaitingForm,  FormReturned,       UnderReview,   Do<AcceptForm, AllowRefusal, Post<ReviewStarted>>,          All<Not<WithinTheLimit>, MayHold, Acceptable>     >,
    Row< UnderReview,   ApplicationRefused, AwaitingForm,  Do<ForgetDuties, Post<ReviewCancelled>>,                    All<MayStillBeRefused>                            >,
    Row< Held,          ApplicationRefused, AwaitingForm,  Do<ForgetDuties, Post<ReviewCancelled>>,                    All<MayStillBeRefused>                            >,
    Row< UnderReview,   PlaceFreed,         none,          Do<RefusalIsOff, ReviewIsOwed>,                             All<MayStillBeRefused, TwoAtMost>                 >,
    Row< UnderReview,   ReviewComplete,     IssueDue,      Do<OweCertificate>,                                         All<TwoAtMost>                                    >,
    Row< UnderReview,   ReviewComplete,     Held,          Do<>,                                                       All<Not<TwoAtMost>>                               >,
    Row< Held,          PlaceFreed,         IssueDue,      Do<RefusalIsOff, OweCertificate>,                           All<TwoAtMost>                                    >,
    Row< IssueDue,      PlaceTaken,         Held,          Do<ForgetDuties>,                                           All<Not<TwoAtMost>>                               >,
    Row< IssueDue,      ReviewFailed,       UnderReview,   Do<ForgetDuties>                                                                                              >,
    Row< Held,          ReviewFailed,       UnderReview,   Do<ForgetDuties>                                                                                              >,
    Row< IssueDue,      CertificateIssued,  CompletionDue, Issue,                                                      AsApplied                                         >,
    Row< Held,          CertificateIssued,  CompletionDue, Issue,                                                      AsApplied                                         >,
    Row< CompletionDue, CompletionMail,     Completed,     Do<>,                                                       All<AsCompletionMustBe, CarriesTheCertificate>    >,
    Row< UnderReview,   SourceExpires,      Lapsed,        Do<ForgetDuties>                                                                                              >,
    Row< IssueDue,      SourceExpires,      Lapsed,        Do<ForgetDuties>                                                                                              >,
    Row< Held,          SourceExpires,      Lapsed,        Do<ForgetDuties>                                                                                              >>;
  using unaccepted = mp_list<
    Breaks< InquiryReceived,    Ids<"JPR-06"> >,
    Breaks< FormReturned,       Ids<"JPR-06"> >,                                  // no form before the inquiry was answered, none after
    Breaks< GuidanceMail,       Ids<"JPR-30"> >,
    Breaks< ApplicationRefused, Ids<"JPR-03"> >,                                  // nothing refuses it
    Breaks< CertificateIssued,  Ids<"JPR-34"> >,
    Breaks< CertificateIssued,  TwoAtMost >,
    Breaks< CertificateIssued,  Ids<"ASM-04">, CompletionDue, Completed >,
    Breaks< CertificateIssued,  Ids<"JPR-04">, Lapsed >,
    Breaks< CompletionMail,     Ids<"JPR-43"> >>;
};
// clang-format on

[[nodiscard]] const Object* source_of(const Context& c, const FormReturned& form) {
  return c.object(c.find(form.text<"source">()));
}
[[nodiscard]] const Object* source_of(const Context& c) { return c.object(c.me()[kSource]); }

// -- STEP1
// ----------------------------------------------------------------------------------------------------------------

// A reply identifies the common name by the mail it answers (reading JPR-Q20); a BILL number alone
// does not do (JPR-48).
struct NamesTheCommonName : Guard<"JPR-29"> {
  static bool test(const Context&, const InquiryReceived& inquiry) {
    return inquiry.has<"cn">() ||
           (inquiry.is_word<"channel", "reply">() && inquiry.has<"in_reply_to">());
  }
};
struct OweGuidance : Effect<"JPR-30"> {
  static void run(Context& c, const InquiryReceived& inquiry) {
    c.me()[kInquiry] = inquiry.event->data;
    c.me()[kAsked] = inquiry.time();
    const TextId form = c.text<"application-form">();
    c.must(c.action<"mail.sent">()
               .with<"to">(inquiry.get<"from">())
               .with<"attachments">(c.store().intern_list({&form, 1})));
  }
};
bool GuidanceMail::is(const GuidanceMail& mail, const Context& c) {
  const auto attached = c.facts().list(mail.list<"attachments">());
  return std::ranges::any_of(
      attached, [&](TextId what) { return c.facts().text(what) == "application-form"; });
}
struct AsGuidanceMustBe : Guard<"JPR-30"> {
  static bool test(const Context& c, const GuidanceMail& mail) {
    return c.as_owed(*mail.event, *mail.record);
  }
};

// -- STEP2: what refuses a form
// -------------------------------------------------------------------------------------------

// An expired source refuses by JPR-04; a revoked one by JPR-22; one from elsewhere by JPR-16.
struct HoldsAValidCertificate : Guard<"JPR-04"> {
  static bool test(const Context& c, const FormReturned& form) {
    const Object* source = source_of(c, form);
    return source && source->states[0] != certificate::kExpired &&
           source->states[0] != certificate::kUnknown && belongs_to_the_inquirer(c, *source);
  }
  static bool belongs_to_the_inquirer(const Context& c, const Object& source) {
    const RecordId known = source[certificate::kContent];
    if (!known || c.facts().record(known).type != kType<"fact.certificate">)
      return true;  // issued under our eyes
    return certificate_customer(c, known) ==
           c.said<"inquiry.received", "customer">(kInquiry).text();
  }
  static TextId certificate_customer(const Context& c, RecordId known) {
    return c.facts().record(known).fields[kField<"fact.certificate", "customer">].text();
  }
};
struct IssuedThroughJpdirect : Guard<"JPR-16"> {
  static bool test(const Context& c, const FormReturned& form) {
    const Object* source = source_of(c, form);
    if (!source) return true;
    const RecordId known = (*source)[certificate::kContent];
    if (!known || c.facts().record(known).type != kType<"fact.certificate">) return true;
    constexpr auto other = *choice_index("JPDirect|other", "other");
    return c.facts().record(known).fields[kField<"fact.certificate", "issued_by">].raw != other;
  }
};
struct SameCommonName : Guard<"JPR-17"> {
  static bool test(const Context& c, const FormReturned& form) {
    const Object* source = source_of(c, form);
    if (!source) return true;
    const TextId before = certificate::content<"cn">(c.facts(), *source).text();
    return c.same_name(form.text<"cn">(), before) &&
           (!form.has<"csr_cn">() || c.same_name(form.text<"csr_cn">(), before));
  }
};
struct SameProduct : Guard<"JPR-18"> {
  static bool test(const Context& c, const FormReturned& form) {
    const Object* source = source_of(c, form);
    return !source || form.get<"kind">() == certificate::content<"kind">(c.facts(), *source);
  }
};
// The calendar month of notAfter in Tokyo (reading JPR-Q4); the arrival of the form decides
// (reading JPR-Q3).
struct BeforeTheMonthOfExpiry : Guard<"JPR-21"> {
  static bool test(const Context& c, const FormReturned& form) {
    const Object* source = source_of(c, form);
    if (!source) return true;
    const Instant end = certificate::content<"not_after">(c.facts(), *source).instant();
    const Instant applied =
        Under<"JPR-Q3", "inquiry">::test(c, form) ? c.me()[kAsked] : form.time();
    return applied < (Under<"JPR-Q4", "utc">::test(c, form) ? start_of_month_in_utc(end)
                                                            : start_of_month(end));
  }
  static Instant start_of_month_in_utc(Instant instant) {
    return start_of_month(instant - hours(9)) + hours(9);
  }
};
struct SourceNotRevoked : Guard<"JPR-22"> {
  static bool test(const Context& c, const FormReturned& form) {
    const Object* source = source_of(c, form);
    return !source || source->states[0] != certificate::kRevoked;
  }
};
struct CarriesACsr : Guard<"JPR-26"> {
  static bool test(const Context&, const FormReturned& form) { return form.has<"csr">(); }
};
// Begin and end marks, which may differ in part: with or without blanks, NEW, five hyphens either
// way.
struct CsrHasItsMarks : Guard<"JPR-28"> {
  static bool test(const Context& c, const FormReturned& form) {
    if (!form.has<"csr">()) return true;
    const std::string_view text = c.facts().text(form.text<"csr">());
    const std::size_t begin = mark(text, "BEGIN", 0);
    return begin != std::string_view::npos &&
           mark(text, "END", begin + 1) != std::string_view::npos;
  }
  /// Where a line of hyphens, the word and "CERTIFICATE REQUEST" stands, blanks and NEW apart.
  static std::size_t mark(std::string_view text, std::string_view word, std::size_t from) {
    for (std::size_t at = text.find("-----", from); at != std::string_view::npos;
         at = text.find("-----", at + 1)) {
      std::string_view line = text.substr(at, text.find_first_of("\r\n", at) - at);
      line.remove_prefix(std::min(line.find_first_not_of("- "), line.size()));
      if (!line.starts_with(word)) continue;
      const std::size_t what = line.find("CERTIFICATE REQUEST");
      if (what != std::string_view::npos && line.find("-----", what) != std::string_view::npos)
        return at;
    }
    return std::string_view::npos;
  }
};
struct CsrIsSigned : Guard<"RFC-01"> {
  static bool test(const Context& c, const FormReturned& form) {
    return c.facts().text(form.text<"csr_problem">()) != "bad-signature";
  }
};
struct KeyIsStrong : Guard<"POL-01"> {
  static bool test(const Context& c, const FormReturned& form) {
    const std::string_view problem = c.facts().text(form.text<"csr_problem">());
    return problem != "weak-key" && problem != "key-type-not-allowed";
  }
};
struct ChoosesAnAddress : Guard<"JPR-31"> {
  static bool test(const Context&, const FormReturned& form) {
    return form.has<"authentication_mail">();
  }
};
struct Consents : Guard<"JPR-32"> {
  static bool test(const Context&, const FormReturned& form) { return form.truth<"consent">(); }
};

// -- two active per common name
// -------------------------------------------------------------------------------------------

[[nodiscard]] std::int64_t active(const Group& group) {
  return std::ranges::count_if(group.objects, certificate::is_active);
}

struct TwoAtMost : Guard<"JPR-23"> {
  static bool test(const Context& c, const auto&) {
    return active(c.group()) < c.number<"JPR-23", "certificates">();
  }
};
// Active ones and orders in progress, this one included, unless the form names an active one to be
// revoked first (JPR-Q5).
struct WithinTheLimit : Guard<"JPR-24"> {
  static bool test(const Context& c, const FormReturned& form) {
    if (Under<"JPR-Q5", "issue-only">::test(c, form)) return true;
    const Object* first = c.object(c.find(form.text<"revoke_first">()));
    if (first && certificate::is_active(*first)) return true;
    const auto in_progress = std::ranges::count_if(c.group().objects, is_in_progress);
    return active(c.group()) + in_progress + 1 <= c.number<"JPR-23", "certificates">();
  }
};
struct MayStillBeRefused : Guard<"JPR-24"> {
  static bool test(const Context& c, const auto&) { return c.me()[kMayBeRefused]; }
};
struct AllowRefusal : Effect<"JPR-24"> {
  static void run(Context& c, const FormReturned&) {
    c.me().set(kMayBeRefused);
    c.may(c.action<"application.refused">());
  }
};
struct RefusalIsOff : Effect<"JPR-24"> {
  static void run(Context& c, const auto&) {
    c.me().set(kMayBeRefused, false);
    c.withdraw_permission<"application.refused">();
  }
};
struct ReviewIsOwed
    : Effect<"JPR-24"> {  // held at will no longer: what was allowed of the review is owed
  static void run(Context& c, const auto&) { c.permissions_become_obligations(); }
};
struct OweRevocationFirst : Effect<"JPR-24"> {
  static void run(Context& c, const FormReturned& form) {
    const ObjectIndex first = c.find(form.text<"revoke_first">());
    if (first == kNoObject || !certificate::is_active(*c.object(first))) return;
    c.object_to_change(first).set(certificate::kRevocationAsked);
    c.must_of(first, c.action<"certificate.revoked">());
  }
};

// -- STEP3 and STEP4
// ------------------------------------------------------------------------------------------------------

struct AcceptForm : Note {
  static void run(Context& c, const FormReturned& form) {
    Object& me = c.me();
    me[kForm] = form.event->data;
    me[kAccepted] = form.time();
    me[kSource] = c.find(form.text<"source">());
    me[kLapses] = (*c.object(me[kSource]))[certificate::kEndsAt];
  }
};
struct ForgetDuties : Note {
  static void run(Context& c, const auto&) { c.withdraw_duties(); }
};
// Usually not sooner than 5 minutes (DV) or two business days (OV) after the form: the CA of the
// simulation keeps to it.
[[nodiscard]] Instant usually_not_before(const Context& c) {
  const Instant accepted = c.me()[kAccepted];
  if (is_domain_validated(c.said<"application.returned", "kind">(kForm)))
    return accepted + minutes(c.number<"JPR-07", "minutes">());
  const auto days = static_cast<int>(c.number<"JPR-08", "business_days_min">());
  return start_of(plus_business_days(date_of(accepted), days, c.desk())) +
         hours(c.number<"JPR-47", "opens_hour">());
}
struct OweCertificate : Effect<"JPR-34"> {
  static void run(Context& c, const auto&) {
    c.must(c.action<"certificate.issued">()
               .not_before(usually_not_before(c))
               .with<"application">(c.me().subject)
               .with<"cn">(c.said<"application.returned", "cn">(kForm))
               .with<"kind">(c.said<"application.returned", "kind">(kForm))
               .with<"sans">(c.said<"application.returned", "sans">(kForm))
               .with<"organisation">(c.said<"application.returned", "organisation">(kForm))
               .with<"key">(c.said<"application.returned", "key">(kForm))
               .with<"not_after">(certificate::content<"not_after">(c.facts(), *source_of(c))));
  }
};
struct ForTheCommonName : Guard<"JPR-17"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return c.same_name(issued.text<"cn">(), c.said<"application.returned", "cn">(kForm).text());
  }
};
struct OfTheProduct : Guard<"JPR-18"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return !issued.has<"kind">() ||
           issued.get<"kind">() == c.said<"application.returned", "kind">(kForm);
  }
};
struct WithTheKeyOfTheCsr : Guard<"JPR-26"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    const Value applied = c.said<"application.returned", "key">(kForm);
    return !issued.has<"key">() || !applied.present() || issued.get<"key">() == applied;
  }
};
// What changes is CSR information; the end of validity is that of the source (reading JPR-Q12).
struct EndsWithTheSource : Guard<"JPR-12"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return !Under<"JPR-Q12", "as-source">::test(c, issued) ||
           issued.get<"not_after">() == certificate::content<"not_after">(c.facts(), *source_of(c));
  }
};
struct NoteLeadTime
    : Effect<"JPR-07"> {  // advice for DV: sooner is remarked on, never refused (reading JPR-Q8)
  static void run(Context& c, const CertificateIssued& issued) {
    const bool soon = issued.time() < c.me()[kAccepted] + minutes(c.number<"JPR-07", "minutes">());
    if (soon && IsDv::test(c, issued)) c.remark(kClause<"JPR-07">);
  }
};
struct RecordCertificate : Note {
  static void run(Context& c, const CertificateIssued& issued) {
    c.withdraw_duties();
    c.me()[kIssued] = issued.subject();
    c.me()[kLapses] = Instant{};
    const ObjectIndex at = c.create(ObjectKind::certificate, issued.subject());
    const Object* source = source_of(c);
    Object& fresh = c.object_to_change(at);
    fresh[certificate::kContent] = issued.event->data;
    fresh[certificate::kEndsAt] = issued.instant<"not_after">() + seconds(1);
    const Instant called = c.me()[kCalled];
    fresh[certificate::kTelephoned] =
        called != Instant{} || !source ? called : (*source)[certificate::kTelephoned];
    c.post_to(at, MessageId::certificate_created);
  }
};
struct AllowRevocationOfSource
    : Effect<"JPR-32"> {  // consented revocation: from now on, at any time or never (JPR-Q2)
  static void run(Context& c, const CertificateIssued&) {
    const Object* source = source_of(c);
    if (!source || !certificate::is_active(*source)) return;
    const ObjectIndex at = c.me()[kSource];
    if (!(*source)[certificate::kRevocationAsked] && !(*source)[certificate::kReplaced])
      c.may_of(at, c.action<"certificate.revoked">());
    c.object_to_change(at).set(certificate::kReplaced);
  }
};
struct OweCompletionMail : Effect<"JPR-43"> {
  static void run(Context& c, const CertificateIssued& issued) {
    const Record* customer = c.background(c.said<"inquiry.received", "customer">(kInquiry).text());
    c.must(c.action<"mail.sent">()
               .with<"to">(customer ? customer->fields[kField<"fact.customer", "billing_mail">]
                                    : Value{})
               .with<"subject">(c.label(kLabel<"JPR-43", "subject">))
               .with<"certificate">(issued.subject()));
  }
};
bool CompletionMail::is(const CompletionMail& mail, const Context& c) {
  Facts& store = c.store();
  return store.as_read(mail.text<"subject">()) ==
         store.as_read(c.label(kLabel<"JPR-43", "subject">));
}
struct AsCompletionMustBe : Guard<"JPR-43"> {
  static bool test(const Context& c, const CompletionMail& mail) {
    return c.as_owed(*mail.event, *mail.record);
  }
};
struct CarriesTheCertificate : Guard<"JPR-44"> {
  static bool test(const Context& c, const CompletionMail& mail) {
    return mail.text<"certificate">() == c.me()[kIssued];
  }
};

constexpr MachineApi kApi =
    Tables<ReissueApplication>::api("ReissueApplication", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<ReissueApplication>::state_id<Lapsed> == kLapsed);

}  // namespace shinsa::model::reissue_application
