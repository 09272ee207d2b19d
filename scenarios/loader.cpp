#include "scenarios/loader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <span>

#include "fakes/ca/key_pool.hpp"
#include "model/catalogue/catalogue.hpp"
#include "model/vocabulary/events.hpp"
#include "model/vocabulary/suggest.hpp"
#include "scenarios/parts.hpp"
#include "scenarios/terms.hpp"
#include "sim/conduct.hpp"
#include "sim/conduct/ways.hpp"
#include "sim/fault.hpp"

namespace shinsa::scenarios {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string_view>;

const Words kStoryKeys{"title", "title_ja", "system", "covers",  "requires", "given",
                       "parts", "steps",    "tags",   "mutants", "examples"};
const Words kWorldKeys{"title", "title_ja", "system", "given", "horizon", "instants", "menu"};
const Words kGivenKeys{"use", "start", "facts", "conduct", "faults", "readings"};
const Words kBlockKeys{"says", "start", "facts", "conduct", "faults", "readings", "data"};
const Words kVerbs{"request", "expect", "never", "wait", "mailbox"};
const Words kCsrKeys{"key", "cn", "sans", "organisation", "marks", "spoil"};

/// Reads one story: the terms of its file with one row of examples put in.
class StoryReader {
 public:
  /// @param names  that steps of the file give to what they see (`as:`).
  StoryReader(const Term& blocks, std::vector<Error>& errors, std::vector<std::string> names)
      : blocks_(blocks), errors_(errors), names_(std::move(names)) {}

  Story read(const Term& root) {
    Story story;
    known_keys(root, kStoryKeys, "a story");
    read_head(root, story);
    if (const Term* covers = root.find("covers")) story.covers = clause_ids(*covers, story.system);
    if (const Term* wanted = root.find("requires")) story.requires_ = readings_of(*wanted);
    if (const Term* tags = root.find("tags")) story.tags = texts_of(*tags);
    if (const Term* mutants = root.find("mutants")) story.mutants = texts_of(*mutants);
    read_given(root, story);
    read_steps(root, story);
    return story;
  }

  BoundedWorld read_world(const Term& root) {
    BoundedWorld world;
    known_keys(root, kWorldKeys, "a bounded world");
    read_head(root, world.story);
    read_given(root, world.story);
    if (const Term* horizon = root.find("horizon"))
      world.horizon = duration_of(*horizon).value_or(Duration{});
    else
      tell(root.place, "'horizon' is missing", "say how much time may pass: horizon: P60D");
    if (const Term* instants = root.find("instants")) {
      (void)texts_of(*instants);
      for (const Term& one : instants->items)
        if (const auto instant = instant_of(one)) world.instants.push_back(*instant);
    }
    const Term* const menu = root.find("menu");
    if (!menu || menu->kind != Term::Kind::list || menu->items.empty())
      tell(menu ? menu->place : root.place, "a bounded world has a menu", "add menu:");
    else
      for (const Term& item : menu->items) world.menu.push_back(read_item(item, world.story));
    return world;
  }

 private:
  void read_head(const Term& root, Story& story) {
    story.place = root.place;
    story.title_en = text_of(root, "title", true);
    story.title_ja = text_of(root, "title_ja", true);
    story.system = text_of(root, "system", true);
    check_system(root, story.system);
  }

  /// `- request: ...` with `times:`, `follows:` and `of:` besides.
  MenuItem read_item(const Term& term, const Story& story) {
    MenuItem item;
    Term request = term;
    std::erase_if(request.entries, [](const auto& entry) {
      return entry.key == "times" || entry.key == "follows" || entry.key == "of";
    });
    const Term* const what = term.find("request");
    if (term.kind != Term::Kind::map || !what) {
      tell(term.place, "what stands in a menu is a request", "write - request: inquiry.received");
      return item;
    }
    if (const Term* times = term.find("times"); times && !(item.times = count_of(*times)))
      tell(times->place, "'times' is a number from 1 to 9");
    if (const Term* follows = term.find("follows")) {
      item.follows = follows->text;
      names_ = {"subject"};
      if (const auto type = find_type(item.follows))
        for (std::size_t i = 0; i < kEventTypes[*type].field_count(); ++i)
          names_.emplace_back(kEventTypes[*type].fields[i].name);
      else
        tell(follows->place, "there is no event type '" + item.follows + "'",
             "see: shinsa list events");
    }
    item.request.place = term.place;
    read_request(request, *what, item.request, story);
    item.of = term.find("of") ? text_of(term, "of", true) : item.request.subject;
    names_.clear();
    return item;
  }

