/// A certificate: valid to its notAfter, renewed by the provider without an application.
/// Source: NTT-46, NTT-47 (page lines 123 to 125), reading NTT-Q12, ASM-05, ASM-07, ASM-41. What
/// revokes one is not regulated (reading NTT-Q14); a revoked one stays revoked: RFC-02.
#include "model/machines/agency_certificate.hpp"

#include "model/core/machine.hpp"
#include "model/machines/agency.hpp"
#include "model/machines/service_contract.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::agency_certificate {
namespace {

static_assert(kContent.at == certificate::kContent.at, "content() reads that slot");

// clang-format off
struct Unknown : State {};
struct Active : State {};       // about one year before its renewal, or not to be renewed
struct RenewalDue : State {};   // the provider must start the renewal
struct InRenewal : State {};
struct Ended : State {};        // expired
struct Revoked : State {};

struct KnownFromBefore : On<"fact.certificate"> { using On::On; };
struct CertificateRevoked : On<"certificate.revoked"> { using On::On; };
struct RenewalStarted : On<"renewal.started", "source"> { using On::On; };
struct RenewalTime : Deadline<kRenewalOpens> { using Deadline::Deadline; };
struct ValidityEnds : Deadline<kEndsAt> { using Deadline::Deadline; };

struct WasRevoked; struct HasEnded; struct IsInUse; struct IsOurs; struct OpensSomethingNew; struct AsItIs;
struct Remember; struct SetClock; struct OweRenewal; struct RenewalIsOff; struct BeginRenewal; struct NoteTime; struct ForgetClocks;

struct AgencyCertificate : Machine<AgencyCertificate> {
  using states = mp_list<Unknown, Active, RenewalDue, InRenewal, Ended, Revoked>;
  using events = mp_list<KnownFromBefore, CertificateCreated, CertificateRevoked, RenewalStarted, WorkStopped, ContractOver, RenewalTime, ValidityEnds>;
  using initial_state = Unknown;
  using Renewal = All<OpensSomethingNew, IsOurs, AsItIs>;
  using transition_table = mp_list<
    //   in          on                  go to       do                          provided
    Row< Unknown,    KnownFromBefore,    Active,     Do<Remember, SetClock>,     All<Not<WasRevoked>, Not<HasEnded>> >,
    Row< Unknown,    KnownFromBefore,    Revoked,    Do<Remember>,               All<WasRevoked>                     >,
    Row< Unknown,    KnownFromBefore,    Ended,      Do<Remember>,               All<Not<WasRevoked>, HasEnded>      >,
    Row< Unknown,    CertificateCreated, Active,     Do<SetClock>                                                    >,
    Row< Active,     RenewalTime,        RenewalDue, Do<OweRenewal>,             All<IsInUse>                        >,
    Row< Active,     RenewalTime,        none,       Do<>,                       All<Not<IsInUse>>                   >,
    Row< RenewalDue, RenewalStarted,     InRenewal,  Do<BeginRenewal>,           Renewal                             >,
    Row< Active,     RenewalStarted,     InRenewal,  Do<BeginRenewal, NoteTime>, Renewal                             >,
    Row< RenewalDue, WorkStopped,        Active,     Do<RenewalIsOff>                                                >,
    Row< RenewalDue, ContractOver,       Active,     Do<RenewalIsOff>                                                >,
    Row< Active,     ValidityEnds,       Ended,      Do<ForgetClocks>                                                >,
    Row< RenewalDue, ValidityEnds,       Ended,      Do<ForgetClocks>                                                >,
    Row< InRenewal,  ValidityEnds,       Ended,      Do<ForgetClocks>                                                >,
    Row< Active,     CertificateRevoked, Revoked,    Do<ForgetClocks>                                                >,
    Row< RenewalDue, CertificateRevoked, Revoked,    Do<ForgetClocks>                                                >,
    Row< InRenewal,  CertificateRevoked, Revoked,    Do<ForgetClocks>                                                >>;
  using unaccepted = mp_list<
    Breaks< KnownFromBefore,    Ids<"ASM-05"> >,
    Breaks< CertificateRevoked, Ids<"RFC-02"> >,
    Breaks< RenewalStarted,     Ids<"NTT-46"> >>;   // of a certificate that is not there, not valid, or in renewal already
};
// clang-format on

// -- questions and guards
// -----------------------------------------------------------------------------------------------------------

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
[[nodiscard]] bool is_from_elsewhere(const Context& c) {
  constexpr auto other = *choice_index("JPDirect|other", "other");
  return c.said<"fact.certificate", "issued_by">(kContent) == Value::of(std::int64_t{other});
}
// Acquired here, on the server, not cancelled, and the service goes on.
struct IsInUse : Guard<"NTT-46"> {
  static bool test(const Context& c, const auto&) {
    const bool is_set = !c.object(c.me()[kApplication]) || c.me()[kIsSet];
    return is_set && !c.me()[kSettingCancelled] && !is_from_elsewhere(c) &&
           service_contract::is_in_service(
               c, service_contract::contract_of(c, agency_certificate::contract_of(c)));
  }
};
struct IsOurs : Guard<"NTT-46"> {
  static bool test(const Context& c, const auto&) {
    return !is_from_elsewhere(c) && !c.me()[kSettingCancelled];
  }
};
struct OpensSomethingNew : Guard<"ASM-07"> {
  static bool test(const Context& c, const RenewalStarted& renewal) {
    return c.find(renewal.subject()) == kNoObject;
  }
};
struct AsItIs : Guard<"NTT-46"> {
  static bool test(const Context& c, const RenewalStarted& renewal) {
    return c.same_name(renewal.text<"cn">(), content<"cn">(c, c.me()).text()) &&
           renewal.get<"kind">() == content<"kind">(c, c.me());
  }
};

// -- effects
// ------------------------------------------------------------------------------------------------------------------------

struct Remember : Note {
  static void run(Context& c, const KnownFromBefore& fact) {
    c.me()[kContent] = fact.event->data;
    c.me()[kEndsAt] = fact.instant<"not_after">() + seconds(1);
  }
};
struct SetClock : Note {
  static void run(Context& c, const auto&) {
    const Date end = date_of(content<"not_after">(c, c.me()).instant());
    const auto months = static_cast<int>(c.number<"ASM-41", "months_before">());
    c.me()[kRenewalOpens] = start_of(plus_months({end.year, end.month, 1}, -months));
  }
};
/// A field of the application that it answers; absent for a certificate from before.
template <Literal F>
[[nodiscard]] Value of_the_application(const Context& c) {
  const Object* application = c.object(c.me()[kApplication]);
  return application ? agency::applied_by<F>(c, *application) : Value{};
}
struct OweRenewal : Effect<"NTT-46"> {
  static void run(Context& c, const auto&) {
    c.must(c.action<"renewal.started">()
               .with<"source">(c.me().subject)
               .with<"contract">(agency_certificate::contract_of(c))
               .with<"cn">(content<"cn">(c, c.me()))
               .with<"kind">(content<"kind">(c, c.me()))
               .with<"organisation">(content<"organisation">(c, c.me()))
               .with<"applicant">(of_the_application<"applicant">(c))
               .with<"telephone">(of_the_application<"telephone">(c))
               .with<"server">(of_the_application<"server">(c))
               .due(c.me()[kEndsAt]));
  }
};
struct RenewalIsOff : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};
struct BeginRenewal : Note {
  static void run(Context& c, const RenewalStarted& renewal) {
    c.withdraw_own_duties();
    c.me()[kRenewalOpens] = Instant{};
    const ObjectIndex source = c.self();
    const ObjectIndex at = c.create(ObjectKind::application, renewal.subject());
    Object& application = c.object_to_change(at);
    application[agency::kForm] = renewal.event->data;
    application[agency::kSource] = source;
    application.set(agency::kRenewal);
    c.post_to(at, MessageId::renewal_began);
  }
};
// About one year on: sooner is remarked on, never refused.
struct NoteTime : Effect<"NTT-47"> {
  static void run(Context& c, const RenewalStarted&) { c.remark(kClause<"NTT-47">); }
};
struct ForgetClocks : Note {
  static void run(Context& c, const auto&) {
    c.me()[kEndsAt] = Instant{};
    c.me()[kRenewalOpens] = Instant{};
    c.withdraw_own_duties();
  }
};

constexpr MachineApi kApi =
    Tables<AgencyCertificate>::api("AgencyCertificate", ObjectKind::certificate);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<AgencyCertificate>::state_id<Revoked> == kRevoked);

TextId contract_of(const Context& c) {
  if (const Object* application = c.object(c.me()[kApplication]))
    return agency::applied_by<"contract">(c, *application).text();
  return c.said<"fact.certificate", "contract">(kContent).text();
}

}  // namespace shinsa::model::agency_certificate
