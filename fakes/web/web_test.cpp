#include "fakes/web/web.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace shinsa::fakes::web {
namespace {

constexpr Instant kMorning{1795136400};  // 2026-11-20T10:00:00+09:00
constexpr std::string_view kToken = "http://www.example.jp/.well-known/acme-challenge/t";
constexpr std::string_view kPath = "/.well-known/acme-challenge/t";

/// www.example.jp at 192.0.2.1, with nothing on it yet.
struct World {
  dns::Dns dns;
  Web web{dns};
  Server& server = web.server("192.0.2.1");
  Site& site = server.site("www.example.jp");

  World() { EXPECT_TRUE(dns.set("www.example.jp", dns::Type::a, {"192.0.2.1"}, kMorning)); }
  Fetched get(const Policy& policy = {}, Instant at = kMorning) const {
    return web.fetch(kToken, at, policy);
  }
  void put(Answer answer, Instant at = kMorning) { EXPECT_TRUE(site.put(kPath, answer, at)); }
  /// A chain of `n` redirects that begins at the token and ends at a file.
  void put_redirects(std::size_t n) {
    put(n == 0 ? Answer(File{"end"}) : Redirect{"/1"});
    for (std::size_t i = 1; i <= n; ++i)
      EXPECT_TRUE(site.put(fmt::format("/{}", i),
                           i == n ? Answer(File{"end"}) : Redirect{fmt::format("/{}", i + 1)},
                           kMorning));
  }
};

TEST(WebTest, GivesAFileWhoseNameResolves) {
  World world;
  world.put(File{"t.thumbprint\n"});

  const Fetched got = world.get();

  EXPECT_EQ(got.outcome, Outcome::answered);
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, "t.thumbprint\n");
  EXPECT_EQ(got.steps, 0u);
  EXPECT_EQ(got.visited, std::vector<std::string>{std::string(kToken)});
  EXPECT_EQ(got.address, "192.0.2.1");
}

TEST(WebTest, AnswersFromTheInstantOfTheChangeOn) {
  World world;
  world.put(File{"old"});
  world.put(File{"new"}, kMorning + hours(1));
  ASSERT_TRUE(world.site.remove(kPath, kMorning + hours(2)));

  EXPECT_EQ(world.get({}, kMorning).body, "old");
  EXPECT_EQ(world.get({}, kMorning + hours(1)).body, "new");
  EXPECT_EQ(world.get({}, kMorning + hours(2)).status, 404);
  EXPECT_EQ(world.get({}, kMorning - seconds(1)).outcome, Outcome::dns_failure);
}

TEST(WebTest, AnswersOtherPathsWith404) {
  World world;
  world.put(File{"x"});

  EXPECT_EQ(world.web.fetch("http://www.example.jp/other", kMorning).status, 404);
  EXPECT_EQ(
      world.web.fetch("http://www.example.jp/.well-known/./acme-challenge/t?q", kMorning).body, "x")
      << "dots and queries are no other path";
}

TEST(WebTest, TellsWhyANameHasNoAddress) {
  World world;
  world.put(File{"x"});
  for (const dns::Status status :
       {dns::Status::nodata, dns::Status::nxdomain, dns::Status::servfail, dns::Status::timeout}) {
    ASSERT_TRUE(world.dns.put("www.example.jp", status, kMorning));
    const Fetched got = world.get();
    EXPECT_EQ(got.outcome, Outcome::dns_failure);
    EXPECT_EQ(got.lookup, status);
    EXPECT_EQ(got.address, "");
  }
}

TEST(WebTest, GoesWhereTheAddressOfTheInstantPoints) {
  World world;
  world.put(File{"old server"});
  ASSERT_TRUE(world.web.server("192.0.2.2")
                  .site("www.example.jp")
                  .put(kPath, File{"new server"}, kMorning));
  ASSERT_TRUE(world.dns.set("www.example.jp", dns::Type::a, {"192.0.2.2"}, kMorning + hours(1)));

  EXPECT_EQ(world.get({}, kMorning).body, "old server");
  EXPECT_EQ(world.get({}, kMorning + hours(1)).body, "new server");
}

TEST(WebTest, PrefersIPv6AndFallsBackWhereNobodyAnswers) {
  World world;
  world.put(File{"four"});
  ASSERT_TRUE(world.dns.set("www.example.jp", dns::Type::aaaa, {"2001:DB8::1"}, kMorning));
  EXPECT_EQ(world.get().body, "four") << "nobody is at the IPv6 address";

  Server& six = world.web.server("2001:db8:0::1");
  ASSERT_TRUE(six.site("www.example.jp").put(kPath, File{"six"}, kMorning));
  EXPECT_EQ(world.get().body, "six");
  EXPECT_EQ(world.get().address, "2001:db8::1");

  six.set_connections(Connections::refused, kMorning);
  EXPECT_EQ(world.get().body, "four");
}