  static unsigned count_of(const Term& term) {
    const bool one_digit = term.text.size() == 1 && term.text[0] >= '1' && term.text[0] <= '9';
    return one_digit ? static_cast<unsigned>(term.text[0] - '0') : 0;
  }

  // -- telling
  // ------------------------------------------------------------------------------------------------------------

  void tell(const Place& place, std::string what, std::string remedy = {}) {
    errors_.push_back({std::move(what), place.text(), std::move(remedy)});
  }
  static const Place& key_place(const Term& value) {
    return value.key_place.line ? value.key_place : value.place;
  }

  void known_keys(const Term& map, const Words& known, std::string_view whose) {
    if (map.kind != Term::Kind::map)
      return tell(map.place, std::string(whose) + " is a map of keys and values",
                  "write key: value");
    for (const auto& [key, value] : map.entries)
      if (std::ranges::count(known, std::string_view(key)) == 0)
        tell(key_place(value),
             std::string(whose) + " has no key '" + key + "'" + did_you_mean(key, known));
  }

  // -- simple values
  // ------------------------------------------------------------------------------------------------------

  std::string text_of(const Term& map, std::string_view key, bool needed) {
    const Term* const value = map.find(key);
    if (!value) {
      if (needed) tell(map.place, "'" + std::string(key) + "' is missing", "add it");
      return {};
    }
    if (value->kind != Term::Kind::text || value->is_null) {
      tell(value->place, "'" + std::string(key) + "' is not a text");
      return {};
    }
    return value->text;
  }

  std::vector<std::string> texts_of(const Term& list) {
    std::vector<std::string> all;
    if (list.kind != Term::Kind::list) {
      tell(list.place, "here stands a list", "write [one, two]");
      return all;
    }
    for (const Term& item : list.items) {
      if (item.kind != Term::Kind::text)
        tell(item.place, "here stands a text");
      else
        all.push_back(item.text);
    }
    return all;
  }

  std::map<std::string, std::string> pairs_of(const Term& map) {
    std::map<std::string, std::string> all;
    if (map.kind != Term::Kind::map) tell(map.place, "here stands a map", "write {name: value}");
    for (const auto& [key, value] : map.entries) all[key] = value.text;
    return all;
  }

  std::optional<Instant> instant_of(const Term& value) {
    const auto instant = parse_instant(value.text);
    if (!instant) {
      tell(value.place, instant.error().what, instant.error().remedy);
      return std::nullopt;
    }
    return *instant;
  }

  std::optional<Duration> duration_of(const Term& value) {
    const auto duration = parse_duration(value.text);
    if (!duration) {
      tell(value.place, duration.error().what, duration.error().remedy);
      return std::nullopt;
    }
    return *duration;
  }

  // -- names of the catalogue
  // ---------------------------------------------------------------------------------------------

  void check_system(const Term& root, const std::string& system) {
    Words names;
    for (const Page& page : pages()) names.push_back(page.system);
    if (!system.empty() && std::ranges::count(names, std::string_view(system)) == 0)
      tell(root.find("system")->place,
           "there is no system '" + system + "'" + did_you_mean(system, names),
           "see: shinsa list systems");
  }

  std::vector<std::string> clause_ids(const Term& list, const std::string& system) {
    std::vector<std::string> ids = texts_of(list);
    if (list.kind != Term::Kind::list) return {};
    for (const Term& item : list.items) {
      const auto index = find_clause(item.text);
      if (!index) {
        Words known;
        for (const Clause& one : clauses()) known.push_back(one.id);
        tell(item.place, "there is no clause '" + item.text + "'" + did_you_mean(item.text, known),
             "see: shinsa list clauses");
      } else if (const Clause& one = clause(*index); !one.system.empty() && one.system != system) {
        tell(item.place,
             item.text + " is a clause of " + std::string(one.system) + ", not of " + system);
      }
    }
    return ids;
  }

