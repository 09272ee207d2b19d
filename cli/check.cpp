#include <atomic>
#include <csignal>
#include <iostream>
#include <optional>
#include <sstream>

#include "cli/collect/collect.hpp"
#include "cli/collect/expected.hpp"
#include "cli/collect/judge_log.hpp"
#include "cli/collect/log_bytes.hpp"
#include "cli/collect/read_mapping.hpp"
#include "cli/commands.hpp"
#include "cli/finish.hpp"
#include "reports/sarif.hpp"
#include "reports/write_files.hpp"

namespace shinsa::cli {

namespace {

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

constexpr std::size_t kShownMax = std::size_t{4} << 20;  // bytes of a log that report.html shows

constexpr std::size_t kAhead = 64;  // lines, where nothing is shown of each at once

/// `+2s`, `-5m`, or a duration such as PT2S.
std::optional<Duration> duration_of(const std::string& text) {
  if (const auto duration = parse_duration(text)) return *duration;
  if (text.empty()) return std::nullopt;
  const bool negative = text.front() == '-';
  std::size_t at = negative || text.front() == '+' ? 1 : 0;
  std::int64_t number = 0;
  const std::size_t first = at;
  for (; at < text.size() && at < first + 9 && text[at] >= '0' && text[at] <= '9'; ++at)
    number = number * 10 + (text[at] - '0');
  static constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {
      {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}};
  if (at > first)
    for (const auto& [unit, seconds] : kUnits)
      if (std::string_view(text).substr(at) == unit)
        return Duration{(negative ? -number : number) * seconds};
  return std::nullopt;
}

/// `FILE[,skew=+2s]`.
struct LogSource {
  std::string path;
  Duration ahead;
  std::string typed;  ///< the whole of it
};
std::optional<LogSource> source_of(const std::string& text) {
  constexpr std::string_view kSkew = ",skew=";
  const std::size_t at = text.rfind(kSkew);
  if (at == std::string::npos) return LogSource{text, {}, text};
  const auto ahead = duration_of(text.substr(at + kSkew.size()));
  if (!ahead) return std::nullopt;
  return LogSource{text.substr(0, at), *ahead, text};
}

/// What is read as one log.
struct Log {
  std::string name;
  std::vector<LogSource> sources;
};

std::atomic<bool> interrupted{false};

/// Ends a log that is followed in good order: what was seen is summed up.
void end_at_interrupt() {
  std::signal(SIGINT, [](int) { interrupted = true; });
  std::signal(SIGTERM, [](int) { interrupted = true; });
}

/// Reads logs, judges them, and keeps what reports show of them.
class Checking {
 public:
  Checking(const Common& common, const CheckCommand& command, LogOptions options,
           Duration tolerance, reports::Results& results)
      : common_(common),
        command_(command),
        options_(std::move(options)),
        tolerance_(tolerance),
        results_(results) {}

  /// @return kHeld if the log could be judged, whatever the verdict.
  int check(const Log& log) {
    LogMemory memory;
    if (!command_.follow && common_.out.empty()) memory.ahead = kAhead;
    LogJudging judging(log.name, options_, tolerance_, memory);
    for (const LogSource& source : log.sources) {
      auto bytes = command_.follow ? follow_log(source.path, interrupted) : open_log(source.path);
      if (!bytes) return tell_error(bytes.error().text());
      sim::ReadOptions read;
      read.mapping = options_.mapping;
      read.ids = false;
      read.whole_lines = command_.follow;
      judging.sources().add(std::move(*bytes), source.path, std::move(read), source.ahead);
    }
    std::string shown;
    Observed observed;
    while (judging.next()) {
      if (!judging.line().unknown_type) observed.take(judging.line().event, judging.facts());
      if (!common_.out.empty()) keep(judging, shown);
      if (command_.follow) tell_news(log, judging);
    }
    const JudgedLog judged = judging.finish();
    for (const Error& error : judged.errors) tell_error(error.text());
    if (!judged.errors.empty()) return kCouldNotRun;
    for (const std::string& warning : judged.warnings) tell_warning(warning);
    collector_.about(judged.profile);
    const bool is_kept = !judged.lines.empty();
    results_.scenarios.push_back(
        collector_.add(log.name, *judged.judge, *judged.facts,
                       is_kept ? examine(judged, options_.judged) : as_found(judged, observed)));
    reports::ScenarioResult& result = results_.scenarios.back();
    for (reports::Problem& problem : result.problems)
      problem.where = judged.where(problem.trace_line);
    if (!shown.empty() && shown.size() <= kShownMax) shown_.traces[result.id] = std::move(shown);
    result.replay = replay_of(log);
    return kHeld;
  }

