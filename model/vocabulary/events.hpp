/// The one table of event types: name, sort, actor, kind of subject, typed fields, systems.
///
/// Codec, schemas, lint and lists are made from `kEventTypes`; nothing else names a field. To add a
/// type, add a row (and, if a machine should accept it, a struct derived from `On<"...">` beside
/// that machine).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "model/vocabulary/facts.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa {

/// A string as a template argument: `Guard<"JPR-21">`, `On<"mail.sent">`.
template <std::size_t N>
struct Literal {
  char characters[N]{};
  // NOLINTNEXTLINE(google-explicit-constructor): a string literal is what one writes there
  constexpr Literal(const char (&text)[N]) { std::copy_n(text, N, characters); }
  [[nodiscard]] constexpr std::string_view view() const { return {characters, N - 1}; }
};

/// Whether an event is judged, and how.
enum class Sort : std::uint8_t {
  fact,     ///< says what was so before; heads a trace
  request,  ///< comes from outside the judged party and is always legal to make; a rule may refuse
            ///< it
  action,   ///< is what the portal or the CA does: this is judged
  frame,    ///< opens and closes a log; never judged
};

/// Who produces the events of a type.
enum class Actor : std::uint8_t { nobody, customer, payer, telephone, directory, portal, ca };

enum class FieldKind : std::uint8_t { text, list, choice, number, instant, truth };

/// One typed field of an event's `data`.
struct FieldType {
  std::string_view name;
  FieldKind kind = FieldKind::text;
  bool required = false;
  std::string_view choices{};  ///< for `choice`: the allowed words, separated by `|`
  std::string_view says{};     ///< one phrase: what it holds, with its unit
};

/// A bit for each system; an event type says which systems know it.
enum System : std::uint8_t { kJpr = 1, kSak = 2, kAcm = 4, kNtt = 8, kRen = 16, kAllSystems = 31 };

inline constexpr std::size_t kFieldsMax = 20;

/// One row of the table.
struct EventType {
  std::string_view name;  ///< `noun.past-verb`
  Sort sort = Sort::action;
  Actor actor = Actor::nobody;
  std::string_view subject;  ///< kind of subject: the part before `/` in `application/1`; empty:
                             ///< the word `system`
  std::uint8_t systems = kAllSystems;
  std::string_view says;  ///< one sentence
  std::string_view
      refused_by{};  ///< for a request: the action that a refusal of it obliges to, if any
  std::array<FieldType, kFieldsMax> fields{};

  [[nodiscard]] constexpr std::size_t field_count() const {
    std::size_t n = 0;
    while (n < kFieldsMax && !fields[n].name.empty()) ++n;
    return n;
  }
  /// Position of a field, or nothing.
  [[nodiscard]] constexpr std::optional<std::size_t> field(std::string_view field_name) const {
    for (std::size_t i = 0; i < field_count(); ++i)
      if (fields[i].name == field_name) return i;
    return std::nullopt;
  }
};

/// The product types, in the words of the event table.
inline constexpr std::string_view kProducts = "DV|OV|DV-wildcard|OV-wildcard";

/// How a fee may be paid.
inline constexpr std::string_view kPaymentMethods = "card|bank-transfer";

/// Why a certificate is revoked; the first stands for no reason given.
inline constexpr std::string_view kRevocationReasons =
    "unspecified|key-compromise|superseded|cessation-of-operation";

namespace detail {
inline constexpr FieldType text(std::string_view n, std::string_view says) {
  return {n, FieldKind::text, false, {}, says};
}
inline constexpr FieldType list(std::string_view n, std::string_view says) {
  return {n, FieldKind::list, false, {}, says};
}
inline constexpr FieldType truth(std::string_view n, std::string_view says) {
  return {n, FieldKind::truth, false, {}, says};
}
inline constexpr FieldType instant(std::string_view n, std::string_view says) {
  return {n, FieldKind::instant, false, {}, says};
}
inline constexpr FieldType number(std::string_view n, std::string_view says) {
  return {n, FieldKind::number, false, {}, says};
}
inline constexpr FieldType choice(std::string_view n, std::string_view words,
                                  std::string_view says) {
  return {n, FieldKind::choice, false, words, says};
}
inline constexpr FieldType need(FieldType f) {
  f.required = true;
  return f;
}
}  // namespace detail

