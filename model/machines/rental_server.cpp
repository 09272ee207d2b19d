/// A host of the rental server: the member's own doings with its certificate, the state of its
/// service, and what a browser sees. Source: SAK-06, SAK-22, SAK-25, SAK-26, SAK-33 to SAK-35 (page
/// lines 14, 35, 41, 42, 49 to 57), readings SAK-Q8, SAK-Q12, ASM-26. An automatic installation is
/// the certificate's (hosted_certificate.cpp).
#include "model/machines/rental_server.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/entry.hpp"
#include "model/machines/screen.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::rental_server {
namespace {

using certificate::content;

// clang-format off
struct Unknown : State {};   // nothing was said of it yet
struct Hosting : State {};

struct HostKnown : On<"fact.site"> { using On::On; };
struct Configured : On<"site.configured"> { using On::On; };
struct Cleared : On<"site.cleared"> { using On::On; };
struct BackupMade : On<"backup.made"> { using On::On; };
struct ServiceFailed : On<"service.failed"> { using On::On; };
struct ServiceRestored : On<"service.restored"> { using On::On; };
struct Visited : On<"site.visited"> { using On::On; };
struct SiteShown : On<"site.shown"> { using On::On; };

struct IsKnown; struct IsAtHand; struct SomethingLiesThere; struct IsInOrder; struct HasFailed; struct ShowsWhatLiesThere; struct BeganOnTheDay;
struct RememberHost; struct PutOn; struct TakeOff; struct KeepCopy; struct NoteFailure; struct NoteRestored; struct OweView;
struct OwnWork;   // seen: certificates of another purchase are set by the member

struct RentalServer : Machine<RentalServer> {
  using states = mp_list<Unknown, Hosting>;
  using events = mp_list<HostKnown, Configured, Cleared, BackupMade, ServiceFailed, ServiceRestored, Visited, SiteShown>;
  using initial_state = Unknown;
  using transition_table = mp_list<
    //   in       on               go to    do                                                provided
    Row< Unknown, HostKnown,       Hosting, Do<RememberHost, Announce<SituationChanged>>                                      >,
    Row< Hosting, Configured,      none,    Do<PutOn, OwnWork, Announce<SituationChanged>>,   All<IsKnown, IsAtHand>            >,
    Row< Hosting, Cleared,         none,    Do<TakeOff, Announce<SituationChanged>>,          All<SomethingLiesThere>           >,
    Row< Hosting, BackupMade,      none,    Do<KeepCopy>,                                     All<SomethingLiesThere>           >,
    Row< Hosting, ServiceFailed,   none,    Do<NoteFailure, Announce<SituationChanged>>,      All<IsInOrder>                    >,
    Row< Hosting, ServiceRestored, none,    Do<NoteRestored, Announce<SituationChanged>>,     All<HasFailed>                    >,
    Row< Hosting, Visited,         none,    Do<OweView>                                                                       >,
    Row< Hosting, SiteShown,       none,    Do<>,                                             All<WasAskedFor, ShowsWhatLiesThere, BeganOnTheDay> >>;
  using unaccepted = mp_list<
    Breaks< HostKnown,       Ids<"ASM-25"> >,
    Breaks< Configured,      Ids<"ASM-25"> >,
    Breaks< Cleared,         Ids<"ASM-25"> >,
    Breaks< BackupMade,      Ids<"ASM-25"> >,
    Breaks< ServiceFailed,   Ids<"ASM-25"> >,
    Breaks< ServiceRestored, Ids<"ASM-25"> >,
    Breaks< Visited,         Ids<"ASM-25"> >,
    Breaks< SiteShown,       Ids<"ASM-25"> >>;
};
// clang-format on

/// The certificate that lies on the server; null if nothing is known of it.
[[nodiscard]] const Object* installed(const Context& c) {
  return c.object(c.find(c.me()[kInstalled]));
}

// -- the member's own doings
// --------------------------------------------------------------------------------------------

struct IsKnown : Guard<"ASM-05"> {
  static bool test(const Context& c, const Configured& put) {
    const Object* one = c.object(c.find(put.text<"certificate">()));
    return one && (*one)[certificate::kContent];
  }
};
// Key and certificate of the rental server are with the server alone, and overwritten there; only
// who made a copy before has them afterwards.
struct IsAtHand : Guard<"SAK-26"> {
  static bool test(const Context& c, const Configured& put) {
    const TextId subject = put.text<"certificate">();
    const Object* one = c.object(c.find(subject));
    if (!one || subject == c.me()[kInstalled] || (*one)[hosted_certificate::kBackedUp]) return true;
    return (*one)[hosted_certificate::kEntry] == kNoObject &&
           !entry::is_bought_with_the_server(c, subject);
  }
};
struct SomethingLiesThere : Guard<"ASM-26"> {
  static bool test(const Context& c, const auto&) { return static_cast<bool>(c.me()[kInstalled]); }
};
struct PutOn : Note {
  static void run(Context& c, const Configured& put) {
    c.me()[kInstalled] = put.text<"certificate">();
  }
};
struct OwnWork : Permission<"SAK-34"> {
  static bool applies(const Context& c, const Configured& put) {
    return !entry::is_bought_with_the_server(c, put.text<"certificate">());
  }
};
struct TakeOff : Note {
  static void run(Context& c, const auto&) { c.me()[kInstalled] = TextId{}; }
};
struct KeepCopy : Effect<"SAK-26"> {
  static void run(Context& c, const auto&) {
    const ObjectIndex at = c.find(c.me()[kInstalled]);
    if (at != kNoObject) c.object_to_change(at).set(hosted_certificate::kBackedUp);
  }
};

// -- the service
// ----------------------------------------------------------------------------------------------------------

struct IsInOrder : Guard<"ASM-26"> {
  static bool test(const Context& c, const auto&) { return !c.me()[kFailed]; }
};
struct HasFailed : Guard<"ASM-26"> {
  static bool test(const Context& c, const auto&) { return c.me()[kFailed]; }
};
struct RememberHost : Note {
  static void run(Context& c, const HostKnown& fact) {
    c.me()[kHost] = fact.event->data;
    c.me()[kInstalled] = fact.text<"certificate">();
  }
};
struct NoteFailure : Note {
  static void run(Context& c, const auto&) { c.me().set(kFailed); }
};
struct NoteRestored : Note {
  static void run(Context& c, const auto&) { c.me().set(kFailed, false); }
};

// -- the browser
// ----------------------------------------------------------------------------------------------------------

struct OweView : Effect<"SAK-33"> {
  static void run(Context& c, const auto&) { c.must(c.action<"site.shown">()); }
};
[[nodiscard]] bool covers(const Context& c, const Object& one, TextId name) {
  if (c.same_name(content<"cn">(c.facts(), one).text(), name)) return true;
  return std::ranges::any_of(c.facts().list(content<"sans">(c.facts(), one).list()),
                             [&](TextId other) { return c.same_name(other, name); });
}
/// Whether a browser may come to that result with the certificate: the lock if nothing is wrong
/// with it, else one of the things that are.
[[nodiscard]] bool may_result(const Context& c, const Object& one, const SiteShown& shown) {
  const bool named = covers(c, one, c.said<"fact.site", "cn">(kHost).text());
  const Instant at = shown.time();
  if (shown.is_word<"result", "lock">()) return certificate::is_active(one) && named;
  if (shown.is_word<"result", "other-name">()) return !named;
  if (shown.is_word<"result", "revoked">()) return one.states[0] == certificate::kRevoked;
  if (shown.is_word<"result", "expired">())
    return content<"not_after">(c.facts(), one).instant() < at;
  return shown.is_word<"result", "not-yet-valid">() &&
         at < content<"not_before">(c.facts(), one).instant();
}
// Where the browser was led elsewhere or reached nobody, nothing is said of what lies on the
// server.
struct ShowsWhatLiesThere : Guard<"SAK-33"> {
  static bool test(const Context& c, const SiteShown& shown) {
    if (shown.is_word<"result", "no-certificate">()) return true;
    const Object* one = installed(c);
    if (!one) return false;
    const Value begin = content<"not_before">(c.facts(), *one);
    return (!shown.has<"certificate">() || shown.text<"certificate">() == one->subject) &&
           (!shown.has<"not_before">() || shown.get<"not_before">() == begin) &&
           (!shown.has<"not_after">() ||
            shown.get<"not_after">() == content<"not_after">(c.facts(), *one)) &&
           may_result(c, *one, shown);
  }
};
// What a reissued certificate shows is the day of the reissue (reading SAK-Q8).
struct BeganOnTheDay : Guard<"SAK-35"> {
  static bool test(const Context& c, const SiteShown& shown) {
    const Object* one = installed(c);
    if (!one || !shown.has<"not_before">()) return true;
    const Object* of = c.object((*one)[hosted_certificate::kEntry]);
    if (!of) return true;
    return date_of(shown.instant<"not_before">()) ==
           date_of(Under<"SAK-Q8", "day-of-application">::test(c, shown) ? (*of)[entry::kAppliedAt]
                                                                         : (*of)[entry::kIssuedAt]);
  }
};

constexpr MachineApi kApi = Tables<RentalServer>::api("RentalServer", ObjectKind::site);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<RentalServer>::state_id<Hosting> == kHosting);

}  // namespace shinsa::model::rental_server
