#include "fakes/mail/charset.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::mail {
namespace {

constexpr std::string_view kToAscii = "\x1b(B";
constexpr std::string_view kUnreadable = "\xef\xbf\xbd";  // U+FFFD in UTF-8

/// One conversion of the C library; every call starts in the initial state and converts all of its
/// input or nothing.
class Converter {
 public:
  Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {
    SHINSA_ASSERT(reinterpret_cast<std::intptr_t>(handle_) != -1,
                  "the C library lacks a character set");
  }
  ~Converter() { iconv_close(handle_); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  [[nodiscard]] std::optional<std::string> one_character(std::string_view bytes) {
    std::array<char, 32> room;
    char* in = const_cast<char*>(bytes.data());  // iconv does not write to its input
    char* out = room.data();
    std::size_t in_left = bytes.size();
    std::size_t out_left = room.size();
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    if (iconv(handle_, &in, &in_left, &out, &out_left) != 0) return std::nullopt;
    iconv(handle_, nullptr, nullptr, &out, &out_left);
    return std::string(room.data(), out);
  }

 private:
  iconv_t handle_;
};

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;  ///< of the bytes it takes, or of the malformed bytes to skip
  bool well_formed = false;
};

CodePoint code_point_at(std::string_view text, std::size_t position) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[position + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4) return {};
  char32_t value = lead & (0x7f >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (position + i >= text.size() || (byte(i) & 0xc0) != 0x80) return {0, i, false};
    value = value << 6 | (byte(i) & 0x3f);
  }
  const bool overlong = value < (length == 4 ? 0x10000u : length == 3 ? 0x800u : 0x80u);
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  return {value, length, !overlong && !surrogate && value <= 0x10ffff};
}

/// A character in ISO-2022-JP: the escape sequence of the set that has it, and its code there.
struct JisCharacter {
  std::string designation;
  std::string code;
};

std::optional<JisCharacter> in_jis(std::string_view character, Converter& converter) {
  if (character.size() == 1) {
    if (character == "\x1b" || character == "\x0e" || character == "\x0f") return std::nullopt;
    return JisCharacter{std::string(kToAscii), std::string(character)};
  }
  auto bytes = converter.one_character(character);
  if (!bytes || bytes->size() < 7) return std::nullopt;  // escape there, code, escape back
  return JisCharacter{bytes->substr(0, 3), bytes->substr(3, bytes->size() - 6)};
}

Failure not_utf8(std::size_t position) {
  return fail(fmt::format("the text is not UTF-8 at byte {}", position), {},
              "convert it to UTF-8 first");
}

Failure not_in_jis(std::string_view character, char32_t value) {
  const std::string shown = value < 0x20 ? "a control character" : std::string(character);
  return fail(fmt::format("ISO-2022-JP cannot carry {} (U+{:04X})", shown,
                          static_cast<std::uint32_t>(value)),
              {}, "send this mail with charset utf-8 or replace the character");
}

/// Collects one ISO-2022-JP piece and knows how long it would be when closed.
class JisPiece {
 public:
  [[nodiscard]] std::size_t closed_size_with(const JisCharacter& next) const {
    const std::size_t switching = next.designation == designation_ ? 0 : 3;
    return bytes_.size() + switching + next.code.size() + (next.designation == kToAscii ? 0 : 3);
  }
  void add(const JisCharacter& next) {
    if (next.designation != designation_) bytes_ += next.designation;
    designation_ = next.designation;
    bytes_ += next.code;
  }
  [[nodiscard]] std::string close() {
    if (designation_ != kToAscii) bytes_ += kToAscii;
    designation_ = kToAscii;
    return std::exchange(bytes_, {});
  }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }

 private:
  std::string bytes_;
  std::string designation_{kToAscii};
};

Result<std::vector<std::string>> jis_pieces(std::string_view text, PieceLimits limits) {
  thread_local Converter converter("ISO-2022-JP", "UTF-8");
  std::vector<std::string> pieces;
  JisPiece piece;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (!point.well_formed) return not_utf8(at);
    const std::string_view character = text.substr(at, point.length);
    const auto next = in_jis(character, converter);
    if (!next) return not_in_jis(character, point.value);
    const std::size_t limit = pieces.empty() ? limits.first : limits.rest;
    if (!piece.empty() && piece.closed_size_with(*next) > limit) pieces.push_back(piece.close());
    piece.add(*next);
    at += point.length;
  }
  if (!piece.empty()) pieces.push_back(piece.close());
  return pieces;
}

Result<std::vector<std::string>> utf8_pieces(std::string_view text, PieceLimits limits) {
  std::vector<std::string> pieces;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (!point.well_formed) return not_utf8(at);
    const std::size_t limit = pieces.empty() ? limits.first : limits.rest;
    if (at > start && at + point.length - start > limit) {
      pieces.emplace_back(text.substr(start, at - start));
      start = at;
    }
    at += point.length;
  }
  if (start < text.size()) pieces.emplace_back(text.substr(start));
  return pieces;
}

std::string repaired_utf8(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint point = code_point_at(bytes, at);
    text += point.well_formed ? bytes.substr(at, point.length) : kUnreadable;
    at += point.length;
  }
  return text;
}

enum class JisSet { ascii, roman, katakana, kanji, kanji_supplement };

/// The set that an escape sequence at the start of `bytes` switches to, and its length; nothing if
/// it is unknown.
std::optional<std::pair<JisSet, std::size_t>> switched_set(std::string_view bytes) {
  static constexpr std::pair<std::string_view, JisSet> kEscapes[] = {
      {"\x1b(B", JisSet::ascii}, {"\x1b(J", JisSet::roman}, {"\x1b(I", JisSet::katakana},
      {"\x1b$@", JisSet::kanji}, {"\x1b$B", JisSet::kanji}, {"\x1b$(D", JisSet::kanji_supplement}};
  for (const auto& [escape, set] : kEscapes)
    if (bytes.substr(0, escape.size()) == escape) return std::pair{set, escape.size()};
  return std::nullopt;
}