TEST(WebTest, CannotConnectWhereNobodyIsOrConnectionsAreRefused) {
  World world;
  world.put(File{"x"});
  world.server.set_connections(Connections::refused, kMorning + hours(1));
  world.server.set_connections(Connections::slow, kMorning + hours(2));
  world.server.set_connections(Connections::accepted, kMorning + hours(3));

  EXPECT_EQ(world.get({}, kMorning).outcome, Outcome::answered);
  EXPECT_EQ(world.get({}, kMorning + hours(1)).outcome, Outcome::no_connection);
  EXPECT_EQ(world.get({}, kMorning + hours(2)).outcome, Outcome::timed_out);
  EXPECT_EQ(world.get({}, kMorning + hours(3)).outcome, Outcome::answered);

  ASSERT_TRUE(world.dns.set("www.example.jp", dns::Type::a, {"192.0.2.9"}, kMorning));
  EXPECT_EQ(world.get().outcome, Outcome::no_connection);
  EXPECT_EQ(world.get().address, "192.0.2.9");
}

TEST(WebTest, TellsErrorsEmptyAndSlowAnswersApart) {
  World world;
  world.put(ErrorStatus{403, "go away"});
  EXPECT_EQ(world.get().outcome, Outcome::answered);
  EXPECT_EQ(world.get().status, 403);
  EXPECT_EQ(world.get().body, "go away");

  world.put(EmptyAnswer{});
  EXPECT_EQ(world.get().outcome, Outcome::empty_answer);
  EXPECT_EQ(world.get().status, 0);

  world.put(Slow{});
  EXPECT_EQ(world.get().outcome, Outcome::timed_out);

  world.put(File{""});
  EXPECT_EQ(world.get().outcome, Outcome::answered);
  EXPECT_EQ(world.get().status, 200);
}

TEST(WebTest, ServesTheFirstSiteToANameThatNoSiteHas) {
  World world;
  world.put(File{"first site"});
  ASSERT_TRUE(world.server.site("b.example.jp").put(kPath, File{"b"}, kMorning));
  ASSERT_TRUE(world.dns.set("c.example.jp", dns::Type::cname, {"www.example.jp"}, kMorning));
  const std::string path(kPath);

  EXPECT_EQ(world.web.fetch("http://c.example.jp" + path, kMorning).body, "first site");
  EXPECT_EQ(world.web.fetch("http://192.0.2.1" + path, kMorning).body, "first site");
}

TEST(WebTest, FollowsTenRedirectsAndNotAnEleventh) {
  World ten, eleven;
  ten.put_redirects(10);
  eleven.put_redirects(11);

  EXPECT_EQ(ten.get().outcome, Outcome::answered);
  EXPECT_EQ(ten.get().body, "end");
  EXPECT_EQ(ten.get().steps, 10u);
  EXPECT_EQ(ten.get().visited.size(), 11u);
  EXPECT_EQ(eleven.get().outcome, Outcome::too_many_redirects);
  EXPECT_EQ(eleven.get().steps, 10u);
  EXPECT_EQ(eleven.get().body, "");
  EXPECT_EQ(eleven.get({.redirects_max = 11}).body, "end");
  EXPECT_EQ(ten.get({.redirects_max = 0}).outcome, Outcome::too_many_redirects);
}

TEST(WebTest, EndsInACircleOfRedirects) {
  World world;
  world.put(Redirect{std::string(kToken), 307});

  EXPECT_EQ(world.get().outcome, Outcome::too_many_redirects);
}

TEST(WebTest, FollowsToAnotherHostAndNamesWhereItWas) {
  World world;
  world.put(Redirect{"http://cdn.example.net/t", 301});
  ASSERT_TRUE(world.dns.set("cdn.example.net", dns::Type::a, {"192.0.2.7"}, kMorning));
  ASSERT_TRUE(world.web.server("192.0.2.7").site("cdn.example.net").put("/t", File{"x"}, kMorning));

  const Fetched got = world.get();

  EXPECT_EQ(got.body, "x");
  EXPECT_EQ(got.visited,
            (std::vector<std::string>{std::string(kToken), "http://cdn.example.net/t"}));
  EXPECT_EQ(got.address, "192.0.2.7");
}

