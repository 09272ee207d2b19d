#include "python/trace.hpp"

#include <unordered_map>

#include "model/vocabulary/suggest.hpp"
#include "properties/laws/law.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::python {

namespace {

/// Codes for the texts of one column; a text is interned, so it is looked at once.
class TextCodes {
 public:
  explicit TextCodes(const Facts& facts) : facts_(facts) {}
  std::int32_t code_of(TextId id) {
    const auto [found, is_new] =
        codes_.try_emplace(id.index, static_cast<std::int32_t>(words_.size()));
    if (is_new) words_.emplace_back(facts_.text(id));
    return found->second;
  }
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }

 private:
  const Facts& facts_;
  std::unordered_map<std::uint32_t, std::int32_t> codes_;
  std::vector<std::string> words_;
};

std::vector<std::string> words_of(std::string_view choices) {
  std::vector<std::string> words;
  for (std::string_view word = choice_word(choices, 0); !word.empty();
       word = choice_word(choices, static_cast<std::int64_t>(words.size())))
    words.emplace_back(word);
  return words;
}

std::vector<std::string> names_of_types() {
  std::vector<std::string> names;
  names.reserve(kEventTypes.size());
  for (const EventType& type : kEventTypes) names.emplace_back(type.name);
  return names;
}

/// The words of an enumeration, in its order. @param last  its last value.
template <class Enumeration>
std::vector<std::string> words_up_to(Enumeration last) {
  std::vector<std::string> words;
  for (int i = 0; i <= static_cast<int>(last); ++i)
    words.emplace_back(to_text(static_cast<Enumeration>(i)));
  return words;
}

}  // namespace

Trace::Trace(std::shared_ptr<scenarios::StoryRun> run, std::string system)
    : facts_(&run->simulation->facts()), system_(std::move(system)) {
  for (const sim::Stepped& stepped : run->simulation->trace()) {
    events_.push_back(stepped.event);
    events_.back().id = run->simulation->facts().intern(std::to_string(events_.size()));
    lines_.push_back(static_cast<std::int64_t>(events_.size()));
  }
  owner_ = std::move(run);
}

Trace::Trace(cli::JudgedLog log)
    : facts_(log.facts.get()), system_(log.profile->name), complete_(log.complete) {
  for (const sim::Line& line : log.lines) {
    if (line.unknown_type) continue;
    events_.push_back(line.event);
    lines_.push_back(static_cast<std::int64_t>(line.number));
  }
  owner_ = std::shared_ptr<const Facts>(std::move(log.facts));
}

py::dict Trace::events() const {
  std::vector<std::int64_t> times;
  std::vector<std::int32_t> ids, types, sorts, actors, subjects;
  TextCodes id_codes(*facts_), subject_codes(*facts_);
  times.reserve(size());
  for (const Event& event : events_) {
    times.push_back(event.time.seconds);
    ids.push_back(id_codes.code_of(event.id));
    types.push_back(event.type);
    sorts.push_back(static_cast<std::int32_t>(event.row().sort));
    actors.push_back(static_cast<std::int32_t>(event.row().actor));
    subjects.push_back(subject_codes.code_of(event.subject));
  }
  Table table;
  table.numbers("line", lines_);
  table.categories("id", ids, id_codes.words());
  table.instants("time", std::move(times));
  table.categories("type", types, names_of_types());
  table.categories("sort", sorts, words_up_to(Sort::frame));
  table.categories("actor", actors, words_up_to(Actor::ca));
  table.categories("subject", subjects, subject_codes.words());
  return table.take();
}

py::dict Trace::data(const std::string& type) const {
  const auto index = find_type(type);
  if (!index) {
    std::vector<std::string_view> names;
    names.reserve(kEventTypes.size());
    for (const EventType& row : kEventTypes) names.push_back(row.name);
    throw Refused({"there is no event type '" + type + "'" + did_you_mean(type, names),
                   {},
                   "see shinsa.events()"});
  }
  std::vector<std::size_t> rows;
  std::vector<std::int64_t> lines;
  for (std::size_t i = 0; i < events_.size(); ++i) {
    if (events_[i].type != *index) continue;
    rows.push_back(i);
    lines.push_back(lines_[i]);
  }
  Table table;
  table.numbers("line", std::move(lines));
  const EventType& row = kEventTypes[*index];
  for (std::size_t field = 0; field < row.field_count(); ++field)
    add_field(table, row.fields[field], field, rows);
  return table.take();
}

