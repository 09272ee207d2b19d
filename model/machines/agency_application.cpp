/// An application at the provider: online form, check, application to the CA, end or cancellation.
/// Source: NTT-02 to 06, 08, 13, 17, 18, 24 to 30, 32, 33, 36, 37, 43, 44, 46, 49 (page lines 18 to
/// 46, 61, 71, 72, 92 to 114, 119, 120, 125, 128), ASM-46.  Not here: what the form must be
/// (online_form.hpp), documents, WHOIS, the CA's checks, the work on the server.
#include "model/machines/agency_application.hpp"

#include "model/core/machine.hpp"
#include "model/machines/agency_certificate.hpp"
#include "model/machines/change_lock.hpp"
#include "model/machines/online_form.hpp"

namespace shinsa::model::agency_application {
namespace {

using namespace agency;
using namespace online_form;
using service_contract::ServiceHasStarted;

// clang-format off
struct Unregistered : State {};    // nothing was registered
struct CheckDue : State {};        // STEP1 is done: the provider must check it
struct Preparing : State {};       // STEP2: needed documents and the addresses of WHOIS are awaited
struct ForwardDue : State {};      // both are there: the provider must apply to the CA
struct AtTheCa : State {};         // STEP3 and STEP4
struct InWork : State {};          // issued: it is being installed
struct Set : State {};             // the server came up with it: the change is complete
struct Cancelled : State {};       // before it was set
struct CancelledLate : State {};   // after it was set
struct Over : State {};            // without a certificate (ASM-46)

struct Registered : On<"application.registered"> { using On::On; };
struct Checked : On<"application.checked"> { using On::On; };
struct CustomerCalled : On<"customer.called"> { using On::On; };
struct Forwarded : On<"application.forwarded"> { using On::On; };
struct CancellationRequested : On<"cancellation.requested"> { using On::On; };
struct InvoiceIssued : On<"invoice.issued"> { using On::On; };

using InOrder = All<LoggedIn, SelectsTheItem, PressesTheButton, FillsInTheItems, NamesNoRecipient, ConfirmsTheNotes, ServiceHasStarted,
                    NoOtherChange, AgreesToTheTerms, WithinTheLength, CountryIsJp, SetsNoTimeOfRestart, CarriesNothingOver>;
struct DocumentsAreHere; struct RenewalDocumentsAreHere; struct AddressesAreKnown;
using Ready = All<DocumentsAreHere, RenewalDocumentsAreHere, AddressesAreKnown>;
struct AsRegistered; struct OnlyTheItems;
struct ToNtt; struct ByAnotherWordThanAReply; struct RepliesToTheMail; struct StatesTheName; struct StatesAReason;
using Early = All<ToNtt, ByAnotherWordThanAReply>;
using Late = All<ToNtt, RepliesToTheMail, StatesTheName, StatesAReason>;

struct Accept; struct OweCheck; struct OfferCall; struct OweForward; struct ForwardIsOff; struct ReleaseLock; struct EndForLateness; struct EndApplication;
struct StopWork; struct BillInSpiteOfIt; struct OfferRevocation; struct OweRevocation; struct OfferBill;
struct CallsTheCustomer;   // seen, permitted
struct CallIsOff;
using End = Do<EndApplication, Tell<ApplicationOver>>;

struct AgencyApplication : Machine<AgencyApplication> {
  using states = mp_list<Unregistered, CheckDue, Preparing, ForwardDue, AtTheCa, InWork, Set, Cancelled, CancelledLate, Over>;
  using events = mp_list<Registered, RenewalBegan, Checked, CustomerCalled, PartReady, AddressesInDoubt, Forwarded, CertificateReady, SettingDone,
                         CancellationRequested, LinkLapsed, ReviewFailed, ContractOver, InvoiceIssued>;
  using initial_state = Unregistered;
  using transition_table = mp_list<
    //   in            on                     go to          do                                                          provided
    Row< Unregistered, Registered,            CheckDue,      Do<Accept, OweCheck, OfferCall, Post<ApplicationAccepted>>, InOrder                         >,
    Row< Unregistered, RenewalBegan,          Preparing,     Do<Post<ApplicationAccepted>, Post<ApplicationChecked>>                                     >,
    Row< CheckDue,     Checked,               Preparing,     Do<Post<ApplicationChecked>>                                                                >,
    Row< CheckDue,     CustomerCalled,        none,          Do<CallsTheCustomer>                                                                        >,
    Row< Preparing,    CustomerCalled,        none,          Do<CallsTheCustomer>                                                                        >,
    Row< ForwardDue,   CustomerCalled,        none,          Do<CallsTheCustomer>                                                                        >,
    Row< Preparing,    PartReady,             ForwardDue,    Do<OweForward>,                                             Ready                           >,
    Row< ForwardDue,   AddressesInDoubt,      Preparing,     Do<ForwardIsOff>                                                                            >,
    Row< ForwardDue,   Forwarded,             AtTheCa,       Do<CallIsOff, Post<ForwardedToCa>>,                         All<AsRegistered, OnlyTheItems> >,
    Row< AtTheCa,      CertificateReady,      InWork                                                                                                     >,
    Row< InWork,       SettingDone,           Set,           Do<ReleaseLock>                                                                             >,
    Row< AtTheCa,      LinkLapsed,            Over,          Do<EndForLateness, Tell<ApplicationOver>>                                                   >,
    Row< AtTheCa,      ReviewFailed,          Over,          End                                                                                         >,
    Row< CheckDue,     CancellationRequested, Cancelled,     Do<End, OfferBill>,                                         Early                           >,
    Row< Preparing,    CancellationRequested, Cancelled,     Do<End, OfferBill>,                                         Early                           >,
    Row< ForwardDue,   CancellationRequested, Cancelled,     Do<End, OfferBill>,                                         Early                           >,
    Row< AtTheCa,      CancellationRequested, Cancelled,     Do<End, OfferBill>,                                         Early                           >,
    Row< InWork,       CancellationRequested, Cancelled,     Do<StopWork, End, OfferBill>,                               Early                           >,
    Row< Set,          CancellationRequested, CancelledLate, Do<BillInSpiteOfIt, OfferRevocation, OweRevocation>,        Late                            >,
    Row< CheckDue,     ContractOver,          Over,          End                                                                                         >,
    Row< Preparing,    ContractOver,          Over,          End                                                                                         >,
    Row< ForwardDue,   ContractOver,          Over,          End                                                                                         >,
    Row< AtTheCa,      ContractOver,          Over,          End                                                                                         >,
    Row< InWork,       ContractOver,          Over,          Do<StopWork, End>                                                                           >,
    Row< Cancelled,    InvoiceIssued,         none                                                                                                       >>;
  using unaccepted = mp_list<
    Breaks< Registered,            Ids<"ASM-07"> >,
    Breaks< Checked,               Ids<"NTT-05"> >,                                                                       // once, and of what was registered
    Breaks< CustomerCalled,        Ids<"NTT-06"> >,                                                                       // to confirm an application that the provider still has in hand
    Breaks< Forwarded,             Ids<"NTT-02">, Unregistered, AtTheCa, InWork, Set, Cancelled, CancelledLate, Over >,
    Breaks< Forwarded,             Ids<"NTT-05">, CheckDue >,
    Breaks< Forwarded,             DocumentsAreHere, Preparing >,
    Breaks< Forwarded,             RenewalDocumentsAreHere, Preparing >,
    Breaks< Forwarded,             AddressesAreKnown, Preparing >,
    Breaks< CancellationRequested, Ids<"NTT-25"> >,
    Breaks< InvoiceIssued,         Ids<"NTT-45"> >>;                                                                      // a bill is of a certificate that was set
};
// clang-format on

// -- STEP1 and the provider's check
// --------------------------------------------------------------------------------------------------

struct Accept : Note {
  static void run(Context& c, const Registered& form) {
    c.me()[kForm] = form.event->data;
    c.me().set(kHoldsBack);
  }
};
struct OweCheck : Effect<"NTT-05"> {
  static void run(Context& c, const Registered&) { c.must(c.action<"application.checked">()); }
};
struct OfferCall : Effect<"NTT-06"> {
  static void run(Context& c, const Registered& form) {
    c.may(c.action<"customer.called">().with<"number">(form.get<"telephone">()));
  }
};
struct CallIsOff : Note {
  static void run(Context& c, const auto&) { c.withdraw_permission<"customer.called">(); }
};
struct CallsTheCustomer : Permission<"NTT-06"> {
  static bool applies(const Context&, const CustomerCalled&) { return true; }
};

// -- the application to the CA
// ------------------------------------------------------------------------------------------------------

struct DocumentsAreHere : Guard<"NTT-08"> {
  static bool test(const Context& c, const auto&) {
    return c.me()[kRenewal] || !c.me()[kDocumentsAwaited];
  }
};
struct RenewalDocumentsAreHere : Guard<"NTT-49"> {
  static bool test(const Context& c, const auto&) {
    return !c.me()[kRenewal] || !c.me()[kDocumentsAwaited];
  }
};
struct AddressesAreKnown : Guard<"NTT-18"> {
  static bool test(const Context& c, const auto&) { return c.me()[kAddressesKnown]; }
};
struct OweForward : Effect<"NTT-02"> {
  static void run(Context& c, const auto&) {
    c.must(c.action<"application.forwarded">()
               .with<"cn">(applied<"cn">(c))
               .with<"kind">(applied<"kind">(c)));
  }
};
struct ForwardIsOff : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};
struct AsRegistered : Guard<"NTT-04"> {
  static bool test(const Context& c, const Forwarded& forwarded) {
    return c.as_owed(*forwarded.event, *forwarded.record);
  }
};
// What is needed to acquire the certificate: the items of the application, and nothing else that is
// known of the customer.
struct OnlyTheItems : Guard<"NTT-33"> {
  static bool test(const Context& c, const Forwarded& forwarded) {
    for (TextId item : c.facts().list(forwarded.list<"items">()))
      if (!choice_index<events::kApplicationItems>(c.facts().text(item))) return false;
    return true;
  }
};

// -- the end
// ------------------------------------------------------------------------------------------------------------------------

struct ReleaseLock : Effect<"NTT-30"> {
  static void run(Context& c, const auto&) { c.me().set(kHoldsBack, false); }
};
void end_application(Context& c) {
  Object& me = c.me();
  me.set(kHoldsBack, false);
  me[kFirstLapses] = Instant{};
  me[kSecondLapses] = Instant{};
  c.withdraw_duties();
}
// What remains is a new application, which nothing holds back now.
struct EndForLateness : Effect<"NTT-13"> {
  static void run(Context& c, const auto&) { end_application(c); }
};
struct EndApplication : Note {
  static void run(Context& c, const auto&) { end_application(c); }
};
struct StopWork : Note {
  static void run(Context& c, const auto&) {
    c.post_to(c.find(c.me()[kCertificate]), MessageId::work_stopped);
  }
};

// -- cancellation
// -------------------------------------------------------------------------------------------------------------------

struct ToNtt : Guard<"NTT-26"> {
  static bool test(const Context&, const CancellationRequested& request) {
    return !request.is_word<"channel", "jprs">();
  }
};
// Before the mail exists nobody can reply to it; whether there is another way is reading NTT-Q3.
struct ByAnotherWordThanAReply : Guard<"NTT-25"> {
  static bool test(const Context& c, const CancellationRequested& request) {
    return request.is_word<"channel", "jprs">() ||
           (request.is_word<"channel", "ntt">() &&
            Under<"NTT-Q3", "through-ntt">::test(c, request));
  }
};
struct RepliesToTheMail : Guard<"NTT-25"> {
  static bool test(const Context& c, const CancellationRequested& request) {
    return request.is_word<"channel", "jprs">() ||
           (request.is_word<"channel", "reply">() &&
            (!request.has<"in_reply_to">() ||
             request.text<"in_reply_to">() == c.me()[kCertificate]));
  }
};
struct StatesTheName : Guard<"NTT-25"> {
  static bool test(const Context& c, const CancellationRequested& request) {
    return request.has<"cn">() && c.same_name(request.text<"cn">(), applied<"cn">(c).text());
  }
};
struct StatesAReason : Guard<"NTT-25"> {
  static bool test(const Context& c, const CancellationRequested& request) {
    return !c.facts().text(request.text<"reason">()).empty();
  }
};
// Whether a fee arises before the setting is not regulated (reading NTT-Q3).
struct OfferBill : Note {
  static void run(Context& c, const auto&) { c.may(c.action<"invoice.issued">()); }
};
struct BillInSpiteOfIt : Effect<"NTT-24"> {
  static void run(Context& c, const auto&) {
    const ObjectIndex at = c.find(c.me()[kCertificate]);
    c.object_to_change(at).set(agency_certificate::kSettingCancelled);
    c.post_to(at, MessageId::work_stopped);  // nothing of it is renewed
  }
};
/// The certificate that was set; null once it is not valid any more.
[[nodiscard]] const Object* valid_certificate(const Context& c) {
  const Object* certificate = c.object(c.find(c.me()[kCertificate]));
  return certificate && (*certificate)[agency_certificate::kEndsAt] != Instant{} ? certificate
                                                                                 : nullptr;
}
/// Nothing is revoked that has ended.
[[nodiscard]] auto revocation(const Context& c, const Object& certificate) {
  return c.action<"certificate.revoked">()
      .with<"reason">(certificate::kBecause<"cessation-of-operation">)
      .due(certificate[agency_certificate::kEndsAt]);
}
// What becomes of the certificate is reading NTT-Q14.
struct OfferRevocation : Note {
  static void run(Context& c, const auto& request) {
    const Object* certificate = valid_certificate(c);
    if (certificate && Under<"NTT-Q14", "not-asserted">::test(c, request))
      c.may_of(c.find(certificate->subject), revocation(c, *certificate));
  }
};
struct OweRevocation : Note {
  static void run(Context& c, const auto& request) {
    const Object* certificate = valid_certificate(c);
    if (certificate && Under<"NTT-Q14", "revoked">::test(c, request))
      c.must_of(c.find(certificate->subject), revocation(c, *certificate));
  }
};

constexpr MachineApi kApi =
    Tables<AgencyApplication>::api("AgencyApplication", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<AgencyApplication>::state_id<Over> == kOver);

}  // namespace shinsa::model::agency_application
