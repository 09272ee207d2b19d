#include "reports/html.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/json.hpp>

namespace shinsa::reports {
namespace {

constexpr std::string_view kOpening = R"(<script type="application/json" id="data">)";

Results one_scenario() {
  Results results;
  results.system = "jpdirect-reissue";
  results.seed = "1";
  ScenarioResult scenario;
  scenario.id = "log.jsonl";
  results.scenarios.push_back(scenario);
  return results;
}

/// What stands between the tags that hold the data.
std::string data_of(const std::string& page) {
  const std::size_t begin = page.find(kOpening);
  EXPECT_NE(begin, std::string::npos);
  const std::size_t end = page.find("</script>", begin);
  return page.substr(begin + kOpening.size(), end - begin - kOpening.size());
}

TEST(HtmlTest, ATraceNeverEndsTheElementThatHoldsIt) {
  HtmlData shown;
  shown.traces["log.jsonl"] = "</script><script>alert(1)</script><!--\xe2\x80\xa8\xe2\x80\xa9";

  const std::string data = data_of(to_html(one_scenario(), shown, {}));

  EXPECT_EQ(data.find('<'), std::string::npos);
  EXPECT_EQ(data.find("\xe2\x80\xa8"), std::string::npos);
  EXPECT_EQ(boost::json::parse(data).at("traces").at("log.jsonl").as_string(),
            shown.traces["log.jsonl"]);
}

RC_GTEST_PROP(HtmlTest, KeepsWhateverATraceHolds, (const std::string& ascii)) {
  std::string text;
  for (char c : ascii) text += static_cast<char>(c & 0x7f);
  HtmlData shown;
  shown.traces["log.jsonl"] = text;

  const auto data = boost::json::parse(data_of(to_html(one_scenario(), shown, {})));

  RC_ASSERT(data.at("traces").at("log.jsonl").as_string() == text);
}

TEST(HtmlTest, ALongTraceIsCompressed) {
  HtmlData shown;
  shown.traces["log.jsonl"] = std::string(2'000'000, 'x');

  const std::string page = to_html(one_scenario(), shown, {});

  EXPECT_EQ(page.find(kOpening), std::string::npos);
  EXPECT_NE(page.find(R"(data-packed="gzip-base64">H4sI)"), std::string::npos);
  EXPECT_LT(page.size(), 200'000u);
}

TEST(RedactTest, GivesTheSameStandInToTheSameText) {
  EXPECT_EQ(redact("to: taro@example.jp, cc: hanako@example.jp, from: taro@example.jp"),
            "to: mail-1@redacted.invalid, cc: mail-2@redacted.invalid, from: "
            "mail-1@redacted.invalid");
  EXPECT_EQ(redact("03-0000-0001 or 090-1111-2222, then 03-0000-0001"),
            "tel-1 or tel-2, then tel-1");
  EXPECT_EQ(redact("customer/C1 customer/C2 customer/C1"),
            "customer/redacted-1 customer/redacted-2 customer/redacted-1");
}

TEST(RedactTest, TakesOrganisationsWhereverTheyStandOnceNamed) {
  EXPECT_EQ(redact(R"({"organisation":"株式会社例"} 株式会社例 organisation/株式会社例)"),
            R"({"organisation":"organisation-1"} organisation-1 organisation/organisation-1)");
}

TEST(RedactTest, LeavesWhatNamesNobody) {
  for (const std::string text :
       {"2026-11-24T10:00:00+09:00", "www.example.jp", "@", "a@", "@b", "010-1", "7-03-0000-0001",
        "certificate/0123456789", R"(line\nbreak)"})
    EXPECT_EQ(redact(text), text);
}

TEST(RedactTest, StopsAtAnEscapeBeforeAnAddress) {
  EXPECT_EQ(redact(R"(first\ntaro@example.jp)"), R"(first\nmail-1@redacted.invalid)");
}

}  // namespace
}  // namespace shinsa::reports
