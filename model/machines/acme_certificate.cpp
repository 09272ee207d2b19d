/// A certificate: active from its issue to its notAfter or its revocation; a wildcard is good for
/// every host of its level, and for no other. The customer's client installs it.
/// Source: ACM-04, ACM-15 (page lines 49, 84 to 90); RFC 8555 section 7.6 (RFC-21), RFC-02.
/// Not here: handing it out (certificate_download).
#include "model/machines/acme_certificate.hpp"

#include <algorithm>

#include "model/core/machine.hpp"

namespace shinsa::model::acme_certificate {
namespace {

// clang-format off
struct Unknown : State {};
struct Active : State {};
struct Revoked : State {};
struct Expired : State {};   // from the second after notAfter

struct KnownFromBefore : On<"fact.certificate"> { using On::On; };
struct RevocationRequested : On<"revocation.requested"> { using On::On; };
struct CertificateRevoked : On<"certificate.revoked"> { using On::On; };
struct ServerConfigured : On<"server.configured"> { using On::On; };
struct SiteVisited : On<"site.visited", "certificate"> { using On::On; };
struct SiteShown : On<"site.shown", "certificate"> { using On::On; };
struct ValidityEnds : Deadline<kEndsAt> { using Deadline::Deadline; };

struct WasRevoked; struct HasEnded; struct WasAskedFor; struct IsGoodForTheHost; struct AsTheNamesSay;
struct Remember; struct OweRevocation; struct ForgetDuties; struct OweLock; struct OweNameError;
struct CustomerInstalls;   // seen: the client does it

struct AcmeCertificate : Machine<AcmeCertificate> {
  using states = mp_list<Unknown, Active, Revoked, Expired>;
  using events = mp_list<KnownFromBefore, CertificateCreated, RevocationRequested, CertificateRevoked, ServerConfigured, SiteVisited, SiteShown, ValidityEnds>;
  using initial_state = Unknown;
  using transition_table = mp_list<
    //   in       on                   go to    do                    provided
    Row< Unknown, KnownFromBefore,     Active,  Do<Remember>,         All<Not<WasRevoked>, Not<HasEnded>> >,
    Row< Unknown, KnownFromBefore,     Revoked, Do<>,                 All<WasRevoked>                     >,
    Row< Unknown, KnownFromBefore,     Expired, Do<>,                 All<Not<WasRevoked>, HasEnded>      >,
    Row< Unknown, CertificateCreated,  Active                                                             >,
    Row< Active,  RevocationRequested, none,    Do<OweRevocation>                                         >,
    Row< Active,  CertificateRevoked,  Revoked, Do<ForgetDuties>,     All<WasAskedFor>                    >,
    Row< Active,  ServerConfigured,    none,    Do<CustomerInstalls>                                      >,
    Row< Active,  SiteVisited,         none,    Do<OweLock>,          All<IsGoodForTheHost>               >,
    Row< Active,  SiteVisited,         none,    Do<OweNameError>,     All<Not<IsGoodForTheHost>>          >,
    Row< Active,  SiteShown,           none,    Do<>,                 All<AsTheNamesSay>                  >,
    Row< Active,  ValidityEnds,        Expired, Do<ForgetDuties>                                          >>;
  using unaccepted = mp_list<
    Breaks< KnownFromBefore,     Ids<"ASM-05"> >,
    Breaks< RevocationRequested, Ids<"RFC-02"> >,
    Breaks< CertificateRevoked,  Ids<"RFC-02"> >,
    Breaks< ServerConfigured,    Ids<"ACM-15"> >,
    Breaks< SiteVisited,         Ids<"ACM-04"> >,
    Breaks< SiteShown,           Ids<"ACM-04"> >>;
};
// clang-format on

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
struct Remember : Note {
  static void run(Context& c, const KnownFromBefore& fact) {
    c.me()[kContent] = fact.event->data;
    c.me()[kEndsAt] = fact.instant<"not_after">() + seconds(1);
  }
};
struct OweRevocation : Effect<"RFC-21"> {
  static void run(Context& c, const RevocationRequested& request) {
    if (c.me()[kRevocationAsked]) return;
    c.me().set(kRevocationAsked);
    c.must(c.action<"certificate.revoked">().with<"reason">(request.get<"reason">()));
  }
};
struct WasAskedFor : Guard<"RFC-21"> {
  static bool test(const Context& c, const CertificateRevoked& revoked) {
    return c.as_owed(*revoked.event, *revoked.record);
  }
};
struct ForgetDuties : Note {
  static void run(Context& c, const auto&) { c.withdraw_duties(); }
};
struct CustomerInstalls : Permission<"ACM-15"> {
  static bool applies(const Context&, const ServerConfigured&) { return true; }
};

// -- what a visitor sees
// --------------------------------------------------------------------------------------------------

struct IsGoodForTheHost : Guard<"ACM-04"> {
  static bool test(const Context& c, const SiteVisited& visit) {
    return is_good_for(c.store(), content<"sans">(c.facts(), c.me()).list(),
                       content<"cn">(c.facts(), c.me()).text(), visit.text<"cn">());
  }
};
[[nodiscard]] ActionMatch<"site.shown"> view(const Context& c, std::string_view result) {
  constexpr auto results =
      kEventTypes[kType<"site.shown">].fields[kField<"site.shown", "result">].choices;
  return c.action<"site.shown">()
      .with<"result">(Value::of(*choice_index(results, result)))
      .with<"certificate">(c.me().subject);
}
struct OweLock : Effect<"ACM-04"> {
  static void run(Context& c, const auto&) { c.must(view(c, "lock")); }
};
struct OweNameError : Effect<"ACM-04"> {
  static void run(Context& c, const auto&) { c.must(view(c, "other-name")); }
};
struct AsTheNamesSay : Guard<"ACM-04"> {
  static bool test(const Context& c, const SiteShown& shown) {
    return c.as_owed(*shown.event, *shown.record);
  }
};

constexpr MachineApi kApi =
    Tables<AcmeCertificate>::api("AcmeCertificate", ObjectKind::certificate);

/// `*.example.jp` is good for `a.example.jp`, and neither for `a.b.example.jp` nor `example.jp`.
bool matches(std::string_view name, std::string_view host) {
  if (!name.starts_with("*.")) return name == host;
  const std::size_t dot = host.find('.');
  return dot != std::string_view::npos && dot > 0 && host.substr(dot) == name.substr(1);
}

}  // namespace

bool is_good_for(Facts& facts, ListId names, TextId common_name, TextId host) {
  const auto fits = [&](TextId name) {  // in any case
    const TextId low = facts.lower(name), where = facts.lower(host);
    return matches(facts.text(low), facts.text(where));
  };
  const auto all = facts.list(names);
  return all.empty() ? fits(common_name) : std::ranges::any_of(all, fits);
}

const MachineApi& kMachine = kApi;
static_assert(Tables<AcmeCertificate>::state_id<Expired> == kExpired);

}  // namespace shinsa::model::acme_certificate