char high(char c) { return static_cast<char>(c | 0x80); }

/// A code of JIS X 0208 shifted as Shift_JIS does.
std::string shifted(char row, char cell) {
  const int lead = 0x81 + (row - 0x21) / 2;
  const int trail = row % 2 == 0 ? cell + 0x7e : cell + (cell < 0x60 ? 0x1f : 0x20);
  return {static_cast<char>(lead > 0x9f ? lead + 0x40 : lead), static_cast<char>(trail)};
}

/// Reads by way of EUC-JP, and by way of Microsoft's Shift_JIS, which has what NEC and IBM added,
/// only where the standard has nothing: it would read 〜 and its kin as other characters.
class JisReader {
 public:
  [[nodiscard]] std::string kanji(char row, char cell) {
    if (auto text = standard_.one_character(std::string{high(row), high(cell)})) return *text;
    return microsoft_.one_character(shifted(row, cell)).value_or(std::string(kUnreadable));
  }
  [[nodiscard]] std::string supplement(char row, char cell) {
    const std::string code{'\x8f', high(row), high(cell)};
    return standard_.one_character(code).value_or(std::string(kUnreadable));
  }
  [[nodiscard]] std::string katakana(char cell) {
    return standard_.one_character(std::string{'\x8e', high(cell)})
        .value_or(std::string(kUnreadable));
  }

 private:
  Converter standard_{"UTF-8", "EUC-JP"};
  Converter microsoft_{"UTF-8", "CP932"};
};

bool graphic(char c) { return c > 0x20 && c < 0x7f; }

std::string one_byte(JisSet set, char c, JisReader& reader) {
  if (static_cast<unsigned char>(c) >= 0x80) return std::string(kUnreadable);
  if (set == JisSet::roman && c == '\\') return "¥";
  if (set == JisSet::roman && c == '~') return "‾";
  if (set == JisSet::katakana && graphic(c)) return reader.katakana(c);
  return {c};
}

std::string from_jis(std::string_view bytes) {
  thread_local JisReader reader;  // opening a conversion costs more than reading a mail
  std::string text;
  JisSet set = JisSet::ascii;
  for (std::size_t at = 0; at < bytes.size();) {
    const char c = bytes[at];
    if (const auto to = c == '\x1b' ? switched_set(bytes.substr(at)) : std::nullopt) {
      set = to->first;
      at += to->second;
    } else if (set >= JisSet::kanji && graphic(c) && at + 1 < bytes.size() &&
               graphic(bytes[at + 1])) {
      text += set == JisSet::kanji ? reader.kanji(c, bytes[at + 1])
                                   : reader.supplement(c, bytes[at + 1]);
      at += 2;
    } else {
      if (c == '\n') set = JisSet::ascii;  // RFC 1468: every line starts in ASCII
      const bool half = set >= JisSet::kanji && graphic(c);
      text += half ? std::string(kUnreadable) : one_byte(set, c, reader);
      at += 1;
    }
  }
  return text;
}

/// Reads a stateless set whose characters take one to three bytes.
std::string from_bytes(std::string_view bytes, const char* set) {
  Converter converter("UTF-8", set);
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t length = 1;
    auto read = converter.one_character(bytes.substr(at, length));
    while (!read && length < 3 && at + length < bytes.size())
      read = converter.one_character(bytes.substr(at, ++length));
    text += read.value_or(std::string(kUnreadable));
    at += read ? length : 1;
  }
  return text;
}

bool switches_to_kanji(std::string_view bytes) {
  return bytes.find("\x1b$B") != bytes.npos || bytes.find("\x1b$@") != bytes.npos;
}

}  // namespace

std::string_view label_of(Charset charset) {
  return charset == Charset::utf8 ? "UTF-8" : "ISO-2022-JP";
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint point = code_point_at(bytes, at);
    if (!point.well_formed) return false;
    at += point.length;
  }
  return true;
}

Result<std::vector<std::string>> convert_in_pieces(std::string_view text, Charset charset,
                                                   PieceLimits limits) {
  return charset == Charset::utf8 ? utf8_pieces(text, limits) : jis_pieces(text, limits);
}

Result<std::string> convert(std::string_view text, Charset charset) {
  return convert_in_pieces(text, charset, {}).map([](std::vector<std::string>&& pieces) {
    return pieces.empty() ? std::string() : std::move(pieces.front());
  });
}

std::optional<std::string> to_utf8(std::string_view bytes, std::string_view label) {
  std::string name(label);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  const auto is = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (name.starts_with("iso-2022-jp") || is({"csiso2022jp", "cp50220", "cp50221", "cp50222"}))
    return from_jis(bytes);
  if (is({"", "us-ascii", "ascii"}))
    return switches_to_kanji(bytes) ? from_jis(bytes) : repaired_utf8(bytes);
  if (is({"utf-8", "utf8"})) return repaired_utf8(bytes);
  if (is({"shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cp932", "ms_kanji"}))
    return from_bytes(bytes, "CP932");
  if (is({"euc-jp", "eucjp", "x-euc-jp"})) return from_bytes(bytes, "EUC-JP-MS");
  if (is({"iso-8859-1", "latin1", "windows-1252"})) return from_bytes(bytes, "ISO-8859-1");
  return std::nullopt;
}

}  // namespace shinsa::fakes::mail
