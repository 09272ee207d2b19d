/// An authorization of one name: two ways to prove control of it, by file and by DNS, and by DNS
/// alone for a wildcard. When the strings run out it is not approved, and a new order is needed.
/// Source: ACM-39, 41, 43, 45, 52 (page lines 189 to 192, 197, 203 to 205, 218); RFC 8555 sections
/// 7.1.4, 7.1.6, 7.5 (RFC-14, RFC-15, RFC-25). Not here: the challenges (challenge_by_file,
/// challenge_by_dns), CAA (caa_check).
#include "model/machines/authorization.hpp"

#include "model/core/machine.hpp"
#include "model/machines/acme_errors.hpp"
#include "model/machines/challenge.hpp"

namespace shinsa::model::authorization {
namespace {

// clang-format off
struct Unopened : State {};
struct Pending : State {};   // challenges are offered; the client answers one of them
struct Valid : State {};
struct Invalid : State {};   // a challenge failed
struct Expired : State {};   // the strings have run out: invalid likewise, by ACM-45 and ACM-52

struct ChallengeOffered : On<"challenge.offered", "authorization"> { using On::On; };
struct ChallengeResponded : On<"challenge.responded"> {
  using On::On;
  static ActionMatch<"acme.refused"> refusal(const ChallengeResponded&, const Context&, std::span<const ClauseIndex> clauses) { return acme_refusal(clauses); }
};

struct OneOfTheTwo; struct NoFileForAWildcard; struct OncePerMethod; struct EndsInTimeByFile; struct EndsInTimeByDns;
struct StringOfTheCa; struct FileStringInTime; struct TxtStringInTime; struct AllAreOffered;
using MayBeAnswered = All<OneOfTheTwo, NoFileForAWildcard, AllAreOffered, StringOfTheCa, FileStringInTime, TxtStringInTime>;

struct OweDnsChallenge; struct OweFileChallenge; struct OffersAreOff; struct OpenChallenge; struct AskForValidation; struct TellOrderValid; struct TellOrderInvalid;

struct AuthorizationMachine : Machine<AuthorizationMachine> {
  using states = mp_list<Unopened, Pending, Valid, Invalid, Expired>;
  using events = mp_list<AuthorizationOpened, ChallengeOffered, ChallengeResponded, ChallengeValid, ChallengeInvalid, ChallengeExpired>;
  using initial_state = Unopened;
  using transition_table = mp_list<
    //   in        on                   go to    do                                     provided
    Row< Unopened, AuthorizationOpened, Pending, Do<OweFileChallenge, OweDnsChallenge>                                                                                   >,
    Row< Pending,  ChallengeOffered,    none,    Do<OpenChallenge>,                     All<OneOfTheTwo, NoFileForAWildcard, OncePerMethod, EndsInTimeByFile, EndsInTimeByDns> >,
    Row< Pending,  ChallengeResponded,  none,    Do<AskForValidation>,                  MayBeAnswered                                                                    >,
    Row< Expired,  ChallengeResponded,  none,    Do<>,                                  MayBeAnswered                                                                    >,   // never: nothing may be
    Row< Pending,  ChallengeValid,      Valid,   Do<TellOrderValid>                                                                                                      >,
    Row< Pending,  ChallengeInvalid,    Invalid, Do<TellOrderInvalid>                                                                                                    >,
    Row< Pending,  ChallengeExpired,    Expired, Do<OffersAreOff, TellOrderInvalid>                                                                                      >>;
  using unaccepted = mp_list<
    Breaks< ChallengeOffered,   Ids<"RFC-15"> >,
    Breaks< ChallengeResponded, Ids<"RFC-15"> >>;
};
// clang-format on

[[nodiscard]] bool by_file(const auto& what) { return what.template is_word<"type", "http-01">(); }
[[nodiscard]] bool by_dns(const auto& what) { return what.template is_word<"type", "dns-01">(); }
[[nodiscard]] ObjectIndex challenge_for(const Context& c, const auto& what) {
  if (by_file(what)) return c.me()[kByFile];
  return by_dns(what) ? c.me()[kByDns] : kNoObject;
}

// -- offering
// -------------------------------------------------------------------------------------------------------------

/// A way that is offered later than a string lasts is offered to nobody.
void owe_offer(Context& c, Value method, std::int64_t days_valid) {
  c.must(c.action<"challenge.offered">()
             .with<"authorization">(c.me().subject)
             .with<"type">(method)
             .due(c.now() + days(days_valid)));
}
struct OweDnsChallenge : Effect<"ACM-39"> {
  static void run(Context& c, const auto&) {
    owe_offer(c, challenge::type(kLabel<"ACM-39", "dns">), c.number<"ACM-51", "days">());
  }
};
struct OweFileChallenge : Effect<"ACM-39"> {
  static bool applies(const Context& c, const auto&) { return !is_wildcard(c, c.me()); }
  static void run(Context& c, const auto&) {
    owe_offer(c, challenge::type(kLabel<"ACM-39", "file">), c.number<"ACM-44", "days">());
  }
};
// Nobody can answer them any more.
struct OffersAreOff : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};
struct OneOfTheTwo : Guard<"ACM-39"> {
  static bool test(const Context&, const auto& what) { return by_file(what) || by_dns(what); }
};
struct NoFileForAWildcard : Guard<"ACM-41"> {
  static bool test(const Context& c, const auto& what) {
    return !by_file(what) || !is_wildcard(c, c.me());
  }
};
// Under a name of its own, too.
struct OncePerMethod : Guard<"ACM-43"> {
  static bool test(const Context& c, const ChallengeOffered& offered) {
    return challenge_for(c, offered) == kNoObject && c.find(offered.subject()) == kNoObject;
  }
};
template <Literal Id>
[[nodiscard]] bool ends_in_time(const Context& c, const ChallengeOffered& offered) {
  return !offered.has<"expires">() ||
         offered.instant<"expires">() == offered.time() + days(c.number<Id, "days">());
}
struct EndsInTimeByFile : Guard<"ACM-44"> {
  static bool test(const Context& c, const ChallengeOffered& offered) {
    return !by_file(offered) || ends_in_time<"ACM-44">(c, offered);
  }
};
struct EndsInTimeByDns : Guard<"ACM-51"> {
  static bool test(const Context& c, const ChallengeOffered& offered) {
    return !by_dns(offered) || ends_in_time<"ACM-51">(c, offered);
  }
};
struct OpenChallenge : Note {
  static void run(Context& c, const ChallengeOffered& offered) {
    const ObjectIndex self = c.self();
    const TextId name = c.me()[kName];
    const bool file = by_file(offered);
    const ObjectIndex at = c.create(ObjectKind::challenge, offered.subject());
    Object& fresh = c.object_to_change(at);
    fresh[challenge::kOffered] = offered.event->data;
    fresh[challenge::kName] = name;
    fresh[challenge::kAuthorization] = self;
    c.me()[file ? kByFile : kByDns] = at;
    c.post_to(at, MessageId::challenge_opened);
  }
};

// -- answering
// ------------------------------------------------------------------------------------------------------------

struct AllAreOffered : Guard<"RFC-25"> {
  static bool test(const Context& c, const auto&) { return !c.owes(kType<"challenge.offered">); }
};
// What the client says it placed must be what the CA issued.
struct StringOfTheCa : Guard<"ACM-43"> {
  static bool test(const Context& c, const ChallengeResponded& response) {
    const Object* offered = c.object(challenge_for(c, response));
    if (!offered || !response.has<"string">()) return true;
    return response.get<"string">() ==
           c.said_by<"challenge.offered", "string">(*offered, challenge::kOffered);
  }
};
[[nodiscard]] bool has_run_out(const Context& c, const ChallengeResponded& response) {
  const Object* offered = c.object(challenge_for(c, response));
  return offered && challenge::has_expired(*offered);
}
struct FileStringInTime : Guard<"ACM-45"> {
  static bool test(const Context& c, const ChallengeResponded& response) {
    return !by_file(response) || !has_run_out(c, response);
  }
};
struct TxtStringInTime : Guard<"ACM-52"> {
  static bool test(const Context& c, const ChallengeResponded& response) {
    return !by_dns(response) || !has_run_out(c, response);
  }
};
struct AskForValidation : Note {
  static void run(Context& c, const ChallengeResponded& response) {
    c.tell_to(challenge_for(c, response), MessageId::validation_asked);
  }
};

// -- what becomes of it
// --------------------------------------------------------------------------------------------------

struct TellOrderValid : Effect<"RFC-14"> {
  static void run(Context& c, const auto&) {
    c.tell_to(c.find(c.me()[kOrder]), MessageId::authorization_valid);
  }
};
struct TellOrderInvalid : Effect<"RFC-14"> {
  static void run(Context& c, const auto&) {
    c.tell_to(c.find(c.me()[kOrder]), MessageId::authorization_invalid);
  }
};

constexpr MachineApi kApi =
    Tables<AuthorizationMachine>::api("Authorization", ObjectKind::authorization);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<AuthorizationMachine>::state_id<Expired> == kExpired);

}  // namespace shinsa::model::authorization
