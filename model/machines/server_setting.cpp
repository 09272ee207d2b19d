/// The setting: the provider installs the certificate, Apache restarts and may fail; then the mail
/// that says it is complete.
/// Source: NTT-22, 23, 25, 29, 41, 42 (page lines 83 to 90, 103, 118, 119), ASM-44.
#include "model/machines/server_setting.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/agency.hpp"
#include "model/machines/service_contract.hpp"
#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::model::server_setting {
namespace {

using namespace agency_certificate;

// clang-format off
struct Nothing : State {};         // not issued here
struct InstallDue : State {};
struct RestartDue : State {};      // installed: Apache must restart
struct Failed : State {};          // it did not come up; the customer may have to correct something
struct CompletionDue : State {};   // set: the customer must be told
struct Completed : State {};
struct Stopped : State {};         // cancelled before it was set

struct Installed : On<"certificate.installed"> { using On::On; };
struct ServerRestarted : On<"server.restarted"> { using On::On; };
struct RepairReported : On<"repair.reported"> { using On::On; };
template <Literal Purpose> struct MailFor : On<"mail.sent"> { using On::On; static bool is(const MailFor& mail, const Context& c); };
struct RepairMail : MailFor<"repair"> { using MailFor::MailFor; };
struct CompletionMail : MailFor<"setting-completion"> { using MailFor::MailFor; };

struct CameUp; struct ServesIt; struct AskOfTheContact; struct ToldToTheContact; struct CarriesIt;
struct OweInstallation; struct NoteInstallation; struct OweRestart; struct OfferToAsk; struct OweAnotherRestart; struct OweCompletionMail; struct NoteSetting; struct DropMail; struct StopWork;
struct OnAnotherDay;   // seen, permitted

struct ServerSetting : Machine<ServerSetting> {
  using states = mp_list<Nothing, InstallDue, RestartDue, Failed, CompletionDue, Completed, Stopped>;
  using events = mp_list<CertificateCreated, Installed, ServerRestarted, RepairReported, RepairMail, CompletionMail, ContactChanged, WorkStopped>;
  using initial_state = Nothing;
  using Complete = Do<NoteSetting, OweCompletionMail>;
  using transition_table = mp_list<
    //   in             on                  go to          do                                              provided
    Row< Nothing,       CertificateCreated, InstallDue,    Do<OweInstallation>                                                              >,
    Row< InstallDue,    Installed,          RestartDue,    Do<NoteInstallation, OnAnotherDay, OweRestart>                                   >,
    Row< RestartDue,    ServerRestarted,    CompletionDue, Complete,                                       All<CameUp, ServesIt>            >,
    Row< RestartDue,    ServerRestarted,    Failed,        Do<OfferToAsk>,                                 All<Not<CameUp>>                 >,
    Row< Failed,        RepairMail,         none,          Do<>,                                           All<AskOfTheContact>             >,
    Row< Failed,        RepairReported,     RestartDue,    Do<OweAnotherRestart>                                                            >,
    Row< Failed,        ServerRestarted,    CompletionDue, Complete,                                       All<CameUp, ServesIt>            >,
    Row< Failed,        ServerRestarted,    none,          Do<>,                                           All<Not<CameUp>>                 >,
    Row< CompletionDue, CompletionMail,     Completed,     Do<>,                                           All<ToldToTheContact, CarriesIt> >,
    Row< CompletionDue, ServerRestarted,    none                                                                                            >,
    Row< Completed,     ServerRestarted,    none                                                                                            >,
    Row< InstallDue,    WorkStopped,        Stopped,       Do<StopWork>                                                                     >,
    Row< RestartDue,    WorkStopped,        Stopped,       Do<StopWork>                                                                     >,
    Row< Failed,        WorkStopped,        Stopped,       Do<StopWork>                                                                     >,
    Row< Failed,        ContactChanged,     none,          Do<DropMail, OfferToAsk>                                                         >,
    Row< CompletionDue, ContactChanged,     none,          Do<DropMail, OweCompletionMail>                                                  >>;
  using unaccepted = mp_list<
    Breaks< Installed,       Ids<"NTT-22"> >,
    Breaks< ServerRestarted, Ids<"NTT-42"> >,
    Breaks< RepairReported,  Ids<"ASM-44"> >,
    Breaks< RepairMail,      Ids<"NTT-41"> >,
    Breaks< CompletionMail,  Ids<"NTT-23"> >>;
};
// clang-format on

[[nodiscard]] Value contact(const Context& c) {
  return service_contract::contact_of(c, agency_certificate::contract_of(c));
}
[[nodiscard]] bool is_to_the_contact(const Context& c, const auto& mail) {
  const Value to = contact(c);
  return !to.present() ||
         same_mail_address(c.facts().text(to.text()), c.facts().text(mail.template text<"to">()));
}

// -- installation and restart
// -------------------------------------------------------------------------------------------------------

struct OweInstallation : Effect<"NTT-22"> {
  static void run(Context& c, const auto&) {
    const Object* application = c.object(c.me()[kApplication]);
    c.must(c.action<"certificate.installed">().with<"server">(
        application ? agency::applied_by<"server">(c, *application) : Value{}));
  }
};
struct NoteInstallation : Note {
  static void run(Context& c, const auto&) { c.me().set(kIsInstalled); }
};
// The desired day may be missed.
struct OnAnotherDay : Permission<"NTT-29"> {
  static bool applies(const Context& c, const Installed& installed) {
    const Object* application = c.object(c.me()[kApplication]);
    if (!application) return false;
    const Value desired =
        c.said_by<"application.registered", "desired">(*application, agency::kForm);
    return desired.present() && date_of(desired.instant()) != date_of(installed.time());
  }
};
struct OweRestart : Effect<"NTT-42"> {
  static void run(Context& c, const auto&) { c.must(c.action<"server.restarted">()); }
};
struct CameUp : Guard<"NTT-41"> {
  static bool test(const Context&, const ServerRestarted& restart) {
    return restart.is_word<"result", "ok">();
  }
};
// It, or what was installed over it for the same name: a renewal and an application may meet.
struct ServesIt : Guard<"NTT-22"> {
  static bool test(const Context& c, const ServerRestarted& restart) {
    if (!restart.has<"serves">() || restart.text<"serves">() == c.me().subject) return true;
    const Object* other = c.object(c.find(restart.text<"serves">()));
    return other && other->kind == ObjectKind::certificate && (*other)[kIsInstalled] &&
           c.same_name(content<"cn">(c, *other).text(), content<"cn">(c, c.me()).text());
  }
};
struct OfferToAsk : Effect<"NTT-41"> {
  static void run(Context& c, const auto&) {
    const TextId purpose = c.text<"repair">();
    c.may(c.action<"mail.sent">()
              .with<"to">(contact(c))
              .with<"purposes">(c.store().intern_list({&purpose, 1})));
  }
};
struct AskOfTheContact : Guard<"NTT-41"> {
  static bool test(const Context& c, const RepairMail& mail) { return is_to_the_contact(c, mail); }
};
struct OweAnotherRestart : Effect<"NTT-41"> {
  static void run(Context& c, const auto&) {
    c.withdraw_own_duties();
    c.must(c.action<"server.restarted">());
  }
};
// It would go to whom the customer has named no longer.
struct DropMail : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties_of<"mail.sent">(); }
};
struct StopWork : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};

