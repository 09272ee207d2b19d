/// http-01: the CA asks for the file at the fixed path, by http, follows ten redirects and compares
/// what it is given with its string, within 25 days of issuing it.
/// Source: ACM-40, ACM-42, ACM-44 to ACM-47 (page lines 194 to 209), readings ACM-Q2, ACM-Q5,
/// ACM-Q6; RFC 8555 sections 8.2, 8.3 (RFC-14, RFC-16, RFC-22).
#include "model/machines/challenge_by_file.hpp"

#include <string>

#include "model/core/machine.hpp"

namespace shinsa::model::challenge_by_file {
namespace {

using namespace challenge;

// clang-format off
struct Unoffered : State {};
struct Pending : State {};      // token and string were issued
struct RequestDue : State {};   // the client says that the file is there: the CA must look
struct Asked : State {};        // the web server was asked
struct Proven : State {};       // it gave the string: the CA must say so
struct Unproven : State {};     // it did not
struct Valid : State {};
struct Invalid : State {};
struct Expired : State {};      // from 25 days after the issue on: not approved

struct HttpRequested : On<"http.requested"> { using On::On; };
struct HttpAnswered : On<"http.answered"> { using On::On; };
struct ChallengeValidated : On<"challenge.validated"> { using On::On; static bool is(const ChallengeValidated&, const Context& c) { return is_by(c, kLabel<"ACM-39", "file">); } };
struct ChallengeFailed : On<"challenge.failed"> { using On::On; };
struct StringRunsOut : Deadline<kFileEnds> { using Deadline::Deadline; };

struct IsByFile; struct ToTheFixedPath; struct NotByHttps; struct NoHttpsOnTheWay; struct TenStepsAtMost; struct IsReached; struct GivesTheString;
struct StartClock; struct OweRequest; struct OweValidation; struct FailsByHttps; struct FailsBySteps; struct FailsUnreached; struct FailsByContent; struct NotApproved;

struct ChallengeByFile : Machine<ChallengeByFile> {
  using states = mp_list<Unoffered, Pending, RequestDue, Asked, Proven, Unproven, Valid, Invalid, Expired>;
  using events = mp_list<ChallengeOpened, ValidationAsked, HttpRequested, HttpAnswered, ChallengeValidated, ChallengeFailed, StringRunsOut>;
  using initial_state = Unoffered;
  using Stop = StopClock<kFileEnds>;
  using AsTheClauseSays = All<ToTheFixedPath, NotByHttps>;
  using transition_table = mp_list<
    //   in          on                  go to       do                              provided
    Row< Unoffered,  ChallengeOpened,    Pending,    Do<StartClock>,                 All<IsByFile>                                                   >,
    Row< Pending,    ValidationAsked,    RequestDue, Do<OweRequest>                                                                                  >,
    Row< RequestDue, HttpRequested,      Asked,      Do<>,                           AsTheClauseSays                                                 >,
    Row< Asked,      HttpAnswered,       Proven,     Do<OweValidation, Stop>,        All<NoHttpsOnTheWay, TenStepsAtMost, IsReached, GivesTheString> >,
    Row< Asked,      HttpAnswered,       Unproven,   Do<FailsByHttps>,               All<Not<NoHttpsOnTheWay>>                                       >,
    Row< Asked,      HttpAnswered,       Unproven,   Do<FailsBySteps>,               All<NoHttpsOnTheWay, Not<TenStepsAtMost>>                       >,
    Row< Asked,      HttpAnswered,       Unproven,   Do<FailsUnreached>,             All<NoHttpsOnTheWay, TenStepsAtMost, Not<IsReached>>            >,
    Row< Asked,      HttpAnswered,       Unproven,   Do<FailsByContent>,             All<NoHttpsOnTheWay, TenStepsAtMost, IsReached, Not<GivesTheString>> >,
    Row< Unproven,   HttpRequested,      Asked,      Do<ForgetFailure, LooksAgain>,  AsTheClauseSays                                                 >,
    Row< Proven,     ChallengeValidated, Valid,      Do<TellValid>                                                                                   >,
    Row< Unproven,   ChallengeFailed,    Invalid,    Do<ForgetFailure, TellInvalid>, All<AsFound>                                                    >,
    Row< Pending,    StringRunsOut,      Expired,    Do<NotApproved>                                                                                        >,
    Row< RequestDue, StringRunsOut,      Expired,    Do<NotApproved>                                                                                        >,
    Row< Asked,      StringRunsOut,      Expired,    Do<NotApproved>                                                                                        >,
    Row< Unproven,   StringRunsOut,      Expired,    Do<NotApproved>                                                                                        >>;
  using unaccepted = mp_list<
    Breaks< HttpRequested,      Ids<"ACM-45">, Expired >,
    Breaks< HttpRequested,      Ids<"ACM-40"> >,
    Breaks< HttpAnswered,       Ids<"ACM-40"> >,
    Breaks< ChallengeValidated, Ids<"ACM-45">, Expired >,
    Breaks< ChallengeValidated, Ids<"ACM-40"> >,
    Breaks< ChallengeFailed,    Ids<"RFC-14"> >>;
};
// clang-format on

struct IsByFile : Question {
  static bool test(const Context& c, const auto&) { return is_by(c, kLabel<"ACM-39", "file">); }
};

// -- asking
// ---------------------------------------------------------------------------------------------------------------

[[nodiscard]] std::string place_of_the_file(const Context& c) {
  return std::string(c.facts().text(c.store().lower(c.me()[kName]))) +
         std::string(kLabel<"ACM-42", "path">) +
         std::string(c.facts().text(offered<"token">(c).text()));
}
[[nodiscard]] ActionMatch<"http.requested"> request(const Context& c) {
  return c.action<"http.requested">().with<"uri">(
      c.store().intern(std::string(kLabel<"ACM-42", "scheme">) + place_of_the_file(c)));
}
// Counted from the issue of the string; half-open (reading ACM-Q2).
struct StartClock : Effect<"ACM-44"> {
  static void run(Context& c, const auto&) {
    c.me()[kFileEnds] = c.now() + days(c.number<"ACM-44", "days">());
  }
};
struct OweRequest : Effect<"ACM-42"> {
  static void run(Context& c, const auto&) { c.must(request(c)); }
};
struct ToTheFixedPath : Guard<"ACM-42"> {
  static bool test(const Context& c, const HttpRequested& asked) {
    const std::string_view uri = c.facts().text(asked.text<"uri">());
    const std::size_t host = uri.find("//");
    return host != std::string_view::npos && uri.substr(host + 2) == place_of_the_file(c);
  }
};
struct NotByHttps : Guard<"ACM-46"> {
  static bool test(const Context& c, const HttpRequested& asked) {
    return c.facts().text(asked.text<"uri">()).starts_with(kLabel<"ACM-42", "scheme">);
  }
};

// -- what was answered
// ---------------------------------------------------------------------------------------------------

struct NoHttpsOnTheWay : Guard<"ACM-46"> {
  static bool test(const Context& c, const HttpAnswered& answer) {
    if (answer.is_word<"outcome", "redirect-to-https">()) return false;
    return !answer.truth<"https">() || Under<"ACM-Q5", "followed">::test(c, answer);
  }
};
struct TenStepsAtMost : Guard<"ACM-47"> {
  static bool test(const Context& c, const HttpAnswered& answer) {
    const bool counts_requests = Under<"ACM-Q6", "ten-requests">::test(c, answer);
    return !answer.is_word<"outcome", "too-many-redirects">() &&
           answer.get<"redirects">().number() + (counts_requests ? 1 : 0) <=
               c.number<"ACM-47", "redirects">();
  }
};
// Whoever redirects was reached, however far that led.
struct IsReached : Guard<"RFC-22"> {
  static bool test(const Context&, const HttpAnswered& answer) {
    return answer.is_word<"outcome", "answered">() ||
           answer.is_word<"outcome", "too-many-redirects">() ||
           answer.is_word<"outcome", "redirect-to-https">();
  }
};
// White space at the end does not count (RFC 8555 section 8.3).
struct GivesTheString : Guard<"ACM-40"> {
  static bool test(const Context& c, const HttpAnswered& answer) {
    std::string_view body = c.facts().text(answer.text<"body">());
    body = body.substr(0, body.find_last_not_of(" \t\r\n") + 1);
    const bool found = answer.is_word<"outcome", "answered">() &&
                       (!answer.has<"status">() || answer.get<"status">().number() == 200);
    return found && body == c.facts().text(offered<"string">(c).text());
  }
};
struct OweValidation : Effect<"ACM-40"> {
  static void run(Context& c, const auto&) { c.must(c.action<"challenge.validated">()); }
};
struct FailsByHttps : Effect<"ACM-46"> {
  static void run(Context& c, const auto&) {
    owe_failure(c, kLabel<"ACM-46", "error">, request(c));
  }
};
struct FailsBySteps : Effect<"ACM-47"> {
  static void run(Context& c, const auto&) {
    owe_failure(c, kLabel<"ACM-47", "error">, request(c));
  }
};
[[nodiscard]] std::string_view what_failed(const HttpAnswered& answer) {
  if (answer.is_word<"outcome", "dns-failure">()) return kLabel<"RFC-22", "error_dns">;
  if (answer.is_word<"outcome", "tls-failure">()) return kLabel<"RFC-22", "error_tls">;
  return kLabel<"RFC-22", "error_connection">;
}
struct FailsUnreached : Effect<"RFC-22"> {
  static void run(Context& c, const HttpAnswered& answer) {
    owe_failure(c, what_failed(answer), request(c));
  }
};
struct FailsByContent : Effect<"ACM-40"> {
  static void run(Context& c, const auto&) {
    owe_failure(c, kLabel<"ACM-40", "error">, request(c));
  }
};
struct NotApproved : Effect<"ACM-45"> {
  static void run(Context& c, const auto&) {
    c.withdraw_duties();
    c.tell_to(c.me()[kAuthorization], MessageId::challenge_expired);
  }
};

constexpr MachineApi kApi = Tables<ChallengeByFile>::api("ChallengeByFile", ObjectKind::challenge);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<ChallengeByFile>::state_id<Expired> == kExpired);

}  // namespace shinsa::model::challenge_by_file
