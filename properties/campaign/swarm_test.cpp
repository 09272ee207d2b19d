#include "properties/campaign/swarm.hpp"

#include <gtest/gtest.h>

#include "model/profile.hpp"

namespace shinsa::properties::campaign {
namespace {

/// Customers who do two things as often, one of them not in order half of the time.
class TwoThings : public Customers {
 public:
  explicit TwoThings(std::uint8_t things) : things_(things) {}
  Plan beginning(sim::Stream&, std::size_t) override { return {}; }
  Command next(sim::Stream& dice) override {
    Command command;
    command.verb = static_cast<std::uint8_t>(1 + dice.below(things_));
    command.variant = command.verb == 2 && dice.chance(0.5) ? 1 : 0;
    return command;
  }
  [[nodiscard]] std::size_t verbs() const override { return 1u + things_; }
  [[nodiscard]] Beginning beginning_of(const Plan&) const override { return {}; }
  [[nodiscard]] const std::vector<Said>& always_given() const override { return nothing_; }
  [[nodiscard]] Said given(const Command&, Instant) const override {
    return {"fact.price", {}, {}};
  }
  [[nodiscard]] Said request_of(const Command& command) const override {
    return {command.verb == 1 ? TypeName("mypage.opened") : TypeName("inquiry.received"), {}, {}};
  }
  [[nodiscard]] Instant when(const Command&, Instant now, const Desk&) const override {
    return now;
  }
  void sent(const Command&) override {}
  void learn(const Event&, const Facts&) override {}

 private:
  std::uint8_t things_;
  std::vector<Said> nothing_;
};

/// How many of a thousand commands are so.
template <class Is>
int of_a_thousand(Customers& customers, const Weights& weights, const Is& is) {
  sim::Stream dice(3);
  int count = 0;
  for (int i = 0; i < 1000; ++i) count += is(next_weighted(customers, weights, dice)) ? 1 : 0;
  return count;
}

TEST(SwarmTest, DrawsTheSameWeightsWithTheSameDiceAndNoneForItsShare) {
  int even = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    sim::Stream one(seed), other(seed);
    const Weights weights = draw_weights(one, 0.2);
    const Weights again = draw_weights(other, 0.2);
    EXPECT_EQ(weights.verbs, again.verbs);
    EXPECT_EQ(weights.unhappy, again.unhappy);
    even += weights.verbs == Weights().verbs && weights.unhappy == 1 ? 1 : 0;
  }
  EXPECT_GT(even, 150);
  EXPECT_LT(even, 250);
}

TEST(SwarmTest, DoesLessOftenWhatWeighsLess) {
  TwoThings customers(2);
  const auto second = [](const Command& command) { return command.verb == 2; };
  const int evenly = of_a_thousand(customers, {}, second);
  Weights weights;
  weights.verbs[2] = 8;
  const int seldom = of_a_thousand(customers, weights, second);

  EXPECT_GT(evenly, 450);
  EXPECT_LT(seldom, 150);
  EXPECT_GT(seldom, 50);
}

TEST(SwarmTest, ACommandThatIsNotInOrderWeighsLessByBoth) {
  TwoThings customers(2);
  Weights weights;
  weights.unhappy = 8;
  const auto unhappy = [](const Command& command) { return command.variant != 0; };

  EXPECT_GT(of_a_thousand(customers, {}, unhappy), 200);
  EXPECT_LT(of_a_thousand(customers, weights, unhappy), 70);
}

TEST(SwarmTest, DoesTheOnlyThingThereIsToDo) {
  TwoThings customers(1);
  Weights weights;
  weights.verbs[1] = 8;

  EXPECT_EQ(of_a_thousand(customers, weights, [](const Command& c) { return c.verb == 1; }), 1000);
}

TEST(SwarmTest, NamesEveryVerbOfEverySystemOnce) {
  for (const std::string_view system :
       {"jpdirect-reissue", "sakura-reissue", "jpdirect-acme", "nttcom-biz", "dedicated-renewal"}) {
    const auto customers = make_customers(system);
    Weights weights;
    weights.verbs.fill(8);
    weights.unhappy = 2;
    const auto named = weights.named(*customers);
    EXPECT_EQ(named.size(), customers->verbs()) << system;  // without kGive, with `unhappy`
    EXPECT_EQ(named.at("unhappy"), 2u);
    EXPECT_EQ(Weights().named(*customers).size(), 0u);
  }
}

TEST(SwarmTest, SaysWeightsAsShares) {
  EXPECT_EQ(to_text({{"payment.made", 8}, {"unhappy", 2}}), "payment.made 1/8, unhappy 1/2");
  EXPECT_EQ(to_text(std::map<std::string, unsigned>{}), "none");
}

}  // namespace
}  // namespace shinsa::properties::campaign
