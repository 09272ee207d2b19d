#include <fstream>
#include <iterator>
#include <sstream>

#include "cli/collect/collect.hpp"
#include "cli/commands.hpp"
#include "cli/finish.hpp"
#include "sim/trace_reader.hpp"

namespace shinsa::cli {

namespace {

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail("cannot be read", path, "check the name and the rights");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::optional<sim::Judged> judged_of(const std::string& text) {
  sim::Judged judged{false, false};
  std::istringstream words(text);
  for (std::string word; std::getline(words, word, ',');) {
    if (word == "portal")
      judged.portal = true;
    else if (word == "ca")
      judged.ca = true;
    else
      return std::nullopt;
  }
  if (!judged.portal && !judged.ca) return std::nullopt;
  return judged;
}

/// A log that counts itself wrong has lost or gained lines on the way.
void warn_of_count(const sim::ReadResult& read, const Facts& facts, const std::string& path) {
  const sim::Line& last = read.lines.back();
  const bool closed = !last.unknown_type && last.event.type == kType<"log.closed">;
  const sim::Line& first = read.lines.front();
  const bool opened = !first.unknown_type && first.event.type == kType<"log.opened">;
  if (opened && !closed)
    tell_warning(path + ": the log was opened and never closed; its end may be lost");
  if (!opened || !closed) return;
  const Value said = facts.record(last.event.data).fields[kField<"log.closed", "events">];
  const auto there = static_cast<std::int64_t>(read.lines.size()) - 2;
  if (said.present() && said.number() != there)
    tell_warning(path + ":" + std::to_string(last.number) + ": log.closed counts " +
                 std::to_string(said.number()) + " events, there are " + std::to_string(there));
}

/// What the log says of itself in its first line.
struct Opened {
  std::string system;
  bool complete = true;
  std::map<std::string, std::string> readings;
};

Opened opening_of(const sim::ReadResult& read, const Facts& facts, const Common& common,
                  bool complete) {
  Opened opened{common.system, complete, {}};
  if (read.lines.empty() || read.lines.front().unknown_type) return opened;
  const Event& first = read.lines.front().event;
  if (first.type != kType<"log.opened">) return opened;
  const Record& record = facts.record(first.data);
  if (const Value value = record.fields[kField<"log.opened", "system">]; value.present())
    opened.system = facts.text(value.text());
  if (const Value value = record.fields[kField<"log.opened", "complete">]; value.present())
    opened.complete = complete && value.truth();
  for (TextId id : facts.list(record.fields[kField<"log.opened", "readings">].list())) {
    const std::string text(facts.text(id));
    if (const auto equals = text.find('='); equals != std::string::npos)
      opened.readings[text.substr(0, equals)] = text.substr(equals + 1);
  }
  for (const auto& [id, name] : common.readings) opened.readings[id] = name;
  return opened;
}

}  // namespace

int check(const Common& common, const CheckCommand& command) {
  const Stopwatch watch;
  const auto judged = judged_of(command.judge);
  if (!judged)
    return tell_usage("--judge wants portal, ca or portal,ca, not '" + command.judge + "'",
                      "shinsa check --help");
  reports::Results results = begin_results(common, "check", watch);
  std::shared_ptr<const model::Profile> shape;
  std::unique_ptr<Collector> collector;
  reports::HtmlData shown;
  for (const std::string& path : command.logs) {
    const auto text = read_file(path);
    if (!text) return tell_error(text.error().text());
    Facts facts;
    const sim::ReadResult read = sim::read_all(*text, path, facts, {});
    for (const Error& error : read.errors) tell_error(error.text());
    if (!read.errors.empty()) return kCouldNotRun;
    if (read.lines.empty()) return tell_error(path + ": the log is empty, nothing can be judged");
    for (const std::string& warning : read.warnings) tell_warning(warning);
    warn_of_count(read, facts, path);
    const Opened opened = opening_of(read, facts, common, command.complete);
    auto profile = model::make_profile({opened.system, opened.readings, {}});
    if (!profile) return tell_error(path + ": " + profile.error().text());
    if (!collector) {
      shape = *profile;
      collector = std::make_unique<Collector>(shape, false);
    }
    sim::Judge judge(*profile, facts, *judged);
    for (const sim::Line& line : read.lines)
      if (!line.unknown_type) judge.observe(line.event, line.number);
    judge.close(opened.complete);
    results.scenarios.push_back(collector->add(path, judge, facts));
    if (!common.out.empty()) shown.traces[results.scenarios.back().id] = *text;
    results.scenarios.back().replay = "shinsa check " + path;
  }
  collector->finish(results);
  return finish(common, results, watch, false, shown);
}

}  // namespace shinsa::cli
