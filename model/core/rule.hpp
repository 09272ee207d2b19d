/// The words a machine is written in: Guard, Question, Effect, Post, All, Not, Do, On, Deadline,
/// Breaks. No Boost here.
///
/// A clause id stands on the guard or effect that enforces it and nowhere else; messages, coverage,
/// diagrams and mutants follow from the table. An id that is not in the catalogue does not compile.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/catalogue/ids.hpp"
#include "model/core/control.hpp"
#include "model/vocabulary/events.hpp"

namespace shinsa::model {

/// Clause ids; several where systems agree (`Ids<"JPR-40", "NTT-19">`): the profile's prefix picks
/// its own.
template <Literal... Id>
struct Ids {
  static constexpr std::array<ClauseIndex, sizeof...(Id)> clauses{kClause<Id>...};
};

/// A question whose "no" refuses, in the name of its clause: `struct Consents : Guard<"JPR-32"> {
/// static bool test(...) }`.
template <Literal... Id>
struct Guard : Ids<Id...> {
  static_assert(sizeof...(Id) > 0,
                "a guard carries a clause id; a mere distinction of cases is a Question");
};

/// A question that tells cases apart and refuses nothing: `struct IsDv : Question`.
struct Question : Ids<> {};

/// Under a reading: a Question that the profile answers. `Under<"JPR-Q5", "refuse">`.
template <Literal Id, Literal Name>
struct Under : Question {
  static bool test(const auto& context, const auto&) {
    using Choice = ReadingChoice<Id, Name>;
    return context.reading(Choice::reading) == Choice::alternative;
  }
};

/// What a row does, in the name of its clause: records an obligation or a fact, delivers nothing
/// itself.
template <Literal... Id>
struct Effect : Ids<Id...> {
  static_assert(sizeof...(Id) > 0, "an effect carries a clause id; mere bookkeeping is a Note");
};

/// What a clause permits, seen to be done: it changes nothing, but that it happened is counted. A
/// derived type says when it `applies(context, event)`: `struct AnotherReissue :
/// Permission<"JPR-03">`.
template <Literal... Id>
struct Permission : Ids<Id...> {
  static_assert(sizeof...(Id) > 0, "a permission carries the id of the clause that permits");
  static constexpr bool permits = true;
  static void run(const auto&, const auto&) {}
};

/// An effect that owes what somebody asked to see: `struct OweButton : Showing<"JPR-14">`. An
/// answer takes its time, and things may change meanwhile: it may show what held when it was asked
/// for, which is what `must` states, or what holds when it is shown. The guards take either (see
/// `Context::as_asked`), and whichever it shows, what is owed is done.
template <Literal... Id>
struct Showing : Effect<Id...> {
  static constexpr bool shows = true;
};

/// Bookkeeping that no clause asks for: `struct RememberInquiry : Note`.
struct Note : Ids<> {};

template <class Q>
struct Not {};

template <class... Q>
struct All {};

template <class... E>
struct Do {};

/// Internal messages between machines; they are not in any trace. One list, because machines meet
/// here.
enum class MessageId : std::uint8_t {
  review_started,        ///< the form was accepted: the CA's review begins
  review_cancelled,      ///< the application was refused after all
  domain_control_done,   ///< control of the domain was shown, or the check is waived
  review_complete,       ///< every check of the type is done
  review_failed,         ///< the applicant denied the application on the telephone
  certificate_created,   ///< to a new certificate: it was issued
  place_freed,           ///< announced in the group: a certificate stopped being active
  place_taken,           ///< announced in the group: a certificate became active
  application_accepted,  ///< the form or the order was accepted: from now on it is pending
  application_over,      ///< refused after all, or lapsed: no longer pending
  certificate_ready,     ///< the certificate was issued
  payment_counted,       ///< what has been paid may suffice now
  certificate_known,     ///< to a certificate: it is one from before the trace
  validity_ended,        ///< to a certificate's machines: its last second has passed
  intent_asked,          ///< the customer was asked whether to renew
  not_renewed,           ///< the customer does not renew, or the expiry came first
  renewal_wanted,        ///< the customer wants to renew after all
  renewal_opened,        ///< to a renewal: order and billing data were made
  renewal_withdrawn,     ///< to a renewal: the customer wants it no more
  card_paid,             ///< the card company approved the charge
  payment_done,          ///< the payment was confirmed
  documents_changed,     ///< others come: what followed from the former ones is void
  documents_ready,       ///< the application documents are there
  turned_new,            ///< a renewal became a new acquisition
  certificate_renewed,   ///< to the former certificate: its successor was issued
  renewal_began,         ///< to a new application: the provider renews a certificate with it
  application_checked,   ///< the provider has checked the application
  part_ready,            ///< something that the application to the CA waits for is there
  addresses_in_doubt,    ///< WHOIS was changed: it has to be asked again
  forwarded_to_ca,       ///< the provider has applied to the CA
  link_lapsed,           ///< no link for approval is open any more
  call_began,            ///< a call that may be left out is made: its answer is waited for
  setting_done,          ///< the server came up with the new certificate
  work_stopped,          ///< to a certificate: it is not wanted on the server any more
  contract_over,         ///< announced in the group: the contract has ended
  contact_changed,       ///< announced in the group: mails go to another contact from now on
  // jpdirect-acme
  eab_created,             ///< to a new EAB: it was issued
  eab_used,                ///< to an EAB: an account is bound to it
  eab_inquired,            ///< to a customer: an inquiry asks for another EAB
  registration_known,      ///< the registration was completed before the trace begins
  registration_confirmed,  ///< the application for a use-FQDN is fixed
  registration_complete,   ///< its payment was confirmed
  registration_cancelled,  ///< it was paid back, or not paid in time
  registration_over,      ///< announced in the group: nothing can be issued for a use-FQDN any more
  use_fqdn_issued,        ///< to a use-FQDN: a certificate was issued for it
  authorization_opened,   ///< to a new authorization: it was created
  challenge_opened,       ///< to a new challenge: it was offered
  validation_asked,       ///< to a challenge: the client says that it is met
  challenge_valid,        ///< to an authorization: a challenge of it is met
  challenge_invalid,      ///< to an authorization: a challenge of it failed
  challenge_expired,      ///< to an authorization: the string of a challenge of it ran out
  authorization_valid,    ///< to an order: an authorization of it is valid
  authorization_invalid,  ///< to an order: an authorization of it is invalid
  caa_due,                ///< to an authorization: its name's CAA records must be looked up
  caa_permits,            ///< to an order: the CAA records of one of its names permit the issue
  caa_forbids,            ///< to an order: those of one of its names do not
  situation_changed,      ///< announced in the group: something changed that others depend on
  row_wanted,             ///< to an entry: the list was opened
  look_wanted,            ///< to an entry: its row is to be shown, and may depend on the DNS
  certificate_in_place,   ///< to an entry: the certificate lies on the server
};
inline constexpr std::size_t kMessages = 60;

template <MessageId Id>
struct Message {
  static constexpr MessageId message = Id;
  const Event* cause = nullptr;
  Message() = default;
  Message(const Event& event, const Record&) : cause(&event) {}
};

struct ReviewStarted : Message<MessageId::review_started> {
  using Message::Message;
};
struct ReviewCancelled : Message<MessageId::review_cancelled> {
  using Message::Message;
};
struct DomainControlDone : Message<MessageId::domain_control_done> {
  using Message::Message;
};
struct ReviewComplete : Message<MessageId::review_complete> {
  using Message::Message;
};
struct ReviewFailed : Message<MessageId::review_failed> {
  using Message::Message;
};
struct CertificateCreated : Message<MessageId::certificate_created> {
  using Message::Message;
};
struct PlaceFreed : Message<MessageId::place_freed> {
  using Message::Message;
};
struct PlaceTaken : Message<MessageId::place_taken> {
  using Message::Message;
};
struct ApplicationAccepted : Message<MessageId::application_accepted> {
  using Message::Message;
};
struct ApplicationOver : Message<MessageId::application_over> {
  using Message::Message;
};
struct CertificateReady : Message<MessageId::certificate_ready> {
  using Message::Message;
};
struct PaymentCounted : Message<MessageId::payment_counted> {
  using Message::Message;
};
struct CertificateKnown : Message<MessageId::certificate_known> {
  using Message::Message;
};
struct ValidityEnded : Message<MessageId::validity_ended> {
  using Message::Message;
};
struct IntentAsked : Message<MessageId::intent_asked> {
  using Message::Message;
};
struct NotRenewed : Message<MessageId::not_renewed> {
  using Message::Message;
};
struct RenewalWanted : Message<MessageId::renewal_wanted> {
  using Message::Message;
};
struct RenewalOpened : Message<MessageId::renewal_opened> {
  using Message::Message;
};
struct RenewalWithdrawn : Message<MessageId::renewal_withdrawn> {
  using Message::Message;
};
struct CardPaid : Message<MessageId::card_paid> {
  using Message::Message;
};
struct PaymentDone : Message<MessageId::payment_done> {
  using Message::Message;
};
struct DocumentsChanged : Message<MessageId::documents_changed> {
  using Message::Message;
};
struct DocumentsReady : Message<MessageId::documents_ready> {
  using Message::Message;
};
struct TurnedNew : Message<MessageId::turned_new> {
  using Message::Message;
};
struct CertificateRenewed : Message<MessageId::certificate_renewed> {
  using Message::Message;
};
struct RenewalBegan : Message<MessageId::renewal_began> {
  using Message::Message;
};
struct ApplicationChecked : Message<MessageId::application_checked> {
  using Message::Message;
};
struct PartReady : Message<MessageId::part_ready> {
  using Message::Message;
};
struct AddressesInDoubt : Message<MessageId::addresses_in_doubt> {
  using Message::Message;
};
struct ForwardedToCa : Message<MessageId::forwarded_to_ca> {
  using Message::Message;
};
struct LinkLapsed : Message<MessageId::link_lapsed> {
  using Message::Message;
};
struct CallBegan : Message<MessageId::call_began> {
  using Message::Message;
};
struct SettingDone : Message<MessageId::setting_done> {
  using Message::Message;
};
struct WorkStopped : Message<MessageId::work_stopped> {
  using Message::Message;
};
struct ContractOver : Message<MessageId::contract_over> {
  using Message::Message;
};
struct ContactChanged : Message<MessageId::contact_changed> {
  using Message::Message;
};
struct EabCreated : Message<MessageId::eab_created> {
  using Message::Message;
};
struct EabUsed : Message<MessageId::eab_used> {
  using Message::Message;
};
struct EabInquired : Message<MessageId::eab_inquired> {
  using Message::Message;
};
struct RegistrationKnown : Message<MessageId::registration_known> {
  using Message::Message;
};
struct RegistrationConfirmed : Message<MessageId::registration_confirmed> {
  using Message::Message;
};
struct RegistrationComplete : Message<MessageId::registration_complete> {
  using Message::Message;
};
struct RegistrationCancelled : Message<MessageId::registration_cancelled> {
  using Message::Message;
};
struct RegistrationOver : Message<MessageId::registration_over> {
  using Message::Message;
};
struct UseFqdnIssued : Message<MessageId::use_fqdn_issued> {
  using Message::Message;
};
struct AuthorizationOpened : Message<MessageId::authorization_opened> {
  using Message::Message;
};
struct ChallengeOpened : Message<MessageId::challenge_opened> {
  using Message::Message;
};
struct ValidationAsked : Message<MessageId::validation_asked> {
  using Message::Message;
};
struct ChallengeValid : Message<MessageId::challenge_valid> {
  using Message::Message;
};
struct ChallengeInvalid : Message<MessageId::challenge_invalid> {
  using Message::Message;
};
struct ChallengeExpired : Message<MessageId::challenge_expired> {
  using Message::Message;
};
struct AuthorizationValid : Message<MessageId::authorization_valid> {
  using Message::Message;
};
struct AuthorizationInvalid : Message<MessageId::authorization_invalid> {
  using Message::Message;
};
struct CaaDue : Message<MessageId::caa_due> {
  using Message::Message;
};
struct CaaPermits : Message<MessageId::caa_permits> {
  using Message::Message;
};
struct CaaForbids : Message<MessageId::caa_forbids> {
  using Message::Message;
};
struct SituationChanged : Message<MessageId::situation_changed> {
  using Message::Message;
};
struct RowWanted : Message<MessageId::row_wanted> {
  using Message::Message;
};
struct LookWanted : Message<MessageId::look_wanted> {
  using Message::Message;
};
struct CertificateInPlace : Message<MessageId::certificate_in_place> {
  using Message::Message;
};

/// Tells the machines of the same object. At least one of them must take it: a message that nobody
/// accepts is a defect.
template <class M>
struct Post : Note {
  static void run(auto& context, const auto&) { context.post(M::message); }
};

/// The same, to machines that may be past caring.
template <class M>
struct Tell : Note {
  static void run(auto& context, const auto&) { context.tell(M::message); }
};

/// Tells every machine of the group that has a row for it in its present state; others need not
/// listen.
template <class M>
struct Announce : Note {
  static void run(auto& context, const auto&) { context.announce(M::message); }
};

/// An event of the trace as a machine sees it, fields by name: `struct FormReturned :
/// On<"application.returned">`. `Via` names the text field that holds the subject of the object
/// addressed; without it the event's own subject is. A derived type may add `static bool is(const
/// On&, const auto& context)` to take only some events of the type, and `static ActionMatch<...>
/// refusal(const On&, const Context&, clauses)` to say what the action that refuses it must tell.
template <Literal Type, Literal Via = "">
struct On {
  static constexpr TypeIndex type = kType<Type>;
  static constexpr int via = [] {
    if constexpr (Via.view().empty())
      return -1;
    else
      return static_cast<int>(kField<Type, Via>);
  }();

