/// The application for a reissue: inquiry, guidance with the form, form with consent.
/// Source: JPR-02 to 06, 15 to 22, 24, 26, 28 to 32, 48 (page lines 12, 18 to 19, 51, 55 to 83,
/// 156). Not here: the checks of the review (domain_control_by_mail, organisation_check), the issue
/// (issuance), what MyPage offers meanwhile (mypage). Reissue is free: no payment is waited for.
#include "model/machines/reissue_application.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/certificate.hpp"
#include "model/machines/form_rules.hpp"
#include "model/machines/limit.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::reissue_application {
namespace {

using namespace application;

// clang-format off
struct Unasked : State {};        // STEP1 has not begun
struct GuidanceDue : State {};    // the inquiry must be answered with the form
struct AwaitingForm : State {};   // STEP2: the customer has the form
struct InReview : State {};       // STEP3: the form was accepted, the review was started

struct InquiryReceived : On<"inquiry.received"> { using On::On; };
struct GuidanceMail : On<"mail.sent"> { using On::On; static bool is(const GuidanceMail& mail, const Context& c); };
struct FormReturned : On<"application.returned"> { using On::On; };
struct ApplicationRefused : On<"application.refused"> { using On::On; };

// What an acceptable form must be, each named by its clause.
struct HoldsAValidCertificate; struct IssuedThroughJpdirect; struct SameCommonName; struct SameProduct;
struct SameOrganisation; struct BeforeTheMonthOfExpiry; struct SourceNotRevoked; struct HasAnotherKey; struct Consents; struct WithinTheLimit;
using Acceptable = All<HoldsAValidCertificate, IssuedThroughJpdirect, SameCommonName, SameProduct, SameOrganisation, BeforeTheMonthOfExpiry,
                       SourceNotRevoked, CarriesACsr, CsrHasItsMarks, CsrIsSigned, KeyIsStrong, HasAnotherKey, ChoosesAnAddress, Consents>;
using MayHold = Not<Under<"JPR-Q5", "refuse">>;

struct OpensSomethingNew; struct NamesTheCommonName; struct AsGuidanceMustBe; struct MayStillBeRefused; struct ReviewIsDone;
struct OweGuidance; struct AcceptForm; struct ChargeNothing; struct SameReviewAsNew; struct OweRevocationFirst; struct AllowRefusal;
struct EndApplication; struct RefusalIsOff; struct ReviewIsOwed;
struct QuotesABill; struct AnotherReissue; struct ForAReason; struct SwitchesTheNames;   // seen, permitted

struct ReissueApplication : Machine<ReissueApplication> {
  using states = mp_list<Unasked, GuidanceDue, AwaitingForm, InReview>;
  using events = mp_list<InquiryReceived, GuidanceMail, FormReturned, ApplicationRefused, PlaceFreed>;
  using initial_state = Unasked;
  using Accept = Do<AcceptForm, ChargeNothing, AnotherReissue, ForAReason, SwitchesTheNames>;
  using transition_table = mp_list<
    //   in            on                  go to         do                                                           provided
    Row< Unasked,      InquiryReceived,    GuidanceDue,  Do<OweGuidance, QuotesABill>,                                All<OpensSomethingNew, NamesTheCommonName>                >,
    Row< GuidanceDue,  GuidanceMail,       AwaitingForm, Do<>,                                                        All<AsGuidanceMustBe>                                     >,
    Row< AwaitingForm, FormReturned,       InReview,     Do<Accept, OweRevocationFirst, SameReviewAsNew>,           All<Acceptable, WithinTheLimit>                           >,
    Row< AwaitingForm, FormReturned,       InReview,     Do<Accept, AllowRefusal, SameReviewAsNew>,                 All<Not<WithinTheLimit>, MayHold, Acceptable>             >,
    Row< InReview,     ApplicationRefused, AwaitingForm, Do<EndApplication, Post<ReviewCancelled>, Post<ApplicationOver>>, All<MayStillBeRefused>                               >,
    Row< InReview,     PlaceFreed,         none,         Do<RefusalIsOff, ReviewIsOwed>,                              All<MayStillBeRefused, TwoAtMost, Not<ReviewIsDone>>      >,
    Row< InReview,     PlaceFreed,         none,         Do<RefusalIsOff>,                                            All<MayStillBeRefused, TwoAtMost, ReviewIsDone>           >>;
  using unaccepted = mp_list<
    Breaks< InquiryReceived,    Ids<"JPR-06"> >,
    Breaks< FormReturned,       Ids<"JPR-06"> >,                                  // no form before the inquiry was answered, none after
    Breaks< GuidanceMail,       Ids<"JPR-30"> >,
    Breaks< ApplicationRefused, Ids<"JPR-03"> >>;                                 // nothing refuses it
};
// clang-format on

[[nodiscard]] const Object* source_of(const Context& c, const FormReturned& form) {
  return c.object(c.find(form.text<"source">()));
}

// -- STEP1
// ----------------------------------------------------------------------------------------------------------------

struct OpensSomethingNew : Guard<"ASM-07"> {
  static bool test(const Context& c, const InquiryReceived&) { return !c.me()[kForm]; }
};
// A reply identifies the common name by the mail it answers, unless every inquiry must write it
// (reading JPR-Q20); a BILL number alone does not do (JPR-48).
struct NamesTheCommonName : Guard<"JPR-29"> {
  static bool test(const Context& c, const InquiryReceived& inquiry) {
    return inquiry.has<"cn">() ||
           (Under<"JPR-Q20", "form-only">::test(c, inquiry) &&
            inquiry.is_word<"channel", "reply">() && inquiry.has<"in_reply_to">());
  }
};
struct OweGuidance : Effect<"JPR-30"> {
  static void run(Context& c, const InquiryReceived& inquiry) {
    c.me()[kOpening] = inquiry.event->data;
    c.me()[kAsked] = inquiry.time();
    const TextId form = c.text<"application-form">();
    c.must(c.action<"mail.sent">()
               .with<"to">(inquiry.get<"from">())
               .with<"attachments">(c.store().intern_list({&form, 1})));
  }
};
struct QuotesABill : Permission<"JPR-48"> {
  static bool applies(const Context&, const InquiryReceived& inquiry) {
    return inquiry.has<"cn">() || inquiry.has<"bill">();
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
    return certificate_customer(c, known) == customer_of(c);
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
// What changes is CSR information. Whether the organisation may change too is reading JPR-Q10; the
// names may in any case (JPR-19).
struct SameOrganisation : Guard<"JPR-12"> {
  static bool test(const Context& c, const FormReturned& form) {
    const Object* source = source_of(c, form);
    return !source || !Under<"JPR-Q10", "csr-only">::test(c, form) ||
           form.text<"organisation">() ==
               certificate::content<"organisation">(c.facts(), *source).text();
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
// Whether the previous key may be used again is reading JPR-Q19; a key that nobody recorded cannot
// be told.
struct HasAnotherKey : Guard<"JPR-26"> {
  static bool test(const Context& c, const FormReturned& form) {
    const Object* source = source_of(c, form);
    if (!source || !form.has<"key">() || !Under<"JPR-Q19", "new-key">::test(c, form)) return true;
    return form.get<"key">() != certificate::content<"key">(c.facts(), *source);
  }
};
struct Consents : Guard<"JPR-32"> {
  static bool test(const Context&, const FormReturned& form) { return form.truth<"consent">(); }
};

// -- two active per common name
// -------------------------------------------------------------------------------------------

// Active ones and orders in progress, this one included, unless the form names an active one to be
// revoked first (JPR-Q5).
struct WithinTheLimit : Guard<"JPR-24"> {
  static bool test(const Context& c, const FormReturned& form) {
    if (Under<"JPR-Q5", "issue-only">::test(c, form)) return true;
    const Object* first = c.object(c.find(form.text<"revoke_first">()));
    const Value product = form.get<"kind">();
    if (first && certificate::is_active(*first) &&
        count_together(c, certificate::content<"kind">(c.facts(), *first), product))
      return true;
    const auto in_progress = std::ranges::count_if(c.group().objects, [&](const Object& object) {
      return is_in_progress(object) && count_together(c, applied_by<"kind">(c, object), product);
    });
    return active(c, product) + in_progress + 1 <= c.number<"JPR-23", "certificates">();
  }
};
struct MayStillBeRefused : Guard<"JPR-24"> {
  static bool test(const Context& c, const auto&) { return c.me()[kMayBeRefused]; }
};
struct ReviewIsDone : Question {
  static bool test(const Context& c, const auto&) { return c.me()[kReviewed]; }
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
// One that was asked for before is under way, for the reason that was given then (POL-02).
struct OweRevocationFirst : Effect<"JPR-24"> {
  static bool applies(const Context& c, const FormReturned& form) {
    const Object* first = c.object(c.find(form.text<"revoke_first">()));
    return first && certificate::is_active(*first) && !(*first)[certificate::kRevocationAsked];
  }
  static void run(Context& c, const FormReturned& form) {
    const ObjectIndex first = c.find(form.text<"revoke_first">());
    c.object_to_change(first).set(certificate::kRevocationAsked);
    c.must_of(first, c.action<"certificate.revoked">().with<"reason">(
                         certificate::kBecause<"superseded">));
  }
};

// -- acceptance
// -----------------------------------------------------------------------------------------------------------

struct AcceptForm : Note {
  static void run(Context& c, const FormReturned& form) {
    Object& me = c.me();
    me.set(kInProgress);
    me[kForm] = form.event->data;
    me[kAccepted] = form.time();
    me[kSource] = c.find(form.text<"source">());
    if (const Object* source = c.object(me[kSource])) me[kLapses] = (*source)[certificate::kEndsAt];
    c.post(ApplicationAccepted::message);
  }
};
// The fee of a reissue is a number like any other, so that a portal that bills it can be told apart
// (reading JPR-Q1).
struct ChargeNothing : Effect<"JPR-02"> {
  static void run(Context& c, const FormReturned&) {
    const auto fee = c.number<"JPR-02", "charge">();
    if (fee > 0) c.must(c.action<"invoice.issued">().with<"amount">(Value::of(fee)));
  }
};
struct SameReviewAsNew : Effect<"JPR-20"> {
  static void run(Context& c, const FormReturned&) {
    c.me().set(kUnderReview);
    c.post(ReviewStarted::message);
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

// -- permitted, and seen
// --------------------------------------------------------------------------------------------------

struct AnotherReissue : Permission<"JPR-03"> {
  static bool applies(const Context& c, const FormReturned&) {
    return std::ranges::any_of(c.group().objects, [&](const Object& other) {
      return other.kind == ObjectKind::application && other[kIssued] && other[kSource] != kNoObject;
    });
  }
};
struct ForAReason : Permission<"JPR-05"> {
  static bool applies(const Context&, const FormReturned& form) { return form.has<"reason">(); }
};
struct SwitchesTheNames : Permission<"JPR-19"> {
  static bool applies(const Context& c, const FormReturned& form) {
    const Object* source = source_of(c, form);
    if (!source || !form.has<"sans">()) return false;
    const Value before = certificate::content<"sans">(c.facts(), *source);
    return before.present() && !c.same_names(form.list<"sans">(), before.list());
  }
};

constexpr MachineApi kApi =
    Tables<ReissueApplication>::api("ReissueApplication", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<ReissueApplication>::state_id<InReview> == kInReview);

}  // namespace shinsa::model::reissue_application
