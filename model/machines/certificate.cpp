/// A certificate: active from its issue to its notAfter, or until it is revoked.
/// Source: JPR-04, JPR-22 to JPR-24, JPR-32 (page lines 18, 59, 60, 79). A revoked certificate
/// stays revoked: RFC-02. Reasons: POL-02.
#include "model/machines/certificate.hpp"

#include "model/core/machine.hpp"

namespace shinsa::model::certificate {
namespace {

// clang-format off
struct Unknown : State {};   // nothing was said of it yet
struct Active : State {};    // issued, not revoked, not expired: it counts towards two
struct Revoked : State {};
struct Expired : State {};   // from the second after notAfter

struct KnownFromBefore : On<"fact.certificate"> { using On::On; };
struct RevocationRequested : On<"revocation.requested"> { using On::On; };
struct CertificateRevoked : On<"certificate.revoked"> { using On::On; };
struct ServerConfigured : On<"server.configured"> { using On::On; };
struct ValidityEnds : Deadline<kEndsAt> { using Deadline::Deadline; };

struct WasRevoked; struct HasEnded; struct RevocationWasAsked; struct KeyIsCompromised;
struct AskedForOrReplaced; struct ForTheReasonGiven;
struct Remember; struct RememberRevocation; struct RememberExpired; struct OweRevocation; struct ForgetDuties;
struct CustomerInstalls;   // seen: it is the customer who does it

struct CertificateMachine : Machine<CertificateMachine> {
  using states = mp_list<Unknown, Active, Revoked, Expired>;
  using events = mp_list<KnownFromBefore, CertificateCreated, RevocationRequested, CertificateRevoked, ServerConfigured, ValidityEnds>;
  using initial_state = Unknown;
  using transition_table = mp_list<
    //   in        on                    go to     do                                      provided
    Row< Unknown,  KnownFromBefore,      Active,   Do<Remember, Announce<PlaceTaken>>,     All<Not<WasRevoked>, Not<HasEnded>>            >,
    Row< Unknown,  KnownFromBefore,      Revoked,  Do<RememberRevocation>,                 All<WasRevoked>                                >,
    Row< Unknown,  KnownFromBefore,      Expired,  Do<RememberExpired>,                    All<Not<WasRevoked>, HasEnded>                 >,
    Row< Unknown,  CertificateCreated,   Active,   Do<Announce<PlaceTaken>>                                                               >,
    Row< Active,   RevocationRequested,  none,     Do<OweRevocation>,                      All<Not<RevocationWasAsked>>                   >,
    Row< Active,   RevocationRequested,  none,     Do<OweRevocation>,                      All<RevocationWasAsked, KeyIsCompromised>      >,
    Row< Active,   RevocationRequested,  none,     Do<>,                                   All<RevocationWasAsked, Not<KeyIsCompromised>> >,
    Row< Active,   CertificateRevoked,   Revoked,  Do<ForgetDuties, Announce<PlaceFreed>>, All<AskedForOrReplaced, ForTheReasonGiven>     >,
    Row< Active,   ServerConfigured,     none,     Do<CustomerInstalls>                                                                   >,
    Row< Active,   ValidityEnds,         Expired,  Do<ForgetDuties, Announce<PlaceFreed>>                                                 >>;
  using unaccepted = mp_list<
    Breaks< RevocationRequested, Ids<"RFC-02"> >,
    Breaks< CertificateRevoked,  Ids<"RFC-02"> >,
    Breaks< ServerConfigured,    Ids<"JPR-04"> >,
    Breaks< KnownFromBefore,     Ids<"ASM-05"> >>;
};
// clang-format on

// -- questions and guards
// -----------------------------------------------------------------------------------------------

struct WasRevoked : Question {
  static bool test(const Context&, const KnownFromBefore& fact) {
    return fact.has<"revoked">() && fact.instant<"revoked">() <= fact.time();
  }
};
struct HasEnded : Question {
  static bool test(const Context&, const KnownFromBefore& fact) {
    return fact.instant<"not_after">() < fact.time();
  }
};
struct RevocationWasAsked : Question {
  static bool test(const Context& c, const auto&) { return c.me()[kRevocationAsked]; }
};
// A leaked key outranks whatever reason was given before.
struct KeyIsCompromised : Question {
  static bool test(const Context&, const RevocationRequested& request) {
    return request.get<"reason">() == kBecause<"key-compromise">;
  }
};
// Consent alone revokes nothing before the new certificate exists (reading JPR-Q2).
struct AskedForOrReplaced : Guard<"JPR-32"> {
  static bool test(const Context& c, const auto&) {
    return c.me()[kRevocationAsked] || c.me()[kReplaced];
  }
};
struct ForTheReasonGiven : Guard<"POL-02"> {
  static bool test(const Context& c, const CertificateRevoked& revoked) {
    const auto given = c.me()[kReasonAsked];
    return given == 0 || !revoked.has<"reason">() || revoked.get<"reason">().number() == given;
  }
};

// -- effects
// ------------------------------------------------------------------------------------------------------------

struct Remember : Note {
  static void run(Context& c, const KnownFromBefore& fact) {
    c.me()[kContent] = fact.event->data;
    c.me()[kEndsAt] = fact.instant<"not_after">() + seconds(1);
    c.me()[kTelephoned] = fact.instant<"telephone_confirmed">();
  }
};
struct RememberRevocation : Note {
  static void run(Context& c, const KnownFromBefore& fact) { c.me()[kContent] = fact.event->data; }
};
struct RememberExpired : Note {
  static void run(Context& c, const KnownFromBefore& fact) { c.me()[kContent] = fact.event->data; }
};
struct OweRevocation : Effect<"JPR-24"> {
  static void run(Context& c, const RevocationRequested& request) {
    c.me().set(kRevocationAsked);
    c.me()[kReasonAsked] = request.get<"reason">().number();
    c.withdraw_duties();  // what was merely allowed is now owed
    c.must(c.action<"certificate.revoked">().with<"reason">(Value::of(c.me()[kReasonAsked])));
  }
};
struct ForgetDuties : Note {
  static void run(Context& c, const auto&) { c.withdraw_duties(); }
};
struct CustomerInstalls : Permission<"JPR-25"> {
  static bool applies(const Context&, const ServerConfigured&) { return true; }
};

constexpr MachineApi kApi = Tables<CertificateMachine>::api("Certificate", ObjectKind::certificate);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<CertificateMachine>::state_id<Expired> == kExpired);

}  // namespace shinsa::model::certificate
