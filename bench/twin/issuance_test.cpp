// The twin of issuance.pml: the numbers that its head comment states.
#include "bench/twin/issuance.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "properties/explorer/search.hpp"

namespace shinsa::bench::twin {
namespace {

using properties::explorer::Found;
using properties::explorer::Search;

TEST(TwinTest, HasAsManyStatesEdgesAndLevelsAsSpinCounts) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "ten million states take a sanitizer many minutes; the bugs are found there too";
#endif
  const Issuance model;
  const Found found = Search(model, {.states = 20'000'000}).run();
  EXPECT_EQ(found.end, Found::End::complete);
  EXPECT_EQ(found.states, 10'115'448u);
  EXPECT_EQ(found.edges, 60'586'128u);
  EXPECT_EQ(found.levels, 47u);
  EXPECT_EQ(found.broken, 0u);
  EXPECT_LE(found.bytes, 32u * found.states);
}

struct Planted {
  std::string name;
  Bug bug;
  std::size_t steps;
};
void PrintTo(const Planted& one, std::ostream* os) { *os << one.name; }
class PlantedBugTest : public testing::TestWithParam<Planted> {};

TEST_P(PlantedBugTest, IsFoundByItsShortestWay) {
  const Issuance model(GetParam().bug);
  Search search(model, {.states = 20'000'000, .to_the_first = true});
  const Found found = search.run();
  ASSERT_EQ(found.end, Found::End::broken);
  const auto way = search.way_to(*found.first_broken);
  std::string told;
  for (const auto step : way) told += Issuance::text(step) + "; ";
  EXPECT_EQ(way.size(), GetParam().steps) << told;
}
INSTANTIATE_TEST_SUITE_P(Twin, PlantedBugTest,
                         testing::Values(Planted{"cap", Bug::cap, 22},
                                         Planted{"payment", Bug::payment, 8},
                                         Planted{"expiry", Bug::expiry, 10}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace shinsa::bench::twin
