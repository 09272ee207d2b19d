#include "sim/event_data.hpp"

#include <algorithm>
#include <utility>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/bytes.hpp"
#include "model/vocabulary/suggest.hpp"

namespace shinsa::sim {

namespace {

/// Names that the form knows besides the fields of a type; kept by others, not used here.
constexpr std::string_view kCommonData[] = {"actor", "objects", "result", "code"};

std::string_view name_of(Scalar::Kind kind) {
  switch (kind) {
    case Scalar::Kind::none:
    case Scalar::Kind::other:
      return "an object or null";
    case Scalar::Kind::text:
      return "a text";
    case Scalar::Kind::number:
      return "a number";
    case Scalar::Kind::truth:
      return "true or false";
    case Scalar::Kind::list:
      return "a list";
  }
  return "something else";
}

std::string_view wanted(FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
      return "a text";
    case FieldKind::list:
      return "a list of texts";
    case FieldKind::choice:
      return "one of its words";
    case FieldKind::number:
      return "a whole number";
    case FieldKind::instant:
      return "a time such as \"2026-11-21T10:00:00+09:00\"";
    case FieldKind::truth:
      return "true or false";
  }
  return "a text";
}

bool fits(FieldKind kind, const Scalar& scalar) {
  using Kind = Scalar::Kind;
  return kind == FieldKind::number  ? scalar.kind == Kind::number && scalar.whole
         : kind == FieldKind::truth ? scalar.kind == Kind::truth
         : kind == FieldKind::list  ? scalar.kind == Kind::list && scalar.texts_only
                                    : scalar.kind == Kind::text;
}

Error no_such_word(const FieldType& field, const Scalar& scalar) {
  std::vector<std::string_view> words;
  for (std::int64_t i = 0; !choice_word(field.choices, i).empty(); ++i)
    words.push_back(choice_word(field.choices, i));
  return {"'" + std::string(scalar.key) + "' cannot be '" + std::string(scalar.text) + "'" +
              did_you_mean(scalar.text, words),
          {},
          "it is one of " + std::string(field.choices)};
}

std::optional<Error> wrong_with(const FieldType& field, const Scalar& scalar) {
  if (!fits(field.kind, scalar))
    return Error{"'" + std::string(scalar.key) + "' is " + std::string(name_of(scalar.kind)),
                 {},
                 "it wants " + std::string(wanted(field.kind))};
  if (field.kind == FieldKind::choice && !choice_index(field.choices, scalar.text))
    return no_such_word(field, scalar);
  if (field.kind == FieldKind::instant)
    if (auto instant = parse_instant(scalar.text); !instant) return std::move(instant.error());
  return std::nullopt;
}

/// Whether it is the id of that text in the store, be it from another store or not.
bool names(TextId id, std::string_view text, const Facts& facts) {
  return id.index < facts.text_count() && same_text(facts.text(id), text);
}

}  // namespace

std::string_view SubjectsHere::renamed(std::string_view subject) {
  const std::size_t slash = subject.find('/');
  if (slash == std::string_view::npos) return subject;
  const auto kind = names_->find(subject.substr(0, slash));
  if (kind == names_->end()) return subject;
  return kept_.emplace_back(kind->second + std::string(subject.substr(slash)));
}

std::optional<EventData::Wrong> EventData::look(const Seen& seen, TypeIndex type,
                                                const Facts::Expected& about, const Facts& facts,
                                                const Unknown& unknown) {
  if (seen.form < plans_.size() && plans_[seen.form].type == type &&
      take(plans_[seen.form], seen, about, facts))
    return std::nullopt;
  if (auto wrong = find_places(seen, type, unknown)) return wrong;
  Plan& plan = seen.form != 0 && all_known_ ? keep_plan(seen.form) : found_;
  const bool fine = take(plan, seen, about, facts);
  SHINSA_ASSERT(fine, "what was looked at is as it was");
  return std::nullopt;
}

/// Finds where the fields stand, and what is wrong with them.
std::optional<EventData::Wrong> EventData::find_places(const Seen& seen, TypeIndex type,
                                                       const Unknown& unknown) {
  const EventType& row = kEventTypes[type];
  const std::size_t count = kFieldCounts[type];
  found_.type = type;
  found_.places.clear();
  all_known_ = true;
  std::size_t expected = 0;  // mostly fields come in the order of the table
  for (std::size_t i = 0; i < seen.data.size(); ++i) {
    const Scalar& scalar = seen.data[i];
    std::size_t at = expected;
    while (at < count && row.fields[at].name != scalar.key) ++at;
    if (at == count) at = row.field(scalar.key).value_or(count);
    if (at == count) {
      if (std::ranges::count(kCommonData, scalar.key) > 0) continue;
      all_known_ = false;
      unknown(row, scalar.key);
      continue;
    }
    expected = at + 1;
    if (auto wrong = wrong_with(row.fields[at], scalar))
      return Wrong{std::string(scalar.key), std::move(*wrong)};
    found_.places.push_back({static_cast<std::uint8_t>(at),
                             row.fields[at].kind,
                             static_cast<std::uint16_t>(i),
                             -1,
                             {},
                             {},
                             false});
  }
  std::ranges::sort(found_.places, {}, &Place::field);
  for (std::size_t i = 0; i < count; ++i)
    if (row.fields[i].required && !std::ranges::binary_search(found_.places, i, {}, &Place::field))
      return Wrong{{},
                   {std::string(row.name) + " lacks '" + std::string(row.fields[i].name) + "' (" +
                        std::string(row.fields[i].says) + ")",
                    {},
                    "add it to data"}};
  return std::nullopt;
}

