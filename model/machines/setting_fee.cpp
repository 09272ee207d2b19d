/// The bill: after the setting, and in no case in its month (JST); both fees, even after a
/// cancellation. Source: NTT-24, NTT-45, NTT-50 (page lines 92, 93, 121), reading NTT-Q8.
#include "model/machines/setting_fee.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::setting_fee {
namespace {

using namespace agency_certificate;

// clang-format off
struct NotDue : State {};           // nothing was set
struct MonthOfSetting : State {};   // to the end of that month nothing may be billed
struct Billable : State {};
struct Billed : State {};

struct InvoiceIssued : On<"invoice.issued"> { using On::On; };
struct NextMonthBegins : Deadline<kBillableFrom> { using Deadline::Deadline; };

struct WasCancelled; struct BillsBothFees; struct BillsBothInSpiteOfIt;
struct WaitForTheMonth; struct OweInvoice;

struct SettingFee : Machine<SettingFee> {
  using states = mp_list<NotDue, MonthOfSetting, Billable, Billed>;
  using events = mp_list<SettingDone, NextMonthBegins, InvoiceIssued>;
  using initial_state = NotDue;
  using transition_table = mp_list<
    //   in              on               go to           do                   provided
    Row< NotDue,         SettingDone,     MonthOfSetting, Do<WaitForTheMonth>                                          >,
    Row< MonthOfSetting, NextMonthBegins, Billable,       Do<OweInvoice>                                               >,
    Row< Billable,       InvoiceIssued,   Billed,         Do<>,                All<Not<WasCancelled>, BillsBothFees>   >,
    Row< Billable,       InvoiceIssued,   Billed,         Do<>,                All<WasCancelled, BillsBothInSpiteOfIt> >>;
  using unaccepted = mp_list<
    Breaks< InvoiceIssued, Ids<"NTT-45"> >>;
};
// clang-format on

struct WasCancelled : Question {
  static bool test(const Context& c, const auto&) { return c.me()[kSettingCancelled]; }
};
/// Both fees, perhaps among others; a bill that does not say what it is for cannot be contradicted.
[[nodiscard]] bool names_both_fees(const Context& c, const InvoiceIssued& invoice) {
  const auto items = c.facts().list(invoice.list<"items">());
  const auto bills = [&](std::string_view fee) {
    return std::ranges::any_of(items, [&](TextId item) { return c.facts().text(item) == fee; });
  };
  return !invoice.has<"items">() ||
         (bills(kLabel<"NTT-24", "certificate_fee">) && bills(kLabel<"NTT-24", "setting_fee">));
}
struct BillsBothFees : Guard<"NTT-45"> {
  static bool test(const Context& c, const InvoiceIssued& invoice) {
    return names_both_fees(c, invoice);
  }
};
struct BillsBothInSpiteOfIt : Guard<"NTT-24"> {
  static bool test(const Context& c, const InvoiceIssued& invoice) {
    return names_both_fees(c, invoice);
  }
};

[[nodiscard]] Instant start_of_month_after(Instant setting, std::int64_t months) {
  const Date day = date_of(setting);
  return start_of(plus_months({day.year, day.month, 1}, static_cast<int>(months)));
}
struct WaitForTheMonth : Effect<"NTT-45"> {
  static void run(Context& c, const auto&) {
    c.me()[kBillableFrom] = start_of_month_after(c.now(), c.number<"NTT-45", "months">());
  }
};
struct OweInvoice : Effect<"NTT-45"> {
  static void run(Context& c, const auto& month) {
    auto invoice = c.action<"invoice.issued">();
    if (Under<"NTT-Q8", "next-month">::test(c, month))
      invoice.due(start_of_month_after(c.now(), 1));
    c.must(invoice);
  }
};

constexpr MachineApi kApi = Tables<SettingFee>::api("SettingFee", ObjectKind::certificate);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<SettingFee>::state_id<Billed> == kBilled);

}  // namespace shinsa::model::setting_fee
