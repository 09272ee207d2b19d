/// An ACME order: for names that the registrations of the account's customer cover, proven one by
/// one, finalized by the client, issued once the CAA records permit it.
/// Source: ACM-02, 04, 05, 07 to 09, 13, 27, 37, 38, 54, 59 (page lines 16 to 61, 76 to 80, 131 to
/// 137, 181 to 187, 223 to 224); RFC 8555 sections 7.1.3, 7.1.6, 7.4 (RFC-12 to 14, 17, 18, 24),
/// RFC 8659 (RFC-19). Which name is covered: acme_names.
#include "model/machines/acme_order.hpp"

#include <algorithm>
#include <string>

#include "model/core/machine.hpp"
#include "model/machines/acme_account.hpp"
#include "model/machines/acme_certificate.hpp"
#include "model/machines/acme_errors.hpp"
#include "model/machines/acme_names.hpp"
#include "model/machines/acme_order_names.hpp"
#include "model/machines/authorization.hpp"
#include "model/machines/form_rules.hpp"
#include "model/machines/fqdn.hpp"
#include "model/machines/introduced_once.hpp"

namespace shinsa::model::acme_order {
namespace {

// clang-format off
struct Unrequested : State {};
struct CreationDue : State {};   // accepted; the CA must create it
struct RefusalDue : State {};    // a use-FQDN lapsed or was paid back before it was created: the CA cannot take it any more
struct Pending : State {};       // each of its names must be proven
struct Ready : State {};         // all are: the client may finalize it
struct Processing : State {};    // finalized: CAA is looked up, then the certificate must be issued
struct Failing : State {};       // CAA forbids the issue: the CA must say so
struct Valid : State {};         // issued
struct Invalid : State {};       // a name was not proven, or CAA forbade it
struct OutOfTime : State {};     // its use-FQDN lapsed or was paid back before the issue

struct OrderRequested : On<"order.requested"> {
  using On::On;
  static ActionMatch<"acme.refused"> refusal(const OrderRequested& order, const Context& c, std::span<const ClauseIndex> clauses);
};
struct OrderCreated : On<"order.created"> { using On::On; };
struct AuthorizationCreated : On<"authorization.created", "order"> { using On::On; };
struct OrderFinalized : On<"order.finalized"> {
  using On::On;
  static ActionMatch<"acme.refused"> refusal(const OrderFinalized& order, const Context& c, std::span<const ClauseIndex> clauses);
};
struct CertificateIssued : On<"certificate.issued", "application"> { using On::On; };
struct RefusedLate : On<"acme.refused"> { using On::On; static bool is(const RefusedLate&, const Context& c) { return c.me().states[0] == kRefusalDue; } };
struct OrderFailed : On<"order.failed"> { using On::On; };

struct HasAnAccount; struct AsOrdered; struct OneForEachName; struct AllAreValid;
struct CarriesTheNames; struct OthersPermit; struct CaaPermitted; struct ForTheNames; struct OfTheType; struct WithTheKeyOfTheCsr; struct NinetyDays;
struct LostItsNames; struct AsFound; struct WithItsError;
using Covered = All<NoneBesideWww, NoneAboveWww, NoneUnderAWildcard, AllRegistered, AllInTime>;

struct KeepOrder; struct OweOrder; struct OweAuthorizations; struct OpenAuthorization; struct KeepCsr; struct AskForCaa; struct CountPermission;
struct OweCertificate; struct OweLateRefusal; struct OweFailure; struct RecordCertificate; struct ForgetDuties;
struct OneMoreWithWww; struct BothByOneRegistration; struct BesideAConventionalOne; struct IssuedThroughTheClient;   // seen, permitted

struct AcmeOrder : Machine<AcmeOrder> {
  using states = mp_list<Unrequested, CreationDue, RefusalDue, Pending, Ready, Processing, Failing, Valid, Invalid, OutOfTime>;
  using events = mp_list<OrderRequested, OrderCreated, AuthorizationCreated, AuthorizationValid, AuthorizationInvalid, OrderFinalized, CaaPermits, CaaForbids,
                         CertificateIssued, RefusedLate, OrderFailed, RegistrationOver>;
  using initial_state = Unrequested;
  using Take = Do<KeepOrder, OweOrder, OneMoreWithWww, BothByOneRegistration, BesideAConventionalOne>;
  using Sound = All<CsrIsSigned, KeyIsStrong, CarriesTheNames>;
  using transition_table = mp_list<
    //   in           on                    go to        do                                              provided
    Row< Unrequested, OrderRequested,       CreationDue, Take,                                           All<HasAnAccount, NamesSomething, NamesHosts, Covered, RoomBesideTheOthers> >,
    Row< CreationDue, OrderCreated,         Pending,     Do<OweAuthorizations>,                          All<AsOrdered>                                             >,
    Row< CreationDue, RegistrationOver,     RefusalDue,  Do<ForgetDuties, OweLateRefusal>,               All<LostItsNames>                                          >,
    Row< RefusalDue,  RefusedLate,          OutOfTime,   Do<>,                                           All<WithItsError>                                          >,
    Row< Pending,     AuthorizationCreated, none,        Do<OpenAuthorization>,                          All<OneForEachName>                                        >,
    Row< Pending,     AuthorizationValid,   Ready,       Do<>,                                           All<AllAreValid>                                           >,
    Row< Pending,     AuthorizationValid,   none,        Do<>,                                           All<Not<AllAreValid>>                                      >,
    Row< Pending,     AuthorizationInvalid, Invalid,     Do<ForgetDuties>                                                                                           >,
    Row< Ready,       OrderFinalized,       Processing,  Do<KeepCsr, AskForCaa>,                         All<Sound, AllRegistered, AllInTime, RoomBesideTheOthers>  >,
    Row< Processing,  CaaPermits,           none,        Do<CountPermission, OweCertificate>,            All<OthersPermit>                                          >,
    Row< Processing,  CaaPermits,           none,        Do<CountPermission>,                            All<Not<OthersPermit>>                                     >,
    Row< Processing,  CaaForbids,           Failing,     Do<OweFailure>                                                                                             >,
    Row< Failing,     OrderFailed,          Invalid,     Do<>,                                           All<AsFound>                                               >,
    Row< Processing,  CertificateIssued,    Valid,       Do<RecordCertificate, IssuedThroughTheClient>,  All<IsANewCertificate, CaaPermitted, ForTheNames, OfTheType, WithTheKeyOfTheCsr, NinetyDays, AllRegistered, AllInTime> >,
    Row< Processing,  RegistrationOver,     OutOfTime,   Do<ForgetDuties>,                               All<LostItsNames>                                          >>;
  using unaccepted = mp_list<
    Breaks< OrderRequested,       Ids<"ASM-07"> >,
    Breaks< OrderCreated,         Ids<"RFC-13"> >,
    Breaks< OrderCreated,         Ids<"RFC-24">, RefusalDue >,
    Breaks< OrderCreated,         AllInTime, RefusalDue >,
    Breaks< OrderCreated,         AllRegistered, RefusalDue >,
    Breaks< RefusedLate,          Ids<"RFC-23"> >,
    Breaks< AuthorizationCreated, Ids<"RFC-13"> >,
    Breaks< OrderFinalized,       Ids<"RFC-17"> >,
    Breaks< CertificateIssued,    Ids<"ACM-38">, Unrequested >,                     // what was never ordered was registered neither
    Breaks< CertificateIssued,    Ids<"ACM-13">, CreationDue, RefusalDue, Pending, Ready >,     // the client did not ask for it yet
    Breaks< CertificateIssued,    Ids<"RFC-17">, Valid >,
    Breaks< CertificateIssued,    Ids<"RFC-14">, Invalid >,
    Breaks< CertificateIssued,    Ids<"RFC-19">, Failing >,
    Breaks< CertificateIssued,    AllInTime, OutOfTime >,
    Breaks< CertificateIssued,    AllRegistered, OutOfTime >,
    Breaks< OrderFailed,          Ids<"RFC-19"> >>;
};
// clang-format on

[[nodiscard]] const Object* account_of(const Context& c, const OrderRequested& order) {
  return c.object(c.find(order.text<"account">()));
}

// -- what may stand in an order
// ------------------------------------------------------------------------------------------

struct HasAnAccount : Guard<"ACM-02"> {
  static bool test(const Context& c, const OrderRequested& order) {
    return acme_account::is_valid(account_of(c, order));
  }
};
ActionMatch<"acme.refused"> OrderRequested::refusal(const OrderRequested& order, const Context& c,
                                                    std::span<const ClauseIndex> clauses) {
  return refusal_of_names(c, order, clauses);
}
ActionMatch<"acme.refused"> OrderFinalized::refusal(const OrderFinalized& order, const Context& c,
                                                    std::span<const ClauseIndex> clauses) {
  return refusal_of_names(c, order, clauses);
}

// -- the order and its authorizations
// ------------------------------------------------------------------------------------

struct KeepOrder : Note {
  static void run(Context& c, const OrderRequested& order) {
    c.me()[kOrder] = order.event->data;
    c.me()[kOrdered] = order.time();
  }
};
struct OweOrder : Effect<"RFC-13"> {
  static void run(Context& c, const OrderRequested& order) {
    c.must(c.action<"order.created">()
               .with<"account">(order.get<"account">())
               .with<"identifiers">(order.get<"identifiers">()));
  }
};
struct AsOrdered : Guard<"RFC-13"> {
  static bool test(const Context& c, const OrderCreated& created) {
    return c.as_owed(*created.event, *created.record);
  }
};
struct OweAuthorizations : Effect<"RFC-13"> {
  static void run(Context& c, const OrderCreated& created) {
    for (TextId name : c.facts().list(names_of(c, created)))
      c.must(c.action<"authorization.created">()
                 .with<"order">(c.me().subject)
                 .with<"identifier">(name));
  }
};
// Each an authorization of its own.
struct OneForEachName : Guard<"RFC-13"> {
  static bool test(const Context& c, const AuthorizationCreated& created) {
    return c.as_owed(*created.event, *created.record) && c.find(created.subject()) == kNoObject;
  }
};
struct OpenAuthorization : Note {
  static void run(Context& c, const AuthorizationCreated& created) {
    const TextId order = c.me().subject;
    const ObjectIndex at = c.create(ObjectKind::authorization, created.subject());
    Object& fresh = c.object_to_change(at);
    fresh[authorization::kOrder] = order;
    fresh[authorization::kName] = created.text<"identifier">();
    c.post_to(at, MessageId::authorization_opened);
  }
};
[[nodiscard]] bool is_mine(const Context& c, const Object& object) {
  return object.kind == ObjectKind::authorization &&
         object[authorization::kOrder] == c.me().subject;
}
struct AllAreValid : Question {
  static bool test(const Context& c, const auto& what) {
    const auto valid = std::ranges::count_if(c.group().objects, [&](const Object& object) {
      return is_mine(c, object) && object.states[0] == authorization::kValid;
    });
    return static_cast<std::size_t>(valid) == c.facts().list(names_of(c, what)).size();
  }
};
struct ForgetDuties : Note {
  static void run(Context& c, const auto&) { c.withdraw_duties(); }
};

// -- finalize, CAA
// ----------------------------------------------------------------------------------------------------------

// Names in the common name alone count too (RFC 8555 section 7.4).
struct CarriesTheNames : Guard<"RFC-18"> {
  static bool test(const Context& c, const OrderFinalized& order) {
    if (!order.has<"csr">()) return false;
    const auto listed = c.facts().list(order.list<"csr_names">());
    std::vector<TextId> names(listed.begin(), listed.end());
    if (order.has<"csr_cn">()) names.push_back(order.text<"csr_cn">());
    return c.same_names(c.store().intern_list(names), names_of(c, order));
  }
};
struct KeepCsr : Note {
  static void run(Context& c, const OrderFinalized& order) { c.me()[kFinal] = order.event->data; }
};
struct AskForCaa : Effect<"RFC-19"> {
  static void run(Context& c, const OrderFinalized&) {
    const auto& objects = c.group().objects;
    for (std::size_t i = 0; i < objects.size(); ++i)
      if (is_mine(c, objects[i])) c.post_to(static_cast<ObjectIndex>(i), MessageId::caa_due);
  }
};
[[nodiscard]] std::size_t number_of_names(const Context& c) {
  return c.facts().list(identifiers(c.facts(), c.me())).size();
}
struct OthersPermit : Question {
  static bool test(const Context& c, const auto&) {
    return static_cast<std::size_t>(c.me()[kPermitted]) + 1 == number_of_names(c);
  }
};
struct CountPermission : Note {
  static void run(Context& c, const auto&) { ++c.me()[kPermitted]; }
};
// The authorization whose CAA records were looked up knows what was wrong.
struct OweFailure : Effect<"RFC-19"> {
  static void run(Context& c, const CaaForbids& forbids) {
    const Object* asked = c.object(c.find(forbids.cause->subject));
    c.must(c.action<"order.failed">().with<"error">(
        Value::of(asked ? (*asked)[authorization::kCaaError] : 0)));
  }
};
struct AsFound : Guard<"RFC-19"> {
  static bool test(const Context& c, const OrderFailed& failed) {
    return c.as_owed(*failed.event, *failed.record);
  }
};

// -- the issue
// ------------------------------------------------------------------------------------------------------------

[[nodiscard]] Value type_of(const Context& c) {
  const bool wildcard = acme_names::has_wildcard(c.facts(), identifiers(c.facts(), c.me()));
  constexpr auto of_a_wildcard = *choice_index(kProducts, kLabel<"ACM-03", "wildcard">);
  constexpr auto plain = *choice_index(kProducts, kLabel<"ACM-03", "plain">);
  return Value::of(wildcard ? of_a_wildcard : plain);
}
struct OweCertificate : Effect<"ACM-13"> {
  static void run(Context& c, const CaaPermits&) {
    const ListId names = identifiers(c.facts(), c.me());
    c.must(c.action<"certificate.issued">()
               .with<"application">(c.me().subject)
               .with<"cn">(acme_names::common_name(c.facts(), names))
               .with<"kind">(type_of(c))
               .with<"sans">(names)
               .with<"key">(c.said<"order.finalized", "key">(kFinal)));
  }
};
struct CaaPermitted : Guard<"RFC-19"> {
  static bool test(const Context& c, const CertificateIssued&) {
    return static_cast<std::size_t>(c.me()[kPermitted]) == number_of_names(c);
  }
};
struct ForTheNames : Guard<"RFC-18"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    const auto names = c.facts().list(names_of(c, issued));
    const bool cn = std::ranges::any_of(
        names, [&](TextId name) { return c.same_name(name, issued.text<"cn">()); });
    return cn &&
           (!issued.has<"sans">() || c.same_names(issued.list<"sans">(), names_of(c, issued)));
  }
};
struct OfTheType : Guard<"ACM-03"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    return !issued.has<"kind">() || issued.get<"kind">() == type_of(c);
  }
};
struct WithTheKeyOfTheCsr : Guard<"RFC-18"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    const Value asked = c.said<"order.finalized", "key">(kFinal);
    return !issued.has<"key">() || !asked.present() || issued.get<"key">() == asked;
  }
};
struct NinetyDays : Guard<"ASM-30"> {
  static bool test(const Context& c, const CertificateIssued& issued) {
    const Instant last =
        issued.instant<"not_before">() + days(c.number<"ASM-30", "days">()) - seconds(1);
    return issued.instant<"not_after">() == last;
  }
};
struct RecordCertificate : Note {
  static void run(Context& c, const CertificateIssued& issued) {
    const TextId account = c.said<"order.requested", "account">(kOrder).text();
    for (TextId name : c.facts().list(names_of(c, issued))) {
      const ObjectIndex at = acme_names::registration_for(c, name, c.me()[kOrdered]);
      if (at != kNoObject) c.tell_to(at, MessageId::use_fqdn_issued);
    }
    const ObjectIndex at = c.create(ObjectKind::certificate, issued.subject());
    Object& fresh = c.object_to_change(at);
    fresh[acme_certificate::kContent] = issued.event->data;
    fresh[acme_certificate::kAccount] = account;
    fresh[acme_certificate::kEndsAt] = issued.instant<"not_after">() + seconds(1);
    c.post_to(at, MessageId::certificate_created);
  }
};
// The last day of a use-FQDN has passed, or its fee was paid back, while the CA was at work.
struct LostItsNames : Question {
  static bool test(const Context& c, const auto& what) {
    return std::ranges::any_of(c.facts().list(names_of(c, what)), [&](TextId name) {
      return acme_names::objection(c, name, c.me()[kOrdered]) != kNoClause;
    });
  }
};
/// Each clause that keeps a name of the order out.
[[nodiscard]] std::vector<ClauseIndex> objections(const Context& c) {
  std::vector<ClauseIndex> all;
  for (TextId name : c.facts().list(identifiers(c.facts(), c.me())))
    if (const ClauseIndex why = acme_names::objection(c, name, c.me()[kOrdered]);
        why != kNoClause && !names(all, why))
      all.push_back(why);
  return all;
}
struct OweLateRefusal : Effect<"RFC-24"> {
  static void run(Context& c, const RegistrationOver& over) {
    c.must(refusal_of_names(c, over, objections(c)));
  }
};
struct WithItsError : Guard<"RFC-23"> {
  static bool test(const Context& c, const RefusedLate& refused) {
    return c.as_owed(*refused.event, *refused.record);
  }
};