// -- complete
// ------------------------------------------------------------------------------------------------------------------------

struct NoteSetting : Note {
  static void run(Context& c, const auto&) {
    c.withdraw_own_duties();
    c.me().set(kIsSet);
    c.tell(MessageId::setting_done);
    if (const ObjectIndex application = c.me()[kApplication]; application != kNoObject)
      c.post_to(application, MessageId::setting_done);
  }
};
struct OweCompletionMail : Effect<"NTT-23"> {
  static void run(Context& c, const auto&) {
    const TextId purpose = c.text<"setting-completion">();
    c.must(c.action<"mail.sent">()
               .with<"to">(contact(c))
               .with<"certificate">(c.me().subject)
               .with<"purposes">(c.store().intern_list({&purpose, 1})));
  }
};
struct ToldToTheContact : Guard<"NTT-23"> {
  static bool test(const Context& c, const CompletionMail& mail) {
    return is_to_the_contact(c, mail);
  }
};
struct CarriesIt : Guard<"NTT-23"> {
  static bool test(const Context& c, const CompletionMail& mail) {
    return !mail.has<"certificate">() || mail.text<"certificate">() == c.me().subject;
  }
};

// The page names no subject: mails are known by their purpose.
template <Literal Purpose>
bool MailFor<Purpose>::is(const MailFor& mail, const Context& c) {
  const auto purposes = c.facts().list(mail.template list<"purposes">());
  return std::ranges::any_of(purposes,
                             [&](TextId one) { return c.facts().text(one) == Purpose.view(); });
}

constexpr MachineApi kApi = Tables<ServerSetting>::api("ServerSetting", ObjectKind::certificate);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<ServerSetting>::state_id<Stopped> == kStopped);

}  // namespace shinsa::model::server_setting
