/// The two character sets of Japanese mail: UTF-8, and ISO-2022-JP as RFC 1468 and real mailers
/// have it.
///
/// Why not leave this to GMime: it swaps ISO-2022-JP for UTF-8 without a word when a character has
/// no place in JIS, and it loses what other mailers put there beyond the standard. Here the first
/// is an error that names the character, and the second (NEC's ①, half-width katakana, a missing
/// return to ASCII) is read.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::mail {

enum class Charset { utf8, iso2022jp };

/// The label that stands in the mail: `UTF-8`, `ISO-2022-JP`.
[[nodiscard]] std::string_view label_of(Charset charset);

/// Whether `bytes` are well-formed UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view bytes);

/// How many bytes a piece may take. The first often shares its line with the header's name.
struct PieceLimits {
  std::size_t first = SIZE_MAX;
  std::size_t rest = SIZE_MAX;
};

/// Cuts `text` into pieces of whole characters, each as full as its limit lets it be, and converts
/// each. Every ISO-2022-JP piece starts and ends in ASCII, and so does every line in it. No text
/// gives no pieces.
///
/// Refused: text that is not UTF-8, and, for ISO-2022-JP, the first character that JIS X 0208 does
/// not have (～ U+FF5E, － U+FF0D, ①, ㈱, 髙, half-width katakana, €, emoji) or an ESC, SO or SI,
/// which would switch sets.
///
/// @param text    UTF-8.
/// @param limits  in bytes of the result; a limit too small for a character still gets it.
[[nodiscard]] Result<std::vector<std::string>> convert_in_pieces(std::string_view text,
                                                                 Charset charset,
                                                                 PieceLimits limits);

/// The whole text in `charset`; refuses what `convert_in_pieces` refuses.
[[nodiscard]] Result<std::string> convert(std::string_view text, Charset charset);

/// Reads `bytes` as the character set that a mail names and gives UTF-8. What cannot be read
/// becomes U+FFFD.
///
/// @param label  any letter case: UTF-8, US-ASCII, ISO-2022-JP and its relatives, Shift_JIS,
/// EUC-JP,
///               ISO-8859-1. Empty is "the mail names none": UTF-8, or ISO-2022-JP where an escape
///               sequence shows it.
/// @return       nothing for a label that is none of these.
[[nodiscard]] std::optional<std::string> to_utf8(std::string_view bytes, std::string_view label);

}  // namespace shinsa::fakes::mail
