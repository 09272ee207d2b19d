#include "fakes/web/server.hpp"

#include <gtest/gtest.h>

#include <string>

#include "fakes/ca/authority.hpp"
#include "fakes/ca/csr.hpp"
#include "fakes/ca/key_pool.hpp"
#include "fakes/web/web.hpp"

namespace shinsa::fakes::web {
namespace {

constexpr Instant kMorning{1795136400};  // 2026-11-20T10:00:00+09:00
constexpr const char* kName = "www.example.jp";

std::string key_pem(const std::string& name = "rsa-2048-a") {
  return ca::KeyPool::find(name)->pem();
}

/// A certificate for www.example.jp that begins with the morning and runs for 100 days.
KeyPair pair(const std::string& serial) {
  static const ca::Authority authority;
  const auto issued = authority.issue(
      {.csr_pem = ca::make_csr({.key_name = "rsa-2048-a", .common_name = kName}).value(),
       .common_name = kName,
       .not_before = kMorning,
       .not_after = kMorning + days(100),
       .serial = serial});
  EXPECT_TRUE(issued) << issued.error().text();
  return {issued->pem + authority.chain_pem(), key_pem()};
}

struct World {
  dns::Dns dns;
  Web web{dns};
  Server& server = web.server("192.0.2.1");
  Trust trust{ca::Authority().root_pem()};

  World() { EXPECT_TRUE(dns.set(kName, dns::Type::a, {"192.0.2.1"}, kMorning)); }
  Connected seen(Instant at) const {
    const auto connected = web.handshake(kName, trust, at);
    EXPECT_TRUE(connected) << connected.error().text();
    return connected.value_or(Connected{});
  }
  std::string serial_seen(Instant at) const {
    const Connected connected = seen(at);
    return connected.handshake.leaf ? connected.handshake.leaf->serial : "none";
  }
};

TEST(ServerTest, ServesWhatIsInstalledAfterARestartOnly) {
  World world;
  world.server.install(kName, pair("0a"), kMorning);
  EXPECT_EQ(world.seen(kMorning).failed, Outcome::no_connection);
  EXPECT_EQ(world.seen(kMorning).handshake.verification, Verification::no_certificate);

  ASSERT_TRUE(world.server.restart(kMorning + hours(1)));
  world.server.install(kName, pair("0b"), kMorning + hours(2));

  EXPECT_EQ(world.serial_seen(kMorning + hours(1) - seconds(1)), "none");
  EXPECT_EQ(world.serial_seen(kMorning + hours(1)), "0a");
  EXPECT_EQ(world.seen(kMorning + hours(1)).handshake.verification, Verification::trusted);
  EXPECT_EQ(world.serial_seen(kMorning + hours(2)), "0a") << "installed, but not yet read";

  ASSERT_TRUE(world.server.restart(kMorning + hours(3)));
  EXPECT_EQ(world.serial_seen(kMorning + hours(3)), "0b");
  EXPECT_EQ(world.serial_seen(kMorning + hours(2)), "0a") << "an earlier instant is still answered";
}

TEST(ServerTest, OverwritesWhatWasInstalled) {
  Server server;
  server.install("WWW.example.jp", pair("0a"), kMorning);
  server.install(kName, pair("0b"), kMorning + hours(1));

  EXPECT_EQ(server.installed(kName, kMorning - seconds(1)), nullptr);
  EXPECT_EQ(*server.installed(kName, kMorning), pair("0a"));
  EXPECT_EQ(*server.installed(kName, kMorning + hours(1)), pair("0b"));
  EXPECT_EQ(server.installed("shop.example.jp", kMorning), nullptr);
}

TEST(ServerTest, KeepsTheOldOneInServiceWhenARestartFails) {
  World world;
  world.server.install(kName, pair("0a"), kMorning);
  ASSERT_TRUE(world.server.restart(kMorning));
  world.server.install(kName, pair("0b"), kMorning + hours(1));
  world.server.set_configuration(false, kMorning + hours(1));

  const auto broken = world.server.restart(kMorning + hours(2));

  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().what, "the configuration of the web server has a mistake");
  EXPECT_EQ(world.serial_seen(kMorning + hours(2)), "0a");

