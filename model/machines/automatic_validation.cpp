/// Validation on the rental server, as for a new issuance and without the customer: the A record
/// must point to the server, and the CA must find its file there. Source: SAK-08, SAK-10, SAK-22,
/// SAK-30 (page lines 15, 16, 35, 46), readings SAK-Q4, SAK-Q13, ASM-20. The judge knows of DNS and
/// web only what was answered.
#include "model/machines/automatic_validation.hpp"

#include <algorithm>

#include "model/core/machine.hpp"

namespace shinsa::model::automatic_validation {
namespace {

using namespace entry;

// clang-format off
struct Idle : State {};           // not applied for, or over
struct Looking : State {};        // the portal looks at the A record before anybody applies (SAK-Q4)
struct AddressDue : State {};     // applied for: the A record must be asked for
struct AddressAsked : State {};
struct FileDue : State {};        // it points to the server: the CA must fetch its file there
struct FileAsked : State {};
struct Halted : State {};         // did not succeed: 再発行手続中 goes on, nothing is issued, it is tried again
struct Validated : State {};

struct AddressQueried : On<"dns.queried"> { using On::On; static bool is(const AddressQueried& query, const Context& c); };
struct AddressAnswered : On<"dns.answered"> { using On::On; static bool is(const AddressAnswered& answer, const Context& c); };
struct FileRequested : On<"http.requested"> { using On::On; };
struct FileAnswered : On<"http.answered"> { using On::On; };

struct LooksFirst; struct ForItsName; struct PointsToTheServer; struct FromItsHost; struct FileIsThere;
struct OfferLook; struct OweLook; struct DropLook; struct NoteRight; struct NoteWrong; struct OweAddress; struct OweFile; struct NoteHalt;
struct OweAnotherTry; struct NoteSuccess; struct Forget;

struct AutomaticValidation : Machine<AutomaticValidation> {
  using states = mp_list<Idle, Looking, AddressDue, AddressAsked, FileDue, FileAsked, Halted, Validated>;
  using events = mp_list<LookWanted, ReviewStarted, AddressQueried, AddressAnswered, FileRequested, FileAnswered, ApplicationOver>;
  using initial_state = Idle;
  using Halt = Do<NoteHalt, OweAnotherTry, Tell<SituationChanged>>;
  using transition_table = mp_list<
    //   in             on               go to         do                                                             provided
    Row< Idle,          LookWanted,      none,         Do<DropLook, OfferLook>,                                       All<Not<LooksFirst>>        >,
    Row< Idle,          LookWanted,      none,         Do<DropLook, OweLook>,                                         All<LooksFirst>             >,
    Row< Idle,          AddressQueried,  Looking,      Do<DropLook>,                                                  All<ForItsName>             >,
    Row< Looking,       AddressAnswered, Idle,         Do<NoteRight, Tell<SituationChanged>>,                         All<PointsToTheServer>      >,
    Row< Looking,       AddressAnswered, Idle,         Do<NoteWrong, Tell<SituationChanged>>,                         All<Not<PointsToTheServer>> >,
    Row< Idle,          ReviewStarted,   AddressDue,   Do<DropLook, OweAddress>                                                                   >,
    Row< Looking,       ReviewStarted,   AddressAsked                                                                                             >,
    Row< AddressDue,    AddressQueried,  AddressAsked, Do<>,                                                          All<ForItsName>             >,
    Row< AddressAsked,  AddressAnswered, FileDue,      Do<OweFile>,                                                   All<PointsToTheServer>      >,
    Row< AddressAsked,  AddressAnswered, Halted,       Halt,                                                          All<Not<PointsToTheServer>> >,
    Row< FileDue,       FileRequested,   FileAsked,    Do<>,                                                          All<FromItsHost>            >,
    Row< FileAsked,     FileAnswered,    Validated,    Do<NoteSuccess, Post<DomainControlDone>, Tell<SituationChanged>>, All<FileIsThere>         >,
    Row< FileAsked,     FileAnswered,    Halted,       Halt,                                                          All<Not<FileIsThere>>       >,
    Row< Halted,        LookWanted,      none,         Do<OfferLook>                                                                              >,
    Row< Halted,        AddressQueried,  AddressAsked, Do<DropLook>,                                                  All<ForItsName>             >,
    Row< AddressDue,    ApplicationOver, Idle,         Do<Forget>                                                                                 >,
    Row< AddressAsked,  ApplicationOver, Looking,      Do<Forget>                                                                                 >,
    Row< FileDue,       ApplicationOver, Idle,         Do<Forget>                                                                                 >,
    Row< FileAsked,     ApplicationOver, Idle,         Do<Forget>                                                                                 >,
    Row< Halted,        ApplicationOver, Idle,         Do<Forget>                                                                                 >,
    Row< Validated,     ApplicationOver, Idle,         Do<Forget>                                                                                 >>;
  using unaccepted = mp_list<
    Breaks< AddressQueried,  Ids<"ASM-27"> >,
    Breaks< AddressAnswered, Ids<"ASM-27"> >,
    Breaks< FileRequested,   Ids<"SAK-10">, Idle, Looking, AddressDue, AddressAsked, Halted >,   // not before the A record was right
    Breaks< FileRequested,   Ids<"ASM-27">, FileAsked, Validated >,
    Breaks< FileAnswered,    Ids<"ASM-27"> >>;
};
// clang-format on

// -- questions and guards
// -----------------------------------------------------------------------------------------------

// Nothing is said of other records (reading SAK-Q13).
bool AddressQueried::is(const AddressQueried& query, const Context&) {
  return query.is_word<"type", "A">();
}
bool AddressAnswered::is(const AddressAnswered& answer, const Context&) {
  return answer.is_word<"type", "A">();
}
struct LooksFirst : Under<"SAK-Q4", "looked-up-first"> {};
struct ForItsName : Guard<"SAK-10"> {
  static bool test(const Context& c, const AddressQueried& query) {
    return c.same_name(query.text<"name">(), common_name(c));
  }
};
struct PointsToTheServer : Guard<"SAK-10"> {
  static bool test(const Context& c, const AddressAnswered& answer) {
    const Object* host = host_of(c);
    if (!host || !answer.is_word<"status", "ok">()) return false;
    const TextId server = c.said_by<"fact.site", "address">(*host, rental_server::kHost).text();
    const auto addresses = c.facts().list(answer.list<"values">());
    const auto here = std::ranges::count(addresses, server);
    return Under<"SAK-Q13", "one-address">::test(c, answer)
               ? here > 0
               : here > 0 && here == std::ssize(addresses);
  }
};
// By plain http, at the host that the certificate is for. What is supposed of a CA that does not
// say what it asked for has no address.
struct FromItsHost : Guard<"SAK-30"> {
  static bool test(const Context& c, const FileRequested& request) {
    if (!request.has<"uri">()) return true;
    const std::string_view uri = c.facts().text(c.store().lower(request.text<"uri">()));
    const std::string_view name = c.facts().text(c.store().lower(common_name(c)));
    constexpr std::string_view scheme = "http://";
    return uri.starts_with(scheme) && uri.substr(scheme.size()).starts_with(name) &&
           uri.substr(scheme.size() + name.size()).starts_with('/');
  }
};
struct FileIsThere : Guard<"SAK-30"> {
  static bool test(const Context&, const FileAnswered& answer) {
    constexpr std::int64_t found = 200;
    return answer.is_word<"outcome", "answered">() && answer.get<"status">().number() == found;
  }
};

// -- effects
// ------------------------------------------------------------------------------------------------------------

[[nodiscard]] ActionMatch<"dns.queried"> question(const Context& c) {
  constexpr auto words =
      kEventTypes[kType<"dns.queried">].fields[kField<"dns.queried", "type">].choices;
  ActionMatch<"dns.queried"> match;
  match.with<"name">(common_name(c)).with<"type">(Value::of(*choice_index(words, "A")));
  return match;
}
struct OfferLook : Effect<"SAK-10"> {
  static void run(Context& c, const auto&) { c.may(question(c)); }
};
struct OweLook : Effect<"SAK-22"> {
  static void run(Context& c, const auto&) { c.must(question(c)); }
};
struct DropLook : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};
struct NoteRight : Note {
  static void run(Context& c, const auto&) {
    c.me().set(kWrongAddress, false);
    c.me().set(kLooked);
  }
};
struct NoteWrong : Note {
  static void run(Context& c, const auto&) {
    c.me().set(kWrongAddress);
    c.me().set(kLooked);
  }
};
struct OweAddress : Effect<"SAK-08"> {
  static void run(Context& c, const auto&) { c.must(question(c)); }
};
struct OweFile : Effect<"SAK-30"> {
  static void run(Context& c, const auto&) { c.must(c.action<"http.requested">()); }
};
struct NoteHalt : Note {
  static void run(Context& c, const auto&) { c.me().set(kStalled); }
};
struct OweAnotherTry : Effect<"SAK-10"> {
  static bool applies(const Context& c, const auto&) {
    return c.me()[kTries] < c.number<"ASM-20", "tries">();
  }
  static void run(Context& c, const auto&) {
    ++c.me()[kTries];
    c.must(question(c));
  }
};
struct NoteSuccess : Note {
  static void run(Context& c, const auto&) { c.me().set(kStalled, false); }
};
struct Forget : Note {
  static void run(Context& c, const auto&) {
    c.withdraw_own_duties();
    c.me().set(kStalled, false);
    c.me()[kTries] = 0;
  }
};

constexpr MachineApi kApi =
    Tables<AutomaticValidation>::api("AutomaticValidation", ObjectKind::entry);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<AutomaticValidation>::state_id<Validated> == kValidated);

}  // namespace shinsa::model::automatic_validation
