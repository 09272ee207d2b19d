#include "fakes/wire/loop.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <thread>
#include <vector>

namespace shinsa::fakes::wire {
namespace {

using namespace std::chrono_literals;

TEST(LoopTest, RunsWhatIsPostedInItsOrder) {
  Loop loop;
  std::vector<int> ran;
  for (int i = 0; i < 5; ++i) loop.post([&, i] { ran.push_back(i); });

  EXPECT_TRUE(loop.run_until([&] { return ran.size() == 5; }, 10s));

  EXPECT_EQ(ran, (std::vector{0, 1, 2, 3, 4}));
}

TEST(LoopTest, StopsFromAnotherThreadAndRunsAgain) {
  Loop loop(2);
  std::atomic<int> ran = 0;
  for (int i = 0; i < 2; ++i) {
    loop.post([&] {
      ++ran;
      std::thread([&] { loop.stop(); }).detach();
    });
    loop.run();
  }

  EXPECT_EQ(ran, 2);
}

TEST(LoopTest, RunsATimerOnceAndNotBeforeAShorterOne) {
  Loop loop;
  std::vector<int> ran;
  const Timer second = loop.after(20ms, [&] { ran.push_back(2); });
  const Timer first = loop.after(1ms, [&] { ran.push_back(1); });

  EXPECT_TRUE(loop.run_until([&] { return ran.size() == 2; }, 10s));

  EXPECT_EQ(ran, (std::vector{1, 2}));
}

TEST(LoopTest, ForgetsATimerThatIsCancelledOrGone) {
  Loop loop;
  bool ran = false;
  bool is_over = false;
  Timer cancelled = loop.after(1ms, [&] { ran = true; });
  cancelled.cancel();
  {
    const Timer gone = loop.after(1ms, [&] { ran = true; });
  }
  Timer replaced = loop.after(1ms, [&] { ran = true; });
  replaced = Timer();
  const Timer end = loop.after(30ms, [&] { is_over = true; });

  EXPECT_TRUE(loop.run_until([&] { return is_over; }, 10s));

  EXPECT_FALSE(ran);
}

TEST(LoopTest, GivesUpWaitingAfterTheLongestTime) {
  Loop loop;

  EXPECT_FALSE(loop.run_until([] { return false; }, 5ms));
}

TEST(LoopTest, HearsSignalsEachTime) {
  Loop loop;
  int heard = 0;
  loop.on_signal(SIGUSR1, [&](int number) { heard += number == SIGUSR1 ? 1 : 0; });

  ::raise(SIGUSR1);
  EXPECT_TRUE(loop.run_until([&] { return heard == 1; }, 10s));
  ::raise(SIGUSR1);
  EXPECT_TRUE(loop.run_until([&] { return heard == 2; }, 10s));
}

TEST(LoopTest, BringsOutWhatATaskThrows) {
  Loop loop;
  loop.post([] { throw std::runtime_error("thrown"); });

  EXPECT_THROW(loop.run(), std::runtime_error);
}

}  // namespace
}  // namespace shinsa::fakes::wire
