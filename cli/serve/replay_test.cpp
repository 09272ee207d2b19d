#include "cli/serve/replay.hpp"

#include <gtest/gtest.h>

namespace shinsa::cli {
namespace {

Beginning beginning() {
  return {"jpdirect-acme",   "0a",        3,     {{"ACM-Q5", "follow"}},  {"m"}, "0b", false,
          "http://[::1]:80", Instant{17}, false, {"{\"kind\":\"reset\"}"}};
}

TEST(ReplayTest, KeepsABeginning) {
  const auto back = read_beginning(to_line(beginning()));

  ASSERT_TRUE(back) << back.error().text();
  EXPECT_TRUE(check_same(*back, beginning(), "here"));
  EXPECT_EQ(back->start, Instant{17});
  EXPECT_FALSE(back->clock_runs);
}

TEST(ReplayTest, SaysWhatDiffers) {
  const auto told = [](auto change) {
    Beginning now = beginning();
    change(now);
    const auto same = check_same(beginning(), now, "here");
    return same ? std::string() : same.error().what;
  };

  EXPECT_EQ(told([](Beginning&) {}), "");
  EXPECT_EQ(told([](Beginning& now) { now.start = Instant{18}; }), "");
  EXPECT_EQ(told([](Beginning& now) { now.system = "nttcom-biz"; }),
            "the journal is of another system (jpdirect-acme)");
  EXPECT_EQ(told([](Beginning& now) { now.given = "0c"; }),
            "the journal began with another file of --given");
  EXPECT_EQ(told([](Beginning& now) { now.seed = 4; }), "the journal began with another seed (3)");
  EXPECT_EQ(told([](Beginning& now) { now.readings.clear(); }),
            "the journal began with other readings");
  EXPECT_EQ(told([](Beginning& now) { now.mutants.clear(); }),
            "the journal began with other mutants");
  EXPECT_EQ(told([](Beginning& now) { now.challenges_met = true; }),
            "the journal began without --always-valid");
  EXPECT_EQ(told([](Beginning& now) { now.faults = {"{}"}; }),
            "the journal began with other faults");
  EXPECT_EQ(told([](Beginning& now) { now.ca = "http://[::1]:81"; }),
            "the certificates of the journal lead to http://[::1]:80");
  EXPECT_EQ(told([](Beginning& now) { now.events = "0c"; }),
            "what is given leads to another beginning than in the journal");
}

TEST(ReplayTest, RefusesAnotherVersionAndWhatIsNone) {
  EXPECT_EQ(read_beginning(R"({"journal":"shinsa-serve/9"})").error().what,
            "the journal is of another version (shinsa-serve/9)");
  for (const char* line : {"", "{", "[]", "{}", R"({"journal":"shinsa-serve/1"})"})
    EXPECT_EQ(read_beginning(line).error().what, "this is no journal of shinsa serve") << line;
}

}  // namespace
}  // namespace shinsa::cli
