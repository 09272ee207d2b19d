/// Issue after the validation, while nothing stands in the way; then installation over what lies on
/// the server, and the revocation of the old certificate. Source: SAK-04, SAK-08, SAK-09, SAK-11,
/// SAK-20 to SAK-23, SAK-25, SAK-31, SAK-35, SAK-37 (page lines 3, 10, 15, 18, 35, 41, 47, 57),
/// readings SAK-Q1, SAK-Q5, SAK-Q8, SAK-Q12, ASM-22, ASM-23.
#include "model/machines/hosted_issuance.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "model/core/machine.hpp"
#include "model/machines/introduced_once.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::hosted_issuance {
namespace {

using namespace entry;

// clang-format off
struct Waiting : State {};      // not applied for, or not validated
struct IssueDue : State {};
struct Held : State {};         // validated, but something stands in the way (ASM-22)
struct InstallDue : State {};   // issued
struct Completed : State {};    // the new certificate lies on the server

struct ClipEnds : Deadline<kClipEnds> { using Deadline::Deadline; };
struct CertificateIssued : On<"certificate.issued", "application"> { using On::On; };

struct WasApplied; struct WasValidated; struct ForItsName; struct ForTheNames; struct EndsAsItMust; struct BeginsOnTheDay; struct WithTheRightKey;
struct OweIssue; struct DropIssue; struct Hold; struct RecordCertificate; struct OweInstallation; struct OweRevocationOnIssue; struct OweRevocationOnInstallation;
using AsApplied = All<ForItsName, ForTheNames, EndsAsItMust, BeginsOnTheDay, WithTheRightKey>;

struct HostedIssuance : Machine<HostedIssuance> {
  using states = mp_list<Waiting, IssueDue, Held, InstallDue, Completed>;
  using events = mp_list<DomainControlDone, SituationChanged, ClipEnds, CertificateIssued, CertificateInPlace, ApplicationOver>;
  using initial_state = Waiting;
  using Issue = Do<DropIssue, RecordCertificate, OweInstallation, OweRevocationOnIssue, Post<CertificateReady>>;
  using transition_table = mp_list<
    //   in           on                  go to        do                                provided
    Row< Waiting,     DomainControlDone,  IssueDue,    Do<OweIssue>,                     All<Unhindered>                   >,
    Row< Waiting,     DomainControlDone,  Held,        Do<Hold>,                         All<Not<Unhindered>>              >,
    Row< IssueDue,    SituationChanged,   Held,        Do<DropIssue, Hold>,              All<Not<Unhindered>>              >,
    Row< Held,        SituationChanged,   IssueDue,    Do<OweIssue>,                     All<Unhindered>                   >,
    Row< IssueDue,    ClipEnds,           none,        Do<DropIssue, OweIssue>                                             >,
    Row< IssueDue,    CertificateIssued,  InstallDue,  Issue,                            All<IsANewCertificate, AsApplied> >,
    Row< InstallDue,  CertificateInPlace, Completed,   Do<OweRevocationOnInstallation>                                     >,
    Row< IssueDue,    ApplicationOver,    Waiting,     Do<DropIssue>                                                       >,
    Row< Held,        ApplicationOver,    Waiting                                                                          >>;
  using unaccepted = mp_list<
    Breaks< CertificateIssued, WasApplied,       Waiting >,
    Breaks< CertificateIssued, WasValidated,     Waiting >,
    Breaks< CertificateIssued, NoNewSetting,     Held >,
    Breaks< CertificateIssued, NoOtherCertificate, Held >,
    Breaks< CertificateIssued, ServiceIsInOrder, Held >,
    Breaks< CertificateIssued, Ids<"ASM-04">,    InstallDue, Completed >>;
};
// clang-format on

// -- what must come first
// -----------------------------------------------------------------------------------------------

// Nothing is reissued unless the customer applied: the customer carries it out (SAK-37).
struct WasApplied : Guard<"SAK-37"> {
  static bool test(const Context& c, const CertificateIssued&) { return c.me()[kPending]; }
};
struct WasValidated : Guard<"SAK-08"> {  // asked only while the validation is not done
  static bool test(const Context& c, const CertificateIssued&) { return !c.me()[kPending]; }
};

// -- what the certificate must be
// ---------------------------------------------------------------------------------------

/// The names that are added automatically (ASM-23): with and without the leading www label.
[[nodiscard]] ListId automatic_names(const Context& c) {
  const std::string name(c.facts().text(c.store().lower(common_name(c))));
  std::vector<TextId> names{c.store().intern(name)};
  constexpr std::string_view www = "www.";
  if (name.starts_with(www))
    names.push_back(c.store().intern(name.substr(www.size())));
  else if (!name.starts_with("*."))
    names.push_back(c.store().intern(std::string(www) + name));
  return c.store().intern_list(names);
}
struct ForItsName : Guard<"SAK-23"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return c.same_name(issued.text<"cn">(), common_name(c));
  }
};
struct ForTheNames : Guard<"SAK-09"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return !issued.has<"sans">() || c.same_names(issued.list<"sans">(), automatic_names(c));
  }
};
[[nodiscard]] Instant end_of_the_twelfth_month(const Context& c, Instant from) {
  const auto months = static_cast<int>(c.number<"SAK-04", "months">());
  return last_second_of(end_of_month(plus_months(date_of(from), months)));
}
// With 397 days or more left the end is clipped, by reading SAK-Q1; with less it stays.
struct EndsAsItMust : Guard<"SAK-04"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    const Instant old = end_of_source(c) - seconds(1);
    const Instant end = issued.instant<"not_after">();
    if (beyond_the_limit(c, issued.time()) < Duration{}) return end == old;
    const Instant latest = issued.time() + days(c.number<"SAK-04", "days">());
    if (Under<"SAK-Q1", "min-397">::test(c, issued)) return end == std::min(old, latest);
    if (Under<"SAK-Q1", "month-end">::test(c, issued))
      return end == std::min(old, end_of_the_twelfth_month(c, issued.time()));
    return end > issued.time() && end <= old && end <= latest;
  }
};
// The day of the issue, or of the application (reading SAK-Q8).
[[nodiscard]] Date day_of_the_reissue(const Context& c, Instant issue) {
  return date_of(Under<"SAK-Q8", "day-of-application">::test(c, 0) ? c.me()[kAppliedAt] : issue);
}
struct BeginsOnTheDay : Guard<"SAK-35"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return date_of(issued.instant<"not_before">()) == day_of_the_reissue(c, issued.time());
  }
};
[[nodiscard]] Value key_of_source(const Context& c) {
  const Object* source = source_of(c, c.me());
  return source ? certificate::content<"key">(c.facts(), *source) : Value{};
}
[[nodiscard]] bool keeps_the_key(const Context& c) {
  return Under<"SAK-Q12", "certificate-alone">::test(c, 0);
}
// Whether the key is replaced too is reading SAK-Q12; a key that nobody recorded cannot be told.
struct WithTheRightKey : Guard<"SAK-25"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    const Value before = key_of_source(c);
    return !issued.has<"key">() || !before.present() ||
           (issued.get<"key">() == before) == keeps_the_key(c);
  }
};

