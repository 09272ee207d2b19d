#include "cli/collect/read_mapping.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "cli/collect/read_file.hpp"
#include "model/vocabulary/suggest.hpp"
#include "scenarios/terms.hpp"

namespace shinsa::cli {

namespace {

using scenarios::Place;
using scenarios::Term;
using Kind = Term::Kind;

constexpr std::string_view kKeys[] = {"format", "separator", "columns",  "zone",   "time",
                                      "event",  "types",     "subjects", "ignore", "data"};
constexpr std::string_view kParts[] = {"id", "time", "type", "subject", "sequence", "source"};
constexpr std::string_view kOriginKeys[] = {"from", "always", "words", "time", "split"};

/// Stops at the first thing that is wrong.
class MappingReader {
 public:
  Result<sim::Mapping> read(const Term& root) {
    if (root.kind != Kind::map)
      tell(root.place, "this is no mapping", "write keys such as types: and event:");
    only_keys(root, kKeys);
    read_form(root);
    read_names(root);
    if (const Term* event = root.find("event")) read_event(*event);
    if (const Term* data = root.find("data")) read_data(*data);
    if (error_) return Failure(*error_);
    return std::move(mapping_);
  }

 private:
  void tell(const Place& place, std::string what, std::string remedy) {
    if (!error_) error_ = Error{std::move(what), place.text(), std::move(remedy)};
  }

  bool is_text(const Term& term, const std::string& key) {
    if (term.kind == Kind::text) return true;
    tell(term.place, "'" + key + "' is no text", "write one word or text after it");
    return false;
  }
  bool is_map(const Term& term, const std::string& key) {
    if (term.kind == Kind::map) return true;
    tell(term.place, key + ": is no map",
         "write their name and ours, as in order.done: certificate.issued");
    return false;
  }
  void only_keys(const Term& map, std::span<const std::string_view> known) {
    for (const auto& [key, value] : map.entries)
      if (std::ranges::count(known, std::string_view(key)) == 0)
        tell(value.key_place, "a mapping has no '" + key + "' here" + did_you_mean(key, known),
             "see: shinsa schema mapping");
  }

  void read_form(const Term& root) {
    if (const Term* format = root.find("format"); format && is_text(*format, "format")) {
      if (format->text == "csv")
        mapping_.format = sim::Mapping::Format::csv;
      else if (format->text != "jsonl")
        tell(format->place, "there is no format '" + format->text + "'", "it is jsonl or csv");
    }
    if (const Term* separator = root.find("separator");
        separator && is_text(*separator, "separator")) {
      if (separator->text.size() != 1 || separator->text == "\"" || separator->text == "\n")
        tell(separator->place, "a separator is one character, and no quote",
             "write \",\", \";\" or \"\\t\"");
      else
        mapping_.separator = separator->text.front();
    }
    if (const Term* columns = root.find("columns"))
      mapping_.columns = read_list(*columns, "columns");
    if (const Term* zone = root.find("zone"); zone && is_text(*zone, "zone")) read_zone(*zone);
    if (const Term* time = root.find("time"); time && is_text(*time, "time"))
      mapping_.time = read_time_form(*time);
  }

  std::vector<std::string> read_list(const Term& list, const std::string& key) {
    std::vector<std::string> texts;
    if (list.kind != Kind::list) tell(list.place, key + ": is no list", "write [a, b]");
    for (const Term& item : list.items)
      if (is_text(item, key)) texts.push_back(item.text);
    return texts;
  }

  /// Our own reader of times knows what an offset is.
  void read_zone(const Term& term) {
    const auto there = parse_instant("2000-01-01T00:00:00" + term.text);
    const auto here = parse_instant("2000-01-01T00:00:00Z");
    if (there)
      mapping_.zone = *here - *there;
    else
      tell(term.place, "'" + term.text + "' is no offset from UTC",
           "write \"+09:00\" or \"Z\"; names of zones are not known");
  }

  std::string read_time_form(const Term& term) {
    if (term.text == "unix" || term.text == "unix-ms") return term.text;
    for (std::size_t at = term.text.find('%'); at != std::string::npos;
         at = term.text.find('%', at + 2))
      if (at + 1 == term.text.size() ||
          std::string_view("YmdbHMSfz").find(term.text[at + 1]) == std::string_view::npos)
        tell(term.place, "'" + term.text.substr(at, 2) + "' means nothing in a form of times",
             "it has %Y %m %b %d %H %M %S %f %z");
    if (term.text.find("%Y") == std::string::npos)
      tell(term.place, "'" + term.text + "' is no form of times",
           "write unix, unix-ms or one such as \"%Y/%m/%d %H:%M:%S\"");
    return term.text;
  }

  // -- names

