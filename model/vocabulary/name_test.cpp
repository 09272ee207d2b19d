#include "model/vocabulary/name.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shinsa {
namespace {

TEST(NameTest, BringsNamesToALabels) {
  const std::pair<const char*, const char*> table[] = {
      {"例え.jp", "xn--r8jz45g.jp"},
      {"日本語.jp", "xn--wgv71a119e.jp"},
      {"ドメイン名例.jp", "xn--eckwd4c7cu47r2wf.jp"},
      {"ＷＷＷ.例え.jp", "www.xn--r8jz45g.jp"},
      {"例え。jp", "xn--r8jz45g.jp"},
      {"例え．jp", "xn--r8jz45g.jp"},
      {"例え｡jp", "xn--r8jz45g.jp"},
      {"ｶﾞｲﾄﾞ.jp", "xn--eckp2g.jp"},
      {"WWW.例え.JP", "www.xn--r8jz45g.jp"},
      {"XN--R8JZ45G.JP", "xn--r8jz45g.jp"},
      {"faß.de", "xn--fa-hia.de"},
      {"*.例え.jp", "*.xn--r8jz45g.jp"},
      {"WWW.Example.JP", "www.example.jp"}};
  for (const auto& [name, wanted] : table) {
    const auto got = to_a_label(name);
    ASSERT_TRUE(got) << name << ": " << got.error().text();
    EXPECT_EQ(*got, wanted);
  }
}

TEST(NameTest, RefusesWhatCannotStandInACertificate) {
  for (const std::string& name :
       std::vector<std::string>{"",
                                ".",
                                "a..b",
                                "例え..jp",
                                "例え.jp ",
                                "例え.jp\n",
                                "あ い.jp",
                                "example.jp.",
                                "-a.jp",
                                "a-.jp",
                                "ab--cd.jp",
                                "_acme-challenge.例え.jp",
                                "a.*.jp",
                                "*",
                                "a*.jp",
                                "xn--.jp",
                                "xn--abc-.jp",
                                "xn--zz.jp",
                                "xn--0.jp",
                                "☃.jp",
                                "😀.jp",
                                std::string(64, 'a') + ".jp",
                                std::string(63, 'a') + "." + std::string(63, 'a') + "." +
                                    std::string(63, 'a') + "." + std::string(62, 'a')})
    EXPECT_FALSE(to_a_label(name)) << name;
}

TEST(NameTest, TakesLabelsAndNamesUpToTheirLimits) {
  EXPECT_TRUE(to_a_label(std::string(63, 'a') + ".jp"));
  const std::string longest = std::string(63, 'a') + "." + std::string(63, 'a') + "." +
                              std::string(63, 'a') + "." + std::string(61, 'a');
  ASSERT_EQ(longest.size(), 253u);
  EXPECT_TRUE(to_a_label(longest));
}

TEST(NameTest, ShowsNamesToPeople) {
  EXPECT_EQ(to_u_label("xn--r8jz45g.jp"), "例え.jp");
  EXPECT_EQ(to_u_label("*.xn--r8jz45g.jp"), "*.例え.jp");
  EXPECT_EQ(to_u_label("xn--.jp"), "xn--.jp");
}

TEST(NameTest, ComparesNamesLabelByLabel) {
  EXPECT_TRUE(is_at_or_under("www.example.jp", "example.jp"));
  EXPECT_TRUE(is_at_or_under("example.jp", "example.jp"));
  EXPECT_TRUE(is_at_or_under("*.example.jp", "example.jp"));
  EXPECT_FALSE(is_at_or_under("wwwexample.jp", "example.jp"));
  EXPECT_FALSE(is_at_or_under("example.jp", "www.example.jp"));
  EXPECT_FALSE(is_at_or_under("example.jp", ""));
}

TEST(MailAddressTest, TheDomainHasNoCaseTheLocalPartHas) {
  EXPECT_TRUE(same_mail_address("admin@example.jp", "admin@EXAMPLE.JP"));
  EXPECT_FALSE(same_mail_address("Admin@example.jp", "admin@example.jp"));
  EXPECT_FALSE(same_mail_address("admin@example.jp", "admin@example.com"));
  EXPECT_FALSE(same_mail_address("admin", "Admin"));
}

TEST(AsReadTest, FoldsWidthAndBlanks) {
  EXPECT_EQ(as_read("ドメイン認証型（DV）  サーバー\r\n 証明書 "),
            "ドメイン認証型(DV) サーバー 証明書");
  EXPECT_EQ(as_read("ｻｰﾊﾞ"), "サーバ");
  EXPECT_EQ(as_read("か\xe3\x82\x99"), "が");
  EXPECT_EQ(as_read(""), "");
  EXPECT_TRUE(read_alike("（DV）", "(DV)"));
  EXPECT_TRUE(read_alike("a  b", "a b "));
  EXPECT_FALSE(read_alike("サーバー", "サーバ"));
  EXPECT_FALSE(read_alike("（DV）", "(OV)"));
}

RC_GTEST_PROP(AsReadTest, ReadingTwiceChangesNothing, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "a", " ", "\t", "（", "ｶ", "ﾞ", "が", "か", "\xe3\x82\x99", "一", "㍿", "①", "\n"));
  std::string text;
  for (const auto& piece : pieces) text += piece;
  RC_ASSERT(as_read(as_read(text)) == as_read(text));
}

}  // namespace
}  // namespace shinsa