  const Event* event = nullptr;
  const Record* record = nullptr;
  On() = default;
  On(const Event& e, const Record& r) : event(&e), record(&r) {}

  template <Literal F>
  [[nodiscard]] Value get() const {
    return record->fields[kField<Type, F>];
  }
  template <Literal F>
  [[nodiscard]] bool has() const {
    return get<F>().present();
  }
  template <Literal F>
  [[nodiscard]] TextId text() const {
    return checked<F, FieldKind::text>().text();
  }
  template <Literal F>
  [[nodiscard]] ListId list() const {
    return checked<F, FieldKind::list>().list();
  }
  template <Literal F>
  [[nodiscard]] bool truth() const {
    return checked<F, FieldKind::truth>().truth();
  }
  template <Literal F>
  [[nodiscard]] Instant instant() const {
    return checked<F, FieldKind::instant>().instant();
  }
  template <Literal F>
  [[nodiscard]] std::int64_t choice() const {
    return checked<F, FieldKind::choice>().number();
  }
  /// Whether a choice field holds the word; a word that is no choice of the field does not compile.
  template <Literal F, Literal Word>
  [[nodiscard]] bool is_word() const {
    constexpr auto at =
        choice_index(kEventTypes[type].fields[kField<Type, F>].choices, Word.view());
    static_assert(at.has_value(), "the field has no such choice");
    return has<F>() && choice<F>() == *at;
  }
  [[nodiscard]] Instant time() const { return event->time; }
  [[nodiscard]] TextId subject() const { return event->subject; }

 private:
  template <Literal F, FieldKind Kind>
  [[nodiscard]] Value checked() const {
    static_assert(kEventTypes[type].fields[kField<Type, F>].kind == Kind,
                  "the field is of another kind");
    return get<F>();
  }
};

/// Comes when the instant in the slot of the object is reached; the slot is cleared first. Never in
/// a trace.
template <InstantSlot Slot>
struct Deadline {
  static constexpr InstantSlot slot = Slot;
  const Event* cause = nullptr;
  Deadline() = default;
  Deadline(const Event& event, const Record&) : cause(&event) {}
};

/// What an event breaks that no row takes: `Breaks<CertificateIssued, Ids<"JPR-34">>`, in `States`
/// only if given. With a Guard in place of Ids the guard is asked, and named only if it says no.
template <class E, class What, class... States>
struct Breaks {};

}  // namespace shinsa::model
