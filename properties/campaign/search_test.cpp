// What ends a campaign, what it says of failures that are alike, and what it notices by playing
// runs twice.
#include "properties/campaign/customers.hpp"
#include "properties/corpus.hpp"
#include "properties/testing/campaign_trial.hpp"

namespace shinsa::properties {
namespace {

using End = CampaignResult::End;

CampaignOptions small(std::size_t runs, std::vector<std::string> mutants = {}) {
  CampaignOptions options = small_campaign("jpdirect-reissue", runs, std::move(mutants));
  options.first = false;
  return options;
}

std::vector<RunId> ids_of(const CampaignResult& result) {
  std::vector<RunId> ids;
  for (const InterestingRun& one : result.interesting) ids.push_back(one.id);
  return ids;
}

TEST(SearchTest, GoesOnAfterAFailureAndTellsEachKindOnce) {
  const auto result = run_campaign(small(1000, {"JPR-42:allow"}));

  ASSERT_TRUE(result) << result.error().text();
  EXPECT_EQ(result->runs, 1000u);
  EXPECT_EQ(result->end, End::runs);
  ASSERT_FALSE(result->failures.empty());
  EXPECT_LE(result->failures.size(), kFailuresMax);
  std::uint64_t shown = 0;
  std::set<std::pair<std::vector<std::string>, std::vector<std::size_t>>> kinds;
  for (const CampaignFailure& one : result->failures) {
    EXPECT_TRUE(kinds.emplace(one.clauses, one.laws).second) << one.story;
    EXPECT_LE(one.first.run, one.run);
    EXPECT_LE(one.plan.requests(), one.requests_before);
    shown += one.runs;
  }
  for (const FailureKind& one : result->more) shown += one.runs;
  EXPECT_EQ(shown, result->failed);
  EXPECT_GT(result->failed, result->failures.size());
}

TEST(SearchTest, SaysTheSameOfFailuresWithAnyNumberOfThreads) {
  auto options = small(1500, {"JPR-10:allow", "JPR-42:allow"});
  const auto one = run_campaign(options);
  options.jobs = 4;
  const auto four = run_campaign(options);

  EXPECT_EQ(one->failed, four->failed);
  ASSERT_EQ(one->failures.size(), four->failures.size());
  EXPECT_GT(one->failures.size(), 1u);
  for (std::size_t i = 0; i < one->failures.size(); ++i) {
    EXPECT_EQ(one->failures[i].run, four->failures[i].run);
    EXPECT_EQ(one->failures[i].runs, four->failures[i].runs);
    EXPECT_EQ(one->failures[i].first, four->failures[i].first);
    EXPECT_EQ(one->failures[i].story, four->failures[i].story);
  }
  EXPECT_EQ(one->more.size(), four->more.size());
}

TEST(SearchTest, AFailureSaysItsWeightsSeedAndRun) {
  const auto result = run_campaign(small(1000, {"JPR-42:allow"}));

  ASSERT_FALSE(result->failures.empty());
  for (const CampaignFailure& one : result->failures)
    EXPECT_NE(one.story.find("\n# run " + std::to_string(one.run) + " of seed 7, weights: "),
              std::string::npos)
        << one.story;
  EXPECT_TRUE(
      std::ranges::any_of(result->failures, [](const auto& one) { return !one.weights.empty(); }));
}

TEST(SearchTest, EndsWhenNothingNewComes) {
  auto options = small(1'000'000);
  options.until_flat = 600;
  const auto one = run_campaign(options);
  options.jobs = 3;
  const auto three = run_campaign(options);

  ASSERT_TRUE(one) << one.error().text();
  EXPECT_EQ(one->end, End::flat);
  const std::size_t last = one->interesting.back().id.run;
  EXPECT_GE(one->runs, last + 1 + 600);
  EXPECT_LT(one->runs, last + 1 + 600 + kRunsAtATime);
  EXPECT_EQ(one->runs, three->runs);
  EXPECT_EQ(one->events, three->events);
}

TEST(SearchTest, ANewKindOfFailureIsNewsToo) {
  auto options = small(4000, {"JPR-24", "JPR-23"});
  options.until_flat = 500;
  const auto result = run_campaign(options);

  ASSERT_FALSE(result->failures.empty());
  for (const CampaignFailure& one : result->failures)
    EXPECT_GE(result->runs, std::min<std::size_t>(options.runs, one.first.run + 1 + 500));
}

TEST(SearchTest, EndsWithWhatItHasWhenItIsEnough) {
  auto options = small(1'000'000);
  int asked = 0;
  options.enough = [&asked] { return ++asked > 3; };
  const auto result = run_campaign(options);

  ASSERT_TRUE(result) << result.error().text();
  EXPECT_EQ(result->end, End::enough);
  EXPECT_EQ(result->runs, 3 * kRunsAtATime);
}

TEST(SearchTest, PlaysRunsOfOtherCampaignsFirst) {
  const auto before = run_campaign(small(500));
  auto options = small(250);
  options.seed = 8;
  const auto alone = run_campaign(options);
  options.replayed = ids_of(*before);
  const auto after = run_campaign(options);
  options.jobs = 3;
  const auto threads = run_campaign(options);

  ASSERT_TRUE(after) << after.error().text();
  EXPECT_EQ(after->replayed, before->interesting.size());
  EXPECT_EQ(after->runs, 250u);
  EXPECT_EQ(after->refusals.size(), alone->refusals.size());
  EXPECT_LT(after->interesting.size(), alone->interesting.size());
  for (const InterestingRun& one : after->interesting) EXPECT_EQ(one.id.seed, 8u);
  for (std::size_t m = 0; m < before->coverage.machines().size(); ++m)
    for (std::size_t r = 0; r < before->coverage.machines()[m].rows.size(); ++r)
      EXPECT_LE(before->coverage.machines()[m].rows[r] > 0,
                after->coverage.machines()[m].rows[r] > 0);
  EXPECT_EQ(after->events, threads->events);
  EXPECT_EQ(ids_of(*after), ids_of(*threads));
}

TEST(SearchTest, PlaysEveryTwentiethRunTwiceAndFindsItTheSame) {
  const auto result = run_campaign(small(500));

  EXPECT_EQ(result->twice, 25u);
  EXPECT_TRUE(result->failures.empty());
}

/// Customers who do not do the same twice.
class Fickle : public campaign::Customers {
 public:
  explicit Fickle(std::uint64_t mood)
      : mood_(mood), sound_(campaign::make_customers("jpdirect-reissue")) {}
  Plan beginning(sim::Stream& dice, std::size_t readings) override {
    return sound_->beginning(dice, readings);
  }
  Command next(sim::Stream& dice) override {
    if (mood_.chance(0.5)) dice.next();
    return sound_->next(dice);
  }
  [[nodiscard]] std::size_t verbs() const override { return sound_->verbs(); }
  [[nodiscard]] campaign::Beginning beginning_of(const Plan& plan) const override {
    return sound_->beginning_of(plan);
  }
  [[nodiscard]] const std::vector<campaign::Said>& always_given() const override {
    return sound_->always_given();
  }
  [[nodiscard]] campaign::Said given(const Command& give, Instant start) const override {
    return sound_->given(give, start);
  }
  [[nodiscard]] campaign::Said request_of(const Command& command) const override {
    return sound_->request_of(command);
  }
  [[nodiscard]] Instant when(const Command& command, Instant now, const Desk& desk) const override {
    return sound_->when(command, now, desk);
  }
  void sent(const Command& command) override { sound_->sent(command); }
  void learn(const Event& event, const Facts& facts) override { sound_->learn(event, facts); }

 private:
  sim::Stream mood_;
  std::unique_ptr<Customers> sound_;
};

TEST(SearchTest, ARunThatIsNotTheSameTwiceIsAFailureOfItsOwnKind) {
  auto options = small(100);
  std::uint64_t moods = 0;
  options.customers = [&moods] { return std::make_unique<Fickle>(++moods); };
  const auto result = run_campaign(options);

  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->failures.size(), 1u);
  const CampaignFailure& failure = result->failures.front();
  EXPECT_TRUE(failure.differs);
  EXPECT_TRUE(failure.clauses.empty());
  EXPECT_TRUE(failure.laws.empty());
  EXPECT_EQ(failure.runs, 5u);
  EXPECT_EQ(failure.first.run, 0u);
  ASSERT_EQ(failure.sentences.size(), 1u);
  EXPECT_EQ(failure.sentences[0].en.find("run " + std::to_string(failure.run) +
                                         " was played twice and was not the same: event "),
            0u)
      << failure.sentences[0].en;
}

}  // namespace
}  // namespace shinsa::properties
