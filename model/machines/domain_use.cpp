/// The domain-use check: after the application to the CA a mail to the role that WHOIS has for the
/// kind of domain; its link can be approved for 26 days from the sending of the mail.
/// Source: NTT-10 to NTT-16 (page lines 54 to 69), readings NTT-Q1, NTT-Q6, NTT-Q7, NTT-Q13. At the
/// end instant of a link the lapse wins. Not here: domain control at JPDirect, which has no limit.
#include "model/machines/domain_use.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/whois_contacts.hpp"
#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::model::domain_use {
namespace {

using namespace agency;
using whois_contacts::Kind;

// clang-format off
struct Idle : State {};         // the CA has no application yet
struct MailDue : State {};      // no mail was sent
struct Mailed : State {};       // at least one was sent, and a link is open
struct Approved : State {};
struct Lapsed : State {};       // no link is open any more: nothing can be issued to this application
struct Closed : State {};       // the application is over

struct DomainUseMail : On<"mail.sent"> { using On::On; static bool is(const DomainUseMail& mail, const Context& c); };
struct DomainApproved : On<"domain.approved"> { using On::On; };
struct FirstLinkEnds : Deadline<kFirstLapses> { using Deadline::Deadline; };
struct SecondLinkEnds : Deadline<kSecondLapses> { using Deadline::Deadline; };

template <Kind K> struct IsOfKind;
using IsOrganisational = IsOfKind<Kind::organisational_jp>;
using IsGeneral = IsOfKind<Kind::general_jp>;
using IsGtld = IsOfKind<Kind::gtld>;
using IsOther = IsOfKind<Kind::other>;
struct ToBothRoles; struct ToThePublicContact; struct ToTheAdministrative; struct ToAPublishedAddress;
using ToTheRole = All<ToBothRoles, ToThePublicContact, ToTheAdministrative, ToAPublishedAddress>;
struct ByTheLink; struct WithinTheDays; struct IsEnough; struct AnotherIsOpen;
struct OweBothMails; struct OwePublicMail; struct OweAdministrativeMail; struct OweAnyMail; struct RememberMail; struct NoteApproval; struct StopClocks;

struct DomainUse : Machine<DomainUse> {
  using states = mp_list<Idle, MailDue, Mailed, Approved, Lapsed, Closed>;
  using events = mp_list<ForwardedToCa, ApplicationOver, DomainUseMail, DomainApproved, FirstLinkEnds, SecondLinkEnds>;
  using initial_state = Idle;
  using transition_table = mp_list<
    //   in        on               go to     do                                                     provided
    Row< Idle,     ForwardedToCa,   MailDue,  Do<OweBothMails>,                                      All<IsOrganisational>                        >,
    Row< Idle,     ForwardedToCa,   MailDue,  Do<OwePublicMail>,                                     All<IsGeneral>                               >,
    Row< Idle,     ForwardedToCa,   MailDue,  Do<OweAdministrativeMail>,                             All<IsGtld>                                  >,
    Row< Idle,     ForwardedToCa,   MailDue,  Do<OweAnyMail>,                                        All<IsOther>                                 >,
    Row< MailDue,  DomainUseMail,   Mailed,   Do<RememberMail>,                                      ToTheRole                                    >,
    Row< Mailed,   DomainUseMail,   none,     Do<RememberMail>,                                      ToTheRole                                    >,
    Row< Approved, DomainUseMail,   none,     Do<>,                                                  ToTheRole                                    >,
    Row< Mailed,   DomainApproved,  Approved, Do<NoteApproval, StopClocks, Post<DomainControlDone>>, All<ByTheLink, WithinTheDays, IsEnough>      >,
    Row< Mailed,   DomainApproved,  none,     Do<NoteApproval>,                                      All<ByTheLink, WithinTheDays, Not<IsEnough>> >,
    Row< Approved, DomainApproved,  none,     Do<>,                                                  All<ByTheLink>                               >,
    Row< Lapsed,   DomainApproved,  none,     Do<>,                                                  All<ByTheLink, WithinTheDays>                >,
    Row< Mailed,   FirstLinkEnds,   none,     Do<>,                                                  All<AnotherIsOpen>                           >,
    Row< Mailed,   FirstLinkEnds,   Lapsed,   Do<Tell<LinkLapsed>>,                                  All<Not<AnotherIsOpen>>                      >,
    Row< Mailed,   SecondLinkEnds,  none,     Do<>,                                                  All<AnotherIsOpen>                           >,
    Row< Mailed,   SecondLinkEnds,  Lapsed,   Do<Tell<LinkLapsed>>,                                  All<Not<AnotherIsOpen>>                      >,
    Row< MailDue,  ApplicationOver, Closed                                                                                                        >,
    Row< Mailed,   ApplicationOver, Closed                                                                                                        >>;
  using unaccepted = mp_list<
    Breaks< DomainUseMail,  Ids<"NTT-10"> >,            // only after the application to the CA, and of one that is not over
    Breaks< DomainApproved, Ids<"NTT-11"> >,            // there is no link to follow
    Breaks< DomainApproved, Ids<"ASM-46">, Closed >>;
};
// clang-format on

template <Kind K>
struct IsOfKind : Question {
  static bool test(const Context& c, const auto&) { return whois_contacts::kind_of_domain(c) == K; }
};

// -- the mails
// -----------------------------------------------------------------------------------------------------------------------

[[nodiscard]] ActionMatch<"mail.sent"> mail_to(Context& c, TextId address) {
  const TextId purpose = c.text<"domain-use">();
  return c.action<"mail.sent">().with<"to">(address).with<"purposes">(
      c.store().intern_list({&purpose, 1}));
}
void owe_mails(Context& c) {
  const auto [first, second] = whois_contacts::recipients(c);
  c.must(mail_to(c, first));
  if (second) c.must(mail_to(c, second));
}
struct OweBothMails : Effect<"NTT-14"> {
  static void run(Context& c, const auto&) { owe_mails(c); }
};
struct OwePublicMail : Effect<"NTT-15"> {
  static void run(Context& c, const auto&) { owe_mails(c); }
};
struct OweAdministrativeMail : Effect<"NTT-16"> {
  static void run(Context& c, const auto&) { owe_mails(c); }
};
struct OweAnyMail : Effect<"NTT-10"> {
  static void run(Context& c, const auto&) { owe_mails(c); }
};

// The page names no subject: the mail is known by its purpose, or by the link that it carries.
bool DomainUseMail::is(const DomainUseMail& mail, const Context& c) {
  const auto purposes = c.facts().list(mail.list<"purposes">());
  return purposes.empty() ? mail.has<"code">() : std::ranges::any_of(purposes, [&](TextId one) {
    return c.facts().text(one) == "domain-use";
  });
}
/// Of another kind than the clause speaks of, or as it demands.
template <Kind K>
[[nodiscard]] bool is_due_if(const Context& c, const DomainUseMail& mail) {
  return whois_contacts::kind_of_domain(c) != K || c.as_owed(*mail.event, *mail.record);
}
struct ToBothRoles : Guard<"NTT-14"> {
  static bool test(const Context& c, const DomainUseMail& mail) {
    return is_due_if<Kind::organisational_jp>(c, mail);
  }
};
struct ToThePublicContact : Guard<"NTT-15"> {
  static bool test(const Context& c, const DomainUseMail& mail) {
    return is_due_if<Kind::general_jp>(c, mail);
  }
};
struct ToTheAdministrative : Guard<"NTT-16"> {
  static bool test(const Context& c, const DomainUseMail& mail) {
    return is_due_if<Kind::gtld>(c, mail);
  }
};
struct ToAPublishedAddress : Guard<"NTT-10"> {
  static bool test(const Context& c, const DomainUseMail& mail) {
    const RecordId answer = c.me()[kWhois];
    if (whois_contacts::kind_of_domain(c) != Kind::other) return true;
    const auto named = whois_contacts::contacts_in(c.facts().record(answer)).all();
    return std::ranges::any_of(named, [&](TextId one) {
      return one && same_mail_address(c.facts().text(one), c.facts().text(mail.text<"to">()));
    });
  }
};

/// Where the period ends that begins with the sending of a mail.
[[nodiscard]] Instant end_of_link(const Context& c, Instant sent) {
  const auto n = c.number<"NTT-12", "days">();
  return Under<"NTT-Q1", "whole-days">::test(c, 0)
             ? start_of(plus_days(date_of(sent), static_cast<int>(n) + 1))
             : sent + days(n);
}
struct RememberMail : Note {
  static void run(Context& c, const DomainUseMail& mail) {
    const TextId second = whois_contacts::recipients(c).second;
    const bool is_second =
        second && same_mail_address(c.facts().text(second), c.facts().text(mail.text<"to">()));
    c.me().set(is_second ? kSecondSent : kFirstSent);
    c.me()[is_second ? kSecondCode : kFirstCode] = mail.text<"code">();
    c.me()[is_second ? kSecondLapses : kFirstLapses] = end_of_link(c, c.now());
    if (whois_contacts::kind_of_domain(c) == Kind::other) c.withdraw_own_duties();  // any would do
  }
};

// -- the approval
// --------------------------------------------------------------------------------------------------------------------

// A log that does not record what the links send back cannot contradict them.
[[nodiscard]] bool is_by(const Context& c, const DomainApproved& approval, TextSlot code,
                         Flag sent) {
  return c.me()[sent] &&
         (!approval.has<"code">() || !c.me()[code] || approval.text<"code">() == c.me()[code]);
}
struct ByTheLink : Guard<"NTT-11"> {
  static bool test(const Context& c, const DomainApproved& approval) {
    return is_by(c, approval, kFirstCode, kFirstSent) ||
           is_by(c, approval, kSecondCode, kSecondSent);
  }
};
[[nodiscard]] bool is_by_open_first(const Context& c, const DomainApproved& approval) {
  return is_by(c, approval, kFirstCode, kFirstSent) &&
         (c.me()[kFirstLapses] != Instant{} || c.me()[kFirstApproved]);
}
[[nodiscard]] bool is_by_open_second(const Context& c, const DomainApproved& approval) {
  return is_by(c, approval, kSecondCode, kSecondSent) &&
         (c.me()[kSecondLapses] != Instant{} || c.me()[kSecondApproved]);
}
// By a link that was ever there: a wrong one is not late.
struct WithinTheDays : Guard<"NTT-12"> {
  static bool test(const Context& c, const DomainApproved& approval) {
    return !ByTheLink::test(c, approval) || is_by_open_first(c, approval) ||
           is_by_open_second(c, approval);
  }
};
// One approval, or that of every recipient (reading NTT-Q7).
struct IsEnough : Question {
  static bool test(const Context& c, const DomainApproved& approval) {
    if (!Under<"NTT-Q7", "both-approve">::test(c, approval)) return true;
    const bool first = c.me()[kFirstApproved] || is_by_open_first(c, approval);
    const bool second = c.me()[kSecondApproved] || is_by_open_second(c, approval);
    return first && (second || !whois_contacts::recipients(c).second);
  }
};
struct NoteApproval : Note {
  static void run(Context& c, const DomainApproved& approval) {
    if (is_by_open_first(c, approval)) {
      c.me().set(kFirstApproved);
      c.me()[kFirstLapses] = Instant{};
    } else {
      c.me().set(kSecondApproved);
      c.me()[kSecondLapses] = Instant{};
    }
  }
};
struct StopClocks : Note {
  static void run(Context& c, const auto&) {
    c.me()[kFirstLapses] = Instant{};
    c.me()[kSecondLapses] = Instant{};
  }
};
// Another link is open, or its mail is still to be sent; where both have to approve none replaces
// the other.
struct AnotherIsOpen : Question {
  static bool test(const Context& c, const auto& ended) {
    if (Under<"NTT-Q7", "both-approve">::test(c, ended)) return false;
    const Object& me = c.me();
    const bool second_comes = whois_contacts::recipients(c).second && !me[kSecondSent];
    return me[kFirstLapses] != Instant{} || me[kSecondLapses] != Instant{} || !me[kFirstSent] ||
           second_comes;
  }
};

constexpr MachineApi kApi = Tables<DomainUse>::api("DomainUse", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<DomainUse>::state_id<Closed> == kClosed);

}  // namespace shinsa::model::domain_use
