/// The application to the CA: only after the payment, with documents and a review as for a new
/// acquisition; then the issue, with the validity of a renewal or of a new one. Source: REN-03,
/// REN-11, 12, 16 to 25, 35 (page lines 8, 12, 35 to 40, 56 to 71), RFC-01, POL-01, ASM-04.
/// Not here: which of the two it is (renewal_or_new).
#include "model/machines/ca_application.hpp"

#include "model/core/machine.hpp"
#include "model/machines/form_rules.hpp"
#include "model/machines/introduced_once.hpp"
#include "model/machines/renewal_rules.hpp"

namespace shinsa::model::ca_application {
namespace {

using namespace renewal;

// clang-format off
struct Unpaid : State {};
struct DocumentsAwaited : State {};
struct ApplicationDue : State {};     // the host must apply to the CA
struct ReviewDue : State {};          // the CA must review
struct Reviewing : State {};          // the applicant's answer is awaited
struct IssueDue : State {};
struct Issued : State {};

struct DocumentsPrepared : On<"documents.prepared"> { using On::On; };
struct CaApplied : On<"ca.applied"> { using On::On; };
struct ReviewAsked : On<"review.asked"> { using On::On; };
struct ReviewAnswered : On<"review.answered"> { using On::On; };
struct CertificateIssued : On<"certificate.issued", "application"> { using On::On; };

struct AreComplete; struct CsrIsForTheName; struct ForWhatWasPrepared; struct IsConfirmed;
struct AsApplied; struct WithTheKeyOfTheCsr;
struct AnyChangeMakesItNew; struct AnotherNameMakesItNew; struct AnotherOrganisationMakesItNew; struct AnotherDepartmentMakesItNew; struct AnotherPlaceMakesItNew; struct LatenessMakesItNew;
struct NewEndsAYearAfterTheIssue; struct RenewalEndsAYearAfterTheOldEnd; struct SymantecEndsTwoWeeksLater; struct BeginsAtTheOldEnd;

struct KeepDocuments; struct OweApplication; struct OweReview; struct OweCertificate; struct OweItAsNew; struct RecordCertificate; struct MayInstall;
struct ComeAfterThePayment;   // seen
struct TakesItsTime;          // seen: the old certificate ran out although the payment was in time

struct CaApplication : Machine<CaApplication> {
  using states = mp_list<Unpaid, DocumentsAwaited, ApplicationDue, ReviewDue, Reviewing, IssueDue, Issued>;
  using events = mp_list<PaymentDone, DocumentsPrepared, CaApplied, ReviewAsked, ReviewAnswered, TurnedNew, CertificateIssued>;
  using initial_state = Unpaid;
  using Sound = All<AreComplete, CsrIsForTheName, CsrIsSigned, KeyIsStrong>;
  using Take = Do<ComeAfterThePayment, KeepDocuments, OweApplication, Tell<DocumentsChanged>, Post<DocumentsReady>>;
  using Validity = All<AnyChangeMakesItNew, AnotherNameMakesItNew, AnotherOrganisationMakesItNew, AnotherDepartmentMakesItNew, AnotherPlaceMakesItNew,
                       LatenessMakesItNew, NewEndsAYearAfterTheIssue, RenewalEndsAYearAfterTheOldEnd, SymantecEndsTwoWeeksLater, BeginsAtTheOldEnd>;
  using transition_table = mp_list<
    //   in                 on                   go to             do                                                provided
    Row< Unpaid,            PaymentDone,         DocumentsAwaited                                                                                     >,
    Row< DocumentsAwaited,  DocumentsPrepared,   ApplicationDue,   Take,                                             All<Sound>                       >,
    Row< ApplicationDue,    DocumentsPrepared,   none,             Take,                                             All<Sound>                       >,
    Row< ApplicationDue,    CaApplied,           ReviewDue,        Do<OweReview>,                                    All<ForWhatWasPrepared>          >,
    Row< ReviewDue,         ReviewAsked,         Reviewing                                                                                            >,
    Row< Reviewing,         ReviewAnswered,      IssueDue,         Do<OweCertificate>,                               All<IsConfirmed>                 >,
    Row< Reviewing,         ReviewAnswered,      DocumentsAwaited, Do<>,                                             All<Not<IsConfirmed>>            >,
    Row< IssueDue,          TurnedNew,           none,             Do<OweItAsNew>                                                                     >,
    Row< IssueDue,          CertificateIssued,   Issued,           Do<TakesItsTime, RecordCertificate, MayInstall>,  All<IsANewCertificate, AsApplied, WithTheKeyOfTheCsr, Validity> >>;
  using unaccepted = mp_list<
    Breaks< DocumentsPrepared,  Ids<"REN-35">, Unpaid >,
    Breaks< DocumentsPrepared,  Ids<"REN-12"> >,              // applied for already
    Breaks< CaApplied,          Ids<"REN-11">, Unpaid >,
    Breaks< CaApplied,          Ids<"REN-12"> >,              // with the documents, and once
    Breaks< ReviewAsked,        Ids<"REN-11">, Unpaid >,
    Breaks< ReviewAsked,        Ids<"REN-12"> >,
    Breaks< ReviewAnswered,     Ids<"REN-12"> >,
    Breaks< CertificateIssued,  Ids<"REN-11">, Unpaid >,
    Breaks< CertificateIssued,  Ids<"REN-12"> >,
    Breaks< CertificateIssued,  Ids<"ASM-04">, Issued >>;
};
// clang-format on

// -- the documents
// --------------------------------------------------------------------------------------------------------

struct AreComplete : Guard<"REN-12"> {
  static bool test(const Context&, const DocumentsPrepared& documents) {
    return documents.has<"csr">() && documents.has<"organisation">();
  }
};
struct CsrIsForTheName : Guard<"REN-12"> {
  static bool test(const Context& c, const DocumentsPrepared& documents) {
    return !documents.has<"csr_cn">() ||
           c.same_name(documents.text<"csr_cn">(), documents.text<"cn">());
  }
};
struct ComeAfterThePayment : Permission<"REN-35"> {
  static bool applies(const Context&, const DocumentsPrepared&) { return true; }
};
struct KeepDocuments : Note {
  static void run(Context& c, const DocumentsPrepared& documents) {
    c.me()[kDocuments] = documents.event->data;
  }
};
struct OweApplication : Effect<"REN-11"> {
  static void run(Context& c, const auto&) {
    c.withdraw_own_duties();
    const Object* old = old_certificate(c);
    c.must(c.action<"ca.applied">()
               .with<"cn">(documented<"cn">(c))
               .with<"brand">(old ? dedicated_certificate::content<"brand">(c.facts(), *old)
                                  : Value{}));
  }
};
struct ForWhatWasPrepared : Guard<"REN-12"> {
  static bool test(const Context& c, const CaApplied& application) {
    return !application.has<"cn">() || application.get<"cn">() == documented<"cn">(c);
  }
};

// -- the review
// -----------------------------------------------------------------------------------------------------------

struct OweReview : Effect<"REN-12"> {
  static void run(Context& c, const auto&) { c.must(c.action<"review.asked">()); }
};
struct IsConfirmed : Question {
  static bool test(const Context&, const ReviewAnswered& answer) {
    return answer.is_word<"outcome", "confirmed">();
  }
};

// -- the issue
// ------------------------------------------------------------------------------------------------------------

/// Where one begins that takes up when the old one ends (reading REN-Q8).
[[nodiscard]] Value begin_of_renewal(const Context& c) {
  if (!Under<"REN-Q8", "begins-at-the-old-end">::test(c, 0)) return {};
  return Value::of(old_end(c) + seconds(1));
}
// The end of a new one follows from the day of its issue; it is the CA's to say.
void owe_certificate(Context& c) {
  c.withdraw_own_duties();
  const Object* old = old_certificate(c);
  const bool renews = c.me()[kRenews];
  const Value kind = old ? dedicated_certificate::content<"kind">(c.facts(), *old) : Value{};
  const Value brand = old ? dedicated_certificate::content<"brand">(c.facts(), *old) : Value{};
  c.must(c.action<"certificate.issued">()
             .with<"application">(c.me().subject)
             .with<"cn">(documented<"cn">(c))
             .with<"kind">(kind)
             .with<"brand">(brand)
             .with<"organisation">(documented<"organisation">(c))
             .with<"unit">(documented<"unit">(c))
             .with<"locality">(documented<"locality">(c))
             .with<"prefecture">(documented<"prefecture">(c))
             .with<"country">(documented<"country">(c))
             .with<"key">(documented<"key">(c))
             .with<"not_before">(renews ? begin_of_renewal(c) : Value{})
             .with<"not_after">(renews ? Value::of(renewed_end(c)) : Value{}));
}
struct OweCertificate : Effect<"REN-12"> {
  static void run(Context& c, const auto&) { owe_certificate(c); }
};
struct OweItAsNew : Effect<"REN-25"> {
  static void run(Context& c, const auto&) { owe_certificate(c); }
};
template <Literal F>
[[nodiscard]] bool as_documented(const Context& c, const CertificateIssued& issued) {
  return !issued.has<F>() || issued.get<F>() == documented<F>(c);
}
struct AsApplied : Guard<"REN-12"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return as_documented<"cn">(c, issued) && as_documented<"organisation">(c, issued) &&
           as_documented<"unit">(c, issued) && as_documented<"locality">(c, issued) &&
           as_documented<"prefecture">(c, issued) && as_documented<"country">(c, issued);
  }
};
struct WithTheKeyOfTheCsr : Guard<"REN-12"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return !documented<"key">(c).present() || as_documented<"key">(c, issued);
  }
};