EventData::Plan& EventData::keep_plan(std::uint32_t form) {
  if (form >= plans_.size()) plans_.resize(form + 1);
  return plans_[form] = found_;
}

/// Reads what says something by itself. All texts are expected before the first is put into the
/// store, because looking one up is mostly waiting for memory. @return whether all is as it should.
bool EventData::take(Plan& plan, const Seen& seen, const Facts::Expected& about,
                     const Facts& facts) {
  std::fill_n(values_.begin(), kFieldCounts[plan.type], Value{});
  expected_.assign(1, about);
  for (Place& place : plan.places) {
    const Scalar& said = seen.data[place.said];
    if (place.kind == FieldKind::text) {
      const std::string_view text = (*subjects_)(said.text);
      place.as_before = names(place.text, text, facts);
      if (!place.as_before) expected_.push_back(facts.expect(text));
    } else if (place.kind == FieldKind::list) {
      values_[place.field] = Value::of(static_cast<std::int64_t>(said.items));
      for (std::size_t i = 0; i < said.items; ++i)
        expected_.push_back(facts.expect((*subjects_)(seen.items[said.first_item + i])));
    } else if (!take(place, plan.type, said)) {
      return false;
    }
  }
  facts.expect_found(expected_);
  taken_ = &plan;
  return true;
}

bool EventData::take(Place& place, TypeIndex type, const Scalar& said) {
  Value& into = values_[place.field];
  const FieldType& field = kEventTypes[type].fields[place.field];
  switch (place.kind) {
    case FieldKind::choice:
      if (said.text != place.word || place.word.empty()) {
        const auto choice = choice_index(field.choices, said.text);
        if (!choice) return false;
        place.choice = *choice;
        place.word = choice_word(field.choices, *choice);
      }
      into = Value::of(place.choice);
      return true;
    case FieldKind::number:
      into = Value::of(said.number);
      return true;
    case FieldKind::truth:
      into = Value::of(said.number != 0);
      return true;
    case FieldKind::instant: {
      const auto instant = parse_instant(said.text);
      if (instant) into = Value::of(*instant);
      return instant.has_value();
    }
    case FieldKind::text:
    case FieldKind::list:
      break;
  }
  return true;
}

void EventData::put(Facts& facts, Event& event) {
  put_texts(facts, event);
  put_lists(facts);
  const std::span<const Value> fields(values_.data(), kFieldCounts[taken_->type]);
  laid_by_.push_back(
      {&event, taken_->type, laid_by_values_.size(), facts.expect_record(taken_->type, fields)});
  laid_by_values_.insert(laid_by_values_.end(), fields.begin(), fields.end());
}

/// The texts of fields, and those in lists.
void EventData::put_texts(Facts& facts, Event& event) {
  auto next = expected_.begin();
  event.subject = facts.intern(*next++);
  lists_.clear();
  items_.clear();
  for (Place& place : taken_->places) {
    Value& value = values_[place.field];
    if (place.kind == FieldKind::text) {
      if (!place.as_before) place.text = facts.intern(*next++);
      value = Value::of(place.text);
    } else if (place.kind == FieldKind::list) {
      List list{place.field, items_.size(), static_cast<std::size_t>(value.number()), 0};
      for (std::size_t i = 0; i < list.size; ++i) items_.push_back(facts.intern(*next++));
      list.hash = facts.expect_list({items_.data() + list.first, list.size});
      lists_.push_back(list);
    }
  }
}

void EventData::put_lists(Facts& facts) {
  for (const List& list : lists_)
    values_[list.field] =
        Value::of(facts.intern_list({items_.data() + list.first, list.size}, list.hash));
}

void EventData::finish(Facts& facts) {
  for (const LaidBy& one : laid_by_)
    one.event->data = facts.intern_record(
        one.type, {laid_by_values_.data() + one.first, kFieldCounts[one.type]}, one.hash);
  laid_by_.clear();
  laid_by_values_.clear();
}

}  // namespace shinsa::sim
