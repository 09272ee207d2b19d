/// The row of an entry: 再発行 with the button, 再発行不要, 再発行手続中, 再発行不可 with its
/// causes. Source: SAK-01, SAK-14 to SAK-22, SAK-24 (page lines 2, 26 to 39), readings SAK-Q2 to
/// SAK-Q4, ASM-21, ASM-22. A row is shown when the list was opened, as things stand when it is
/// shown.
#include "model/machines/list_row.hpp"

#include <algorithm>
#include <vector>

#include "model/core/machine.hpp"

namespace shinsa::model::list_row {
namespace {

using namespace entry;

// clang-format off
struct Unknown : State {};        // nothing was said of it yet
struct NotNeeded : State {};      // 再発行不要: never asked for, of another type, or its certificate is not active
struct ToBeReissued : State {};   // 再発行: the one status with the button
struct Unavailable : State {};    // 再発行不可: it is to be reissued, and something stands in the way
struct InProgress : State {};     // 再発行手続中: from 『再発行する』 until the new certificate lies on the server
struct Reissued : State {};       // no status says so (reading SAK-Q3)

struct OrderKnown : On<"fact.entry"> { using On::On; };
struct EntryShown : On<"entry.shown"> { using On::On; };

struct IsTarget; struct IsFree; struct HasLapsed; struct LooksFirst; struct StaysInProgress; struct ShownAsStalled;
struct WasOpened; struct LookedUpFirst; struct NoButton; struct AsToBeReissued; struct AsNotNeeded; struct AsInProgress; struct AsUnavailable; struct ShowsEveryCause;
struct RememberOrder; struct OfferNotice; struct Want; struct AskForLook; struct DropRow; struct Shown; struct Finish; struct EndApplication;
struct OweToBeReissued; struct OweNotNeeded; struct OweInProgress; struct OweUnavailable; struct OweStalled;

struct ListRow : Machine<ListRow> {
  using states = mp_list<Unknown, NotNeeded, ToBeReissued, Unavailable, InProgress, Reissued>;
  using events = mp_list<OrderKnown, SituationChanged, RowWanted, EntryShown, ApplicationAccepted, CertificateInPlace>;
  using initial_state = Unknown;
  using ShowTarget = Do<DropRow, OweToBeReissued>;
  using ShowOther = Do<DropRow, OweNotNeeded>;
  using ShowCauses = Do<DropRow, OweUnavailable>;
  using ShowProgress = Do<DropRow, OweInProgress, OweStalled>;
  using MayBeShown = All<WasOpened, NoButton>;
  using transition_table = mp_list<
    //   in             on                   go to         do                                                       provided
    Row< Unknown,       OrderKnown,          NotNeeded,    Do<RememberOrder, OfferNotice, Tell<SituationChanged>>                                        >,
    Row< NotNeeded,     SituationChanged,    ToBeReissued, Do<DropRow, AskForLook, OweToBeReissued>,                All<IsTarget, IsFree>                >,
    Row< NotNeeded,     SituationChanged,    Unavailable,  Do<DropRow, AskForLook, OweUnavailable>,                 All<IsTarget, Not<IsFree>>           >,
    Row< ToBeReissued,  SituationChanged,    none,         ShowTarget,                                              All<IsTarget, IsFree>                >,
    Row< ToBeReissued,  SituationChanged,    Unavailable,  ShowCauses,                                              All<IsTarget, Not<IsFree>>           >,
    Row< ToBeReissued,  SituationChanged,    NotNeeded,    ShowOther,                                               All<Not<IsTarget>>                   >,
    Row< Unavailable,   SituationChanged,    ToBeReissued, ShowTarget,                                              All<IsTarget, IsFree>                >,
    Row< Unavailable,   SituationChanged,    none,         ShowCauses,                                              All<IsTarget, Not<IsFree>>           >,
    Row< Unavailable,   SituationChanged,    NotNeeded,    ShowOther,                                               All<Not<IsTarget>>                   >,
    Row< ToBeReissued,  ApplicationAccepted, InProgress,   ShowProgress                                                                                  >,
    Row< InProgress,    SituationChanged,    none,         ShowProgress,                                            All<Not<HasLapsed>>                  >,
    Row< InProgress,    SituationChanged,    NotNeeded,    Do<EndApplication, Tell<ApplicationOver>, ShowOther>,    All<HasLapsed>                       >,
    Row< InProgress,    CertificateInPlace,  Reissued,     Do<Finish, DropRow, OweNotNeeded, OweInProgress>                                              >,
    Row< NotNeeded,     RowWanted,           none,         Do<Want, ShowOther>                                                                           >,
    Row< ToBeReissued,  RowWanted,           none,         Do<Want, ShowTarget, Tell<LookWanted>>                                                        >,
    Row< Unavailable,   RowWanted,           none,         Do<Want, ShowCauses, Tell<LookWanted>>                                                        >,
    Row< InProgress,    RowWanted,           none,         Do<Want, ShowProgress, Tell<LookWanted>>                                                      >,
    Row< Reissued,      RowWanted,           none,         Do<Want, DropRow, OweNotNeeded, OweInProgress>                                                >,
    Row< NotNeeded,     EntryShown,          none,         Do<Shown>,                                               All<MayBeShown, AsNotNeeded>         >,
    Row< ToBeReissued,  EntryShown,          none,         Do<Shown>,                                               All<WasOpened, LookedUpFirst, AsToBeReissued> >,
    Row< Unavailable,   EntryShown,          none,         Do<Shown>,                                               All<MayBeShown, LookedUpFirst, AsUnavailable, ShowsEveryCause> >,
    Row< InProgress,    EntryShown,          none,         Do<Shown>,                                               All<MayBeShown, Not<ShownAsStalled>, AsInProgress> >,
    Row< InProgress,    EntryShown,          none,         Do<Shown>,                                               All<MayBeShown, ShownAsStalled, AsUnavailable, ShowsEveryCause> >,
    Row< Reissued,      EntryShown,          none,         Do<Shown>,                                               All<MayBeShown, Not<StaysInProgress>, AsNotNeeded> >,
    Row< Reissued,      EntryShown,          none,         Do<Shown>,                                               All<MayBeShown, StaysInProgress, AsInProgress> >>;
  using unaccepted = mp_list<
    Breaks< OrderKnown, Ids<"ASM-25"> >,
    Breaks< EntryShown, Ids<"SAK-14"> >>;
};
// clang-format on

// -- what the status follows from
// ---------------------------------------------------------------------------------------

// Named in the mail, of a type of this page, and its certificate is active (SAK-01, 02, 03, 15);
// the same is asked, clause by clause, when somebody clicks.
struct IsTarget : Question {
  static bool test(const Context& c, const auto&) {
    const Object* source = source_of(c, c.me());
    return c.me()[kNamed] && is_of_this_page(c, c.me()) && source &&
           certificate::is_active(*source);
  }
};
struct IsFree : Question {
  static bool test(const Context& c, const auto& e) {
    return Unhindered::test(c, e) && AddressNotSeenElsewhere::test(c, e);
  }
};
// Its certificate ended before the new one was issued.
struct HasLapsed : Question {
  static bool test(const Context& c, const auto&) {
    const Object* source = source_of(c, c.me());
    return !c.me()[kIssued] && !(source && certificate::is_active(*source));
  }
};
struct LooksFirst : Under<"SAK-Q4", "looked-up-first"> {};
struct StaysInProgress : Under<"SAK-Q3", "stays-in-progress"> {};
struct ShownAsStalled : Question {
  static bool test(const Context& c, const auto& e) {
    return c.me()[kStalled] && Under<"SAK-Q4", "shown-unavailable">::test(c, e);
  }
};

// -- bookkeeping
// ----------------------------------------------------------------------------------------------------------

struct RememberOrder : Note {
  static void run(Context& c, const OrderKnown& order) {
    Facts& store = c.store();
    c.me()[kOrder] = order.event->data;
    c.me().set(kNamed,
               order.has<"notice">() && store.as_read(order.text<"notice">()) ==
                                            store.as_read(c.label(kLabel<"SAK-01", "subject">)));
  }
};
// Whom nobody asked yet the mail may still ask.
struct OfferNotice : Effect<"SAK-01"> {
  static bool applies(const Context& c, const OrderKnown&) {
    const Object* source = source_of(c, c.me());
    return !c.me()[kNamed] && is_of_this_page(c, c.me()) &&
           (!source || certificate::is_active(*source));
  }
  static void run(Context& c, const OrderKnown& order) {
    const Record* member = c.background(order.text<"customer">());
    c.may(c.action<"mail.sent">()
              .with<"to">(member ? member->fields[kField<"fact.customer", "mail">] : Value{})
              .with<"subject">(c.label(kLabel<"SAK-01", "subject">)));
  }
};
struct Want : Note {
  static void run(Context& c, const auto&) {
    c.me().set(kRowWanted);
    c.me().set(kLooked, false);
  }
};
// It turned into one that is looked up first while somebody waits for its row.
struct AskForLook : Note {
  static bool applies(const Context& c, const auto&) {
    return c.me()[kRowWanted] && !c.me()[kLooked] && LooksFirst::test(c, 0);
  }
  static void run(Context& c, const auto&) { c.tell(LookWanted::message); }
};
struct DropRow : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties_of<"entry.shown">(); }
};
struct Shown : Note {
  static void run(Context& c, const auto&) { c.me().set(kRowWanted, false); }
};
struct Finish : Note {
  static void run(Context& c, const auto&) {
    c.me().set(kPending, false);
    c.me().set(kDone);
  }
};
struct EndApplication : Note {
  static void run(Context& c, const auto&) {
    c.me().set(kPending, false);
    c.me().set(kStalled, false);
  }
};

