#include "fakes/mail/encoded_word.hpp"

#include <glib.h>

#include <algorithm>
#include <optional>

namespace shinsa::fakes::mail {
namespace {

constexpr std::size_t kLongestWritten = 75;  // RFC 2047 section 2
constexpr std::size_t kLongestLine = 76;     // of a header that holds a word
constexpr std::size_t kLongestRead =
    4096;  // what a careless mailer may write; bounds the search for the end

std::string base64(std::string_view bytes) {
  char* encoded = g_base64_encode(reinterpret_cast<const guchar*>(bytes.data()), bytes.size());
  std::string text(encoded);
  g_free(encoded);
  return text;
}

/// Skips what is not base64, and needs no padding: mailers forget it.
std::string from_base64(std::string_view text) {
  static constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned value = 0;
  int bits = 0;
  for (const char c : text) {
    const auto digit = kAlphabet.find(c);
    if (digit == kAlphabet.npos) continue;
    value = (value << 6 | static_cast<unsigned>(digit)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(value >> bits & 0xff);
  }
  return bytes;
}

int hex_digit(char c) { return g_ascii_xdigit_value(c); }

std::string from_q(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool coded = text[at] == '=' && at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 &&
                       hex_digit(text[at + 2]) >= 0;
    if (coded) {
      bytes += static_cast<char>(hex_digit(text[at + 1]) * 16 + hex_digit(text[at + 2]));
      at += 2;
    } else {
      bytes += text[at] == '_' ? ' ' : text[at];
    }
  }
  return bytes;
}

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
constexpr std::string_view kBlanks = " \t";
bool is_printable(char c) { return c >= 0x20 && c < 0x7f; }
bool all_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_printable);
}

/// Neither end is a blank and no two blanks meet: every reader gives such a text back as it was.
bool blanks_are_plain(std::string_view text) {
  return !text.starts_with(' ') && !text.ends_with(' ') && text.find("  ") == text.npos;
}

bool plain(std::string_view text, std::size_t header_width) {
  return all_printable(text) && blanks_are_plain(text) && text.find("=?") == text.npos &&
         header_width + text.size() <= kLongestLine;
}

