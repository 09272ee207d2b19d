#include "fakes/web/tls.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fakes/ca/authority.hpp"
#include "fakes/ca/csr.hpp"
#include "fakes/ca/key_pool.hpp"

namespace shinsa::fakes::web {
namespace {

Instant at(std::string_view text) { return parse_instant(text).value(); }

const Instant kBegins = at("2026-11-24T10:00:00+09:00");
const Instant kEnds = at("2027-04-30T23:59:59+09:00");
const std::string kSerial = "3c0ffee0123456789abcdef012345678";

const ca::Authority& authority() {
  static const ca::Authority one;
  return one;
}

std::string key_of(const std::string& name) { return ca::KeyPool::find(name)->pem(); }

std::string certificate_for(const std::string& name, const std::string& key = "rsa-2048-a") {
  const auto issued = authority().issue(
      {.csr_pem = ca::make_csr({.key_name = key, .common_name = name}).value(),
       .common_name = name,
       .sans = {"example.jp"},
       .product = name.starts_with("*.") ? ca::Product::dv_wildcard : ca::Product::dv,
       .not_before = kBegins,
       .not_after = kEnds,
       .serial = kSerial});
  EXPECT_TRUE(issued) << issued.error().text();
  return issued ? issued->pem : std::string();
}

Served serving(const std::string& name, const std::string& key = "rsa-2048-a") {
  return {{name, {certificate_for(name, key) + authority().chain_pem(), key_of(key)}}};
}

Trust our_root() { return {authority().root_pem()}; }

Handshake seen(const Served& served, const std::string& name, Instant when = kBegins,
               const Trust& trust = our_root()) {
  const auto handshake = shake_hands(served, name, trust, when);
  EXPECT_TRUE(handshake) << handshake.error().text();
  return handshake.value_or(Handshake{});
}

std::string crl(const std::vector<ca::Revocation>& revoked, Instant from, Instant to) {
  return authority().sign_crl({revoked, from, to, 1}).value().pem;
}

TEST(TlsTest, ShowsTheCertificateThatIsServed) {
  const Served served = serving("www.example.jp");

  const Handshake handshake = seen(served, "www.example.jp");

  EXPECT_EQ(handshake.verification, Verification::trusted);
  EXPECT_EQ(handshake.problems, std::vector<std::string>());
  ASSERT_TRUE(handshake.leaf);
  EXPECT_EQ(handshake.leaf->pem + authority().chain_pem(), served[0].second.chain_pem);
  EXPECT_EQ(handshake.leaf->serial, kSerial);
  EXPECT_EQ(handshake.leaf->not_before, kBegins);
  EXPECT_EQ(handshake.leaf->not_after, kEnds);
  EXPECT_EQ(handshake.leaf->subject, "CN=www.example.jp");
  EXPECT_EQ(handshake.leaf->sans, (std::vector<std::string>{"www.example.jp", "example.jp"}));
  EXPECT_EQ(handshake.leaf->key_sha256, ca::KeyPool::find("rsa-2048-a")->sha256());
  ASSERT_EQ(handshake.chain.size(), 1u);
  EXPECT_EQ(handshake.chain[0].pem, authority().chain_pem());
  EXPECT_EQ(handshake.chain[0].subject, handshake.leaf->issuer);
}

TEST(TlsTest, VerifiesAtTheInstantItIsToldToTheSecond) {
  const Served served = serving("www.example.jp");

  EXPECT_EQ(seen(served, "www.example.jp", kBegins - seconds(1)).verification,
            Verification::not_yet_valid);
  EXPECT_EQ(seen(served, "www.example.jp", kBegins).verification, Verification::trusted);
  EXPECT_EQ(seen(served, "www.example.jp", kEnds).verification, Verification::trusted);
  EXPECT_EQ(seen(served, "www.example.jp", kEnds + seconds(1)).verification, Verification::expired);
}

TEST(TlsTest, ComparesTheNameWithTheNamesInTheCertificate) {
  const Served plain = serving("www.example.jp");
  const Served wildcard = serving("*.example.jp");

  EXPECT_EQ(seen(plain, "example.jp").verification, Verification::trusted);
  EXPECT_EQ(seen(plain, "shop.example.jp").verification, Verification::name_mismatch);
  EXPECT_EQ(seen(wildcard, "shop.example.jp").verification, Verification::trusted);
  EXPECT_EQ(seen(wildcard, "a.shop.example.jp").verification, Verification::name_mismatch);
}

TEST(TlsTest, ChoosesTheSiteByTheNameThatIsAskedFor) {
  Served served = serving("www.example.jp");
  served.push_back(serving("shop.example.jp", "p256-a")[0]);

  EXPECT_EQ(seen(served, "shop.example.jp").leaf->subject, "CN=shop.example.jp");
  EXPECT_EQ(seen(served, "www.example.jp").leaf->subject, "CN=www.example.jp");
  EXPECT_EQ(seen(served, "other.example.jp").leaf->subject, "CN=www.example.jp")
      << "the first site answers for names that none has";
}

TEST(TlsTest, ShakesHandsWithEveryKindOfKeyThatTheCaCertifies) {
  for (const char* key : {"rsa-2048-a", "rsa-4096-a", "p256-a", "p384-a", "p521-a"})
    EXPECT_EQ(seen(serving("www.example.jp", key), "www.example.jp").verification,
              Verification::trusted)
        << key;
}

TEST(TlsTest, DoesNotTrustWithoutAPathToTheRoot) {
  const Served without_issuer = {
      {"www.example.jp", {certificate_for("www.example.jp"), key_of("rsa-2048-a")}}};
  const Trust issuer_alone{authority().chain_pem()};

  const Handshake handshake = seen(without_issuer, "www.example.jp");

  EXPECT_EQ(handshake.verification, Verification::untrusted);
  EXPECT_TRUE(handshake.leaf);
  EXPECT_TRUE(handshake.chain.empty());
  EXPECT_EQ(seen(serving("www.example.jp"), "www.example.jp", kBegins, issuer_alone).verification,
            Verification::untrusted)
      << "what is trusted is no root";
}

TEST(TlsTest, NamesEverythingThatIsWrongAndRanksIt) {
  const Handshake handshake = seen(serving("www.example.jp"), "x.jp", kEnds + days(1));

  EXPECT_EQ(handshake.verification, Verification::name_mismatch);
  EXPECT_EQ(handshake.problems,
            (std::vector<std::string>{"hostname mismatch", "certificate has expired"}));
}

TEST(TlsTest, LooksIntoARevocationListIfItIsGiven) {
  const Served served = serving("www.example.jp");
  const Instant later = kBegins + days(10);
  const std::string revoked =
      crl({{kSerial, kBegins + days(9), ca::Reason::superseded}}, later, later + days(7));
  const std::string other = crl({{"01", kBegins, ca::Reason::superseded}}, later, later + days(7));
  const auto with = [&](const std::string& list, Instant when) {
    return seen(served, "www.example.jp", when, {authority().root_pem(), list}).verification;
  };

  EXPECT_EQ(with(revoked, later), Verification::revoked);
  EXPECT_EQ(with(other, later), Verification::trusted);
  EXPECT_EQ(with(other, later - days(1)), Verification::revocation_unknown) << "not yet made";
  EXPECT_EQ(with(other, later + days(8)), Verification::revocation_unknown) << "outdated";
  EXPECT_EQ(seen(served, "www.example.jp", later).verification, Verification::trusted)
      << "a client without a list knows nothing";
}

TEST(TlsTest, SeesNoCertificateWhereNoneIsServed) {
  const Handshake handshake = seen({}, "www.example.jp");

  EXPECT_EQ(handshake.verification, Verification::no_certificate);
  EXPECT_FALSE(handshake.leaf);
}

TEST(TlsTest, TellsWhatItCannotRead) {
  const Served served = serving("www.example.jp");

  EXPECT_NE(shake_hands(served, "www.example.jp", {"no root"}, kBegins)
                .error()
                .what.find("the trusted root cannot be read"),
            std::string::npos);
  EXPECT_NE(shake_hands(served, "www.example.jp", {authority().root_pem(), "no list"}, kBegins)
                .error()
                .what.find("the revocation list cannot be read"),
            std::string::npos);
}

TEST(TlsTest, ChecksWhetherAServerCouldStartWithAPair) {
  struct Case {
    KeyPair pair;
    std::string what;
  };
  const std::string certificate = certificate_for("www.example.jp");
  const std::vector<Case> cases = {
      {{"", key_of("rsa-2048-a")}, "the certificate cannot be used"},
      {{"no certificate", key_of("rsa-2048-a")}, "the certificate cannot be used"},
      {{certificate, ""}, "the key cannot be read"},
      {{certificate, key_of("rsa-2048-b")}, "the key does not belong to the certificate"},
      {{certificate, key_of("p256-a")}, "the key does not belong to the certificate"}};

  EXPECT_TRUE(check({certificate, key_of("rsa-2048-a")}));
  for (const Case& c : cases) {
    const auto usable = check(c.pair);
    ASSERT_FALSE(usable) << c.what;
    EXPECT_TRUE(usable.error().what.starts_with(c.what)) << usable.error().what;
  }
}

TEST(TlsTest, GivesTheSameEachTime) {
  const Served served = serving("www.example.jp");

  const Handshake once = seen(served, "www.example.jp");
  const Handshake again = seen(served, "www.example.jp");

  EXPECT_EQ(once.leaf->pem, again.leaf->pem);
  EXPECT_EQ(once.problems, again.problems);
  EXPECT_EQ(once.chain.size(), again.chain.size());
}

}  // namespace
}  // namespace shinsa::fakes::web
