#include "sim/examination/candidates.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace shinsa::sim {

namespace {

constexpr std::size_t kValuesMax = 4;    // of one field
constexpr std::size_t kWordsMax = 10;    // of a choice
constexpr std::size_t kSubjectsMax = 6;  // things that one type of request is tried on

/// `certificate` for a field that holds such a subject, `as in certificate/01`; empty for others.
std::string_view kind_named_by(const FieldType& field) {
  constexpr std::string_view kAsIn = "as in ";
  const auto at = field.says.find(kAsIn);
  if (at == std::string_view::npos) return {};
  const std::string_view named = field.says.substr(at + kAsIn.size());
  return named.substr(0, named.find('/'));
}

/// What sort of text the table says that a field holds: fields alike may say the same thing.
std::string_view sort_of_text(const FieldType& field) {
  constexpr std::string_view kSorts[] = {"A-label",        "mail address", "address of",
                                         "address chosen", "recipient",    "invoice number",
                                         "SPKI",           "label"};
  constexpr std::string_view kAddress = "address";
  for (const std::string_view sort : kSorts)
    if (field.says.find(sort) != std::string_view::npos)
      return sort == "recipient" || sort.starts_with(kAddress) || sort.ends_with(kAddress)
                 ? kAddress
                 : sort;
  return {};
}

bool are_alike(const FieldType& a, const FieldType& b) {
  if (a.kind != b.kind || a.kind == FieldKind::choice) return false;
  const std::string_view named = kind_named_by(a), sort = sort_of_text(a);
  return (!named.empty() && named == kind_named_by(b)) ||
         (!sort.empty() && sort == sort_of_text(b));
}

bool is_same_field(const FieldType& a, const FieldType& b) {
  return a.name == b.name && a.kind == b.kind && a.choices == b.choices;
}

/// What a record of the DNS may say: where a host is that the matter names.
constexpr std::string_view kRecords = "values";
constexpr std::string_view kHostAddress = "IPv4 address";

/// What a web server answers that has what it was asked for (RFC 9110 section 15.3.1).
constexpr std::string_view kHttpStatus = "HTTP status";
constexpr std::int64_t kOk = 200;

/// The words that the table offers for a text that is nothing else: `gtld or other`.
std::vector<std::string> words_offered_by(const FieldType& field) {
  std::vector<std::string> words;
  std::string text(field.says.substr(0, field.says.find(';')));
  for (std::size_t at; (at = text.find(" or ")) != std::string::npos;) text.replace(at, 4, ", ");
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(", ", at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!word.empty() && word.find(' ') == std::string::npos) words.push_back(word);
    at = end + 2;
  }
  return words;
}

void add_new(std::vector<Value>& values, Value value, std::size_t max) {
  if (values.size() < max && std::ranges::count(values, value) == 0) values.push_back(value);
}

/// An action that must make a choice, which neither its duty nor the log says: each word of it.
void add_choices(const Candidate& open, Facts& facts, std::vector<Candidate>& into) {
  const auto fields = open.event.row().fields;
  const auto is_open = [&](std::size_t f) {
    return fields[f].required && fields[f].kind == FieldKind::choice &&
           !facts.record(open.event.data).fields[f].present();
  };
  for (std::size_t f = 0; f < open.event.row().field_count(); ++f) {
    if (!is_open(f)) continue;
    for (std::int64_t w = 0; !choice_word(fields[f].choices, w).empty(); ++w) {
      RecordBuilder chosen(facts, open.event.type);
      const Record& record = facts.record(open.event.data);
      for (std::size_t g = 0; g < record.fields.size(); ++g) chosen.set_value(g, record.fields[g]);
      chosen.set_value(f, Value::of(w));
      into.push_back(open);
      into.back().event.data = chosen.build();
    }
    return;
  }
}

bool is_of_kind(std::string_view subject, std::string_view kind) {
  return subject.size() > kind.size() && subject.starts_with(kind) && subject[kind.size()] == '/';
}

}  // namespace

Candidates::Candidates(const Matter& matter) : matter_(&matter) {
  const auto name = [this](TextId subject) {
    if (subject && std::ranges::count(subjects_, subject) == 0) subjects_.push_back(subject);
  };
  for (std::size_t i = 0; i < matter.events.size(); ++i) {
    const Event& event = matter.events[i].event;
    name(event.subject);
    const Record& record = matter.facts->record(event.data);
    for (std::size_t f = 0; f < record.fields.size(); ++f) {
      const FieldType& field = kEventTypes[record.type].fields[f];
      if (!record.fields[f].present()) continue;
      said_.push_back({i, &field, record.fields[f]});
      if (kind_named_by(field).empty()) continue;
      if (field.kind == FieldKind::text) name(record.fields[f].text());
      if (field.kind == FieldKind::list)
        for (TextId one : matter.facts->list(record.fields[f].list())) name(one);
    }
  }
  for (const EventType& type : kEventTypes) {
    auto& subjects = subjects_of_.emplace_back();
    for (std::int64_t k = 0; !choice_word(type.subject, k).empty(); ++k)
      for (const TextId subject : subjects_)
        if (is_of_kind(matter.facts->text(subject), choice_word(type.subject, k)))
          subjects.push_back(subject);
  }
}

