#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "properties/campaign.hpp"
#include "properties/campaign/said.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::properties {
namespace {

CampaignOptions small(std::size_t runs, std::vector<std::string> mutants = {}) {
  CampaignOptions options;
  options.system = "nttcom-biz";
  options.seed = 7;
  options.runs = runs;
  options.mutants = std::move(mutants);
  return options;
}

/// Writes a story to a file of its own and reads it as the command would.
scenarios::Story read_story(const std::string& text) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "shinsa-nttcom-campaign";
  std::filesystem::create_directories(folder);
  const auto file =
      folder /
      (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".yaml");
  std::ofstream(file) << text;
  auto loaded = scenarios::load_paths({file.string()}, folder.string());
  EXPECT_TRUE(loaded.errors.empty()) << (loaded.errors.empty() ? "" : loaded.errors.front().text());
  EXPECT_EQ(loaded.stories.size(), 1u);
  return loaded.stories.at(0);
}

std::vector<std::string> names_of(const CampaignFailure& failure) {
  std::vector<std::string> names;
  for (std::size_t law : failure.laws) names.emplace_back(laws("nttcom-biz")[law].name);
  return names;
}

TEST(NttcomCampaignTest, FindsNothingInTheSystemAsItShouldBe) {
  const auto result = run_campaign(small(1500));
  ASSERT_TRUE(result) << result.error().text();
  EXPECT_TRUE(result->failures.empty());
  EXPECT_EQ(result->runs, 1500u);
  std::size_t rows = 0, fired = 0;
  for (const auto& machine : result->coverage.machines)
    for (auto count : machine.rows) {
      ++rows;
      fired += count > 0 ? 1 : 0;
    }
  EXPECT_GE(fired * 100, rows * 90);
  EXPECT_GE(result->refused * 100, result->requests * 20);
  EXPECT_LE(result->refused * 100, result->requests * 60);
  const auto all = laws("nttcom-biz");
  for (std::size_t i = 0; i < all.size(); ++i)
    EXPECT_TRUE(all[i].kind != LawKind::sometimes || result->shown[i].count > 0) << all[i].name;
}

TEST(NttcomCampaignTest, BothOraclesSeeALinkThatIsOpenTooLong) {
  const auto result = run_campaign(small(2000, {"NTT-12.days:+1"}));
  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);
  // What the late approval leads to first: the issue, or for OV the call.
  const std::vector<std::string> laws = names_of(result->failures[0]);
  ASSERT_EQ(laws.size(), 1u);
  EXPECT_TRUE(laws[0] == "approved-in-time" || laws[0] == "calls-for-ov-alone") << laws[0];
  EXPECT_FALSE(result->failures[0].clauses.empty());
}

TEST(NttcomCampaignTest, BothOraclesSeeABillInTheMonthOfTheSetting) {
  const auto result = run_campaign(small(500, {"NTT-45.months:-1"}));
  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);
  EXPECT_EQ(names_of(result->failures[0]), std::vector<std::string>{"billed-in-a-later-month"});
  EXPECT_EQ(result->failures[0].clauses, std::vector<std::string>{"NTT-45"});
}

TEST(NttcomCampaignTest, AFailureIsSavedAsAScenario) {
  const auto result = run_campaign(small(1000, {"NTT-30:allow"}));
  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);
  EXPECT_LE(result->failures[0].plan.requests(), 8u);

  const scenarios::Story story = read_story(result->failures[0].story);
  EXPECT_EQ(scenarios::run_story(story, {}).end, scenarios::StoryRun::End::failed);
  scenarios::RunOptions sound;
  sound.mutants = {scenarios::kNoMutant};
  EXPECT_EQ(scenarios::run_story(story, sound).end, scenarios::StoryRun::End::passed);
}

TEST(NttcomCampaignTest, ASavedApprovalSaysWhoseLinkItWas) {
  campaign::Said approval{"domain.approved", "application/1", {}};
  approval.code("c0de", true, "tech@example.co.jp");

  EXPECT_EQ(campaign::request_in_yaml(approval, *parse_instant("2022-06-01T10:00:00+09:00")),
            "  - request: domain.approved\n    subject: application/1\n"
            "    at: 2022-06-01T10:00:00+09:00\n    data:\n"
            "      code: from-mail:tech@example.co.jp\n");
}

}  // namespace
}  // namespace shinsa::properties
