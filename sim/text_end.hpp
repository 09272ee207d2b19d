/// Looks for the end of a text of a line, many bytes at once where the machine can.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace shinsa::sim {

/// Where a text of JSON ends, or is interrupted by an escape.
struct TextEnd {
  const char* at = nullptr;  ///< the first quote, backslash or control character
  bool ascii = true;         ///< of what stands before it
};

/// @param at  the first byte of the text. @param end  of the line; 16 bytes behind it may be read.
/// @return `at` not before `end` if the line ends before the text.
[[nodiscard]] inline TextEnd end_of_text(const char* at, const char* end) {
#ifdef __SSE2__
  constexpr std::ptrdiff_t kBytes = 16;
  unsigned beyond_ascii = 0;
  for (; at < end; at += kBytes) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i stops = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))),
        _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes));  // not above 0x1f
    const auto stop = static_cast<unsigned>(_mm_movemask_epi8(stops));
    const auto high = static_cast<unsigned>(_mm_movemask_epi8(bytes));
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
