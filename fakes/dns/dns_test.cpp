#include "fakes/dns/dns.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fakes/dns/owner.hpp"

namespace shinsa::fakes::dns {
namespace {

constexpr Instant kMorning{1795136400};  // 2026-11-20T10:00:00+09:00

Dns with(std::string_view name, Type type, const Values& values) {
  Dns dns;
  EXPECT_TRUE(dns.set(name, type, values, kMorning));
  return dns;
}

Answer records(Values values, std::vector<std::string> aliases = {}) {
  return {Status::ok, std::move(values), std::move(aliases)};
}
Answer nothing(Status status, std::vector<std::string> aliases = {}) {
  return {status, {}, std::move(aliases)};
}

TEST(OwnerNameTest, HasOneSpellingPerName) {
  EXPECT_EQ(*owner_name("WWW.Example.JP."), "www.example.jp");
  EXPECT_EQ(*owner_name("_acme-challenge.example.jp"), "_acme-challenge.example.jp");
  EXPECT_EQ(*owner_name("jp"), "jp");
  EXPECT_EQ(owner_name(std::string(63, 'a') + ".jp")->size(), 66u);
}

TEST(OwnerNameTest, RefusesWhatNoRecordStandsAt) {
  for (const std::string& name :
       {std::string(), std::string("."), std::string("a..jp"), std::string(".jp"),
        std::string("a b.jp"), std::string("-a.jp"), std::string("a-.jp"), std::string("*.jp"),
        std::string("a.jp\n"), std::string(64, 'a') + ".jp", std::string("例え.jp")})
    EXPECT_FALSE(owner_name(name)) << name;
  std::string longest = "a";
  while (longest.size() < 253) longest += ".a";
  EXPECT_TRUE(owner_name(longest));
  EXPECT_FALSE(owner_name(longest + "a.a"));
}

TEST(OwnerNameTest, TellsTheALabelOfAJapaneseName) {
  EXPECT_EQ(owner_name("例え.jp").error().remedy, "write xn--r8jz45g.jp");
}

TEST(OwnerNameTest, ClimbsLabelByLabel) {
  EXPECT_EQ(parent_of("www.example.jp"), "example.jp");
  EXPECT_EQ(parent_of("jp"), "");
}

TEST(DnsTest, AnswersFromTheInstantOfTheChangeOn) {
  Dns dns = with("www.example.jp", Type::a, {"192.0.2.1"});
  ASSERT_TRUE(dns.set("www.example.jp", Type::a, {"192.0.2.2"}, kMorning + hours(1)));

  EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning - seconds(1)),
            nothing(Status::nxdomain));
  EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning), records({"192.0.2.1"}));
  EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning + hours(1) - seconds(1)),
            records({"192.0.2.1"}));
  EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning + hours(1)), records({"192.0.2.2"}));
}

TEST(DnsTest, DoesNotLookAtTheCaseOfAName) {
  const Dns dns = with("WWW.example.JP", Type::a, {"192.0.2.1"});

  EXPECT_EQ(dns.resolve("www.EXAMPLE.jp.", Type::a, kMorning), records({"192.0.2.1"}));
}

TEST(DnsTest, KeepsSeveralTextsOfOneNameInTheirOrder) {
  Dns dns;
  ASSERT_TRUE(dns.add("_acme-challenge.example.jp", Type::txt, "for N", kMorning));
  ASSERT_TRUE(dns.add("_acme-challenge.example.jp", Type::txt, "for *.N", kMorning + minutes(1)));
  ASSERT_TRUE(dns.add("_acme-challenge.example.jp", Type::txt, "for N", kMorning + minutes(2)));

  EXPECT_EQ(dns.resolve("_acme-challenge.example.jp", Type::txt, kMorning), records({"for N"}));
  EXPECT_EQ(dns.resolve("_acme-challenge.example.jp", Type::txt, kMorning + minutes(2)),
            records({"for N", "for *.N"}));
}

TEST(DnsTest, TellsNoDataFromNoName) {
  const Dns dns = with("www.example.jp", Type::a, {"192.0.2.1"});

  EXPECT_EQ(dns.resolve("www.example.jp", Type::txt, kMorning), nothing(Status::nodata));
  EXPECT_EQ(dns.resolve("example.jp", Type::a, kMorning), nothing(Status::nodata))
      << "something stands below it";
  EXPECT_EQ(dns.resolve("xample.jp", Type::a, kMorning), nothing(Status::nxdomain));
  EXPECT_EQ(dns.resolve("a.www.example.jp", Type::a, kMorning), nothing(Status::nxdomain));
  EXPECT_EQ(dns.resolve("no name", Type::a, kMorning), nothing(Status::nxdomain));
}

TEST(DnsTest, ForgetsANameWhoseLastRecordIsRemoved) {
  Dns dns = with("www.example.jp", Type::a, {"192.0.2.1"});
  ASSERT_TRUE(dns.set("www.example.jp", Type::txt, {"x"}, kMorning));
  ASSERT_TRUE(dns.remove("www.example.jp", Type::a, kMorning + hours(1)));
  ASSERT_TRUE(dns.set("www.example.jp", Type::txt, {}, kMorning + hours(2)));

  EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning + hours(1)), nothing(Status::nodata));
  EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning + hours(2)), nothing(Status::nxdomain));
}

