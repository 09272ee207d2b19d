/// The intent to renew: asked for, reported, and only when it is a yes followed by order and
/// billing data. Silence is neither yes nor no. Source: REN-01, 02, 06 to 08, 26, 32 (page lines 5
/// to 7, 12, 20, 24, 73 to 75, 94 to 96), readings REN-Q7, REN-Q11.
#include "model/machines/renewal_intent.hpp"

#include "model/core/machine.hpp"
#include "model/machines/expiry_notice.hpp"
#include "model/machines/notice_mail.hpp"
#include "model/machines/renewal.hpp"

namespace shinsa::model::renewal_intent {
namespace {

// clang-format off
struct Unasked : State {};
struct Asked : State {};      // no answer yet
struct OrderDue : State {};   // yes: order and billing data must be made
struct Ordered : State {};
struct Declined : State {};   // no
struct Renewed : State {};    // its successor was issued

struct IntentReported : On<"intent.reported"> { using On::On; };
struct RenewalOrdered : On<"renewal.ordered", "certificate"> { using On::On; };

struct WantsToRenew; struct IsUnpaid; struct IsANewOrder; struct AtTheRightPrice;
struct MayRemind; struct MustRemind; struct NoReminder; struct OweOrder; struct RecordDecline; struct MakeOrder; struct WithdrawOrder;
struct Answers;   // seen: the customer reports, one way or the other

struct RenewalIntent : Machine<RenewalIntent> {
  using states = mp_list<Unasked, Asked, OrderDue, Ordered, Declined, Renewed>;
  using events = mp_list<IntentAsked, IntentReported, RenewalOrdered, CertificateRenewed, ValidityEnded>;
  using initial_state = Unasked;
  using Decline = Do<RecordDecline, Tell<NotRenewed>>;
  using Want = Do<OweOrder, Tell<RenewalWanted>>;
  using transition_table = mp_list<
    //   in        on                   go to     do                                            provided
    Row< Unasked,  IntentAsked,         Asked,    Do<MayRemind, MustRemind>                                                     >,
    Row< Asked,    IntentReported,      OrderDue, Do<Answers, NoReminder, Want>,                All<WantsToRenew>               >,
    Row< Asked,    IntentReported,      Declined, Do<Answers, NoReminder, Decline>,             All<Not<WantsToRenew>>          >,
    Row< OrderDue, IntentReported,      none,     Do<>,                                         All<WantsToRenew>               >,
    Row< OrderDue, IntentReported,      Declined, Decline,                                      All<Not<WantsToRenew>>          >,
    Row< Ordered,  IntentReported,      none,     Do<>,                                         All<WantsToRenew>               >,
    Row< Ordered,  IntentReported,      Declined, Do<WithdrawOrder, Decline>,                   All<Not<WantsToRenew>, IsUnpaid> >,
    Row< Ordered,  IntentReported,      none,     Do<>,                                         All<Not<WantsToRenew>, Not<IsUnpaid>> >,
    Row< Declined, IntentReported,      OrderDue, Want,                                         All<WantsToRenew>               >,
    Row< Declined, IntentReported,      none,     Do<>,                                         All<Not<WantsToRenew>>          >,
    Row< OrderDue, RenewalOrdered,      Ordered,  Do<MakeOrder>,                                All<IsANewOrder, AtTheRightPrice> >,
    Row< Ordered,  CertificateRenewed,  Renewed                                                                                 >,
    Row< OrderDue, ValidityEnded,       none,     Do<NoReminder, OweOrder>,                     All<Under<"REN-Q11", "price-of-new">> >,
    Row< Asked,    ValidityEnded,       none,     Do<NoReminder, Tell<NotRenewed>>                                              >,
    Row< Ordered,  ValidityEnded,       none,     Do<Tell<NotRenewed>>,                         All<IsUnpaid>                   >>;
  using unaccepted = mp_list<
    Breaks< IntentReported, Ids<"REN-07">, Unasked >,            // the customer answers what the notice says,
    Breaks< IntentReported, Ids<"REN-02">, Renewed >,            // which the next year has of its own
    Breaks< RenewalOrdered, Ids<"REN-01">, Unasked, Asked >,     // nothing renews by itself,
    Breaks< RenewalOrdered, Ids<"REN-08">, Unasked, Asked, Ordered >,
    Breaks< RenewalOrdered, Ids<"REN-32">, Declined >,
    Breaks< RenewalOrdered, Ids<"REN-02">, Renewed >>;
};
// clang-format on

// -- the answer
// -----------------------------------------------------------------------------------------------------------

struct Answers : Permission<"REN-07"> {
  static bool applies(const Context&, const IntentReported&) { return true; }
};
struct WantsToRenew : Question {
  static bool test(const Context&, const IntentReported& report) {
    return report.is_word<"intent", "renew">();
  }
};
struct RecordDecline : Effect<"REN-32"> {
  static void run(Context& c, const IntentReported&) { c.withdraw_own_duties(); }
};

// -- reminding
// ------------------------------------------------------------------------------------------------------------

[[nodiscard]] ActionMatch<"mail.sent"> reminder(Context& c) {
  return mail_for(c, c.me(), {kLabel<"REN-06", "purpose">})
      .not_before(expiry_notice::end_of_the_days(c, c.me()));
}
struct MayRemind : Effect<"REN-06"> {
  static bool applies(const Context& c, const auto& asked) {
    return Under<"REN-Q7", "reminder-allowed">::test(c, asked);
  }
  static void run(Context& c, const auto&) { c.may(reminder(c)); }
};
struct MustRemind : Effect<"REN-06"> {
  static bool applies(const Context& c, const auto& asked) {
    return Under<"REN-Q7", "reminder-owed">::test(c, asked) && ends(c) > c.now();
  }
  static void run(Context& c, const auto&) { c.must(reminder(c).due(ends(c))); }
  static Instant ends(const Context& c) { return c.me()[dedicated_certificate::kEndsAt]; }
};
struct NoReminder : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};

// -- the order
// ------------------------------------------------------------------------------------------------------------

/// What the order costs where that is asserted; else absent.
[[nodiscard]] Value price_of(Context& c, std::string_view product) {
  const Record* price = c.background(c.store().intern(product));
  return price ? price->fields[kField<"fact.price", "amount">] : Value{};
}
[[nodiscard]] bool has_expired(const Context& c) {
  return c.now() > dedicated_certificate::end_of(c.facts(), c.me());
}
[[nodiscard]] Value price_asserted(Context& c) {
  if (Under<"REN-Q11", "not-asserted">::test(c, 0)) return {};
  const bool as_new = Under<"REN-Q11", "price-of-new">::test(c, 0) && has_expired(c);
  return price_of(c, as_new ? "product/new" : "product/renewal");
}
struct OweOrder : Effect<"REN-08"> {
  static void run(Context& c, const auto&) {
    c.must(c.action<"renewal.ordered">()
               .with<"customer">(c.me()[dedicated_certificate::kCustomer])
               .with<"certificate">(c.me().subject)
               .with<"amount">(price_asserted(c))
               .with<"method">(dedicated_certificate::of_customer<"payment">(c, c.me())));
  }
};
struct IsANewOrder : Guard<"ASM-07"> {
  static bool test(const Context& c, const RenewalOrdered& order) {
    return c.find(order.subject()) == kNoObject;
  }
};
struct AtTheRightPrice : Guard<"REN-08"> {
  static bool test(const Context& c, const RenewalOrdered& order) {
    if (Under<"REN-Q11", "not-asserted">::test(c, order) || !order.has<"amount">()) return true;
    const bool as_new = Under<"REN-Q11", "price-of-new">::test(c, order) && has_expired(c);
    const Record* price =
        c.background(c.store().intern(as_new ? "product/new" : "product/renewal"));
    return !price || price->fields[kField<"fact.price", "amount">] == order.get<"amount">();
  }
};
struct MakeOrder : Note {
  static void run(Context& c, const RenewalOrdered& order) {
    const ObjectIndex at = c.create(ObjectKind::renewal, order.subject());
    c.me()[dedicated_certificate::kOrder] = at;
    Object& made = c.object_to_change(at);
    made[renewal::kOrder] = order.event->data;
    made[renewal::kOld] = c.self();
    made[renewal::kOrderedAt] = order.time();
    made[renewal::kBill] = order.text<"bill">();
    made[renewal::kFee] = order.get<"amount">().number();
    made.set(renewal::kUnpaid);
    c.post_to(at, MessageId::renewal_opened);
  }
};
struct IsUnpaid : Question {
  static bool test(const Context& c, const auto&) {
    const Object* order = c.object(c.me()[dedicated_certificate::kOrder]);
    return order && (*order)[renewal::kUnpaid];
  }
};
struct WithdrawOrder : Effect<"REN-32"> {
  static void run(Context& c, const auto&) {
    c.post_to(c.me()[dedicated_certificate::kOrder], MessageId::renewal_withdrawn);
  }
};

constexpr MachineApi kApi = Tables<RenewalIntent>::api("RenewalIntent", ObjectKind::certificate);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<RenewalIntent>::state_id<Renewed> == kRenewed);

}  // namespace shinsa::model::renewal_intent