void Trace::add_field(Table& table, const FieldType& field, std::size_t position,
                      const std::vector<std::size_t>& rows) const {
  const std::string name(field.name);
  std::vector<Value> values;
  values.reserve(rows.size());
  for (std::size_t row : rows) values.push_back(facts_->record(events_[row].data).fields[position]);
  std::vector<std::uint8_t> absent;
  absent.reserve(values.size());
  for (Value value : values) absent.push_back(value.present() ? 0 : 1);
  const auto each = [&values](auto&& of) {
    std::vector<decltype(of(Value{}))> all;
    all.reserve(values.size());
    for (Value value : values) all.push_back(of(value));
    return all;
  };
  switch (field.kind) {
    case FieldKind::text: {
      TextCodes codes(*facts_);
      const auto of = each([&codes](Value value) {
        return value.present() ? codes.code_of(value.text()) : std::int32_t{-1};
      });
      return table.categories(name.c_str(), of, codes.words());
    }
    case FieldKind::choice:
      return table.categories(
          name.c_str(), each([](Value value) {
            return static_cast<std::int32_t>(value.present() ? value.number() : -1);
          }),
          words_of(field.choices));
    case FieldKind::truth:
      return table.truths(name.c_str(),
                          each([](Value value) { return std::uint8_t{value.truth()}; }), absent);
    case FieldKind::number:
      return table.numbers(name.c_str(), each([](Value value) { return value.number(); }), absent);
    case FieldKind::instant:
      return table.instants(name.c_str(), each([](Value value) { return value.raw; }));
    case FieldKind::list: {
      std::unordered_map<std::uint32_t, std::int32_t> codes;
      std::vector<std::vector<std::string>> pool;
      const auto of = each([&](Value value) {
        if (!value.present()) return std::int32_t{-1};
        const auto [found, is_new] =
            codes.try_emplace(value.list().index, static_cast<std::int32_t>(pool.size()));
        if (is_new) {
          pool.emplace_back();
          for (TextId item : facts_->list(value.list()))
            pool.back().emplace_back(facts_->text(item));
        }
        return found->second;
      });
      return table.lists(name.c_str(), of, pool);
    }
  }
}

py::dict Trace::types() const {
  std::vector<std::int64_t> counts(kEventTypes.size());
  for (const Event& event : events_) ++counts[event.type];
  py::dict types;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i]) types[text_of(kEventTypes[i].name)] = counts[i];
  return types;
}

py::dict Trace::breaches() const {
  const auto laws = properties::laws(system_);
  std::vector<std::int64_t> lines;
  std::vector<std::string> names, kinds, en, ja;
  std::vector<std::vector<std::string>> clauses;
  if (const auto monitor = properties::make_monitor(system_); monitor && !events_.empty()) {
    for (std::size_t i = 0; i < events_.size(); ++i)
      monitor->see(events_[i], *facts_, static_cast<std::size_t>(lines_[i]));
    if (complete_) monitor->end(events_.back().time);
    for (const properties::Breach& breach : monitor->breaches()) {
      const properties::Law& law = laws[breach.law];
      lines.push_back(static_cast<std::int64_t>(breach.line));
      names.emplace_back(law.name);
      kinds.emplace_back(properties::to_text(law.kind));
      clauses.emplace_back();
      for (ClauseIndex index : law.clauses) clauses.back().emplace_back(clause(index).id);
      en.emplace_back(law.says_en);
      ja.emplace_back(law.says_ja);
    }
  }
  Table table;
  table.numbers("line", std::move(lines));
  table.texts("law", names);
  table.texts("kind", kinds);
  table.lists("clauses", clauses);
  table.texts("says_en", en);
  table.texts("says_ja", ja);
  return table.take();
}

std::string Trace::jsonl() const {
  std::string text;
  for (std::size_t i = 0; i < size(); ++i) text += line(i) + "\n";
  return text;
}

std::string Trace::line(std::size_t at) const { return sim::to_json_line(events_[at], *facts_); }

}  // namespace shinsa::python