  std::map<std::string, std::string> readings_of(const Term& map) {
    auto all = pairs_of(map);
    for (const auto& [key, value] : map.entries) {
      const Reading* const reading = find_reading(key);
      if (!reading) {
        Words known;
        for (const Reading& one : readings()) known.push_back(one.id);
        tell(key_place(value), "there is no reading '" + key + "'" + did_you_mean(key, known),
             "see: shinsa list readings");
        continue;
      }
      Words names;
      for (const Alternative& one : reading->alternatives) names.push_back(one.name);
      if (std::ranges::count(names, std::string_view(value.text)) == 0)
        tell(value.place,
             key + " has no alternative '" + value.text + "'" + did_you_mean(value.text, names),
             "see: shinsa explain " + key);
    }
    return all;
  }

  // -- given
  // --------------------------------------------------------------------------------------------------------------

  void read_given(const Term& root, Story& story) {
    const Term* const given = root.find("given");
    bool has_start = false;
    if (given) {
      known_keys(*given, kGivenKeys, "given");
      if (const Term* use = given->find("use"); use && use->kind == Term::Kind::list)
        for (const Term& name : use->items)
          if (const Term* block = block_of(name)) has_start = lay(*block, story) || has_start;
      has_start = lay(*given, story) || has_start;
    }
    if (!has_start)
      tell(given ? given->place : root.place, "nothing says when the story starts",
           "add start: to given, or use a block that has one");
    const auto system = std::ranges::find(sim::all_ways(), story.system, &sim::OfSystem::name);
    if (system == sim::all_ways().end()) return;
    auto conduct = sim::Conduct::make(system->system, story.conduct);
    if (!conduct)
      tell(given ? given->place : root.place, conduct.error().what, conduct.error().remedy);
  }

  const Term* block_of(const Term& name) {
    if (const Term* block = blocks_.find(name.text)) return block;
    Words known;
    for (const auto& [key, value] : blocks_.entries) known.push_back(key);
    tell(name.place,
         "there is no block '" + name.text + "' in given.yaml" + did_you_mean(name.text, known));
    return nullptr;
  }

  /// Lays a block over the story. @return whether it says when the story starts.
  bool lay(const Term& block, Story& story) {
    if (const Term* facts = block.find("facts")) {
      if (facts->kind != Term::Kind::list) tell(facts->place, "facts are a list");
      for (const Term& fact : facts->items) read_fact(fact, story);
    }
    if (const Term* conduct = block.find("conduct"))
      for (const auto& [name, option] : pairs_of(*conduct)) story.conduct[name] = option;
    if (const Term* readings = block.find("readings"))
      for (const auto& [id, name] : readings_of(*readings)) story.readings[id] = name;
    if (const Term* faults = block.find("faults")) {
      for (const std::string& text : texts_of(*faults)) story.faults.push_back(text);
      for (const Term& item : faults->items)
        if (const auto fault = sim::parse_fault(item.text); !fault)
          tell(item.place, fault.error().what, fault.error().remedy);
    }
    const Term* const start = block.find("start");
    if (!start) return false;
    if (const auto instant = instant_of(*start)) story.start = *instant;
    return true;
  }

  void read_fact(const Term& term, Story& story) {
    if (term.kind != Term::Kind::map || term.entries.empty())
      return tell(term.place, "a fact is a map", "write - fact.certificate: certificate/A");
    Fact fact;
    fact.place = term.place;
    fact.type = term.entries.front().key;
    fact.subject = term.entries.front().value.text;
    const auto type = type_of(fact.type, key_place(term.entries.front().value), Sort::fact);
    if (!type) return;
    check_subject(*type, fact.subject, term.entries.front().value.place);
    for (std::size_t i = 1; i < term.entries.size(); ++i)
      add_field(fact.data, *type, term.entries[i].key, term.entries[i].value, false);
    need_fields(*type, fact.data, term.place);
    story.facts.push_back(std::move(fact));
  }

  // -- steps
  // --------------------------------------------------------------------------------------------------------------

  void read_steps(const Term& root, Story& story) {
    const Term* const steps = root.find("steps");
    if (!steps || steps->kind != Term::Kind::list || steps->items.empty())
      return tell(steps ? steps->place : root.place, "a story has steps", "add steps:");
    for (const Term& step : steps->items) read_step(step, story);
  }

