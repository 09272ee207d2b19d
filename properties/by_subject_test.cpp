// A ledger finds what it has on record, whether that is little or much.
#include "properties/laws/by_subject.hpp"

#include <gtest/gtest.h>

namespace shinsa::properties {
namespace {

struct Thing {
  TextId subject;
  int said = 0;
};

TextId subject(std::uint32_t number) { return TextId{number}; }

class BySubjectTest : public testing::TestWithParam<std::uint32_t> {};

TEST_P(BySubjectTest, FindsWhatWasSpokenOf) {
  BySubject<Thing> things;
  for (std::uint32_t n = 1; n <= GetParam(); ++n) {
    EXPECT_EQ(things.find(subject(n)), nullptr) << n;
    things.open(subject(n)).said = static_cast<int>(n);
  }
  for (std::uint32_t n = 1; n <= GetParam(); ++n) {
    ASSERT_NE(things.find(subject(n)), nullptr) << n;
    EXPECT_EQ(things.find(subject(n))->said, static_cast<int>(n));
  }
  EXPECT_EQ(&things.open(subject(1)), things.find(subject(1)));
  EXPECT_EQ(things.size(), GetParam());
  EXPECT_EQ(things.find(subject(GetParam() + 1)), nullptr);
}

TEST_P(BySubjectTest, TheFirstOfTwoWithOneSubjectIsMeant) {
  BySubject<Thing> things;
  for (std::uint32_t n = 1; n <= GetParam(); ++n) things.push_back({subject(n), 1});
  things.push_back({subject(1), 2});
  EXPECT_EQ(things.find(subject(1))->said, 1);
}

TEST_P(BySubjectTest, WhatIsLoadedTakesThePlaceOfWhatWasThere) {
  BySubject<Thing> things;
  for (std::uint32_t n = 1; n <= GetParam(); ++n) things.open(subject(n));
  EXPECT_NE(things.find(subject(1)), nullptr);
  things.resize(GetParam());
  std::uint32_t next = 100;
  for (Thing& one : things) one.subject = subject(++next);
  EXPECT_EQ(things.find(subject(1)), nullptr);
  EXPECT_EQ(things.find(subject(101)), &things[0]);
  things.clear();
  EXPECT_TRUE(things.empty());
  EXPECT_EQ(things.find(subject(101)), nullptr);
}

INSTANTIATE_TEST_SUITE_P(LittleAndMuch, BySubjectTest, testing::Values(1u, 16u, 17u, 90u));

}  // namespace
}  // namespace shinsa::properties
