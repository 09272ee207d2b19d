/// The notification of an EAB: JPDirect tells the customer. Its subject is not given on the page;
/// it is known by what it carries. Source: ACM-21 (page lines 104 to 106).
#include "model/machines/eab_notice.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/customer.hpp"

namespace shinsa::model::eab_notice {
namespace {

// clang-format off
struct NotDue : State {};
struct NoticeDue : State {};   // the EAB was issued: the customer must be told
struct Told : State {};

struct NoticeMail : On<"mail.sent"> { using On::On; static bool is(const NoticeMail& mail, const Context& c); };

struct AsNoticeMustBe;
struct OweNotice;

struct EabNotice : Machine<EabNotice> {
  using states = mp_list<NotDue, NoticeDue, Told>;
  using events = mp_list<EabCreated, NoticeMail>;
  using initial_state = NotDue;
  using transition_table = mp_list<
    //   in         on          go to      do             provided
    Row< NotDue,    EabCreated, NoticeDue, Do<OweNotice>                      >,
    Row< NoticeDue, NoticeMail, Told,      Do<>,          All<AsNoticeMustBe> >>;
};
// clang-format on

// Only the mail that is owed is held to the clause: nothing forbids another one.
bool NoticeMail::is(const NoticeMail& mail, const Context& c) {
  const auto carried = c.facts().list(mail.list<"attachments">());
  return c.me().states[kPlace] == kDue &&
         std::ranges::any_of(carried, [&](TextId what) { return c.facts().text(what) == "eab"; });
}
struct AsNoticeMustBe : Guard<"ACM-21"> {
  static bool test(const Context& c, const NoticeMail& mail) {
    return c.as_owed(*mail.event, *mail.record);
  }
};
struct OweNotice : Effect<"ACM-21"> {
  static void run(Context& c, const auto&) {
    const Object* customer = c.object(c.me()[eab::kCustomer]);
    const TextId carried = c.text<"eab">();
    c.must(c.action<"mail.sent">()
               .with<"to">(customer ? customer::member_address(c.facts(), *customer) : Value{})
               .with<"attachments">(c.store().intern_list({&carried, 1})));
  }
};

constexpr MachineApi kApi = Tables<EabNotice>::api("EabNotice", ObjectKind::eab);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<EabNotice>::state_id<Told> == kTold);

}  // namespace shinsa::model::eab_notice
