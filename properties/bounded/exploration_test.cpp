#include "properties/bounded/exploration.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "properties/hold_trace.hpp"
#include "properties/laws/law.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::properties::bounded {
namespace {

constexpr const char* kScenarios = SHINSA_SOURCE_DIR "/scenarios";

scenarios::BoundedWorld world(const std::string& name) {
  auto loaded =
      scenarios::load_world(std::string(SHINSA_SOURCE_DIR) + "/bench/worlds/" + name, kScenarios);
  EXPECT_TRUE(loaded) << (loaded ? "" : loaded.error().front().text());
  return loaded ? std::move(*loaded) : scenarios::BoundedWorld{};
}

Explored explored(const std::string& name, const BoundedOptions& bounded, std::size_t states) {
  ExploreOptions options;
  options.bounded = bounded;
  options.limits.states = states;
  options.limits.to_the_first = true;
  auto all = explore(world(name), options);
  EXPECT_TRUE(all) << (all ? "" : all.error().text());
  return std::move(*all);
}

BoundedOptions broken_by(const std::string& mutant) {
  BoundedOptions options;
  options.mutants = {mutant};
  return options;
}

using explorer::Found;

// A world for each system, some states of each: enough to be quick. `shinsa explore` goes through
// all of them.
class WorldTest : public testing::TestWithParam<const char*> {};

TEST_P(WorldTest, IsTheSameHoweverItsStepsAreKnownAndNothingIsBroken) {
  constexpr std::size_t kStates = 20'000;
  BoundedOptions anew_each_time;
  anew_each_time.memoised = false;
  const Explored known = explored(GetParam(), {}, kStates);
  const Explored anew = explored(GetParam(), anew_each_time, kStates);
  EXPECT_EQ(known.found.states, anew.found.states);
  EXPECT_EQ(known.found.edges, anew.found.edges);
  EXPECT_EQ(known.found.levels, anew.found.levels);
  EXPECT_EQ(known.found.end, anew.found.end);
  EXPECT_EQ(known.found.digest, anew.found.digest);
  EXPECT_LT(known.worked_out, anew.worked_out);
  EXPECT_EQ(anew.found.broken, 0u) << anew.counterexample->what.en;
  EXPECT_EQ(known.found.broken, 0u);
  EXPECT_TRUE(known.refused_permissions.empty()) << known.refused_permissions.front();
}

TEST_P(WorldTest, AgreesWithItsTablesOnEveryStep) {
  BoundedOptions checks;
  checks.checks = true;
  const Explored checked = explored(GetParam(), checks, 20'000);  // or it stops the test
  EXPECT_GT(checked.found.states, 500u);
}

INSTANTIATE_TEST_SUITE_P(OfEachSystem, WorldTest,
                         testing::Values("jpdirect-reissue.yaml", "jpdirect-order.yaml",
                                         "sakura-reissue.yaml", "jpdirect-acme.yaml",
                                         "nttcom-biz.yaml", "dedicated-renewal.yaml"));

TEST(ExplorationTest, GoesThroughAllOfASmallWorld) {
  const Explored small = explored("jpdirect-order.yaml", {}, 1'000'000);
  EXPECT_EQ(small.found.end, Found::End::complete);
  EXPECT_EQ(small.found.states, 551u);
  EXPECT_EQ(small.found.edges, 911u);
  EXPECT_FALSE(small.counterexample);
}

TEST(ExplorationTest, StopsWhereItIsTold) {
  ExploreOptions options;
  options.memory = 1;
  const auto stopped = explore(world("jpdirect-reissue.yaml"), options);
  ASSERT_TRUE(stopped);
  EXPECT_EQ(stopped->found.end, Found::End::told);
  options = {};
  options.limits.depth = 2;
  const auto near = explore(world("jpdirect-reissue.yaml"), options);
  ASSERT_TRUE(near);
  EXPECT_EQ(near->found.end, Found::End::depth);
  EXPECT_EQ(near->found.levels, 3u);
}

struct Broken {
  const char* world;
  const char* mutant;
  const char* law;
  std::size_t steps;  ///< of the shortest way
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.mutant; }

class BrokenWorldTest : public testing::TestWithParam<Broken> {};

// The numbers of steps are those that were found; another one means another model or another world.
TEST_P(BrokenWorldTest, IsToldByTheShortestWayWhichAScenarioReplays) {
  const Broken& broken = GetParam();
  const Explored all = explored(broken.world, broken_by(broken.mutant), 3'000'000);
  ASSERT_TRUE(all.counterexample);
  const Counterexample& found = *all.counterexample;
  ASSERT_TRUE(found.law);
  EXPECT_EQ(laws("jpdirect-reissue")[*found.law].name, broken.law);
  EXPECT_EQ(found.way.size(), broken.steps);
  EXPECT_TRUE(found.replays) << found.story;
  const auto replay = scenarios::load_text(found.story, "counterexample.yaml");
  ASSERT_TRUE(replay.errors.empty()) << replay.errors.front().text();
  scenarios::RunOptions unbroken;
  unbroken.mutants = {scenarios::kNoMutant};
  const auto sound = scenarios::run_story(replay.stories.front(), unbroken);
  ASSERT_TRUE(sound.simulation);
  EXPECT_EQ(sound.simulation->judge().violations(), 0u);
  const auto monitor = make_monitor("jpdirect-reissue");
  hold_trace(*monitor, *sound.simulation);
  for (const Breach& breach : monitor->breaches())
    EXPECT_NE(breach.law, *found.law) << "it is the mutant that breaks the law";
}

INSTANTIATE_TEST_SUITE_P(
    OfThree, BrokenWorldTest,
    testing::Values(Broken{"jpdirect-reissue.yaml", "JPR-23:allow", "at-most-two-active", 13},
                    Broken{"jpdirect-reissue.yaml", "JPR-21:allow", "not-in-the-month-of-expiry",
                           10},
                    Broken{"jpdirect-order.yaml", "JPR-10:allow", "paid-before-review", 2}),
    [](const auto& info) {
      std::string name = info.param.law;
      std::ranges::replace(name, '-', '_');
      return name;
    });

}  // namespace
}  // namespace shinsa::properties::bounded
