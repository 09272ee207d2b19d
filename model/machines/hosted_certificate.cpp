/// A member's certificate: installed over what lies on the server once it was reissued; revoked
/// only because it was reissued. Source: SAK-03, SAK-11, SAK-25, SAK-31, SAK-34 (page lines 7, 18,
/// 41, 47, 51), reading SAK-Q5. A revoked certificate stays revoked: RFC-02.
#include "model/machines/hosted_certificate.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/entry.hpp"

namespace shinsa::model::hosted_certificate {
namespace {

using namespace certificate;

// clang-format off
struct Unknown : State {};   // nothing was said of it yet
struct Active : State {};    // issued, not revoked, not expired
struct Revoked : State {};
struct Expired : State {};   // from the second after notAfter

struct KnownFromBefore : On<"fact.certificate"> { using On::On; };
struct CertificateInstalled : On<"certificate.installed"> { using On::On; };
struct CertificateRevoked : On<"certificate.revoked"> { using On::On; };
struct ValidityEnds : Deadline<kEndsAt> { using Deadline::Deadline; };

struct WasRevoked; struct HasEnded; struct WasReissued; struct BoughtWithTheServer; struct WasIssuedHere;
struct Remember; struct ForgetDuties; struct Overwrite; struct TellEntry;

struct HostedCertificate : Machine<HostedCertificate> {
  using states = mp_list<Unknown, Active, Revoked, Expired>;
  using events = mp_list<KnownFromBefore, CertificateCreated, CertificateInstalled, CertificateRevoked, ValidityEnds>;
  using initial_state = Unknown;
  using transition_table = mp_list<
    //   in        on                    go to     do                                                      provided
    Row< Unknown,  KnownFromBefore,      Active,   Do<Remember, Announce<SituationChanged>>,               All<Not<WasRevoked>, Not<HasEnded>>     >,
    Row< Unknown,  KnownFromBefore,      Revoked,  Do<Remember, Announce<SituationChanged>>,               All<WasRevoked>                         >,
    Row< Unknown,  KnownFromBefore,      Expired,  Do<Remember, Announce<SituationChanged>>,               All<Not<WasRevoked>, HasEnded>          >,
    Row< Unknown,  CertificateCreated,   Active                                                                                                    >,
    Row< Active,   CertificateInstalled, none,     Do<Overwrite, TellEntry, Announce<SituationChanged>>,   All<BoughtWithTheServer, WasIssuedHere> >,
    Row< Active,   CertificateRevoked,   Revoked,  Do<Announce<SituationChanged>>,                         All<WasReissued>                        >,
    Row< Active,   ValidityEnds,         Expired,  Do<ForgetDuties, Announce<SituationChanged>>                                                    >>;
  using unaccepted = mp_list<
    Breaks< KnownFromBefore,      Ids<"ASM-05"> >,
    Breaks< CertificateInstalled, BoughtWithTheServer >,
    Breaks< CertificateInstalled, Ids<"SAK-31"> >,
    Breaks< CertificateRevoked,   Ids<"RFC-02"> >>;
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
// Never before its reissue has been completed, never if that fails.
struct WasReissued : Guard<"SAK-11"> {
  static bool test(const Context& c, const CertificateRevoked&) { return c.me()[kReplaced]; }
};
// Reissued for an entry of an RS type, or ordered as one.
struct BoughtWithTheServer : Guard<"SAK-34"> {
  static bool test(const Context& c, const CertificateInstalled& installed) {
    return c.me()[kEntry] != kNoObject || entry::is_bought_with_the_server(c, installed.subject());
  }
};
struct WasIssuedHere : Guard<"SAK-31"> {
  static bool test(const Context& c, const CertificateInstalled&) { return c.me()[kToBeInstalled]; }
};

// -- effects
// ------------------------------------------------------------------------------------------------------------

struct Remember : Note {
  static void run(Context& c, const KnownFromBefore& fact) {
    c.me()[kContent] = fact.event->data;
    if (!WasRevoked::test(c, fact) && !HasEnded::test(c, fact))
      c.me()[kEndsAt] = fact.instant<"not_after">() + seconds(1);
  }
};
struct ForgetDuties : Note {
  static void run(Context& c, const auto&) { c.withdraw_duties(); }
};
// Of what lay there before nothing is kept.
struct Overwrite : Effect<"SAK-25"> {
  static void run(Context& c, const CertificateInstalled& installed) {
    const TextId name = content<"cn">(c.facts(), c.me()).text();
    if (const Object* host = rental_server::host_named(c, name))
      c.object_to_change(c.find(host->subject))[rental_server::kInstalled] = installed.subject();
  }
};
struct TellEntry : Note {
  static void run(Context& c, const CertificateInstalled&) {
    c.me().set(kToBeInstalled, false);
    if (c.me()[kEntry] != kNoObject) c.post_to(c.me()[kEntry], MessageId::certificate_in_place);
  }
};

constexpr MachineApi kApi =
    Tables<HostedCertificate>::api("HostedCertificate", ObjectKind::certificate);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<HostedCertificate>::state_id<Active> == kActive);
static_assert(Tables<HostedCertificate>::state_id<Expired> == kExpired);

}  // namespace shinsa::model::hosted_certificate
