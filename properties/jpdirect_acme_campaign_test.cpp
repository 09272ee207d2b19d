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
  options.system = "jpdirect-acme";
  options.seed = 7;
  options.runs = runs;
  options.mutants = std::move(mutants);
  return options;
}

bool breaks(const CampaignFailure& failure, std::string_view law) {
  return std::ranges::any_of(
      failure.laws, [&](std::size_t index) { return laws("jpdirect-acme")[index].name == law; });
}

TEST(AcmeCampaignTest, FindsNothingInTheSystemAsItShouldBe) {
  const auto result = run_campaign(small(1500));

  ASSERT_TRUE(result) << result.error().text();
  EXPECT_TRUE(result->failures.empty());
  std::size_t rows = 0, fired = 0;
  for (const auto& machine : result->coverage.machines)
    for (auto count : machine.rows) {
      ++rows;
      fired += count > 0 ? 1 : 0;
    }
  EXPECT_GE(fired * 100, rows * 95);
  EXPECT_GE(result->refused * 100, result->requests * 20);
  EXPECT_LE(result->refused * 100, result->requests * 60);
  const auto all = laws("jpdirect-acme");
  for (std::size_t i = 0; i < all.size(); ++i)
    EXPECT_TRUE(all[i].kind != LawKind::sometimes || result->shown[i].count > 0) << all[i].name;
}

TEST(AcmeCampaignTest, AnIssueBeforeThePaymentBreaksItsLaw) {
  const auto result = run_campaign(small(1500, {"ACM-38:allow"}));

  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);
  EXPECT_TRUE(breaks(result->failures.front(), "nothing-before-completion"));
}

TEST(AcmeCampaignTest, ALongerStringIsShrunkAndSavedAsAScenario) {
  const auto result = run_campaign(small(1500, {"ACM-51.days:+1"}));

  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);
  const CampaignFailure& failure = result->failures.front();
  EXPECT_LE(failure.plan.requests(), 4u);
  const auto folder = std::filesystem::path(testing::TempDir()) / "shinsa-acme-campaign";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "longer.yaml") << failure.story;
  auto loaded = scenarios::load_paths({(folder / "longer.yaml").string()}, folder.string());
  ASSERT_TRUE(loaded.errors.empty()) << loaded.errors.front().text();
  EXPECT_EQ(scenarios::run_story(loaded.stories.at(0), {}).end, scenarios::StoryRun::End::failed);
  scenarios::RunOptions sound;
  sound.mutants = {scenarios::kNoMutant};
  EXPECT_EQ(scenarios::run_story(loaded.stories.at(0), sound).end,
            scenarios::StoryRun::End::passed);
}

}  // namespace
}  // namespace shinsa::properties
