#include "properties/testing/campaign_trial.hpp"

namespace shinsa::properties {
namespace {

CampaignOptions renewals(std::size_t runs, std::vector<std::string> mutants = {}) {
  return small_campaign("dedicated-renewal", runs, std::move(mutants));
}

bool breaks(const CampaignFailure& failure, std::string_view law) {
  return properties::breaks("dedicated-renewal", failure, law);
}

TEST(DedicatedRenewalCampaignTest, FindsNothingInTheSystemAsItShouldBe) {
  expect_nothing_found(renewals(10'000));
}

TEST(DedicatedRenewalCampaignTest, ANameThatIsNotComparedBreaksItsLaw) {
  for (const char* mutant :
       {"REN-20:allow", "REN-21:allow", "REN-22:allow", "REN-23:allow", "REN-24:allow"}) {
    const auto result = run_campaign(renewals(1500, {mutant}));
    ASSERT_TRUE(result) << result.error().text();
    ASSERT_EQ(result->failures.size(), 1u) << mutant;
    const CampaignFailure& failure = result->failures.front();
    EXPECT_TRUE(std::ranges::count(failure.clauses, std::string(mutant).substr(0, 6))) << mutant;
    EXPECT_TRUE(breaks(failure, "changed-name-is-new")) << mutant;
  }
}

TEST(DedicatedRenewalCampaignTest, AnEndThatIsNotLookedAtBreaksItsLaw) {
  const auto result = run_campaign(renewals(1500, {"REN-25:allow"}));
  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);
  EXPECT_TRUE(std::ranges::count(result->failures.front().clauses, "REN-25"));
  EXPECT_TRUE(breaks(result->failures.front(), "late-is-new"));
}

TEST(DedicatedRenewalCampaignTest, APaymentThatNeedNotSufficeIsFound) {
  const auto result = run_campaign(renewals(1500, {"REN-11:allow"}));
  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);
  EXPECT_TRUE(std::ranges::count(result->failures.front().clauses, "REN-11"));
  EXPECT_TRUE(breaks(result->failures.front(), "confirmed-when-paid"));
}

}  // namespace
}  // namespace shinsa::properties
