// What the worlds around all stories of a system reach together: every row fires and every guard of
// requests says yes and no, but for what unreached.yaml explains.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "properties/bounded/exploration.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/world_of_story.hpp"

namespace shinsa::properties::bounded {
namespace {

constexpr const char* kScenarios = SHINSA_SOURCE_DIR "/scenarios";
constexpr const char* kUnreached = SHINSA_SOURCE_DIR "/properties/bounded/unreached.yaml";
constexpr std::size_t kStates = 5000;  // of each world, beside those that the story itself passes

Result<std::vector<campaign::Unreached>> explained() {
  std::ifstream file(kUnreached);
  return campaign::read_unreached(kUnreached,
                                  std::string(std::istreambuf_iterator<char>(file), {}));
}

/// What the worlds around the stories of a system exercise. Laws are held elsewhere.
model::Coverage exercised(const std::string& system) {
  const auto loaded = scenarios::load_paths({std::string(kScenarios) + "/" + system}, kScenarios);
  EXPECT_TRUE(loaded.errors.empty());
  scenarios::RunOptions on_paper;
  on_paper.detail = fakes::Detail::paper;
  ExploreOptions options;
  options.bounded.laws = false;
  options.along = true;
  options.limits.states = kStates;
  model::Coverage all;
  for (const scenarios::Story& story : loaded.stories) {
    const auto world = scenarios::world_of(story, scenarios::run_story(story, on_paper));
    if (!world) continue;
    const auto explored = explore(*world, options);
    EXPECT_TRUE(explored) << story.id << ": " << explored.error().text();
    if (explored) all.add(explored->coverage);
  }
  return all;
}

class ReachTest : public testing::TestWithParam<const char*> {};

TEST_P(ReachTest, IsEverythingButWhatIsExplained) {
  const std::string system = GetParam();
  const auto why = explained();
  ASSERT_TRUE(why) << why.error().text();
  const auto profile = model::make_profile({system, {}, {}});
  ASSERT_TRUE(profile) << profile.error().text();
  const campaign::Reach reach = campaign::reach_of(**profile, exercised(system), *why);
  EXPECT_EQ(reach.unexplained(), std::vector<std::string>{});
  EXPECT_EQ(reach.reached, std::vector<std::string>{}) << "explained, and reached all the same";
}

INSTANTIATE_TEST_SUITE_P(OfEachSystem, ReachTest,
                         testing::Values("jpdirect-reissue", "sakura-reissue", "jpdirect-acme",
                                         "nttcom-biz", "dedicated-renewal"));

TEST(ReachTest, ExplainsNothingThatIsNotThere) {
  const auto why = explained();
  ASSERT_TRUE(why) << why.error().text();
  EXPECT_EQ(campaign::names_of_nothing(*why), std::vector<std::string>{});
}

}  // namespace
}  // namespace shinsa::properties::bounded
