#include "sim/sequences.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

namespace shinsa::sim {
namespace {

std::optional<std::pair<std::int64_t, std::int64_t>> hole(Sequences& sequences,
                                                          const std::string& source,
                                                          std::int64_t number) {
  const auto found = sequences.follow(source, number);
  if (!found) return std::nullopt;
  return std::pair{found->from, found->to};
}

TEST(SequencesTest, EachSourceCountsByItself) {
  Sequences all;
  EXPECT_EQ(hole(all, "a", 7), std::nullopt) << "it may begin anywhere";
  EXPECT_EQ(hole(all, "a", 8), std::nullopt);
  EXPECT_EQ(hole(all, "b", 1), std::nullopt);
  EXPECT_EQ(hole(all, "a", 9), std::nullopt);
  EXPECT_EQ(hole(all, "b", 3), (std::pair<std::int64_t, std::int64_t>{1, 3}));
  EXPECT_EQ(hole(all, "b", 4), std::nullopt);
  EXPECT_EQ(hole(all, "a", 9), (std::pair<std::int64_t, std::int64_t>{9, 9}));
  EXPECT_EQ(hole(all, "a", 2), (std::pair<std::int64_t, std::int64_t>{9, 2}));
  EXPECT_EQ(hole(all, "a", 3), std::nullopt);
}

TEST(SequencesTest, SourcesBeyondAThousandAreNotFollowed) {
  Sequences all;
  for (int i = 0; i < 1'001; ++i) EXPECT_EQ(hole(all, std::to_string(i), 1), std::nullopt);
  EXPECT_NE(hole(all, "999", 3), std::nullopt);
  EXPECT_EQ(hole(all, "1000", 3), std::nullopt);
}

TEST(SequencesTest, ANumberMayBeWrittenAsAText) {
  const auto of = [](std::string_view text) {
    Scalar scalar;
    scalar.kind = Scalar::Kind::text;
    scalar.text = text;
    return Sequences::number_of(scalar);
  };
  EXPECT_EQ(of("0042"), 42);
  EXPECT_EQ(of(""), std::nullopt);
  EXPECT_EQ(of("-1"), std::nullopt);
  EXPECT_EQ(of("4x"), std::nullopt);
  EXPECT_EQ(of("9999999999999999999999"), 999'999'999'999'999'999);
  EXPECT_EQ(Sequences::number_of(Scalar{}), std::nullopt);
}

}  // namespace
}  // namespace shinsa::sim
