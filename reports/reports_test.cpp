#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <pugixml.hpp>
#include <sstream>

#include "reports/junit.hpp"
#include "reports/results_json.hpp"
#include "reports/text.hpp"
#include "reports/write_files.hpp"

namespace shinsa::reports {
namespace {

/// One scenario that held, one that was violated, one that does not apply.
Results small() {
  Results results;
  results.system = "jpdirect-reissue";
  results.seed = "1";
  results.readings["JPR-Q5"] = "refuse";
  ScenarioResult held;
  held.id = "jpdirect-reissue/a";
  held.title = {"It holds", "適合する"};
  held.system = "jpdirect-reissue";
  results.scenarios.push_back(held);
  ScenarioResult violated = held;
  violated.id = "jpdirect-reissue/b";
  violated.file = "scenarios/b.yaml";
  violated.line = 12;
  violated.title = {"A reissue in the month of expiry", "有効期限日の当月の再発行"};
  violated.verdict = Verdict::violated;
  violated.covers = {"JPR-21"};
  violated.replay = "shinsa run --seed 1 scenarios/b.yaml:12";
  violated.problems.push_back(
      {"violation",
       {"mail.sent violates JPR-21", "mail.sent は JPR-21 に違反しています"},
       "trace:7",
       {"JPR-21"},
       {},
       "{to: x}",
       7,
       "mail.sent",
       "application/1",
       {"must: application.refused application/1"}});
  results.scenarios.push_back(violated);
  ScenarioResult skipped = held;
  skipped.id = "jpdirect-reissue/c";
  skipped.verdict = Verdict::not_applicable;
  skipped.reason = "requires JPR-Q5=hold-or-refuse";
  results.scenarios.push_back(skipped);
  for (const auto& [id, verdict] :
       std::vector<std::pair<std::string, Verdict>>{{"JPR-21", Verdict::violated},
                                                    {"JPR-22", Verdict::held},
                                                    {"JPR-23", Verdict::not_exercised}}) {
    ClauseResult clause;
    clause.id = id;
    clause.verdict = verdict;
    results.clauses.push_back(clause);
  }
  return results;
}

/// The same, with a row that nothing came to and one that nothing can come to.
Results covered() {
  Results results = small();
  results.clauses.front().system = "jpdirect-reissue";
  results.clauses.front().refused = 3;
  SystemCoverage one;
  one.system = "jpdirect-reissue";
  one.states = {2, 3};
  one.rows = {5, 7};
  one.guards = {4, 4};
  one.sometimes = {{"shown-once", {"It was shown.", "観測された。"}, 1},
                   {"shown-never", {"It is never shown.", "観測されない。"}, 0}};
  one.never = {{"row", {"Signup: Idle + Clicked (row 1)"}, {}},
               {"row", {"Signup: Idle + Left (row 2)"}, {"nobody leaves", "誰も去らない"}}};
  results.coverage.push_back(one);
  return results;
}

std::string summary(const Results& results, const std::string& lang, int width = 80,
                    bool verbose = false) {
  std::ostringstream out;
  TextOptions options;
  options.lang = lang;
  options.verbose = verbose;
  options.width = width;
  print_summary(out, results, options);
  return out.str();
}

TEST(TextTest, ReadsAsQaReadsItInEnglish) {
  EXPECT_EQ(summary(small(), "en"),
            "FAIL  scenarios/b.yaml:12  A reissue in the month of expiry  [JPR-21]\n"
            "  trace:7\n"
            "    mail.sent violates JPR-21\n"
            "      observed: {to: x}\n"
            "      allowed here: must: application.refused application/1\n"
            "  replay: shinsa run --seed 1 scenarios/b.yaml:12\n"
            "SKIP  :0  It holds\n"
            "  requires JPR-Q5=hold-or-refuse\n"
            "not exercised: JPR-23\n"
            "readings in force: JPR-Q5=refuse\n"
            "clauses: 1 held, 1 violated, 1 not exercised, 0 inconclusive, 0 not applicable\n"
            "1 passed, 1 failed, 1 skipped\n");
}

TEST(TextTest, ReadsAsQaReadsItInJapanese) {
  const std::string text = summary(small(), "ja");
  for (const char* said :
       {"有効期限日の当月の再発行", "mail.sent は JPR-21 に違反しています", "実際: {to: x}",
        "許される動作: must:", "再実行: shinsa run", "未実施の条項: JPR-23",
        "採用した解釈: JPR-Q5=refuse", "条項: 適合 1、違反 1、未実施 1"})
    EXPECT_NE(text.find(said), std::string::npos) << said << "\n" << text;
  EXPECT_TRUE(text.ends_with("\n1 passed, 1 failed, 1 skipped\n"));
}

TEST(TextTest, SaysHowMuchWasGoneThroughAndVerboselyWhatWasNot) {
  const std::string line =
      "covered: jpdirect-reissue: states 2/3, rows 5/7, guards both ways 4/4, laws of "
      "`sometimes` shown 1/2\n";
  const std::string never = "Signup: Idle + Clicked (row 1)\n";

  EXPECT_NE(summary(covered(), "en", 200).find(line), std::string::npos);
  EXPECT_EQ(summary(covered(), "en", 200).find(never), std::string::npos);
  const std::string all = summary(covered(), "ja", 200, true);
  EXPECT_NE(all.find("未到達: " + never), std::string::npos) << all;
  EXPECT_NE(all.find("(row 2): 誰も去らない\n"), std::string::npos) << all;
  EXPECT_NE(all.find("未観測: shown-never: 観測されない。\n"), std::string::npos) << all;
}

TEST(TextTest, KeepsToTheWidthOfTheTerminalWithWideCharacters) {
  Results results = small();
  results.scenarios[1].problems[0].says.ja = std::string();
  for (int i = 0; i < 60; ++i) results.scenarios[1].problems[0].says.ja += "証";
  std::istringstream lines(summary(results, "ja", 60));
  for (std::string line; std::getline(lines, line);) {
    int columns = 0;
    for (std::size_t i = 0; i < line.size(); ++i)
      if ((static_cast<unsigned char>(line[i]) & 0xc0) != 0x80)
        columns += static_cast<unsigned char>(line[i]) >= 0xe3 ? 2 : 1;
    EXPECT_LE(columns, 60) << line;
  }
}

TEST(TextTest, AHostileLogDoesNotMoveTheCursor) {
  Results results = small();
  results.scenarios[1].problems[0].observed = "\x1b[2J\r\nx";
  EXPECT_EQ(summary(results, "en").find('\x1b'), std::string::npos);
}

TEST(JsonTest, KeepsVerdictsAndHasWallClockOnlyInItsRunBlock) {
  Results one = small(), two = small();
  two.run = {"other", "2030-01-01T00:00:00+09:00", 99, "t", "p"};
  auto a = boost::json::parse(to_json(one)).as_object();
  auto b = boost::json::parse(to_json(two)).as_object();
  EXPECT_EQ(a.at("format"), "shinsa-results/1");
  EXPECT_EQ(a.at("totals").at("failed"), 1);
  EXPECT_EQ(a.at("scenarios").at(1).at("verdict"), "violated");
  a.erase("run");
  b.erase("run");
  EXPECT_EQ(boost::json::serialize(a), boost::json::serialize(b));
}

RC_GTEST_PROP(JsonTest, IsJsonWhateverTheTextsHold, (const std::string& text)) {
  Results results = small();
  results.scenarios[1].problems[0].observed = text;
  results.scenarios[1].title.en = text;
  RC_ASSERT(boost::json::parse(to_json(results)).is_object());
}

TEST(JsonTest, TellsWhatWasReachedAndWhatWasNot) {
  const auto document = boost::json::parse(to_json(covered()));
  const auto& one = document.at("coverage").at("systems").at(0);

  EXPECT_EQ(one.at("rows").at("reached"), 5);
  EXPECT_EQ(one.at("rows").at("all"), 7);
  EXPECT_EQ(one.at("refusals").at("JPR-21"), 3);
  EXPECT_EQ(one.at("sometimes").at(0).at("runs"), 1);
  EXPECT_FALSE(one.at("never").at(0).as_object().contains("because"));
  EXPECT_EQ(one.at("never").at(1).at("because").at("ja"), "誰も去らない");
}

TEST(JUnitTest, TellsWhatWasReached) {
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(to_junit(covered()).c_str()));
  const auto suite = document.child("testsuites").child("testsuite");

