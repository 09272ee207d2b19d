/// The two mails about a registration: that it was received and is billed, and that it is complete.
/// Both go to the address of the billing contact, which the page spells in two ways (ACM-Q15).
/// Source: ACM-33, ACM-35 (page lines 165 to 177).
#include "model/machines/fqdn_notices.hpp"

#include "model/core/machine.hpp"

namespace shinsa::model::fqdn_notices {
namespace {

using namespace fqdn;

// clang-format off
struct Silent : State {};
struct Open : State {};   // the application is fixed: each mail comes once, when it is owed

struct AcceptanceMail : On<"mail.sent"> { using On::On; static bool is(const AcceptanceMail& mail, const Context& c); };
struct CompletionMail : On<"mail.sent"> { using On::On; static bool is(const CompletionMail& mail, const Context& c); };

struct AsAcceptanceMustBe; struct AsCompletionMustBe;
struct OweAcceptanceMail; struct OweCompletionMail;

struct FqdnNotices : Machine<FqdnNotices> {
  using states = mp_list<Silent, Open>;
  using events = mp_list<RegistrationConfirmed, RegistrationKnown, RegistrationComplete, AcceptanceMail, CompletionMail>;
  using initial_state = Silent;
  using transition_table = mp_list<
    //   in      on                     go to do                     provided
    Row< Silent, RegistrationConfirmed, Open, Do<OweAcceptanceMail>                          >,
    Row< Silent, RegistrationKnown,     Open                                                 >,
    Row< Open,   RegistrationComplete,  none, Do<OweCompletionMail>                          >,
    Row< Open,   AcceptanceMail,        none, Do<>,                  All<AsAcceptanceMustBe> >,
    Row< Open,   CompletionMail,        none, Do<>,                  All<AsCompletionMustBe> >>;
  using unaccepted = mp_list<
    Breaks< AcceptanceMail, Ids<"ACM-33"> >,
    Breaks< CompletionMail, Ids<"ACM-35"> >>;
};
// clang-format on

template <Literal Id>
[[nodiscard]] bool has_the_subject(const Context& c, TextId subject) {
  return c.store().as_read(subject) == c.store().as_read(c.label(kLabel<Id, "subject">));
}
template <Literal Id>
void owe_mail(Context& c) {
  const Object* customer = owner(c);
  c.must(c.action<"mail.sent">()
             .with<"to">(customer ? customer::billing_address(c.facts(), *customer) : Value{})
             .template with<"subject">(c.label(kLabel<Id, "subject">)));
}

bool AcceptanceMail::is(const AcceptanceMail& mail, const Context& c) {
  return has_the_subject<"ACM-33">(c, mail.text<"subject">());
}
bool CompletionMail::is(const CompletionMail& mail, const Context& c) {
  return has_the_subject<"ACM-35">(c, mail.text<"subject">());
}
struct AsAcceptanceMustBe : Guard<"ACM-33"> {
  static bool test(const Context& c, const AcceptanceMail& mail) {
    return c.as_owed(*mail.event, *mail.record);
  }
};
struct AsCompletionMustBe : Guard<"ACM-35"> {
  static bool test(const Context& c, const CompletionMail& mail) {
    return c.as_owed(*mail.event, *mail.record);
  }
};
struct OweAcceptanceMail : Effect<"ACM-33"> {
  static void run(Context& c, const auto&) { owe_mail<"ACM-33">(c); }
};
struct OweCompletionMail : Effect<"ACM-35"> {
  static void run(Context& c, const auto&) { owe_mail<"ACM-35">(c); }
};

constexpr MachineApi kApi = Tables<FqdnNotices>::api("FqdnNotices", ObjectKind::fqdn);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<FqdnNotices>::state_id<Open> == kOpen);

}  // namespace shinsa::model::fqdn_notices
