#include "sim/known_ids.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace shinsa::sim {
namespace {

RC_GTEST_PROP(KnownIdsTest, KnowsWhatItWasToldBefore, ()) {
  const auto id = rc::gen::oneOf(
      rc::gen::map(rc::gen::inRange(0, 40), [](int n) { return std::to_string(n); }),
      rc::gen::map(rc::gen::inRange(0, 20), [](int n) { return "n-" + std::to_string(n); }),
      rc::gen::element<std::string>("", "0", "00", "01", "a", "b1c", "18446744073709551615"));
  KnownIds known;
  std::set<std::string> all;
  for (const auto& one : *rc::gen::container<std::vector<std::string>>(id))
    RC_ASSERT(known.add(one) == all.insert(one).second);
}

RC_GTEST_PROP(KnownIdsTest, KnowsRunsOfIdsThatCount, ()) {
  KnownIds known;
  std::set<std::string> all;
  for (int run = 0; run < 12; ++run) {
    const auto prefix = *rc::gen::element<std::string>("", "0", "n-");
    const int first = *rc::gen::inRange(0, 60);
    const int count = *rc::gen::inRange(1, 25);
    for (int n = first; n < first + count; ++n) {
      const std::string id = prefix + std::to_string(n);
      RC_ASSERT(known.add(id) == all.insert(id).second);
    }
  }
}

TEST(KnownIdsTest, CountingIdsAreKnownHoweverManyThereAre) {
  KnownIds known;
  for (int n = 0; n < 2'000'000; ++n) ASSERT_TRUE(known.add("x" + std::to_string(n)));
  EXPECT_FALSE(known.add("x7"));
  EXPECT_FALSE(known.add("x1999999"));
  EXPECT_TRUE(known.add("x2000000"));
}

TEST(KnownIdsTest, OthersAreKnownForAQuarterOfAMillion) {
  KnownIds known;
  for (int n = 0; n < 260'000; ++n) ASSERT_TRUE(known.add(std::to_string(n) + "x"));
  EXPECT_FALSE(known.add("0x"));
  for (int n = 260'000; n < 1'000'000; ++n) ASSERT_TRUE(known.add(std::to_string(n) + "x"));
  EXPECT_FALSE(known.add("999999x"));
  EXPECT_TRUE(known.add("0x")) << "it was long ago";
}

}  // namespace
}  // namespace shinsa::sim
