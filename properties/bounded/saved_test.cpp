#include <gtest/gtest.h>

#include <set>
#include <string>

#include "properties/laws/law.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::properties {
namespace {

class SavedLedgerTest : public testing::TestWithParam<const char*> {};

/// The whole way once, in the system.
scenarios::StoryRun first_light(const std::string& system) {
  const std::string root = SHINSA_SOURCE_DIR "/scenarios";
  const auto loaded = scenarios::load_paths({root + "/" + system + "/first-light.yaml"}, root);
  EXPECT_TRUE(loaded.errors.empty());
  scenarios::RunOptions options;
  options.detail = fakes::Detail::paper;
  return scenarios::run_story(loaded.stories.front(), options);
}

// A monitor that goes on from what another saved is as good as that other, wherever it takes over.
TEST_P(SavedLedgerTest, GoesOnAsIfItHadSeenAll) {
  const auto run = first_light(GetParam());
  ASSERT_TRUE(run.simulation);
  const auto& trace = run.simulation->trace();
  const Facts& facts = run.simulation->facts();
  const auto whole = make_monitor(GetParam()), other = make_monitor(GetParam());
  std::string saved, again, at_the_end;
  for (std::size_t cut = 2; cut < trace.size(); ++cut) {
    whole->reset();
    for (std::size_t i = 0; i < cut; ++i) whole->see(trace[i].event, facts, i + 1);
    whole->save(saved);
    other->reset();
    std::size_t line = other->load(saved);
    EXPECT_LE(line, cut);
    other->save(again);
    EXPECT_EQ(saved, again) << "after " << cut << " events";
    for (std::size_t i = cut; i < trace.size(); ++i) {
      whole->see(trace[i].event, facts, i + 1);
      other->see(trace[i].event, facts, ++line);
    }
    whole->save(at_the_end);
    other->save(again);
    EXPECT_EQ(at_the_end, again) << "taken over after " << cut << " events";
    EXPECT_TRUE(other->breaches().empty());
  }
}

TEST_P(SavedLedgerTest, TellsApartWhatDiffers) {
  const auto run = first_light(GetParam());
  ASSERT_TRUE(run.simulation);
  const auto monitor = make_monitor(GetParam());
  std::set<std::string> all;
  std::size_t line = 0;
  for (const sim::Stepped& one : run.simulation->trace()) {
    monitor->see(one.event, run.simulation->facts(), ++line);
    std::string saved;
    monitor->save(saved);
    all.insert(saved);
  }
  EXPECT_GT(all.size(), line / 2);
}

INSTANTIATE_TEST_SUITE_P(OfEachSystem, SavedLedgerTest,
                         testing::Values("jpdirect-reissue", "sakura-reissue", "jpdirect-acme",
                                         "nttcom-biz", "dedicated-renewal"));

}  // namespace
}  // namespace shinsa::properties