// clang-format off
inline constexpr auto kEventTypes = std::to_array<EventType>({
  // ---- frame ------------------------------------------------------------------------------------------------------
  {"log.opened", Sort::frame, Actor::nobody, "", kAllSystems, "Opens a log and says what it records.", {}, {{
      detail::text("implementation", "name and version of what wrote the log"),
      detail::text("system", "which of the five systems the log belongs to"),
      detail::truth("complete", "whether the log holds every event of its types"),
      detail::list("observes", "types that the log records completely"),
      detail::text("seed", "seed of the run, for our own traces"),
      detail::list("readings", "readings in force, each as ID=name")}}},
  {"log.closed", Sort::frame, Actor::nobody, "", kAllSystems, "Closes a complete log.", {}, {{
      detail::number("events", "how many events stand between log.opened and this line")}}},
  // ---- facts ------------------------------------------------------------------------------------------------------
  {"fact.customer", Sort::fact, Actor::nobody, "customer", kAllSystems, "A customer ID and what is registered under it.", {}, {{
      detail::text("billing_mail", "mail address of the billing contact"),
      detail::list("managed_domains", "domain names managed under this customer ID, A-labels")}}},
  {"fact.directory", Sort::fact, Actor::nobody, "organisation", kJpr | kNtt, "An entry of a third party's telephone directory.", {}, {{
      detail::need(detail::text("number", "the telephone number that the directory lists")),
      detail::text("source", "which directory, such as iタウンページ")}}},
  {"fact.certificate", Sort::fact, Actor::nobody, "certificate", kAllSystems, "A certificate that was issued before the trace begins.", {}, {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::need(detail::text("cn", "common name, A-label")),
      detail::need(detail::choice("kind", kProducts, "product type")),
      detail::need(detail::instant("not_before", "first valid second")),
      detail::need(detail::instant("not_after", "last valid second")),
      detail::list("sans", "subject alternative names, A-labels"),
      detail::text("organisation", "O of the subject, for OV"),
      detail::choice("issued_by", "JPDirect|other", "through whom it was issued; JPDirect unless said"),
      detail::instant("revoked", "when it was revoked, if it was"),
      detail::instant("telephone_confirmed", "when the CA last confirmed the applicant by telephone"),
      detail::text("key", "SHA-256 of the public key (SPKI), hex")}}},
  {"fact.price", Sort::fact, Actor::nobody, "product", kJpr | kAcm | kNtt | kRen, "What a product costs at the portal.", {}, {{
      detail::need(detail::number("amount", "price of one certificate, yen"))}}},
  // ---- requests ---------------------------------------------------------------------------------------------------
  {"inquiry.received", Sort::request, Actor::customer, "application", kJpr, "STEP1: the customer asks for a reissue.", "application.refused", {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::need(detail::choice("channel", "reply|form", "a reply to the completion mail, or the inquiry form")),
      detail::need(detail::text("from", "mail address of the inquirer")),
      detail::text("cn", "common name used at the previous issuance, A-label"),
      detail::text("in_reply_to", "for a reply: the certificate of the mail replied to, as in certificate/01"),
      detail::text("bill", "invoice number that starts with BILL")}}},
  {"application.returned", Sort::request, Actor::customer, "application", kJpr, "STEP2: the customer returns the application form.", "application.refused", {{
      detail::need(detail::text("source", "the certificate to be reissued, as in certificate/01")),
      detail::need(detail::text("cn", "common name applied for, A-label")),
      detail::need(detail::choice("kind", kProducts, "product type applied for")),
      detail::text("csr", "the CSR as text; its body may be abridged to a digest"),
      detail::text("csr_cn", "common name in the CSR"),
      detail::text("csr_problem", "what examination of the CSR found wrong, if anything"),
      detail::text("key", "SHA-256 of the public key (SPKI) in the CSR, hex"),
      detail::list("sans", "names the certificate should carry, A-labels"),
      detail::truth("double_address", "whether the double-address option is set"),
      detail::text("organisation", "O of the subject, for OV"),
      detail::text("telephone", "telephone number written in the form"),
      detail::text("authentication_mail", "address chosen for the domain-control mail"),
      detail::truth("consent", "whether the customer consents to revocation of the issued certificate"),
      detail::text("reason", "why a reissue is wanted; recorded, never a gate"),
      detail::text("revoke_first", "the certificate to be revoked first, as in certificate/01")}}},
  {"order.received", Sort::request, Actor::customer, "application", kJpr, "The customer orders a new certificate.", "application.refused", {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::need(detail::text("cn", "common name applied for, A-label")),
      detail::need(detail::choice("kind", kProducts, "product type applied for")),
      detail::text("csr", "the CSR as text; its body may be abridged to a digest"),
      detail::text("csr_cn", "common name in the CSR"),
      detail::text("csr_problem", "what examination of the CSR found wrong, if anything"),
      detail::text("key", "SHA-256 of the public key (SPKI) in the CSR, hex"),
      detail::list("sans", "names the certificate should carry, A-labels"),
      detail::truth("double_address", "whether the double-address option is set"),
      detail::text("organisation", "O of the subject, for OV"),
      detail::text("telephone", "telephone number written in the form"),
      detail::text("authentication_mail", "address chosen for the domain-control mail"),
      detail::choice("payment", kPaymentMethods, "how the customer means to pay")}}},
  {"application.resubmitted", Sort::request, Actor::customer, "application", kJpr, "再申請: the customer changes a pending application.", "application.refused", {{
      detail::text("csr", "the CSR as text; its body may be abridged to a digest"),
      detail::text("csr_cn", "common name in the CSR"),
      detail::text("csr_problem", "what examination of the CSR found wrong, if anything"),
      detail::text("key", "SHA-256 of the public key (SPKI) in the CSR, hex"),
      detail::list("sans", "names the certificate should carry, A-labels"),
      detail::truth("double_address", "whether the double-address option is set"),
      detail::text("organisation", "O of the subject, for OV"),
      detail::text("telephone", "telephone number written in the form"),
      detail::text("authentication_mail", "address chosen for the domain-control mail")}}},
  {"payment.made", Sort::request, Actor::payer, "application", kJpr, "Somebody pays an invoice, at the bank or by card.", {}, {{
      detail::need(detail::text("bill", "invoice number")),
      detail::need(detail::number("amount", "yen")),
      detail::need(detail::choice("method", kPaymentMethods, "how it is paid"))}}},
  {"payment.received", Sort::request, Actor::payer, "application", kJpr, "Money reaches the portal.", {}, {{
      detail::need(detail::text("bill", "invoice number that the payment names")),
      detail::need(detail::number("amount", "yen")),
      detail::choice("method", kPaymentMethods, "how it was paid")}}},
  {"mypage.opened", Sort::request, Actor::customer, "application", kJpr, "The customer looks the application up on MyPage.", {}, {}},
  {"question.asked", Sort::request, Actor::customer, "question", kJpr, "The customer asks the customer centre something.", {}, {{
      detail::need(detail::choice("topic", "technical|csr|progress", "technical: how to configure a server; csr: how to make one; progress: of an order")),
      detail::text("from", "mail address of the asker"),
      detail::text("cn", "common name that the question quotes, A-label"),
      detail::text("bill", "invoice number that the question quotes")}}},
  {"server.configured", Sort::request, Actor::customer, "certificate", kJpr, "The customer installs a certificate on the server.", {}, {{
      detail::text("server", "where")}}},
  {"domain.approved", Sort::request, Actor::customer, "application", kJpr, "The applicant approves the domain-control request.", {}, {{
      detail::text("code", "what the procedure in the mail makes the approver send back")}}},
  {"call.answered", Sort::request, Actor::telephone, "application", kJpr | kNtt, "What came of a call of the CA.", {}, {{
      detail::need(detail::choice("outcome", "confirmed|denied|no-answer", "confirmed: existence, employment and intention all three"))}}},
  {"revocation.requested", Sort::request, Actor::customer, "certificate", kJpr, "The customer asks to have a certificate revoked.", {}, {{
      detail::choice("reason", kRevocationReasons, "reason given")}}},
  // ---- actions ----------------------------------------------------------------------------------------------------
  {"application.refused", Sort::action, Actor::portal, "application", kJpr, "The portal refuses an inquiry or a returned form.", {}, {{
      detail::list("clauses", "ids of the clauses that refuse it; optional in foreign logs")}}},
  {"invoice.issued", Sort::action, Actor::portal, "application", kJpr, "The portal bills the customer.", {}, {{
      detail::need(detail::text("bill", "invoice number that starts with BILL")),
      detail::need(detail::number("amount", "yen"))}}},
  {"payment.confirmed", Sort::action, Actor::portal, "application", kJpr, "The portal has seen the payment of an invoice.", {}, {{
      detail::text("bill", "invoice number")}}},
  {"mypage.shown", Sort::action, Actor::portal, "application", kJpr, "MyPage as the customer sees it.", {}, {{
      detail::list("buttons", "labels of the buttons offered"),
      detail::list("certificates", "certificates offered for download, as in certificate/01")}}},
  {"question.answered", Sort::action, Actor::portal, "question", kJpr, "The customer centre answers.", {}, {{
      detail::need(detail::choice("answer", "answered|referred|declined", "referred: to the server administrator or hosting provider"))}}},
  {"certificate.installed", Sort::action, Actor::portal, "certificate", kJpr | kSak | kNtt, "The portal installs a certificate on the server.", {}, {{
      detail::text("server", "where")}}},
  {"mail.sent", Sort::action, Actor::portal, "application", kAllSystems, "A mail leaves the portal or the CA.", {}, {{
      detail::need(detail::text("to", "sole recipient")),
      detail::need(detail::text("from", "address of the sender")),
      detail::need(detail::text("subject", "subject, decoded")),
      detail::text("from_name", "display name of the sender, decoded"),
      detail::text("text", "decoded text of the mail"),
      detail::list("attachments", "what it carries: application-form, certificate"),
      detail::text("certificate", "the certificate that it carries, as in certificate/01"),
      detail::text("code", "what the approval procedure in it asks to send back")}}},
  {"call.made", Sort::action, Actor::ca, "application", kJpr | kNtt, "The CA telephones the applicant.", {}, {{
      detail::need(detail::text("number", "the number dialled")),
      detail::text("source", "which directory the number was taken from")}}},
  {"certificate.issued", Sort::action, Actor::ca, "certificate", kAllSystems, "The CA issues a certificate.", {}, {{
      detail::need(detail::text("application", "the application it answers, as in application/1")),
      detail::need(detail::text("cn", "common name, A-label")),
      detail::need(detail::instant("not_before", "first valid second")),
      detail::need(detail::instant("not_after", "last valid second")),
      detail::choice("kind", kProducts, "product type"),
      detail::list("sans", "subject alternative names, A-labels"),
      detail::text("organisation", "O of the subject, for OV"),
      detail::text("key", "SHA-256 of the public key (SPKI), hex"),
      detail::text("issuer", "CN of the issuing CA")}}},
  {"certificate.revoked", Sort::action, Actor::ca, "certificate", kAllSystems, "The CA revokes a certificate.", {}, {{
      detail::choice("reason", kRevocationReasons, "CRL reason")}}},
});
// clang-format on

