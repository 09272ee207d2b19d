/// What a row of the table of event types is made of; the rows are in `events/`.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

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
enum class Actor : std::uint8_t {
  nobody,
  customer,
  payer,
  telephone,
  directory,
  dns,    ///< whoever answers for the zone
  web,    ///< the customer's web server
  whois,  ///< the registry's directory of domains
  post,   ///< the postal service
  portal,
  ca,
};

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
  std::string_view subject;  ///< kinds of subject, separated by `|`: the part before `/` in
                             ///< `application/1`; empty: the word `system`
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
    for (std::size_t i = 0; i < kFieldsMax && !fields[i].name.empty(); ++i)
      if (fields[i].name == field_name) return i;
    return std::nullopt;
  }
};

/// The product types, in the words of the event table.
inline constexpr std::string_view kProducts = "DV|OV|DV-wildcard|OV-wildcard";

/// How a fee may be paid.
inline constexpr std::string_view kPaymentMethods = "card|bank-transfer";

/// Whose certificates a hosting company resells (REN-13).
inline constexpr std::string_view kBrands = "Symantec|GeoTrust|Cybertrust";

/// DNS record types that somebody asks for.
inline constexpr std::string_view kRecordTypes = "A|AAAA|CNAME|TXT|CAA";

/// How the DNS answers.
inline constexpr std::string_view kDnsStatuses = "ok|nodata|nxdomain|servfail|timeout";

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

}  // namespace shinsa
