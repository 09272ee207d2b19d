/// An ACME account: created with a received EAB that is in time and unused, with a mail address for
/// urgent notices, at the CA's own server.
/// Source: ACM-18, ACM-22, ACM-23 (page lines 101, 108 to 120), readings ACM-Q19, ACM-Q21;
/// RFC 8555 section 7.3 (RFC-11).
#include "model/machines/acme_account.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/acme_errors.hpp"
#include "model/machines/eab.hpp"

namespace shinsa::model::acme_account {
namespace {

// clang-format off
struct Unrequested : State {};
struct CreationDue : State {};   // accepted; the CA must create it
struct Valid : State {};

struct KnownFromBefore : On<"fact.account"> { using On::On; };
struct AccountRequested : On<"account.requested"> {
  using On::On;
  static ActionMatch<"acme.refused"> refusal(const AccountRequested& request, const Context& c, std::span<const ClauseIndex> clauses);
};
struct AccountCreated : On<"account.created"> { using On::On; };

struct BringsAnEab; struct EabInTime; struct EabUnused; struct GivesAMailAddress; struct ReachesTheServer; struct AgreesToTerms; struct AsRequested;
struct KeepRequest; struct UseEab; struct OweAccount;
struct NotesTheHost;   // seen, permitted

struct AcmeAccount : Machine<AcmeAccount> {
  using states = mp_list<Unrequested, CreationDue, Valid>;
  using events = mp_list<KnownFromBefore, AccountRequested, AccountCreated>;
  using initial_state = Unrequested;
  using Sound = All<BringsAnEab, EabInTime, EabUnused, GivesAMailAddress, ReachesTheServer, AgreesToTerms>;
  using transition_table = mp_list<
    //   in           on                go to        do                                                 provided
    Row< Unrequested, KnownFromBefore,  Valid,       Do<KeepRequest>                                                    >,
    Row< Unrequested, AccountRequested, CreationDue, Do<KeepRequest, UseEab, OweAccount, NotesTheHost>, Sound            >,
    Row< CreationDue, AccountCreated,   Valid,       Do<>,                                              All<AsRequested> >>;
  using unaccepted = mp_list<
    Breaks< KnownFromBefore,  Ids<"ASM-07"> >,
    Breaks< AccountRequested, Ids<"ASM-07"> >,
    Breaks< AccountCreated,   Ids<"ACM-22"> >>;
};
// clang-format on

[[nodiscard]] const Object* eab_of(const Context& c, const AccountRequested& request) {
  return c.object(c.find(request.text<"eab">()));
}

// -- what a request must be
// -------------------------------------------------------------------------------------------------

struct BringsAnEab : Guard<"ACM-22"> {
  static bool test(const Context& c, const AccountRequested& request) {
    const Object* eab = eab_of(c, request);
    const bool is_ours = !request.has<"mac_verifies">() || request.truth<"mac_verifies">();
    return eab && eab->states[0] != eab::kUnissued && is_ours;
  }
};
struct EabInTime : Guard<"ACM-18"> {
  static bool test(const Context& c, const AccountRequested& request) {
    const Object* eab = eab_of(c, request);
    return !eab || eab->states[0] != eab::kExpired;
  }
};
struct EabUnused : Guard<"ACM-22"> {
  static bool test(const Context& c, const AccountRequested& request) {
    const Object* eab = eab_of(c, request);
    return !eab || eab->states[0] != eab::kUsedUp;
  }
};
struct GivesAMailAddress : Guard<"ACM-23"> {
  static bool test(const Context& c, const AccountRequested& request) {
    const auto contacts = c.facts().list(request.list<"contacts">());
    return !contacts.empty() && std::ranges::all_of(contacts, [&](TextId contact) {
      return c.facts().text(contact).starts_with(kLabel<"ACM-23", "scheme">);
    });
  }
};
// Met when the request reaches that host (reading ACM-Q19).
struct ReachesTheServer : Guard<"ACM-23"> {
  static bool test(const Context& c, const AccountRequested& request) {
    return !request.has<"directory">() || Under<"ACM-Q19", "customer-host">::test(c, request) ||
           c.facts().text(c.store().lower(request.text<"directory">())) == kLabel<"ASM-32", "host">;
  }
};
struct AgreesToTerms : Guard<"RFC-11"> {
  static bool test(const Context&, const AccountRequested& request) {
    return request.truth<"terms">();
  }
};
ActionMatch<"acme.refused"> AccountRequested::refusal(const AccountRequested& request,
                                                      const Context&,
                                                      std::span<const ClauseIndex> clauses) {
  auto refusal = acme_refusal(clauses);
  if (!request.has<"eab">()) refusal.with<"error">(acme_error(kLabel<"ACM-22", "error_missing">));
  return refusal;
}
struct AsRequested : Guard<"ACM-22"> {
  static bool test(const Context& c, const AccountCreated& created) {
    return c.as_owed(*created.event, *created.record);
  }
};

// -- effects
// ------------------------------------------------------------------------------------------------------------

struct KeepRequest : Note {
  static void run(Context& c, const auto& said) { c.me()[kRequest] = said.event->data; }
};
// Used up by what is accepted, so that of two requests at one moment one succeeds.
struct UseEab : Effect<"ACM-22"> {
  static void run(Context& c, const AccountRequested& request) {
    const ObjectIndex eab = c.find(request.text<"eab">());
    if (eab != kNoObject) c.tell_to(eab, MessageId::eab_used);
  }
};
struct OweAccount : Effect<"ACM-22"> {
  static void run(Context& c, const AccountRequested& request) {
    c.must(c.action<"account.created">()
               .with<"eab">(request.get<"eab">())
               .with<"contacts">(request.get<"contacts">()));
  }
};
struct NotesTheHost : Permission<"ACM-23"> {
  static bool applies(const Context&, const AccountRequested& request) {
    return request.has<"host">();
  }
};

constexpr MachineApi kApi = Tables<AcmeAccount>::api("AcmeAccount", ObjectKind::account);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<AcmeAccount>::state_id<Valid> == kValid);

}  // namespace shinsa::model::acme_account
