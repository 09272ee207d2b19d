#include "model/vocabulary/events.hpp"

#include "model/vocabulary/assert.hpp"

namespace shinsa {

namespace {

/// The length of a name and its ends. Most fields are passed over by these, without a look into the
/// wide rows of the table.
constexpr std::uint32_t mark_of(std::string_view name) {
  if (name.empty()) return 0;
  const auto first = static_cast<unsigned char>(name[0]);
  const auto last = static_cast<unsigned char>(name[name.size() - 1]);
  return static_cast<std::uint32_t>(name.size() << 16 | first << 8 | last);
}

constexpr std::array<std::uint32_t, kFieldsMax> marks_of(const EventType& type) {
  std::array<std::uint32_t, kFieldsMax> marks{};
  for (std::size_t i = 0; i < type.field_count(); ++i) marks[i] = mark_of(type.fields[i].name);
  return marks;
}

constexpr auto kMarks = [] {
  std::array<std::array<std::uint32_t, kFieldsMax>, kEventTypes.size()> all{};
  std::ranges::transform(kEventTypes, all.begin(), marks_of);
  return all;
}();

/// Where to begin to look for a mark among the slots of a type.
constexpr std::size_t kSlots = 64;  // so many that most fields are found where they are looked for
static_assert(kSlots > 2 * kFieldsMax);
constexpr std::size_t slot_of(std::uint32_t mark) { return mark * 0x9e3779b1u >> 26; }

/// The fields of a type by their marks: open addressing, negative where there is none.
constexpr std::array<std::int8_t, kSlots> slots_of(const EventType& type) {
  std::array<std::int8_t, kSlots> slots{};
  slots.fill(-1);
  for (std::size_t i = 0; i < type.field_count(); ++i) {
    std::size_t at = slot_of(mark_of(type.fields[i].name));
    while (slots[at] >= 0) at = (at + 1) % kSlots;
    slots[at] = static_cast<std::int8_t>(i);
  }
  return slots;
}

constexpr auto kPlacesByMark = [] {
  std::array<std::array<std::int8_t, kSlots>, kEventTypes.size()> all{};
  std::ranges::transform(kEventTypes, all.begin(), slots_of);
  return all;
}();

/// What `EventType::field` finds, quickly.
std::optional<std::size_t> place_of(TypeIndex type, std::string_view field) {
  const std::uint32_t mark = mark_of(field);
  const auto& slots = kPlacesByMark[type];
  for (std::size_t at = slot_of(mark); slots[at] >= 0; at = (at + 1) % kSlots) {
    const auto place = static_cast<std::size_t>(slots[at]);
    if (kMarks[type][place] == mark && kEventTypes[type].fields[place].name == field) return place;
  }
  return std::nullopt;
}

/// The words that each field of each type offers: all in one list, with their marks.
struct Choices {
  std::uint16_t begin = 0;
  std::uint16_t count = 0;
};
constexpr auto kChoicesOf = [] {
  std::array<std::array<Choices, kFieldsMax>, kEventTypes.size()> all{};
  std::uint16_t next = 0;
  for (std::size_t type = 0; type < all.size(); ++type)
    for (std::size_t field = 0; field < kEventTypes[type].field_count(); ++field) {
      const auto count =
          static_cast<std::uint16_t>(choice_count(kEventTypes[type].fields[field].choices));
      all[type][field] = {next, count};
      next = static_cast<std::uint16_t>(next + count);
    }
  return all;
}();
constexpr std::size_t kWordCount = [] {
  std::size_t count = 0;
  for (const auto& fields : kChoicesOf)
    for (const Choices& choices : fields) count += choices.count;
  return count;
}();
constexpr auto kWords = [] {
  std::array<std::string_view, kWordCount> all;
  std::size_t next = 0;
  for (const EventType& type : kEventTypes)
    for (std::size_t field = 0; field < type.field_count(); ++field) {
      std::string_view rest = type.fields[field].choices;
      while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find('|'));
        all[next++] = word;
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      }
    }
  return all;
}();
constexpr auto kWordMarks = [] {
  std::array<std::uint32_t, kWordCount> all{};
  std::ranges::transform(kWords, all.begin(), mark_of);
  return all;
}();

