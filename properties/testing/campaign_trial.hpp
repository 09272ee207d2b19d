/// Small campaigns with a pinned seed, and what they must show: for tests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "properties/campaign.hpp"
#include "properties/campaign/reach.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::properties {

/// It ends with the first failure, if there is one.
inline CampaignOptions small_campaign(std::string system, std::size_t runs,
                                      std::vector<std::string> mutants = {}) {
  CampaignOptions options;
  options.system = std::move(system);
  options.seed = 7;
  options.runs = runs;
  options.first = true;
  options.mutants = std::move(mutants);
  return options;
}

/// Nothing is found in the system as it should be; the campaign fires every row and makes every
/// guard of requests say yes and no, but for what is explained, is refused often but not mostly,
/// and shows every `sometimes`.
inline void expect_nothing_found(const CampaignOptions& options) {
  const auto result = run_campaign(options);
  ASSERT_TRUE(result) << result.error().text();
  EXPECT_TRUE(result->failures.empty());
  EXPECT_EQ(result->runs, options.runs);
  const auto profile = model::make_profile({options.system, {}, {}});
  ASSERT_TRUE(profile) << profile.error().text();
  const auto reach = campaign::reach_of(**profile, result->coverage, campaign::own_unreached());
  EXPECT_EQ(reach.unexplained(), std::vector<std::string>{});
  EXPECT_EQ(reach.reached, std::vector<std::string>{});
  EXPECT_GE(result->refused * 100, result->requests * 20);
  EXPECT_LE(result->refused * 100, result->requests * 60);
  const auto all = laws(options.system);
  for (std::size_t i = 0; i < all.size(); ++i)
    EXPECT_TRUE(all[i].kind != LawKind::sometimes || result->shown[i].count > 0) << all[i].name;
}

/// Whether a law is among those that a failure breaks first.
inline bool breaks(std::string_view system, const CampaignFailure& failure, std::string_view law) {
  return std::ranges::any_of(failure.laws,
                             [&](std::size_t one) { return laws(system)[one].name == law; });
}

/// Writes a story to a file of its own and reads it as the command would.
inline scenarios::Story read_story(const std::string& text) {
  const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
  const auto folder = std::filesystem::path(testing::TempDir()) / test->test_suite_name();
  std::filesystem::create_directories(folder);
  const auto file = folder / (std::string(test->name()) + ".yaml");
  std::ofstream(file) << text;
  auto loaded = scenarios::load_paths({file.string()}, folder.string());
  EXPECT_TRUE(loaded.errors.empty()) << (loaded.errors.empty() ? "" : loaded.errors.front().text());
  EXPECT_EQ(loaded.stories.size(), 1u);
  return loaded.stories.at(0);
}

/// A saved failure fails again, and passes on the system as it should be.
inline void expect_fails_by_its_mutants_alone(const scenarios::Story& story) {
  EXPECT_EQ(scenarios::run_story(story, {}).end, scenarios::StoryRun::End::failed);
  scenarios::RunOptions sound;
  sound.mutants = {scenarios::kNoMutant};
  EXPECT_EQ(scenarios::run_story(story, sound).end, scenarios::StoryRun::End::passed);
}

}  // namespace shinsa::properties
