/// Compares and searches bytes of a line, many at once where the machine can.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace shinsa::sim {

#if defined(__SSE2__)
namespace detail {
using Bytes = __m128i;
inline Bytes load(const char* at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); }
inline std::uint32_t high_bits(Bytes bytes) {
  return static_cast<std::uint32_t>(_mm_movemask_epi8(bytes));
}
inline std::uint32_t where_same(Bytes a, Bytes b) { return high_bits(_mm_cmpeq_epi8(a, b)); }
inline std::uint32_t where_text_stops(Bytes bytes) {
  const Bytes quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const Bytes escapes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  const Bytes controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
  return high_bits(_mm_or_si128(_mm_or_si128(quotes, escapes), controls));
}
}  // namespace detail
#endif

/// A few bytes that are looked for where they should stand.
struct FixedText {
  static constexpr std::size_t kLongest = 32;

  std::array<char, kLongest> bytes{};  ///< zeros after its end
  std::uint32_t beyond = UINT32_MAX;   ///< bits of the bytes after its end
  std::uint8_t size = 0;

  /// @param text  not longer than `kLongest`.
  [[nodiscard]] static FixedText of(std::string_view text) {
    FixedText fixed;
    std::ranges::copy(text, fixed.bytes.begin());
    fixed.beyond = text.size() < kLongest ? UINT32_MAX << text.size() : 0;
    fixed.size = static_cast<std::uint8_t>(text.size());
    return fixed;
  }

  /// @param at  where `kLongest` bytes may be read.
  [[nodiscard]] bool stands_at(const char* at) const {
#if defined(__SSE2__)
    std::uint32_t same = beyond;
    for (std::size_t from = 0; from < kLongest; from += sizeof(detail::Bytes))
      same |= detail::where_same(detail::load(bytes.data() + from), detail::load(at + from))
              << from;
    return same == UINT32_MAX;
#else
    return std::memcmp(bytes.data(), at, size) == 0;
#endif
  }
  bool operator==(const FixedText&) const = default;
};

/// Where a text of JSON ends, or is interrupted by an escape.
struct TextEnd {
  const char* at = nullptr;  ///< the first quote, backslash or control character
  bool ascii = true;         ///< of what stands before it
};

/// @param at  the first byte of the text. @param end  of the line; 32 bytes behind it may be read.
/// @return `at` not before `end` if the line ends before the text.
[[nodiscard]] inline TextEnd end_of_text(const char* at, const char* end) {
#if defined(__SSE2__)
  std::uint32_t beyond_ascii = 0;
  for (; at < end; at += sizeof(detail::Bytes)) {
    const detail::Bytes bytes = detail::load(at);
    const std::uint32_t stop = detail::where_text_stops(bytes), high = detail::high_bits(bytes);
    if (stop != 0) {
      beyond_ascii |= high & (stop ^ (stop - 1));  // up to the first stop, which is ASCII itself
      return {at + std::countr_zero(stop), beyond_ascii == 0};
    }
    beyond_ascii |= high;
  }
  return {at, beyond_ascii == 0};
#else
  unsigned char all = 0;
  for (; at < end; ++at) {
    const auto byte = static_cast<unsigned char>(*at);
    if (byte == '"' || byte == '\\' || byte < 0x20) break;
    all |= byte;
  }
  return {at, all < 0x80};
#endif
}

}  // namespace shinsa::sim