TEST(WebTest, TellsAFailureBehindARedirectFromOneBefore) {
  World world;
  world.put(Redirect{"http://gone.example.net/t"});

  const Fetched got = world.get();

  EXPECT_EQ(got.outcome, Outcome::dns_failure);
  EXPECT_EQ(got.lookup, dns::Status::nxdomain);
  EXPECT_EQ(got.steps, 1u);
  EXPECT_EQ(got.visited.size(), 2u);
}

TEST(WebTest, RefusesRedirectsThatThePolicyDoesNotAllow) {
  struct Case {
    Redirect redirect;
    Outcome outcome;
  };
  const std::vector<Case> cases = {
      {{"https://www.example.jp/"}, Outcome::redirect_to_https_refused},
      {{"http://www.example.jp:8080/"}, Outcome::bad_redirect},
      {{"ftp://www.example.jp/"}, Outcome::bad_redirect},
      {{"http://"}, Outcome::bad_redirect},
      {{""}, Outcome::bad_redirect},
      {{"/other", 303}, Outcome::bad_redirect}};
  for (const Case& c : cases) {
    World world;
    world.put(c.redirect);
    const Fetched got = world.get({.follow_to_https = false});
    EXPECT_EQ(got.outcome, c.outcome) << c.redirect.location;
    EXPECT_EQ(got.steps, 0u);
    EXPECT_EQ(got.status, c.redirect.status);
    EXPECT_EQ(got.location, c.redirect.location);
  }
}

TEST(WebTest, FindsNobodyAtHttpsWithoutACertificate) {
  World world;
  world.put(Redirect{"https://www.example.jp/t"});

  EXPECT_EQ(world.get().outcome, Outcome::no_connection);
  EXPECT_EQ(world.get().steps, 1u);
}

TEST(WebTest, FailsAtHttpsWhereTlsIsBroken) {
  World world;
  world.put(Redirect{"https://www.example.jp/t"});
  world.server.set_connections(Connections::broken_tls, kMorning);
  Server& other = world.web.server("192.0.2.2");
  other.set_connections(Connections::broken_tls, kMorning);
  ASSERT_TRUE(world.dns.set("www.example.jp", dns::Type::a, {"192.0.2.1", "192.0.2.2"}, kMorning));

  const Fetched got = world.get();

  EXPECT_EQ(got.outcome, Outcome::tls_failure);
  EXPECT_EQ(got.steps, 1u);
  EXPECT_EQ(got.address, "192.0.2.1") << "who accepts the connection is not passed over";
  EXPECT_EQ(world.get({.follow_to_https = false}).outcome, Outcome::redirect_to_https_refused);
}

TEST(WebTest, BeginsWithPlainHttpUnlessThePolicySaysOtherwise) {
  World world;

  EXPECT_EQ(world.web.fetch("https://www.example.jp/", kMorning).outcome, Outcome::bad_uri);
  EXPECT_EQ(world.web.fetch("https://www.example.jp/", kMorning, {.first_is_http = false}).outcome,
            Outcome::no_connection);
  EXPECT_EQ(world.web.fetch("http://www.example.jp:8080/", kMorning).outcome, Outcome::bad_uri);
  EXPECT_EQ(world.web.fetch("no uri", kMorning).outcome, Outcome::bad_uri);
  EXPECT_TRUE(world.web.fetch("no uri", kMorning).visited.empty());
}

TEST(WebTest, PlaysAFaultWithTheFirstRequestOnly) {
  struct Case {
    Faults faults;
    Outcome outcome;
    int status;
  };
  const std::vector<Case> cases = {{{Fault::refused}, Outcome::no_connection, 0},
                                   {{Fault::slow}, Outcome::timed_out, 0},
                                   {{Fault::empty}, Outcome::empty_answer, 0},
                                   {{Fault::error}, Outcome::answered, 503},
                                   {{{}, dns::Status::servfail}, Outcome::dns_failure, 0}};
  World world;
  world.put(Redirect{"/1"});
  ASSERT_TRUE(world.site.put("/1", File{"end"}, kMorning));
  for (const Case& c : cases) {
    const Fetched got = world.web.fetch(kToken, kMorning, {}, c.faults);
    EXPECT_EQ(got.outcome, c.outcome) << to_text(c.outcome);
    EXPECT_EQ(got.status, c.status);
    EXPECT_EQ(got.visited.size(), 1u);
  }
  EXPECT_EQ(world.get().body, "end");
}

TEST(WebDeathTest, StopsAtAnAddressThatIsNone) {
  World world;
  EXPECT_DEATH((void)world.web.server("www.example.jp"), "IPv4 or IPv6 address");
  EXPECT_DEATH((void)world.server.site("no name"), "the name of a host");
}

}  // namespace
}  // namespace shinsa::fakes::web
