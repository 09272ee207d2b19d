/// All suites, with certificates on paper: what the fakes then say must be what they say with real
/// ones. (With real ones they are run by `shinsa run`.)
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>

#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::scenarios {
namespace {

using testing::IsEmpty;

TEST(SuitesTest, EveryScenarioHoldsWithCertificatesOnPaper) {
  const std::string folder = std::string(SHINSA_SOURCE_DIR) + "/scenarios";
  const LoadResult loaded = load_paths({folder}, folder);
  ASSERT_THAT(loaded.errors, IsEmpty());
  ASSERT_FALSE(loaded.stories.empty());
  RunOptions options;
  options.detail = fakes::Detail::paper;
  std::vector<std::string> others;
  const std::span stories(loaded.stories);
  for (std::size_t at = 0; at < stories.size();) {
    const auto parts = stories.subspan(at, count_together(stories.subspan(at)));
    for (const StoryRun& run : run_together(parts, options))
      if (run.end == StoryRun::End::failed || run.end == StoryRun::End::error)
        others.push_back(stories[at].id + ": " +
                         (run.misses.empty() ? run.reason.en : run.misses[0].says.en));
    at += parts.size();
  }
  EXPECT_THAT(others, IsEmpty());
}

}  // namespace
}  // namespace shinsa::scenarios
