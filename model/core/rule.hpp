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
};
inline constexpr std::size_t kMessages = 12;

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
/// On&, const auto& context)` to take only some events of the type.
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
