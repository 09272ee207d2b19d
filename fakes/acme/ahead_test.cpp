// A signature that was verified ahead of the server is one that the server need not verify, and
// nothing more.
#include "fakes/acme/ahead.hpp"

#include <gtest/gtest.h>

#include "fakes/acme/trial.hpp"

namespace shinsa::fakes::acme {
namespace {

constexpr std::size_t kBodyMax = 64 * 1024;

/// A trial whose requests are looked at ahead, with a client that has an account.
struct Registered {
  std::shared_ptr<Keyring> keys = std::make_shared<Keyring>();
  Trial trial{{.server = {.keyring = keys}}};
  Client client{trial, "p256-a"};
  Registered() { EXPECT_EQ(outcome(client.register_account()), "201"); }
  std::string target() const { return target_of(client.account()); }
  std::shared_ptr<const Ahead> look(const wire::HttpRequest& request) const {
    return look_ahead(request, *keys, kBodyMax);
  }
};

std::string key_of(const Client& client) {
  return PublicKey::read(client.signer().jwk())->spki_sha256();
}

TEST(AheadTest, VerifiesWithTheKeyThatAnAccountUsedBefore) {
  Registered at;
  EXPECT_EQ(at.look(at.client.signed_request(at.target(), ""))->verified_by, "");

  EXPECT_EQ(outcome(at.client.post(at.target(), "")), "200");

  EXPECT_EQ(at.look(at.client.signed_request(at.target(), ""))->verified_by, key_of(at.client));
  EXPECT_EQ(outcome(at.client.post(at.target(), "")), "200");
}

TEST(AheadTest, TakesNoSignatureOfSomebodyElse) {
  Registered at;
  Client thief(at.trial, "p256-b");
  at.client.post(at.target(), "");
  thief.use_account(at.client.account());

  const auto request = thief.signed_request(at.target(), "");

  EXPECT_EQ(at.look(request)->verified_by, "");
  EXPECT_EQ(outcome(at.trial.ask(request)), "400 malformed");
}

// The keyring still has the old key then, and the old key still verifies.
TEST(AheadTest, AKeyThatWasGivenUpOpensNothing) {
  Registered at;
  Client old(at.trial, "p256-a");
  old.use_account(at.client.account());
  at.client.post(at.target(), "");
  const Signer fresh = *Signer::from_pem(ca::KeyPool::find("p256-b")->pem());
  const std::string url = std::string(kTrialBase) + "/acme/key-change";
  const std::string inner = fresh.jws(
      R"({"alg":"ES256","jwk":)" + fresh.jwk() + R"(,"url":")" + url + "\"}",
      R"({"account":")" + at.client.account() + R"(","oldKey":)" + old.signer().jwk() + "}");
  ASSERT_EQ(outcome(at.client.post("/acme/key-change", inner)), "200");

  const auto request = old.signed_request(at.target(), "");

  EXPECT_EQ(at.look(request)->verified_by, key_of(old));
  EXPECT_EQ(outcome(at.trial.ask(request)), "400 malformed");
  at.client.use(fresh);
  EXPECT_EQ(outcome(at.client.post(at.target(), "")), "200");
  EXPECT_EQ(at.look(at.client.signed_request(at.target(), ""))->verified_by, key_of(at.client));
}

TEST(AheadTest, SaysWhatIsWrongWithABodyAsTheServerDoes) {
  Registered at;
  const auto request = at.client.request(at.target(), "{}");

  EXPECT_EQ(at.look(request)->jws.error().check, Check::shape);
  EXPECT_EQ(outcome(at.trial.ask(request)), "400 malformed");
}

TEST(AheadTest, LooksAtNothingButPostsThatAreNotTooLong) {
  Registered at;
  auto request = at.client.signed_request(at.target(), "");
  EXPECT_EQ(look_ahead(request, *at.keys, request.body.size() - 1), nullptr);
  request.method = "GET";
  EXPECT_EQ(at.look(request), nullptr);
}

}  // namespace
}  // namespace shinsa::fakes::acme
