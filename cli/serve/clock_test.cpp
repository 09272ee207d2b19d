#include "cli/serve/clock.hpp"

#include <gtest/gtest.h>

namespace shinsa::cli {
namespace {

using std::chrono::milliseconds;

const ServiceClock::Real kReal{};  // when each test begins, in real time
constexpr Instant kStart{1'000};

TEST(ServiceClockTest, GoesOnWithRealTime) {
  const ServiceClock clock(kStart, true, kReal);

  EXPECT_EQ(clock.now(kReal + milliseconds(999)), kStart);
  EXPECT_EQ(clock.now(kReal + milliseconds(2'000)), kStart + seconds(2));
}

TEST(ServiceClockTest, StandsStillAndGoesOnFromThere) {
  ServiceClock clock(kStart, true, kReal);

  clock.run(false, kReal + milliseconds(5'000));
  EXPECT_FALSE(clock.runs());
  EXPECT_EQ(clock.now(kReal + milliseconds(60'000)), kStart + seconds(5));
  clock.run(true, kReal + milliseconds(60'000));
  EXPECT_EQ(clock.now(kReal + milliseconds(61'000)), kStart + seconds(6));
}

TEST(ServiceClockTest, IsMovedForwardAndNeverBack) {
  ServiceClock clock(kStart, false, kReal);

  EXPECT_TRUE(clock.set(kStart + days(25), kReal));
  EXPECT_EQ(clock.now(kReal), kStart + days(25));
  const auto back = clock.set(kStart, kReal);
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error().what, "time does not go back");
  EXPECT_TRUE(clock.set(clock.now(kReal), kReal));
}

TEST(ServiceClockTest, CountsFromWhereItWasSet) {
  ServiceClock clock(kStart, true, kReal);

  EXPECT_TRUE(clock.set(kStart + days(1), kReal + milliseconds(10'000)));
  EXPECT_EQ(clock.now(kReal + milliseconds(13'000)), kStart + days(1) + seconds(3));
}

}  // namespace
}  // namespace shinsa::cli
