/// Issuance: after every check of the review, while there is room within the limit of two; then the
/// completion mail. Source: JPR-04, 07 to 09, 12, 17 to 19, 23, 26, 32, 34, 43, 44 (page lines 39
/// to 47, 54 to 60, 65, 79, 90, 142 to 147), ASM-01, ASM-04.
#include "model/machines/issuance.hpp"

#include "model/core/machine.hpp"
#include "model/machines/certificate.hpp"
#include "model/machines/introduced_once.hpp"
#include "model/machines/limit.hpp"
#include "model/machines/review.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::issuance {
namespace {

using namespace application;

// clang-format off
struct Waiting : State {};        // the review is not complete
struct IssueDue : State {};       // every check is done and there is room for one more certificate
struct Held : State {};           // every check is done, but two are active: not before one is revoked or expires
struct CompletionDue : State {};  // STEP4: issued; the completion mail must be sent
struct Completed : State {};
struct Lapsed : State {};         // the source expired or was revoked before the issue (JPR-Q12, JPR-Q16)

struct CertificateIssued : On<"certificate.issued", "application"> { using On::On; };
struct CompletionMail : On<"mail.sent"> { using On::On; static bool is(const CompletionMail& mail, const Context& c); };
struct SourceExpires : Deadline<kLapses> { using Deadline::Deadline; };

struct LapsesWithItsSource; struct IsAReissue; struct ForTheCommonName; struct OfTheProduct; struct WithTheKeyOfTheCsr; struct ForTheNames;
struct EndsWithTheSource; struct EndsWithTheMonth; struct AsCompletionMustBe; struct CarriesTheCertificate;
using AsApplied = All<TwoAtMost, ForTheCommonName, OfTheProduct, WithTheKeyOfTheCsr, ForTheNames>;

struct NoteReview; struct ReviewIsOff; struct OweCertificate; struct RecordCertificate; struct OweCompletionMail;
struct RevocationOfSource; struct EndApplication; struct NoteDvLeadTime; struct NoteOvLeadTime; struct LongerThanUsual;

struct Issuance : Machine<Issuance> {
  using states = mp_list<Waiting, IssueDue, Held, CompletionDue, Completed, Lapsed>;
  using events = mp_list<ReviewComplete, ReviewFailed, ReviewCancelled, PlaceFreed, PlaceTaken, CertificateIssued, CompletionMail, SourceExpires>;
  using initial_state = Waiting;
  using Issue = Do<NoteDvLeadTime, NoteOvLeadTime, LongerThanUsual, RecordCertificate, OweCompletionMail, RevocationOfSource, Post<CertificateReady>>;
  using transition_table = mp_list<
    //   in             on                 go to          do                                         provided
    Row< Waiting,       ReviewComplete,    IssueDue,      Do<NoteReview, OweCertificate>,            All<TwoAtMost>                                                       >,
    Row< Waiting,       ReviewComplete,    Held,          Do<NoteReview>,                            All<Not<TwoAtMost>>                                                  >,
    Row< Held,          PlaceFreed,        IssueDue,      Do<OweCertificate>,                        All<Not<LapsesWithItsSource>, TwoAtMost>                             >,
    Row< IssueDue,      PlaceTaken,        Held,          Do<ReviewIsOff, NoteReview>,               All<Not<TwoAtMost>>                                                  >,
    Row< IssueDue,      ReviewFailed,      Waiting,       Do<ReviewIsOff>                                                                                                 >,
    Row< Held,          ReviewFailed,      Waiting,       Do<ReviewIsOff>                                                                                                 >,
    Row< IssueDue,      ReviewCancelled,   Waiting,       Do<ReviewIsOff>                                                                                                 >,
    Row< Held,          ReviewCancelled,   Waiting,       Do<ReviewIsOff>                                                                                                 >,
    Row< IssueDue,      CertificateIssued, CompletionDue, Issue,                                     All<IsANewCertificate, AsApplied, IsAReissue, EndsWithTheSource>     >,
    Row< IssueDue,      CertificateIssued, CompletionDue, Issue,                                     All<IsANewCertificate, AsApplied, Not<IsAReissue>, EndsWithTheMonth> >,
    Row< CompletionDue, CompletionMail,    Completed,     Do<>,                                      All<AsCompletionMustBe, CarriesTheCertificate>                       >,
    Row< Waiting,       PlaceFreed,        Lapsed,        Do<EndApplication, Post<ApplicationOver>>, All<LapsesWithItsSource>                                             >,
    Row< IssueDue,      PlaceFreed,        Lapsed,        Do<EndApplication, Post<ApplicationOver>>, All<LapsesWithItsSource>                                             >,
    Row< Held,          PlaceFreed,        Lapsed,        Do<EndApplication, Post<ApplicationOver>>, All<LapsesWithItsSource>                                             >,
    Row< Waiting,       SourceExpires,     Lapsed,        Do<EndApplication, Post<ApplicationOver>>                                                                       >,
    Row< IssueDue,      SourceExpires,     Lapsed,        Do<EndApplication, Post<ApplicationOver>>                                                                       >,
    Row< Held,          SourceExpires,     Lapsed,        Do<EndApplication, Post<ApplicationOver>>                                                                       >>;
  using unaccepted = mp_list<
    Breaks< CertificateIssued,  Ids<"JPR-34">, Waiting >,
    Breaks< CertificateIssued,  TwoAtMost, Held >,
    Breaks< CertificateIssued,  TwoAtMost >,
    Breaks< CertificateIssued,  Ids<"ASM-04">, CompletionDue, Completed >,
    Breaks< CertificateIssued,  Ids<"JPR-04">, Lapsed >,
    Breaks< CompletionMail,     Ids<"JPR-43"> >>;
};
// clang-format on

[[nodiscard]] const Object* source_of(const Context& c) { return c.object(c.me()[kSource]); }

// -- the review
// -----------------------------------------------------------------------------------------------------------

struct NoteReview : Note {
  static void run(Context& c, const auto&) { c.me().set(kReviewed); }
};
struct ReviewIsOff : Note {
  static void run(Context& c, const auto&) {
    c.me().set(kReviewed, false);
    c.withdraw_own_duties();
  }
};
// A place was freed because the source of a pending application was revoked (reading JPR-Q16); not
// if the form itself asked for that.
struct LapsesWithItsSource : Question {
  static bool test(const Context& c, const auto& freed) {
    const Object* source = source_of(c);
    return Under<"JPR-Q16", "revocation-too">::test(c, freed) && is_in_progress(c.me()) && source &&
           source->states[0] == certificate::kRevoked &&
           c.said<"application.returned", "revoke_first">(kForm).text() != source->subject;
  }
};
struct EndApplication : Note {
  static void run(Context& c, const auto&) {
    c.me().set(kInProgress, false);
    c.me().set(kUnderReview, false);
    c.me()[kLapses] = Instant{};
    c.withdraw_duties();
  }
};

// -- the issue
// ------------------------------------------------------------------------------------------------------------

struct IsAReissue : Question {
  static bool test(const Context& c, const auto&) { return c.me()[kSource] != kNoObject; }
};
// Usually not sooner than 5 minutes (DV) or two business days (OV) after the form: the CA of the
// simulation keeps to it.
[[nodiscard]] Instant usually_not_before(const Context& c) {
  const Instant accepted = c.me()[kAccepted];
  if (is_domain_validated(applied<"kind">(c)))
    return accepted + minutes(c.number<"JPR-07", "minutes">());
  const auto days = static_cast<int>(c.number<"JPR-08", "business_days_min">());
  return start_of(plus_business_days(date_of(accepted), days, c.desk())) +
         hours(c.number<"JPR-47", "opens_hour">());
}
/// A reissue ends with its source; the end of a new certificate follows from the day of its issue.
[[nodiscard]] Value end_of_source(const Context& c) {
  const Object* source = source_of(c);
  return source ? certificate::content<"not_after">(c.facts(), *source) : Value{};
}
struct OweCertificate : Effect<"JPR-34"> {
  static void run(Context& c, const auto&) {
    c.must(c.action<"certificate.issued">()
               .not_before(usually_not_before(c))
               .with<"application">(c.me().subject)
               .with<"cn">(applied<"cn">(c))
               .with<"kind">(applied<"kind">(c))
               .with<"sans">(applied<"sans">(c))
               .with<"organisation">(applied<"organisation">(c))
               .with<"key">(applied<"key">(c))
               .with<"not_after">(end_of_source(c)));
  }
};
struct ForTheCommonName : Guard<"JPR-17"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return c.same_name(issued.text<"cn">(), applied<"cn">(c).text());
  }
};
struct OfTheProduct : Guard<"JPR-18"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return !issued.has<"kind">() || issued.get<"kind">() == applied<"kind">(c);
  }
};
struct WithTheKeyOfTheCsr : Guard<"JPR-26"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    const Value asked = applied<"key">(c);
    return !issued.has<"key">() || !asked.present() || issued.get<"key">() == asked;
  }
};
// What changes is CSR information; the end of validity is that of the source (reading JPR-Q12).
struct EndsWithTheSource : Guard<"JPR-12"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    const Object* source = source_of(c);
    return !source || !Under<"JPR-Q12", "as-source">::test(c, issued) ||
           issued.get<"not_after">() == certificate::content<"not_after">(c.facts(), *source);
  }
};
struct ForTheNames : Guard<"JPR-19"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    const Value names = applied<"sans">(c);
    return !issued.has<"sans">() || !names.present() ||
           c.same_names(issued.list<"sans">(), names.list());
  }
};
struct EndsWithTheMonth : Guard<"ASM-01"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    const auto months = static_cast<int>(c.number<"ASM-01", "months">());
    const Date last = end_of_month(plus_months(date_of(issued.instant<"not_before">()), months));
    return issued.instant<"not_after">() == last_second_of(last);
  }
};
// Advice: sooner is remarked on, never refused (reading JPR-Q8).
struct NoteDvLeadTime : Effect<"JPR-07"> {
  static bool applies(const Context& c, const CertificateIssued& issued) {
    return IsDv::test(c, issued);
  }
  static void run(Context& c, const CertificateIssued& issued) {
    if (issued.time() < c.me()[kAccepted] + minutes(c.number<"JPR-07", "minutes">()))
      c.remark(kClause<"JPR-07">);
  }
};
[[nodiscard]] Date business_day(const Context& c, std::int64_t n) {
  return plus_business_days(date_of(c.me()[kAccepted]), static_cast<int>(n), c.desk());
}
struct NoteOvLeadTime : Effect<"JPR-08"> {
  static bool applies(const Context& c, const CertificateIssued& issued) {
    return !IsDv::test(c, issued);
  }
  static void run(Context& c, const CertificateIssued& issued) {
    if (date_of(issued.time()) < business_day(c, c.number<"JPR-08", "business_days_min">()))
      c.remark(kClause<"JPR-08">);
  }
};
struct LongerThanUsual : Permission<"JPR-09"> {
  static bool applies(const Context& c, const CertificateIssued& issued) {
    return !IsDv::test(c, issued) &&
           date_of(issued.time()) > business_day(c, c.number<"JPR-08", "business_days_max">());
  }
};
struct RecordCertificate : Note {
  static void run(Context& c, const CertificateIssued& issued) {
    c.withdraw_duties();
    c.me().set(kInProgress, false);
    c.me().set(kUnderReview, false);
    c.me()[kIssued] = issued.subject();
    c.me()[kIssuedAt] = issued.time();
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
// Consented revocation: from now on, at any time or never, or at any time but some time (JPR-Q2).
struct RevocationOfSource : Effect<"JPR-32"> {
  static void run(Context& c, const CertificateIssued& issued) {
    const Object* source = source_of(c);
    if (!source || !certificate::is_active(*source)) return;
    const ObjectIndex at = c.me()[kSource];
    if (!(*source)[certificate::kRevocationAsked] && !(*source)[certificate::kReplaced]) {
      const auto revocation =
          c.action<"certificate.revoked">().with<"reason">(certificate::kBecause<"superseded">);
      if (Under<"JPR-Q2", "revoked-after-issue">::test(c, issued))
        c.must_of(at, revocation);
      else
        c.may_of(at, revocation);
    }
    c.object_to_change(at).set(certificate::kReplaced);
  }
};
struct OweCompletionMail : Effect<"JPR-43"> {
  static void run(Context& c, const CertificateIssued& issued) {
    const Record* customer = c.background(customer_of(c));
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

constexpr MachineApi kApi = Tables<Issuance>::api("Issuance", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<Issuance>::state_id<Lapsed> == kLapsed);

}  // namespace shinsa::model::issuance
