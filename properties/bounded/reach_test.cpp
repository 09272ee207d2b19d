// What the worlds around all stories of a system and those in worlds/ reach together: every row
// fires and every guard of requests says yes and no, but for what unreached.yaml explains.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "properties/bounded/exploration.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/world_of_story.hpp"

namespace shinsa::properties::bounded {
namespace {

constexpr const char* kScenarios = SHINSA_SOURCE_DIR "/scenarios";
constexpr const char* kUnreached = SHINSA_SOURCE_DIR "/properties/bounded/unreached.yaml";
constexpr const char* kWorlds = SHINSA_SOURCE_DIR "/properties/bounded/worlds";
constexpr std::size_t kStates = 5000;  // of each world, beside those that the story itself passes
constexpr std::size_t kStatesOfOwn = 300'000;  // of a world in worlds/, which has fewer

Result<std::vector<campaign::Unreached>> explained() {
  std::ifstream file(kUnreached);
  return campaign::read_unreached(kUnreached,
                                  std::string(std::istreambuf_iterator<char>(file), {}));
}

/// The files of a system in worlds/.
std::vector<std::string> own_worlds(const std::string& system) {
  std::vector<std::string> files;
  for (const auto& one : std::filesystem::directory_iterator(std::string(kWorlds) + "/" + system))
    files.push_back(one.path().string());
  std::ranges::sort(files);
  return files;
}

scenarios::BoundedWorld loaded(const std::string& file) {
  auto world = scenarios::load_world(file, kScenarios);
  EXPECT_TRUE(world) << world.error().front().text();
  return std::move(*world);
}

/// All of a world in worlds/.
Explored explored(const scenarios::BoundedWorld& world, const BoundedOptions& bounded) {
  ExploreOptions options;
  options.bounded = bounded;
  options.limits.states = kStatesOfOwn;
  auto all = explore(world, options);
  EXPECT_TRUE(all) << all.error().text();
  return std::move(*all);
}

void expect_sound(const Explored& all, const std::string& which) {
  EXPECT_FALSE(all.found.stopped_short()) << which << ": has too many states";
  EXPECT_EQ(all.found.broken, 0u) << which << ": " << all.counterexample->what.en << "\n"
                                  << all.counterexample->story;
  EXPECT_EQ(all.refused_permissions, std::vector<std::string>{}) << which;
}

/// What the worlds around the stories of a system exercise. Laws are held elsewhere.
model::Coverage exercised_along_stories(const std::string& system) {
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

/// What the worlds of a system in worlds/ exercise.
model::Coverage exercised_in_own_worlds(const std::string& system) {
  BoundedOptions bounded;
  bounded.laws = false;
  model::Coverage all;
  for (const std::string& file : own_worlds(system))
    all.add(explored(loaded(file), bounded).coverage);
  return all;
}

class ReachTest : public testing::TestWithParam<const char*> {};

TEST_P(ReachTest, IsEverythingButWhatIsExplained) {
  const std::string system = GetParam();
  const auto why = explained();
  ASSERT_TRUE(why) << why.error().text();
  const auto profile = model::make_profile({system, {}, {}});
  ASSERT_TRUE(profile) << profile.error().text();
  model::Coverage exercised = exercised_along_stories(system);
  exercised.add(exercised_in_own_worlds(system));
  const campaign::Reach reach = campaign::reach_of(**profile, exercised, *why);
  EXPECT_EQ(reach.unexplained(), std::vector<std::string>{});
  EXPECT_EQ(reach.reached, std::vector<std::string>{}) << "explained, and reached all the same";
}

// The worlds in worlds/, whole.
TEST_P(ReachTest, BreaksNoLawInWorldsOfItsOwn) {
  BoundedOptions bounded;
  bounded.checks = true;
  for (const std::string& file : own_worlds(GetParam()))
    expect_sound(explored(loaded(file), bounded), file);
}

INSTANTIATE_TEST_SUITE_P(OfEachSystem, ReachTest,
                         testing::Values("jpdirect-reissue", "sakura-reissue", "jpdirect-acme",
                                         "nttcom-biz", "dedicated-renewal"));

// Whether a cancelled certificate is revoked is reading NTT-Q14; what has ended never is.
TEST(ReachTest, ARevocationIsOwedAsLongAsTheCertificateLasts) {
  BoundedOptions bounded;
  bounded.readings["NTT-Q14"] = "revoked";
  const std::string file = std::string(kWorlds) + "/nttcom-biz/cancelled-a-year-later.yaml";

  const Explored all = explored(loaded(file), bounded);

  expect_sound(all, file);
}

TEST(ReachTest, ExplainsNothingThatIsNotThere) {
  const auto why = explained();
  ASSERT_TRUE(why) << why.error().text();
  EXPECT_EQ(campaign::names_of_nothing(*why), std::vector<std::string>{});
}

}  // namespace
}  // namespace shinsa::properties::bounded
