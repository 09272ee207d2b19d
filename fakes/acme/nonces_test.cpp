#include "fakes/acme/nonces.hpp"

#include <gtest/gtest.h>

#include <set>

#include "fakes/acme/base64url.hpp"

namespace shinsa::fakes::acme {
namespace {

TEST(NoncesTest, EachIsGoodOnce) {
  sim::Stream stream(1);
  Nonces nonces(stream);
  const std::string nonce = nonces.draw();

  EXPECT_EQ(from_base64url(nonce)->size(), 16u);
  EXPECT_TRUE(nonces.spend(nonce));
  EXPECT_FALSE(nonces.spend(nonce));
  EXPECT_EQ(nonces.size(), 0u);
}

TEST(NoncesTest, RefusesWhatWasNeverDrawn) {
  sim::Stream stream(1), other(2);
  Nonces nonces(stream), others(other);
  const std::string nonce = nonces.draw();

  EXPECT_FALSE(nonces.spend(others.draw()));
  EXPECT_FALSE(nonces.spend(""));
  EXPECT_FALSE(nonces.spend("AAAA"));
  EXPECT_FALSE(nonces.spend(nonce + "A"));
  EXPECT_FALSE(nonces.spend(nonce + "="));
  EXPECT_TRUE(nonces.spend(nonce));
}

TEST(NoncesTest, AreAllDifferentAndTheSameForOneSeed) {
  sim::Stream one(7), two(7);
  Nonces first(one), second(two);
  std::set<std::string> seen;

  for (int i = 0; i < 1000; ++i) {
    const std::string nonce = first.draw();
    EXPECT_EQ(second.draw(), nonce);
    seen.insert(nonce);
  }

  EXPECT_EQ(seen.size(), 1000u);
}

TEST(NoncesTest, ForgetsTheOldestOfTooMany) {
  sim::Stream stream(1);
  Nonces nonces(stream, 3);
  const std::string oldest = nonces.draw(), second = nonces.draw();
  (void)nonces.draw();
  const std::string newest = nonces.draw();

  EXPECT_EQ(nonces.size(), 3u);
  EXPECT_FALSE(nonces.spend(oldest));
  EXPECT_TRUE(nonces.spend(second));
  EXPECT_TRUE(nonces.spend(newest));
}

TEST(NoncesTest, ASpentOneMakesRoomForNoOther) {
  sim::Stream stream(1);
  Nonces nonces(stream, 2);

  for (int i = 0; i < 10; ++i) EXPECT_TRUE(nonces.spend(nonces.draw())) << i;
  EXPECT_EQ(nonces.size(), 0u);
}

}  // namespace
}  // namespace shinsa::fakes::acme
