#include "reports/junit.hpp"

#include <map>
#include <pugixml.hpp>
#include <sstream>

namespace shinsa::reports {

namespace {

/// XML 1.0 has no way to write most control characters, U+FFFE, U+FFFF and bytes that are no UTF-8:
/// they are shown instead.
std::string printable(std::string_view text) {
  std::string out;
  const auto show = [&out](unsigned char byte) {
    out += "\\x";
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t at) {
      return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
    };
    const unsigned first = byte(i);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xc2 && first < 0xe0 ? 2
                               : first >= 0xe0 && first < 0xf0 ? 3
                               : first >= 0xf0 && first < 0xf5 ? 4
                                                               : 0;
    bool good = length > 0;
    for (std::size_t k = 1; k < length; ++k) good = good && (byte(i + k) & 0xc0) == 0x80;
    if (first == 0xe0) good = good && byte(i + 1) >= 0xa0;
    if (first == 0xed) good = good && byte(i + 1) < 0xa0;
    if (first == 0xf0) good = good && byte(i + 1) >= 0x90;
    if (first == 0xf4) good = good && byte(i + 1) < 0x90;
    if (length == 1) good = first >= 0x20 || first == '\t' || first == '\n';
    if (first == 0xef && byte(i + 1) == 0xbf && byte(i + 2) >= 0xbe) good = false;
    if (good) {
      out += text.substr(i, length);
      i += length;
    } else {
      show(static_cast<unsigned char>(first));
      ++i;
    }
  }
  return out;
}

void attribute(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name) = printable(value).c_str();
}

void property(pugi::xml_node properties, const char* name, std::string_view value) {
  pugi::xml_node node = properties.append_child("property");
  attribute(node, "name", name);
  attribute(node, "value", value);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string told(const ScenarioResult& scenario) {
  std::string text;
  for (const Problem& problem : scenario.problems) {
    text += problem.where + ": " + problem.says.en + "\n";
    if (!problem.expected.empty()) text += "  expected: " + problem.expected.en + "\n";
    if (!problem.observed.empty()) text += "  observed: " + problem.observed.en + "\n";
    for (const Words& allowed : problem.allowed) text += "  allowed: " + allowed.en + "\n";
    if (!problem.repair.kind.empty()) text += "  repair: " + problem.repair.says.en + "\n";
    for (const std::string& other : problem.other_readings)
      text += "  accepted under: " + other + "\n";
    for (const std::string& type : problem.settled_by)
      text += "  settled by recording: " + type + "\n";
  }
  return text + "replay: " + scenario.replay + "\n";
}

void add_case(pugi::xml_node suite, const ScenarioResult& scenario) {
  pugi::xml_node test = suite.append_child("testcase");
  attribute(test, "classname", scenario.id.substr(0, scenario.id.find('/')));
  attribute(test, "name", scenario.id + ": " + scenario.title.en);
  attribute(test, "file", scenario.file);
  test.append_attribute("line") = scenario.line;
  test.append_attribute("time") = "0";
  pugi::xml_node properties = test.append_child("properties");
  property(properties, "covers", joined(scenario.covers));
  property(properties, "seed", scenario.seed);
  property(properties, "replay", scenario.replay);
  const std::string first =
      scenario.problems.empty() ? scenario.reason.en : scenario.problems.front().says.en;
  if (scenario.verdict == Verdict::held) return;
  const bool failed = scenario.verdict == Verdict::violated;
  pugi::xml_node outcome = test.append_child(failed                               ? "failure"
                                             : scenario.verdict == Verdict::error ? "error"
                                                                                  : "skipped");
  if (failed) attribute(outcome, "type", "violated");
  attribute(outcome, "message",
            failed ? first : std::string(to_text(scenario.verdict)) + ": " + first);
  if (failed) outcome.text() = printable(told(scenario)).c_str();
}

/// Parts of wholes, as `84/90`.
void add_coverage(pugi::xml_node suite, const SystemCoverage& covered) {
  pugi::xml_node properties = suite.append_child("properties");
  for (const auto& [name, part] :
       {std::pair{"coverage.states", covered.states}, std::pair{"coverage.rows", covered.rows},
        std::pair{"coverage.guards", covered.guards}})
    property(properties, name, std::to_string(part.reached) + "/" + std::to_string(part.all));
}

}  // namespace

std::string to_junit(const Results& results) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node suites = document.append_child("testsuites");
  suites.append_attribute("name") = "shinsa";
  std::map<std::string, std::vector<const ScenarioResult*>> by_system;
  for (const ScenarioResult& scenario : results.scenarios)
    by_system[scenario.system].push_back(&scenario);
  for (const auto& [system, scenarios] : by_system) {
    pugi::xml_node suite = suites.append_child("testsuite");
    attribute(suite, "name", system);
    Results one;
    for (const ScenarioResult* scenario : scenarios) one.scenarios.push_back(*scenario);
    std::size_t errors = 0;
    for (const ScenarioResult& scenario : one.scenarios)
      errors += scenario.verdict == Verdict::error ? 1 : 0;
    const Totals sum = totals(one);
    suite.append_attribute("tests") = scenarios.size();
    suite.append_attribute("failures") = sum.failed - errors;
    suite.append_attribute("errors") = errors;
    suite.append_attribute("skipped") = sum.skipped;
    suite.append_attribute("time") = "0";
    for (const SystemCoverage& covered : results.coverage)
      if (covered.system == system) add_coverage(suite, covered);
    for (const ScenarioResult* scenario : scenarios) add_case(suite, *scenario);
  }
  std::ostringstream out;
  document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

}  // namespace shinsa::reports
