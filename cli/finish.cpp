#include "cli/finish.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iostream>

#include "model/vocabulary/time.hpp"
#include "reports/results_json.hpp"
#include "reports/text.hpp"
#include "reports/write_files.hpp"

namespace shinsa::cli {

namespace {

/// A story's id as part of a file name: `jpdirect-reissue/month-of-expiry#2` ->
/// `jpdirect-reissue.month-of-expiry.2`.
std::string file_name_of(const std::string& id) {
  std::string name = id;
  for (char& c : name)
    if (c == '/' || c == '#') c = '.';
  return name;
}

int terminal_width(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 20) return size.ws_col;
  return 80;
}

bool wants_color(int descriptor) {
  const char* no_color = std::getenv("NO_COLOR");
  return isatty(descriptor) != 0 && !(no_color && *no_color);
}

std::filesystem::path page_of(const Common& common) {
  return std::filesystem::path(common.out) / "report.html";
}

}  // namespace

std::string Stopwatch::started() const { return to_text(Instant{std::time(nullptr)}); }

reports::Results begin_results(const Common& common, const std::string& kind,
                               const Stopwatch& watch) {
  reports::Results results;
  results.run.command = common.command;
  results.run.started = watch.started();
  results.run.tool = kToolName;
  results.run.platform = "linux";
  results.kind = kind;
  results.system = common.system;
  results.seed = std::to_string(common.seed);
  results.mutants = common.mutants;
  return results;
}

void clear_out(const std::string& out) {
  std::error_code ignored;
  for (const char* folder : {"traces", "artifacts"})
    std::filesystem::remove_all(std::filesystem::path(out) / folder, ignored);
}

Result<void> keep_story(const std::string& out, const scenarios::StoryRun& run,
                        reports::ScenarioResult& result, reports::HtmlData& shown) {
  const std::filesystem::path folder = out;
  const std::string name = file_name_of(result.id);
  result.trace_path = "traces/" + name + ".jsonl";
  if (auto done = reports::write_atomically(folder / result.trace_path, run.trace); !done)
    return done;
  shown.traces[result.id] = run.trace;
  for (const auto& [path, bytes] : run.artefacts) {
    result.artifacts.push_back("artifacts/" + name + "/" + path);
    if (auto done = reports::write_atomically(folder / result.artifacts.back(), bytes); !done)
      return done;
    if (path.starts_with("certificates/") && path.ends_with(".txt"))
      shown.artifacts[result.id][path] = bytes;
  }
  return {};
}

Result<void> write_reports(const Common& common, const reports::Results& results,
                           const reports::HtmlData& shown) {
  if (common.out.empty()) return {};
  if (auto written = reports::write_report_files(common.out, results); !written) return written;
  return reports::write_atomically(page_of(common),
                                   reports::to_html(results, shown, {common.lang, common.redact}));
}

int finish(const Common& common, reports::Results& results, const Stopwatch& watch,
           bool unexercised_fails, const reports::HtmlData& shown) {
  results.run.wall_ms = watch.milliseconds();
  if (auto written = write_reports(common, results, shown); !written)
    return tell_error(written.error().text());
  const int descriptor = common.json ? 2 : 1;
  std::ostream& summary = common.json ? std::cerr : std::cout;
  if (common.json) std::cout << reports::to_json(results);
  reports::TextOptions options;
  options.lang = common.lang;
  options.color = wants_color(descriptor);
  options.verbose = common.verbose;
  options.width = terminal_width(descriptor);
  if (!common.out.empty()) options.page = page_of(common).string();
  reports::print_summary(summary, results, options);
  const reports::Totals totals = reports::totals(results);
  if (std::ranges::any_of(results.scenarios,
                          [](const auto& s) { return s.verdict == reports::Verdict::error; }))
    return kCouldNotRun;
  if (totals.failed > 0) return kViolated;
  const bool unexercised = std::ranges::any_of(
      results.clauses, [](const auto& c) { return c.verdict == reports::Verdict::not_exercised; });
  if (unexercised && unexercised_fails) return kViolated;
  if (common.strict && (totals.skipped > 0 || (unexercised && results.kind == "run")))
    return kViolated;
  return kHeld;
}

}  // namespace shinsa::cli
