/// Stories in parts: what the loader makes of them, and how their parts run on one clock.
#include <gtest/gtest.h>

#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::scenarios {
namespace {

const std::string kGiven =
    "customer:\n"
    "  start: 2026-11-24T10:00:00+09:00\n"
    "  facts:\n"
    "    - fact.customer: customer/C1\n"
    "      billing_mail: billing@example.jp\n";

const std::string kHead =
    "title: t\n"
    "title_ja: 例\n"
    "parts:\n"
    "  one: {system: jpdirect-reissue, given: {use: [customer]}}\n"
    "  two: {system: jpdirect-reissue, given: {use: [customer]}}\n"
    "steps:\n";  // lines 1 to 6

std::string inquiry(const std::string& part, const std::string& more = {}) {
  return "  - request: inquiry.received\n    in: " + part + "\n    subject: application/1\n" +
         "    data: {customer: customer/C1, channel: form, from: taro@example.jp, cn: "
         "www.example.jp}\n" +
         more;
}

std::string told(const LoadResult& result) {
  std::string all;
  for (const Error& error : result.errors) all += error.text() + "\n";
  return all;
}

TEST(PartsTest, EachPartIsAStoryOfItsSystem) {
  const auto result =
      load_text(kHead + inquiry("two") + inquiry("one", "    after: P1D\n") + "  - wait: P1D\n",
                "s.yaml", kGiven);

  ASSERT_TRUE(result.errors.empty()) << told(result);
  ASSERT_EQ(result.stories.size(), 2u);
  EXPECT_EQ(result.stories[0].id, "s@one");
  EXPECT_EQ(result.stories[0].tale, "s");
  ASSERT_EQ(result.stories[0].steps.size(), 2u) << "a wait alone goes to the first part";
  EXPECT_EQ(result.stories[0].steps[0].order, 1u);
  EXPECT_EQ(result.stories[0].steps[1].order, 2u);
  ASSERT_EQ(result.stories[1].steps.size(), 1u);
  EXPECT_EQ(result.stories[1].steps[0].order, 0u);
  EXPECT_EQ(count_together(result.stories), 2u);
}

TEST(PartsTest, AStepBelowEachIsTakenOncePerRow) {
  const auto result = load_text(
      "title: t\ntitle_ja: 例\nsystem: jpdirect-reissue\n"
      "given:\n  start: 2026-11-24T10:00:00+09:00\n  facts:\n"
      "    - each: [{n: 1}, {n: 2}]\n      facts:\n        - fact.customer: customer/C${n}\n"
      "steps:\n  - each: [{n: 1, d: a}, {n: 2, d: b}, {n: 3, d: c}]\n    steps:\n"
      "      - request: inquiry.received\n        subject: application/${n}\n"
      "        data: {customer: customer/C1, channel: form, from: taro@example.jp, cn: "
      "\"${d}.example.jp\"}\n      - expect: mail.sent\n        subject: application/${n}\n",
      "s.yaml");

  ASSERT_TRUE(result.errors.empty()) << told(result);
  const Story& story = result.stories.at(0);
  EXPECT_EQ(story.facts.size(), 2u);
  ASSERT_EQ(story.steps.size(), 6u);
  EXPECT_EQ(story.steps[4].subject, "application/3");
  EXPECT_EQ(story.steps[5].order, 5u);
}

TEST(PartsTest, TellsWhatIsWrongWithItsPlace) {
  struct Line {
    std::string text, where, said;
  };
  const std::string each =
      "title: t\ntitle_ja: 例\nsystem: jpdirect-reissue\ngiven:\n"
      "  start: 2026-11-24T10:00:00+09:00\nsteps:\n";  // lines 1 to 6
  const std::vector<Line> table{
      {kHead + inquiry("too"), "s.yaml:8:9", "did you mean 'two'?"},
      {kHead + "  - expect: mail.sent\n", "s.yaml:7:5", "does not say in which part"},
      {each + "  - each: [{n: 1}]\n", "s.yaml:7:5", "steps: below it"},
      {each + "  - each: [{n: 1}]\n    steps: [{wait: P1D}]\n", "s.yaml:7:13", "is never used"},
  };
  for (const Line& line : table) {
    const auto result = load_text(line.text, "s.yaml", kGiven);
    const bool found = std::ranges::any_of(result.errors, [&](const Error& error) {
      return error.where == line.where && error.text().find(line.said) != std::string::npos;
    });
    EXPECT_TRUE(found) << line.said << " at " << line.where << "\n" << told(result);
  }
}

TEST(PartsTest, OneClockCarriesAllParts) {
  const auto loaded = load_text(kHead + inquiry("one") + inquiry("two", "    after: P30D\n") +
                                    "  - expect: mail.sent\n    in: two\n  - mailbox: "
                                    "taro@example.jp\n    in: one\n    data: {count: 2}\n",
                                "s.yaml", kGiven);
  ASSERT_TRUE(loaded.errors.empty()) << told(loaded);

  const auto runs = run_together(loaded.stories, {});

  ASSERT_EQ(runs.size(), 2u);
  for (const StoryRun& run : runs)
    EXPECT_EQ(run.end, StoryRun::End::passed) << (run.misses.empty() ? "" : run.misses[0].says.en);
  EXPECT_EQ(runs[0].steps[1].time, loaded.stories[0].start + days(30))
      << "what part one sees is what part two has lived through";
}

TEST(PartsTest, APartThatIsNotRunTakesTheOthersWithIt) {
  const auto loaded = load_text(
      "title: t\ntitle_ja: 例\nparts:\n"
      "  one: {system: jpdirect-reissue, given: {use: [customer]}}\n"
      "  two: {system: jpdirect-reissue, given: {use: [customer]}, requires: {JPR-Q4: utc}}\n"
      "steps:\n" +
          inquiry("one") + inquiry("two"),
      "s.yaml", kGiven);
  ASSERT_TRUE(loaded.errors.empty()) << told(loaded);

  const auto runs = run_together(loaded.stories, {});
  for (const StoryRun& run : runs) EXPECT_EQ(run.end, StoryRun::End::not_applicable);

  RunOptions utc;
  utc.readings["JPR-Q4"] = "utc";
  for (const StoryRun& run : run_together(loaded.stories, utc))
    EXPECT_EQ(run.end, StoryRun::End::passed);
}

}  // namespace
}  // namespace shinsa::scenarios
