#include "fakes/web/uri.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace shinsa::fakes::web {
namespace {

TEST(UriTest, IsTakenApart) {
  const auto uri = parse_uri("HTTP://user@WWW.Example.JP:80/a/../.well-known/x?q=1#top");

  ASSERT_TRUE(uri) << uri.error().text();
  EXPECT_FALSE(uri->is_https);
  EXPECT_EQ(uri->host, "www.example.jp");
  EXPECT_FALSE(uri->is_address);
  EXPECT_EQ(uri->port, 80);
  EXPECT_EQ(uri->path, "/.well-known/x");
  EXPECT_EQ(uri->query, "?q=1");
  EXPECT_EQ(uri->text, "http://www.example.jp/.well-known/x?q=1");
}

TEST(UriTest, HasTheUsualPortOfItsScheme) {
  EXPECT_EQ(parse_uri("http://a.jp")->port, 80);
  EXPECT_EQ(parse_uri("https://a.jp")->port, 443);
  EXPECT_EQ(parse_uri("http://a.jp:/")->port, 80);
  EXPECT_EQ(parse_uri("http://a.jp:443/")->text, "http://a.jp:443/");
  EXPECT_EQ(parse_uri("https://a.jp:443/")->text, "https://a.jp/");
  EXPECT_EQ(parse_uri("http://a.jp")->text, "http://a.jp/");
  EXPECT_EQ(parse_uri("http://a.jp?q")->text, "http://a.jp/?q");
}

TEST(UriTest, KnowsAddressesFromNames) {
  EXPECT_TRUE(parse_uri("http://192.0.2.1/")->is_address);
  EXPECT_EQ(parse_uri("http://[2001:DB8:0::1]:8080/")->host, "2001:db8::1");
  EXPECT_EQ(parse_uri("http://[2001:db8::1]:8080/")->port, 8080);
  EXPECT_FALSE(parse_uri("http://a.192.0.2.1.jp/")->is_address);
}

TEST(UriTest, IsRefusedWhenItIsNoPagesAddress) {
  for (const char* text : {"", "www.example.jp", "/x", "ftp://a.jp/", "mailto:a@b.jp", "http:///x",
                           "http://", "http:", "http://a.jp:0/", "http://a.jp:65536/",
                           "http://a b.jp/", "http://例え.jp/", "http://a.jp/a b"})
    EXPECT_FALSE(parse_uri(text)) << text;
}

TEST(UriTest, FollowsALocationFromItsBase) {
  struct Case {
    std::string location;
    std::string leads_to;
  };
  const std::vector<Case> cases = {
      {"https://b.jp/y", "https://b.jp/y"}, {"//b.jp/y", "http://b.jp/y"},
      {"/y", "http://a.jp:8080/y"},         {"y", "http://a.jp:8080/d/y"},
      {"../y?r", "http://a.jp:8080/y?r"},   {"?r", "http://a.jp:8080/d/x?r"},
      {"#top", "http://a.jp:8080/d/x?q"}};
  const Uri base = *parse_uri("http://a.jp:8080/d/x?q");
  for (const Case& c : cases) {
    const auto uri = resolved(base, c.location);
    ASSERT_TRUE(uri) << c.location << " " << uri.error().text();
    EXPECT_EQ(uri->text, c.leads_to) << c.location;
  }
}

TEST(UriTest, RefusesALocationThatLeadsNowhere) {
  const Uri base = *parse_uri("http://a.jp/");
  for (const char* text :
       {"", "ftp://b.jp/", "http://", "http://b.jp:70000/", "a b", "://", "//192.0.2.1.jp/x"})
    EXPECT_FALSE(resolved(base, text)) << text;
}

}  // namespace
}  // namespace shinsa::fakes::web
