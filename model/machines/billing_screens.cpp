/// The way to pay by card, screen by screen: log in, 『課金履歴』, 『請求書』,
/// 『このドキュメント支払』, a card and 『続く』; then the card company is asked for the money.
/// Source: REN-26 to REN-30 (page lines 73 to 88). Not here: the payment itself (renewal_order).
#include "model/machines/billing_screens.hpp"

#include <algorithm>
#include <initializer_list>

#include "model/core/machine.hpp"
#include "model/machines/screen.hpp"

namespace shinsa::model::billing_screens {
namespace {

using namespace renewal;

// clang-format off
struct Outside : State {};      // not logged in
struct Home : State {};         // logged in
struct History : State {};      // the billing history, with the order
struct Document : State {};     // its bill
struct CardChoice : State {};   // the payment screen
struct ChargeDue : State {};    // the customer pays: the card company must be asked
struct Charging : State {};     // its answer is awaited
struct Settled : State {};      // the card has paid

template <Literal Id, Literal Key>
struct Press : On<"billing.pressed"> {
  using On::On;
  static bool is(const Press& press, const Context& c) { return c.facts().text(press.template text<"button">()) == kLabel<Id, Key>; }
};
struct LoggedIn : Press<"REN-27", "login"> { using Press::Press; };
struct HistoryOpened : Press<"REN-27", "button"> { using Press::Press; };
struct BillOpened : Press<"REN-28", "button"> { using Press::Press; };
struct PayPressed : Press<"REN-29", "button"> { using Press::Press; };
struct ContinuePressed : Press<"REN-30", "button"> { using Press::Press; };
struct ScreenShown : On<"billing.shown"> { using On::On; };
struct CardCharged : On<"card.charged"> { using On::On; };
struct CardAnswered : On<"card.answered"> { using On::On; };

struct OrderIsListed; struct IsOnTheScreen; struct OrderIsOpen; struct WasToldOfTheBill; struct ChoosesACard; struct IsApproved;
struct ShowsTheWayIn; struct ShowsOpenAndBill; struct OffersToPay; struct OffersBothCards; struct ForTheFee; struct WithTheCardChosen;
struct OweHome; struct OweHistory; struct OweBill; struct OweCardChoice; struct RememberCard; struct OweCharge;

struct BillingScreens : Machine<BillingScreens> {
  using states = mp_list<Outside, Home, History, Document, CardChoice, ChargeDue, Charging, Settled>;
  using events = mp_list<LoggedIn, HistoryOpened, BillOpened, PayPressed, ContinuePressed, ScreenShown, CardCharged, CardAnswered>;
  using initial_state = Outside;
  using transition_table = mp_list<
    //   in           on                go to        do                            provided
    Row< Outside,     LoggedIn,         Home,        Do<OweHome>,                  All<OrderIsListed>                             >,
    Row< Home,        HistoryOpened,    History,     Do<OweHistory>,               All<IsOnTheScreen>                             >,
    Row< History,     HistoryOpened,    none,        Do<OweHistory>                                                               >,
    Row< Document,    HistoryOpened,    History,     Do<OweHistory>                                                               >,
    Row< CardChoice,  HistoryOpened,    History,     Do<OweHistory>                                                               >,
    Row< Settled,     HistoryOpened,    History,     Do<OweHistory>                                                               >,
    Row< History,     BillOpened,       Document,    Do<OweBill>,                  All<IsOnTheScreen, OrderIsOpen>                >,
    Row< Document,    PayPressed,       CardChoice,  Do<OweCardChoice>,            All<IsOnTheScreen, OrderIsOpen>                >,
    Row< CardChoice,  ContinuePressed,  ChargeDue,   Do<RememberCard, OweCharge>,  All<IsOnTheScreen, OrderIsOpen, WasToldOfTheBill, ChoosesACard> >,
    Row< ChargeDue,   CardCharged,      Charging,    Do<>,                         All<ForTheFee, WithTheCardChosen>              >,
    Row< Charging,    CardAnswered,     Settled,     Do<Tell<CardPaid>>,           All<IsApproved>                                >,
    Row< Charging,    CardAnswered,     CardChoice,  Do<OweCardChoice>,            All<Not<IsApproved>>                           >,
    Row< Home,        ScreenShown,      none,        Do<>,                         All<WasAskedFor, ShowsTheWayIn>                >,
    Row< History,     ScreenShown,      none,        Do<>,                         All<WasAskedFor, ShowsOpenAndBill>             >,
    Row< Document,    ScreenShown,      none,        Do<>,                         All<WasAskedFor, OffersToPay>                  >,
    Row< CardChoice,  ScreenShown,      none,        Do<>,                         All<WasAskedFor, OffersBothCards>              >>;
  using unaccepted = mp_list<
    Breaks< LoggedIn,         Ids<"REN-27"> >,
    Breaks< HistoryOpened,    Ids<"REN-27"> >,
    Breaks< BillOpened,       Ids<"REN-28"> >,
    Breaks< PayPressed,       Ids<"REN-29"> >,
    Breaks< ContinuePressed,  Ids<"REN-30"> >,
    Breaks< ScreenShown,      Ids<"REN-27"> >,                          // nobody is looking,
    Breaks< ScreenShown,      Ids<"REN-30">, ChargeDue, Charging >,     // or it is being paid
    Breaks< CardCharged,      Ids<"REN-30"> >,
    Breaks< CardAnswered,     Ids<"REN-30"> >>;
};
// clang-format on

// -- pressing
// -------------------------------------------------------------------------------------------------------------

struct OrderIsListed : Guard<"REN-27"> {
  static bool test(const Context& c, const LoggedIn&) { return static_cast<bool>(c.me()[kOrder]); }
};
struct IsOnTheScreen : Guard<"ASM-10"> {
  static bool test(const Context& c, const auto&) { return !c.owes(kType<"billing.shown">); }
};
struct OrderIsOpen : Guard<"REN-28"> {
  static bool test(const Context& c, const auto&) { return c.me()[kUnpaid]; }
};
struct WasToldOfTheBill : Guard<"REN-26"> {
  static bool test(const Context& c, const ContinuePressed&) {
    return !c.me()[kUnpaid] || c.me()[kPayable];
  }
};
[[nodiscard]] bool has_a_card_on_record(const Context& c) {
  const Object* old = old_certificate(c);
  return old && dedicated_certificate::of_customer<"card">(c, *old).truth();
}
struct ChoosesACard : Guard<"REN-30"> {
  static bool test(const Context& c, const ContinuePressed& press) {
    return press.is_word<"card", "new">() ||
           (press.is_word<"card", "registered">() && has_a_card_on_record(c));
  }
};
struct RememberCard : Note {
  static void run(Context& c, const ContinuePressed& press) {
    c.me().set(kByNewCard, press.is_word<"card", "new">());
  }
};

// -- the screens
// ----------------------------------------------------------------------------------------------------------

constexpr TypeIndex kShown = kType<"billing.shown">;
template <Literal Word>
constexpr Value kScreen = Value::of(*choice_index(
    kEventTypes[kShown].fields[kField<"billing.shown", "screen">].choices, Word.view()));

[[nodiscard]] bool has(const Context& c, ListId list, std::string_view label) {
  return std::ranges::any_of(c.facts().list(list),
                             [&](TextId one) { return c.facts().text(one) == label; });
}
[[nodiscard]] ListId list_of(const Context& c, std::initializer_list<std::string_view> labels) {
  std::vector<TextId> items;
  for (std::string_view label : labels) items.push_back(c.store().intern(label));
  return c.store().intern_list(items);
}
/// A screen with its buttons; what was to be shown before is overtaken.
[[nodiscard]] ActionMatch<"billing.shown"> screen(Context& c, Value which,
                                                  std::initializer_list<std::string_view> buttons) {
  c.withdraw_own_duties();
  return c.action<"billing.shown">().with<"screen">(which).with<"buttons">(list_of(c, buttons));
}

struct OweHome : Showing<"REN-27"> {
  static void run(Context& c, const auto&) {
    c.must(screen(c, kScreen<"home">, {kLabel<"REN-27", "tab">, kLabel<"REN-27", "button">}));
  }
};
struct ShowsTheWayIn : Guard<"REN-27"> {
  static bool test(const Context& c, const ScreenShown& shown) {
    return shown.get<"screen">() == kScreen<"home"> &&
           has(c, shown.list<"buttons">(), kLabel<"REN-27", "button">);
  }
};
// Which status a paid order has is not said.
struct OweHistory : Showing<"REN-28"> {
  static void run(Context& c, const auto&) {
    ActionMatch<"billing.shown"> owed =
        screen(c, kScreen<"billing-history">, {kLabel<"REN-28", "button">});
    if (c.me()[kUnpaid]) owed.with<"status">(c.label(kLabel<"REN-28", "status">));
    c.must(owed);
  }
};
struct ShowsOpenAndBill : Guard<"REN-28"> {
  static bool test(const Context& c, const ScreenShown& shown) {
    return shown.get<"screen">() == kScreen<"billing-history"> &&
           (!c.me()[kUnpaid] ||
            (c.facts().text(shown.text<"status">()) == kLabel<"REN-28", "status"> &&
             has(c, shown.list<"buttons">(), kLabel<"REN-28", "button">)));
  }
};
struct OweBill : Showing<"REN-29"> {
  static void run(Context& c, const auto&) {
    c.must(screen(c, kScreen<"document">, {kLabel<"REN-29", "button">}));
  }
};
struct OffersToPay : Guard<"REN-29"> {
  static bool test(const Context& c, const ScreenShown& shown) {
    return shown.get<"screen">() == kScreen<"document"> &&
           has(c, shown.list<"buttons">(), kLabel<"REN-29", "button">);
  }
};
struct OweCardChoice : Showing<"REN-30"> {
  static void run(Context& c, const auto&) {
    ActionMatch<"billing.shown"> owed =
        screen(c, kScreen<"card-choice">, {kLabel<"REN-30", "button">});
    c.must(owed.with<"cards">(has_a_card_on_record(c) ? list_of(c, {"registered", "new"})
                                                      : list_of(c, {"new"})));
  }
};
struct OffersBothCards : Guard<"REN-30"> {
  static bool test(const Context& c, const ScreenShown& shown) {
    return shown.get<"screen">() == kScreen<"card-choice"> &&
           has(c, shown.list<"buttons">(), kLabel<"REN-30", "button">) &&
           has(c, shown.list<"cards">(), "new") &&
           (!has_a_card_on_record(c) || has(c, shown.list<"cards">(), "registered"));
  }
};

// -- the charge
// -----------------------------------------------------------------------------------------------------------

[[nodiscard]] Value card_chosen(const Context& c) {
  return Value::of(*choice_index(events::kCards, c.me()[kByNewCard] ? "new" : "registered"));
}
struct OweCharge : Effect<"REN-30"> {
  static void run(Context& c, const auto&) {
    c.withdraw_own_duties();
    c.must(c.action<"card.charged">()
               .with<"amount">(Value::of(c.me()[kFee]))
               .with<"card">(card_chosen(c)));
  }
};
struct ForTheFee : Guard<"REN-10"> {
  static bool test(const Context& c, const CardCharged& charge) {
    return charge.get<"amount">().number() == c.me()[kFee];
  }
};
struct WithTheCardChosen : Guard<"REN-30"> {
  static bool test(const Context& c, const CardCharged& charge) {
    return !charge.has<"card">() || charge.get<"card">() == card_chosen(c);
  }
};
struct IsApproved : Question {
  static bool test(const Context&, const CardAnswered& answer) {
    return answer.is_word<"outcome", "approved">();
  }
};

constexpr MachineApi kApi = Tables<BillingScreens>::api("BillingScreens", ObjectKind::renewal);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<BillingScreens>::state_id<Settled> == kSettled);

}  // namespace shinsa::model::billing_screens
