/// The bill of a use-FQDN: the fixed application is billed; what is paid is confirmed, and that
/// completes the registration. Nothing is paid back for a slip, nor once a certificate was issued.
/// Source: ACM-24, ACM-32, ACM-34, ACM-35, ACM-55, ACM-57 (page lines 126, 161, 171 to 177, 225,
/// 230 to 232), ASM-31, readings ACM-Q10, ACM-Q11. Not here: the mails (fqdn_notices).
#include "model/machines/fqdn_billing.hpp"

#include "model/core/machine.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::fqdn_billing {
namespace {

using namespace fqdn;

// clang-format off
struct Unbilled : State {};      // the application is not fixed
struct Unpaid : State {};        // the invoice must be issued and paid
struct PaymentSeen : State {};   // the money is there; the portal must confirm it
struct Completed : State {};     // the registration is complete
struct RefundDue : State {};     // the fee must be paid back (reading ACM-Q10)
struct Refunded : State {};
struct Cancelled : State {};     // unpaid at the end of the due date (reading ACM-Q11)

struct InvoiceIssued : On<"invoice.issued"> { using On::On; };
struct PaymentReceived : On<"payment.received"> { using On::On; };
struct PaymentConfirmed : On<"payment.confirmed"> { using On::On; };
struct RefundRequested : On<"refund.requested"> { using On::On; };
struct RefundMade : On<"refund.made"> { using On::On; };
struct DueDatePasses : Deadline<kDue> { using Deadline::Deadline; };

struct NotBilledYet; struct BilledByNumber; struct ForTheCheckedPrice; struct PaysThisInvoice; struct FeeIsPaid; struct BeforeTheIssue; struct AsAgreed;
using PaidBack = Under<"ACM-Q10", "paid-back">;
using MayBeRefunded = All<NotForASlip, BeforeTheIssue>;

struct OweInvoice; struct SetDueDate; struct RememberInvoice; struct CountPayment; struct OweConfirmation; struct OfferRefund; struct OweRefund;
struct RefundIsOff; struct ForgetBill;

struct FqdnBilling : Machine<FqdnBilling> {
  using states = mp_list<Unbilled, Unpaid, PaymentSeen, Completed, RefundDue, Refunded, Cancelled>;
  using events = mp_list<RegistrationConfirmed, RegistrationKnown, InvoiceIssued, PaymentReceived, PaymentCounted, PaymentConfirmed, RefundRequested,
                         RefundMade, UseFqdnIssued, DueDatePasses>;
  using initial_state = Unbilled;
  using transition_table = mp_list<
    //   in           on                     go to        do                                             provided
    Row< Unbilled,    RegistrationConfirmed, Unpaid,      Do<SetDueDate, OweInvoice>                                                      >,
    Row< Unbilled,    RegistrationKnown,     Completed                                                                                    >,
    Row< Unpaid,      InvoiceIssued,         none,        Do<RememberInvoice>,                           All<NotBilledYet, BilledByNumber, ForTheCheckedPrice> >,
    Row< Unpaid,      PaymentReceived,       none,        Do<CountPayment, Post<PaymentCounted>>,        All<PaysThisInvoice>             >,
    Row< Unpaid,      PaymentCounted,        PaymentSeen, Do<OweConfirmation>,                           All<FeeIsPaid>                   >,
    Row< Unpaid,      PaymentCounted,        none,        Do<>,                                          All<Not<FeeIsPaid>>              >,
    Row< Unpaid,      DueDatePasses,         Cancelled,   Do<ForgetBill, Tell<RegistrationCancelled>>                                     >,
    Row< PaymentSeen, PaymentConfirmed,      Completed,   Do<Post<RegistrationComplete>>                                                  >,
    Row< Completed,   RefundRequested,       none,        Do<OfferRefund>,                               All<MayBeRefunded, Not<PaidBack>> >,
    Row< Completed,   RefundRequested,       RefundDue,   Do<OweRefund, Tell<RegistrationCancelled>>,    All<MayBeRefunded, PaidBack>     >,
    Row< Completed,   UseFqdnIssued,         none,        Do<RefundIsOff>                                                                 >,
    Row< Completed,   RefundMade,            Refunded,    Do<Tell<RegistrationCancelled>>,               All<AsAgreed, BeforeTheIssue>    >,
    Row< RefundDue,   RefundMade,            Refunded,    Do<>,                                          All<AsAgreed>                    >>;
  using unaccepted = mp_list<
    Breaks< InvoiceIssued,    Ids<"ACM-31">, Unbilled >,   // there is no application yet
    Breaks< InvoiceIssued,    Ids<"ACM-34"> >,
    Breaks< PaymentReceived,  Ids<"ACM-34"> >,             // nothing to pay
    Breaks< PaymentConfirmed, Ids<"ACM-35"> >,
    Breaks< RefundRequested,  NotForASlip >,
    Breaks< RefundRequested,  Ids<"ACM-34"> >,             // nothing was paid, or it was paid back
    Breaks< RefundMade,       Ids<"ACM-55"> >>;
};
// clang-format on

// -- the bill
// ---------------------------------------------------------------------------------------------------------------

[[nodiscard]] bool tells_a_due_date(const Context& c) {
  return Under<"ACM-Q11", "cancelled-when-due">::test(c, 0);
}

struct SetDueDate : Effect<"ASM-31"> {
  static bool applies(const Context& c, const auto&) { return tells_a_due_date(c); }
  static void run(Context& c, const auto&) {
    const auto later = static_cast<int>(c.number<"ASM-31", "days">());
    c.me()[kDue] = last_second_of(plus_days(date_of(c.now()), later)) + seconds(1);
  }
};
struct OweInvoice : Effect<"ACM-34"> {
  static void run(Context& c, const auto&) {
    auto invoice =
        c.action<"invoice.issued">().with<"amount">(c.said<"fqdn.drafted", "price">(kDraft));
    if (c.me()[kDue] != Instant{}) invoice.with<"due">(c.me()[kDue] - seconds(1));
    c.must(invoice);
  }
};
struct NotBilledYet : Guard<"ACM-34"> {
  static bool test(const Context& c, const InvoiceIssued&) { return !c.me()[kBill]; }
};
struct BilledByNumber : Guard<"ACM-57"> {
  static bool test(const Context& c, const InvoiceIssued& invoice) {
    return c.facts().text(invoice.text<"bill">()).starts_with(kLabel<"ACM-57", "bill_prefix">);
  }
};
struct ForTheCheckedPrice : Guard<"ACM-24"> {
  static bool test(const Context& c, const InvoiceIssued& invoice) {
    return invoice.get<"amount">() == c.said<"fqdn.drafted", "price">(kDraft);
  }
};
struct RememberInvoice : Note {
  static void run(Context& c, const InvoiceIssued& invoice) {
    c.me()[kBill] = invoice.text<"bill">();
    c.me()[kFee] = invoice.get<"amount">().number();
  }
};

// -- the payment
// ------------------------------------------------------------------------------------------------------------

struct PaysThisInvoice : Guard<"ACM-34"> {
  static bool test(const Context& c, const PaymentReceived& payment) {
    return c.me()[kBill] && payment.text<"bill">() == c.me()[kBill];
  }
};
struct FeeIsPaid : Guard<"ACM-34"> {
  static bool test(const Context& c, const auto&) {
    return c.me()[kBill] && c.me()[kPaid] >= c.me()[kFee];
  }
};
struct CountPayment : Note {
  static void run(Context& c, const PaymentReceived& payment) {
    c.me()[kPaid] += payment.get<"amount">().number();
  }
};
struct OweConfirmation : Effect<"ACM-35"> {
  static void run(Context& c, const auto&) {
    c.must(c.action<"payment.confirmed">().with<"bill">(c.me()[kBill]));
  }
};
struct ForgetBill : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};

