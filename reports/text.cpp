#include "reports/text.hpp"

#include <algorithm>
#include <vector>

namespace shinsa::reports {

namespace {

/// Columns of a character on a terminal: two for East Asian wide ones.
int columns(std::string_view character) {
  if (character.size() < 3) return 1;
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned>(static_cast<unsigned char>(character[i]));
  };
  const unsigned code =
      character.size() == 3 ? (byte(0) & 15) << 12 | (byte(1) & 63) << 6 | (byte(2) & 63) : 0x20000;
  return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
                 (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
                 (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) ||
                 (code >= 0xffe0 && code <= 0xffe6) || code >= 0x20000
             ? 2
             : 1;
}

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> all;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xc0) == 0x80) ++next;
    all.push_back(text.substr(at, next - at));
    at = next;
  }
  return all;
}

/// Control characters of a hostile log must not move the cursor.
std::string harmless(std::string_view text) {
  std::string out;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n')
      out += "\\n";
    else if (byte < 0x20 || byte == 0x7f) {
      out += "\\x";
      out += "0123456789abcdef"[byte >> 4];
      out += "0123456789abcdef"[byte & 15];
    } else
      out += c;
  }
  return out;
}

/// Breaks a text into lines of at most `width` columns, at blanks where there are any and between
/// wide characters.
std::vector<std::string> wrapped(std::string_view text, int width) {
  std::vector<std::string> lines(1);
  int used = 0;
  std::size_t last_blank = std::string::npos;
  for (std::string_view c : characters(text)) {
    const int needed = columns(c);
    if (used + needed > width) {
      std::string rest;
      if (needed == 1 && c != " " && last_blank != std::string::npos) {
        rest = lines.back().substr(last_blank + 1);
        lines.back().resize(last_blank);
      }
      lines.push_back(rest);
      used = 0;
      for (std::string_view r : characters(rest)) used += columns(r);
      last_blank = std::string::npos;
      if (c == " ") continue;
    }
    if (c == " ") last_blank = lines.back().size();
    lines.back() += c;
    used += needed;
  }
  return lines;
}

class Summary {
 public:
  Summary(std::ostream& out, const Results& results, const TextOptions& options)
      : out_(out), results_(results), options_(options) {}

  void print() {
    for (const ScenarioResult& scenario : results_.scenarios) print_scenario(scenario);
    print_unexercised();
    if (results_.kind == "run" || options_.verbose)
      for (const SystemCoverage& covered : results_.coverage) print_coverage(covered);
    print_open();
    print_circumstances();
    if (!options_.page.empty()) line(ja() ? "レポート: " : "report: ", options_.page, 0);
    out_ << (ja() ? "条項: " : "clauses: ") << clause_line(results_, options_.lang) << "\n";
    const Totals sum = totals(results_);
    out_ << sum.passed << " passed, " << sum.failed << " failed, " << sum.skipped << " skipped\n";
  }

 private:
  [[nodiscard]] bool ja() const { return options_.lang == "ja"; }
  [[nodiscard]] const std::string& in(const Words& words) const { return words.in(options_.lang); }
  [[nodiscard]] std::string colored(const std::string& text, const char* code) const {
    return options_.color ? std::string("\x1b[") + code + "m" + text + "\x1b[0m" : text;
  }

  void line(const std::string& label, const std::string& text, int indent = 2) {
    const std::string head = std::string(static_cast<std::size_t>(indent), ' ') + label;
    int used = 0;
    for (std::string_view c : characters(head)) used += columns(c);
    const auto lines = wrapped(harmless(text), std::max(20, options_.width - used));
    for (std::size_t i = 0; i < lines.size(); ++i)
      out_ << (i == 0 ? head : std::string(static_cast<std::size_t>(used), ' ')) << lines[i]
           << "\n";
  }

