#include "fakes/timeline.hpp"

#include <gtest/gtest.h>

#include <string>

namespace shinsa::fakes {
namespace {

constexpr Instant kStart{1795136400};  // 2026-11-20T10:00:00+09:00

TEST(TimelineTest, HoldsAValueFromItsSecondOnUntilTheNextOne) {
  Timeline<std::string> line;
  line.set(kStart, "first");
  line.set(kStart + days(1), "second");

  EXPECT_EQ(line.at(kStart - seconds(1)), nullptr);
  EXPECT_EQ(*line.at(kStart), "first");
  EXPECT_EQ(*line.at(kStart + days(1) - seconds(1)), "first");
  EXPECT_EQ(*line.at(kStart + days(1)), "second");
}

TEST(TimelineTest, TakesValuesInAnyOrderAndTheLastOneOfAnInstant) {
  Timeline<std::string> line;
  line.set(kStart + days(1), "second");
  line.set(kStart, "wrong");
  line.set(kStart, "first");

  EXPECT_EQ(*line.at(kStart + hours(1)), "first");
  EXPECT_EQ(*line.at(kStart + days(2)), "second");
}

TEST(TimelineTest, ChangesWhatHoldsFromAnInstantOn) {
  Timeline<std::string> line;
  line.set(kStart, "first");
  line.from(kStart + days(1)) += " and more";
  line.from(kStart + days(1)) += " of it";
  line.from(kStart - days(1)) = "before";

  EXPECT_EQ(*line.at(kStart - seconds(1)), "before");
  EXPECT_EQ(*line.at(kStart), "first");
  EXPECT_EQ(*line.at(kStart + days(1)), "first and more of it");
}

TEST(TimelineTest, GivesTheOtherValueBeforeTheFirst) {
  Timeline<int> line;
  line.set(kStart, 1);

  EXPECT_EQ(line.at(kStart - seconds(1), 7), 7);
  EXPECT_EQ(line.at(kStart, 7), 1);
}

}  // namespace
}  // namespace shinsa::fakes
