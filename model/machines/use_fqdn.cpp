/// A registered use-FQDN: listed among those that will become effective, effective from the first
/// issue on, and over when that has not come by the end of the same month one year later.
/// Source: ACM-37, ACM-54 (page lines 181, 223 to 224), readings ACM-Q9, ACM-Q10, ACM-Q11.
#include "model/machines/use_fqdn.hpp"

#include "model/core/machine.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::use_fqdn {
namespace {

using namespace fqdn;

// clang-format off
struct Unregistered : State {};   // the registration is not complete
struct Upcoming : State {};       // complete: it will become effective
struct Effective : State {};      // a certificate was issued
struct Lapsed : State {};         // the month one year later has ended
struct Withdrawn : State {};      // paid back or cancelled

struct KnownFromBefore : On<"fact.fqdn"> { using On::On; };
struct MonthEnds : Deadline<kMonthEnds> { using Deadline::Deadline; };

using EndsForAll = Under<"ACM-Q9", "every-issuance">;
struct WasEffective; struct HasLapsed;
struct Remember; struct StartClock; struct BecomeEffective;

struct UseFqdn : Machine<UseFqdn> {
  using states = mp_list<Unregistered, Upcoming, Effective, Lapsed, Withdrawn>;
  using events = mp_list<KnownFromBefore, RegistrationComplete, RegistrationCancelled, UseFqdnIssued, MonthEnds>;
  using initial_state = Unregistered;
  using Know = Do<Remember, Tell<RegistrationKnown>>;
  using transition_table = mp_list<
    //   in            on                     go to      do                                             provided
    Row< Unregistered, KnownFromBefore,       Upcoming,  Do<Know, StartClock>,                          All<Not<WasEffective>, Not<HasLapsed>> >,
    Row< Unregistered, KnownFromBefore,       Effective, Do<Know, StartClock, BecomeEffective>,         All<WasEffective, Not<HasLapsed>>      >,
    Row< Unregistered, KnownFromBefore,       Lapsed,    Know,                                          All<HasLapsed>                         >,
    Row< Unregistered, RegistrationComplete,  Upcoming,  Do<StartClock>                                                                        >,
    Row< Unregistered, RegistrationCancelled, Withdrawn                                                                                        >,
    Row< Upcoming,     RegistrationCancelled, Withdrawn, Do<Announce<RegistrationOver>>                                                        >,
    Row< Lapsed,       RegistrationCancelled, Withdrawn                                                                                        >,
    Row< Upcoming,     UseFqdnIssued,         Effective, Do<BecomeEffective>                                                                   >,
    Row< Lapsed,       UseFqdnIssued,         Effective, Do<BecomeEffective>                                                                   >,
    Row< Upcoming,     MonthEnds,             Lapsed,    Do<Announce<RegistrationOver>>                                                        >,
    Row< Effective,    MonthEnds,             Lapsed,    Do<Announce<RegistrationOver>>                                                        >>;
  using unaccepted = mp_list<
    Breaks< KnownFromBefore, Ids<"ASM-07"> >>;
};
// clang-format on

struct WasEffective : Question {
  static bool test(const Context&, const KnownFromBefore& fact) {
    return fact.truth<"effective">();
  }
};
struct HasLapsed : Question {
  static bool test(const Context& c, const KnownFromBefore& fact) {
    const Instant end = month_ends(fact.instant<"completed">(), c.number<"ACM-54", "years">());
    return c.now() >= end && (!WasEffective::test(c, fact) || EndsForAll::test(c, fact));
  }
};
struct Remember : Note {
  static void run(Context& c, const KnownFromBefore& fact) {
    c.me()[kDraft] = fact.event->data;
    c.me()[kCustomer] = fact.text<"customer">();
    c.me()[kName] = c.store().lower(fact.text<"fqdn">());
    c.me()[kIssueBy] = month_ends(fact.instant<"completed">(), c.number<"ACM-54", "years">());
    c.me().set(kIssuedFor, fact.truth<"effective">());
  }
};
// Counted from the confirmation of the payment, or from what is on record.
struct StartClock : Effect<"ACM-54"> {
  static void run(Context& c, const auto&) {
    if (c.me()[kIssueBy] == Instant{})
      c.me()[kIssueBy] = month_ends(c.now(), c.number<"ACM-54", "years">());
    c.me()[kMonthEnds] = c.me()[kIssueBy];
  }
};
// Only the first issue has to come in time, unless the reading ACM-Q9 means every one.
struct BecomeEffective : Effect<"ACM-37"> {
  static void run(Context& c, const auto& what) {
    c.me().set(kIssuedFor);
    if (!EndsForAll::test(c, what)) c.me()[kMonthEnds] = Instant{};
  }
};

constexpr MachineApi kApi = Tables<UseFqdn>::api("UseFqdn", ObjectKind::fqdn);

}  // namespace

Instant month_ends(Instant completed, std::int64_t years) {
  Date month = date_of(completed);
  month.day = 1;
  return last_second_of(end_of_month(plus_years(month, static_cast<int>(years)))) + seconds(1);
}

const MachineApi& kMachine = kApi;
static_assert(Tables<UseFqdn>::state_id<Withdrawn> == kWithdrawn);

}  // namespace shinsa::model::use_fqdn
