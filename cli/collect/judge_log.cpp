#include "cli/collect/judge_log.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "sim/trace_writer.hpp"

namespace shinsa::cli {

namespace {

bool is_of_type(const sim::Line& line, TypeIndex type) {
  return !line.unknown_type && line.event.type == type;
}

/// What the log says of itself in its first line, under what the caller says.
LogOptions opening_of(const sim::Line& first, const Facts& facts, const LogOptions& options) {
  LogOptions opened = options;
  if (!is_of_type(first, kType<"log.opened">)) return opened;
  const Record& record = facts.record(first.event.data);
  if (const Value value = record.fields[kField<"log.opened", "system">];
      value.present() && !options.whatever_the_log_says)
    opened.system = facts.text(value.text());
  if (const Value value = record.fields[kField<"log.opened", "complete">]; value.present())
    opened.complete = options.complete && value.truth();
  opened.readings.clear();
  for (TextId id : facts.list(record.fields[kField<"log.opened", "readings">].list())) {
    const std::string text(facts.text(id));
    if (const auto equals = text.find('='); equals != std::string::npos)
      opened.readings[text.substr(0, equals)] = text.substr(equals + 1);
  }
  for (const auto& [id, alternative] : options.readings) opened.readings[id] = alternative;
  return opened;
}

}  // namespace

std::string JudgedLog::where(std::size_t number) const {
  const auto at = places.find(number);
  if (at != places.end()) return sources[at->second.source] + ":" + std::to_string(at->second.line);
  return (sources.size() == 1 ? sources.front() : std::string("event")) + ":" +
         std::to_string(number);
}

LogJudging::LogJudging(std::string name, LogOptions options, Duration tolerance, LogMemory memory)
    : name_(std::move(name)),
      options_(std::move(options)),
      memory_(memory),
      limit_(memory.contents),
      spare_(std::make_unique<Facts>()),
      lines_(memory.ahead) {
  log_.facts = std::make_unique<Facts>();
  sources_ = std::make_unique<sim::Merged>(*log_.facts, tolerance);
}

LogJudging::~LogJudging() = default;

/// Goes to the next line; reads some if none is there. @return whether there is one.
bool LogJudging::read() {
  if (++at_ < read_) {
    if (log_.judge) expect_next();
    return true;
  }
  at_ = read_ = 0;
  const std::size_t most = sources_->count() == 1 ? lines_.size() : 1;
  read_ = sources_->next({lines_.data(), most});
  return read_ > 0;
}

/// What the judge needs of the lines after this one comes from memory step by step.
void LogJudging::expect_next() const {
  using enum model::World::Expecting;
  static constexpr std::pair<std::size_t, model::World::Expecting> kSteps[] = {
      {2, contents}, {4, group}, {6, place}};
  for (const auto& [lines, what] : kSteps)
    if (at_ + lines < read_) log_.judge->expect(lines_[at_ + lines].event, what);
}

bool LogJudging::next() {
  while (read()) {
    count();
    if (sources_->errors_seen() > 0) {  // read on, to tell what else is wrong
      log_.judge.reset();
      continue;
    }
    if (events_ == 1) open();
    if (!log_.errors.empty()) return false;
    const bool found = !line().unknown_type && log_.judge->observe(line().event, line().number) > 0;
    if (found || keeps_lines_) keep_place();
    if (keeps_lines_)
      keep_line();
    else if (at_ + 1 == read_ && contents() > limit_)
      forget();
    return true;
  }
  return false;
}

/// What the first event says of the log, and a judge for it.
void LogJudging::open() {
  const LogOptions opened = opening_of(line(), *log_.facts, options_);
  auto profile = model::make_profile({opened.system, opened.readings, {}});
  if (!profile) {
    log_.errors.push_back({profile.error().text(), name_, {}});
    return;
  }
  log_.profile = *profile;
  log_.complete = opened.complete;
  log_.judge = std::make_unique<sim::Judge>(log_.profile, *log_.facts, options_.judged);
}

void LogJudging::count() {
  ++events_;
  closed_ = is_of_type(line(), kType<"log.closed">);
  if (events_ == 1) opened_ = is_of_type(line(), kType<"log.opened">);
  if (!closed_) return;
  said_ = log_.facts->record(line().event.data).fields[kField<"log.closed", "events">];
  closing_line_ = line().number;
}

/// As long as the log is short; what lines say stays in the store.
void LogJudging::keep_line() {
  keeps_lines_ = log_.lines.size() < memory_.lines;
  if (keeps_lines_)
    log_.lines.push_back(line());
  else
    std::vector<sim::Line>().swap(log_.lines);
}

/// Of a log of several sources; of one, the number is the place.
void LogJudging::keep_place() {
  if (sources_->count() > 1) log_.places[line().number] = sources_->place();
}

/// Goes on in a store that holds only what is still needed.
void LogJudging::forget() {
  spare_->clear();
  Carrier carry(*log_.facts, *spare_);
  log_.judge->move_to(*spare_, carry);
  sources_->move_to(*spare_, carry);
  lines_[at_].event = carry(line().event);
  std::swap(log_.facts, spare_);
  const std::size_t kept = contents();
  limit_ = kept + std::max(memory_.contents, kept / 4);
}

std::string LogJudging::text() const {
  const std::string_view written = sources_->text();
  if (!written.empty() && options_.mapping.only_renames() &&
      written.find('\n') == std::string_view::npos)
    return std::string(written);
  return line().unknown_type ? "{}" : sim::to_json_line(line().event, *log_.facts);
}

std::vector<std::string> LogJudging::take_warnings() {
  std::vector<Error> errors;
  std::vector<std::string> warnings = std::exchange(log_.warnings, {});
  sources_->take_told(errors, warnings);
  std::ranges::move(errors, std::back_inserter(log_.errors));
  return warnings;
}

/// A log that counts itself wrong has lost or gained lines on the way.
JudgedLog LogJudging::finish() {
  log_.warnings = take_warnings();
  log_.sources = sources_->names();
  if (events_ > 0 && log_.sources.size() > 1) log_.places[line().number] = sources_->place();
  if (log_.errors.empty() && events_ == 0)
    log_.errors.push_back({"the log is empty", name_, "nothing can be judged"});
  if (!log_.errors.empty()) {
    log_.judge.reset();
    return std::move(log_);
  }
  if (opened_ && !closed_)
    log_.warnings.push_back(name_ + ": the log was opened and never closed; its end may be lost");
  const auto there = static_cast<std::int64_t>(events_) - 2;
  if (opened_ && closed_ && said_.present() && said_.number() != there)
    log_.warnings.push_back(name_ + ":" + std::to_string(closing_line_) + ": log.closed counts " +
                            std::to_string(said_.number()) + " events, there are " +
                            std::to_string(there));
  log_.judge->close(log_.complete);
  return std::move(log_);
}

JudgedLog judge_log(std::string_view text, const std::string& name, const LogOptions& options) {
  LogJudging judging(name, options, {}, {SIZE_MAX, SIZE_MAX});
  judging.sources().add(std::make_unique<sim::TextSource>(text), name,
                        {.mapping = options.mapping});
  while (judging.next()) continue;
  return judging.finish();
}

}  // namespace shinsa::cli