  void read_names(const Term& root) {
    std::vector<std::string_view> types, kinds;
    for (const EventType& type : kEventTypes) {
      types.push_back(type.name);
      for (std::int64_t i = 0; !choice_word(type.subject, i).empty(); ++i)
        kinds.push_back(choice_word(type.subject, i));
    }
    mapping_.names.types = names_of(root, "types", types);
    mapping_.names.subjects = names_of(root, "subjects", kinds);
    if (const Term* ignore = root.find("ignore"))
      for (std::string& word : read_list(*ignore, "ignore"))
        mapping_.ignore.insert(std::move(word));
  }

  /// One of the two maps. @param ours  the names that there are.
  std::map<std::string, std::string, std::less<>> names_of(
      const Term& root, const std::string& key, const std::vector<std::string_view>& ours) {
    std::map<std::string, std::string, std::less<>> names;
    const Term* const map = root.find(key);
    if (!map || !is_map(*map, key)) return names;
    for (const auto& [theirs, term] : map->entries) {
      if (std::ranges::count(ours, std::string_view(term.text)) == 0)
        tell(term.place, "'" + term.text + "' is none of our names" + did_you_mean(term.text, ours),
             "see: shinsa list events");
      names[theirs] = term.text;
    }
    return names;
  }

  // -- origins

  void read_event(const Term& event) {
    if (!is_map(event, "event")) return;
    only_keys(event, kParts);
    for (const auto& [name, term] : event.entries) {
      const auto at = std::ranges::find(sim::kEnvelope, std::string_view(name));
      if (at == sim::kEnvelope.end()) continue;
      mapping_.envelope[static_cast<std::size_t>(at - sim::kEnvelope.begin())] = read_origin(term);
    }
  }

  void read_data(const Term& data) {
    if (!is_map(data, "data")) return;
    for (const auto& [name, term] : data.entries) {
      if (name.find('.') == std::string::npos) {
        if (is_field(name, term)) mapping_.data[name] = read_origin(term);
        continue;
      }
      const auto type = find_type(name);
      if (!type) {
        std::vector<std::string_view> types;
        for (const EventType& one : kEventTypes) types.push_back(one.name);
        tell(term.key_place, "'" + name + "' is none of our names" + did_you_mean(name, types),
             "see: shinsa list events");
        continue;
      }
      if (is_map(term, name)) read_data_of(*type, term);
    }
  }

  void read_data_of(TypeIndex type, const Term& fields) {
    for (const auto& [name, term] : fields.entries) {
      if (!kEventTypes[type].field(name)) {
        std::vector<std::string_view> names;
        for (std::size_t i = 0; i < kFieldCounts[type]; ++i)
          names.push_back(kEventTypes[type].fields[i].name);
        tell(term.key_place,
             std::string(kEventTypes[type].name) + " has no field '" + name + "'" +
                 did_you_mean(name, names),
             "see: shinsa list events");
      }
      mapping_.data_of[type][name] = read_origin(term);
    }
  }

  /// Whether some type has the field.
  bool is_field(const std::string& name, const Term& term) {
    std::vector<std::string_view> names;
    for (const EventType& type : kEventTypes)
      for (std::size_t i = 0; i < type.field_count(); ++i) names.push_back(type.fields[i].name);
    if (std::ranges::count(names, std::string_view(name)) > 0) return true;
    tell(term.key_place, "no event has a field '" + name + "'" + did_you_mean(name, names),
         "see: shinsa list events");
    return false;
  }

  sim::Origin read_origin(const Term& term) {
    sim::Origin origin;
    if (term.kind == Kind::text) {
      origin.parts = read_parts(term);
      return origin;
    }
    if (!is_map(term, "an origin")) return origin;
    only_keys(term, kOriginKeys);
    const Term *from = term.find("from"), *always = term.find("always");
    if (!from == !always)
      tell(term.place, "an origin says from: or always:, one of them",
           "from: a column, pointer or pattern; always: a text");
    if (from && is_text(*from, "from")) origin.parts = read_parts(*from);
    if (always && is_text(*always, "always")) origin.parts = {{always->text, {}}};
    if (const Term* words = term.find("words"); words && is_map(*words, "words"))
      for (const auto& [theirs, ours] : words->entries)
        if (is_text(ours, "words")) origin.words[theirs] = ours.text;
    if (const Term* time = term.find("time"); time && is_text(*time, "time"))
      origin.time = read_time_form(*time);
    if (const Term* split = term.find("split"); split && is_text(*split, "split"))
      origin.split = split->text;
    return origin;
  }

