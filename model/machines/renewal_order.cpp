/// The order of a renewal: the customer is told of the bill, pays by card or by transfer on an
/// invoice, and the host confirms the payment. Source: REN-08 to REN-11, 26, 30, 31, 32 (page lines
/// 24 to 35, 73 to 75, 86 to 92, 96), reading REN-Q9. Not here: the screens (billing_screens).
#include "model/machines/renewal_order.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/notice_mail.hpp"

namespace shinsa::model::renewal_order {
namespace {

using namespace renewal;

// clang-format off
struct Unordered : State {};     // no order data
struct Telling : State {};       // ordered; the customer must be told of the bill
struct Open : State {};          // told, not paid
struct PaymentSeen : State {};   // the money is there; the host must confirm it
struct Paid : State {};
struct Withdrawn : State {};     // not paid, and wanted no more

struct BillingMail : On<"mail.sent"> { using On::On; static bool is(const BillingMail& mail, const Context& c); };
struct InvoiceIssued : On<"invoice.issued"> { using On::On; };
struct PaymentMade : On<"payment.made"> { using On::On; };
struct PaymentReceived : On<"payment.received"> { using On::On; };
struct PaymentConfirmed : On<"payment.confirmed"> { using On::On; };

struct ToTheCustomer; struct NotInvoicedYet; struct ForThisBill; struct BySuchAChannel;
struct PaysThisBill; struct ByTransferAlone; struct InvoiceWasSent; struct FeeIsPaid;
struct OweBillingMail; struct OweInvoice; struct OpenForPayment; struct RememberInvoice; struct CountTransfer; struct CountCard; struct OweConfirmation; struct KeepsThePlan; struct EndOrder;

struct RenewalOrder : Machine<RenewalOrder> {
  using states = mp_list<Unordered, Telling, Open, PaymentSeen, Paid, Withdrawn>;
  using events = mp_list<RenewalOpened, BillingMail, InvoiceIssued, PaymentMade, PaymentReceived, CardPaid, PaymentCounted, PaymentConfirmed, RenewalWithdrawn>;
  using initial_state = Unordered;
  using Invoice = All<NotInvoicedYet, ForThisBill, BySuchAChannel>;
  using Transfer = All<PaysThisBill, ByTransferAlone, InvoiceWasSent>;
  using transition_table = mp_list<
    //   in           on                 go to        do                                        provided
    Row< Unordered,   RenewalOpened,     Telling,     Do<OweBillingMail, OweInvoice>                                   >,
    Row< Telling,     BillingMail,       Open,        Do<OpenForPayment>,                       All<ToTheCustomer>     >,
    Row< Telling,     InvoiceIssued,     none,        Do<RememberInvoice>,                      Invoice                >,
    Row< Open,        InvoiceIssued,     none,        Do<RememberInvoice>,                      Invoice                >,
    Row< Open,        PaymentMade,       none,        Do<>,                                     Transfer               >,
    Row< Open,        PaymentReceived,   none,        Do<CountTransfer, Post<PaymentCounted>>,  Transfer               >,
    Row< Open,        CardPaid,          none,        Do<CountCard, Post<PaymentCounted>>                              >,
    Row< Open,        PaymentCounted,    PaymentSeen, Do<OweConfirmation, KeepsThePlan>,        All<FeeIsPaid>         >,
    Row< Open,        PaymentCounted,    none,        Do<>,                                     All<Not<FeeIsPaid>>    >,
    Row< PaymentSeen, PaymentConfirmed,  Paid,        Do<Post<PaymentDone>>                                            >,
    Row< Telling,     RenewalWithdrawn,  Withdrawn,   Do<EndOrder>                                                     >,
    Row< Open,        RenewalWithdrawn,  Withdrawn,   Do<EndOrder>                                                     >>;
  using unaccepted = mp_list<
    Breaks< BillingMail,      Ids<"REN-08">, Unordered >,
    Breaks< BillingMail,      Ids<"REN-09"> >,                      // told once
    Breaks< InvoiceIssued,    Ids<"REN-08">, Unordered >,
    Breaks< InvoiceIssued,    Ids<"REN-31">, PaymentSeen, Paid >,   // before the transfer
    Breaks< InvoiceIssued,    Ids<"REN-32">, Withdrawn >,
    Breaks< PaymentMade,      Ids<"REN-08">, Unordered >,
    Breaks< PaymentMade,      Ids<"REN-26">, Telling >,             // first the mail, then the payment
    Breaks< PaymentMade,      Ids<"REN-10">, PaymentSeen, Paid >,   // nothing more to pay
    Breaks< PaymentMade,      Ids<"REN-32">, Withdrawn >,
    Breaks< PaymentReceived,  Ids<"REN-08">, Unordered >,
    Breaks< PaymentReceived,  Ids<"REN-26">, Telling >,
    Breaks< PaymentReceived,  Ids<"REN-10">, PaymentSeen, Paid >,
    Breaks< PaymentReceived,  Ids<"REN-32">, Withdrawn >,
    Breaks< PaymentConfirmed, Ids<"REN-11"> >>;                     // not before it was paid, and once
};
// clang-format on

// -- the bill
// -------------------------------------------------------------------------------------------------------------

bool BillingMail::is(const BillingMail& mail, const Context& c) {
  return serves(c, mail, kLabel<"REN-09", "purpose">);
}
struct OweBillingMail : Effect<"REN-09"> {
  static void run(Context& c, const auto&) {
    const Object* old = old_certificate(c);
    if (old) c.must(mail_for(c, *old, {kLabel<"REN-09", "purpose">}));
  }
};
struct ToTheCustomer : Guard<"REN-09"> {
  static bool test(const Context& c, const BillingMail& mail) {
    const Object* old = old_certificate(c);
    return !old || goes_to_the_customer(c, *old, mail);
  }
};
struct OpenForPayment : Effect<"REN-26"> {
  static void run(Context& c, const auto&) { c.me().set(kPayable); }
};

constexpr auto kChannels =
    kEventTypes[kType<"invoice.issued">].fields[kField<"invoice.issued", "channel">].choices;
/// The channel that the reading asks for; absent where it is free.
[[nodiscard]] Value channel(const Context& c) {
  if (Under<"REN-Q9", "by-mail">::test(c, 0)) return Value::of(*choice_index(kChannels, "mail"));
  if (Under<"REN-Q9", "by-post">::test(c, 0)) return Value::of(*choice_index(kChannels, "post"));
  return {};
}
struct OweInvoice : Effect<"REN-31"> {
  static bool applies(const Context& c, const auto&) {
    return pays_by_transfer(ordered<"method">(c));
  }
  static void run(Context& c, const auto&) {
    c.must(c.action<"invoice.issued">()
               .with<"bill">(ordered<"bill">(c))
               .with<"amount">(ordered<"amount">(c))
               .with<"channel">(channel(c)));
  }
};
struct NotInvoicedYet : Guard<"REN-31"> {
  static bool test(const Context& c, const InvoiceIssued&) { return !c.me()[kInvoiced]; }
};
struct ForThisBill : Guard<"REN-08"> {
  static bool test(const Context& c, const InvoiceIssued& invoice) {
    return (!c.me()[kBill] || invoice.text<"bill">() == c.me()[kBill]) &&
           (c.me()[kFee] == 0 || invoice.get<"amount">().number() == c.me()[kFee]);
  }
};
struct BySuchAChannel : Guard<"REN-31"> {
  static bool test(const Context& c, const InvoiceIssued& invoice) {
    const Value wanted = channel(c);
    return !wanted.present() || !invoice.has<"channel">() || invoice.get<"channel">() == wanted;
  }
};
struct RememberInvoice : Note {
  static void run(Context& c, const InvoiceIssued& invoice) {
    c.me().set(kInvoiced);
    c.me()[kBill] = invoice.text<"bill">();
    c.me()[kFee] = invoice.get<"amount">().number();
  }
};

// -- the payment
// ----------------------------------------------------------------------------------------------------------

struct PaysThisBill : Guard<"REN-10"> {
  static bool test(const Context& c, const auto& payment) {
    return !c.me()[kBill] || payment.template text<"bill">() == c.me()[kBill];
  }
};
// A card pays by the screens of the control panel and nowhere else.
struct ByTransferAlone : Guard<"REN-30"> {
  static bool test(const Context&, const auto& payment) {
    return !payment.template is_word<"method", "card">();
  }
};
struct InvoiceWasSent : Guard<"REN-31"> {
  static bool test(const Context& c, const auto&) { return c.me()[kInvoiced]; }
};
struct CountTransfer : Note {
  static void run(Context& c, const PaymentReceived& payment) {
    c.me()[kReceived] += payment.get<"amount">().number();
  }
};
struct CountCard : Note {
  static void run(Context& c, const auto&) {
    c.me()[kReceived] = std::max<std::int64_t>(c.me()[kFee], 1);
  }
};
struct FeeIsPaid : Guard<"REN-11"> {
  static bool test(const Context& c, const auto&) {
    return c.me()[kReceived] > 0 && c.me()[kReceived] >= c.me()[kFee];
  }
};
struct OweConfirmation : Effect<"REN-11"> {
  static void run(Context& c, const auto&) {
    c.withdraw_own_duties();
    c.me()[kPaidAt] = c.now();
    c.me().set(kUnpaid, false);
    c.me().set(kPayable, false);
    c.must(c.action<"payment.confirmed">().with<"bill">(Value::of(c.me()[kBill])));
  }
};
// What is paid is being renewed, if late: a plan that was to change need not.
struct KeepsThePlan : Note {
  static void run(Context& c, const auto&) {
    if (c.me()[kOld] != kNoObject) c.post_to(c.me()[kOld], MessageId::renewal_wanted);
  }
};
struct EndOrder : Note {
  static void run(Context& c, const auto&) {
    c.withdraw_duties();
    c.me().set(kUnpaid, false);
    c.me().set(kPayable, false);
  }
};

constexpr MachineApi kApi = Tables<RenewalOrder>::api("RenewalOrder", ObjectKind::renewal);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<RenewalOrder>::state_id<Withdrawn> == kWithdrawn);

}  // namespace shinsa::model::renewal_order