// -- money back
// -------------------------------------------------------------------------------------------------------------

struct BeforeTheIssue : Guard<"ACM-55"> {
  static bool test(const Context& c, const auto&) { return !c.me()[kIssuedFor]; }
};
struct AsAgreed : Guard<"ACM-55"> {
  static bool test(const Context& c, const RefundMade& refund) {
    return c.as_owed(*refund.event, *refund.record);
  }
};
[[nodiscard]] ActionMatch<"refund.made"> refund_of(const Context& c) {
  const auto paid = c.me()[kPaid];  // nobody said what was paid before the trace began
  return c.action<"refund.made">().with<"amount">(paid > 0 ? Value::of(paid) : Value{});
}
struct OfferRefund : Effect<"ACM-55"> {
  static void run(Context& c, const auto&) {
    c.withdraw_own_duties();  // asked for twice, paid back once
    c.may(refund_of(c));
  }
};
struct OweRefund : Effect<"ACM-55"> {
  static void run(Context& c, const auto&) { c.must(refund_of(c)); }
};
struct RefundIsOff : Effect<"ACM-55"> {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};

constexpr MachineApi kApi = Tables<FqdnBilling>::api("FqdnBilling", ObjectKind::fqdn);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<FqdnBilling>::state_id<Cancelled> == kCancelled);

}  // namespace shinsa::model::fqdn_billing