// -- effects
// ------------------------------------------------------------------------------------------------------------

// The end is left to the CA while it is clipped, and follows from the source as soon as it is not.
struct OweIssue : Effect<"SAK-37"> {
  static void run(Context& c, const auto&) {
    const Object* source = source_of(c, c.me());
    if (!source) return;
    auto match = c.action<"certificate.issued">()
                     .with<"application">(c.me().subject)
                     .with<"cn">(common_name(c))
                     .with<"kind">(certificate::content<"kind">(c.facts(), *source))
                     .with<"sans">(automatic_names(c));
    const Duration beyond = beyond_the_limit(c, c.now());
    if (beyond < Duration{})
      match.with<"not_after">(certificate::content<"not_after">(c.facts(), *source));
    else
      c.me()[kClipEnds] = c.now() + beyond + seconds(1);
    if (Under<"SAK-Q8", "day-of-application">::test(c, 0))
      match.with<"not_before">(c.me()[kAppliedAt]);
    if (keeps_the_key(c)) match.with<"key">(key_of_source(c));
    c.must(match);
  }
};
struct DropIssue : Note {
  static void run(Context& c, const auto&) {
    c.me()[kClipEnds] = Instant{};
    c.withdraw_own_duties();
  }
};
struct Hold : Permission<"ASM-22"> {  // nothing is owed while it lasts
  static bool applies(const Context&, const auto&) { return true; }
};
struct RecordCertificate : Note {
  static void run(Context& c, const CertificateIssued& issued) {
    c.me()[kIssued] = issued.subject();
    c.me()[kIssuedAt] = issued.time();
    const ObjectIndex at = c.create(ObjectKind::certificate, issued.subject());
    Object& fresh = c.object_to_change(at);
    fresh[certificate::kContent] = issued.event->data;
    fresh[certificate::kEndsAt] = issued.instant<"not_after">() + seconds(1);
    fresh[hosted_certificate::kEntry] = c.self();
    fresh.set(hosted_certificate::kToBeInstalled);
    c.post_to(at, MessageId::certificate_created);
  }
};
struct OweInstallation : Effect<"SAK-31"> {
  static void run(Context& c, const CertificateIssued& issued) {
    const Object* host = host_of(c);
    c.must_of(c.find(issued.subject()), c.action<"certificate.installed">().with<"server">(
                                            host ? Value::of(host->subject) : Value{}));
  }
};
void owe_revocation(Context& c) {
  const ObjectIndex at = c.find(ordered<"certificate">(c, c.me()).text());
  if (at == kNoObject || !certificate::is_active(*c.object(at))) return;
  c.object_to_change(at).set(certificate::kReplaced);
  c.must_of(at, c.action<"certificate.revoked">());
}
// Completion is the issue, or the installation (reading SAK-Q5).
struct OweRevocationOnIssue : Effect<"SAK-11"> {
  static bool applies(const Context& c, const auto& e) {
    return !Under<"SAK-Q5", "after-install">::test(c, e);
  }
  static void run(Context& c, const auto&) { owe_revocation(c); }
};
struct OweRevocationOnInstallation : Effect<"SAK-11"> {
  static bool applies(const Context& c, const auto& e) {
    return Under<"SAK-Q5", "after-install">::test(c, e);
  }
  static void run(Context& c, const auto&) { owe_revocation(c); }
};

constexpr MachineApi kApi = Tables<HostedIssuance>::api("HostedIssuance", ObjectKind::entry);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<HostedIssuance>::state_id<Completed> == kCompleted);

}  // namespace shinsa::model::hosted_issuance
