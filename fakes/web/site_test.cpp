#include "fakes/web/site.hpp"

#include <gtest/gtest.h>

namespace shinsa::fakes::web {
namespace {

constexpr Instant kMorning{1795136400};  // 2026-11-20T10:00:00+09:00

TEST(SiteTest, LooksInThreePlacesInTheirOrder) {
  Site site;
  const Uri page = *parse_uri("http://a.jp/x");
  ASSERT_TRUE(site.otherwise(File{"otherwise"}, kMorning));
  EXPECT_EQ(site.answer(page, kMorning), Answer(File{"otherwise"}));

  ASSERT_TRUE(site.put("/x", File{"path"}, kMorning));
  EXPECT_EQ(site.answer(page, kMorning), Answer(File{"path"}));

  ASSERT_TRUE(site.instead(ErrorStatus{503}, kMorning + hours(1)));
  ASSERT_TRUE(site.instead(std::nullopt, kMorning + hours(2)));
  EXPECT_EQ(site.answer(page, kMorning + hours(1)), Answer(ErrorStatus{503}));
  EXPECT_EQ(site.answer(page, kMorning + hours(2)), Answer(File{"path"}));
}

TEST(SiteTest, SendsAWholeSiteElsewhereWithItsPaths) {
  Site site;
  ASSERT_TRUE(site.otherwise(Redirect{"https://a.jp/", 301, true}, kMorning));

  EXPECT_EQ(site.answer(*parse_uri("http://a.jp/x/y?q=1"), kMorning),
            Answer(Redirect{"https://a.jp/x/y?q=1", 301, true}));
}

TEST(SiteTest, RefusesPathsAndStatusesThatAreNone) {
  Site site;

  EXPECT_FALSE(site.put("x", File{"x"}, kMorning));
  EXPECT_FALSE(site.put("", File{"x"}, kMorning));
  EXPECT_FALSE(site.put("/x?q", File{"x"}, kMorning));
  EXPECT_FALSE(site.put("/a b", File{"x"}, kMorning));
  EXPECT_FALSE(site.put("/x", Redirect{"/y", 200}, kMorning));
  EXPECT_FALSE(site.put("/x", ErrorStatus{200}, kMorning));
  EXPECT_FALSE(site.otherwise(ErrorStatus{600}, kMorning));
  EXPECT_FALSE(site.instead(Redirect{"/y", 304}, kMorning));
  EXPECT_EQ(site.answer(*parse_uri("http://a.jp/x"), kMorning), Answer(ErrorStatus{404}));
}

}  // namespace
}  // namespace shinsa::fakes::web
