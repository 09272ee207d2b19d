/// Comparing short texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace shinsa {

/// Whether two texts are the same: `a == b`, without a call where they are short.
[[nodiscard]] inline bool same_text(std::string_view a, std::string_view b) {
  constexpr std::size_t kWord = sizeof(std::uint64_t), kShort = 64;
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if (size < kWord || size > kShort) return a == b;
  const auto differ_at = [&](std::size_t at) {
    std::uint64_t one = 0, other = 0;
    std::memcpy(&one, a.data() + at, kWord);
    std::memcpy(&other, b.data() + at, kWord);
    return one ^ other;
  };
  std::uint64_t differ = differ_at(size - kWord);  // the last word may lie over the one before
  for (std::size_t at = 0; at + kWord < size; at += kWord) differ |= differ_at(at);
  return differ == 0;
}

}  // namespace shinsa
