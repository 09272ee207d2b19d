#include "reports/sarif.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "model/catalogue/catalogue.hpp"
#include "reports/utf8.hpp"

namespace shinsa::reports {

namespace {

namespace json = boost::json;

/// A path as a URI reference (RFC 3986): an absolute one as a file, a relative one as it is.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      uri += c;
      continue;
    }
    uri += '%';
    uri += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4];
    uri += "0123456789ABCDEF"[static_cast<unsigned char>(c) & 15];
  }
  return uri;
}

json::object text(const std::string& words) { return {{"text", valid_utf8(words)}}; }

/// Where the clause can be read: the page, or nothing for what no page states.
std::string page_of(const Clause& one) {
  for (const Page& page : pages())
    if (page.system == one.system) return "https://" + std::string(page.address);
  return {};
}

json::object rule(const std::string& id) {
  json::object out{{"id", id}};
  const auto index = find_clause(id);
  if (!index) return out;
  const Clause& one = clause(*index);
  out["shortDescription"] = text(std::string(one.statement_en));
  out["fullDescription"] = text(std::string(one.statement_ja));
  if (const std::string page = page_of(one); !page.empty()) out["helpUri"] = page;
  out["properties"] =
      json::object{{"kind", one.kind}, {"lines", one.lines}, {"source", one.source}};
  return out;
}

struct Level {
  std::string_view kind, level;
};
Level level_of(const Problem& problem) {
  if (problem.kind == "remark") return {"informational", "none"};
  if (problem.kind == "inconclusive") return {"open", "none"};
  return {"fail", problem.kind == "error" || problem.kind == "stale" ? "warning" : "error"};
}

json::array location_of(const ScenarioResult& scenario, const Problem& problem) {
  const std::size_t in_log = problem.trace_line;
  const auto line = static_cast<std::size_t>(std::max(1, scenario.line));
  const json::object region{{"startLine", in_log ? in_log : line}};
  return {
      json::object{{"physicalLocation",
                    json::object{{"artifactLocation", json::object{{"uri", uri_of(scenario.file)}}},
                                 {"region", region}}}}};
}

json::object result(const ScenarioResult& scenario, const Problem& problem,
                    const std::map<std::string, std::size_t>& rules) {
  const Level level = level_of(problem);
  std::string says = problem.says.en;
  if (!problem.repair.says.empty()) says += "\nrepair: " + problem.repair.says.en;
  if (!problem.settled_by.empty()) {
    says += "\nsettled by recording:";
    for (const std::string& type : problem.settled_by) says += " " + type;
  }
  json::object out{{"kind", level.kind},
                   {"level", level.level},
                   {"message", text(says)},
                   {"locations", location_of(scenario, problem)}};
  if (!problem.clauses.empty()) {
    out["ruleId"] = problem.clauses.front();
    out["ruleIndex"] = rules.at(problem.clauses.front());
  }
  json::array ids;
  for (const std::string& id : problem.clauses) ids.emplace_back(id);
  out["properties"] =
      json::object{{"clauses", ids}, {"ja", valid_utf8(problem.says.ja)}, {"what", problem.kind}};
  if (!problem.excused.empty())
    out["suppressions"] = json::array{
        json::object{{"kind", "external"}, {"justification", valid_utf8(problem.excused.en)}}};
  return out;
}

}  // namespace

std::string to_sarif(const Results& results) {
  std::map<std::string, std::size_t> rules;
  for (const ScenarioResult& scenario : results.scenarios)
    for (const Problem& problem : scenario.problems)
      for (const std::string& id : problem.clauses) rules[id] = 0;
  json::array described, found;
  for (auto& [id, index] : rules) {
    index = described.size();
    described.push_back(rule(id));
  }
  for (const ScenarioResult& scenario : results.scenarios)
    for (const Problem& problem : scenario.problems)
      if (!scenario.file.empty()) found.push_back(result(scenario, problem, rules));
  const json::object driver{{"name", "Shinsa"}, {"rules", described}};
  const json::object run{{"tool", json::object{{"driver", driver}}},
                         {"columnKind", "utf16CodeUnits"},
                         {"results", found}};
  return json::serialize(json::object{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                                      {"version", "2.1.0"},
                                      {"runs", json::array{run}}}) +
         "\n";
}

}  // namespace shinsa::reports