// -- its validity
// ---------------------------------------------------------------------------------------------------------

[[nodiscard]] bool new_end(const Context& c, const CertificateIssued& issued) {
  return ends_as_new(c, issued.time(), issued.instant<"not_after">());
}
struct AnyChangeMakesItNew : Guard<"REN-20"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    const bool unchanged = same<"cn">(c) && same<"organisation">(c) && same<"unit">(c) &&
                           same<"locality">(c) && same<"prefecture">(c) && same_country(c);
    return unchanged || new_end(c, issued);
  }
};
struct AnotherNameMakesItNew : Guard<"REN-21"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return same<"cn">(c) || new_end(c, issued);
  }
};
struct AnotherOrganisationMakesItNew : Guard<"REN-22"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return same<"organisation">(c) || new_end(c, issued);
  }
};
struct AnotherDepartmentMakesItNew : Guard<"REN-23"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return same<"unit">(c) || new_end(c, issued);
  }
};
struct AnotherPlaceMakesItNew : Guard<"REN-24"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return (same<"locality">(c) && same<"prefecture">(c)) || new_end(c, issued);
  }
};
struct LatenessMakesItNew : Guard<"REN-25"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return in_time(c) || new_end(c, issued);
  }
};
struct NewEndsAYearAfterTheIssue : Guard<"REN-17"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return c.me()[kRenews] || new_end(c, issued);
  }
};
struct RenewalEndsAYearAfterTheOldEnd : Guard<"REN-18"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return !c.me()[kRenews] || is_symantec(c) || ends_as_renewed(c, issued.instant<"not_after">());
  }
};
struct SymantecEndsTwoWeeksLater : Guard<"REN-19"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return !c.me()[kRenews] || !is_symantec(c) || ends_as_renewed(c, issued.instant<"not_after">());
  }
};
struct BeginsAtTheOldEnd : Guard<"REN-17"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    const Value wanted = begin_of_renewal(c);
    if (!c.me()[kRenews] || !wanted.present()) return true;
    const auto off =
        days_between(date_of(wanted.instant()), date_of(issued.instant<"not_before">()));
    return std::abs(off) <= c.number<"REN-17", "days_tolerance">();
  }
};