  int finish(const Stopwatch& watch, const std::vector<Expected>& expected) {
    collector_.finish(results_);
    excuse(expected, command_.expect, results_);
    if (!command_.sarif.empty())
      if (auto done = reports::write_atomically(command_.sarif, reports::to_sarif(results_)); !done)
        return tell_error(done.error().text());
    const int code = cli::finish(common_, results_, watch, false, shown_);
    return interrupted ? kInterrupted : code;
  }

 private:
  /// The command that judges this log alone, likewise.
  [[nodiscard]] std::string replay_of(const Log& log) const {
    std::string text = "shinsa check";
    if (common_.system_given) text += " --system " + common_.system;
    for (const auto& [reading, name] : common_.readings)
      text += " --reading " + reading + "=" + name;
    if (command_.judge != CheckCommand{}.judge) text += " --judge " + command_.judge;
    if (!command_.complete) text += " --incomplete";
    if (!command_.mapping.empty()) text += " --mapping " + command_.mapping;
    if (command_.tolerance != CheckCommand{}.tolerance)
      text += " --tolerance " + command_.tolerance;
    for (const LogSource& source : log.sources)
      text += (command_.sources.empty() ? " " : " --source ") + source.typed;
    return text;
  }

  /// Keeps the text of a log for report.html, as long as it is short.
  void keep(const LogJudging& judging, std::string& shown) {
    if (shown.size() > kShownMax) return;
    shown += judging.text();
    shown += "\n";
    if (shown.size() > kShownMax)
      tell_warning(judging.name() +
                   ": the log has more than 4 MiB; report.html shows its verdicts alone");
  }

  /// What the last event has shown, at once.
  void tell_news(const Log& log, LogJudging& judging) {
    for (const std::string& warning : judging.take_warnings()) tell_warning(warning);
    if (!judging.judge()) return;
    const auto& findings = judging.judge()->findings();
    for (; told_ < findings.size(); ++told_) {
      const auto problem = problem_of(findings[told_], judging.facts(), log.name);
      std::ostream& out = common_.json ? std::cerr : std::cout;
      out << problem.where << ": " << in(common_.lang, problem.says.en, problem.says.ja)
          << std::endl;
    }
  }

  const Common& common_;
  const CheckCommand& command_;
  LogOptions options_;
  Duration tolerance_;
  reports::Results& results_;
  Collector collector_;
  reports::HtmlData shown_;
  std::size_t told_ = 0;  // findings of the log that is followed
};

}  // namespace

int check(const Common& common, const CheckCommand& command) {
  const Stopwatch watch;
  const auto judged = judged_of(command.judge);
  if (!judged)
    return tell_usage("--judge wants portal, ca or portal,ca, not '" + command.judge + "'",
                      "shinsa check --help");
  if (command.logs.empty() == command.sources.empty())
    return tell_usage(command.logs.empty() ? "no log was named"
                                           : "LOGs are judged each on its own, --source FILEs "
                                             "together; give one of the two",
                      "shinsa check --help");
  std::vector<Log> logs;
  for (const std::string& path : command.logs) logs.push_back({path, {{path, {}, path}}});
  if (!command.sources.empty()) logs.push_back({{}, {}});
  for (const std::string& text : command.sources) {
    const auto source = source_of(text);
    if (!source)
      return tell_usage("'" + text + "' has no skew such as +2s, -5m or PT2S",
                        "shinsa check --help");
    logs.back().name += (logs.back().name.empty() ? "" : "+") + source->path;
    logs.back().sources.push_back(*source);
  }
  const auto tolerance = duration_of(command.tolerance);
  if (!tolerance || *tolerance < Duration{})
    return tell_usage(
        "--tolerance wants a time such as 2s, 5m or PT2S, not '" + command.tolerance + "'",
        "shinsa check --help");
  if (command.follow && (logs.size() > 1 || logs.front().sources.size() > 1))
    return tell_usage("--follow goes with one log", "shinsa check --help");
  LogOptions options;
  options.system = common.system;
  options.readings = common.readings;
  options.judged = *judged;
  options.complete = command.complete && !command.follow;
  options.whatever_the_log_says = common.system_given;
  if (!command.mapping.empty()) {
    auto mapping = read_mapping(command.mapping);
    if (!mapping) return tell_error(mapping.error().text());
    options.mapping = std::move(*mapping);
  }
  std::vector<Expected> expected;
  if (!command.expect.empty()) {
    auto read = read_expected(command.expect);
    if (!read) return tell_error(read.error().text());
    expected = std::move(*read);
  }
  if (command.follow) end_at_interrupt();
  reports::Results results = begin_results(common, "check", watch);
  Checking checking(common, command, std::move(options), *tolerance, results);
  for (const Log& log : logs)
    if (const int code = checking.check(log); code != kHeld) return code;
  return checking.finish(watch, expected);
}

}  // namespace shinsa::cli