/// What `choice_index` finds among the choices of a field, quickly.
std::optional<std::int64_t> choice_of(TypeIndex type, std::size_t field, std::string_view word) {
  const auto [begin, count] = kChoicesOf[type][field];
  const std::uint32_t mark = mark_of(word);
  for (std::size_t i = 0; i < count; ++i)
    if (kWordMarks[begin + i] == mark && kWords[begin + i] == word)
      return static_cast<std::int64_t>(i);
  return std::nullopt;
}

}  // namespace

std::string subject_forms(const EventType& type) {
  if (type.subject.empty()) return "system";
  std::string forms;
  for (std::int64_t i = 0; !choice_word(type.subject, i).empty(); ++i)
    forms += (forms.empty() ? "" : " or ") + std::string(choice_word(type.subject, i)) + "/...";
  return forms;
}

std::string_view to_text(Sort sort) {
  switch (sort) {
    case Sort::fact:
      return "fact";
    case Sort::request:
      return "request";
    case Sort::action:
      return "action";
    case Sort::frame:
      return "frame";
  }
  return "frame";
}

std::string_view to_text(Actor actor) {
  switch (actor) {
    case Actor::nobody:
      return "nobody";
    case Actor::customer:
      return "customer";
    case Actor::payer:
      return "payer";
    case Actor::telephone:
      return "telephone";
    case Actor::directory:
      return "directory";
    case Actor::dns:
      return "dns";
    case Actor::web:
      return "web";
    case Actor::whois:
      return "whois";
    case Actor::post:
      return "post";
    case Actor::portal:
      return "portal";
    case Actor::ca:
      return "ca";
  }
  return "nobody";
}

std::string_view to_text(FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
      return "text";
    case FieldKind::list:
      return "list";
    case FieldKind::choice:
      return "choice";
    case FieldKind::number:
      return "number";
    case FieldKind::instant:
      return "instant";
    case FieldKind::truth:
      return "truth";
  }
  return "text";
}

std::size_t RecordBuilder::position(std::string_view field, FieldKind kind) const {
  const auto at = place_of(type_, field);
  SHINSA_ASSERT(at.has_value(), "the event type has no such field");
  SHINSA_ASSERT(kEventTypes[type_].fields[*at].kind == kind, "the field is of another kind");
  return *at;
}

RecordBuilder& RecordBuilder::set(std::string_view field, std::string_view text) {
  const auto at = place_of(type_, field);
  SHINSA_ASSERT(at.has_value(), "the event type has no such field");
  return set_text(*at, text);
}

RecordBuilder& RecordBuilder::set_text(std::size_t field, std::string_view text) {
  const FieldKind kind = kEventTypes[type_].fields[field].kind;
  if (kind == FieldKind::choice) {
    const auto word = choice_of(type_, field, text);
    SHINSA_ASSERT(word.has_value(), "the field has no such choice");
    values_[field] = Value::of(*word);
    return *this;
  }
  SHINSA_ASSERT(kind == FieldKind::text, "the field is of another kind");
  values_[field] = Value::of(facts_->intern(text));
  return *this;
}

RecordBuilder& RecordBuilder::set(std::string_view field, TextId text) {
  values_[position(field, FieldKind::text)] = Value::of(text);
  return *this;
}

RecordBuilder& RecordBuilder::set(std::string_view field, ListId list) {
  values_[position(field, FieldKind::list)] = Value::of(list);
  return *this;
}

RecordBuilder& RecordBuilder::set(std::string_view field, Instant instant) {
  values_[position(field, FieldKind::instant)] = Value::of(instant);
  return *this;
}

RecordBuilder& RecordBuilder::set(std::string_view field, bool truth) {
  values_[position(field, FieldKind::truth)] = Value::of(truth);
  return *this;
}

RecordBuilder& RecordBuilder::set(std::string_view field, std::int64_t number) {
  values_[position(field, FieldKind::number)] = Value::of(number);
  return *this;
}

RecordBuilder& RecordBuilder::set_value(std::size_t field, Value value) {
  SHINSA_ASSERT(field < kFieldCounts[type_], "the event type has fewer fields");
  values_[field] = value;
  return *this;
}

RecordId RecordBuilder::build() const {
  return facts_->intern_record(type_, {values_.data(), kFieldCounts[type_]});
}

Value field_of(const Record& record, std::string_view name) {
  const auto at = place_of(record.type, name);
  return at && *at < record.fields.size() ? record.fields[*at] : Value{};
}

}  // namespace shinsa