// The issue may take any time; the page sets no limit.
struct TakesItsTime : Permission<"REN-03"> {
  static bool applies(const Context& c, const CertificateIssued& issued) {
    return c.me()[kPaidAt] <= old_end(c) && issued.time() > old_end(c);
  }
};
struct RecordCertificate : Note {
  static void run(Context& c, const CertificateIssued& issued) {
    namespace dedicated = dedicated_certificate;
    c.withdraw_duties();
    c.me()[kOldEnds] = Instant{};
    c.me()[kSuccessor] = issued.subject();
    const ObjectIndex old = c.me()[kOld];
    const ObjectIndex at = c.create(ObjectKind::certificate, issued.subject());
    Object& fresh = c.object_to_change(at);
    fresh[dedicated::kContent] = issued.event->data;
    fresh[dedicated::kEndsAt] = issued.instant<"not_after">() + seconds(1);
    if (const Object* before = c.object(old))
      fresh[dedicated::kCustomer] = (*before)[dedicated::kCustomer];
    c.post_to(at, MessageId::certificate_created);
    if (old != kNoObject) c.post_to(old, MessageId::certificate_renewed);
  }
};
// Who installs it, and when, is not said; afterwards a browser shows no difference.
struct MayInstall : Effect<"REN-16"> {
  static void run(Context& c, const CertificateIssued& issued) {
    const ObjectIndex at = c.find(issued.subject());
    if (at != kNoObject)
      c.may_of(at, c.action<"certificate.installed">().not_before(issued.instant<"not_before">()));
  }
};

constexpr MachineApi kApi = Tables<CaApplication>::api("CaApplication", ObjectKind::renewal);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<CaApplication>::state_id<Issued> == kIssued);

}  // namespace shinsa::model::ca_application