// -- what the row must say
// ------------------------------------------------------------------------------------------------

[[nodiscard]] ActionMatch<"entry.shown"> row(const Context& c, std::string_view status) {
  ActionMatch<"entry.shown"> match;
  match.with<"status">(c.label(status)).with<"cn">(common_name(c));
  return match;
}
/// Whether the row is to be shown now, or only after a look at the A record (reading SAK-Q4).
[[nodiscard]] bool is_due(const Context& c) {
  return c.me()[kRowWanted] && (c.me()[kLooked] || !LooksFirst::test(c, 0));
}

/// Texts of the causes that hold, in the order of the page.
struct Causes {
  std::vector<TextId> details, advice;
  template <Literal Id>
  void add(const Context& c) {
    details.push_back(c.label(kLabel<Id, "detail">));
    advice.push_back(c.label(kLabel<Id, "advice">));
  }
};
[[nodiscard]] Causes causes_of(const Context& c) {
  Causes causes;
  if (!c.me()[kPending]) {
    if (!NoNewSetting::test(c, 0)) causes.add<"SAK-20">(c);
    if (!NoOtherCertificate::test(c, 0)) causes.add<"SAK-21">(c);
  }
  if (c.me()[kStalled] || !ServiceIsInOrder::test(c, 0) || !AddressNotSeenElsewhere::test(c, 0))
    causes.add<"SAK-22">(c);
  return causes;
}
void owe_with_causes(Context& c) {
  const Causes causes = causes_of(c);
  c.must(row(c, kLabel<"SAK-19", "status">)
             .with<"details">(c.store().intern_list(causes.details))
             .with<"advice">(c.store().intern_list(causes.advice)));
}