  void read_step(const Term& term, Story& story) {
    if (term.kind != Term::Kind::map || term.entries.empty())
      return tell(term.place, "a step is a map", "write - request: inquiry.received");
    const auto& [verb, what] = term.entries.front();
    Step step;
    step.place = term.place;
    if (verb == "request")
      read_request(term, what, step, story);
    else if (verb == "expect" || verb == "never")
      read_expectation(term, what, step, verb == "expect");
    else if (verb == "wait")
      read_wait(term, what, step);
    else if (verb == "mailbox")
      read_mailbox(term, what, step);
    else
      return tell(key_place(what),
                  "no step starts with '" + verb + "'" + did_you_mean(verb, kVerbs),
                  "a step starts with request, expect, never, wait or mailbox");
    story.steps.push_back(std::move(step));
  }

  void read_request(const Term& term, const Term& what, Step& step, const Story& story) {
    static const Words kKeys{"request", "subject", "at", "after", "from", "data", "refused"};
    known_keys(term, kKeys, "a request");
    step.verb = Step::Verb::request;
    step.type = what.text;
    step.subject = text_of(term, "subject", true);
    read_times(term, step);
    const auto type = type_of(step.type, what.place, Sort::request);
    if (!type) return;
    if (const Term* subject = term.find("subject"))
      check_subject(*type, step.subject, subject->place);
    read_data(term, *type, step.data, false);
    need_fields(*type, step.data, term.place);
    if (const Term* refused = term.find("refused"))
      step.refused = clause_ids(*refused, story.system);
  }

  void read_expectation(const Term& term, const Term& what, Step& step, bool expected) {
    static const Words kExpectKeys{"expect", "subject",    "from", "data",
                                   "within", "not_before", "as",   "keep"};
    static const Words kNeverKeys{"never", "subject", "from", "data"};
    known_keys(term, expected ? kExpectKeys : kNeverKeys, expected ? "an expectation" : "a never");
    step.verb = expected ? Step::Verb::expect : Step::Verb::never;
    step.type = what.text;
    step.subject = text_of(term, "subject", false);
    if (const Term* within = term.find("within")) step.within = duration_of(*within);
    if (const Term* not_before = term.find("not_before"))
      step.not_before = duration_of(*not_before);
    step.as = text_of(term, "as", false);
    if (const auto type = type_of(step.type, what.place, Sort::action)) {
      read_data(term, *type, step.data, true);
      if (const Term* keep = term.find("keep")) read_keep(*keep, *type, step);
    }
  }

  /// `keep: {token: token}`: what to call a field of the action that was seen.
  void read_keep(const Term& keep, TypeIndex type, Step& step) {
    if (keep.kind != Term::Kind::map)
      return tell(keep.place, "keep is a map of names and fields", "write {name: field}");
    for (const auto& [name, field] : keep.entries) {
      const auto known = kEventTypes[type].field(field.text);
      if (!known) {
        Words fields;
        for (std::size_t i = 0; i < kEventTypes[type].field_count(); ++i)
          fields.push_back(kEventTypes[type].fields[i].name);
        tell(field.place,
             std::string(kEventTypes[type].name) + " has no field '" + field.text + "'" +
                 did_you_mean(field.text, fields),
             "see: shinsa list events");
      } else if (kEventTypes[type].fields[*known].kind != FieldKind::text) {
        tell(field.place, "only a text can be kept, and '" + field.text + "' is none");
      }
      step.keep.emplace_back(name, field.text);
    }
  }

  void read_wait(const Term& term, const Term& what, Step& step) {
    static const Words kKeys{"wait"};
    known_keys(term, kKeys, "a wait");
    step.verb = Step::Verb::wait;
    if (what.text.starts_with('P'))
      step.after = duration_of(what);
    else
      step.at = instant_of(what);
  }