  world.server.set_configuration(true, kMorning + hours(3));
  EXPECT_EQ(world.serial_seen(kMorning + hours(3)), "0a") << "repaired, but not restarted";
  ASSERT_TRUE(world.server.restart(kMorning + hours(4)));
  EXPECT_EQ(world.serial_seen(kMorning + hours(4)), "0b");
}

TEST(ServerTest, DoesNotStartWithAKeyOfAnotherCertificate) {
  World world;
  world.server.install(kName, pair("0a"), kMorning);
  ASSERT_TRUE(world.server.restart(kMorning));
  world.server.install(kName, {pair("0b").chain_pem, key_pem("rsa-2048-b")}, kMorning + hours(1));

  const auto started = world.server.restart(kMorning + hours(1));

  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().where, kName);
  EXPECT_TRUE(started.error().what.starts_with("the key does not belong to the certificate"));
  EXPECT_EQ(world.serial_seen(kMorning + hours(1)), "0a");
}

TEST(ServerTest, FailsToRestartWhenAskedTo) {
  World world;
  world.server.install(kName, pair("0a"), kMorning);

  EXPECT_FALSE(world.server.restart(kMorning, true));
  EXPECT_EQ(world.serial_seen(kMorning), "none");
  EXPECT_TRUE(world.server.restart(kMorning));
  EXPECT_EQ(world.serial_seen(kMorning), "0a");
}

TEST(ServerTest, ServesPagesOverHttpsOnceItHasACertificate) {
  World world;
  ASSERT_TRUE(world.server.site(kName).put("/t", File{"text"}, kMorning));
  ASSERT_TRUE(world.server.site(kName).put("/r", Redirect{"https://www.example.jp/t"}, kMorning));
  world.server.install(kName, pair("0a"), kMorning);
  ASSERT_TRUE(world.server.restart(kMorning + hours(1)));

  EXPECT_EQ(world.web.fetch("http://www.example.jp/r", kMorning).outcome, Outcome::no_connection);
  EXPECT_EQ(world.web.fetch("http://www.example.jp/r", kMorning + hours(1)).body, "text");
  EXPECT_EQ(world.web.fetch("http://www.example.jp/r", kMorning + days(365)).body, "text")
      << "a CA does not ask for a valid certificate";
}

TEST(ServerTest, SeesTheCertificateExpireInPlace) {
  World world;
  world.server.install(kName, pair("0a"), kMorning);
  ASSERT_TRUE(world.server.restart(kMorning));

  EXPECT_EQ(world.seen(kMorning + days(100)).handshake.verification, Verification::trusted);
  EXPECT_EQ(world.seen(kMorning + days(100) + seconds(1)).handshake.verification,
            Verification::expired);
}

TEST(ServerTest, TellsWhyThereWasNobodyToShakeHandsWith) {
  World world;
  world.server.install(kName, pair("0a"), kMorning);
  ASSERT_TRUE(world.server.restart(kMorning));
  world.server.set_connections(Connections::slow, kMorning + hours(1));
  ASSERT_TRUE(world.dns.put(kName, dns::Status::servfail, kMorning + hours(2)));

  EXPECT_EQ(world.seen(kMorning).failed, std::nullopt);
  EXPECT_EQ(world.seen(kMorning + hours(1)).failed, Outcome::timed_out);
  EXPECT_EQ(world.seen(kMorning + hours(2)).failed, Outcome::dns_failure);
  EXPECT_EQ(world.seen(kMorning + hours(2)).lookup, dns::Status::servfail);
  EXPECT_FALSE(world.web.handshake("no name", world.trust, kMorning));
  EXPECT_FALSE(world.web.handshake("www.example.jp/x", world.trust, kMorning));
}

}  // namespace
}  // namespace shinsa::fakes::web