void owe_with_button(Context& c) {
  c.must(row(c, kLabel<"SAK-16", "status">).with<"button">(c.label(kLabel<"SAK-15", "button">)));
}

struct OweToBeReissued : Effect<"SAK-16"> {
  static bool applies(const Context& c, const auto&) { return is_due(c); }
  static void run(Context& c, const auto&) { owe_with_button(c); }
};
struct OweNotNeeded : Effect<"SAK-17"> {
  static bool applies(const Context& c, const auto& e) {
    return c.me()[kRowWanted] && !(c.me()[kDone] && StaysInProgress::test(c, e));
  }
  static void run(Context& c, const auto&) { c.must(row(c, kLabel<"SAK-17", "status">)); }
};
struct OweInProgress : Effect<"SAK-18"> {
  static bool applies(const Context& c, const auto& e) {
    return c.me()[kRowWanted] &&
           (c.me()[kDone] ? StaysInProgress::test(c, e) : !ShownAsStalled::test(c, e));
  }
  static void run(Context& c, const auto&) { c.must(row(c, kLabel<"SAK-18", "status">)); }
};
struct OweUnavailable : Effect<"SAK-19"> {
  static bool applies(const Context& c, const auto&) { return is_due(c); }
  static void run(Context& c, const auto&) { owe_with_causes(c); }
};
struct OweStalled : Effect<"SAK-22"> {
  static bool applies(const Context& c, const auto& e) {
    return c.me()[kRowWanted] && ShownAsStalled::test(c, e);
  }
  static void run(Context& c, const auto&) { owe_with_causes(c); }
};