  const auto rows =
      suite.child("properties").find_child_by_attribute("property", "name", "coverage.rows");
  EXPECT_STREQ(rows.attribute("value").value(), "5/7");
}

TEST(JUnitTest, GivesEachVerdictItsImage) {
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(to_junit(small()).c_str()));
  const auto suite = document.child("testsuites").child("testsuite");
  EXPECT_EQ(suite.attribute("tests").as_int(), 3);
  EXPECT_EQ(suite.attribute("failures").as_int(), 1);
  EXPECT_EQ(suite.attribute("skipped").as_int(), 1);
  auto test = suite.first_child();
  EXPECT_FALSE(test.child("failure"));
  test = test.next_sibling();
  EXPECT_STREQ(test.child("failure").attribute("type").value(), "violated");
  EXPECT_NE(std::string(test.child("failure").text().get()).find("replay: shinsa run"),
            std::string::npos);
  test = test.next_sibling();
  EXPECT_TRUE(test.child("skipped"));
}

/// XML 1.0 allows tab, newline, carriage return and everything from blank on, but no surrogate,
/// U+FFFE, U+FFFF.
bool is_allowed(std::string_view xml) {
  for (std::size_t i = 0; i < xml.size(); ++i) {
    const auto byte = static_cast<unsigned char>(xml[i]);
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return false;
    if (xml.substr(i).starts_with("\xef\xbf\xbe") || xml.substr(i).starts_with("\xef\xbf\xbf"))
      return false;
    if (xml.substr(i).starts_with("&#")) {
      const int code = std::stoi(std::string(xml.substr(i + 2, 3)));
      if (code < 0x20 && code != 9 && code != 10 && code != 13) return false;
    }
  }
  return true;
}

RC_GTEST_PROP(JUnitTest, IsXmlWhateverTheTextsHold, (const std::string& text)) {
  Results results = small();
  results.scenarios[1].problems[0].observed = text;
  results.scenarios[1].id = text;
  const std::string xml = to_junit(results);
  pugi::xml_document document;
  RC_ASSERT(document.load_string(xml.c_str()));
  RC_ASSERT(is_allowed(xml));
}

TEST(WriteFilesTest, WritesWholeFilesOrNone) {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("shinsa-reports-test-" + std::to_string(::getpid()));
  ASSERT_TRUE(write_atomically(folder / "a" / "b.txt", "text"));
  std::ifstream file(folder / "a" / "b.txt");
  std::string read;
  std::getline(file, read);
  EXPECT_EQ(read, "text");
  EXPECT_FALSE(write_atomically(folder / "a" / "b.txt" / "c", "x")) << "a file is no folder";
  EXPECT_FALSE(std::filesystem::exists(folder / "a" / "b.txt.part"));
  ASSERT_TRUE(write_report_files(folder, small()));
  EXPECT_TRUE(std::filesystem::exists(folder / "results.json"));
  EXPECT_TRUE(std::filesystem::exists(folder / "junit.xml"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace shinsa::reports