std::vector<Candidate> Candidates::of(const model::World& world, Instant now, const TypeSet& types,
                                      std::size_t next) const {
  std::vector<Candidate> all = actions_of(world, now, types, next);
  for (TypeIndex type = 0; type < kEventTypes.size(); ++type)
    if (types.contains(type) && kEventTypes[type].sort == Sort::request)
      add_requests(world, type, now, next, all);
  return all;
}

// -- actions
// -------------------------------------------------------------------------------------------------------------

std::vector<Candidate> Candidates::actions_of(const model::World& world, Instant now,
                                              const TypeSet& types, std::size_t next) const {
  std::vector<Candidate> all;
  for (const model::Group& group : world.groups())
    for (const model::Duty& duty : group.duties) {
      if (!types.contains(duty.type)) continue;
      const model::Object& object = group.objects[duty.object];
      Event event{now, duty.type, matter_->facts->intern("supposed"), object.subject, duty.match};
      if (!duty.match) event.data = RecordBuilder(*matter_->facts, duty.type).build();
      const auto& routes = world.profile().routes[duty.type];
      const auto via = std::ranges::find_if(routes, [&](const model::Route& route) {
        const model::MachineApi& machine = *world.profile().machines[route.machine];
        return machine.kind == object.kind && machine.events[route.event].via >= 0;
      });
      if (via != routes.end() && !duty.refusal) {
        const auto named = new_subjects(duty.type, world);
        if (named.empty()) continue;
        event.subject = named.front();
      }
      const bool owed = duty.modality == model::Duty::Modality::must;
      all.push_back({event, owed});
      fill_in(event, next);
      if (event.data != all.back().event.data) all.push_back({event, owed});
      add_choices({event, owed}, *matter_->facts, all);
    }
  return all;
}

/// Adds what the event that follows says in fields of the same name, as the code of an approval.
void Candidates::fill_in(Event& event, std::size_t next) const {
  const Record& record = matter_->facts->record(event.data);
  RecordBuilder filled(*matter_->facts, event.type);
  for (std::size_t f = 0; f < record.fields.size(); ++f) {
    const FieldType& field = event.row().fields[f];
    filled.set_value(f, record.fields[f]);
    if (record.fields[f].present()) continue;
    const auto said = std::ranges::find_if(
        said_, [&](const Said& one) { return one.at >= next && is_same_field(*one.field, field); });
    if (said != said_.end()) filled.set_value(f, said->value);
    if (said == said_.end() && field.required && field.kind == FieldKind::instant)
      filled.set_value(f, Value::of(event.time));
  }
  event.data = filled.build();
}

/// Things of the kinds that the type is about and that are not known yet: those that the matter
/// names, else for an action one made up.
std::vector<TextId> Candidates::new_subjects(TypeIndex type, const model::World& world) const {
  std::vector<TextId> named;
  for (const TextId subject : subjects_of_[type])
    if (!world.group_of(Event{{}, 0, {}, subject, {}})) named.push_back(subject);
  if (named.empty() && kEventTypes[type].sort == Sort::action) {
    const std::string_view kind = choice_word(kEventTypes[type].subject, 0);
    named.push_back(matter_->facts->intern(std::string(kind) + "/not-in-the-log"));
  }
  return named;
}

// -- requests
// ------------------------------------------------------------------------------------------------------------

void Candidates::add_requests(const model::World& world, TypeIndex type, Instant now,
                              std::size_t next, std::vector<Candidate>& into) const {
  const model::Profile& profile = world.profile();
  std::vector<std::pair<TextId, int>> tried;  // who is addressed, and by which field
  const auto offer = [&](TextId subject, int via) {
    const std::pair one{subject, via};
    if (tried.size() < kSubjectsMax && std::ranges::count(tried, one) == 0) tried.push_back(one);
  };
  for (const model::Route& route : profile.routes[type]) {
    const model::MachineApi& machine = *profile.machines[route.machine];
    const int via = machine.events[route.event].via;
    for (const model::Group& group : world.groups())
      for (const model::Object& object : group.objects)
        if (object.subject && object.kind == machine.kind &&
            (machine.accepts[object.states[profile.slot_of[route.machine]]] >> route.event & 1))
          offer(object.subject, via);
    if (via < 0 && (machine.accepts[0] >> route.event & 1))
      for (const TextId subject : new_subjects(type, world)) offer(subject, via);
  }
  for (const auto& [subject, via] : tried) {
    Event event{now, type, matter_->facts->intern("supposed"), subject, {}};
    if (via >= 0) {
      const auto named = new_subjects(type, world);
      if (named.empty()) continue;
      event.subject = named.front();
    }
    for (const RecordId data : variants({type, next, now, via, via >= 0 ? subject : TextId{}})) {
      event.data = data;
      into.push_back({event, false});
    }
  }
}

