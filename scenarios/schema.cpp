#include "scenarios/schema.hpp"

#include <boost/json.hpp>

#include "model/catalogue/catalogue.hpp"
#include "model/vocabulary/events.hpp"
#include "sim/conduct/ways.hpp"

namespace shinsa::scenarios {

namespace {

namespace json = boost::json;

json::value text(std::string_view says = {}) {
  json::object schema{{"type", "string"}};
  if (!says.empty()) schema["description"] = says;
  return schema;
}

json::array words(std::string_view choices) {
  json::array all;
  for (std::int64_t i = 0; !choice_word(choices, i).empty(); ++i)
    all.emplace_back(choice_word(choices, i));
  return all;
}

/// A scalar of a scenario: text of any kind, because `${name}` may stand for it and YAML's own
/// typing does not apply.
json::value scalar(const FieldType& field) {
  json::object schema{{"description", field.says}};
  if (field.kind == FieldKind::list) {
    schema["type"] = "array";
    schema["items"] = json::object{{"type", "string"}};
  } else if (field.kind == FieldKind::choice) {
    schema["anyOf"] = json::array{json::object{{"enum", words(field.choices)}},
                                  json::object{{"type", "string"}, {"pattern", "^\\$\\{"}},
                                  json::object{{"type", "null"}}};
  } else if (field.name == "csr") {
    schema["type"] = json::array{"string", "object", "null"};
  } else {
    schema["type"] = json::array{"string", "number", "boolean", "null"};
  }
  return schema;
}

json::value field_of_event(const FieldType& field) {
  json::object schema{{"description", field.says}};
  switch (field.kind) {
    case FieldKind::text:
      schema["type"] = "string";
      break;
    case FieldKind::choice:
      schema["enum"] = words(field.choices);
      break;
    case FieldKind::number:
      schema["type"] = "integer";
      break;
    case FieldKind::truth:
      schema["type"] = "boolean";
      break;
    case FieldKind::instant:
      schema["type"] = "string";
      schema["format"] = "date-time";
      break;
    case FieldKind::list:
      schema["type"] = "array";
      schema["items"] = json::object{{"type", "string"}};
      break;
  }
  return schema;
}

json::object fields(const EventType& type) {
  json::object properties;
  for (std::size_t i = 0; i < type.field_count(); ++i)
    properties[type.fields[i].name] = scalar(type.fields[i]);
  return properties;
}

json::array names_of(Sort sort) {
  json::array names;
  for (const EventType& type : kEventTypes)
    if (type.sort == sort) names.emplace_back(type.name);
  return names;
}

/// For each type of a sort: if the verb names it, `data` has its fields.
json::array data_by_type(std::string_view verb, Sort sort) {
  json::array rules;
  for (const EventType& type : kEventTypes) {
    if (type.sort != sort) continue;
    json::object data{{"type", "object"},
                      {"properties", fields(type)},
                      {"patternProperties", json::object{{"^\\$\\{", json::object{}}}},
                      {"additionalProperties", false}};
    if (sort == Sort::action && type.field("text"))
      data["properties"].as_object()["text_has"] =
          json::object{{"type", json::array{"string", "array"}}};
    rules.push_back(json::object{
        {"if",
         json::object{{"properties", json::object{{verb, json::object{{"const", type.name}}}}},
                      {"required", json::array{verb}}}},
        {"then", json::object{{"properties", json::object{{"data", data}}}}}});
  }
  return rules;
}

json::value clause_list() {
  json::array ids;
  for (const Clause& one : clauses()) ids.emplace_back(one.id);
  return json::object{
      {"anyOf",
       json::array{
           json::object{
               {"type", "array"},
               {"items",
                json::object{{"anyOf", json::array{json::object{{"enum", ids}},
                                                   json::object{{"type", "string"},
                                                                {"pattern", "^\\$\\{"}}}}}}},
           json::object{{"type", "string"}, {"pattern", "^\\$\\{"}}}}};
}

json::value reading_map() {
  json::object properties;
  for (const Reading& reading : readings()) {
    json::array names;
    for (const Alternative& one : reading.alternatives) names.emplace_back(one.name);
    properties[reading.id] = json::object{{"enum", names}, {"description", reading.issue_en}};
  }
  return json::object{
      {"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
}

json::value given() {
  json::object conduct;
  for (const sim::OfSystem& of : sim::all_ways())
    for (const sim::Choice& choice : sim::choices_of(of.system))
      conduct[choice.name] = text(choice.says);
  return json::object{
      {"type", "object"},
      {"properties",
       json::object{
           {"use", json::object{{"type", "array"}, {"items", text()}}},
           {"start", text("virtual time at which the story starts")},
           {"facts", json::object{{"type", "array"}, {"items", json::object{{"type", "object"}}}}},
           {"conduct", json::object{{"type", "object"},
                                    {"properties", conduct},
                                    {"additionalProperties", false}}},
           {"faults", json::object{{"type", "array"}, {"items", text("such as mail:spam@nth=1")}}},
           {"readings", reading_map()}}},
      {"additionalProperties", false}};
}

json::value part(const json::array& systems) {
  return json::object{{"type", "object"},
                      {"properties", json::object{{"system", json::object{{"enum", systems}}},
                                                  {"given", given()},
                                                  {"requires", reading_map()},
                                                  {"mutants", json::object{{"type", "array"}}}}},
                      {"required", json::array{"system"}},
                      {"additionalProperties", false}};
}

json::value keep() {
  return json::object{{"type", "object"},
                      {"description", "names for texts of the action that was seen: {name: field}"},
                      {"additionalProperties", json::object{{"type", "string"}}}};
}

json::value step() {
  json::array rules = data_by_type("request", Sort::request);
  for (const char* verb : {"expect", "never"})
    for (auto& rule : data_by_type(verb, Sort::action)) rules.push_back(rule);
  return json::object{
      {"type", "object"},
      {"properties",
       json::object{
           {"request", json::object{{"enum", names_of(Sort::request)}}},
           {"expect", json::object{{"enum", names_of(Sort::action)}}},
           {"never", json::object{{"enum", names_of(Sort::action)}}},
           {"wait", text("P1D, or an instant")},
           {"mailbox", text("an address")},
           {"each", json::object{{"type", "array"}, {"items", json::object{{"type", "object"}}}}},
           {"steps", json::object{{"type", "array"}}},
           {"in", text("the part in which it happens")},
           {"subject", text()},
           {"data", json::object{{"type", "object"}}},
           {"from", text("a block whose data is laid under the step's")},
           {"at", text("virtual time")},
           {"after", text("so long after the step before")},
           {"within", text()},
           {"not_before", text()},
           {"refused", clause_list()},
           {"as", text("a name for the subject that was seen")},
           {"keep", keep()}}},
      {"allOf", rules}};
}

/// Two blanks a level, keys in the order they were put in.
void pretty(const json::value& value, std::string& out, std::size_t depth) {
  const std::string margin(depth * 2 + 2, ' ');
  const auto close = [&](char bracket) { out += "\n" + std::string(depth * 2, ' ') + bracket; };
  if (value.is_object() && !value.get_object().empty()) {
    const char* separator = "{\n";
    for (const auto& [key, item] : value.get_object()) {
      out += separator + margin + json::serialize(json::string(key)) + ": ";
      pretty(item, out, depth + 1);
      separator = ",\n";
    }
    close('}');
  } else if (value.is_array() && !value.get_array().empty() &&
             !value.get_array().front().is_string()) {
    const char* separator = "[\n";
    for (const auto& item : value.get_array()) {
      out += separator + margin;
      pretty(item, out, depth + 1);
      separator = ",\n";
    }
    close(']');
  } else {
    out += json::serialize(value);
  }
}

std::string pretty(const json::value& value) {
  std::string out;
  pretty(value, out, 0);
  return out + "\n";
}

}  // namespace

std::string scenario_schema() {
  json::array systems;
  for (const Page& page : pages()) systems.emplace_back(page.system);
  return pretty(json::object{
      {"$schema", "http://json-schema.org/draft-07/schema#"},
      {"$id", "urn:shinsa:scenario:1"},
      {"title", "A Shinsa scenario file"},
      {"type", "object"},
      {"required", json::array{"title", "title_ja", "steps"}},
      {"anyOf", json::array{json::object{{"required", json::array{"system"}}},
                            json::object{{"required", json::array{"parts"}}}}},
      {"additionalProperties", false},
      {"properties",
       json::object{
           {"title", text()},
           {"title_ja", text()},
           {"system", json::object{{"enum", systems}}},
           {"covers", clause_list()},
           {"requires", reading_map()},
           {"given", given()},
           {"parts", json::object{{"type", "object"}, {"additionalProperties", part(systems)}}},
           {"tags", json::object{{"type", "array"}, {"items", text()}}},
           {"mutants", json::object{{"type", "array"}, {"items", text()}}},
           {"steps", json::object{{"type", "array"}, {"minItems", 1}, {"items", step()}}},
           {"examples",
            json::object{{"type", "array"}, {"items", json::object{{"type", "object"}}}}}}}});
}

std::string event_schema() {
  json::array rules;
  for (const EventType& type : kEventTypes) {
    json::object properties;
    json::array required;
    for (std::size_t i = 0; i < type.field_count(); ++i) {
      properties[type.fields[i].name] = field_of_event(type.fields[i]);
      if (type.fields[i].required) required.emplace_back(type.fields[i].name);
    }
    json::object then{{"properties", json::object{{"data", json::object{{"type", "object"},
                                                                        {"description", type.says},
                                                                        {"properties", properties},
                                                                        {"required", required}}}}}};
    if (!required.empty()) then["required"] = json::array{"data"};
    rules.push_back(json::object{
        {"if",
         json::object{{"properties", json::object{{"type", json::object{{"const", type.name}}}}}}},
        {"then", then}});
  }
  return pretty(json::object{
      {"$schema", "http://json-schema.org/draft-07/schema#"},
      {"$id", "urn:shinsa:event:1"},
      {"title", "One line of shinsa-events/1"},
      {"type", "object"},
      {"required", json::array{"id", "time", "type", "subject"}},
      {"properties",
       json::object{
           {"id", json::object{{"type", "string"}, {"minLength", 1}, {"maxLength", 256}}},
           {"time", json::object{{"type", "string"}, {"format", "date-time"}}},
           {"type", text("unknown types are kept and not judged")},
           {"subject", json::object{{"type", "string"}, {"minLength", 1}, {"maxLength", 256}}},
           {"data", json::object{{"type", "object"}}}}},
      {"allOf", rules}});
}

}  // namespace shinsa::scenarios
