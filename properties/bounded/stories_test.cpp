// The worlds around all stories of a system: whatever order their requests come in, and however
// long each answer takes, no law is broken and the tables agree with themselves on every step.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "properties/bounded/exploration.hpp"
#include "properties/laws/law.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/world_of_story.hpp"

namespace shinsa::properties::bounded {
namespace {

constexpr const char* kScenarios = SHINSA_SOURCE_DIR "/scenarios";

/// States of each world, at most. `./dev nightly` goes further.
std::size_t states_max() {
  const char* const asked = std::getenv("SHINSA_STATES_OF_A_STORY");
  return asked ? std::strtoull(asked, nullptr, 10) : 5000;
}

std::string told(const std::string& system, const Counterexample& found) {
  return found.law ? std::string(laws(system)[*found.law].name) : found.what.en;
}

class StoriesTest : public testing::TestWithParam<const char*> {};

TEST_P(StoriesTest, AreSoundInAnyOrder) {
  const std::string system = GetParam();
  const auto loaded = scenarios::load_paths({std::string(kScenarios) + "/" + system}, kScenarios);
  ASSERT_TRUE(loaded.errors.empty());
  scenarios::RunOptions on_paper;
  on_paper.detail = fakes::Detail::paper;
  std::size_t worlds = 0;
  for (const scenarios::Story& story : loaded.stories) {
    const auto world = scenarios::world_of(story, scenarios::run_story(story, on_paper));
    if (!world) continue;
    ++worlds;
    ExploreOptions options;
    options.bounded.checks = true;
    options.limits.states = states_max();
    options.limits.to_the_first = true;
    options.along = true;
    const auto explored = explore(*world, options);
    ASSERT_TRUE(explored) << story.id << ": " << explored.error().text();
    if (explored->counterexample)
      ADD_FAILURE() << story.id << ": " << told(system, *explored->counterexample) << "\n"
                    << explored->counterexample->story;
  }
  EXPECT_GT(worlds, loaded.stories.size() * 4 / 5) << "most stories are worlds";
}

INSTANTIATE_TEST_SUITE_P(OfEachSystem, StoriesTest,
                         testing::Values("jpdirect-reissue", "sakura-reissue", "jpdirect-acme",
                                         "nttcom-biz", "dedicated-renewal"));

}  // namespace
}  // namespace shinsa::properties::bounded
