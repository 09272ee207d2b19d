/// The one table of event types: name, sort, actor, kind of subject, typed fields, systems.
///
/// Codec, schemas, lint and lists are made from `kEventTypes`; nothing else names a field. The rows
/// stand in `events/`: those of one system alone in a file of its name, the others in
/// `common.hpp`. To add a type, add a row (and, if a machine should accept it, a struct derived
/// from `On<"...">` beside that machine).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/vocabulary/events/common.hpp"
#include "model/vocabulary/events/dedicated_renewal.hpp"
#include "model/vocabulary/events/jpdirect_acme.hpp"
#include "model/vocabulary/events/jpdirect_reissue.hpp"
#include "model/vocabulary/events/nttcom_biz.hpp"
#include "model/vocabulary/events/sakura_reissue.hpp"
#include "model/vocabulary/facts.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa {

namespace detail {
template <std::size_t... N>
consteval auto joined(const std::array<EventType, N>&... parts) {
  std::array<EventType, (N + ... + 0)> all{};
  auto at = all.begin();
  ((at = std::copy(parts.begin(), parts.end(), at)), ...);
  return all;
}
}  // namespace detail

/// All rows, system by system.
inline constexpr auto kEventTypes =
    detail::joined(events::kCommon, events::kJpdirectReissue, events::kSakuraReissue,
                   events::kJpdirectAcme, events::kNttcomBiz, events::kDedicatedRenewal);

/// Index of an event type in `kEventTypes`. At compile time an unknown name does not compile; at
/// run time see `find_type`.
using TypeIndex = std::uint16_t;

namespace detail {
/// The types in the order of their names.
inline constexpr auto kTypesByName = [] {
  std::array<TypeIndex, kEventTypes.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<TypeIndex>(i);
  std::ranges::sort(all, {}, [](TypeIndex i) { return kEventTypes[i].name; });
  return all;
}();
}  // namespace detail

[[nodiscard]] constexpr std::optional<TypeIndex> find_type(std::string_view name) {
  const auto at = std::ranges::lower_bound(detail::kTypesByName, name, {},
                                           [](TypeIndex i) { return kEventTypes[i].name; });
  if (at == detail::kTypesByName.end() || kEventTypes[*at].name != name) return std::nullopt;
  return *at;
}

/// How many fields each type has.
inline constexpr auto kFieldCounts = [] {
  std::array<std::uint8_t, kEventTypes.size()> counts{};
  for (std::size_t i = 0; i < counts.size(); ++i)
    counts[i] = static_cast<std::uint8_t>(kEventTypes[i].field_count());
  return counts;
}();

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
  TextId id;       ///< unique within a log; none in a simulation, which calls an event by its line
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

/// How many words a list of choices has.
[[nodiscard]] constexpr std::size_t choice_count(std::string_view choices) {
  return choices.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(choices, '|')) + 1;
}

/// A list of choices that has a name, taken apart when this is compiled.
template <const std::string_view& Choices>
inline constexpr auto kWordsOf = [] {
  std::array<std::string_view, choice_count(Choices)> words;
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] = choice_word(Choices, static_cast<std::int64_t>(i));
  return words;
}();
/// The same as `choice_index(Choices, word)`, quicker.
template <const std::string_view& Choices>
[[nodiscard]] constexpr std::optional<std::int64_t> choice_index(std::string_view word) {
  const auto at = std::ranges::find(kWordsOf<Choices>, word);
  if (at == kWordsOf<Choices>.end()) return std::nullopt;
  return at - kWordsOf<Choices>.begin();
}

/// Whether events of the type may be about the subject: `application/1`, `system` for frames.
[[nodiscard]] constexpr bool is_about_such(const EventType& type, std::string_view subject) {
  if (type.subject.empty()) return subject == "system";
  const std::size_t slash = subject.find('/');
  return slash != std::string_view::npos && slash + 1 < subject.size() &&
         choice_index(type.subject, subject.substr(0, slash)).has_value();
}

/// The forms that the subject of the type takes, for messages: `application/... or
/// certificate/...`.
[[nodiscard]] std::string subject_forms(const EventType& type);

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
  /// The same by the position of the field. Text or choice; asserts the word.
  RecordBuilder& set_text(std::size_t field, std::string_view text);
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

/// Where each type has a field of that name; negative where it has none.
template <Literal Name>
inline constexpr auto kPlaces = [] {
  std::array<std::int8_t, kEventTypes.size()> places{};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto at = kEventTypes[i].field(Name.view());
    places[i] = at ? static_cast<std::int8_t>(*at) : std::int8_t{-1};
  }
  return places;
}();

/// The same for a name that is known when this is compiled: nothing is searched.
template <Literal Name>
[[nodiscard]] constexpr Value field_of(const Record& record) {
  static_assert(std::ranges::any_of(kPlaces<Name>, [](int at) { return at >= 0; }),
                "no event type has such a field (model/vocabulary/events.hpp)");
  const int at = kPlaces<Name>[record.type];
  if (at < 0 || static_cast<std::size_t>(at) >= record.fields.size()) return {};
  return record.fields[static_cast<std::size_t>(at)];
}

}  // namespace shinsa
