#include "fakes/mail/encoded_word.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace shinsa::fakes::mail {
namespace {

constexpr std::size_t kSubject = 9;  // of `Subject: `

/// Subjects of the five systems as Python 3.11's email package wrote them
/// (`Header(text, charset, header_name="Subject").encode()`); nkf 2.1.5 -jM writes the second
/// alike.
struct Vector {
  std::string text;
  Charset charset;
  std::string header;
};
const std::vector<Vector> kVectors = {
    {"SSLサーバー証明書発行完了のご連絡", Charset::utf8,
     "=?UTF-8?B?U1NM44K144O844OQ44O86Ki85piO5pu455m66KGM5a6M5LqG44Gu?=\r\n"
     " =?UTF-8?B?44GU6YCj57Wh?="},
    {"SSLサーバー証明書発行完了のご連絡", Charset::iso2022jp,
     "=?ISO-2022-JP?B?U1NMGyRCJTUhPCVQITw+WkxAPXFILzlUNDBOOyROJDQbKEI=?=\r\n"
     " =?ISO-2022-JP?B?GyRCTyJNbRsoQg==?="},
    {"ドメイン認証型(DV)サーバー証明書発行手続きのご案内 [www.example.jp]", Charset::utf8,
     "=?UTF-8?B?44OJ44Oh44Kk44Oz6KqN6Ki85Z6LKERWKeOCteODvOODkOODvA==?=\r\n"
     " =?UTF-8?B?6Ki85piO5pu455m66KGM5omL57aa44GN44Gu44GU5qGI5YaFIFt3d3cuZXhh?=\r\n"
     " =?UTF-8?B?bXBsZS5qcF0=?="},
    {"ドメイン認証型(DV)サーバー証明書発行手続きのご案内 [www.example.jp]", Charset::iso2022jp,
     "=?ISO-2022-JP?B?GyRCJUklYSUkJXNHJz5aNz8bKEIoRFYpGyRCJTUhPCVQGyhC?=\r\n"
     " =?ISO-2022-JP?B?GyRCITw+WkxAPXFILzlUPGpCMyQtJE4kNDBGRmIbKEIgW3d3dy5leGFt?=\r\n"
     " =?ISO-2022-JP?B?cGxlLmpwXQ==?="},
    {"[さくらインターネット]【重要】SSLサーバ証明書再発行のお願い", Charset::utf8,
     "=?UTF-8?B?W+OBleOBj+OCieOCpOODs+OCv+ODvOODjeODg+ODiF3jgJDph40=?=\r\n"
     " =?UTF-8?B?6KaB44CRU1NM44K144O844OQ6Ki85piO5pu45YaN55m66KGM44Gu44GK6aGY?=\r\n"
     " =?UTF-8?B?44GE?="}};

TEST(EncodedWordTest, WritesTheSubjectsOfTheSystemsByteForByteAsPythonDoes) {
  for (const Vector& v : kVectors)
    EXPECT_EQ(encode_header_text(v.text, v.charset, kSubject), v.header) << v.text;
}

TEST(EncodedWordTest, ReadsThem) {
  for (const Vector& v : kVectors) EXPECT_EQ(decode_header_text(v.header), v.text);
}

TEST(EncodedWordTest, ReadsWhatOtherMailersWrite) {
  struct Case {
    std::string about;
    std::string header;
    std::string text;
  };
  const std::vector<Case> cases = {
      {"nkf 2.1.5 -jM, ASCII bare after the words",
       " =?ISO-2022-JP?B?GyRCQUg/JUcnPlo3PxsoQihPVikbJEIlNSE8JVAhPD5aGyhC?=\n"
       " =?ISO-2022-JP?B?GyRCTEA9cUgvOVQ8akIzJC0kTiQ0MEZGYhsoQg==?= [www.example.jp]\n",
       "組織認証型(OV)サーバー証明書発行手続きのご案内 [www.example.jp]"},
      {"nkf 2.1.5 -jM, another cut",
       "=?ISO-2022-JP?B?WxskQiQ1JC8kaSUkJXMlPyE8JU0lQyVIGyhCXRskQiFaGyhC?=\n"
       " =?ISO-2022-JP?B?GyRCPUVNVyFbGyhCU1NMGyRCJTUhPCVQPlpMQD1xOkZILzlUJE4bKEI=?=\n"
       " =?ISO-2022-JP?B?GyRCJCo0aiQkGyhC?=",
       "[さくらインターネット]【重要】SSLサーバ証明書再発行のお願い"},
      {"folded by a tab, lower case",
       "=?iso-2022-jp?b?GyRCJTUhPCVQITwbKEI=?=\r\n\t=?iso-2022-jp?b?GyRCTyJNbRsoQg==?=",
       "サーバー連絡"},
      {"a character cut in two", "=?utf-8?B?5pel5pw=?= =?utf-8?B?rOiqng==?=", "日本語"},
      {"no return to ASCII",
       "=?ISO-2022-JP?B?GyRCJTUhPCVQITw=?= =?ISO-2022-JP?B?GyRCTyJNbRsoQg==?=", "サーバー連絡"},
      {"no return to ASCII, then bare text", "=?ISO-2022-JP?B?GyRCJTUhPCVQITw=?= abc",
       "サーバー abc"},
      {"glued to its neighbours", "[=?UTF-8?B?5pel5pys?=]abc", "[日本]abc"},
      {"glued words", "=?UTF-8?B?5pel5pys?==?UTF-8?B?6Kqe?=", "日本語"},
      {"the blank between two words does not count, the others do",
       "a =?UTF-8?B?5pel?=  =?UTF-8?B?5pys?= b", "a 日本 b"},
      {"quoted-printable, also with a bare blank", "=?UTF-8?q?=E6=97=a5_=28x y?=", "日 (x y"},
      {"two encodings", "=?UTF-8?Q?=E6=97=A5?= =?UTF-8?B?5pys?=", "日本"},
      {"two character sets", "=?UTF-8?B?5pel5pys?= =?ISO-2022-JP?B?GyRCTyJNbRsoQg==?=", "日本連絡"},
      {"a language", "=?UTF-8*ja?B?5pel5pys?=", "日本"},
      {"no padding", "=?UTF-8?B?5pelYQ?=", "日a"},
      {"NEC's ①", "=?ISO-2022-JP?B?GyRCJTUtIUZ8GyhC?=", "サ①日"},
      {"no words, bare UTF-8", " 日本語 abc\r\n", "日本語 abc"},
      {"no words, bare ISO-2022-JP", "\x1b$B%5!<\x1b(B abc", "サー abc"},
      {"folded plain text", "abc\r\n def", "abc def"},
      {"an unknown character set",
       "=?x-nothing?B?5pel?= =?UTF-8?B?5pel?=", "=?x-nothing?B?5pel?=日"},
      {"no word at all", "=?UTF-8?X?abc?= =?utf-8?B =? ?=", "=?UTF-8?X?abc?= =?utf-8?B =? ?="},
      {"a smuggled line", "=?UTF-8?Q?a=0D=0ABcc:_x?=",
       "a\xef\xbf\xbd\xef\xbf\xbd"
       "Bcc: x"},
      {"nothing", "", ""}};
  for (const Case& c : cases) EXPECT_EQ(decode_header_text(c.header), c.text) << c.about;
}

TEST(EncodedWordTest, LeavesPlainTextAlone) {
  EXPECT_EQ(encode_header_text("Re: [JPDirect] order #1", Charset::iso2022jp, kSubject),
            "Re: [JPDirect] order #1");
}

TEST(EncodedWordTest, EncodesPlainTextThatAReaderWouldChange) {
  for (const std::string& text :
       {std::string("a  b"), std::string(" a"), std::string("a "), std::string("a\tb"),
        std::string("=?UTF-8?Q?x?="), std::string(2000, 'x')}) {
    const auto header = encode_header_text(text, Charset::utf8, kSubject);

    ASSERT_TRUE(header);
    EXPECT_TRUE(header->starts_with("=?UTF-8?B?"));
    EXPECT_EQ(decode_header_text(*header), text);
  }
}

TEST(EncodedWordTest, RefusesLineEndsAndOtherControls) {
  for (const char* text : {"a\r\nBcc: x@example.jp", "a\nb", "a\x7f", "日本\x1b"}) {
    EXPECT_FALSE(encode_header_text(text, Charset::utf8, kSubject));
    EXPECT_FALSE(encode_display_name(text, Charset::utf8, kSubject));
  }
}

TEST(EncodedWordTest, WritesDisplayNamesAsWordsQuotedStringsOrEncodedWords) {
  const auto written = [](std::string_view name) {
    return encode_display_name(name, Charset::utf8, 6).value_or("(refused)");
  };

  EXPECT_EQ(written("JPRS Info"), "JPRS Info");
  EXPECT_EQ(written("JPRS, Inc. \"x\""), "\"JPRS, Inc. \\\"x\\\"\"");
  EXPECT_EQ(written("日本"), "=?UTF-8?B?5pel5pys?=");
  EXPECT_EQ(written(" JPRS "), "JPRS");
  EXPECT_EQ(written(""), "");
}

TEST(EncodedWordTest, MergesEachRunIntoOneWordAndKeepsTheRest) {
  EXPECT_EQ(merge_encoded_words("=?UTF-8?B?5pelYQ==?=\r\n =?UTF-8?B?5pys?= <a@example.jp>, b@x.jp"),
            "=?UTF-8?B?5pelYeacrA==?= <a@example.jp>, b@x.jp");
}

TEST(EncodedWordTest, ReadsAMegabyteOfBrokenWordsInReasonableTime) {
  for (const std::string bit : {"=?", "=?a?b?", "=?UTF-8?B?", "=?UTF-8?B?YQ==?= ", "=?="}) {
    std::string header;
    while (header.size() < 1024 * 1024) header += bit;

    EXPECT_TRUE(is_utf8(decode_header_text(header)));
  }
}

RC_GTEST_PROP(EncodedWordTest, GivesBackEveryTextAndKeepsTheLengthsOfRfc2047, ()) {
  const auto charset = *rc::gen::element(Charset::utf8, Charset::iso2022jp);
  const auto characters = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("a", "Z", " ", "=?", "?=", "_", "\"", "\\", ",", "<", "日",
                                    "本", "ー", "〜", "【", "é", "😀"));
  std::string text;
  for (const std::string& character : characters)
    if (charset == Charset::utf8 || convert(character, charset)) text += character;

  const auto header = encode_header_text(text, charset, kSubject);

  RC_ASSERT(header.has_value());
  RC_ASSERT(decode_header_text(*header) == text);
  std::size_t width = kSubject;
  for (std::size_t start = 0; start <= header->size();) {
    const auto end = std::min(header->find("\r\n", start), header->size());
    RC_ASSERT(width + end - start <= 76u);
    RC_ASSERT(end - start <= 76u);
    width = 0;
    start = end + 2;
  }
}

RC_GTEST_PROP(EncodedWordTest, ReadsAnyBytes, (const std::string& bytes)) {
  const std::string text = decode_header_text("=?iso-2022-jp?Q?" + bytes + "?=" + bytes);

  RC_ASSERT(is_utf8(text));
  RC_ASSERT(text.find_first_of("\r\n") == std::string::npos);
}

}  // namespace
}  // namespace shinsa::fakes::mail
