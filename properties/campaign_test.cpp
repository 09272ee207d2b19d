#include "properties/testing/campaign_trial.hpp"

namespace shinsa::properties {
namespace {

CampaignOptions small(std::size_t runs, std::vector<std::string> mutants = {}) {
  return small_campaign("jpdirect-reissue", runs, std::move(mutants));
}

TEST(CampaignTest, FindsNothingInTheSystemAsItShouldBe) { expect_nothing_found(small(10'000)); }

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
  expect_fails_by_its_mutants_alone(story);
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
  options.progress = [&seen](const CampaignProgress& done) { seen = done.runs; };
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
