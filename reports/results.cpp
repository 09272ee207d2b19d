#include "reports/results.hpp"

#include <array>

namespace shinsa::reports {

std::string_view to_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::held:
      return "held";
    case Verdict::violated:
      return "violated";
    case Verdict::inconclusive:
      return "inconclusive";
    case Verdict::not_exercised:
      return "not exercised";
    case Verdict::not_applicable:
      return "not applicable";
    case Verdict::error:
      return "error";
  }
  return "error";
}

std::string_view to_text_ja(Verdict verdict) {
  switch (verdict) {
    case Verdict::held:
      return "適合";
    case Verdict::violated:
      return "違反";
    case Verdict::inconclusive:
      return "判定不能";
    case Verdict::not_exercised:
      return "未実施";
    case Verdict::not_applicable:
      return "対象外";
    case Verdict::error:
      return "実行不能";
  }
  return "実行不能";
}

Totals totals(const Results& results) {
  Totals sum;
  for (const ScenarioResult& scenario : results.scenarios) switch (scenario.verdict) {
      case Verdict::held:
        ++sum.passed;
        break;
      case Verdict::violated:
      case Verdict::error:
        ++sum.failed;
        break;
      default:
        ++sum.skipped;
        break;
    }
  return sum;
}

std::string clause_line(const Results& results, std::string_view lang) {
  constexpr std::array kShown{Verdict::held, Verdict::violated, Verdict::not_exercised,
                              Verdict::inconclusive, Verdict::not_applicable};
  std::string line;
  for (Verdict verdict : kShown) {
    std::size_t count = 0;
    for (const ClauseResult& clause : results.clauses) count += clause.verdict == verdict ? 1 : 0;
    if (!line.empty()) line += lang == "ja" ? "、" : ", ";
    if (lang == "ja")
      line += std::string(to_text_ja(verdict)) + " " + std::to_string(count);
    else
      line += std::to_string(count) + " " + std::string(to_text(verdict));
  }
  return line;
}

}  // namespace shinsa::reports