  void read_mailbox(const Term& term, const Term& what, Step& step) {
    static const Words kKeys{"mailbox", "data"};
    static const Words kData{"folder", "subject", "count"};
    known_keys(term, kKeys, "a mailbox step");
    step.verb = Step::Verb::mailbox;
    step.subject = what.text;
    const Term* const data = term.find("data");
    if (!data)
      return tell(term.place, "a mailbox step says what lies there",
                  "add data: {folder: inbox, subject: ...}");
    known_keys(*data, kData, "what lies in a mailbox");
    for (const auto& [key, value] : data->entries) {
      if (key == "folder" && value.text != "inbox" && value.text != "spam")
        tell(value.place, "there is no folder '" + value.text + "'", "it is inbox or spam");
      if (key == "count" &&
          (value.text.empty() || value.text.size() > 6 ||
           !std::ranges::all_of(value.text, [](char c) { return c >= '0' && c <= '9'; })))
        tell(value.place, "'count' is a number");
      else
        step.data.push_back({key, value, key_place(value)});
    }
  }

  void read_times(const Term& term, Step& step) {
    const Term* const at = term.find("at");
    const Term* const after = term.find("after");
    if (at && after)
      tell(key_place(*after), "a step has 'at' or 'after', not both", "keep one of them");
    if (at) step.at = instant_of(*at);
    if (after) step.after = duration_of(*after);
  }

  /// The block under `from:`, then the step's own data over it, field by field.
  void read_data(const Term& term, TypeIndex type, std::vector<Entry>& data, bool expected) {
    if (const Term* from = term.find("from"))
      if (const Term* block = block_of(*from))
        if (const Term* laid = block->find("data"))
          for (const auto& [key, value] : laid->entries)
            add_field(data, type, key, value, expected);
    if (const Term* own = term.find("data")) {
      if (own->kind != Term::Kind::map) return tell(own->place, "data is a map of fields");
      for (const auto& [key, value] : own->entries) add_field(data, type, key, value, expected);
    }
  }

  // -- fields of events
  // ---------------------------------------------------------------------------------------------------

  std::optional<TypeIndex> type_of(const std::string& name, const Place& place, Sort sort) {
    const auto type = find_type(name);
    if (type && kEventTypes[*type].sort == sort) return type;
    Words known;
    for (const EventType& one : kEventTypes)
      if (one.sort == sort) known.push_back(one.name);
    if (type)
      tell(place,
           name + " is a " + std::string(to_text(kEventTypes[*type].sort)) + ", here stands a " +
               std::string(to_text(sort)),
           "see: shinsa list events");
    else
      tell(place, "there is no event type '" + name + "'" + did_you_mean(name, known),
           "see: shinsa list events");
    return std::nullopt;
  }

  void check_subject(TypeIndex type, const std::string& subject, const Place& place) {
    if (subject.find("${") == std::string::npos && !is_about_such(kEventTypes[type], subject))
      tell(place, "the subject of " + std::string(kEventTypes[type].name) + " is '" + subject + "'",
           "it has the form " + subject_forms(kEventTypes[type]));
  }

  void add_field(std::vector<Entry>& data, TypeIndex type, const std::string& key,
                 const Term& value, bool expected) {
    std::erase_if(data, [&](const Entry& entry) { return entry.name == key; });
    const auto field = kEventTypes[type].field(key);
    const bool text_has = expected && key == "text_has" && kEventTypes[type].field("text");
    if (!field && !text_has) {
      Words known;
      for (std::size_t i = 0; i < kEventTypes[type].field_count(); ++i)
        known.push_back(kEventTypes[type].fields[i].name);
      return tell(key_place(value),
                  std::string(kEventTypes[type].name) + " has no field '" + key + "'" +
                      did_you_mean(key, known),
                  "see: shinsa list events");
    }
    if (value.is_null) return;
    if (field) check_value(kEventTypes[type].fields[*field], value);
    data.push_back({key, value, key_place(value)});
  }

  void check_value(const FieldType& field, const Term& value) {
    const std::string name = "'" + std::string(field.name) + "'";
    if (field.name == "csr" && value.kind == Term::Kind::map) return check_csr(value);
    if (field.kind == FieldKind::list) {
      if (value.kind != Term::Kind::list)
        tell(value.place, name + " is a list", "write [one, two]");
      return;
    }
    if (value.kind != Term::Kind::text)
      return tell(value.place, name + " is one value", "not a list or a map");
    if (value.text.find("${") != std::string::npos) return check_variable(value);
    switch (field.kind) {
      case FieldKind::instant:
        (void)instant_of(value);
        return;
      case FieldKind::truth:
        if (value.text != "true" && value.text != "false")
          tell(value.place, name + " cannot be '" + value.text + "'", "it is true or false");
        return;
      case FieldKind::number:
        if (value.text.empty() || value.text.size() > 15 ||
            value.text.find_first_not_of("0123456789", value.text.front() == '-' ? 1 : 0) !=
                std::string::npos)
          tell(value.place, name + " is a whole number");
        return;
      case FieldKind::choice:
        if (!choice_index(field.choices, value.text)) {
          Words words;
          for (std::int64_t i = 0; !choice_word(field.choices, i).empty(); ++i)
            words.push_back(choice_word(field.choices, i));
          tell(value.place,
               name + " cannot be '" + value.text + "'" + did_you_mean(value.text, words),
               "it is one of " + std::string(field.choices));
        }
        return;
      default:
        return;
    }
  }

