#include "properties/campaign/said.hpp"
#include "properties/testing/campaign_trial.hpp"

namespace shinsa::properties {
namespace {

CampaignOptions small(std::size_t runs, std::vector<std::string> mutants = {}) {
  return small_campaign("nttcom-biz", runs, std::move(mutants));
}

std::vector<std::string> names_of(const CampaignFailure& failure) {
  std::vector<std::string> names;
  for (std::size_t law : failure.laws) names.emplace_back(laws("nttcom-biz")[law].name);
  return names;
}

TEST(NttcomCampaignTest, FindsNothingInTheSystemAsItShouldBe) {
  expect_nothing_found(small(10'000));
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
  expect_fails_by_its_mutants_alone(story);
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
