#include "model/vocabulary/bytes.hpp"

#include <gtest/gtest.h>

#include <string>

namespace shinsa {
namespace {

TEST(SameTextTest, TellsEveryByteOfEveryLength) {
  for (std::size_t size = 0; size < 80; ++size) {
    std::string one;
    for (std::size_t i = 0; i < size; ++i) one += static_cast<char>('a' + i % 26);
    EXPECT_TRUE(same_text(one, std::string(one))) << size;
    EXPECT_FALSE(same_text(one, one + "x")) << size;
    for (std::size_t i = 0; i < size; ++i) {
      std::string other = one;
      other[i] = '\xff';
      EXPECT_FALSE(same_text(one, other)) << size << " at " << i;
    }
  }
  EXPECT_TRUE(same_text({}, ""));
}

}  // namespace
}  // namespace shinsa