// -- what a row may say
// ---------------------------------------------------------------------------------------------------

[[nodiscard]] bool says(const Context& c, const EntryShown& row, std::string_view status) {
  Facts& store = c.store();
  return store.as_read(row.text<"status">()) == store.as_read(store.intern(status)) &&
         (!row.has<"cn">() || c.same_name(row.text<"cn">(), common_name(c)));
}

struct WasOpened : Guard<"SAK-14"> {
  static bool test(const Context& c, const EntryShown&) { return c.me()[kRowWanted]; }
};
struct LookedUpFirst : Guard<"SAK-10"> {
  static bool test(const Context& c, const EntryShown& row) {
    return c.me()[kLooked] || !LooksFirst::test(c, row);
  }
};
struct NoButton : Guard<"SAK-15"> {
  static bool test(const Context&, const EntryShown& row) { return !row.has<"button">(); }
};
struct AsToBeReissued : Guard<"SAK-16"> {
  static bool test(const Context& c, const EntryShown& row) {
    Facts& store = c.store();
    return says(c, row, kLabel<"SAK-16", "status">) && !row.has<"details">() &&
           store.as_read(row.text<"button">()) ==
               store.as_read(c.label(kLabel<"SAK-15", "button">));
  }
};
struct AsNotNeeded : Guard<"SAK-17"> {
  static bool test(const Context& c, const EntryShown& row) {
    return says(c, row, kLabel<"SAK-17", "status">) && !row.has<"details">();
  }
};
struct AsInProgress : Guard<"SAK-18"> {
  static bool test(const Context& c, const EntryShown& row) {
    return says(c, row, kLabel<"SAK-18", "status">) && !row.has<"details">();
  }
};
struct AsUnavailable : Guard<"SAK-19"> {
  static bool test(const Context& c, const EntryShown& row) {
    if (!says(c, row, kLabel<"SAK-19", "status">) || !row.has<"details">()) return false;
    const std::vector<TextId> true_ones = causes_of(c).details;
    return std::ranges::all_of(c.facts().list(row.list<"details">()), [&](TextId said) {
      return std::ranges::count(true_ones, said) > 0;
    });
  }
};
struct ShowsEveryCause : Guard<"ASM-21"> {
  static bool test(const Context& c, const EntryShown& row) {
    const Causes causes = causes_of(c);
    return c.same_names(row.list<"details">(), c.store().intern_list(causes.details)) &&
           (!row.has<"advice">() ||
            c.same_names(row.list<"advice">(), c.store().intern_list(causes.advice)));
  }
};

constexpr MachineApi kApi = Tables<ListRow>::api("ListRow", ObjectKind::entry);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<ListRow>::state_id<Reissued> == list_row::kReissued);

}  // namespace shinsa::model::list_row
