// The search on a model that can be counted by hand: a walk on a grid.
#include "properties/explorer/search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

namespace shinsa::properties::explorer {
namespace {

using testing::UnorderedElementsAre;

/// From (0, 0) to the right (0) and up (1), as long as the grid goes; (x, y) = `bad` is broken.
struct Grid {
  using Key = std::array<std::uint32_t, 2>;
  std::uint32_t side = 5;
  Key bad{UINT32_MAX, UINT32_MAX};
  [[nodiscard]] Key initial() const { return {0, 0}; }
  template <class Emit>
  void expand(const Key& at, Emit&& emit) const {
    if (at[0] + 1 < side) emit(Step{0}, Key{at[0] + 1, at[1]});
    if (at[1] + 1 < side) emit(Step{1}, Key{at[0], at[1] + 1});
  }
  [[nodiscard]] bool broken(const Key& at) const { return at == bad; }
};

TEST(ExplorerTest, CountsStatesEdgesAndLevels) {
  const Grid grid;
  const Found found = Search(grid, {.states = 1000}).run();
  EXPECT_EQ(found.end, Found::End::complete);
  EXPECT_EQ(found.states, 25u);
  EXPECT_EQ(found.edges, 40u);
  EXPECT_EQ(found.levels, 9u);
  EXPECT_EQ(found.broken, 0u);
}

TEST(ExplorerTest, FindsTheShortestWay) {
  const Grid grid{.side = 5, .bad = {2, 1}};
  Search search(grid, {.states = 1000, .to_the_first = true});
  const Found found = search.run();
  EXPECT_EQ(found.end, Found::End::broken);
  ASSERT_TRUE(found.first_broken);
  EXPECT_EQ(search[*found.first_broken], grid.bad);
  EXPECT_THAT(search.way_to(*found.first_broken), UnorderedElementsAre(0, 0, 1));
}

TEST(ExplorerTest, GoesOnAfterABrokenStateUnlessTold) {
  const Grid grid{.side = 5, .bad = {2, 1}};
  const Found found = Search(grid, {.states = 1000}).run();
  EXPECT_EQ(found.states, 25u);
  EXPECT_EQ(found.broken, 1u);
}

TEST(ExplorerTest, StopsAtItsLimitsAndSaysSo) {
  const Grid grid{.side = 100};
  const Found few = Search(grid, {.states = 50}).run();
  EXPECT_EQ(few.end, Found::End::states);
  EXPECT_GE(few.states, 50u);
  EXPECT_LT(few.states, 100u);
  const Found near = Search(grid, {.states = 10'000, .depth = 3}).run();
  EXPECT_EQ(near.end, Found::End::depth);
  EXPECT_EQ(near.states, 1u + 2u + 3u + 4u);
  EXPECT_EQ(near.levels, 4u);
}

TEST(ExplorerTest, TellsHowFarItIs) {
  const Grid grid{.side = 40};
  std::uint64_t last = 0;
  Search(grid, {.states = 200'000}).run([&](const Progress& progress) {
    EXPECT_LE(progress.expanded, progress.states);
    EXPECT_LE(last, progress.states);
    last = progress.states;
    return true;
  });
  EXPECT_EQ(last, 1600u);
}

/// What is saved, in memory; read from its beginning.
struct Bytes {
  std::string bytes;
  std::size_t at = 0;
  template <class T>
  void one(const T& value) {
    list(&value, 1);
  }
  template <class T>
  void list(const T* items, std::size_t count) {
    bytes.append(reinterpret_cast<const char*>(items), count * sizeof(T));
  }
  template <class T>
  void one(T& value) {
    list(&value, 1);
  }
  template <class T>
  void list(T* items, std::size_t count) {
    std::memcpy(items, bytes.data() + at, count * sizeof(T));
    at += count * sizeof(T);
  }
};

/// A search of the grid that was stopped within limits, as it was saved.
Bytes stopped(const Grid& grid, const Limits& limits, Found* found = nullptr) {
  Search search(grid, limits);
  const Found there = search.run();
  EXPECT_TRUE(there.stopped_short());
  if (found) *found = there;
  Bytes saved;
  std::as_const(search).save(saved);
  return saved;
}

TEST(ExplorerTest, GoesOnFromWhereItWasStopped) {
  const Grid grid{.side = 300, .bad = {299, 298}};
  Search whole(grid, {.states = 1'000'000});
  const Found expected = whole.run();
  for (const Limits limits : {Limits{.states = 40'000}, Limits{.depth = 1}, Limits{.depth = 400}}) {
    Bytes saved = stopped(grid, limits);
    Search resumed(grid, {.states = 1'000'000, .jobs = 2});
    ASSERT_TRUE(resumed.load(saved));
    const Found found = resumed.run();
    EXPECT_EQ(found.end, Found::End::complete);
    EXPECT_EQ(found.states, expected.states);
    EXPECT_EQ(found.edges, expected.edges);
    EXPECT_EQ(found.levels, expected.levels);
    EXPECT_EQ(found.bytes, expected.bytes);
    EXPECT_EQ(found.digest, expected.digest);
    ASSERT_TRUE(found.first_broken);
    EXPECT_EQ(found.first_broken, expected.first_broken);
    EXPECT_EQ(resumed.way_to(*found.first_broken), whole.way_to(*expected.first_broken));
  }
}

TEST(ExplorerTest, StopsAtOnceWhereItWasStoppedUnlessItMayGoFurther) {
  const Grid grid{.side = 100};
  Found there;
  Bytes saved = stopped(grid, {.depth = 30}, &there);
  Search again(grid, {.depth = 30});
  ASSERT_TRUE(again.load(saved));
  const Found found = again.run();
  EXPECT_EQ(found.end, Found::End::depth);
  EXPECT_EQ(found.states, there.states);
  EXPECT_EQ(found.levels, there.levels);
}

TEST(ExplorerTest, FindsTheSameUnderTheSameNumbersWithAnyNumberOfThreads) {
  const Grid grid{.side = 500, .bad = {250, 250}};
  Search alone(grid, {.states = 1'000'000});
  Search together(grid, {.states = 1'000'000, .jobs = 3});
  const Found one = alone.run(), other = together.run();
  EXPECT_EQ(one.states, 250'000u);
  EXPECT_EQ(one.states, other.states);
  EXPECT_EQ(one.edges, other.edges);
  EXPECT_EQ(one.levels, other.levels);
  EXPECT_EQ(one.digest, other.digest);
  ASSERT_TRUE(one.first_broken);
  EXPECT_EQ(one.first_broken, other.first_broken);
  EXPECT_EQ(alone.way_to(*one.first_broken), together.way_to(*other.first_broken));
}

}  // namespace
}  // namespace shinsa::properties::explorer
