/// dns-01: the CA looks up the TXT records of _acme-challenge in front of the name, or in place of
/// its asterisk, and compares each with its string, within 25 days of issuing it.
/// Source: ACM-48 to ACM-53 (page lines 211 to 221), reading ACM-Q2; RFC 8555 sections 8.2, 8.4
/// (RFC-14, RFC-16, RFC-22).
#include "model/machines/challenge_by_dns.hpp"

#include <algorithm>
#include <string>

#include "model/core/machine.hpp"

namespace shinsa::model::challenge_by_dns {
namespace {

using namespace challenge;

// clang-format off
struct Unoffered : State {};
struct Pending : State {};     // the string was issued
struct QueryDue : State {};    // the client says that the record is there: the CA must look
struct Asked : State {};       // the DNS was asked
struct Proven : State {};      // one record has the string: the CA must say so
struct Unproven : State {};    // none has
struct Valid : State {};
struct Invalid : State {};
struct Expired : State {};     // from 25 days after the issue on: not approved

struct TxtQueried : On<"dns.queried"> { using On::On; static bool is(const TxtQueried& query, const Context&) { return query.is_word<"type", "TXT">(); } };
struct TxtAnswered : On<"dns.answered"> { using On::On; static bool is(const TxtAnswered& answer, const Context&) { return answer.is_word<"type", "TXT">(); } };
struct ChallengeValidated : On<"challenge.validated"> { using On::On; static bool is(const ChallengeValidated&, const Context& c) { return is_by(c, kLabel<"ACM-39", "dns">); } };
struct ChallengeFailed : On<"challenge.failed"> { using On::On; };
struct StringRunsOut : Deadline<kTxtEnds> { using Deadline::Deadline; };

struct IsByDns; struct IsForAWildcard; struct InFrontOfTheName; struct InPlaceOfTheAsterisk; struct IsAnswered; struct GivesTheString; struct OneOfSeveral;
struct StartClock; struct OweQuery; struct OweQueryOfWildcard; struct OweValidation; struct FailsUnanswered; struct FailsByContent; struct NotApproved;

struct ChallengeByDns : Machine<ChallengeByDns> {
  using states = mp_list<Unoffered, Pending, QueryDue, Asked, Proven, Unproven, Valid, Invalid, Expired>;
  using events = mp_list<ChallengeOpened, ValidationAsked, TxtQueried, TxtAnswered, ChallengeValidated, ChallengeFailed, StringRunsOut>;
  using initial_state = Unoffered;
  using Stop = StopClock<kTxtEnds>;
  using AsTheClauseSays = All<InFrontOfTheName, InPlaceOfTheAsterisk>;
  using transition_table = mp_list<
    //   in         on                  go to     do                              provided
    Row< Unoffered, ChallengeOpened,    Pending,  Do<StartClock>,                 All<IsByDns>                                       >,
    Row< Pending,   ValidationAsked,    QueryDue, Do<OweQuery>,                   All<Not<IsForAWildcard>>                           >,
    Row< Pending,   ValidationAsked,    QueryDue, Do<OweQueryOfWildcard>,         All<IsForAWildcard>                                >,
    Row< QueryDue,  TxtQueried,         Asked,    Do<>,                           AsTheClauseSays                                    >,
    Row< Asked,     TxtAnswered,        Proven,   Do<OweValidation, Stop>,        All<IsAnswered, GivesTheString, OneOfSeveral>      >,
    Row< Asked,     TxtAnswered,        Unproven, Do<FailsUnanswered>,            All<Not<IsAnswered>>                               >,
    Row< Asked,     TxtAnswered,        Unproven, Do<FailsByContent>,             All<IsAnswered, Not<GivesTheString>>               >,
    Row< Asked,     TxtAnswered,        Unproven, Do<FailsByContent>,             All<IsAnswered, GivesTheString, Not<OneOfSeveral>> >,
    Row< Unproven,  TxtQueried,         Asked,    Do<ForgetFailure, LooksAgain>,  AsTheClauseSays                                    >,
    Row< Proven,    ChallengeValidated, Valid,    Do<TellValid>                                                                      >,
    Row< Unproven,  ChallengeFailed,    Invalid,  Do<ForgetFailure, TellInvalid>, All<AsFound>                                       >,
    Row< Pending,   StringRunsOut,      Expired,  Do<NotApproved>                                                                           >,
    Row< QueryDue,  StringRunsOut,      Expired,  Do<NotApproved>                                                                           >,
    Row< Asked,     StringRunsOut,      Expired,  Do<NotApproved>                                                                           >,
    Row< Unproven,  StringRunsOut,      Expired,  Do<NotApproved>                                                                           >>;
  using unaccepted = mp_list<
    Breaks< TxtQueried,         Ids<"ACM-52">, Expired >,
    Breaks< TxtQueried,         Ids<"ACM-48"> >,
    Breaks< TxtAnswered,        Ids<"ACM-48"> >,
    Breaks< ChallengeValidated, Ids<"ACM-52">, Expired >,
    Breaks< ChallengeValidated, Ids<"ACM-48"> >,
    Breaks< ChallengeFailed,    Ids<"RFC-14"> >>;
};
// clang-format on

[[nodiscard]] std::string_view name_of(const Context& c) {
  return c.facts().text(c.store().lower(c.me()[kName]));
}

struct IsByDns : Question {
  static bool test(const Context& c, const auto&) { return is_by(c, kLabel<"ACM-39", "dns">); }
};
struct IsForAWildcard : Question {
  static bool test(const Context& c, const auto&) { return name_of(c).starts_with("*."); }
};

// -- asking
// ---------------------------------------------------------------------------------------------------------------

[[nodiscard]] TextId place_of_the_record(const Context& c) {
  std::string_view name = name_of(c);
  if (name.starts_with("*.")) name.remove_prefix(2);
  return c.store().intern(std::string(kLabel<"ACM-49", "label">) + "." + std::string(name));
}
[[nodiscard]] ActionMatch<"dns.queried"> query(const Context& c) {
  constexpr auto txt = *choice_index(kRecordTypes, "TXT");
  return c.action<"dns.queried">()
      .with<"name">(place_of_the_record(c))
      .with<"type">(Value::of(txt));
}
// Counted from the issue of the string; half-open (reading ACM-Q2).
struct StartClock : Effect<"ACM-51"> {
  static void run(Context& c, const auto&) {
    c.me()[kTxtEnds] = c.now() + days(c.number<"ACM-51", "days">());
  }
};
struct OweQuery : Effect<"ACM-49"> {
  static void run(Context& c, const auto&) { c.must(query(c)); }
};
struct OweQueryOfWildcard : Effect<"ACM-50"> {
  static void run(Context& c, const auto&) { c.must(query(c)); }
};
struct InFrontOfTheName : Guard<"ACM-49"> {
  static bool test(const Context& c, const TxtQueried& asked) {
    return IsForAWildcard::test(c, asked) ||
           c.same_name(asked.text<"name">(), place_of_the_record(c));
  }
};
struct InPlaceOfTheAsterisk : Guard<"ACM-50"> {
  static bool test(const Context& c, const TxtQueried& asked) {
    return !IsForAWildcard::test(c, asked) ||
           c.same_name(asked.text<"name">(), place_of_the_record(c));
  }
};

// -- what was answered
// ---------------------------------------------------------------------------------------------------

struct IsAnswered : Guard<"RFC-22"> {
  static bool test(const Context&, const TxtAnswered& answer) {
    return answer.is_word<"status", "ok">();
  }
};
[[nodiscard]] bool has_the_string(const Context& c, const TxtAnswered& answer) {
  const auto values = c.facts().list(answer.list<"values">());
  return std::ranges::any_of(values,
                             [&](TextId value) { return value == offered<"string">(c).text(); });
}
[[nodiscard]] bool has_several(const Context& c, const TxtAnswered& answer) {
  return c.facts().list(answer.list<"values">()).size() > 1;
}
struct GivesTheString : Guard<"ACM-48"> {
  static bool test(const Context& c, const TxtAnswered& answer) {
    return has_several(c, answer) || has_the_string(c, answer);
  }
};
struct OneOfSeveral : Guard<"ACM-53"> {
  static bool test(const Context& c, const TxtAnswered& answer) {
    return !has_several(c, answer) || has_the_string(c, answer);
  }
};
struct OweValidation : Effect<"ACM-48"> {
  static void run(Context& c, const auto&) { c.must(c.action<"challenge.validated">()); }
};
struct FailsUnanswered : Effect<"RFC-22"> {
  static void run(Context& c, const auto&) {
    owe_failure(c, kLabel<"RFC-22", "error_dns">, query(c));
  }
};
struct FailsByContent : Effect<"ACM-48"> {
  static void run(Context& c, const auto&) { owe_failure(c, kLabel<"ACM-48", "error">, query(c)); }
};
struct NotApproved : Effect<"ACM-52"> {
  static void run(Context& c, const auto&) {
    c.withdraw_duties();
    c.tell_to(c.me()[kAuthorization], MessageId::challenge_expired);
  }
};

constexpr MachineApi kApi = Tables<ChallengeByDns>::api("ChallengeByDns", ObjectKind::challenge);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<ChallengeByDns>::state_id<Expired> == kExpired);

}  // namespace shinsa::model::challenge_by_dns
