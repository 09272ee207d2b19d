/// The look-up in WHOIS: it alone says where the domain-use mail goes, and it may be hidden.
/// Source: NTT-10, NTT-14 to NTT-18 (page lines 54 to 72), readings NTT-Q6, NTT-Q13, ASM-42,
/// ASM-43. Not here: the mails (domain_use).
#include "model/machines/whois_contacts.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/service_contract.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::model::whois_contacts {
namespace {

using namespace agency;

// clang-format off
struct Idle : State {};        // the application was not checked yet
struct QueryDue : State {};    // WHOIS must be asked
struct Asked : State {};
struct Hidden : State {};      // protected: no address can be taken from it
struct Known : State {};
struct Closed : State {};      // the application went to the CA, or is over

struct WhoisQueried : On<"whois.queried"> { using On::On; };
struct WhoisAnswered : On<"whois.answered"> { using On::On; };
struct UpdateReported : On<"whois.update-reported"> { using On::On; };
struct ProtectionMail : On<"mail.sent"> { using On::On; static bool is(const ProtectionMail& mail, const Context& c); };

struct ForTheName; struct IsHidden; struct NamesBothRoles; struct NamesThePublicContact; struct NamesTheAdministrative; struct NamesAnyAddress; struct NamesTheChosen;
using NamesTheRecipients = All<NamesBothRoles, NamesThePublicContact, NamesTheAdministrative, NamesAnyAddress, NamesTheChosen>;
struct ToTheContact;
struct OweQuery; struct QueryIsDone; struct RememberAddresses; struct OfferToAsk; struct DropOffer; struct ForgetAddresses;

struct WhoisContacts : Machine<WhoisContacts> {
  using states = mp_list<Idle, QueryDue, Asked, Hidden, Known, Closed>;
  using events = mp_list<ApplicationChecked, WhoisQueried, WhoisAnswered, UpdateReported, ProtectionMail, ContactChanged, ForwardedToCa, ApplicationOver>;
  using initial_state = Idle;
  using transition_table = mp_list<
    //   in        on                  go to     do                                                     provided
    Row< Idle,     ApplicationChecked, QueryDue, Do<OweQuery>                                                                                  >,
    Row< QueryDue, WhoisQueried,       Asked,    Do<QueryIsDone>,                                       All<ForTheName>                        >,
    Row< Asked,    WhoisAnswered,      Known,    Do<RememberAddresses, Tell<PartReady>>,                All<Not<IsHidden>, NamesTheRecipients> >,
    Row< Asked,    WhoisAnswered,      Hidden,   Do<OfferToAsk>,                                        All<IsHidden>                          >,
    Row< Hidden,   ProtectionMail,     none,     Do<>,                                                  All<ToTheContact>                      >,
    Row< Hidden,   WhoisQueried,       Asked,    Do<QueryIsDone>,                                       All<ForTheName>                        >,
    Row< Asked,    UpdateReported,     QueryDue, Do<OweQuery>                                                                                  >,
    Row< Hidden,   UpdateReported,     QueryDue, Do<OweQuery>                                                                                  >,
    Row< Known,    UpdateReported,     QueryDue, Do<ForgetAddresses, OweQuery, Tell<AddressesInDoubt>>                                         >,
    Row< Known,    ForwardedToCa,      Closed                                                                                                  >,
    Row< QueryDue, ApplicationOver,    Closed                                                                                                  >,
    Row< Asked,    ApplicationOver,    Closed                                                                                                  >,
    Row< Hidden,   ApplicationOver,    Closed                                                                                                  >,
    Row< Known,    ApplicationOver,    Closed                                                                                                  >,
    Row< Hidden,   ContactChanged,     none,     Do<DropOffer, OfferToAsk>                                                                     >>;
  using unaccepted = mp_list<
    Breaks< WhoisQueried,   Ids<"NTT-17"> >,
    Breaks< WhoisAnswered,  Ids<"NTT-17"> >,
    Breaks< UpdateReported, Ids<"ASM-42"> >,
    Breaks< ProtectionMail, Ids<"NTT-18"> >>;
};
// clang-format on

// -- what WHOIS says
// -----------------------------------------------------------------------------------------------------------------

/// A name without the wildcard label that it may have.
[[nodiscard]] std::string_view bare(std::string_view name) {
  if (name.starts_with("*.")) name.remove_prefix(2);
  return name;
}
// Asked for the name itself or for the domain that it is under.
struct ForTheName : Guard<"NTT-10"> {
  static bool test(const Context& c, const WhoisQueried& query) {
    Facts& store = c.store();
    return is_at_or_under(bare(store.text(store.lower(applied<"cn">(c).text()))),
                          bare(store.text(store.lower(query.text<"name">()))));
  }
};
struct IsHidden : Question {
  static bool test(const Context&, const WhoisAnswered& answer) {
    return answer.truth<"protected">();
  }
};
// A kind that no rule names has its addresses under reading NTT-Q13 only; a word that is no kind
// has none.
[[nodiscard]] bool is_of_a_named_kind(const Context& c, const WhoisAnswered& answer) {
  const Kind kind = kind_in(c, *answer.record);
  return kind != Kind::none &&
         (kind != Kind::other || Under<"NTT-Q13", "not-asserted">::test(c, answer));
}
struct NamesBothRoles : Guard<"NTT-14"> {
  static bool test(const Context& c, const WhoisAnswered& answer) {
    const Contacts named = contacts_in(*answer.record);
    return is_of_a_named_kind(c, answer) &&
           (kind_in(c, *answer.record) != Kind::organisational_jp ||
            (named.registrant && named.technical));
  }
};
struct NamesThePublicContact : Guard<"NTT-15"> {
  static bool test(const Context& c, const WhoisAnswered& answer) {
    return is_of_a_named_kind(c, answer) && (kind_in(c, *answer.record) != Kind::general_jp ||
                                             contacts_in(*answer.record).public_contact);
  }
};
struct NamesTheAdministrative : Guard<"NTT-16"> {
  static bool test(const Context& c, const WhoisAnswered& answer) {
    return is_of_a_named_kind(c, answer) &&
           (kind_in(c, *answer.record) != Kind::gtld || contacts_in(*answer.record).administrative);
  }
};
struct NamesAnyAddress : Guard<"NTT-10"> {
  static bool test(const Context& c, const WhoisAnswered& answer) {
    return kind_in(c, *answer.record) != Kind::other || role_of(c, *answer.record).first;
  }
};
struct NamesTheChosen : Guard<"NTT-17"> {
  static bool test(const Context& c, const WhoisAnswered& answer) {
    const TextId wanted = chosen(c);
    const Recipients role = role_of(c, *answer.record);
    return !wanted || is_mailbox(c, wanted, role.first) || is_mailbox(c, wanted, role.second);
  }
  static bool is_mailbox(const Context& c, TextId one, TextId other) {
    return other && same_mail_address(c.facts().text(one), c.facts().text(other));
  }
};

struct OweQuery : Effect<"NTT-17"> {
  static void run(Context& c, const auto&) {
    const std::string_view name = bare(c.facts().text(applied<"cn">(c).text()));
    c.must(c.action<"whois.queried">().with<"name">(c.store().intern(name)));
  }
};
// Whatever of the name was asked for.
struct QueryIsDone : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};
struct RememberAddresses : Note {
  static void run(Context& c, const WhoisAnswered& answer) {
    c.me()[kWhois] = answer.event->data;
    c.me().set(kAddressesKnown);
  }
};
struct ForgetAddresses : Note {
  static void run(Context& c, const auto&) {
    c.me()[kWhois] = RecordId{};
    c.me().set(kAddressesKnown, false);
  }
};