  void check_variable(const Term& value) {
    const std::size_t open = value.text.find("${");
    const std::string name = value.text.substr(open + 2, value.text.find('}', open) - open - 2);
    if (std::ranges::count(names_, name) == 0)
      tell(value.place, "nothing is called '${" + name + "}' here",
           "name it in examples:, or by as: in a step before");
  }

  void check_csr(const Term& csr) {
    known_keys(csr, kCsrKeys, "a csr");
    const Term* const key = csr.find("key");
    if (!key)
      return tell(csr.place, "a csr needs a key of the pool",
                  "such as {key: rsa-2048-a, cn: www.example.jp}");
    const auto pool = fakes::ca::KeyPool::names();
    const Words names(pool.begin(), pool.end());
    if (std::ranges::count(names, std::string_view(key->text)) == 0)
      tell(key->place, "the pool has no key '" + key->text + "'" + did_you_mean(key->text, names));
    const auto word = [&](const char* name, std::string_view choices) {
      const Term* const value = csr.find(name);
      if (value && !choice_index(choices, value->text))
        tell(value->place, "'" + std::string(name) + "' cannot be '" + value->text + "'",
             "it is one of " + std::string(choices));
    };
    word("marks", "standard|new|spaced|none");
    word("spoil", "none|bad-signature");
  }

  void need_fields(TypeIndex type, const std::vector<Entry>& data, const Place& place) {
    for (std::size_t i = 0; i < kEventTypes[type].field_count(); ++i) {
      const FieldType& field = kEventTypes[type].fields[i];
      if (field.required && std::ranges::count(data, field.name, [](const Entry& e) {
                              return std::string_view(e.name);
                            }) == 0)
        tell(place,
             std::string(kEventTypes[type].name) + " lacks '" + std::string(field.name) + "' (" +
                 std::string(field.says) + ")",
             "add it to data");
    }
  }

