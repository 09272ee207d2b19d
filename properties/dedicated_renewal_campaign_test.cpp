#include <gtest/gtest.h>

#include <algorithm>

#include "properties/campaign.hpp"
#include "properties/laws/law.hpp"

namespace shinsa::properties {
namespace {

CampaignOptions renewals(std::size_t runs, std::vector<std::string> mutants = {}) {
  CampaignOptions options;
  options.system = "dedicated-renewal";
  options.seed = 7;
  options.runs = runs;
  options.mutants = std::move(mutants);
  return options;
}

bool breaks(const CampaignFailure& failure, std::string_view law) {
  return std::ranges::any_of(
      failure.laws, [&](std::size_t one) { return laws("dedicated-renewal")[one].name == law; });
}

TEST(DedicatedRenewalCampaignTest, FindsNothingInTheSystemAsItShouldBe) {
  const auto result = run_campaign(renewals(3000));
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
  const auto all = laws("dedicated-renewal");
  for (std::size_t i = 0; i < all.size(); ++i)
    EXPECT_TRUE(all[i].kind != LawKind::sometimes || result->shown[i].count > 0) << all[i].name;
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