// -- asking to lift the protection
// -------------------------------------------------------------------------------------------------------------

struct OfferToAsk : Effect<"NTT-18"> {
  static void run(Context& c, const auto&) {
    const TextId purpose = c.text<"protection">();
    c.may(c.action<"mail.sent">()
              .with<"to">(service_contract::contact_of(c, applied<"contract">(c).text()))
              .with<"purposes">(c.store().intern_list({&purpose, 1})));
  }
};
struct DropOffer : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties_of<"mail.sent">(); }
};
bool ProtectionMail::is(const ProtectionMail& mail, const Context& c) {
  const auto purposes = c.facts().list(mail.list<"purposes">());
  return std::ranges::any_of(purposes,
                             [&](TextId one) { return c.facts().text(one) == "protection"; });
}
struct ToTheContact : Guard<"NTT-18"> {
  static bool test(const Context& c, const ProtectionMail& mail) {
    const Value contact = service_contract::contact_of(c, applied<"contract">(c).text());
    return !contact.present() ||
           same_mail_address(c.facts().text(contact.text()), c.facts().text(mail.text<"to">()));
  }
};

constexpr MachineApi kApi = Tables<WhoisContacts>::api("WhoisContacts", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<WhoisContacts>::state_id<Closed> == kClosed);

Kind kind_of(const Context& c, Value word) {
  const auto at = choice_index<events::kDomainKinds>(c.facts().text(word.text()));
  return at ? static_cast<Kind>(*at) : Kind::none;
}

Kind kind_in(const Context& c, const Record& answer) {
  return kind_of(c, answer.fields[kField<"whois.answered", "kind">]);
}

Contacts contacts_in(const Record& answer) {
  return {answer.fields[kField<"whois.answered", "registrant">].text(),
          answer.fields[kField<"whois.answered", "technical">].text(),
          answer.fields[kField<"whois.answered", "public_contact">].text(),
          answer.fields[kField<"whois.answered", "administrative">].text()};
}

Kind kind_of_domain(const Context& c) {
  const RecordId answer = c.me()[agency::kWhois];
  return answer ? kind_in(c, c.facts().record(answer)) : Kind::none;
}

TextId chosen(const Context& c) {
  if (!Under<"NTT-Q6", "chosen-among-them">::test(c, 0)) return {};
  return c.said<"application.registered", "authentication_mail">(agency::kForm).text();
}

Recipients role_of(const Context& c, const Record& answer) {
  const Contacts named = contacts_in(answer);
  switch (kind_in(c, answer)) {
    case Kind::organisational_jp:
      return {named.registrant, named.technical == named.registrant ? TextId{} : named.technical};
    case Kind::general_jp:
      return {named.public_contact, {}};
    case Kind::gtld:
      return {named.administrative, {}};
    case Kind::other:
    case Kind::none:
      break;
  }
  for (const TextId any : named.all())
    if (any) return {any, {}};
  return {};
}

Recipients recipients(const Context& c) {
  const RecordId answer = c.me()[agency::kWhois];
  if (!answer) return {};
  if (const TextId one = chosen(c)) return {one, {}};
  return role_of(c, c.facts().record(answer));
}

}  // namespace shinsa::model::whois_contacts