  const Term& blocks_;
  std::vector<Error>& errors_;
  std::vector<std::string> names_;
};

/// The rows of `examples:`, or one empty row.
std::vector<std::pair<Variables, Place>> rows_of(const Term& root, std::vector<Error>& errors) {
  std::vector<std::pair<Variables, Place>> rows;
  const Term* const examples = root.find("examples");
  if (!examples) return {{{}, root.place}};
  if (examples->kind != Term::Kind::list || examples->items.empty()) {
    errors.push_back(
        {"examples are a list of rows", examples->place.text(), "write - {name: value}"});
    return rows;
  }
  for (const Term& row : examples->items) {
    Variables variables;
    for (const auto& [name, value] : row.entries) variables[name] = value;
    for (const auto& [name, value] : examples->items.front().entries)
      if (!variables.contains(name))
        errors.push_back({"this row lacks '" + name + "'", row.place.text(),
                          "every row has the same variables"});
    rows.emplace_back(std::move(variables), row.place);
  }
  return rows;
}

/// The blocks that a story of a system may use.
using BlocksOf = std::function<Term(const std::string& system)>;

/// Reads the parts of a file, with one row of its examples put in.
void read_parts(const Term& root, const Variables& row, const BlocksOf& blocks_of,
                std::set<std::string>& used, std::vector<Story>& stories,
                std::vector<Error>& errors) {
  const Term filled = filled_in(root, row, used);
  const std::vector<std::string> names = names_given(filled);
  for (const Part& part : parts_of(filled, errors)) {
    const Term* const system = part.root.find("system");
    const Term blocks = filled_in(blocks_of(system ? system->text : ""), row, used);
    Story story = StoryReader(blocks, errors, names).read(part.root);
    story.part = part.name;
    for (std::size_t i = 0; i < std::min(story.steps.size(), part.orders.size()); ++i)
      story.steps[i].order = part.orders[i];
    stories.push_back(std::move(story));
  }
}

void load(const SourceText& source, const BlocksOf& blocks_of, const std::string& id,
          LoadResult& result) {
  std::vector<Error> errors;
  Term root = read_terms(source, errors);
  std::vector<Story> stories;
  if (errors.empty() && root.kind != Term::Kind::map)
    errors.push_back({"a scenario file is a map", root.place.text(), "start with title:"});
  if (errors.empty()) {
    const auto rows = rows_of(root, errors);
    std::set<std::string> used;
    std::erase_if(root.entries, [](const auto& entry) { return entry.key == "examples"; });
    const bool has_rows = rows.size() > 1 || (!rows.empty() && !rows.front().first.empty());
    for (std::size_t i = 0; i < rows.size() && errors.empty(); ++i) {
      const std::size_t first = stories.size();
      read_parts(root, rows[i].first, blocks_of, used, stories, errors);
      for (Story& story : std::span(stories).subspan(first)) {
        story.id = id + (has_rows ? "#" + std::to_string(i + 1) : "");
        if (!story.part.empty()) story.tale = story.id;
        if (!story.part.empty()) story.id += "@" + story.part;
        story.place = rows[i].second;
        for (const auto& [name, value] : rows[i].first) {
          std::string text = value.text;
          for (const Term& item : value.items) text += (text.empty() ? "" : ", ") + item.text;
          story.example.emplace_back(name, value.is_null ? "~" : text);
        }
      }
    }
    if (errors.empty() && has_rows)
      for (const auto& [name, value] : rows.front().first)
        if (!used.contains(name))
          errors.push_back({"the variable '" + name + "' is never used", value.key_place.text(),
                            "use ${" + name + "} or take the column out"});
  }
  if (errors.empty())
    std::ranges::move(stories, std::back_inserter(result.stories));
  else
    std::ranges::move(errors, std::back_inserter(result.errors));
}

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// given.yaml of the file's folder and of those above it, up to the root; the nearer one wins.
Term blocks_for(const fs::path& file, const fs::path& root, LoadResult& result) {
  Term all;
  all.kind = Term::Kind::map;
  for (fs::path folder = file.parent_path();; folder = folder.parent_path()) {
    if (const auto text = read_file(folder / "given.yaml")) {
      std::vector<Error> errors;
      const Term blocks = read_terms(SourceText((folder / "given.yaml").string(), *text), errors);
      std::ranges::move(errors, std::back_inserter(result.errors));
      for (const auto& [name, block] : blocks.entries) {
        for (const auto& [key, value] : block.entries)
          if (std::ranges::count(kBlockKeys, std::string_view(key)) == 0)
            result.errors.push_back(
                {"a block has no key '" + key + "'" + did_you_mean(key, kBlockKeys),
                 value.key_place.text(),
                 {}});
        if (!all.find(name)) all.entries.push_back({name, block});
      }
    }
    std::error_code ignored;
    if (folder.empty() || folder == folder.parent_path() || fs::equivalent(folder, root, ignored))
      return all;
  }
}

std::string id_of(const fs::path& file, const fs::path& root) {
  std::error_code error;
  fs::path relative = fs::relative(file, root, error);
  if (error || relative.empty() || *relative.begin() == "..") relative = file.filename();
  return relative.replace_extension().generic_string();
}

/// `FILE:LINE` taken apart; line 0 if there is none.
std::pair<std::string, int> split_line(const std::string& path) {
  const std::size_t colon = path.rfind(':');
  if (colon == std::string::npos || colon + 1 == path.size() || path.size() - colon > 8)
    return {path, 0};
  int line = 0;
  for (std::size_t i = colon + 1; i < path.size(); ++i) {
    if (path[i] < '0' || path[i] > '9') return {path, 0};
    line = line * 10 + (path[i] - '0');
  }
  return {path.substr(0, colon), line};
}

void load_file(const fs::path& file, int line, const fs::path& root, LoadResult& result) {
  const auto text = read_file(file);
  if (!text) {
    result.errors.push_back({"cannot be read", file.string(), "check the name and the rights"});
    return;
  }
  LoadResult one;
  const Term near = blocks_for(file, root, one);
  std::map<std::string, Term> of_system;
  const BlocksOf blocks_of = [&](const std::string& system) {  // its own, wherever the file stands
    const auto [at, is_new] = of_system.try_emplace(system, near);
    if (is_new && file.parent_path() != root / system)
      for (const auto& [name, block] : blocks_for(root / system / "story.yaml", root, one).entries)
        if (!at->second.find(name)) at->second.entries.push_back({name, block});
    return at->second;
  };
  load(SourceText(file.string(), *text), blocks_of, id_of(file, root), one);
  if (line > 0 && !one.stories.empty()) {
    // The row at or above the line; all rows if the line stands above the examples.
    const auto below = std::ranges::find_if(
        one.stories, [&](const Story& story) { return story.place.line > line; });
    if (below != one.stories.begin() && one.stories.size() > 1) {
      const int row = std::prev(below)->place.line;
      std::erase_if(one.stories, [&](const Story& story) { return story.place.line != row; });
    }
  }
  std::ranges::move(one.stories, std::back_inserter(result.stories));
  std::ranges::move(one.errors, std::back_inserter(result.errors));
}

}  // namespace

