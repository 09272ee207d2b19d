#include "sim/stream.hpp"

#include <xxhash.h>

#include "model/vocabulary/assert.hpp"

namespace shinsa::sim {

std::uint64_t Stream::below(std::uint64_t n) {
  SHINSA_ASSERT(n > 0, "there is no number below 0");
  if ((n & (n - 1)) == 0) return next() & (n - 1);  // a power of 2: nothing is unfair
  std::uint64_t drawn = next();
  if (drawn < n) {  // seldom: only such a one can be unfair
    const std::uint64_t unfair =
        -n % n;  // 2^64 mod n: the numbers that would make the first ones likelier
    while (drawn < unfair) drawn = next();
  }
  return drawn % n;
}

std::string Stream::hex(std::size_t bytes) {
  std::string text;
  text.reserve(2 * bytes);
  for (std::uint64_t left = 0, i = 0; i < bytes; ++i) {
    if (i % 8 == 0) left = next();
    text += "0123456789abcdef"[left >> 4 & 15];
    text += "0123456789abcdef"[left & 15];
    left >>= 8;
  }
  return text;
}

Stream& Streams::operator[](std::string_view name) {
  const auto known = streams_.find(name);
  if (known != streams_.end()) return known->second;
  return streams_.emplace(name, Stream(XXH3_64bits_withSeed(name.data(), name.size(), seed_)))
      .first->second;
}

}  // namespace shinsa::sim
