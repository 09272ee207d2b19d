#include "model/core/context.hpp"

#include <algorithm>
#include <string>

#include "model/core/blank.hpp"
#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/growth.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::model {

namespace {

constexpr std::size_t kFewObjects = 16;  // are looked through sooner than a place is looked up

auto by_subject = [](const std::pair<TextId, RecordId>& entry, TextId subject) {
  return entry.first < subject;
};

/// A subject without the square brackets that stand around the common name, so that both forms
/// compare equal.
std::string without_brackets(std::string_view text) {
  std::string plain;
  for (char c : text)
    if (c != '[' && c != ']') plain += c;
  return plain;
}

bool same_subject(Facts& facts, TextId a, TextId b) {
  a = facts.as_read(a);
  b = facts.as_read(b);
  return a == b || without_brackets(facts.text(a)) == without_brackets(facts.text(b));
}

bool same_set(Facts& facts, ListId a, ListId b) {
  if (a == b) return true;
  auto sorted = [&facts](ListId list) {
    std::vector<TextId> items;
    for (TextId item : facts.list(list)) items.push_back(facts.lower(item));
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    return items;
  };
  return sorted(a) == sorted(b);
}

/// Whether every item of one list is in the other.
bool is_within(const Facts& facts, ListId some, ListId all) {
  const auto others = facts.list(all);
  return std::ranges::all_of(facts.list(some),
                             [&](TextId item) { return std::ranges::count(others, item) > 0; });
}

bool field_agrees(Facts& facts, const FieldType& field, Value owed, Value said) {
  if (owed == said) return true;
  if (field.name == "purposes") return is_within(facts, owed.list(), said.list());
  if (field.kind == FieldKind::list) return same_set(facts, owed.list(), said.list());
  if (field.kind != FieldKind::text) return false;
  if (field.name == "to" || field.name == "from")
    return same_mail_address(facts.text(owed.text()), facts.text(said.text()));
  if (field.name == "subject") return same_subject(facts, owed.text(), said.text());
  if (field.name == "cn") return facts.lower(owed.text()) == facts.lower(said.text());
  return false;
}

}  // namespace

RecordId Background::find(TextId subject) const {
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), subject, by_subject);
  return at != entries_.end() && at->first == subject ? at->second : RecordId{};
}

void Background::set(TextId subject, RecordId record) {
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), subject, by_subject);
  if (at != entries_.end() && at->first == subject)
    at->second = record;
  else
    entries_.insert(at, {subject, record});
}

bool agrees(Facts& facts, const Record& match, const Record& action) {
  if (match.type != action.type) return false;
  const EventType& type = kEventTypes[match.type];
  for (std::size_t i = 0; i < match.fields.size(); ++i)
    if (match.fields[i].present() && action.fields[i].present() &&
        !field_agrees(facts, type.fields[i], match.fields[i], action.fields[i]))
      return false;
  return true;
}

bool Context::same_names(ListId a, ListId b) const { return same_set(store(), a, b); }

const Object* Context::object(ObjectIndex at) const {
  if (at == kNoObject) return nullptr;
  if (at != self_) work_->looked_beyond = true;
  return &work_->group->objects[at];
}

/// Where the group's first object of that subject is; the number of its objects if there is none.
/// A group may be as large as all that one customer ever ordered.
std::size_t Context::first_of(TextId subject) const {
  const auto& objects = work_->group->objects;
  std::size_t from = 0;
  if (subject && objects.size() > kFewObjects) {
    const auto& places = *work_->places;
    const Place place = subject.index < places.size() ? places[subject.index] : Place{};
    if (place.group == work_->at && place.object < work_->placed) return place.object;
    from = work_->placed;
  }
  while (from < objects.size() && objects[from].subject != subject) ++from;
  return from;
}

ObjectIndex Context::find(TextId subject) const {
  work_->looked_beyond = true;
  const auto& objects = work_->group->objects;
  for (std::size_t i = first_of(subject); i < objects.size(); ++i)
    if (objects[i].subject == subject && !is_blank(objects[i])) return static_cast<ObjectIndex>(i);
  return kNoObject;
}

const Record* Context::background(TextId subject) const {
  const RecordId id = work_->background->find(subject);
  return id ? &work_->facts->record(id) : nullptr;
}

bool Context::as_owed(const Event& event, const Record& record) const {
  for (const Duty& duty : work_->group->duties)
    if (duty.object == self_ && duty.machine == machine_ && duty.type == event.type &&
        !duty.refusal &&
        (!duty.match || agrees(*work_->facts, work_->facts->record(duty.match), record)))
      return true;
  return false;
}

bool Context::owes(TypeIndex action) const {
  return std::ranges::any_of(work_->group->duties, [&](const Duty& duty) {
    return duty.object == self_ && duty.machine == machine_ && duty.type == action &&
           !duty.refusal && duty.modality == Duty::Modality::must;
  });
}

bool Context::was_asked(const Event& event, const Record& record,
                        std::span<const std::uint8_t> fields) const {
  const EventType& type = kEventTypes[event.type];
  return std::ranges::any_of(work_->group->duties, [&](const Duty& duty) {
    if (duty.object != self_ || duty.machine != machine_ || duty.type != event.type || !shows(duty))
      return false;
    const Record& asked = work_->facts->record(duty.match);
    return std::ranges::all_of(fields, [&](std::uint8_t at) {
      return !duty.match || !asked.fields[at].present() ||
             field_agrees(*work_->facts, type.fields[at], asked.fields[at], record.fields[at]);
    });
  });
}