// -- permitted, and seen
// --------------------------------------------------------------------------------------------------

/// How many of the names are the registered one itself, and how many have `www` in front.
struct ByWww {
  bool plain = false, www = false;
};
[[nodiscard]] ByWww under(const Context& c, const OrderRequested& order, const Object& object) {
  ByWww seen;
  for (TextId name : c.facts().list(order.list<"identifiers">())) {
    seen.plain = seen.plain || c.same_name(name, object[fqdn::kName]);
    seen.www = seen.www || acme_names::is_with_www(c, name, object[fqdn::kName]);
  }
  return seen;
}
struct OneMoreWithWww : Permission<"ACM-07"> {
  static bool applies(const Context& c, const OrderRequested& order) {
    return std::ranges::any_of(c.group().objects, [&](const Object& object) {
      return object.kind == ObjectKind::fqdn && under(c, order, object).www;
    });
  }
};
struct BothByOneRegistration : Permission<"ACM-27"> {
  static bool applies(const Context& c, const OrderRequested& order) {
    return std::ranges::any_of(c.group().objects, [&](const Object& object) {
      if (object.kind != ObjectKind::fqdn) return false;
      const ByWww seen = under(c, order, object);
      return seen.plain && seen.www;
    });
  }
};
struct BesideAConventionalOne : Permission<"ACM-05"> {
  static bool applies(const Context& c, const OrderRequested& order) {
    const TextId name = acme_names::common_name(c.facts(), names_of(c, order));
    return std::ranges::any_of(c.group().objects, [&](const Object& object) {
      return acme_certificate::is_active(object) &&
             acme_certificate::is_conventional(c.facts(), object) &&
             c.same_name(acme_certificate::content<"cn">(c.facts(), object).text(), name);
    });
  }
};
struct IssuedThroughTheClient : Permission<"ACM-59"> {
  static bool applies(const Context&, const CertificateIssued&) { return true; }
};

constexpr MachineApi kApi = Tables<AcmeOrder>::api("AcmeOrder", ObjectKind::order);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<AcmeOrder>::state_id<OutOfTime> == kOutOfTime);

}  // namespace shinsa::model::acme_order
