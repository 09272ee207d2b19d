// Campaigns of sakura-reissue: nothing is found in the system as it should be, broken ones are
// found.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "properties/campaign.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::properties {
namespace {

CampaignOptions small(std::size_t runs, std::vector<std::string> mutants = {}) {
  CampaignOptions options;
  options.system = "sakura-reissue";
  options.seed = 7;
  options.runs = runs;
  options.mutants = std::move(mutants);
  return options;
}

/// Whether a law is among those that a failure breaks first.
bool breaks(const CampaignFailure& failure, std::string_view name) {
  return std::ranges::any_of(
      failure.laws, [&](std::size_t law) { return laws("sakura-reissue")[law].name == name; });
}

TEST(SakuraCampaignTest, FindsNothingInTheSystemAsItShouldBe) {
  const auto result = run_campaign(small(3000));
  ASSERT_TRUE(result) << result.error().text();

  EXPECT_TRUE(result->failures.empty());
  std::size_t rows = 0, fired = 0;
  for (const auto& machine : result->coverage.machines)
    for (auto count : machine.rows) {
      ++rows;
      fired += count > 0 ? 1 : 0;
    }
  EXPECT_GE(fired * 100, rows * 90);
  EXPECT_GE(result->refused * 100, result->requests * 20);
  EXPECT_LE(result->refused * 100, result->requests * 60);
  const auto all = laws("sakura-reissue");
  for (std::size_t i = 0; i < all.size(); ++i)
    EXPECT_TRUE(all[i].kind != LawKind::sometimes || result->shown[i].count > 0) << all[i].name;
}

TEST(SakuraCampaignTest, FindsNothingUnderOtherReadings) {
  for (const auto& [id, name] : std::vector<std::pair<std::string, std::string>>{
           {"SAK-Q1", "month-end"}, {"SAK-Q4", "looked-up-first"}, {"SAK-Q5", "after-install"}}) {
    auto options = small(500);
    options.readings[id] = name;
    const auto result = run_campaign(options);
    ASSERT_TRUE(result) << result.error().text();
    EXPECT_TRUE(result->failures.empty()) << id;
  }
}

TEST(SakuraCampaignTest, BothOraclesSeeAnIssueInSpiteOfAWrongAddress) {
  const auto result = run_campaign(small(1500, {"SAK-10:allow"}));
  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);
  const CampaignFailure& failure = result->failures.front();

  EXPECT_TRUE(std::ranges::count(failure.clauses, "SAK-10")) << failure.story;
  EXPECT_LE(failure.plan.requests(), 6u);
}

TEST(SakuraCampaignTest, SeesALimitThatIsADayOff) {
  const auto result = run_campaign(small(1500, {"SAK-04.days:-1"}));
  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);

  EXPECT_TRUE(breaks(result->failures.front(), "ends-as-it-must") ||
              breaks(result->failures.front(), "warned-of-clipping"));
}

TEST(SakuraCampaignTest, SavesAScenarioThatFailsAgainAndPassesWithoutItsMutant) {
  const auto result = run_campaign(small(1500, {"SAK-20:allow"}));
  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);
  const auto folder = std::filesystem::path(testing::TempDir()) / "shinsa-sakura-campaign";
  std::filesystem::create_directories(folder);
  const auto file = folder / "found.yaml";
  std::ofstream(file) << result->failures.front().story;

  const auto loaded = scenarios::load_paths({file.string()}, folder.string());

  ASSERT_TRUE(loaded.errors.empty()) << loaded.errors.front().text();
  ASSERT_EQ(loaded.stories.size(), 1u);
  EXPECT_EQ(scenarios::run_story(loaded.stories[0], {}).end, scenarios::StoryRun::End::failed);
  scenarios::RunOptions sound;
  sound.mutants = {scenarios::kNoMutant};
  EXPECT_EQ(scenarios::run_story(loaded.stories[0], sound).end, scenarios::StoryRun::End::passed);
}

}  // namespace
}  // namespace shinsa::properties
