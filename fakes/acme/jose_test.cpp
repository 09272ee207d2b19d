#include "fakes/acme/jose.hpp"

#include <gtest/gtest.h>

#include "fakes/acme/base64url.hpp"
#include "fakes/acme/signer.hpp"
#include "fakes/ca/key_pool.hpp"

namespace shinsa::fakes::acme {
namespace {

// RFC 7638 section 3.1.
constexpr std::string_view kRsaOfTheRfc =
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_"
    "BJECPebW"
    "KRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_"
    "FDW2QvzqY368QQM"
    "icAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-"
    "bFTWhAI4vMQFh6WeZu0fM4lFd2NcR"
    "wr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

Signer signer(std::string_view name) {
  const auto key = ca::KeyPool::find(name);
  auto signer = Signer::from_pem(key->pem());
  EXPECT_TRUE(signer) << name;
  return *signer;
}

std::string header_of(const Signer& who, std::string_view more = {}) {
  return R"({"alg":")" + who.algorithm() + "\"" + std::string(more) + "}";
}

/// What check refuses the text; nothing where it is a JWS.
std::optional<Check> fault_of(std::string_view text) {
  const auto jws = parse_jws(text);
  if (jws) return std::nullopt;
  EXPECT_FALSE(jws.error().says.empty());
  return jws.error().check;
}

TEST(Base64urlTest, WritesWhatItReads) {
  for (const std::string_view bytes : {"", "f", "fo", "foo", "foob", "\xff\xfe\xfd", "\x00\x01"}) {
    const std::string text = to_base64url(bytes);
    EXPECT_EQ(from_base64url(text), bytes);
  }
  EXPECT_EQ(to_base64url("\xff\xef\xbe"), "_---");
}

TEST(Base64urlTest, RefusesEveryOtherSpelling) {
  for (const std::string_view text :
       {"Zg==", "Zg=", "Z", "Zm9vY", "Zm 9", "+/+/", "Zh", "Zm9", "Zg\n", "\xe3\x81\x82"})
    EXPECT_EQ(from_base64url(text), std::nullopt) << text;
}

TEST(JoseTest, TakesAFlattenedJwsApart) {
  const Signer who = signer("p256-a");
  const std::string text = who.jws(
      header_of(who, R"(,"nonce":"bm9uY2U","url":"https://a/b","kid":"https://a/1")"), "{}");

  const auto jws = parse_jws(text);

  ASSERT_TRUE(jws);
  EXPECT_EQ(jws->algorithm, "ES256");
  EXPECT_EQ(jws->nonce, "bm9uY2U");
  EXPECT_EQ(jws->url, "https://a/b");
  EXPECT_EQ(jws->kid, "https://a/1");
  EXPECT_EQ(jws->jwk, std::nullopt);
  EXPECT_EQ(jws->payload, "{}");
}

TEST(JoseTest, RefusesWhatIsNoFlattenedJws) {
  const auto jws = [](std::string_view header) { return flattened(header, "{}", "s"); };
  const struct {
    std::string text;
    Check check;
  } kCases[] = {
      {"", Check::json},
      {"[]", Check::json},
      {"eyJhbGciOiJFUzI1NiJ9.e30.c2ln", Check::json},
      {R"({"protected":"e30","payload":"e30"})", Check::shape},
      {R"({"protected":"e30","payload":1,"signature":"c2ln"})", Check::shape},
      {R"({"protected":"e30","payload":"e30","signature":"c2ln","header":{}})", Check::shape},
      {R"({"payload":"e30","signatures":[{"protected":"e30","signature":"c2ln"}]})", Check::shape},
      {R"({"protected":"e30=","payload":"e30","signature":"c2ln"})", Check::base64},
      {R"({"protected":"e30","payload":"e30=","signature":"c2ln"})", Check::base64},
      {R"({"protected":"e30","payload":"e30","signature":"c2ln+"})", Check::base64},
      {jws("no JSON"), Check::json},
      {jws("[]"), Check::json},
      {jws("{}"), Check::header},
      {jws(R"({"alg":1})"), Check::header},
      {jws(R"({"alg":"ES256","nonce":1})"), Check::header},
      {jws(R"({"alg":"ES256","url":[]})"), Check::header},
      {jws(R"({"alg":"ES256","kid":{}})"), Check::header},
      {jws(R"({"alg":"ES256","crit":["exp"]})"), Check::critical},
      {jws(R"({"alg":"ES256","b64":false})"), Check::critical},
  };

  for (const auto& one : kCases) EXPECT_EQ(fault_of(one.text), one.check) << one.text;
}

TEST(JoseTest, VerifiesEachAlgorithmAndNothingThatWasChanged) {
  for (const char* name :
       {"p256-a", "p384-a", "p521-a", "ed25519-a", "rsa-2048-a", "rsa-3072-a", "rsa-4096-a"}) {
    const Signer who = signer(name);
    const auto key = PublicKey::read(who.jwk());
    ASSERT_TRUE(key) << name << ": " << key.error().says;
    EXPECT_EQ(key->algorithm(), who.algorithm());
    EXPECT_EQ(key->thumbprint(), who.thumbprint());
    EXPECT_EQ(key->spki_sha256(), ca::KeyPool::find(name)->sha256());
    auto jws = *parse_jws(who.jws(header_of(who), R"({"a":1})"));
    EXPECT_TRUE(verify(jws, *key)) << name;

    Jws changed = jws;
    changed.signed_text.back() ^= 1;
    EXPECT_EQ(verify(changed, *key).error().check, Check::signature) << name;
    changed = jws;
    changed.signature.front() ^= 1;
    EXPECT_EQ(verify(changed, *key).error().check, Check::signature) << name;
    changed = jws;
    changed.signature.pop_back();
    EXPECT_EQ(verify(changed, *key).error().check, Check::signature) << name;
    changed = jws;
    changed.signature.clear();
    EXPECT_EQ(verify(changed, *key).error().check, Check::signature) << name;
  }
}

TEST(JoseTest, TakesManySignaturesOfOneKey) {
  // Numbers in a signature that begin with zeros or a high bit are written otherwise in DER.
  const Signer who = signer("p256-a");
  const auto key = *PublicKey::read(who.jwk());
  for (int i = 0; i < 600; ++i) {
    const auto jws = *parse_jws(who.jws(header_of(who), std::to_string(i)));
    ASSERT_TRUE(verify(jws, key)) << i;
  }
}

TEST(JoseTest, RefusesAnotherKeyAndAnotherAlgorithm) {
  const Signer who = signer("p256-a"), other = signer("p256-b"), wider = signer("p384-a");
  const auto jws = *parse_jws(who.jws(header_of(who), "{}"));

  EXPECT_EQ(verify(jws, *PublicKey::read(other.jwk())).error().check, Check::signature);
  EXPECT_EQ(verify(jws, *PublicKey::read(wider.jwk())).error().check, Check::algorithm);
  for (const char* algorithm : {"none", "HS256", "RS512", "PS256", "es256", ""}) {
    const auto named = *parse_jws(who.jws(std::string(R"({"alg":")") + algorithm + "\"}", "{}"));
    EXPECT_EQ(verify(named, *PublicKey::read(who.jwk())).error().check, Check::algorithm)
        << algorithm;
    EXPECT_FALSE(is_signature_algorithm(algorithm));
  }
}

TEST(JoseTest, RefusesKeysThatNoAccountMayHave) {
  const std::string x32(43, 'A'), point = signer("p256-a").jwk();
  const std::string weak = signer("rsa-1024-weak").jwk(),
                    short_by_one = signer("rsa-2047-weak").jwk();
  std::string even(kRsaOfTheRfc);
  even.back() = 'A';
  std::string off_the_curve = point;
  off_the_curve[off_the_curve.find("\"y\":\"") + 6] ^= 1;
  const std::string kCases[] = {
      "[]",
      "1",
      "{}",
      R"({"kty":"oct","k":"AAAA"})",
      R"({"kty":"EC","crv":"P-192","x":"AAAA","y":"AAAA"})",
      R"({"kty":"EC","crv":"secp256k1","x":")" + x32 + R"(","y":")" + x32 + "\"}",
      R"({"kty":"EC","crv":"P-256","x":")" + x32 + R"(","y":")" + x32 + "\"}",
      R"({"kty":"EC","crv":"P-256","x":"AA","y":"AA"})",
      R"({"kty":"EC","crv":"P-256","x":1,"y":2})",
      off_the_curve,
      point.substr(0, point.size() - 1) + R"(,"d":"AAAA"})",
      R"({"kty":"OKP","crv":"Ed448","x":")" + x32 + "\"}",
      R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})",
      R"({"kty":"RSA","e":"AQAB"})",
      R"({"kty":"RSA","e":"AQAB","n":""})",
      R"({"kty":"RSA","e":"AQAB","n":")" + std::string(kRsaOfTheRfc) + "==\"}",
      R"({"kty":"RSA","e":"AQ","n":")" + std::string(kRsaOfTheRfc) + "\"}",
      R"({"kty":"RSA","e":"AAEAAQ","n":")" + std::string(kRsaOfTheRfc) + "\"}",
      R"({"kty":"RSA","e":"AQAC","n":")" + std::string(kRsaOfTheRfc) + "\"}",
      R"({"kty":"RSA","e":"AQAB","n":")" + even + "\"}",
      R"({"kty":"RSA","e":"AQAB","n":")" + std::string(4096, '_') + "\"}",
      weak,
      short_by_one,
  };

  for (const std::string& jwk : kCases) {
    const auto key = PublicKey::read(jwk);
    ASSERT_FALSE(key) << jwk;
    EXPECT_EQ(key.error().check, Check::key) << jwk;
  }
}

