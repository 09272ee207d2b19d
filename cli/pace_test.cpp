#include "cli/pace.hpp"

#include <gtest/gtest.h>

namespace shinsa::cli {
namespace {

TEST(PaceTest, SaysRatesFailuresAndWhatIsLeft) {
  const properties::CampaignProgress done{1500, 90'000, 2};

  EXPECT_EQ(pace_in_words(done, Seconds(3), Seconds(62)),
            "500 runs/s  30,000 events/s  2 failed  1:02 left");
  EXPECT_EQ(pace_in_words(done, Seconds(3), Seconds(3723)),
            "500 runs/s  30,000 events/s  2 failed  1:02:03 left");
  EXPECT_EQ(pace_in_words(done, Seconds(3), std::nullopt), "500 runs/s  30,000 events/s  2 failed");
}

TEST(PaceTest, LeavesWhatEndsFirst) {
  const properties::CampaignProgress done{1000, 0, 0};

  EXPECT_EQ(time_left(done, Seconds(10), 4000, std::nullopt), Seconds(30));
  EXPECT_EQ(time_left(done, Seconds(10), 4000, Seconds(25)), Seconds(15));
  EXPECT_EQ(time_left(done, Seconds(10), 4000, Seconds(100)), Seconds(30));
  EXPECT_EQ(time_left(done, Seconds(10), 0, Seconds(100)), Seconds(90));
  EXPECT_EQ(time_left(done, Seconds(10), 500, Seconds(5)), Seconds(0));
}

TEST(PaceTest, TellsNoEndBeforeThereIsOne) {
  EXPECT_EQ(time_left({}, Seconds(1), 4000, std::nullopt), std::nullopt);
  EXPECT_EQ(time_left({1000, 0, 0}, Seconds(1), 0, std::nullopt), std::nullopt);
}

}  // namespace
}  // namespace shinsa::cli