/// Index of an event type in `kEventTypes`. At compile time an unknown name does not compile; at
/// run time see `find_type`.
using TypeIndex = std::uint16_t;

[[nodiscard]] constexpr std::optional<TypeIndex> find_type(std::string_view name) {
  for (std::size_t i = 0; i < kEventTypes.size(); ++i)
    if (kEventTypes[i].name == name) return static_cast<TypeIndex>(i);
  return std::nullopt;
}

template <Literal Name>
inline constexpr TypeIndex kType = [] {
  constexpr auto found = find_type(Name.view());
  static_assert(found.has_value(),
                "no such event type in kEventTypes (model/vocabulary/events.hpp)");
  return *found;
}();

/// Position of a field within a type; a name that the type does not have does not compile.
template <Literal Type, Literal Field>
inline constexpr std::size_t kField = [] {
  constexpr auto found = kEventTypes[kType<Type>].field(Field.view());
  static_assert(found.has_value(),
                "the event type has no such field (model/vocabulary/events.hpp)");
  return *found;
}();

/// Something that happened at an instant. Small; what it said is in the store.
struct Event {
  Instant time;
  TypeIndex type = 0;
  TextId id;       ///< unique within a trace
  TextId subject;  ///< `application/1`; `system` for frames
  RecordId data;   ///< its fields