  /// `application/{order}`, or a place alone.
  std::vector<sim::Origin::Part> read_parts(const Term& term) {
    if (term.text.find('{') == std::string::npos) return {{{}, place_in(term, term.text)}};
    std::vector<sim::Origin::Part> parts;
    std::string_view rest = term.text;
    while (!rest.empty()) {
      const std::size_t open = rest.find('{');
      sim::Origin::Part part{std::string(rest.substr(0, open)), {}};
      if (open != std::string_view::npos) {
        const std::size_t close = rest.find('}', open);
        if (close == std::string_view::npos) {
          tell(term.place, "a brace is not closed in '" + term.text + "'",
               "write one after the column");
          return parts;
        }
        part.place = place_in(term, std::string(rest.substr(open + 1, close - open - 1)));
        rest.remove_prefix(close + 1);
      } else {
        rest = {};
      }
      parts.push_back(std::move(part));
    }
    return parts;
  }

  std::string place_in(const Term& term, std::string place) {
    if (place.empty())
      tell(term.place, "no column and no pointer is named", "write what stands there");
    else if (mapping_.format == sim::Mapping::Format::jsonl && place.front() != '/')
      tell(term.place, "'" + place + "' is no JSON pointer", "write it as \"/" + place + "\"");
    return place;
  }

  sim::Mapping mapping_;
  std::optional<Error> error_;
};

}  // namespace

Result<sim::Mapping> parse_mapping(const std::string& file, const std::string& text) {
  std::vector<Error> errors;
  const Term root = scenarios::read_terms(scenarios::SourceText(file, text), errors);
  if (!errors.empty()) return Failure(errors.front());
  return MappingReader().read(root);
}

Result<sim::Mapping> read_mapping(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return Failure(text.error());
  return parse_mapping(path, *text);
}

std::string mapping_schema() {
  namespace json = boost::json;
  const auto text = [](std::string_view says) {
    return json::object{{"type", "string"}, {"description", says}};
  };
  const auto map_to = [](json::array words, std::string_view says) {
    return json::object{{"type", "object"},
                        {"description", says},
                        {"additionalProperties", json::object{{"enum", std::move(words)}}}};
  };
  json::array types, kinds;
  json::object parts, fields;
  const json::object origin{{"$ref", "#/definitions/origin"}};
  for (const std::string_view part : kParts) parts[part] = origin;
  for (const EventType& type : kEventTypes) {
    types.emplace_back(type.name);
    json::object own;
    for (std::size_t i = 0; i < type.field_count(); ++i) {
      own[type.fields[i].name] = origin;
      fields[type.fields[i].name] = origin;
    }
    fields[type.name] =
        json::object{{"type", "object"}, {"properties", own}, {"additionalProperties", false}};
    for (std::int64_t i = 0; !choice_word(type.subject, i).empty(); ++i)
      if (const json::value kind(choice_word(type.subject, i));
          std::ranges::find(kinds, kind) == kinds.end())
        kinds.push_back(kind);
  }
  const json::object an_origin{
      {"type", "object"},
      {"properties",
       json::object{{"from", text("a column, a JSON pointer, or a pattern: application/{order}")},
                    {"always", text("a text, whatever the record says")},
                    {"words", json::object{{"type", "object"},
                                           {"description", "their words and ours"},
                                           {"additionalProperties", text("our word")}}},
                    {"time", text("the form of this time")},
                    {"split", text("what stands between the items of a list")}}},
      {"additionalProperties", false}};
  const json::object list{{"type", "array"}, {"items", json::object{{"type", "string"}}}};
  const json::object schema{
      {"$schema", "http://json-schema.org/draft-07/schema#"},
      {"$id", "urn:shinsa:mapping:1"},
      {"title", "shinsa-mapping/1: how a log of another form is read"},
      {"type", "object"},
      {"properties",
       json::object{{"format", json::object{{"enum", json::array{"jsonl", "csv"}}}},
                    {"separator", text("between the columns of CSV; a comma if nothing is said")},
                    {"columns", list},
                    {"zone", text("offset of times that state none: +09:00")},
                    {"time", text("unix, unix-ms or %Y/%m/%d %H:%M:%S and the like")},
                    {"event", json::object{{"type", "object"},
                                           {"properties", parts},
                                           {"additionalProperties", false}}},
                    {"types", map_to(types, "their types and ours")},
                    {"subjects", map_to(kinds, "their kinds of subject and ours")},
                    {"ignore", list},
                    {"data", json::object{{"type", "object"},
                                          {"properties", fields},
                                          {"additionalProperties", false}}}}},
      {"additionalProperties", false},
      {"definitions",
       json::object{{"origin", json::object{{"anyOf", json::array{json::object{{"type", "string"}},
                                                                  an_origin}}}}}}};
  return json::serialize(schema) + "\n";
}

}  // namespace shinsa::cli