const std::vector<RecordId>& Candidates::variants(const Asked& asked) const {
  const auto [at, is_new] = variants_.try_emplace(asked);
  if (is_new) at->second = variants_anew(asked);
  return at->second;
}

/// As much as is known, as little as it must, and each of the two with one thing said otherwise.
std::vector<RecordId> Candidates::variants_anew(const Asked& asked) const {
  const EventType& type = kEventTypes[asked.type];
  std::vector<Values> choices;
  for (std::size_t f = 0; f < type.field_count(); ++f)
    choices.push_back(values_of(type.fields[f], asked.next, asked.now));
  std::vector<RecordId> all;
  const auto add = [&](std::array<Value, kFieldsMax> said) {
    if (asked.via >= 0) said[static_cast<std::size_t>(asked.via)] = Value::of(asked.addressed);
    const RecordId record =
        matter_->facts->intern_record(asked.type, {said.data(), choices.size()});
    if (all.size() < kVariantsMax && std::ranges::count(all, record) == 0) all.push_back(record);
  };
  std::array<Value, kFieldsMax> most{}, least{};
  for (std::size_t f = 0; f < choices.size(); ++f) {
    if (choices[f].empty()) continue;
    if (type.fields[f].required) least[f] = choices[f].front();
    if (type.fields[f].required || is_said(type.fields[f])) most[f] = choices[f].front();
  }
  add(most);
  add(least);
  for (const auto& base : {most, least})
    for (std::size_t f = 0; f < choices.size(); ++f)
      for (const Value value : choices[f]) {
        auto other = base;
        other[f] = value;
        add(other);
      }
  return all;
}

/// Whether some event of the matter says it, or something alike.
bool Candidates::is_said(const FieldType& field) const {
  return std::ranges::any_of(said_, [&](const Said& one) {
    return is_same_field(*one.field, field) || are_alike(*one.field, field);
  });
}

/// What a field may say, the likeliest first: what follows in the matter before what went before,
/// the same field before one alike.
Candidates::Values Candidates::values_of(const FieldType& field, std::size_t next,
                                         Instant now) const {
  Values values;
  const auto from = [&](const auto& fits) {
    for (const Said& one : said_)
      if (one.at >= next && fits(*one.field)) add_new(values, one.value, kValuesMax);
    for (auto one = said_.rbegin(); one != said_.rend(); ++one)
      if (one->at < next && fits(*one->field)) add_new(values, one->value, kValuesMax);
  };
  from([&](const FieldType& other) { return is_same_field(other, field); });
  from([&](const FieldType& other) { return are_alike(other, field); });
  if (const auto kind = kind_named_by(field); !kind.empty() && field.kind == FieldKind::text)
    for (const TextId subject : subjects_)
      if (is_of_kind(matter_->facts->text(subject), kind))
        add_new(values, Value::of(subject), kValuesMax);
  if (field.kind == FieldKind::list && field.name == kRecords)
    for (const Said& one : said_)
      if (one.field->says.find(kHostAddress) != std::string_view::npos) {
        const TextId address = one.value.text();
        add_new(values, Value::of(matter_->facts->intern_list({&address, 1})), kValuesMax);
      }
  if (field.kind == FieldKind::number && field.says.starts_with(kHttpStatus))
    add_new(values, Value::of(kOk), kValuesMax);
  if (field.kind == FieldKind::choice && field.required)
    for (std::int64_t w = 0; !choice_word(field.choices, w).empty(); ++w)
      add_new(values, Value::of(w), kWordsMax);
  if (field.kind == FieldKind::truth) {
    add_new(values, Value::of(true), 2);
    add_new(values, Value::of(false), 2);
  }
  if (field.kind == FieldKind::instant && field.required) add_new(values, Value::of(now), 1);
  if (field.kind == FieldKind::text && field.required && values.empty())
    for (const std::string& word : words_offered_by(field))
      add_new(values, Value::of(matter_->facts->intern(word)), kWordsMax);
  return values;
}

}  // namespace shinsa::sim
