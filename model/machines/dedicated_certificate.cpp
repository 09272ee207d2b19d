/// A dedicated certificate: in force until its last second has passed; nobody renews it by itself.
/// Source: REN-01, REN-12, REN-33 (page lines 5 to 6, 12, 36 to 40, 97), ASM-05.
/// Not here: what a browser shows of it (browser_view), its renewal (renewal_intent,
/// ca_application).
#include "model/machines/dedicated_certificate.hpp"

#include "model/core/machine.hpp"
#include "model/machines/browser_view.hpp"

namespace shinsa::model::dedicated_certificate {
namespace {

// clang-format off
struct Unknown : State {};   // nothing was said of it yet
struct Active : State {};
struct Expired : State {};   // from the second after notAfter

struct KnownFromBefore : On<"fact.certificate"> { using On::On; };
struct Installed : On<"certificate.installed"> { using On::On; };
struct ValidityEnds : Deadline<kEndsAt> { using Deadline::Deadline; };

struct HasEnded;
struct Remember; struct ServeIt;
struct RunsOut;   // seen: nothing was ordered, so nothing was renewed

struct DedicatedCertificate : Machine<DedicatedCertificate> {
  using states = mp_list<Unknown, Active, Expired>;
  using events = mp_list<KnownFromBefore, CertificateCreated, Installed, ValidityEnds>;
  using initial_state = Unknown;
  using transition_table = mp_list<
    //   in        on                   go to     do                                              provided
    Row< Unknown,  KnownFromBefore,     Active,   Do<Remember, ServeIt, Post<CertificateKnown>>,  All<Not<HasEnded>> >,
    Row< Unknown,  KnownFromBefore,     Expired,  Do<Remember, ServeIt, Post<CertificateKnown>>,  All<HasEnded>      >,
    Row< Unknown,  CertificateCreated,  Active                                                                       >,
    Row< Active,   Installed,           none,     Do<ServeIt>                                                        >,
    Row< Expired,  Installed,           none,     Do<ServeIt>                                                        >,
    Row< Active,   ValidityEnds,        Expired,  Do<RunsOut, Tell<ValidityEnded>>                                   >>;
  using unaccepted = mp_list<
    Breaks< KnownFromBefore, Ids<"ASM-05"> >,
    Breaks< Installed,       Ids<"REN-12"> >>;   // only what the CA has issued
};
// clang-format on

struct HasEnded : Question {
  static bool test(const Context&, const KnownFromBefore& fact) {
    return fact.instant<"not_after">() < fact.time();
  }
};
struct Remember : Note {
  static void run(Context& c, const KnownFromBefore& fact) {
    Object& me = c.me();
    me[kContent] = fact.event->data;
    me[kCustomer] = fact.text<"customer">();
    if (!HasEnded::test(c, fact)) me[kEndsAt] = fact.instant<"not_after">() + seconds(1);
  }
};
// One host serves one certificate, the last one installed; those from before are installed.
struct ServeIt : Note {
  static void run(Context& c, const auto&) {
    std::string subject = "site/";
    subject += c.facts().text(c.store().lower(content<"cn">(c.facts(), c.me()).text()));
    const ObjectIndex site = c.create(ObjectKind::site, c.store().intern(subject));
    c.object_to_change(site)[browser_view::kServed] = c.self();
  }
};
struct RunsOut : Permission<"REN-01"> {
  static bool applies(const Context& c, const auto&) { return c.me()[kOrder] == kNoObject; }
};

constexpr MachineApi kApi =
    Tables<DedicatedCertificate>::api("DedicatedCertificate", ObjectKind::certificate);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<DedicatedCertificate>::state_id<Expired> == kExpired);

}  // namespace shinsa::model::dedicated_certificate
