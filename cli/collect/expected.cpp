#include "cli/collect/expected.hpp"

#include <algorithm>
#include <charconv>

#include "cli/collect/judge_log.hpp"
#include "model/catalogue/catalogue.hpp"
#include "model/vocabulary/suggest.hpp"
#include "scenarios/terms.hpp"

namespace shinsa::cli {

namespace {

using scenarios::Term;

constexpr std::string_view kKeys[] = {"clause", "log", "line", "subject", "reason"};

Result<Expected> read_entry(const Term& term) {
  const std::string where = term.place.text();
  if (term.kind != Term::Kind::map)
    return fail("an expected departure is a map", where, "write clause: and reason:");
  Expected one;
  one.where = where;
  for (const auto& [key, value] : term.entries) {
    if (std::ranges::count(kKeys, key) == 0)
      return fail("there is no key '" + key + "' here" + did_you_mean(key, kKeys),
                  value.key_place.text(), "there are clause, log, line, subject, reason");
    if (value.kind != Term::Kind::text)
      return fail(key + ": is no text", value.place.text(), "write one value");
    if (key == "clause") one.clause = value.text;
    if (key == "log") one.log = value.text;
    if (key == "subject") one.subject = value.text;
    if (key == "reason") one.reason = value.text;
    if (key != "line") continue;
    std::size_t line = 0;
    const char* const end = value.text.data() + value.text.size();
    if (std::from_chars(value.text.data(), end, line).ptr != end || line == 0)
      return fail("line: is no number of a line", value.place.text(), "write a number from 1");
    one.line = line;
  }
  if (one.clause.empty() || one.reason.empty())
    return fail("an expected departure names its clause and the reason", where,
                "write clause: and reason:");
  if (!find_clause(one.clause))
    return fail("there is no clause '" + one.clause + "'", where, "see: shinsa list clauses --all");
  return one;
}

bool is_departure(const reports::Problem& problem) {
  return problem.kind == "violation" || problem.kind == "overdue" || problem.kind == "missing" ||
         problem.kind == "inconclusive";
}

bool excuses(const Expected& one, const reports::ScenarioResult& log,
             const reports::Problem& problem) {
  return is_departure(problem) && std::ranges::count(problem.clauses, one.clause) > 0 &&
         log.file.ends_with(one.log) && (!one.line || *one.line == problem.trace_line) &&
         (one.subject.empty() || one.subject == problem.event_subject);
}

/// The verdict of a log without what was expected.
reports::Verdict verdict_of(const reports::ScenarioResult& log) {
  using reports::Verdict;
  Verdict verdict = Verdict::held;
  for (const reports::Problem& problem : log.problems) {
    if (!is_departure(problem) || !problem.excused.empty()) continue;
    if (problem.kind != "inconclusive") return Verdict::violated;
    verdict = Verdict::inconclusive;
  }
  return verdict;
}

reports::ScenarioResult stale(const std::vector<Expected>& entries, const std::string& path) {
  reports::ScenarioResult result;
  result.id = path;
  result.title = {path, path};
  result.file = path;
  result.line = 1;
  result.verdict = reports::Verdict::violated;
  result.replay = "shinsa check --expect " + path;
  for (const Expected& one : entries) {
    reports::Problem problem;
    problem.kind = "stale";
    problem.says = {
        one.clause + " is expected and did not come (" + one.reason + "): remove the entry",
        one.clause + " は想定されていますが、ありませんでした（" + one.reason +
            "）。この項目を取り除いてください"};
    problem.where = one.where;
    result.problems.push_back(std::move(problem));
  }
  return result;
}

}  // namespace

Result<std::vector<Expected>> read_expected(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return Failure(text.error());
  std::vector<Error> errors;
  const Term root = scenarios::read_terms(scenarios::SourceText(path, *text), errors);
  if (!errors.empty()) return Failure(errors.front());
  if (root.kind != Term::Kind::list)
    return fail("a file of expected departures is a list", path, "write - clause: JPR-23");
  std::vector<Expected> all;
  for (const Term& term : root.items) {
    auto one = read_entry(term);
    if (!one) return Failure(one.error());
    all.push_back(std::move(*one));
  }
  return all;
}

void excuse(const std::vector<Expected>& expected, const std::string& path,
            reports::Results& results) {
  std::vector<Expected> unmet;
  for (const Expected& one : expected) {
    bool met = false;
    for (reports::ScenarioResult& log : results.scenarios)
      for (reports::Problem& problem : log.problems)
        if (excuses(one, log, problem)) {
          met = true;
          problem.excused = {one.reason, one.reason};
        }
    if (!met) unmet.push_back(one);
  }
  for (reports::ScenarioResult& log : results.scenarios) {
    const bool excused = std::ranges::any_of(
        log.problems, [](const reports::Problem& one) { return !one.excused.empty(); });
    if (!excused) continue;
    log.verdict = verdict_of(log);
    if (log.verdict == reports::Verdict::held) log.reason = {};
  }
  if (!unmet.empty()) results.scenarios.push_back(stale(unmet, path));
}

}  // namespace shinsa::cli