TEST(DnsTest, FollowsAliasesAndNamesThem) {
  Dns dns = with("www.example.jp", Type::cname, {"Web.example.net."});
  ASSERT_TRUE(dns.set("web.example.net", Type::cname, {"host.example.com"}, kMorning));
  ASSERT_TRUE(dns.set("host.example.com", Type::a, {"192.0.2.9"}, kMorning));

  EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning),
            records({"192.0.2.9"}, {"web.example.net", "host.example.com"}));
  EXPECT_EQ(dns.resolve("www.example.jp", Type::txt, kMorning),
            nothing(Status::nodata, {"web.example.net", "host.example.com"}));
  EXPECT_EQ(dns.resolve("www.example.jp", Type::cname, kMorning), records({"web.example.net"}));
}

TEST(DnsTest, SaysOfAliasesWhatTheLastNameSays) {
  Dns dns = with("www.example.jp", Type::cname, {"gone.example.net"});

  EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning),
            nothing(Status::nxdomain, {"gone.example.net"}));
}

TEST(DnsTest, PrefersTheAliasToOtherRecordsOfTheName) {
  Dns dns = with("www.example.jp", Type::cname, {"web.example.net"});
  ASSERT_TRUE(dns.set("www.example.jp", Type::txt, {"ignored"}, kMorning));

  EXPECT_EQ(dns.resolve("www.example.jp", Type::txt, kMorning),
            nothing(Status::nxdomain, {"web.example.net"}));
}

TEST(DnsTest, FailsInACircleOfAliases) {
  Dns dns = with("a.jp", Type::cname, {"b.jp"});
  ASSERT_TRUE(dns.set("b.jp", Type::cname, {"a.jp"}, kMorning));

  EXPECT_EQ(dns.resolve("a.jp", Type::a, kMorning).status, Status::servfail);
  EXPECT_EQ(dns.resolve("a.jp", Type::a, kMorning).aliases.size(), kMostAliases);
}

TEST(DnsTest, FollowsSixteenAliasesAndNotOneMore) {
  Dns dns;
  for (std::size_t i = 0; i < kMostAliases + 1; ++i)
    ASSERT_TRUE(
        dns.set(fmt::format("a{}.jp", i), Type::cname, {fmt::format("a{}.jp", i + 1)}, kMorning));
  ASSERT_TRUE(dns.set(fmt::format("a{}.jp", kMostAliases + 1), Type::a, {"192.0.2.1"}, kMorning));

  EXPECT_EQ(dns.resolve("a1.jp", Type::a, kMorning).status, Status::ok);
  EXPECT_EQ(dns.resolve("a0.jp", Type::a, kMorning).status, Status::servfail);
}

TEST(DnsTest, AnswersWithWhatWasPutOnANameUntilItIsTakenAway) {
  for (const Status status :
       {Status::nodata, Status::nxdomain, Status::servfail, Status::timeout}) {
    Dns dns = with("www.example.jp", Type::a, {"192.0.2.1"});
    ASSERT_TRUE(dns.put("www.example.jp", status, kMorning + hours(1)));
    ASSERT_TRUE(dns.put("www.example.jp", Status::ok, kMorning + hours(2)));

    EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning), records({"192.0.2.1"}));
    EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning + hours(1)), nothing(status));
    EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning + hours(2)), records({"192.0.2.1"}));
  }
}

TEST(DnsTest, LetsWhatIsPutOnATypeCountMore) {
  Dns dns = with("example.jp", Type::a, {"192.0.2.1"});
  ASSERT_TRUE(dns.put("example.jp", Type::caa, Status::servfail, kMorning));

  EXPECT_EQ(dns.resolve("example.jp", Type::caa, kMorning), nothing(Status::servfail));
  EXPECT_EQ(dns.resolve("example.jp", Type::a, kMorning), records({"192.0.2.1"}));

  ASSERT_TRUE(dns.put("example.jp", Status::timeout, kMorning));
  EXPECT_EQ(dns.resolve("example.jp", Type::caa, kMorning), nothing(Status::servfail));
  EXPECT_EQ(dns.resolve("example.jp", Type::a, kMorning), nothing(Status::timeout));
}

TEST(DnsTest, FailsBehindAnAliasToo) {
  Dns dns = with("www.example.jp", Type::cname, {"web.example.net"});
  ASSERT_TRUE(dns.put("web.example.net", Status::timeout, kMorning));

  EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning),
            nothing(Status::timeout, {"web.example.net"}));
}

TEST(DnsTest, PlaysAFaultInsteadOfTheRecords) {
  const Dns dns = with("www.example.jp", Type::a, {"192.0.2.1"});

  EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning, Status::servfail),
            nothing(Status::servfail));
  EXPECT_EQ(dns.resolve("www.example.jp", Type::a, kMorning, Status::ok), records({"192.0.2.1"}));
}

