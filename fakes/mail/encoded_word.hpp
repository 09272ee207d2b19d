/// Encoded-words: how a header carries Japanese (RFC 2047), written strictly and read as leniently
/// as mailers need.
///
/// Why not leave this to GMime 3.2: it writes words longer than 75 characters, quoted-printable
/// where every Japanese mailer writes base64, and, reading, drops every word that follows one whose
/// base64 ends in `=`.
#pragma once

#include <string>
#include <string_view>

#include "fakes/mail/charset.hpp"
#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::mail {

/// The value of an unstructured header (Subject), ready to stand after `Name: `. Short plain ASCII
/// stays as it is; all else becomes base64 words of at most 75 characters in lines of at most 76,
/// joined by CRLF and a blank. Refused: control characters, and what `convert_in_pieces` refuses.
///
/// @param text          UTF-8, without control characters other than tab.
/// @param header_width  characters that stand before it in the first line, as in `Subject: ` (9).
[[nodiscard]] Result<std::string> encode_header_text(std::string_view text, Charset charset,
                                                     std::size_t header_width);

/// The same for a display name: bare words, a quoted-string, or encoded-words. Blanks at its ends
/// are dropped, as readers drop them.
[[nodiscard]] Result<std::string> encode_display_name(std::string_view name, Charset charset,
                                                      std::size_t header_width);

/// Reads the value of an unstructured header: unfolds it, joins neighbouring words (also where a
/// mailer cut a character in two), trims blanks. Words of an unknown character set stay as written.
/// Bytes outside any word are read as `read_bare` does. The result is UTF-8 and free of control
/// characters: they come out as U+FFFD, so that no header can smuggle in a line of its own.
[[nodiscard]] std::string decode_header_text(std::string_view raw);

/// Reads what stands in a header without any words: UTF-8, or ISO-2022-JP by its escapes; malformed
/// bytes and control characters come out as U+FFFD.
[[nodiscard]] std::string read_bare(std::string_view raw);

/// Gives a structured header (From, Content-Disposition) back with each run of words made one UTF-8
/// word, however long, and everything else untouched: what GMime then reads correctly.
[[nodiscard]] std::string merge_encoded_words(std::string_view raw);

}  // namespace shinsa::fakes::mail