LoadResult load_paths(const std::vector<std::string>& paths, const std::string& root) {
  LoadResult result;
  for (const std::string& path : paths) {
    const auto [name, line] = split_line(path);
    std::error_code error;
    if (!fs::exists(name, error)) {
      result.errors.push_back(
          {"there is no such file or folder", name, "give a scenario file or a folder of them"});
    } else if (fs::is_directory(name)) {
      std::vector<fs::path> files;
      for (const auto& entry : fs::recursive_directory_iterator(name))
        if (entry.is_regular_file() && entry.path().extension() == ".yaml" &&
            entry.path().filename() != "given.yaml")
          files.push_back(entry.path());
      std::ranges::sort(files);
      for (const fs::path& file : files) load_file(file, 0, root, result);
    } else {
      load_file(name, line, root, result);
    }
  }
  std::ranges::sort(result.errors, {}, [](const Error& e) { return e.where; });
  const auto same = [](const Error& a, const Error& b) {
    return a.where == b.where && a.what == b.what;
  };
  result.errors.erase(std::unique(result.errors.begin(), result.errors.end(), same),
                      result.errors.end());
  return result;
}

tl::expected<BoundedWorld, std::vector<Error>> load_world(const std::string& path,
                                                          const std::string& root) {
  using Wrong = tl::unexpected<std::vector<Error>>;
  const auto text = read_file(path);
  if (!text) return Wrong({{"cannot be read", path, "give the file of a bounded world"}});
  std::vector<Error> errors;
  const Term term = read_terms(SourceText(path, *text), errors);
  if (errors.empty() && term.kind != Term::Kind::map)
    errors.push_back(
        {"the file of a bounded world is a map", term.place.text(), "start with title:"});
  if (!errors.empty()) return Wrong(std::move(errors));
  const std::vector<Part> parts = parts_of(term, errors);
  const Term* const system = term.find("system");
  LoadResult blocks;
  const Term known =
      blocks_for(fs::path(root) / (system ? system->text : "") / "story.yaml", root, blocks);
  errors.insert(errors.end(), blocks.errors.begin(), blocks.errors.end());
  if (parts.size() != 1)
    errors.push_back({"a bounded world is of one system", term.place.text(), "leave out parts:"});
  if (!errors.empty()) return Wrong(std::move(errors));
  BoundedWorld world = StoryReader(known, errors, {}).read_world(parts.front().root);
  world.story.id = fs::path(path).stem().string();
  if (!errors.empty()) return Wrong(std::move(errors));
  return world;
}

LoadResult load_text(const std::string& text, const std::string& file, const std::string& given) {
  LoadResult result;
  Term blocks;
  blocks.kind = Term::Kind::map;
  if (!given.empty()) blocks = read_terms(SourceText("given.yaml", given), result.errors);
  load(
      SourceText(file, text), [&](const std::string&) { return blocks; },
      fs::path(file).stem().string(), result);
  return result;
}

}  // namespace shinsa::scenarios
