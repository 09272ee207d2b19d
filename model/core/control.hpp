/// Control: what the rules remember of an order, small and uniform, so that it can be copied,
/// compared and multiplied.
///
/// Contents (names, forms, addresses) are in the fact store; control holds ids of them. Every
/// object has the same layout; the face of a machine (model/machines/*.hpp) gives the slots their
/// names.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "model/catalogue/catalogue.hpp"
#include "model/vocabulary/events.hpp"

namespace shinsa::model {

enum class ObjectKind : std::uint8_t {
  application,
  certificate,
  question,
  entry,          ///< of a portal's list
  setting,        ///< of a control panel
  site,           ///< what a host name serves
  eab,            ///< credentials for an ACME account
  account,        ///< an ACME account
  fqdn,           ///< a registered use-FQDN
  order,          ///< an ACME order
  authorization,  ///< of one name of an ACME order
  challenge,      ///< one way to fulfil an authorization
  contract,
  renewal,
  change,    ///< another change of a service
  customer,  ///< a member of the portal, with what there is one of for each
  session,   ///< a visit of somebody who logs in
};

/// The kinds as the part of a subject before `/`, in the order of the enumeration.
inline constexpr std::string_view kObjectKindWords =
    "application|certificate|question|entry|setting|site|eab|account|fqdn|order|"
    "authorization|challenge|contract|renewal|change|customer|session";
inline constexpr std::size_t kObjectKinds = 17;
static_assert(choice_index(kObjectKindWords, "session") == kObjectKinds - 1);
static_assert(static_cast<std::size_t>(ObjectKind::session) == kObjectKinds - 1);

/// The same, word by word.
inline constexpr auto kObjectKindNames = [] {
  std::array<std::string_view, kObjectKinds> names;
  for (std::size_t i = 0; i < kObjectKinds; ++i)
    names[i] = choice_word(kObjectKindWords, static_cast<std::int64_t>(i));
  return names;
}();

/// The kind of thing a subject names; nothing for what has no machines (a zone, a product).
[[nodiscard]] constexpr std::optional<ObjectKind> kind_of_subject(std::string_view subject) {
  const std::string_view word = subject.substr(0, subject.find('/'));
  const auto at = std::ranges::find(kObjectKindNames, word);
  if (at == kObjectKindNames.end()) return std::nullopt;
  return static_cast<ObjectKind>(at - kObjectKindNames.begin());
}

/// Position of an object within its group.
using ObjectIndex = std::uint32_t;
inline constexpr ObjectIndex kNoObject = 0xffffffff;

/// Names of slots: `me()[kForm]` reads better than `me().records[1]`, and the kind of slot is a
/// type.
struct RecordSlot {
  std::uint8_t at;
};
struct InstantSlot {
  std::uint8_t at;
};
struct TextSlot {
  std::uint8_t at;
};
struct LinkSlot {
  std::uint8_t at;
};
struct NumberSlot {
  std::uint8_t at;
};
struct Flag {
  std::uint32_t bit;
};

inline constexpr std::size_t kMachinesPerObject = 6;

/// One thing that has a life of its own: an application, a certificate, a question. All zero is the
/// initial control.
struct Object {
  TextId subject;  ///< `application/1`
  ObjectKind kind = ObjectKind::application;
  std::array<std::uint8_t, kMachinesPerObject>
      states{};  ///< one per machine of the kind, in the profile's order
  std::uint32_t flags = 0;
  std::array<RecordId, 2> records{};
  std::array<TextId, 3> texts{};
  std::array<ObjectIndex, 2> links{kNoObject, kNoObject};
  std::array<Instant, 4> instants{};  ///< zero: not set
  std::array<std::int64_t, 2> numbers{};

  [[nodiscard]] RecordId operator[](RecordSlot s) const { return records[s.at]; }
  [[nodiscard]] RecordId& operator[](RecordSlot s) { return records[s.at]; }
  [[nodiscard]] Instant operator[](InstantSlot s) const { return instants[s.at]; }
  [[nodiscard]] Instant& operator[](InstantSlot s) { return instants[s.at]; }
  [[nodiscard]] TextId operator[](TextSlot s) const { return texts[s.at]; }
  [[nodiscard]] TextId& operator[](TextSlot s) { return texts[s.at]; }
  [[nodiscard]] ObjectIndex operator[](LinkSlot s) const { return links[s.at]; }
  [[nodiscard]] ObjectIndex& operator[](LinkSlot s) { return links[s.at]; }
  [[nodiscard]] std::int64_t operator[](NumberSlot s) const { return numbers[s.at]; }
  [[nodiscard]] std::int64_t& operator[](NumberSlot s) { return numbers[s.at]; }
  [[nodiscard]] bool operator[](Flag f) const { return (flags & f.bit) != 0; }
  void set(Flag f, bool on = true) { flags = on ? flags | f.bit : flags & ~f.bit; }
  friend bool operator==(const Object&, const Object&) = default;
};

/// What the judged party must or may do: an action of `type` that agrees with every field that
/// `match` states.
struct Duty {
  enum class Modality : std::uint8_t { must, may };
  TypeIndex type = 0;
  Modality modality = Modality::must;
  bool refusal = false;      ///< owed because a request was refused, not by an effect
  bool overdue = false;      ///< its due time has passed and was reported
  std::uint8_t machine = 0;  ///< index in the profile of the machine whose effect owes it
  std::uint8_t effect = 0;   ///< index of that effect in the machine
  ObjectIndex object = kNoObject;
  ClauseIndex clause = kNoClause;
  RecordId match;  ///< what the action must say; zero: nothing particular
  ListId clauses;  ///< of a refusal: the ids of all clauses that refuse
  Instant not_before;
  Instant due = kNever;
  friend bool operator==(const Duty&, const Duty&) = default;
};

/// Everything that influences one another: the objects of one common name, customer or contract,
/// as the profile says.
struct Group {
  TextId key;  ///< what couples them, in lower case, or the subject of a lone object
  std::vector<Object> objects;
  std::vector<Duty> duties;
  Instant next_deadline = kNever;  ///< derived: the earliest armed deadline or due time
  Instant next_of_objects;  ///< the earliest deadline alone, as far as it is known; zero: it is not
  friend bool operator==(const Group& a, const Group& b) {
    return a.key == b.key && a.objects == b.objects && a.duties == b.duties &&
           a.next_deadline == b.next_deadline;
  }
};

}  // namespace shinsa::model
