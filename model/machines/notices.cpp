/// Mails about an entry: the notice that makes it one to be reissued, and the completion mail; no
/// mail asks for an approval. Source: SAK-01, SAK-12, SAK-30, SAK-32 (page lines 1, 22, 46, 48),
/// reading SAK-Q9. Other mails no clause names.
#include "model/machines/notices.hpp"

#include "model/core/machine.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::model::notices {
namespace {

using namespace entry;

// clang-format off
struct Quiet : State {};           // nothing was issued; the notice may come
struct CompletionDue : State {};
struct Told : State {};

struct NoticeMail : On<"mail.sent"> { using On::On; static bool is(const NoticeMail& mail, const Context& c); };
struct CompletionMail : On<"mail.sent"> { using On::On; static bool is(const CompletionMail& mail, const Context& c); };

struct TellsAfterInstallation; struct ToTheMember; struct AsksForNoApproval; struct OfTheNewCertificate; struct SaysNothingIsDone;
struct NoteNamed; struct OweCompletionMail;

struct Notices : Machine<Notices> {
  using states = mp_list<Quiet, CompletionDue, Told>;
  using events = mp_list<NoticeMail, CompletionMail, CertificateReady, CertificateInPlace>;
  using initial_state = Quiet;
  using transition_table = mp_list<
    //   in             on                  go to          do                                      provided
    Row< Quiet,         NoticeMail,         none,          Do<NoteNamed, Tell<SituationChanged>>,  All<ToTheMember>                            >,
    Row< Quiet,         CertificateReady,   CompletionDue, Do<OweCompletionMail>,                  All<Not<TellsAfterInstallation>>            >,
    Row< Quiet,         CertificateReady,   none,          Do<>,                                   All<TellsAfterInstallation>                 >,
    Row< Quiet,         CertificateInPlace, CompletionDue, Do<OweCompletionMail>,                  All<TellsAfterInstallation>                 >,
    Row< CompletionDue, CompletionMail,     Told,          Do<>,                                   All<AsksForNoApproval, OfTheNewCertificate> >>;
  using unaccepted = mp_list<
    Breaks< CompletionMail, AsksForNoApproval >,
    Breaks< CompletionMail, SaysNothingIsDone >>;
};
// clang-format on

[[nodiscard]] bool is_notice(const Context& c, TextId subject) {
  Facts& store = c.store();
  return store.as_read(subject) == store.as_read(c.label(kLabel<"SAK-01", "subject">));
}

// Once it was reissued a mail may say again what it said before: no clause speaks of it.
bool NoticeMail::is(const NoticeMail& mail, const Context& c) {
  return !c.me()[kIssued] && is_notice(c, mail.text<"subject">());
}
/// Any mail that is owed, that carries a certificate, or that asks for an approval.
bool CompletionMail::is(const CompletionMail& mail, const Context& c) {
  return !is_notice(c, mail.text<"subject">()) &&
         (mail.has<"code">() || mail.has<"certificate">() || c.as_owed(*mail.event, *mail.record));
}

// -- the notice
// -----------------------------------------------------------------------------------------------------------

/// The mail address of the member; absent where none is on record.
[[nodiscard]] Value address(const Context& c) {
  const Record* member = c.background(ordered<"customer">(c, c.me()).text());
  return member ? member->fields[kField<"fact.customer", "mail">] : Value{};
}
struct ToTheMember : Guard<"SAK-01"> {
  static bool test(const Context& c, const NoticeMail& mail) {
    const Value to = address(c);
    return !to.present() ||
           same_mail_address(c.facts().text(to.text()), c.facts().text(mail.text<"to">()));
  }
};
struct NoteNamed : Effect<"SAK-01"> {
  static void run(Context& c, const NoticeMail&) { c.me().set(kNamed); }
};

// -- completion
// -----------------------------------------------------------------------------------------------------------

struct TellsAfterInstallation : Under<"SAK-Q9", "after-install"> {};
struct OweCompletionMail : Effect<"SAK-32"> {
  static void run(Context& c, const auto&) {
    c.must(c.action<"mail.sent">().with<"to">(address(c)).with<"certificate">(c.me()[kIssued]));
  }
};
// The validation is automatic: nobody is asked for anything.
struct AsksForNoApproval : Guard<"SAK-30"> {
  static bool test(const Context&, const CompletionMail& mail) { return !mail.has<"code">(); }
};
struct OfTheNewCertificate : Guard<"SAK-32"> {
  static bool test(const Context& c, const CompletionMail& mail) {
    return c.as_owed(*mail.event, *mail.record);
  }
};
struct SaysNothingIsDone : Guard<"SAK-32"> {
  static bool test(const Context&, const CompletionMail& mail) {
    return !mail.has<"certificate">();
  }
};

constexpr MachineApi kApi = Tables<Notices>::api("Notices", ObjectKind::entry);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<Notices>::state_id<Told> == notices::kTold);

}  // namespace shinsa::model::notices
