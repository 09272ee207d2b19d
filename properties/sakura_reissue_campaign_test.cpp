// Campaigns of sakura-reissue: nothing is found in the system as it should be, broken ones are
// found.
#include "properties/testing/campaign_trial.hpp"

namespace shinsa::properties {
namespace {

CampaignOptions small(std::size_t runs, std::vector<std::string> mutants = {}) {
  return small_campaign("sakura-reissue", runs, std::move(mutants));
}

bool breaks(const CampaignFailure& failure, std::string_view law) {
  return properties::breaks("sakura-reissue", failure, law);
}

TEST(SakuraCampaignTest, FindsNothingInTheSystemAsItShouldBe) {
  expect_nothing_found(small(10'000));
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
  const scenarios::Story story = read_story(result->failures.front().story);
  expect_fails_by_its_mutants_alone(story);
}

}  // namespace
}  // namespace shinsa::properties