bool Context::shows(const Duty& duty) const {
  return !duty.refusal && work_->profile->machines[duty.machine]->effects[duty.effect].shows;
}

void Context::withdraw_duties() {
  std::erase_if(work_->group->duties, [this](const Duty& duty) {
    return duty.object == self_ && !duty.refusal && !shows(duty);
  });
}

void Context::withdraw_own_duties() {
  std::erase_if(work_->group->duties, [this](const Duty& duty) {
    return duty.object == self_ && duty.machine == machine_ && !duty.refusal;
  });
}

void Context::withdraw_own(TypeIndex type) {
  std::erase_if(work_->group->duties, [&](const Duty& duty) {
    return duty.object == self_ && duty.machine == machine_ && duty.type == type && !duty.refusal;
  });
}

void Context::withdraw(TypeIndex permission) {
  std::erase_if(work_->group->duties, [&](const Duty& duty) {
    return duty.object == self_ && duty.type == permission && duty.modality == Duty::Modality::may;
  });
}

void Context::permissions_become_obligations() {
  for (Duty& duty : work_->group->duties)
    if (duty.object == self_) duty.modality = Duty::Modality::must;
}

void Context::post_to(ObjectIndex object, MessageId message) {
  if (object != self_) work_->looked_beyond = true;
  const auto kind = static_cast<std::size_t>(work_->group->objects[object].kind);
  const auto& listeners = work_->profile->listeners[kind][static_cast<std::size_t>(message)];
  SHINSA_ASSERT(!listeners.empty(), "a message that no machine of the object knows");
  for (const Route& to : listeners)
    work_->queue->push_back({object, to.machine, to.event, listeners.size() == 1});
}

void Context::tell(MessageId message) { tell_to(self_, message); }

void Context::tell_to(ObjectIndex object, MessageId message) {
  if (object == kNoObject) return;
  if (object != self_) work_->looked_beyond = true;
  const auto kind = static_cast<std::size_t>(work_->group->objects[object].kind);
  for (const Route& to : work_->profile->listeners[kind][static_cast<std::size_t>(message)])
    work_->queue->push_back({object, to.machine, to.event, false});
}

void Context::announce(MessageId message) {
  work_->looked_beyond = true;
  const auto& objects = work_->group->objects;
  for (std::size_t i = 0; i < objects.size(); ++i)
    for (const Route& to : work_->profile->listeners[static_cast<std::size_t>(objects[i].kind)]
                                                    [static_cast<std::size_t>(message)])
      work_->queue->push_back({static_cast<ObjectIndex>(i), to.machine, to.event, false});
}

ObjectIndex Context::create(ObjectKind kind, TextId subject) {
  work_->looked_beyond = true;
  auto& objects = work_->group->objects;
  const std::size_t at = first_of(subject);
  if (at == objects.size()) {
    make_room(objects);
    objects.emplace_back();
  }
  SHINSA_ASSERT(at < kNoObject, "a group with more objects than it has room for");
  if (is_blank(objects[at])) {  // whatever it was taken for
    objects[at].subject = subject;
    objects[at].kind = kind;
  }
  return static_cast<ObjectIndex>(at);
}

TextId Context::label(std::string_view text, TextId common_name) const {
  const std::size_t hole = text.find("{cn}");
  if (hole == std::string_view::npos) return store().intern(text);
  std::string filled(text.substr(0, hole));
  filled += facts().text(common_name);
  filled += text.substr(hole + 4);
  return store().intern(filled);
}

void Context::act_spoilt(const std::function<void()>& run) {
  Group before = *work_->group;
  std::size_t posted = work_->queue->size();
  run();
  if (spoil_ == Spoil::twice) {
    before = *work_->group;
    posted = work_->queue->size();
    run();
  }
  if (*work_->group == before && work_->queue->size() == posted) return;
  spoilt();
  if (spoil_ == Spoil::twice) return;
  *work_->group = before;  // into the objects that are there: a row still refers to its own
  work_->queue->resize(posted);
}

void Context::owe(TypeIndex type, ObjectIndex object, Duty::Modality modality,
                  const std::array<Value, kFieldsMax>& fields, Instant not_before, Instant due) {
  if (object != self_) work_->looked_beyond = true;
  Duty duty;
  duty.type = type;
  duty.modality = modality;
  duty.machine = machine_;
  duty.effect = effect_;
  duty.object = object;
  duty.clause = clause_;
  duty.not_before = std::max(not_before, now());
  duty.due = due;
  std::array<Value, kFieldsMax> said = fields;
  if (spoil_ == Spoil::misaddress) [[unlikely]]
    for (std::size_t i = 0; i < kEventTypes[type].field_count(); ++i)
      if (said[i].present() && (kEventTypes[type].fields[i].name == "to" ||
                                kEventTypes[type].fields[i].name == "number")) {
        said[i] = Value::of(store().intern("someone-else@mutant.invalid"));
        spoilt();
      }
  if (spoil_ == Spoil::late && duty.due != kNever) [[unlikely]] {
    duty.not_before = duty.due + seconds(1);
    duty.due = duty.due + days(1);
    spoilt();
  }
  if (spoil_ == Spoil::early && duty.not_before > now()) [[unlikely]] {
    duty.due = duty.not_before - seconds(1);
    duty.not_before = now();
    spoilt();
  }
  duty.match = store().intern_record(type, {said.data(), kFieldCounts[type]});
  work_->group->duties.push_back(duty);
}

}  // namespace shinsa::model
