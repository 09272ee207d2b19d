/// All suites, with certificates on paper: what the fakes then say must be what they say with real
/// ones. (With real ones they are run by `shinsa run`.)
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <span>

#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::scenarios {
namespace {

using testing::IsEmpty;

const LoadResult& suites() {
  static const LoadResult loaded = [] {
    const std::string folder = std::string(SHINSA_SOURCE_DIR) + "/scenarios";
    return load_paths({folder}, folder);
  }();
  return loaded;
}

void run_all(const RunOptions& options,
             const std::function<void(const Story&, const StoryRun&)>& seen) {
  ASSERT_THAT(suites().errors, IsEmpty());
  ASSERT_FALSE(suites().stories.empty());
  const std::span stories(suites().stories);
  for (std::size_t at = 0; at < stories.size();) {
    const auto parts = stories.subspan(at, count_together(stories.subspan(at)));
    for (const StoryRun& run : run_together(parts, options)) seen(stories[at], run);
    at += parts.size();
  }
}

TEST(SuitesTest, EveryScenarioHoldsWithCertificatesOnPaper) {
  RunOptions options;
  options.detail = fakes::Detail::paper;
  std::vector<std::string> others;
  run_all(options, [&](const Story& story, const StoryRun& run) {
    if (run.end == StoryRun::End::failed || run.end == StoryRun::End::error)
      others.push_back(story.id + ": " +
                       (run.misses.empty() ? run.reason.en : run.misses[0].says.en));
  });
  EXPECT_THAT(others, IsEmpty());
}

// Whoever remembers contents of the store has to say so: what is forgotten else gives its ids to
// others, and something comes out otherwise.
TEST(SuitesTest, TracesAreTheSameWhereWhatNobodyNeedsIsForgotten) {
  RunOptions options;
  options.detail = fakes::Detail::paper;
  std::vector<std::string> traces;
  run_all(options, [&](const Story&, const StoryRun& run) { traces.push_back(run.trace); });
  options.lean = true;
  std::size_t next = 0;
  run_all(options, [&](const Story& story, const StoryRun& run) {
    EXPECT_EQ(run.trace, traces[next++]) << story.id;
  });
  EXPECT_EQ(next, traces.size());
}

}  // namespace
}  // namespace shinsa::scenarios
