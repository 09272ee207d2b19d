#include "fakes/whois/whois.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace shinsa::fakes::whois {
namespace {

constexpr Instant kMorning{1795136400};  // 2026-11-20T10:00:00+09:00
using Mails = std::vector<std::string>;

TEST(DomainTest, IsFoundWithItsKindInAName) {
  struct Case {
    std::string name;
    std::string domain;
    DomainKind kind;
  };
  const std::vector<Case> cases = {
      {"www.example.co.jp", "example.co.jp", DomainKind::organisational_jp},
      {"example.or.jp", "example.or.jp", DomainKind::organisational_jp},
      {"a.b.example.ne.jp", "example.ne.jp", DomainKind::organisational_jp},
      {"x.ac.jp", "x.ac.jp", DomainKind::organisational_jp},
      {"x.go.jp", "x.go.jp", DomainKind::organisational_jp},
      {"x.lg.jp", "x.lg.jp", DomainKind::organisational_jp},
      {"example.jp", "example.jp", DomainKind::general_jp},
      {"WWW.Example.JP", "example.jp", DomainKind::general_jp},
      {"*.example.jp", "example.jp", DomainKind::general_jp},
      {"www.例え.jp", "xn--r8jz45g.jp", DomainKind::general_jp},
      {"com.jp", "com.jp", DomainKind::general_jp},
      {"shop.example.com", "example.com", DomainKind::gtld},
      {"example.net", "example.net", DomainKind::gtld},
      {"example.tokyo", "example.tokyo", DomainKind::gtld},
      {"www.example.tokyo.jp", "example.tokyo.jp", DomainKind::other},
      {"www.example.xn--1lqs71d.jp", "example.xn--1lqs71d.jp", DomainKind::other},
      {"city.kobe.jp", "city.kobe.jp", DomainKind::other},
      {"www.example.de", "example.de", DomainKind::other},
      {"example.xn--fiqs8s", "example.xn--fiqs8s", DomainKind::other}};
  for (const Case& c : cases) {
    EXPECT_EQ(registrable_domain(c.name), c.domain) << c.name;
    EXPECT_EQ(domain_kind(c.name), c.kind) << c.name;
  }
}

TEST(DomainTest, IsNotFoundWhereNobodyRegisters) {
  for (const char* name : {"jp", "com", "co.jp", "*.co.jp", "tokyo.jp", "a.test", "www.example",
                           "localhost", "", "no name", "a..jp"}) {
    EXPECT_EQ(registrable_domain(name), "") << name;
    EXPECT_EQ(domain_kind(name), DomainKind::other) << name;
  }
}

TEST(DomainTest, KnowsPrefecturesInLettersAndInKanji) {
  for (const char* prefecture : {"hokkaido", "北海道", "tokyo", "東京", "wakayama", "和歌山",
                                 "kagoshima", "鹿児島", "okinawa", "沖縄"}) {
    const std::string below = std::string(prefecture) + ".jp";
    EXPECT_EQ(domain_kind("www.example." + below), DomainKind::other) << prefecture;
    EXPECT_TRUE(registrable_domain("www.example." + below).starts_with("example.")) << prefecture;
    EXPECT_EQ(registrable_domain(below), "") << prefecture;
  }
  EXPECT_EQ(domain_kind("wakayamaken.jp"), DomainKind::general_jp);
}

TEST(WhoisTest, AnswersForTheDomainThatANameStandsBelow) {
  Registry registry;
  ASSERT_TRUE(registry.publish(
      "example.co.jp",
      {{{Role::registrant, "admin@example.co.jp"}, {Role::technical, "tech@host.example.net"}}},
      kMorning));

  const Answer answer = registry.lookup("www.example.co.jp", kMorning);

  EXPECT_EQ(answer.status, Status::published);
  EXPECT_EQ(answer.domain, "example.co.jp");
  EXPECT_EQ(answer.kind, DomainKind::organisational_jp);
  EXPECT_EQ(answer.contacts, (std::vector<Contact>{{Role::registrant, "admin@example.co.jp"},
                                                   {Role::technical, "tech@host.example.net"}}));
  EXPECT_EQ(answer.mails_of(Role::technical), Mails{"tech@host.example.net"});
  EXPECT_EQ(answer.mails_of(Role::public_contact), Mails());
}

TEST(WhoisTest, KnowsNothingOfOtherDomainsButTheirKind) {
  Registry registry;
  ASSERT_TRUE(registry.publish("example.jp", {}, kMorning));

  EXPECT_EQ(registry.lookup("example.com", kMorning).status, Status::unknown);
  EXPECT_EQ(registry.lookup("example.com", kMorning).kind, DomainKind::gtld);
  EXPECT_EQ(registry.lookup("example.jp", kMorning - seconds(1)).status, Status::unknown);
  EXPECT_EQ(registry.lookup("co.jp", kMorning).domain, "");
  EXPECT_EQ(registry.lookup("no name", kMorning).status, Status::unknown);
}

TEST(WhoisTest, HidesContactsWhileTheyAreProtected) {
  Registry registry;
  ASSERT_TRUE(
      registry.publish("example.com", {{{Role::administrative, "a@example.com"}}, true}, kMorning));
  ASSERT_TRUE(registry.set_protected("example.com", false, kMorning + days(1)));
  ASSERT_TRUE(registry.set_protected("example.com", true, kMorning + days(2)));

  EXPECT_EQ(registry.lookup("www.example.com", kMorning).status, Status::hidden);
  EXPECT_TRUE(registry.lookup("www.example.com", kMorning).contacts.empty());
  EXPECT_EQ(registry.lookup("www.example.com", kMorning + days(1)).mails_of(Role::administrative),
            Mails{"a@example.com"});
  EXPECT_EQ(registry.lookup("www.example.com", kMorning + days(2)).status, Status::hidden);
}

TEST(WhoisTest, ChangesAnAddressFromAnInstantOn) {
  Registry registry;
  ASSERT_TRUE(registry.set_mails("例え.jp", Role::public_contact, {"old@example.jp"}, kMorning));
  ASSERT_TRUE(
      registry.set_mails("例え.jp", Role::public_contact, {"new@example.jp"}, kMorning + days(1)));

  const auto mails_at = [&](Instant at) {
    return registry.lookup("www.xn--r8jz45g.jp", at).mails_of(Role::public_contact);
  };
  EXPECT_EQ(mails_at(kMorning - seconds(1)), Mails());
  EXPECT_EQ(mails_at(kMorning + days(1) - seconds(1)), Mails{"old@example.jp"});
  EXPECT_EQ(mails_at(kMorning + days(1)), Mails{"new@example.jp"});
}

TEST(WhoisTest, ChangesOneRoleInItsPlaceAndLeavesTheOthers) {
  Registry registry;
  ASSERT_TRUE(registry.set_mails("a.co.jp", Role::registrant, {"r@a.jp"}, kMorning));
  ASSERT_TRUE(registry.set_mails("a.co.jp", Role::technical, {"t@a.jp"}, kMorning));
  ASSERT_TRUE(registry.set_mails("a.co.jp", Role::registrant, {"r1@a.jp", "r2@a.jp"}, kMorning));
  EXPECT_EQ(registry.lookup("a.co.jp", kMorning).contacts,
            (std::vector<Contact>{{Role::registrant, "r1@a.jp"},
                                  {Role::registrant, "r2@a.jp"},
                                  {Role::technical, "t@a.jp"}}));

  ASSERT_TRUE(registry.set_mails("a.co.jp", Role::registrant, {}, kMorning + days(1)));
  EXPECT_EQ(registry.lookup("a.co.jp", kMorning + days(1)).contacts,
            (std::vector<Contact>{{Role::technical, "t@a.jp"}}));
}

TEST(WhoisTest, ChangesSeveralRolesAtOnce) {
  Registry registry;
  ASSERT_TRUE(registry.set_mails("a.co.jp", Role::registrant, {"r1@a.jp", "r2@a.jp"}, kMorning));

  ASSERT_TRUE(registry.set_contacts(
      "a.co.jp", {{Role::technical, "t@a.jp"}, {Role::registrant, "r@a.jp"}}, kMorning));

  EXPECT_EQ(registry.lookup("a.co.jp", kMorning).contacts,
            (std::vector<Contact>{{Role::registrant, "r@a.jp"}, {Role::technical, "t@a.jp"}}));
}

TEST(WhoisTest, ForgetsADomainThatIsGivenUp) {
  Registry registry;
  ASSERT_TRUE(registry.set_mails("a.jp", Role::public_contact, {"x@a.jp"}, kMorning));
  ASSERT_TRUE(registry.withdraw("a.jp", kMorning + days(1)));

  EXPECT_EQ(registry.lookup("a.jp", kMorning).status, Status::published);
  EXPECT_EQ(registry.lookup("a.jp", kMorning + days(1)).status, Status::unknown);
}

TEST(WhoisTest, RefusesWhatNobodyCanRegister) {
  Registry registry;

  EXPECT_EQ(registry.publish("www.example.jp", {}, kMorning).error().remedy, "write example.jp");
  EXPECT_FALSE(registry.publish("*.example.jp", {}, kMorning));
  EXPECT_FALSE(registry.withdraw("co.jp", kMorning));
  EXPECT_FALSE(registry.set_mails("no name", Role::technical, {}, kMorning));
  EXPECT_EQ(registry.set_protected("a.jp", true, kMorning).error().what,
            "nobody has registered this domain");
  EXPECT_EQ(registry.lookup("www.example.jp", kMorning).status, Status::unknown);
}

TEST(WhoisTest, PrintsRolesAsRegistriesDo) {
  EXPECT_EQ(to_text(Role::registrant), "登録担当者");
  EXPECT_EQ(to_text(Role::technical), "技術連絡担当者");
  EXPECT_EQ(to_text(Role::public_contact), "公開連絡窓口");
  EXPECT_EQ(to_text(Role::administrative), "Administrative Contact");
}

}  // namespace
}  // namespace shinsa::fakes::whois
