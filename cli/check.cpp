#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "cli/collect/collect.hpp"
#include "cli/collect/expected.hpp"
#include "cli/collect/judge_log.hpp"
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

}  // namespace

int check(const Common& common, const CheckCommand& command) {
  const Stopwatch watch;
  const auto judged = judged_of(command.judge);
  if (!judged)
    return tell_usage("--judge wants portal, ca or portal,ca, not '" + command.judge + "'",
                      "shinsa check --help");
  reports::Results results = begin_results(common, "check", watch);
  LogOptions options;
  options.system = common.system;
  options.readings = common.readings;
  options.judged = *judged;
  options.complete = command.complete;
  options.whatever_the_log_says = common.system_given;
  if (!command.names.empty()) {
    auto names = read_names(command.names);
    if (!names) return tell_error(names.error().text());
    options.names = std::move(*names);
  }
  std::vector<Expected> expected;
  if (!command.expect.empty()) {
    auto read = read_expected(command.expect);
    if (!read) return tell_error(read.error().text());
    expected = std::move(*read);
  }
  Collector collector;
  reports::HtmlData shown;
  for (const std::string& path : command.logs) {
    const auto text = read_file(path);
    if (!text) return tell_error(text.error().text());
    const JudgedLog log = judge_log(*text, path, options);
    for (const Error& error : log.errors) tell_error(error.text());
    if (!log.errors.empty()) return kCouldNotRun;
    for (const std::string& warning : log.warnings) tell_warning(warning);
    collector.about(log.profile);
    results.scenarios.push_back(collector.add(path, *log.judge, *log.facts, examine(log, *judged)));
    if (!common.out.empty()) shown.traces[results.scenarios.back().id] = *text;
    results.scenarios.back().replay = "shinsa check " + path;
  }
  collector.finish(results);
  excuse(expected, command.expect, results);
  if (!command.sarif.empty())
    if (auto done = reports::write_atomically(command.sarif, reports::to_sarif(results)); !done)
      return tell_error(done.error().text());
  return finish(common, results, watch, false, shown);
}

}  // namespace shinsa::cli