TEST(DnsTest, SpellsAddressesInOneWay) {
  const Dns dns = with("www.example.jp", Type::aaaa, {"2001:DB8:0:0::1"});

  EXPECT_EQ(dns.resolve("www.example.jp", Type::aaaa, kMorning), records({"2001:db8::1"}));
}

TEST(DnsTest, RefusesRecordsThatNoZoneHolds) {
  struct Case {
    std::string name;
    Type type;
    Values values;
    std::string what;
  };
  const std::vector<Case> cases = {
      {"a.jp", Type::a, {"192.0.2.256"}, "this is no IPv4 address"},
      {"a.jp", Type::a, {"2001:db8::1"}, "this is no IPv4 address"},
      {"a.jp", Type::aaaa, {"192.0.2.1"}, "this is no IPv6 address"},
      {"a.jp", Type::cname, {"b..jp"}, "a label is empty"},
      {"a.jp", Type::cname, {"b.jp", "c.jp"}, "a name has one alias at most"},
      {"a.jp",
       Type::caa,
       {"issue jprs.jp"},
       "the flags of a CAA record are a number from 0 to 255"},
      {"a b.jp",
       Type::a,
       {"192.0.2.1"},
       "a label has other characters than letters, digits, "
       "hyphen and _"}};
  for (const Case& c : cases) {
    Dns dns;
    EXPECT_EQ(dns.set(c.name, c.type, c.values, kMorning).error().what, c.what);
    EXPECT_EQ(dns.resolve(c.name, c.type, kMorning).status, Status::nxdomain);
  }
}

TEST(DnsTest, NamesTypesAndStatusesAsTheyAreRead) {
  for (const Type type :
       {Type::a, Type::aaaa, Type::cname, Type::txt, Type::caa, Type::mx, Type::ns, Type::soa})
    EXPECT_EQ(parse_type(to_text(type)), type);
  for (const Status status :
       {Status::ok, Status::nodata, Status::nxdomain, Status::servfail, Status::timeout})
    EXPECT_EQ(parse_status(to_text(status)), status);
  EXPECT_EQ(parse_type("txt"), Type::txt);
  EXPECT_EQ(parse_type("SRV"), std::nullopt);
  EXPECT_EQ(parse_status("fine"), std::nullopt);
}

TEST(DnsTypesTest, KeepsMailNameServersAndAuthorityInOneSpelling) {
  EXPECT_EQ(*spelt(Type::mx, " 10   Mail.Example.JP. "), "10 mail.example.jp");
  EXPECT_EQ(*spelt(Type::mx, "0 ."), "0 .");
  EXPECT_EQ(*spelt(Type::ns, "NS.example.jp."), "ns.example.jp");
  EXPECT_EQ(*spelt(Type::soa, "ns.example.jp. Host.example.jp 1 2 3 4  5"),
            "ns.example.jp host.example.jp 1 2 3 4 5");
  for (const char* text : {"", "mail.example.jp", "65536 a.jp", "-1 a.jp", "10 a b", "10 a..jp"})
    EXPECT_FALSE(spelt(Type::mx, text)) << text;
  for (const char* text : {"", "a.jp b.jp 1 2 3 4", "a.jp b.jp 1 2 3 4 x", "a.jp b.jp 1 2 3 4 5 6",
                           "a..jp b.jp 1 2 3 4 5", "a.jp b.jp 4294967296 2 3 4 5"})
    EXPECT_FALSE(spelt(Type::soa, text)) << text;
  for (const char* word : {"MX", "ns", "Soa"}) EXPECT_TRUE(parse_type(word)) << word;
}

TEST(DnsTypesTest, HasOneAuthorityForAZone) {
  Dns dns;
  const std::string one = "ns.example.jp host.example.jp 1 2 3 4 5";

  EXPECT_TRUE(dns.set("example.jp", Type::soa, {one}, Instant{0}));
  EXPECT_FALSE(dns.set("example.jp", Type::soa, {one, one}, Instant{0}));
  EXPECT_EQ(dns.resolve("example.jp", Type::soa, Instant{0}).values, Values{one});
}

TEST(DnsNamesTest, ExistsBelowItselfAndNotBesideOthers) {
  Dns dns;
  ASSERT_TRUE(dns.set("a.example.jp", Type::a, {"192.0.2.1"}, Instant{0}));
  ASSERT_TRUE(dns.set("b.c-d.example.jp", Type::a, {"192.0.2.1"}, Instant{0}));

  EXPECT_EQ(dns.resolve("example.jp", Type::a, Instant{0}).status, Status::nodata);
  EXPECT_EQ(dns.resolve("c-d.example.jp", Type::a, Instant{0}).status, Status::nodata);
  EXPECT_EQ(dns.resolve("c.example.jp", Type::a, Instant{0}).status, Status::nxdomain);
  EXPECT_EQ(dns.resolve("d.example.jp", Type::a, Instant{0}).status, Status::nxdomain);
  EXPECT_EQ(dns.resolve_other("a.example.jp", Instant{0}).status, Status::nodata);
  EXPECT_EQ(dns.resolve_other("x.a.example.jp", Instant{0}).status, Status::nxdomain);
}

}  // namespace
}  // namespace shinsa::fakes::dns