bool is_atom_text(char c) {
  return g_ascii_isalnum(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~ ").find(c) != std::string_view::npos;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

/// The most bytes whose word, in a line where `used` characters already stand, keeps within both
/// lengths.
std::size_t room_for_bytes(Charset charset, std::size_t used) {
  const std::size_t frame = label_of(charset).size() + 7;  // =? ?B? ?=
  const std::size_t longest =
      std::min(kLongestWritten, used < kLongestLine ? kLongestLine - used : 0);
  return longest > frame ? (longest - frame) / 4 * 3 : 0;
}

Result<std::string> as_words(std::string_view text, Charset charset, std::size_t header_width) {
  if (std::any_of(text.begin(), text.end(), is_control))
    return fail("a header cannot hold a control character or a line end", {}, "remove it");
  const PieceLimits limits{room_for_bytes(charset, header_width), room_for_bytes(charset, 1)};
  auto pieces = convert_in_pieces(text, charset, limits);
  if (!pieces) return Failure(pieces.error());
  std::string words;
  for (const std::string& piece : *pieces) {
    if (!words.empty()) words += "\r\n ";
    words.append("=?").append(label_of(charset)).append("?B?").append(base64(piece)).append("?=");
  }
  return words;
}

/// A word as it stands in a header: its parts are views of it.
struct Word {
  std::string_view charset;
  char encoding = 'B';
  std::string_view text;
  std::size_t length = 0;
};

std::optional<Word> word_at(std::string_view raw, std::size_t at) {
  const std::string_view rest = raw.substr(at, kLongestRead);
  if (!rest.starts_with("=?")) return std::nullopt;
  const auto charset_end = rest.find('?', 2);
  if (charset_end == rest.npos || charset_end == 2 || charset_end > 64) return std::nullopt;
  if (charset_end + 2 >= rest.size() || rest[charset_end + 2] != '?') return std::nullopt;
  const char encoding = g_ascii_toupper(rest[charset_end + 1]);
  if (encoding != 'B' && encoding != 'Q') return std::nullopt;
  const auto text_start = charset_end + 3;
  const auto end = rest.find("?=", text_start);
  if (end == rest.npos) return std::nullopt;
  std::string_view charset = rest.substr(2, charset_end - 2);
  charset = charset.substr(0, charset.find('*'));  // RFC 2231 section 5: a language may follow
  return Word{charset, encoding, rest.substr(text_start, end - text_start), end + 2};
}

bool same_charset(const Word& a, const Word& b) {
  return a.charset.size() == b.charset.size() &&
         g_ascii_strncasecmp(a.charset.data(), b.charset.data(), a.charset.size()) == 0;
}

std::string bytes_of(const Word& word) {
  return word.encoding == 'B' ? from_base64(word.text) : from_q(word.text);
}

std::size_t after_blanks(std::string_view raw, std::size_t at) {
  while (at < raw.size() && is_blank(raw[at])) ++at;
  return at;
}

/// Neighbouring words, what they say, and where in the header they end.
struct Run {
  std::string text;
  std::size_t end = 0;
};

/// Neighbouring words of one character set, read as one: a mailer may have cut a character in two.
std::optional<Run> run_of_one_charset(std::string_view raw, std::size_t start) {
  const auto first = word_at(raw, start);
  if (!first) return std::nullopt;
  std::string bytes;
  std::size_t end = start;
  std::size_t at = start;
  for (auto word = first; word && same_charset(*word, *first); word = word_at(raw, at)) {
    bytes += bytes_of(*word);
    end = at + word->length;
    at = after_blanks(raw, end);
  }
  const auto as_written = [&] { return *to_utf8(raw.substr(start, end - start), "UTF-8"); };
  const auto text = to_utf8(bytes, first->charset);
  return Run{text ? *text : as_written(), end};
}

std::optional<Run> run_at(std::string_view raw, std::size_t at) {
  auto run = run_of_one_charset(raw, at);
  if (!run) return std::nullopt;
  while (const auto next = run_of_one_charset(raw, after_blanks(raw, run->end))) {
    run->text += next->text;
    run->end = next->end;
  }
  return run;
}

std::string unfolded(std::string_view raw) {
  std::string text;
  for (const char c : raw)
    if (c != '\r' && c != '\n') text += c;
  return text;
}

std::string without_controls(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (is_control(c))
      result += "\xef\xbf\xbd";
    else
      result += c;
  }
  return result;
}

/// Without blanks at the ends; line ends stay, for `as_words` to refuse.
std::string trimmed(std::string text) {
  text.erase(text.find_last_not_of(kBlanks) + 1);
  text.erase(0, std::min(text.find_first_not_of(kBlanks), text.size()));
  return text;
}

/// Walks the header: each run of words goes to `on_run` as decoded text, the bytes between to
/// `on_bytes`.
template <class OnRun, class OnBytes>
void walk(std::string_view raw, OnRun on_run, OnBytes on_bytes) {
  std::size_t bytes_start = 0;
  for (std::size_t at = raw.find("=?"); at != raw.npos; at = raw.find("=?", at)) {
    const auto run = run_at(raw, at);
    if (!run) {
      at += 2;
      continue;
    }
    on_bytes(raw.substr(bytes_start, at - bytes_start));
    on_run(run->text);
    at = bytes_start = run->end;
  }
  on_bytes(raw.substr(bytes_start));
}

}  // namespace

Result<std::string> encode_header_text(std::string_view text, Charset charset,
                                       std::size_t header_width) {
  if (plain(text, header_width)) return std::string(text);
  return as_words(text, charset, header_width);
}

Result<std::string> encode_display_name(std::string_view name, Charset charset,
                                        std::size_t header_width) {
  const std::string shown = trimmed(std::string(name));
  if (!plain(shown, header_width + 2)) return as_words(shown, charset, header_width);
  return std::all_of(shown.begin(), shown.end(), is_atom_text) ? shown : quoted(shown);
}

std::string read_bare(std::string_view raw) { return without_controls(*to_utf8(raw, "")); }

std::string decode_header_text(std::string_view raw) {
  const std::string line = trimmed(unfolded(raw));
  std::string text;
  walk(
      line, [&](const std::string& said) { text += said; },
      [&](std::string_view bytes) { text += *to_utf8(bytes, ""); });
  return without_controls(text);
}

std::string merge_encoded_words(std::string_view raw) {
  std::string merged;
  walk(
      raw,
      [&](const std::string& said) {
        merged += "=?UTF-8?B?" + base64(without_controls(said)) + "?=";
      },
      [&](std::string_view bytes) { merged += bytes; });
  return merged;
}

}  // namespace shinsa::fakes::mail