TEST(JoseTest, GivesTheThumbprintsOfTheStandards) {
  const auto rsa =
      PublicKey::read(R"({"kty":"RSA","alg":"RS256","kid":"2011-04-29","e":"AQAB","n":")" +
                      std::string(kRsaOfTheRfc) + "\"}");
  // RFC 8037 appendix A.3.
  const auto ed25519 = PublicKey::read(
      R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");

  ASSERT_TRUE(rsa);
  EXPECT_EQ(rsa->thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  ASSERT_TRUE(ed25519);
  EXPECT_EQ(ed25519->thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

TEST(JoseTest, VerifiesTheSignatureOfTheStandard) {
  // RFC 7515 appendix A.3: ES256, written by somebody else.
  const auto key = PublicKey::read(
      R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
      R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})");
  const auto jws = parse_jws(
      R"({"protected":"eyJhbGciOiJFUzI1NiJ9","payload":"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzOD)"
      R"(AsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ","signature":"DtEhU3ljbEg8L38VWAfUAq)"
      R"(OyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"})");

  ASSERT_TRUE(key);
  ASSERT_TRUE(jws);
  EXPECT_TRUE(verify(*jws, *key));
}

TEST(JoseTest, VerifiesAMac) {
  const std::string key(32, 'k');
  for (const std::string algorithm : {"HS256", "HS384", "HS512"}) {
    const auto jws =
        *parse_jws(mac_jws(algorithm, key, R"({"alg":")" + algorithm + "\"}", R"({"kty":"EC"})"));
    EXPECT_TRUE(verify_mac(jws, key));
    EXPECT_EQ(verify_mac(jws, key + "k").error().check, Check::signature);
    Jws changed = jws;
    changed.signature.back() ^= 1;
    EXPECT_EQ(verify_mac(changed, key).error().check, Check::signature);
    changed = jws;
    changed.signature.pop_back();
    EXPECT_EQ(verify_mac(changed, key).error().check, Check::signature);
  }
  for (const std::string algorithm : {"ES256", "none", "HS1"}) {
    const auto jws = *parse_jws(mac_jws(algorithm, key, R"({"alg":")" + algorithm + "\"}", "{}"));
    EXPECT_EQ(verify_mac(jws, key).error().check, Check::algorithm) << algorithm;
  }
}

}  // namespace
}  // namespace shinsa::fakes::acme
