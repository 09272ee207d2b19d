#include "properties/campaign.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::properties {
namespace {

CampaignOptions small(std::size_t runs, std::vector<std::string> mutants = {}) {
  CampaignOptions options;
  options.seed = 7;
  options.runs = runs;
  options.mutants = std::move(mutants);
  return options;
}

/// Writes a story to a file of its own and reads it as the command would.
scenarios::Story read_story(const std::string& text) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "shinsa-campaign";
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

TEST(CampaignTest, FindsNothingInTheSystemAsItShouldBe) {
  const auto result = run_campaign(small(3000));
  ASSERT_TRUE(result) << result.error().text();
  EXPECT_TRUE(result->failures.empty());
  EXPECT_EQ(result->runs, 3000u);
  std::size_t rows = 0, fired = 0;
  for (const auto& machine : result->coverage.machines)
    for (auto count : machine.rows) {
      ++rows;
      fired += count > 0 ? 1 : 0;
    }
  EXPECT_GE(fired * 100, rows * 95);
  EXPECT_GE(result->refused * 100, result->requests * 20);
  EXPECT_LE(result->refused * 100, result->requests * 60);
  const auto all = laws("jpdirect-reissue");
  for (std::size_t i = 0; i < all.size(); ++i)
    EXPECT_TRUE(all[i].kind != LawKind::sometimes || result->shown[i].count > 0) << all[i].name;
}

TEST(CampaignTest, SaysTheSameWithAnyNumberOfThreads) {
  auto options = small(1200);
  const auto one = run_campaign(options);
  options.jobs = 3;
  const auto three = run_campaign(options);
  EXPECT_EQ(one->events, three->events);
  EXPECT_EQ(one->refused, three->refused);
  for (const auto& [id, seen] : one->refusals) {
    EXPECT_EQ(three->refusals.at(id).count, seen.count) << id;
    EXPECT_EQ(three->refusals.at(id).witness, seen.witness) << id;
  }
}

TEST(CampaignTest, CountsTheSameUpToAFailureWithAnyNumberOfThreads) {
  auto options = small(2000, {"JPR-42:allow"});
  const auto one = run_campaign(options);
  options.jobs = 4;
  const auto four = run_campaign(options);
  ASSERT_EQ(one->failures.size(), 1u);
  EXPECT_EQ(one->runs, four->runs);
  EXPECT_EQ(one->requests, four->requests);
  EXPECT_EQ(one->events, four->events);
  EXPECT_EQ(one->failures[0].run, four->failures[0].run);
  EXPECT_EQ(one->failures[0].story, four->failures[0].story);
}

TEST(CampaignTest, ABrokenLimitIsShrunkAndSavedAsAScenario) {
  const auto result = run_campaign(small(2000, {"JPR-24", "JPR-23"}));
  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);
  const CampaignFailure& failure = result->failures.front();
  EXPECT_LE(failure.plan.requests(), 12u);
  EXPECT_EQ(failure.plan.given(), 0u);
  EXPECT_TRUE(std::ranges::count(failure.clauses, "JPR-23"));
  ASSERT_EQ(failure.laws.size(), 1u);
  EXPECT_EQ(laws("jpdirect-reissue")[failure.laws[0]].name, "at-most-two-active");

  const scenarios::Story story = read_story(failure.story);
  EXPECT_EQ(story.mutants, (std::vector<std::string>{"JPR-24", "JPR-23"}));
  EXPECT_EQ(scenarios::run_story(story, {}).end, scenarios::StoryRun::End::failed);
  scenarios::RunOptions sound;
  sound.mutants = {scenarios::kNoMutant};
  EXPECT_EQ(scenarios::run_story(story, sound).end, scenarios::StoryRun::End::passed);
}

TEST(CampaignTest, ABrokenPaymentGateBreaksThePaymentLaw) {
  const auto result = run_campaign(small(500, {"JPR-10:allow"}));
  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);
  const auto& broken = result->failures.front().laws;
  EXPECT_TRUE(std::ranges::any_of(broken, [](std::size_t law) {
    return laws("jpdirect-reissue")[law].name == "paid-before-review";
  }));
}

TEST(CampaignTest, EndsWhenItIsAskedToStop) {
  auto options = small(1'000'000);
  std::size_t seen = 0;
  options.progress = [&seen](std::size_t done) { seen = done; };
  options.stop = [&seen] { return seen >= 500; };

  const auto result = run_campaign(options);

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().what, "the campaign was stopped after 500 runs");
}

TEST(CampaignTest, RefusesUnknownNames) {
  EXPECT_FALSE(run_campaign(small(1, {"JPR-99"})));
  auto options = small(1);
  options.system = "no-such-system";
  EXPECT_FALSE(run_campaign(options));
}

}  // namespace
}  // namespace shinsa::properties
