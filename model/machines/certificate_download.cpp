/// Handing out a certificate: to the account that ordered it, as often as it asks, also after its
/// revocation. Source: RFC 8555 section 7.4.2 (RFC-20).
#include "model/machines/certificate_download.hpp"

#include "model/core/machine.hpp"
#include "model/machines/acme_errors.hpp"

namespace shinsa::model::certificate_download {
namespace {

using acme_certificate::kAccount;

// clang-format off
struct Absent : State {};   // not issued through an order
struct Stored : State {};

struct DownloadRequested : On<"download.requested"> {
  using On::On;
  static ActionMatch<"acme.refused"> refusal(const DownloadRequested&, const Context&, std::span<const ClauseIndex> clauses) { return acme_refusal(clauses); }
};
struct CertificateDelivered : On<"certificate.delivered"> { using On::On; };

struct ByItsAccount; struct ToItsAccount;
struct OweDelivery;

struct CertificateDownload : Machine<CertificateDownload> {
  using states = mp_list<Absent, Stored>;
  using events = mp_list<CertificateCreated, DownloadRequested, CertificateDelivered>;
  using initial_state = Absent;
  using transition_table = mp_list<
    //   in      on                    go to   do               provided
    Row< Absent, CertificateCreated,   Stored                                    >,
    Row< Stored, DownloadRequested,    none,   Do<OweDelivery>, All<ByItsAccount> >,
    Row< Stored, CertificateDelivered, none,   Do<>,            All<ToItsAccount> >>;
  using unaccepted = mp_list<
    Breaks< DownloadRequested,    Ids<"RFC-20"> >,
    Breaks< CertificateDelivered, Ids<"RFC-20"> >>;
};
// clang-format on

struct ByItsAccount : Guard<"RFC-20"> {
  static bool test(const Context& c, const DownloadRequested& request) {
    return request.text<"account">() == c.me()[kAccount];
  }
};
struct OweDelivery : Effect<"RFC-20"> {
  static void run(Context& c, const DownloadRequested& request) {
    c.must(c.action<"certificate.delivered">().with<"account">(request.get<"account">()));
  }
};
struct ToItsAccount : Guard<"RFC-20"> {
  static bool test(const Context& c, const CertificateDelivered& delivered) {
    return c.as_owed(*delivered.event, *delivered.record);
  }
};

constexpr MachineApi kApi =
    Tables<CertificateDownload>::api("CertificateDownload", ObjectKind::certificate);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<CertificateDownload>::state_id<Stored> == kStored);

}  // namespace shinsa::model::certificate_download
