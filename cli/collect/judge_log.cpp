#include "cli/collect/judge_log.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "model/vocabulary/suggest.hpp"
#include "scenarios/terms.hpp"

namespace shinsa::cli {

namespace {

bool is_of_type(const sim::Line& line, TypeIndex type) {
  return !line.unknown_type && line.event.type == type;
}

/// A log that counts itself wrong has lost or gained lines on the way.
void warn_of_count(const std::string& name, JudgedLog& log) {
  const sim::Line& last = log.lines.back();
  const bool opened = is_of_type(log.lines.front(), kType<"log.opened">);
  const bool closed = is_of_type(last, kType<"log.closed">);
  if (opened && !closed)
    log.warnings.push_back(name + ": the log was opened and never closed; its end may be lost");
  if (!opened || !closed) return;
  const Value said = log.facts->record(last.event.data).fields[kField<"log.closed", "events">];
  const auto there = static_cast<std::int64_t>(log.lines.size()) - 2;
  if (said.present() && said.number() != there)
    log.warnings.push_back(name + ":" + std::to_string(last.number) + ": log.closed counts " +
                           std::to_string(said.number()) + " events, there are " +
                           std::to_string(there));
}

/// What the log says of itself in its first line, under what the caller says.
LogOptions opening_of(const JudgedLog& log, const LogOptions& options) {
  LogOptions opened = options;
  if (!is_of_type(log.lines.front(), kType<"log.opened">)) return opened;
  const Record& record = log.facts->record(log.lines.front().event.data);
  if (const Value value = record.fields[kField<"log.opened", "system">];
      value.present() && !options.whatever_the_log_says)
    opened.system = log.facts->text(value.text());
  if (const Value value = record.fields[kField<"log.opened", "complete">]; value.present())
    opened.complete = options.complete && value.truth();
  opened.readings.clear();
  for (TextId id : log.facts->list(record.fields[kField<"log.opened", "readings">].list())) {
    const std::string text(log.facts->text(id));
    if (const auto equals = text.find('='); equals != std::string::npos)
      opened.readings[text.substr(0, equals)] = text.substr(equals + 1);
  }
  for (const auto& [id, alternative] : options.readings) opened.readings[id] = alternative;
  return opened;
}

}  // namespace

JudgedLog judge_log(std::string_view text, const std::string& name, const LogOptions& options) {
  JudgedLog log;
  log.facts = std::make_unique<Facts>();
  sim::ReadResult read = sim::read_all(text, name, *log.facts, {.names = options.names});
  log.errors = std::move(read.errors);
  log.warnings = std::move(read.warnings);
  log.lines = std::move(read.lines);
  if (log.errors.empty() && log.lines.empty())
    log.errors.push_back({"the log is empty", name, "nothing can be judged"});
  if (!log.errors.empty()) return log;
  warn_of_count(name, log);
  const LogOptions opened = opening_of(log, options);
  auto profile = model::make_profile({opened.system, opened.readings, {}});
  if (!profile) {
    log.errors.push_back({profile.error().text(), name, {}});
    return log;
  }
  log.profile = *profile;
  log.complete = opened.complete;
  log.judge = std::make_unique<sim::Judge>(log.profile, *log.facts, options.judged);
  for (const sim::Line& line : log.lines)
    if (!line.unknown_type) log.judge->observe(line.event, line.number);
  log.judge->close(log.complete);
  return log;
}

namespace {

/// One of the two maps. @param known  tells whether a name is ours.
Result<std::map<std::string, std::string, std::less<>>> names_of(
    const scenarios::Term& root, const char* key, const std::vector<std::string_view>& ours) {
  std::map<std::string, std::string, std::less<>> names;
  const scenarios::Term* const map = root.find(key);
  if (!map) return names;
  if (map->kind != scenarios::Term::Kind::map)
    return fail(std::string(key) + ": is no map", map->place.text(),
                "write their name and ours, as in order.done: certificate.issued");
  for (const auto& [theirs, term] : map->entries) {
    if (std::ranges::count(ours, std::string_view(term.text)) == 0)
      return fail("'" + term.text + "' is none of our names" + did_you_mean(term.text, ours),
                  term.place.text(), "see: shinsa list events");
    names[theirs] = term.text;
  }
  return names;
}

}  // namespace

Result<sim::Names> read_names(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return Failure(text.error());
  std::vector<Error> errors;
  const scenarios::Term root = scenarios::read_terms(scenarios::SourceText(path, *text), errors);
  if (!errors.empty()) return Failure(errors.front());
  std::vector<std::string_view> types, kinds;
  for (const EventType& type : kEventTypes) {
    types.push_back(type.name);
    for (std::int64_t i = 0; !choice_word(type.subject, i).empty(); ++i)
      kinds.push_back(choice_word(type.subject, i));
  }
  auto theirs = names_of(root, "types", types);
  if (!theirs) return Failure(theirs.error());
  auto subjects = names_of(root, "subjects", kinds);
  if (!subjects) return Failure(subjects.error());
  return sim::Names{std::move(*theirs), std::move(*subjects)};
}

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path))  // which opens like a file
    return fail("cannot be read", path, "check the name and the rights");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace shinsa::cli
