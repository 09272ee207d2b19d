/// An order of a new certificate: billed, paid, confirmed; only then does the review begin.
/// Source: JPR-02, 10, 11, 15, 33, 48 (page lines 12, 43, 51, 83, 156), readings JPR-Q1, JPR-Q8.
/// Not here: the review and the issue, which are those of a reissue (JPR-20).
#include "model/machines/new_order.hpp"

#include "model/core/machine.hpp"
#include "model/machines/form_rules.hpp"
#include "model/machines/payment.hpp"

namespace shinsa::model::new_order {
namespace {

using namespace application;

// clang-format off
struct Unordered : State {};      // nothing was ordered (a reissue stays here)
struct Unpaid : State {};         // accepted; the invoice must be issued and paid
struct PaymentSeen : State {};    // the money is there; the portal must confirm it
struct InReview : State {};       // STEP3: the payment was confirmed, the review was started

struct OrderReceived : On<"order.received"> { using On::On; };
struct InvoiceIssued : On<"invoice.issued"> { using On::On; };
struct PaymentReceived : On<"payment.received"> { using On::On; };
struct PaymentConfirmed : On<"payment.confirmed"> { using On::On; };

struct OpensSomethingNew; struct NotBilledYet; struct BilledByNumber; struct PaysThisInvoice;
struct AcceptOrder; struct OweInvoice; struct RememberInvoice; struct CountPayment; struct OweConfirmation; struct ReviewAfterPayment;
struct ByCard;   // seen, advised

struct NewOrder : Machine<NewOrder> {
  using states = mp_list<Unordered, Unpaid, PaymentSeen, InReview>;
  using events = mp_list<OrderReceived, InvoiceIssued, PaymentReceived, PaymentCounted, PaymentConfirmed>;
  using initial_state = Unordered;
  using InOrder = All<OpensSomethingNew, CarriesACsr, CsrHasItsMarks, CsrIsSigned, KeyIsStrong, ChoosesAnAddress>;
  using transition_table = mp_list<
    //   in           on                go to        do                                                        provided
    Row< Unordered,   OrderReceived,    Unpaid,      Do<AcceptOrder, OweInvoice, ByCard, Post<PaymentCounted>>, InOrder                               >,
    Row< Unpaid,      InvoiceIssued,    none,        Do<RememberInvoice>,                                      All<NotBilledYet, BilledByNumber>      >,
    Row< Unpaid,      PaymentReceived,  none,        Do<CountPayment, Post<PaymentCounted>>,                   All<PaysThisInvoice>                   >,
    Row< Unpaid,      PaymentCounted,   PaymentSeen, Do<OweConfirmation>,                                      All<FeeIsPaid>                         >,
    Row< Unpaid,      PaymentCounted,   none,        Do<>,                                                     All<Not<FeeIsPaid>>                    >,
    Row< PaymentSeen, PaymentConfirmed, InReview,    Do<ReviewAfterPayment>                                                                           >>;
  using unaccepted = mp_list<
    Breaks< OrderReceived,    Ids<"ASM-07"> >,
    Breaks< InvoiceIssued,    Ids<"JPR-02">, Unordered >,               // a reissue is free
    Breaks< InvoiceIssued,    Ids<"JPR-15">, PaymentSeen, InReview >,   // nothing more to pay
    Breaks< PaymentReceived,  Ids<"JPR-02">, Unordered >,
    Breaks< PaymentReceived,  Ids<"JPR-15">, PaymentSeen, InReview >,
    Breaks< PaymentConfirmed, Ids<"JPR-02">, Unordered >,
    Breaks< PaymentConfirmed, Ids<"JPR-10">, Unpaid, InReview >>;
};
// clang-format on

// -- the order
// ------------------------------------------------------------------------------------------------------------

struct OpensSomethingNew : Guard<"ASM-07"> {
  static bool test(const Context& c, const OrderReceived&) { return !c.me()[kOpening]; }
};
struct AcceptOrder : Note {
  static void run(Context& c, const OrderReceived& order) {
    Object& me = c.me();
    me[kOpening] = order.event->data;
    me[kForm] = order.event->data;
    me[kAccepted] = order.time();
    me.set(kInProgress);
    c.post(ApplicationAccepted::message);
  }
};
struct OweInvoice : Effect<"JPR-10"> {
  static void run(Context& c, const OrderReceived& order) {
    std::string product = "product/";
    product += choice_word(kProducts, order.get<"kind">().number());
    const Record* price = c.background(c.store().intern(product));
    c.must(c.action<"invoice.issued">().with<"amount">(
        price ? price->fields[kField<"fact.price", "amount">] : Value{}));
  }
};
struct ByCard : Permission<"JPR-11"> {
  static bool applies(const Context&, const OrderReceived& order) {
    return order.is_word<"payment", "card">();
  }
};

// -- the payment
// ----------------------------------------------------------------------------------------------------------

struct NotBilledYet : Guard<"JPR-15"> {
  static bool test(const Context& c, const InvoiceIssued&) { return !c.me()[kBill]; }
};
struct BilledByNumber : Guard<"JPR-48"> {
  static bool test(const Context& c, const InvoiceIssued& invoice) {
    return c.facts().text(invoice.text<"bill">()).starts_with(kLabel<"JPR-48", "bill_prefix">);
  }
};
struct RememberInvoice : Note {
  static void run(Context& c, const InvoiceIssued& invoice) {
    c.me()[kBill] = invoice.text<"bill">();
    c.me()[kFee] = invoice.get<"amount">().number();
  }
};
struct PaysThisInvoice : Guard<"JPR-10"> {
  static bool test(const Context& c, const PaymentReceived& payment) {
    return c.me()[kBill] && payment.text<"bill">() == c.me()[kBill];
  }
};
struct CountPayment : Note {
  static void run(Context& c, const PaymentReceived& payment) {
    c.me()[kPaid] += payment.get<"amount">().number();
  }
};
struct OweConfirmation : Effect<"JPR-33"> {
  static void run(Context& c, const auto&) {
    c.must(c.action<"payment.confirmed">().with<"bill">(c.me()[kBill]));
  }
};
struct ReviewAfterPayment : Effect<"JPR-33"> {
  static void run(Context& c, const PaymentConfirmed& confirmed) {
    c.me()[kAccepted] = confirmed.time();
    c.me().set(kUnderReview);
    c.post(ReviewStarted::message);
  }
};

constexpr MachineApi kApi = Tables<NewOrder>::api("NewOrder", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<NewOrder>::state_id<InReview> == kInReview);

}  // namespace shinsa::model::new_order
