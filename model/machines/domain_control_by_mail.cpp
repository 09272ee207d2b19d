/// Domain control by mail: the CA mails the chosen address, the applicant approves by the procedure
/// in the mail. Source: JPR-35 to JPR-39, JPR-06, JPR-10, page lines 43, 94 to 128.  Not here:
/// http-01 and dns-01. The page sets no limit of time (JPR-Q13).
#include "model/machines/domain_control_by_mail.hpp"

#include "model/core/machine.hpp"
#include "model/machines/payment.hpp"
#include "model/machines/review.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::model::domain_control_by_mail {
namespace {

// clang-format off
struct Waiting : State {};            // the review has not started
struct MailDue : State {};            // the approval mail must be sent (over the limit of two: may be sent)
struct AwaitingApproval : State {};   // it was sent, perhaps to the spam folder (JPR-39): that alone changes nothing
struct Approved : State {};
struct Waived : State {};             // the name is managed under the same customer ID: no approval, and no mail (JPR-Q9)

struct ApprovalMail : On<"mail.sent"> {
  using On::On;
  static bool is(const ApprovalMail& mail, const Context& c);
};
struct DomainApproved : On<"domain.approved"> { using On::On; };

struct ReviewWasStarted; struct PaymentWasConfirmed; struct SameCustomerId; struct AsTheDvMailMustBe; struct AsTheOvMailMustBe; struct MailMayStillCome; struct ByTheMailedProcedure;
struct OweDvMail; struct OweOvMail; struct OfferMail; struct KeepCode; struct ForgetMail; struct ReviewGoesOn;

struct DomainControlByMail : Machine<DomainControlByMail> {
  using states = mp_list<Waiting, MailDue, AwaitingApproval, Approved, Waived>;
  using events = mp_list<ReviewStarted, ReviewCancelled, ApprovalMail, DomainApproved>;
  using initial_state = Waiting;
  using transition_table = mp_list<
    //   in                on               go to             do                             provided
    Row< Waiting,          ReviewStarted,   MailDue,          Do<OweDvMail>,                 All<Not<SameCustomerId>, IsDv>       >,
    Row< Waiting,          ReviewStarted,   MailDue,          Do<OweOvMail>,                 All<Not<SameCustomerId>, Not<IsDv>>  >,
    Row< Waiting,          ReviewStarted,   Waived,           Do<OfferMail, Post<DomainControlDone>>, All<SameCustomerId>      >,
    Row< MailDue,          ApprovalMail,    AwaitingApproval, Do<KeepCode, ReviewGoesOn>,    All<IsDv, AsTheDvMailMustBe>         >,
    Row< MailDue,          ApprovalMail,    AwaitingApproval, Do<KeepCode, ReviewGoesOn>,    All<Not<IsDv>, AsTheOvMailMustBe>    >,
    Row< Waived,           ApprovalMail,    none,             Do<>,                          All<MailMayStillCome>                >,
    Row< MailDue,          ReviewCancelled, Waiting,          Do<ForgetMail>                                                      >,
    Row< AwaitingApproval, ReviewCancelled, Waiting,          Do<ForgetMail>                                                      >,
    Row< Approved,         ReviewCancelled, Waiting,          Do<ForgetMail>                                                      >,
    Row< Waived,           ReviewCancelled, Waiting,          Do<ForgetMail>                                                      >,
    Row< AwaitingApproval, DomainApproved,  Approved,         Do<Post<DomainControlDone>>,   All<ByTheMailedProcedure>            >>;
  using unaccepted = mp_list<
    Breaks< ApprovalMail,   ReviewWasStarted, Waiting >,                   // the review comes after the form,
    Breaks< ApprovalMail,   PaymentWasConfirmed, Waiting >,                // and for an order after the confirmed
    Breaks< ApprovalMail,   FeeIsPaid, Waiting >,                          // payment
    Breaks< ApprovalMail,   Ids<"JPR-35">, AwaitingApproval, Approved >,   // one mail for one request
    Breaks< DomainApproved, Ids<"JPR-36"> >,
    Breaks< DomainApproved, Ids<"JPR-37">, Waived >>;
};
// clang-format on

// -- questions and guards
// -----------------------------------------------------------------------------------------------

// Recognised by what stands before the common name, so that a mail with the wrong name in it is
// still held to its clause.
bool ApprovalMail::is(const ApprovalMail& mail, const Context& c) {
  Facts& store = c.store();
  const std::string_view subject = store.text(store.as_read(mail.text<"subject">()));
  for (std::string_view label : {kLabel<"JPR-35", "subject">, kLabel<"JPR-38", "subject">}) {
    const TextId beginning = store.intern(label.substr(0, label.find('[')));
    if (subject.starts_with(store.text(store.as_read(beginning)))) return true;
  }
  return false;
}
struct ReviewWasStarted : Guard<"JPR-06"> {
  static bool test(const Context& c, const auto&) { return is_an_order(c); }
};
struct PaymentWasConfirmed : Guard<"JPR-33"> {  // asked only while no review was started
  static bool test(const Context& c, const auto&) { return !is_an_order(c); }
};
struct SameCustomerId : Guard<"JPR-37"> {
  static bool test(const Context& c, const auto&) {
    const TextId customer = application::customer_of(c);
    const TextId name = application::applied<"cn">(c).text();
    const Record* record = c.background(customer);
    if (!record) return false;
    for (TextId domain :
         c.facts().list(record->fields[kField<"fact.customer", "managed_domains">].list()))
      if (is_at_or_under(c.facts().text(c.store().lower(name)), c.facts().text(domain)))
        return true;
    return false;
  }
};
// Whether the brackets around the common name must be there is reading JPR-Q14.
[[nodiscard]] bool as_owed_to_the_letter(const Context& c, const ApprovalMail& mail) {
  const std::string_view subject = c.facts().text(mail.text<"subject">());
  const std::size_t close = subject.find(']');
  const bool bracketed = close != std::string_view::npos && subject.find('[') < close;
  return c.as_owed(*mail.event, *mail.record) &&
         (bracketed || Under<"JPR-Q14", "brackets-optional">::test(c, mail));
}
struct AsTheDvMailMustBe : Guard<"JPR-35"> {
  static bool test(const Context& c, const ApprovalMail& mail) {
    return as_owed_to_the_letter(c, mail);
  }
};
struct AsTheOvMailMustBe : Guard<"JPR-38"> {
  static bool test(const Context& c, const ApprovalMail& mail) {
    return as_owed_to_the_letter(c, mail);
  }
};
// Only as it was offered, under the other reading of JPR-Q9.
struct MailMayStillCome : Guard<"JPR-37"> {
  static bool test(const Context& c, const ApprovalMail& mail) {
    return as_owed_to_the_letter(c, mail);
  }
};
// A log that does not record the codes cannot contradict them.
struct ByTheMailedProcedure : Guard<"JPR-36"> {
  static bool test(const Context& c, const DomainApproved& approval) {
    const TextId mailed = c.me()[application::kCode];
    return !mailed || !approval.has<"code">() || approval.text<"code">() == mailed;
  }
};

// -- effects
// ------------------------------------------------------------------------------------------------------------

template <Literal Id>
[[nodiscard]] ActionMatch<"mail.sent"> approval_mail(const Context& c) {
  const TextId name = application::applied<"cn">(c).text();
  return c.action<"mail.sent">()
      .with<"to">(application::applied<"authentication_mail">(c))
      .template with<"from">(c.label(kLabel<Id, "sender">))
      .template with<"subject">(c.label(kLabel<Id, "subject">, name));
}
template <Literal Id>
void owe_mail(Context& c) {
  if (c.me()[application::kMayBeRefused])
    c.may(approval_mail<Id>(c));
  else
    c.must(approval_mail<Id>(c));
}
struct OweDvMail : Effect<"JPR-35"> {
  static void run(Context& c, const auto&) { owe_mail<"JPR-35">(c); }
};
struct OweOvMail : Effect<"JPR-38"> {
  static void run(Context& c, const auto&) { owe_mail<"JPR-38">(c); }
};
struct OfferMail : Effect<"JPR-37"> {
  static bool applies(const Context& c, const auto& started) {
    return Under<"JPR-Q9", "mail-without-approval">::test(c, started);
  }
  static void run(Context& c, const auto& started) {
    c.may(IsDv::test(c, started) ? approval_mail<"JPR-35">(c) : approval_mail<"JPR-38">(c));
  }
};
struct KeepCode : Note {
  static void run(Context& c, const ApprovalMail& mail) {
    c.me()[application::kCode] = mail.text<"code">();
  }
};
struct ForgetMail : Note {
  static void run(Context& c, const auto&) {
    c.me()[application::kCode] = TextId{};
    c.withdraw_own_duties();
  }
};
struct ReviewGoesOn : Note {  // the portal went on with it: too late to refuse
  static void run(Context& c, const auto&) {
    c.me().set(application::kMayBeRefused, false);
    c.withdraw_permission<"application.refused">();
  }
};

constexpr MachineApi kApi =
    Tables<DomainControlByMail>::api("DomainControlByMail", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<DomainControlByMail>::state_id<Waived> == kWaived);

}  // namespace shinsa::model::domain_control_by_mail
