// The set of states: as a map of the standard library would have it.
#include "properties/explorer/seen.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace shinsa::properties::explorer {
namespace {

using Key = std::array<std::uint32_t, 3>;

RC_GTEST_PROP(SeenTest, IsAMapOfStatesToTheirPlaces, (const std::vector<Key>& keys)) {
  Seen<Key> seen(keys.size() + 1);
  std::map<Key, StateIndex> known;
  for (Key key : keys) {
    for (auto& word : key) word %= 5;  // some come again
    const auto [at, is_new] = seen.insert(key, Seen<Key>::hash(key), kNoState, 7);
    const auto [place, was_new] = known.try_emplace(key, static_cast<StateIndex>(known.size()));
    RC_ASSERT(at == place->second);
    RC_ASSERT(is_new == was_new);
    RC_ASSERT(seen[at] == key);
  }
  RC_ASSERT(seen.size() == known.size());
}

TEST(SeenTest, KeepsWhatItHasWhileItGrows) {
  constexpr StateIndex kMany = 200'000;
  Seen<Key> seen(kMany);
  for (StateIndex i = 0; i < kMany; ++i) {
    const Key key{i, i * i, ~i};
    ASSERT_TRUE(seen.insert(key, Seen<Key>::hash(key), i / 2, static_cast<Step>(i % 100)).second);
  }
  for (StateIndex i = 0; i < kMany; ++i) {
    const Key key{i, i * i, ~i};
    ASSERT_EQ(seen.insert(key, Seen<Key>::hash(key), 0, 0), (std::pair{i, false}));
    ASSERT_EQ(seen.parent(i), i / 2);
    ASSERT_EQ(seen.step(i), i % 100);
  }
  EXPECT_LT(seen.bytes(), kMany * 32u);
}

// A hash that says little: states are told apart by themselves.
TEST(SeenTest, TellsStatesApartThatHashAlike) {
  Seen<Key> seen(1000);
  for (std::uint32_t i = 0; i < 1000; ++i)
    ASSERT_EQ(seen.insert(Key{i, 0, 0}, 5, kNoState, 0), (std::pair{StateIndex{i}, true}));
  for (std::uint32_t i = 0; i < 1000; ++i)
    ASSERT_EQ(seen.insert(Key{i, 0, 0}, 5, kNoState, 0), (std::pair{StateIndex{i}, false}));
}

}  // namespace
}  // namespace shinsa::properties::explorer