  static std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
  }

  void print_scenario(const ScenarioResult& scenario) {
    const bool failed = scenario.verdict == Verdict::violated || scenario.verdict == Verdict::error;
    const bool remarks =
        std::ranges::any_of(scenario.problems, [](const Problem& p) { return p.kind == "remark"; });
    const bool skipped =
        scenario.verdict == Verdict::not_applicable || scenario.verdict == Verdict::inconclusive;
    if (!failed && !options_.verbose && !(results_.kind == "check" && remarks) && !skipped) return;
    const std::string mark =
        failed    ? colored(scenario.verdict == Verdict::error ? "ERROR" : "FAIL", "31")
        : skipped ? colored("SKIP", "33")
                  : colored("ok", "32");
    std::string head =
        scenario.file + (results_.kind == "check"
                             ? ""
                             : ":" + std::to_string(scenario.line) + "  " + in(scenario.title));
    if (!scenario.covers.empty()) head += "  [" + joined(scenario.covers) + "]";
    line(mark + (mark.size() < 4 ? "    " : "  "), head, 0);
    if (!scenario.example.empty() && failed) {
      std::string example;
      for (const auto& [name, value] : scenario.example)
        example += (example.empty() ? "" : ", ") + name + ": " + value;
      line(ja() ? "例: " : "example: ", example);
    }
    if (!scenario.reason.empty()) line("", in(scenario.reason));
    first_of_log_ = results_.kind == "check";
    for (const Problem& problem : scenario.problems)
      if (failed || problem.kind == "remark" || problem.kind == "inconclusive")
        print_problem(problem);
    if (failed) line(ja() ? "再実行: " : "replay: ", scenario.replay);
  }

  void print_problem(const Problem& problem) {
    if (!problem.where.empty()) line("", problem.where);
    line("", in(problem.says), problem.where.empty() ? 2 : 4);
    if (!problem.expected.empty()) line(ja() ? "期待: " : "expected: ", in(problem.expected), 6);
    if (!problem.observed.empty()) line(ja() ? "実際: " : "observed: ", in(problem.observed), 6);
    if (problem.kind == "violation") {
      if (problem.allowed.empty())
        line(ja() ? "この時点で許される動作: なし" : "allowed here: nothing", "", 6);
      for (const Words& allowed : problem.allowed)
        line(ja() ? "許される動作: " : "allowed here: ", in(allowed), 6);
    }
    print_answer(problem);
    if (problem.kind == "expectation" && !problem.clauses.empty())
      line(ja() ? "条項: " : "clauses: ", joined(problem.clauses), 6);
  }

  void print_each(const std::string& label, const std::vector<Words>& phrases) {
    constexpr std::size_t kShown = 8;
    for (std::size_t i = 0; i < std::min(kShown, phrases.size()); ++i)
      line(label, in(phrases[i]), 6);
    if (phrases.size() > kShown) {
      const std::string more = std::to_string(phrases.size() - kShown);
      line(label, ja() ? "他" + more + "件" : more + " more", 6);
    }
  }

  /// What of a log's departure an answer says besides what broke which clause.
  void print_answer(const Problem& problem) {
    if (problem.kind == "remark") return;
    if (first_of_log_ && problem.accepted_lines > 0) {
      const std::string lines = std::to_string(problem.accepted_lines);
      line(ja() ? "ここまで適合: " : "in order: ",
           ja() ? "先頭から" + lines + "行" : "the first " + lines + " lines", 6);
      first_of_log_ = false;
    }
    print_each(ja() ? "否としたもの: " : "stopped by: ", problem.stopped_by);
    print_each(ja() ? "未記録の可能性: " : "unless: ", problem.supposed);
    if (!problem.settled_by.empty())
      line(ja() ? "記録すれば決まるもの: " : "settled by recording: ", joined(problem.settled_by),
           6);
    if (problem.examined) {
      line(ja() ? "修正案: " : "repair: ",
           problem.repair.kind.empty()
               ? (ja() ? "1件の変更では適合しない" : "no single event makes it right")
               : in(problem.repair.says),
           6);
      if (!problem.other_readings.empty())
        line(ja() ? "適合とする別の解釈: " : "accepted under: ", joined(problem.other_readings), 6);
    }
    print_each(ja() ? "これに伴う指摘: " : "follows: ", problem.follows);
    if (!problem.excused.empty()) line(ja() ? "想定済み: " : "expected: ", in(problem.excused), 6);
  }

  void print_unexercised() {
    if (results_.kind != "run") return;
    std::vector<std::string> ids;
    for (const ClauseResult& clause : results_.clauses)
      if (clause.verdict == Verdict::not_exercised) ids.push_back(clause.id);
    if (!ids.empty()) line(ja() ? "未実施の条項: " : "not exercised: ", joined(ids), 0);
  }

  /// Parts of wholes; what was never reached where everything is told.
  void print_coverage(const SystemCoverage& covered) {
    const auto part = [](const SystemCoverage::Part& one) {
      return std::to_string(one.reached) + "/" + std::to_string(one.all);
    };
    std::string text = covered.system + (ja() ? ": 状態 " : ": states ") + part(covered.states) +
                       (ja() ? "、遷移 " : ", rows ") + part(covered.rows) +
                       (ja() ? "、可と否の両方を判定したガード " : ", guards both ways ") +
                       part(covered.guards);
    if (!covered.sometimes.empty()) {
      const auto shown = std::ranges::count_if(
          covered.sometimes, [](const SystemCoverage::Shown& one) { return one.runs > 0; });
      text += (ja() ? "、観測された「ときに」の法則 " : ", laws of `sometimes` shown ") +
              part({static_cast<std::size_t>(shown), covered.sometimes.size()});
    }
    line(ja() ? "到達範囲: " : "covered: ", text, 0);
    if (!options_.verbose) return;
    for (const NeverReached& one : covered.never)
      line(ja() ? "未到達: " : "never: ",
           in(one.what) + (one.because.empty() ? "" : ": " + in(one.because)));
    for (const auto& one : covered.sometimes)
      if (!one.runs) line(ja() ? "未観測: " : "never: ", one.law + ": " + in(one.says));
  }

  /// Loud: what could not be told, and what would settle most of it.
  void print_open() {
    std::size_t open = 0;
    std::vector<std::string> types;
    for (const ScenarioResult& scenario : results_.scenarios)
      for (const Problem& problem : scenario.problems) {
        if (problem.kind != "inconclusive") continue;
        ++open;
        for (const std::string& type : problem.settled_by)
          if (std::ranges::count(types, type) == 0) types.push_back(type);
      }
    if (open == 0) return;
    std::ranges::sort(types);
    const std::string count = std::to_string(open);
    line(colored(ja() ? "判定不能: " : "INCONCLUSIVE: ", "33"),
         ja() ? count + "件は記録されていない出来事によって結論が変わる" +
                    (types.empty() ? "" : "。記録すれば決まるもの: " + joined(types))
              : count + (open == 1 ? " departure depends" : " departures depend") +
                    " on what is not recorded" + (types.empty() ? "" : "; record " + joined(types)),
         0);
  }

  void print_circumstances() {
    std::string readings;
    for (const auto& [id, name] : results_.readings)
      readings += (readings.empty() ? "" : ", ") + id + "=" + name;
    const Totals sum = totals(results_);
    if ((sum.failed > 0 || (results_.kind == "check" && sum.skipped > 0)) && !readings.empty())
      line(ja() ? "採用した解釈: " : "readings in force: ", readings, 0);
    if (!results_.mutants.empty()) line(ja() ? "変異: " : "mutants: ", joined(results_.mutants), 0);
  }

  std::ostream& out_;
  const Results& results_;
  const TextOptions& options_;
  bool first_of_log_ = false;  // the next problem is the first of its log
};

}  // namespace

void print_summary(std::ostream& out, const Results& results, const TextOptions& options) {
  Summary(out, results, options).print();
}

int columns_of(std::string_view text) {
  int all = 0;
  for (std::string_view c : characters(text)) all += columns(c);
  return all;
}

std::string wrap(std::string_view text, int indent, int width) {
  std::string all;
  for (const std::string& line : wrapped(text, std::max(20, width - indent))) {
    if (!all.empty()) all += '\n';
    all += std::string(static_cast<std::size_t>(indent), ' ') + line;
  }
  return all;
}

}  // namespace shinsa::reports
