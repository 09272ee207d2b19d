#include "fakes/mail/charset.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace shinsa::fakes::mail {
namespace {

std::string utf8_of(char32_t c) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xc0 | c >> 6), tail(0)};
  if (c < 0x10000) return {static_cast<char>(0xe0 | c >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xf0 | c >> 18), tail(12), tail(6), tail(0)};
}

std::string read(std::string_view bytes, std::string_view label) {
  return to_utf8(bytes, label).value_or("(unknown character set)");
}

TEST(CharsetTest, NamesTheCharacterThatIso2022JpCannotCarryAndTheRemedy) {
  struct Case {
    std::string character;
    std::string named;
  };
  const std::vector<Case> cases = {{"～", "～ (U+FF5E)"},
                                   {"－", "－ (U+FF0D)"},
                                   {"—", "— (U+2014)"},
                                   {"①", "① (U+2460)"},
                                   {"㈱", "㈱ (U+3231)"},
                                   {"髙", "髙 (U+9AD9)"},
                                   {"﨑", "﨑 (U+FA11)"},
                                   {"ｱ", "ｱ (U+FF71)"},
                                   {"€", "€ (U+20AC)"},
                                   {"😀", "😀 (U+1F600)"},
                                   {"\x1b", "a control character (U+001B)"}};
  for (const Case& c : cases) {
    const auto converted = convert("株式会社" + c.character + "例", Charset::iso2022jp);

    ASSERT_FALSE(converted) << c.named;
    EXPECT_EQ(converted.error().what, "ISO-2022-JP cannot carry " + c.named);
    EXPECT_NE(converted.error().remedy.find("charset utf-8"), std::string::npos);
  }
}

TEST(CharsetTest, CarriesWhatJisHasUnderItsOwnCodePoints) {
  EXPECT_EQ(convert("〜", Charset::iso2022jp), "\x1b$B!A\x1b(B");
  EXPECT_EQ(convert("‖―", Charset::iso2022jp), "\x1b$B!B!=\x1b(B");
  EXPECT_EQ(convert("a¥‾", Charset::iso2022jp), "a\x1b(J\\~\x1b(B");
}

TEST(CharsetTest, ReturnsToAsciiBeforeEveryLineEnd) {
  EXPECT_EQ(convert("日\r\n本", Charset::iso2022jp), "\x1b$BF|\x1b(B\r\n\x1b$BK\\\x1b(B");
}

TEST(CharsetTest, ReadsEveryCharacterOfJisX0208Back) {
  int carried = 0;
  for (char32_t c = 0x80; c < 0x10000; ++c) {
    const std::string character = utf8_of(c);
    const auto converted = convert(character, Charset::iso2022jp);
    if (!converted) continue;
    ++carried;
    EXPECT_EQ(read(*converted, "iso-2022-jp"), character) << static_cast<unsigned>(c);
  }

  EXPECT_EQ(carried, 6879 + 2);  // JIS X 0208, and ¥ and ‾ of JIS X 0201
}

TEST(CharsetTest, CutsIntoPiecesThatStartAndEndInAscii) {
  const auto pieces = convert_in_pieces("SSLサーバー", Charset::iso2022jp, {11, 12});

  ASSERT_TRUE(pieces);
  EXPECT_EQ(*pieces, (std::vector<std::string>{"SSL\x1b$B%5\x1b(B", "\x1b$B!<%P!<\x1b(B"}));
}

TEST(CharsetTest, CutsUtf8BetweenCharacters) {
  EXPECT_EQ(convert_in_pieces("a日本語", Charset::utf8, {5, 7}),
            (std::vector<std::string>{"a日", "本語"}));
}

TEST(CharsetTest, RefusesTextThatIsNotUtf8) {
  for (const char* text : {"\x80", "\xc0\x80", "\xe3\x81", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    EXPECT_FALSE(is_utf8(text));
    EXPECT_FALSE(convert(text, Charset::utf8));
    EXPECT_FALSE(convert(text, Charset::iso2022jp));
  }
}

TEST(CharsetTest, ReadsIso2022JpAsMailersWriteIt) {
  struct Case {
    std::string about;
    std::string bytes;
    std::string text;
  };
  const std::vector<Case> cases = {
      {"a missing return to ASCII", "\x1b$B%5!<%P!<", "サーバー"},
      {"the set of 1978", "\x1b$@%5!<\x1b(J", "サー"},
      {"a line end that returns to ASCII by itself", "\x1b$B%5\nabc", "サ\nabc"},
      {"NEC and IBM characters, from nkf 2.1.5: printf '①㈱～髙' | nkf -W -j",
       "\x1b$B-!-j!A|b\x1b(B", "①㈱〜髙"},
      {"half-width katakana, from nkf 2.1.5: printf 'ｱｲｳ' | nkf -W -j -x", "\x1b(I123\x1b(B",
       "ｱｲｳ"},
      {"JIS X 0212", "\x1b$(D0!\x1b(B", "丂"},
      {"half a character", "\x1b$B%5!\x1b(B", "サ\xef\xbf\xbd"},
      {"an unknown escape", "a\x1b%Gb", "a\x1b%Gb"},
      {"eight-bit bytes", "a\xff", "a\xef\xbf\xbd"}};
  for (const Case& c : cases) EXPECT_EQ(read(c.bytes, "ISO-2022-JP"), c.text) << c.about;
}

TEST(CharsetTest, ReadsTheOtherLabelsOfJapaneseMail) {
  EXPECT_EQ(read("\x93\xfa\x96{\x8c\xea", "Shift_JIS"), "日本語");
  EXPECT_EQ(read("\x87@\xb1", "windows-31j"), "①ｱ");
  EXPECT_EQ(read("\xc6\xfc\xcb\xdc", "EUC-JP"), "日本");
  EXPECT_EQ(read("\xe9", "ISO-8859-1"), "é");
  EXPECT_EQ(read("日本", "utf-8"), "日本");
  EXPECT_EQ(read("\x1b$BF|\x1b(B", ""), "日");
  EXPECT_EQ(read("日\xff", ""), "日\xef\xbf\xbd");
  EXPECT_EQ(to_utf8("abc", "x-nothing"), std::nullopt);
}

RC_GTEST_PROP(CharsetTest, GivesUtf8WhateverTheBytes, (const std::string& bytes)) {
  const auto label = *rc::gen::element<std::string>("", "utf-8", "us-ascii", "iso-2022-jp",
                                                    "shift_jis", "euc-jp", "iso-8859-1");

  RC_ASSERT(is_utf8(read(bytes, label)));
}

RC_GTEST_PROP(CharsetTest, GivesUtf8WhateverTheEscapes, ()) {
  const auto bits = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("\x1b$B", "\x1b(B", "\x1b(I", "\x1b(J", "\x1b$(D", "\x1b", "%5",
                                    "%", "!", "\x7f", "\n", "\xff"));
  std::string bytes;
  for (const std::string& bit : bits) bytes += bit;

  RC_ASSERT(is_utf8(read(bytes, "iso-2022-jp")));
}

}  // namespace
}  // namespace shinsa::fakes::mail
