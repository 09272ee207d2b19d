#include "properties/campaign/said.hpp"

#include <span>

#include "model/vocabulary/assert.hpp"
#include "properties/saved_story.hpp"

namespace shinsa::properties::campaign {

using Kind = Field::Kind;

constexpr std::size_t kFieldsMost = 10;  // of nearly everything that is said

namespace {

CsrSpec spec_of(const Field& field) { return static_cast<CsrSpec>(field.number); }

ListId list_of(std::span<const std::string> texts, Facts& facts) {
  std::vector<TextId> items;
  items.reserve(texts.size());
  for (const std::string& text : texts) items.push_back(facts.intern(text));
  return facts.intern_list(items);
}

void set_csr(RecordBuilder& record, const EventType& type, const Csr& csr, Facts& facts) {
  record.set("csr", std::string_view(csr.text)).set("csr_cn", std::string_view(csr.cn));
  if (!csr.names.empty() && type.field("csr_names"))
    record.set("csr_names", list_of(csr.names, facts));
  if (!csr.key.empty()) record.set("key", std::string_view(csr.key));
  if (!csr.problem.empty()) record.set("csr_problem", std::string_view(csr.problem));
}

void set(RecordBuilder& record, const EventType& type, const Field& field, Facts& facts) {
  switch (field.kind) {
    case Kind::text:
    case Kind::code:
      record.set_text(field.place, field.text);
      return;
    case Kind::truth:
      record.set_value(field.place, Value::of(field.number != 0));
      return;
    case Kind::number:
    case Kind::instant:
      record.set_value(field.place, Value::of(field.number));
      return;
    case Kind::list:
      record.set_value(field.place, Value::of(list_of(field.items, facts)));
      return;
    case Kind::csr:
      return set_csr(record, type, csr_of(spec_of(field), field.text), facts);
  }
}

std::string yaml(const Field& field) {
  switch (field.kind) {
    case Kind::list: {
      std::string text = "[";
      for (const std::string& item : field.items)
        text += (text.size() > 1 ? ", " : "") + yaml_scalar(item);
      return text + "]";
    }
    case Kind::csr:
      return csr_in_yaml(spec_of(field), field.text);
    case Kind::code:
      if (!field.number) return "\"" + field.text + "\"";
      return field.items.empty() ? "from-mail" : "from-mail:" + field.items.front();
    case Kind::truth:
      return field.number ? "true" : "false";
    case Kind::number:
      return yaml_scalar(std::to_string(field.number));
    case Kind::instant:
      return yaml_scalar(to_text(Instant{field.number}));
    case Kind::text:
      return yaml_scalar(field.text);
  }
  return {};
}

std::string yaml_of_fields(const Said& said) {
  std::string text;
  for (const Field& field : said.fields)
    text += "      " + std::string(kEventTypes[said.type.index].fields[field.place].name) + ": " +
            yaml(field) + "\n";
  return text;
}

}  // namespace

Field& Said::add(int place, Kind kind) {
  SHINSA_ASSERT(place >= 0, "the event type has no such field of that kind");
  if (fields.empty()) fields.reserve(kFieldsMost);
  Field& field = fields.emplace_back();
  field.place = static_cast<std::uint8_t>(place);
  field.kind = kind;
  return field;
}

void Said::text(std::string_view name, std::string value) {
  const auto place = kEventTypes[type.index].field(name);
  add(place ? static_cast<int>(*place) : -1, Kind::text).text = std::move(value);
}
void Said::csr(CsrSpec spec, std::string cn) {
  Field& field = add(place_of<"csr", FieldKind::text>(), Kind::csr);
  field.text = std::move(cn);
  field.number = spec;
}
void Said::code(std::string value, bool mailed, const std::string& to) {
  Field& field = add(place_of<"code", FieldKind::text>(), Kind::code);
  field.text = std::move(value);
  field.number = mailed;
  if (!to.empty()) field.items.push_back(to);
}
RecordId record_of(const Said& said, Facts& facts) {
  const TypeIndex type = said.type.index;
  RecordBuilder record(facts, type);
  for (const Field& field : said.fields) set(record, kEventTypes[type], field, facts);
  return record.build();
}

std::string fact_in_yaml(const Said& said) {
  return "    - " + std::string(said.type.text()) + ": " + said.subject + "\n" +
         yaml_of_fields(said);
}

std::string request_in_yaml(const Said& said, Instant at) {
  const std::string text = "  - request: " + std::string(said.type.text()) +
                           "\n    subject: " + said.subject + "\n    at: " + to_text(at) + "\n";
  return said.fields.empty() ? text : text + "    data:\n" + yaml_of_fields(said);
}

}  // namespace shinsa::properties::campaign
