#include "properties/testing/campaign_trial.hpp"

namespace shinsa::properties {
namespace {

CampaignOptions small(std::size_t runs, std::vector<std::string> mutants = {}) {
  return small_campaign("jpdirect-acme", runs, std::move(mutants));
}

bool breaks(const CampaignFailure& failure, std::string_view law) {
  return properties::breaks("jpdirect-acme", failure, law);
}

TEST(AcmeCampaignTest, FindsNothingInTheSystemAsItShouldBe) { expect_nothing_found(small(10'000)); }

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
  EXPECT_LE(failure.plan.commands.size(), 12u);  // account and registration are given, or its own
  const scenarios::Story story = read_story(failure.story);
  expect_fails_by_its_mutants_alone(story);
}

}  // namespace
}  // namespace shinsa::properties
