#include "cli/collect/expected.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace shinsa::cli {
namespace {

using reports::Verdict;
using testing::HasSubstr;

class ExpectedTest : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }
  Result<std::vector<Expected>> read(const std::string& text) {
    std::ofstream(path_) << text;
    return read_expected(path_);
  }
  /// A log with two departures.
  static reports::Results results() {
    reports::Results all;
    all.kind = "check";
    reports::ScenarioResult log;
    log.file = "logs/a.jsonl";
    log.verdict = Verdict::violated;
    for (const auto& [clause, line] : {std::pair{"JPR-23", 16u}, std::pair{"JPR-43", 20u}}) {
      reports::Problem problem;
      problem.kind = "violation";
      problem.clauses = {clause};
      problem.trace_line = line;
      problem.event_subject = "certificate/3";
      log.problems.push_back(problem);
    }
    all.scenarios.push_back(log);
    return all;
  }
  /// What is left of it.
  reports::Results excused(const std::string& text) {
    auto all = results();
    const auto expected = read(text);
    EXPECT_TRUE(expected) << expected.error().text();
    if (expected) excuse(*expected, "known.yaml", all);
    return all;
  }

  const std::string path_ = (std::filesystem::temp_directory_path() /
                             ("shinsa-expected-" + std::to_string(::getpid()) + ".yaml"))
                                .string();
};

TEST_F(ExpectedTest, ALogHoldsIfAllOfItIsExpected) {
  const auto all = excused(
      "- clause: JPR-23\n  log: a.jsonl\n  line: 16\n  reason: ticket 12\n"
      "- clause: JPR-43\n  subject: certificate/3\n  reason: ticket 13\n");

  ASSERT_EQ(all.scenarios.size(), 1u);
  EXPECT_EQ(all.scenarios[0].verdict, Verdict::held);
  EXPECT_EQ(all.scenarios[0].problems[0].excused.en, "ticket 12");
}

TEST_F(ExpectedTest, WhatIsNotExpectedStillFails) {
  const auto all = excused("- clause: JPR-23\n  reason: ticket 12\n");

  ASSERT_EQ(all.scenarios.size(), 1u);
  EXPECT_EQ(all.scenarios[0].verdict, Verdict::violated);
}

TEST_F(ExpectedTest, StaleEntriesFail) {
  for (const std::string differs :
       {"clause: JPR-24", "clause: JPR-23\n  log: b.jsonl", "clause: JPR-23\n  line: 17",
        "clause: JPR-23\n  subject: certificate/4"}) {
    SCOPED_TRACE(differs);
    const auto all = excused("- " + differs + "\n  reason: ticket 12\n");

    ASSERT_EQ(all.scenarios.size(), 2u);
    EXPECT_EQ(all.scenarios[0].verdict, Verdict::violated);
    EXPECT_EQ(all.scenarios[1].verdict, Verdict::violated);
    EXPECT_EQ(all.scenarios[1].problems[0].kind, "stale");
    EXPECT_THAT(all.scenarios[1].problems[0].where, HasSubstr(":1:3"));
  }
}

TEST_F(ExpectedTest, RefusesWhatIsNoSuchFileWithItsPlace) {
  const std::pair<std::string, std::string> cases[] = {
      {"clause: JPR-23\n", "is a list"},
      {"- JPR-23\n", "is a map"},
      {"- clause: JPR-23\n", "names its clause and the reason"},
      {"- clause: JPR-99\n  reason: x\n", "there is no clause 'JPR-99'"},
      {"- clause: JPR-23\n  reson: x\n", "did you mean 'reason'?"},
      {"- clause: JPR-23\n  reason: x\n  line: none\n", "no number of a line"},
      {"- clause: [JPR-23]\n  reason: x\n", "is no text"},
  };
  for (const auto& [text, said] : cases) {
    SCOPED_TRACE(text);
    const auto read_text = read(text);
    ASSERT_FALSE(read_text);
    EXPECT_THAT(read_text.error().text(), HasSubstr(said));
  }
}

}  // namespace
}  // namespace shinsa::cli