  [[nodiscard]] constexpr const EventType& row() const { return kEventTypes[type]; }
};

/// Position of `word` among the choices of a field, or nothing.
[[nodiscard]] constexpr std::optional<std::int64_t> choice_index(std::string_view choices,
                                                                 std::string_view word) {
  std::int64_t at = 0;
  while (true) {
    const std::size_t bar = choices.find('|');
    if (choices.substr(0, bar) == word) return at;
    if (bar == std::string_view::npos) return std::nullopt;
    choices.remove_prefix(bar + 1);
    ++at;
  }
}

/// The word at a position; the empty view when there is none.
[[nodiscard]] constexpr std::string_view choice_word(std::string_view choices, std::int64_t at) {
  for (; at > 0; --at) {
    const std::size_t bar = choices.find('|');
    if (bar == std::string_view::npos) return {};
    choices.remove_prefix(bar + 1);
  }
  return choices.substr(0, choices.find('|'));
}

[[nodiscard]] std::string_view to_text(Sort sort);
[[nodiscard]] std::string_view to_text(Actor actor);
[[nodiscard]] std::string_view to_text(FieldKind kind);

/// Collects the fields of one record, by name, and interns it.
class RecordBuilder {
 public:
  RecordBuilder(Facts& facts, TypeIndex type) : facts_(&facts), type_(type) {}
  RecordBuilder& set(std::string_view field,
                     std::string_view text);  ///< text or choice; asserts the name and the word
  RecordBuilder& set(std::string_view field, const char* text) {
    return set(field, std::string_view(text));
  }
  RecordBuilder& set(std::string_view field, TextId text);
  RecordBuilder& set(std::string_view field, ListId list);
  RecordBuilder& set(std::string_view field, Instant instant);
  RecordBuilder& set(std::string_view field, bool truth);
  RecordBuilder& set(std::string_view field, std::int64_t number);
  RecordBuilder& set_value(std::size_t field, Value value);
  [[nodiscard]] RecordId build() const;
  [[nodiscard]] Value get(std::size_t field) const { return values_[field]; }

 private:
  [[nodiscard]] std::size_t position(std::string_view field, FieldKind kind) const;
  Facts* facts_;
  TypeIndex type_;
  std::array<Value, kFieldsMax> values_{};
};

/// A field of a record by name, absent when the type has none of that name. For code that is not
/// bound to a type.
[[nodiscard]] Value field_of(const Record& record, std::string_view name);

}  // namespace shinsa
