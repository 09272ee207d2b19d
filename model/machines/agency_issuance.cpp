/// The issue: after every check of the type, and before anything is paid.
/// Source: NTT-02, 04, 21, 44, 46, 47, 50 (page lines 54 to 89, 120, 121, 125), ASM-04, ASM-40.
#include "model/machines/agency_issuance.hpp"

#include "model/core/machine.hpp"
#include "model/machines/agency_certificate.hpp"
#include "model/machines/introduced_once.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::agency_issuance {
namespace {

using namespace agency;

// clang-format off
struct Waiting : State {};    // a check is not complete
struct IssueDue : State {};
struct Issued : State {};
struct TooLate : State {};    // no link was approved in time: a new application is needed
struct Closed : State {};     // the application is over

struct CertificateIssued : On<"certificate.issued", "application"> { using On::On; };

struct ChecksAreDone; struct RenewalIsAnswered;
struct ForTheName; struct OfTheProduct; struct NoLongerThanTheProduct; struct EndsWithTheProduct;
using AsApplied = All<ForTheName, OfTheProduct, NoLongerThanTheProduct, EndsWithTheProduct>;
struct OweCertificate; struct OweRenewedCertificate; struct IssueIsOff; struct RecordCertificate;
struct BeforeAnyPayment; struct WithoutACall;   // seen, permitted

struct AgencyIssuance : Machine<AgencyIssuance> {
  using states = mp_list<Waiting, IssueDue, Issued, TooLate, Closed>;
  using events = mp_list<ReviewComplete, CallBegan, LinkLapsed, ApplicationOver, CertificateIssued>;
  using initial_state = Waiting;
  using Issue = Do<BeforeAnyPayment, WithoutACall, RecordCertificate, Post<CertificateReady>>;
  using transition_table = mp_list<
    //   in        on                 go to     do                         provided
    Row< Waiting,  ReviewComplete,    IssueDue, Do<OweCertificate>,        All<Not<IsRenewal>>               >,
    Row< Waiting,  ReviewComplete,    IssueDue, Do<OweRenewedCertificate>, All<IsRenewal>                    >,
    Row< IssueDue, CallBegan,         Waiting,  Do<IssueIsOff>                                               >,
    Row< IssueDue, CertificateIssued, Issued,   Issue,                     All<IsANewCertificate, AsApplied> >,
    Row< Waiting,  LinkLapsed,        TooLate                                                                >,
    Row< Waiting,  ApplicationOver,   Closed                                                                 >,
    Row< IssueDue, ApplicationOver,   Closed,   Do<IssueIsOff>                                               >>;
  using unaccepted = mp_list<
    Breaks< CertificateIssued, ChecksAreDone, Waiting >,
    Breaks< CertificateIssued, RenewalIsAnswered, Waiting >,
    Breaks< CertificateIssued, Ids<"ASM-04">, Issued >,
    Breaks< CertificateIssued, Ids<"NTT-13">, TooLate >,
    Breaks< CertificateIssued, Ids<"ASM-46">, Closed >>;
};
// clang-format on

// -- what breaks an issue
// -----------------------------------------------------------------------------------------------------------

struct ChecksAreDone : Guard<"NTT-02"> {  // asked only while they are not
  static bool test(const Context& c, const auto&) { return c.me()[kRenewal]; }
};
struct RenewalIsAnswered : Guard<"NTT-47"> {  // likewise
  static bool test(const Context& c, const auto&) { return !c.me()[kRenewal]; }
};
struct ForTheName : Guard<"NTT-04"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return c.same_name(issued.text<"cn">(), applied<"cn">(c).text());
  }
};
struct OfTheProduct : Guard<"NTT-04"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return !issued.has<"kind">() || issued.get<"kind">() == applied<"kind">(c);
  }
};

// -- how long it is valid
// -----------------------------------------------------------------------------------------------------------

/// The last second of the product of that day.
[[nodiscard]] Instant end_of_product(const Context& c, Instant begin) {
  const Date day = date_of(begin);
  const Date shorter_from{static_cast<int>(c.number<"ASM-40", "year">()),
                          static_cast<int>(c.number<"ASM-40", "month">()),
                          static_cast<int>(c.number<"ASM-40", "day">())};
  const auto months =
      day < shorter_from ? c.number<"ASM-40", "months">() : c.number<"ASM-40", "months_later">();
  return last_second_of(end_of_month(plus_months(day, static_cast<int>(months))));
}
// Nothing that is left of another company's certificate is added.
struct NoLongerThanTheProduct : Guard<"NTT-44"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return issued.instant<"not_after">() <= end_of_product(c, issued.instant<"not_before">());
  }
};
struct EndsWithTheProduct : Guard<"ASM-40"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return issued.instant<"not_after">() == end_of_product(c, issued.instant<"not_before">());
  }
};

// -- effects
// ------------------------------------------------------------------------------------------------------------------------

void owe_certificate(Context& c) {
  const bool has_organisation = !is_domain_validated(applied<"kind">(c));
  c.must(c.action<"certificate.issued">()
             .with<"application">(c.me().subject)
             .with<"cn">(applied<"cn">(c))
             .with<"kind">(applied<"kind">(c))
             .with<"organisation">(has_organisation ? applied<"organisation">(c) : Value{}));
}
struct OweCertificate : Effect<"NTT-02"> {
  static void run(Context& c, const auto&) { owe_certificate(c); }
};
struct OweRenewedCertificate : Effect<"NTT-47"> {
  static void run(Context& c, const auto&) { owe_certificate(c); }
};
struct IssueIsOff : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};
struct BeforeAnyPayment : Permission<"NTT-50"> {
  static bool applies(const Context&, const CertificateIssued&) { return true; }
};
struct WithoutACall : Permission<"NTT-21"> {
  static bool applies(const Context& c, const CertificateIssued& issued) {
    return c.me()[kRenewal] && !IsDomainValidated::test(c, issued) && !c.me()[kCalled];
  }
};
struct RecordCertificate : Note {
  static void run(Context& c, const CertificateIssued& issued) {
    c.withdraw_own_duties();
    c.me()[kCertificate] = issued.subject();
    const ObjectIndex at = c.create(ObjectKind::certificate, issued.subject());
    Object& fresh = c.object_to_change(at);
    fresh[agency_certificate::kContent] = issued.event->data;
    fresh[agency_certificate::kApplication] = c.self();
    fresh[agency_certificate::kEndsAt] = issued.instant<"not_after">() + seconds(1);
    c.post_to(at, MessageId::certificate_created);
  }
};

constexpr MachineApi kApi = Tables<AgencyIssuance>::api("AgencyIssuance", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<AgencyIssuance>::state_id<Closed> == kClosed);

}  // namespace shinsa::model::agency_issuance
