#include "fakes/dns/caa.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace shinsa::fakes::dns {
namespace {

constexpr Instant kMorning{1795136400};  // 2026-11-20T10:00:00+09:00

Dns with_caa(std::string_view name, const Values& values) {
  Dns dns;
  EXPECT_TRUE(dns.set(name, Type::caa, values, kMorning));
  return dns;
}

CaaAnswer asked(const Dns& dns, std::string name, bool is_wildcard = false) {
  return caa_permits(dns, {std::move(name), is_wildcard, "jprs.jp"}, kMorning);
}

TEST(CaaRecordTest, IsReadAndWritten) {
  EXPECT_EQ(*parse_caa("0 issue \"jprs.jp\""), (CaaRecord{false, "issue", "jprs.jp"}));
  EXPECT_EQ(*parse_caa(" 128  IssueWild ; "), (CaaRecord{true, "issuewild", ";"}));
  EXPECT_EQ(*parse_caa("129 tbs \"\""), (CaaRecord{true, "tbs", ""}));
  EXPECT_EQ(to_text(CaaRecord{true, "issue", "a; b=c"}), "128 issue \"a; b=c\"");
  EXPECT_EQ(*parse_caa(to_text(CaaRecord{false, "iodef", "mailto:a@b.jp"})),
            (CaaRecord{false, "iodef", "mailto:a@b.jp"}));
}

TEST(CaaRecordTest, IsRefusedWhenAPartIsWrong) {
  for (const char* text : {"", "issue jprs.jp", "256 issue a", "-1 issue a", "0 issue", "0",
                           "0 is-sue a", "0 issue a b", "0 issue \"a\"b\"", "0 issue \"a\\b\""})
    EXPECT_FALSE(parse_caa(text)) << text;
}

TEST(CaaRecordTest, NamesTheIssuerOrNobody) {
  struct Case {
    std::string value;
    std::string issuer;
  };
  const std::vector<Case> cases = {{"jprs.jp", "jprs.jp"},
                                   {" JPRS.jp ", "jprs.jp"},
                                   {"jprs.jp;", "jprs.jp"},
                                   {"jprs.jp; account=1 ; x = y/z:1", "jprs.jp"},
                                   {";", ""},
                                   {"", ""},
                                   {"jprs..jp", ""},
                                   {"-jprs.jp", ""},
                                   {"%%%%%", ""},
                                   {"jprs.jp sakura.ad.jp", ""},
                                   {"jprs.jp; account", ""},
                                   {"jprs.jp; a=1;", ""},
                                   {"jprs.jp; a=b c", ""}};
  for (const Case& c : cases) EXPECT_EQ(issuer_in(c.value), c.issuer) << c.value;
}

TEST(CaaTest, PermitsEverybodyWhereThereIsNoRecord) {
  Dns dns;
  ASSERT_TRUE(dns.set("www.example.jp", Type::a, {"192.0.2.1"}, kMorning));

  EXPECT_EQ(asked(dns, "www.example.jp").verdict, CaaVerdict::permitted);
  EXPECT_EQ(asked(dns, "undelegated.jp").verdict, CaaVerdict::permitted);
  EXPECT_EQ(asked(dns, "undelegated.jp").found_at, "");
}

TEST(CaaTest, PermitsTheIssuerThatIsNamedAndForbidsOthers) {
  const Dns dns = with_caa("example.jp", {"0 issue \"other.example\"", "0 issue \"JPRS.jp; a=b\""});

  EXPECT_EQ(asked(dns, "example.jp").verdict, CaaVerdict::permitted);
  EXPECT_EQ(asked(dns, "example.jp").why, "jprs.jp is named");
  EXPECT_EQ(caa_permits(dns, {"example.jp", false, "sakura.ad.jp"}, kMorning).verdict,
            CaaVerdict::forbidden);
}

TEST(CaaTest, ForbidsEverybodyWithASemicolonOrAValueOutOfGrammar) {
  EXPECT_EQ(asked(with_caa("a.jp", {"0 issue \";\""}), "a.jp").verdict, CaaVerdict::forbidden);
  EXPECT_EQ(asked(with_caa("a.jp", {"0 issue \"%%%\""}), "a.jp").verdict, CaaVerdict::forbidden);
}

TEST(CaaTest, TakesTheNearestRecordsAboveTheName) {
  Dns dns = with_caa("example.jp", {"0 issue \";\""});
  ASSERT_TRUE(dns.set("shop.example.jp", Type::caa, {"0 issue \"jprs.jp\""}, kMorning));

  EXPECT_EQ(asked(dns, "a.b.shop.example.jp").verdict, CaaVerdict::permitted);
  EXPECT_EQ(asked(dns, "a.b.shop.example.jp").found_at, "shop.example.jp");
  EXPECT_EQ(asked(dns, "www.example.jp").verdict, CaaVerdict::forbidden);
  EXPECT_EQ(asked(dns, "www.example.jp").found_at, "example.jp");
}

TEST(CaaTest, FollowsAnAliasButClimbsFromTheNameItself) {
  Dns dns = with_caa("example.net", {"0 issue \";\""});
  ASSERT_TRUE(dns.set("www.example.jp", Type::cname, {"www.example.net"}, kMorning));
  ASSERT_TRUE(dns.set("api.example.jp", Type::cname, {"example.net"}, kMorning));
  ASSERT_TRUE(dns.set("www.example.net", Type::a, {"192.0.2.1"}, kMorning));

  EXPECT_EQ(asked(dns, "www.example.jp").verdict, CaaVerdict::permitted)
      << "the parent of where the alias leads does not count";
  EXPECT_EQ(asked(dns, "api.example.jp").verdict, CaaVerdict::forbidden);
}

TEST(CaaTest, AsksIssuewildForWildcardsOnlyAndIssueWhereThereIsNone) {
  const Dns both = with_caa("a.jp", {"0 issue \"jprs.jp\"", "0 issuewild \";\""});
  const Dns wild = with_caa("a.jp", {"0 issuewild \"jprs.jp\"", "0 issue \";\""});
  const Dns only = with_caa("a.jp", {"0 issuewild \";\""});
  const Dns plain = with_caa("a.jp", {"0 issue \"jprs.jp\""});

  EXPECT_EQ(asked(both, "a.jp").verdict, CaaVerdict::permitted);
  EXPECT_EQ(asked(both, "*.a.jp", true).verdict, CaaVerdict::forbidden);
  EXPECT_EQ(asked(wild, "a.jp").verdict, CaaVerdict::forbidden);
  EXPECT_EQ(asked(wild, "*.a.jp", true).verdict, CaaVerdict::permitted);
  EXPECT_EQ(asked(only, "a.jp").verdict, CaaVerdict::permitted);
  EXPECT_EQ(asked(only, "a.jp").why, "no record restricts who issues");
  EXPECT_EQ(asked(plain, "*.a.jp", true).verdict, CaaVerdict::permitted);
}

TEST(CaaTest, ForbidsWhenACriticalTagIsNotUnderstood) {
  EXPECT_EQ(asked(with_caa("a.jp", {"128 tbs \"x\"", "0 issue \"jprs.jp\""}), "a.jp").verdict,
            CaaVerdict::forbidden);
  EXPECT_EQ(asked(with_caa("a.jp", {"0 tbs \"x\"", "0 issue \"jprs.jp\""}), "a.jp").verdict,
            CaaVerdict::permitted);
  EXPECT_EQ(asked(with_caa("a.jp", {"128 iodef \"mailto:a@a.jp\""}), "a.jp").verdict,
            CaaVerdict::permitted);
}

TEST(CaaTest, FailsWhenALookUpOnTheWayFails) {
  for (const Status status : {Status::servfail, Status::timeout}) {
    Dns dns = with_caa("jp", {"0 issue \"jprs.jp\""});
    ASSERT_TRUE(dns.put("example.jp", Type::caa, status, kMorning));

    EXPECT_EQ(asked(dns, "www.example.jp").verdict, CaaVerdict::failed);
    EXPECT_EQ(asked(dns, "www.example.jp").found_at, "example.jp");
    EXPECT_EQ(caa_permits(dns, {"example.jp", false, "jprs.jp"}, kMorning - seconds(1)).verdict,
              CaaVerdict::permitted);
  }
}

TEST(CaaTest, DoesNotFailAboveTheRecordsThatCount) {
  Dns dns = with_caa("www.example.jp", {"0 issue \"jprs.jp\""});
  ASSERT_TRUE(dns.put("example.jp", Status::servfail, kMorning));

  EXPECT_EQ(asked(dns, "www.example.jp").verdict, CaaVerdict::permitted);
}

TEST(CaaTest, PlaysAFaultInTheFirstLookUp) {
  const Dns dns = with_caa("a.jp", {"0 issue \";\""});
  const CaaQuestion question{"www.a.jp", false, "jprs.jp"};

  EXPECT_EQ(caa_permits(dns, question, kMorning, Status::timeout).verdict, CaaVerdict::failed);
  EXPECT_EQ(caa_permits(dns, question, kMorning, Status::nxdomain).verdict, CaaVerdict::forbidden)
      << "no such name is no failure, the climb goes on";
}

TEST(CaaTest, FailsForWhatIsNoName) {
  const CaaAnswer answer = asked(Dns(), "no name");

  EXPECT_EQ(answer.verdict, CaaVerdict::failed);
  EXPECT_NE(answer.why.find("other characters"), std::string::npos) << answer.why;
}

}  // namespace
}  // namespace shinsa::fakes::dns
