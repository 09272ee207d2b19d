/// What the SARIF 2.1.0 schema requires of the objects that are written (OASIS sarif-v2.1.0,
/// section 3): held here, because the schema itself is not in the tree.
#include "reports/sarif.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/json.hpp>

#include "reports/junit.hpp"
#include "reports/text.hpp"

namespace shinsa::reports {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

/// A log with a violation that has an answer, something inconclusive, and a remark.
Results of_a_log() {
  Results results;
  results.kind = "check";
  results.readings["JPR-Q5"] = "hold-or-refuse";
  ScenarioResult log;
  log.id = log.file = "logs/新 log.jsonl";
  log.line = 1;
  log.verdict = Verdict::violated;
  log.replay = "shinsa check log";
  Problem violation;
  violation.kind = "violation";
  violation.says = {"certificate.issued violates JPR-23", "違反"};
  violation.where = "logs/log.jsonl:9";
  violation.clauses = {"JPR-23", "JPR-34"};
  violation.trace_line = 9;
  violation.accepted_lines = 8;
  violation.stopped_by = {{"Issuance of application/1 takes none in Held", "受け付けない"}};
  violation.repair = {"insert",
                      0,
                      9,
                      "certificate.revoked",
                      "certificate/A",
                      {"insert certificate.revoked (certificate/A) before line 9", "追加"}};
  violation.examined = true;
  violation.other_readings = {"JPR-Q5=issue-only"};
  violation.follows = {{"line 11: mail.sent", "11行目"}};
  log.problems.push_back(violation);
  Problem open;
  open.kind = "inconclusive";
  open.says = {"it depends", "判定できない"};
  open.where = "logs/log.jsonl:12";
  open.clauses = {"JPR-43"};
  open.trace_line = 12;
  open.settled_by = {"mail.sent"};
  open.supposed = {{"mail.sent (application/1) before line 12", "未記録"}};
  log.problems.push_back(open);
  Problem remark = open;
  remark.kind = "remark";
  remark.settled_by = {};
  remark.clauses = {"JPR-07"};
  log.problems.push_back(remark);
  results.scenarios.push_back(log);
  return results;
}

json::object parsed(const Results& results) { return json::parse(to_sarif(results)).as_object(); }

void expect_message(const json::value& value) {
  ASSERT_TRUE(value.is_object());
  EXPECT_TRUE(value.at("text").is_string());
  EXPECT_FALSE(value.at("text").as_string().empty());
}

void expect_rule(const json::value& rule) {
  EXPECT_FALSE(rule.at("id").as_string().empty());
  expect_message(rule.at("shortDescription"));
  EXPECT_TRUE(rule.at("helpUri").as_string().starts_with("https://"));
}

void expect_location(const json::value& location) {
  const json::value& physical = location.at("physicalLocation");
  const json::string& uri = physical.at("artifactLocation").at("uri").as_string();
  EXPECT_EQ(uri, "logs/%E6%96%B0%20log.jsonl");
  EXPECT_GE(physical.at("region").at("startLine").as_int64(), 1);
}

void expect_result(const json::value& result, const json::array& rules) {
  expect_message(result.at("message"));
  const auto index = static_cast<std::size_t>(result.at("ruleIndex").as_int64());
  ASSERT_LT(index, rules.size());
  EXPECT_EQ(rules[index].at("id"), result.at("ruleId"));
  // Section 3.27.10: a result whose kind is not `fail` has the level `none`.
  const bool fails = result.at("kind").as_string() == "fail";
  EXPECT_EQ(fails, result.at("level").as_string() != "none");
  for (const json::value& location : result.at("locations").as_array()) expect_location(location);
}

TEST(SarifTest, HasWhatTheSchemaRequires) {
  const json::object log = parsed(of_a_log());

  EXPECT_EQ(log.at("version").as_string(), "2.1.0");
  EXPECT_TRUE(log.at("$schema").as_string().starts_with("https://"));
  ASSERT_EQ(log.at("runs").as_array().size(), 1u);
  const json::value& run = log.at("runs").as_array()[0];
  const json::value& driver = run.at("tool").at("driver");
  EXPECT_EQ(driver.at("name").as_string(), "Shinsa");
  const json::array& rules = driver.at("rules").as_array();
  ASSERT_EQ(rules.size(), 4u);
  for (const json::value& rule : rules) expect_rule(rule);
  const json::array& results = run.at("results").as_array();
  ASSERT_EQ(results.size(), 3u);
  for (const json::value& result : results) expect_result(result, rules);
}

TEST(SarifTest, TellsFailuresFromWhatIsOpenAndFromRemarks) {
  const json::object log = parsed(of_a_log());

  const json::array& results = log.at("runs").as_array()[0].at("results").as_array();
  EXPECT_EQ(results[0].at("kind").as_string(), "fail");
  EXPECT_EQ(results[0].at("level").as_string(), "error");
  EXPECT_EQ(results[1].at("kind").as_string(), "open");
  EXPECT_EQ(results[2].at("kind").as_string(), "informational");
}

TEST(SarifTest, SuppressesWhatWasExpected) {
  Results results = of_a_log();
  results.scenarios[0].problems[0].excused = {"ticket 12", "ticket 12"};

  const json::object log = parsed(results);

  const json::array& found = log.at("runs").as_array()[0].at("results").as_array();
  const json::value& suppression = found[0].at("suppressions").as_array()[0];
  EXPECT_EQ(suppression.at("kind").as_string(), "external");
  EXPECT_EQ(suppression.at("justification").as_string(), "ticket 12");
  EXPECT_FALSE(found[1].as_object().contains("suppressions"));
}

RC_GTEST_PROP(SarifTest, IsJsonWhateverTheTextsHold, (const std::string& text)) {
  Results results = of_a_log();
  results.scenarios[0].file = text + "x";
  results.scenarios[0].problems[0].says = {text + "x", text};
  RC_ASSERT(json::parse(to_sarif(results)).is_object());
}

// -- the same answer on the terminal

std::string shown(const Results& results, const std::string& lang) {
  std::ostringstream out;
  print_summary(out, results, {.lang = lang});
  return out.str();
}

TEST(AnswerTest, IsToldOnTheTerminalInBothLanguages) {
  const std::string en = shown(of_a_log(), "en"), ja = shown(of_a_log(), "ja");

  EXPECT_THAT(en, HasSubstr("in order: the first 8 lines\n"));
  EXPECT_THAT(en, HasSubstr("stopped by: Issuance of application/1 takes none in Held\n"));
  EXPECT_THAT(en, HasSubstr("repair: insert certificate.revoked (certificate/A) before line 9\n"));
  EXPECT_THAT(en, HasSubstr("accepted under: JPR-Q5=issue-only\n"));
  EXPECT_THAT(en, HasSubstr("follows: line 11: mail.sent\n"));
  EXPECT_THAT(en, HasSubstr("settled by recording: mail.sent\n"));
  EXPECT_THAT(en, HasSubstr("INCONCLUSIVE: 1 departure depends on what is not recorded"));
  EXPECT_THAT(ja, HasSubstr("ここまで適合: 先頭から8行\n"));
  EXPECT_THAT(ja, HasSubstr("適合とする別の解釈: JPR-Q5=issue-only\n"));
  EXPECT_THAT(ja, HasSubstr("記録すれば決まるもの: mail.sent"));
}

TEST(AnswerTest, IsToldInJUnitToo) {
  const std::string xml = to_junit(of_a_log());

  EXPECT_THAT(xml, HasSubstr("repair: insert certificate.revoked (certificate/A) before line 9"));
  EXPECT_THAT(xml, HasSubstr("accepted under: JPR-Q5=issue-only"));
  EXPECT_THAT(xml, HasSubstr("settled by recording: mail.sent"));
}

TEST(AnswerTest, SaysSoIfNothingRepairsIt) {
  Results results = of_a_log();
  results.scenarios[0].problems[0].repair = {};
  EXPECT_THAT(shown(results, "en"), HasSubstr("repair: no single event makes it right\n"));
  results.scenarios[0].problems[0].examined = false;
  EXPECT_THAT(shown(results, "en"), Not(HasSubstr("repair:")));
}

}  // namespace
}  // namespace shinsa::reports
