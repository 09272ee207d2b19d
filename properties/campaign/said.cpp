#include "properties/campaign/said.hpp"

#include "properties/saved_story.hpp"

namespace shinsa::properties::campaign {

using Kind = Field::Kind;

constexpr std::size_t kFieldsMost = 10;  // of nearly everything that is said

namespace {

CsrSpec spec_of(const Field& field) { return static_cast<CsrSpec>(field.number); }

void set(RecordBuilder& record, const EventType& type, const Field& field, Facts& facts) {
  switch (field.kind) {
    case Kind::text:
    case Kind::code:
      record.set(field.name, std::string_view(field.text));
      return;
    case Kind::truth:
      record.set(field.name, field.number != 0);
      return;
    case Kind::number:
      record.set(field.name, field.number);
      return;
    case Kind::instant:
      record.set(field.name, Instant{field.number});
      return;
    case Kind::list: {
      std::vector<TextId> items;
      items.reserve(field.items.size());
      for (const std::string& item : field.items) items.push_back(facts.intern(item));
      record.set(field.name, facts.intern_list(items));
      return;
    }
    case Kind::csr: {
      const Csr& csr = csr_of(spec_of(field), field.text);
      record.set("csr", std::string_view(csr.text)).set("csr_cn", std::string_view(csr.cn));
      if (!csr.names.empty() && type.field("csr_names")) {
        std::vector<TextId> names;
        names.reserve(csr.names.size());
        for (const std::string& name : csr.names) names.push_back(facts.intern(name));
        record.set("csr_names", facts.intern_list(names));
      }
      if (!csr.key.empty()) record.set("key", std::string_view(csr.key));
      if (!csr.problem.empty()) record.set("csr_problem", std::string_view(csr.problem));
      return;
    }
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

std::string yaml(const std::vector<Field>& fields) {
  std::string text;
  for (const Field& field : fields)
    text += "      " + std::string(field.name) + ": " + yaml(field) + "\n";
  return text;
}

}  // namespace

Field& Said::add(std::string_view name, Kind kind) {
  if (fields.empty()) fields.reserve(kFieldsMost);
  Field& field = fields.emplace_back();
  field.name = name;
  field.kind = kind;
  return field;
}

void Said::text(std::string_view name, std::string value) {
  add(name, Kind::text).text = std::move(value);
}
void Said::list(std::string_view name, std::vector<std::string> items) {
  add(name, Kind::list).items = std::move(items);
}
void Said::truth(std::string_view name, bool yes) { add(name, Kind::truth).number = yes; }
void Said::number(std::string_view name, std::int64_t value) {
  add(name, Kind::number).number = value;
}
void Said::instant(std::string_view name, Instant value) {
  add(name, Kind::instant).number = value.seconds;
}
void Said::csr(CsrSpec spec, std::string cn) {
  Field& field = add("csr", Kind::csr);
  field.text = std::move(cn);
  field.number = spec;
}
void Said::code(std::string value, bool mailed, const std::string& to) {
  Field& field = add("code", Kind::code);
  field.text = std::move(value);
  field.number = mailed;
  if (!to.empty()) field.items.push_back(to);
}
void Said::drop(std::string_view name) {
  std::erase_if(fields, [&](const Field& f) { return f.name == name; });
}
void Said::replace(std::string_view name, std::string value) {
  drop(name);
  text(name, std::move(value));
}

RecordId record_of(const Said& said, Facts& facts) {
  const TypeIndex type = said.type.index;
  RecordBuilder record(facts, type);
  for (const Field& field : said.fields) set(record, kEventTypes[type], field, facts);
  return record.build();
}

std::string fact_in_yaml(const Said& said) {
  return "    - " + std::string(said.type.text()) + ": " + said.subject + "\n" + yaml(said.fields);
}

std::string request_in_yaml(const Said& said, Instant at) {
  const std::string text = "  - request: " + std::string(said.type.text()) +
                           "\n    subject: " + said.subject + "\n    at: " + to_text(at) + "\n";
  return said.fields.empty() ? text : text + "    data:\n" + yaml(said.fields);
}

}  // namespace shinsa::properties::campaign
