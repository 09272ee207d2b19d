#include "properties/bounded/menu.hpp"

#include <algorithm>
#include <optional>

#include "scenarios/records.hpp"

namespace shinsa::properties::bounded {

namespace {

using scenarios::Entry;
using scenarios::MenuItem;

/// The name in `${name}`; nothing for what is written out.
std::optional<std::string> hole_in(const std::string& text) {
  if (!text.starts_with("${") || text.find('}') != text.size() - 1) return std::nullopt;
  return text.substr(2, text.size() - 3);
}

/// Whether a text, or one of a list, has holes.
bool has_holes(const scenarios::Term& term) {
  return term.text.find("${") != std::string::npos || std::ranges::any_of(term.items, has_holes);
}

/// The texts of a record by the names of their fields.
scenarios::Names names_in(const Record& record, const Facts& facts) {
  scenarios::Names names;
  const EventType& type = kEventTypes[record.type];
  for (std::size_t f = 0; f < record.fields.size(); ++f)
    if (type.fields[f].kind == FieldKind::text && record.fields[f].present())
      names[std::string(type.fields[f].name)] = facts.text(record.fields[f].text());
  return names;
}

/// Position of a field of the type that is followed.
Result<std::size_t> field_followed(TypeIndex type, const std::string& name,
                                   const scenarios::Place& place) {
  if (const auto at = kEventTypes[type].field(name)) return *at;
  return fail(std::string(kEventTypes[type].name) + " has no field '" + name + "'", place.text(),
              "see: shinsa list events");
}

/// A field of a type with names put in.
Value filled_in(TypeIndex type, const Entry& entry, const scenarios::Names& names, Facts& facts) {
  RecordBuilder record(facts, type);
  put_field(record, kEventTypes[type], entry, names, facts);
  return facts.record(record.build()).fields[*kEventTypes[type].field(entry.name)];
}

}  // namespace

bool is_about(const Event& event, TextId whom, const Facts& facts) {
  if (event.subject == whom) return true;
  const Record& said = facts.record(event.data);
  const EventType& type = event.row();
  for (std::size_t f = 0; f < said.fields.size(); ++f)
    if (type.fields[f].kind == FieldKind::text && said.fields[f].present() &&
        said.fields[f].text() == whom)
      return true;
  return false;
}

Result<Menu> Menu::make(const scenarios::BoundedWorld& world, Facts& facts) {
  Menu menu;
  fakes::Cast cast(fakes::Detail::events);
  for (const MenuItem& written : world.menu) {
    auto made = item(written, cast, facts);
    if (!made) return Failure(made.error());
    menu.items_.push_back(std::move(*made));
  }
  return menu;
}

Result<Menu::Item> Menu::item(const MenuItem& written, fakes::Cast& cast, Facts& facts) {
  Item item;
  item.type = *find_type(written.request.type);
  item.times = written.times;
  if (!written.follows.empty()) item.follows = *find_type(written.follows);
  item.of = facts.intern(written.of);
  item.subject = facts.intern(written.request.subject);
  const EventType& type = kEventTypes[item.type];
  if (const auto name = hole_in(written.request.subject)) {
    item.has_subject = false;
    item.subject_from = kSubject;
    if (*name != "subject") {
      const auto from = field_followed(item.follows, *name, written.request.place);
      if (!from) return Failure(from.error());
      item.subject_from = *from;
    }
  }
  RecordBuilder record(facts, item.type);
  for (const Entry& entry : written.request.data) {
    if (entry.name == "csr") {
      if (auto put = put_csr(record, type, entry.value, cast, facts); !put)
        return Failure(put.error());
    } else if (item.follows != kNothing && has_holes(entry.value) && !hole_in(entry.value.text)) {
      item.templates.push_back({*type.field(entry.name), entry});
    } else if (hole_in(entry.value.text)) {
      if (auto added = add_hole(item, entry); !added) return Failure(added.error());
    } else {
      put_field(record, type, entry, {}, facts);
    }
  }
  const auto fields = facts.record(record.build()).fields;
  item.fields.assign(fields.begin(), fields.end());
  return item;
}

Result<void> Menu::add_hole(Item& item, const Entry& entry) {
  const std::size_t at = *kEventTypes[item.type].field(entry.name);
  const std::string name = *hole_in(entry.value.text);
  if (name == "subject") {
    item.holes.push_back({at, kSubject});
    return {};
  }
  const auto from = field_followed(item.follows, name, entry.value.place);
  if (!from) return Failure(from.error());
  if (kEventTypes[item.type].fields[at].kind != kEventTypes[item.follows].fields[*from].kind)
    return fail("'" + entry.name + "' is of another kind than '" + name + "'",
                entry.value.place.text());
  item.holes.push_back({at, *from});
  return {};
}

Event Menu::event(std::size_t at, const Standing& standing, Facts& facts) const {
  const Item& item = items_[at];
  Event event;
  event.type = item.type;
  event.subject = item.subject;
  std::vector<Value> fields = item.fields;
  if (standing.due) {
    const Record& followed = facts.record(standing.data);
    if (!item.has_subject)
      event.subject = item.subject_from == kSubject ? standing.subject
                                                    : followed.fields[item.subject_from].text();
    for (const Hole& hole : item.holes)
      fields[hole.field] =
          hole.from == kSubject ? Value::of(standing.subject) : followed.fields[hole.from];
    if (!item.templates.empty()) {
      const scenarios::Names names = names_in(followed, facts);
      for (const Template& one : item.templates)
        fields[one.field] = filled_in(item.type, one.entry, names, facts);
    }
  }
  event.data = facts.intern_record(item.type, fields);
  return event;
}

void Menu::use(std::size_t item, std::vector<Standing>& standings) const {
  Standing& own = standings[item];
  ++own.used;
  if (own.due) --own.due;
  if (own.used == items_[item].times) own = {own.used, 0, {}, {}};  // nothing else matters any more
}

void Menu::note(const Event& event, const Facts& facts, std::vector<Standing>& standings) const {
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const Item& item = items_[i];
    Standing& own = standings[i];
    if (item.follows != event.type || own.used == item.times) continue;
    if (!concerns(item, event, facts)) continue;
    own.due = static_cast<std::uint16_t>(
        std::min<unsigned>(own.due + 1u, item.times - own.used));  // more would change nothing
    own.subject = event.subject;
    own.data = event.data;
  }
}

/// Whether an event is about what the item wants, and says all that it takes over.
bool Menu::concerns(const Item& item, const Event& event, const Facts& facts) {
  const Record& said = facts.record(event.data);
  for (const Hole& hole : item.holes)
    if (hole.from != kSubject && !said.fields[hole.from].present()) return false;
  if (!item.has_subject && item.subject_from != kSubject &&
      !said.fields[item.subject_from].present())
    return false;
  return !item.of || is_about(event, item.of, facts);
}

}  // namespace shinsa::properties::bounded
