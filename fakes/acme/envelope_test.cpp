// What every request must be (RFC 8555 section 6): one row for each way to get it wrong.
#include "fakes/acme/envelope.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/acme/trial.hpp"

namespace shinsa::fakes::acme {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A trial whose client has an account.
struct Registered {
  Trial trial;
  Client client{trial, "p256-a"};
  Registered() { EXPECT_EQ(outcome(client.register_account()), "201"); }
  std::string target() const { return target_of(client.account()); }
};

wire::HttpRequest without(wire::HttpRequest request, std::string_view header) {
  std::erase_if(request.headers, [&](const auto& one) { return one.first == header; });
  return request;
}

TEST(EnvelopeTest, AsksEachRequestForAUserAgent) {
  Registered at;
  const auto good = at.client.signed_request(at.target(), "");

  EXPECT_EQ(outcome(at.trial.ask(without(good, "User-Agent"))), "400 malformed");
  EXPECT_EQ(
      outcome(at.trial.ask({"GET", "https", "acme.amecert.jprs.jp", "/directory", {}, {}, {}})),
      "400 malformed");
  EXPECT_EQ(outcome(at.trial.ask(good)), "200");
}

TEST(EnvelopeTest, TakesOneMediaType) {
  Registered at;
  for (const char* type : {"application/json", "text/plain", "application/jose", ""}) {
    auto request = without(at.client.signed_request(at.target(), ""), "Content-Type");
    if (*type) request.headers.emplace_back("Content-Type", type);
    EXPECT_EQ(outcome(at.client.send(request)), "415 malformed") << type;
  }
  auto request = without(at.client.signed_request(at.target(), ""), "Content-Type");
  request.headers.emplace_back("content-type", "Application/JOSE+JSON");
  EXPECT_EQ(outcome(at.client.send(request)), "200");
}

TEST(EnvelopeTest, AllowsTheMethodsOfAPlace) {
  Registered at;
  const struct {
    const char *method, *target, *allow;
  } kCases[] = {
      {"GET", "/acme/new-account", "POST"},
      {"GET", "/acme/new-order", "POST"},
      {"PUT", "/acme/new-order", "POST"},
      {"GET", "/acme/order/1", "POST"},
      {"GET", "/acme/cert/01", "POST"},
      {"GET", "/acme/cert/01/1", "POST"},
      {"GET", "/acme/account/1", "POST"},
      {"POST", "/directory", "GET, HEAD"},
      {"POST", "/acme/new-nonce", "GET, HEAD"},
      {"DELETE", "/directory", "GET, HEAD"},
      {"POST", "/acme/renewal-info/a.b", "GET, HEAD"},
  };

  for (const auto& one : kCases) {
    const auto answer = at.trial.get(one.target, one.method);
    EXPECT_EQ(outcome(answer), "405 malformed") << one.method << " " << one.target;
    EXPECT_EQ(header_in(answer, "Allow"), one.allow) << one.target;
  }
  for (const char* target :
       {"/", "/acme", "/acme/order/", "/acme/order/1/2", "/directory/", "/acme/account/1/orders/2"})
    EXPECT_EQ(outcome(at.trial.get(target)), "404 malformed") << target;
}

TEST(EnvelopeTest, LimitsTheSizeOfARequest) {
  Registered at;
  const std::string target = at.target();

  EXPECT_EQ(outcome(at.client.send(at.client.request(target, std::string(64 * 1024 + 1, ' ')))),
            "413 malformed");
  EXPECT_EQ(outcome(at.client.post(target, R"({"x":")" + std::string(30'000, 'x') + "\"}")), "200");
}

TEST(EnvelopeTest, TakesTheFlattenedSerializationAlone) {
  Registered at;
  const std::string target = at.target();
  const auto spoilt = [&](std::string_view from, std::string_view to) {
    auto request = at.client.signed_request(target, "");
    const std::size_t where = request.body.find(from);
    EXPECT_NE(where, std::string::npos);
    request.body.replace(where, from.size(), to);
    return outcome(at.client.send(request));
  };

  EXPECT_EQ(spoilt("{\"protected\"", "{\"header\":{},\"protected\""), "400 malformed");
  EXPECT_EQ(spoilt("{\"protected\"", "{\"signatures\":[],\"protected\""), "400 malformed");
  EXPECT_EQ(spoilt("\"payload\":\"\"", "\"payload\":\"e30=\""), "400 malformed");
  EXPECT_EQ(spoilt("\"payload\":\"\",", ""), "400 malformed");
  EXPECT_EQ(spoilt("\",\"signature\"", "=\",\"signature\""), "400 malformed");
  EXPECT_EQ(spoilt("{\"protected\"", "{\"unknown\":1,\"protected\""), "200");
  const std::string compact = to_base64url(at.client.header(target)) + ".." + "c2ln";
  EXPECT_EQ(outcome(at.client.send(at.client.request(target, compact))), "400 malformed");
  EXPECT_EQ(outcome(at.client.send(at.client.request(target, ""))), "400 malformed");
}

TEST(EnvelopeTest, NamesTheAlgorithmsThatItTakes) {
  Registered at;
  for (const char* algorithm :
       {"none", "HS256", "RS512", "PS256", "ES256K", "ES384", "RS256", "EdDSA"}) {
    Departure other;
    other.header = R"({"alg":")" + std::string(algorithm) + R"(","nonce":")" + at.client.nonce() +
                   R"(","url":")" + at.client.account() + R"(","kid":")" + at.client.account() +
                   "\"}";
    const auto answer = at.client.post(at.target(), "", other);
    EXPECT_EQ(outcome(answer), "400 badSignatureAlgorithm") << algorithm;
    EXPECT_THAT(texts_in(body_of(answer), "algorithms"),
                ElementsAre("ES256", "ES384", "ES512", "RS256", "EdDSA"));
  }
}

TEST(EnvelopeTest, VerifiesTheSignature) {
  Registered at;
  auto request = at.client.signed_request(at.target(), "");
  const std::size_t payload = request.body.find("\"payload\":\"") + 11;
  request.body.insert(payload, "e30");
  Client other(at.trial, "p256-b");
  other.use_account(at.client.account());

  EXPECT_EQ(outcome(at.client.send(request)), "400 malformed");
  EXPECT_EQ(outcome(other.post(at.target(), "")), "400 malformed");
  EXPECT_EQ(outcome(at.client.post(at.target(), "")), "200");
}

TEST(EnvelopeTest, WantsEitherTheAccountOrTheKey) {
  Registered at;
  const std::string jwk = R"(,"jwk":)" + at.client.signer().jwk();
  const std::string order = order_for({"example.jp"});
  Departure both, key, unknown, elsewhere, no_account, of_another_host, of_a_host_as_long;
  both.more = jwk;
  key.with_jwk = true;
  unknown.kid = std::string(kTrialBase) + "/acme/account/77";
  elsewhere.kid = std::string(kTrialBase) + "/acme/order/1";
  no_account.kid = "1";
  of_another_host.kid = "https://example.com/acme/account/1";
  of_a_host_as_long.kid = "https://evil.amecert.jprs.jp/acme/account/1";
  Departure neither;
  neither.header = R"({"alg":"ES256","nonce":")" + at.client.nonce() + R"(","url":")" +
                   std::string(kTrialBase) + R"(/acme/new-order"})";

  EXPECT_EQ(outcome(at.client.post("/acme/new-order", order, both)), "400 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/new-order", order, neither)), "400 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/new-order", order, key)), "400 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/new-order", order, unknown)), "400 accountDoesNotExist");
  EXPECT_EQ(outcome(at.client.post("/acme/new-order", order, elsewhere)), "400 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/new-order", order, no_account)), "400 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/new-order", order, of_another_host)), "400 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/new-order", order, of_a_host_as_long)), "400 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/new-account", "{}")), "400 malformed");  // with a kid
}

TEST(EnvelopeTest, HoldsTheUrlAgainstTheRequest) {
  Registered at;
  Departure none, other, other_host, with_query;
  none.header = R"({"alg":"ES256","nonce":")" + at.client.nonce() + R"(","kid":")" +
                at.client.account() + "\"}";
  other.url = std::string(kTrialBase) + "/acme/new-order";
  other_host.url = "https://example.com" + at.target();
  with_query.url = at.client.account() + "?a";

  EXPECT_EQ(outcome(at.client.post(at.target(), "", none)), "400 malformed");
  EXPECT_EQ(outcome(at.client.post(at.target(), "", other)), "403 unauthorized");
  EXPECT_EQ(outcome(at.client.post(at.target(), "", other_host)), "403 unauthorized");
  EXPECT_EQ(outcome(at.client.post(at.target(), "", with_query)), "403 unauthorized");
  EXPECT_EQ(outcome(at.client.post(at.target() + "?a", "", with_query)), "200");
}

TEST(EnvelopeTest, RefusesExtensionsOfTheHeader) {
  Registered at;
  for (const char* extension :
       {R"(,"crit":["exp"],"exp":1)", R"(,"b64":false)", R"(,"b64":true)"}) {
    Departure more;
    more.more = extension;
    EXPECT_EQ(outcome(at.client.post(at.target(), "", more)), "400 malformed") << extension;
  }
}

TEST(EnvelopeTest, TakesANonceOnce) {
  Registered at;
  Departure used, unknown, no_base64, padded, empty;
  used.nonce = at.client.nonce();
  unknown.nonce = "AAAAAAAAAAAAAAAAAAAAAA";
  no_base64.nonce = "not base64url!";
  padded.nonce = at.client.nonce() + "==";
  Departure none;
  none.header = R"({"alg":"ES256","url":")" + at.client.account() + R"(","kid":")" +
                at.client.account() + "\"}";

  EXPECT_EQ(outcome(at.client.post(at.target(), "", used)), "200");
  EXPECT_EQ(outcome(at.client.post(at.target(), "", used)), "400 badNonce");
  EXPECT_EQ(outcome(at.client.post(at.target(), "", unknown)), "400 badNonce");
  EXPECT_EQ(outcome(at.client.post(at.target(), "", none)), "400 badNonce");
  EXPECT_EQ(outcome(at.client.post(at.target(), "", no_base64)), "400 malformed");
  EXPECT_EQ(outcome(at.client.post(at.target(), "", padded)), "400 malformed");
  const auto refused = at.client.post(at.target(), "", unknown);
  EXPECT_EQ(outcome(at.client.post(at.target(), "")), "200");  // with the nonce of that answer
  EXPECT_NE(header_in(refused, "Replay-Nonce"), "");
}

TEST(EnvelopeTest, ANonceThatWasSeenIsSpentWhateverElseIsWrong) {
  Registered at;
  const std::string nonce = at.client.nonce();
  Departure wrong;
  wrong.nonce = nonce;
  wrong.url = "https://example.com/";
  Departure right;
  right.nonce = nonce;

  EXPECT_EQ(outcome(at.client.post(at.target(), "", wrong)), "403 unauthorized");
  EXPECT_EQ(outcome(at.client.post(at.target(), "", right)), "400 badNonce");
}

TEST(EnvelopeTest, GivesANonceWithEachAnswerToAPost) {
  Registered at;
  auto no_agent = without(at.client.signed_request(at.target(), ""), "User-Agent");
  auto with_nonce = at.client.signed_request(at.target(), "");
  with_nonce.headers.emplace_back("Replay-Nonce", at.client.nonce());

  EXPECT_NE(header_in(at.client.post(at.target(), ""), "Replay-Nonce"), "");
  EXPECT_NE(header_in(at.trial.ask(no_agent), "Replay-Nonce"), "");
  EXPECT_NE(header_in(at.trial.get("/directory", "POST"), "Replay-Nonce"), "");
  EXPECT_NE(header_in(at.trial.get("/nowhere", "POST"), "Replay-Nonce"), "");
  EXPECT_EQ(header_in(at.trial.get("/directory"), "Replay-Nonce"), "");
  EXPECT_EQ(outcome(at.trial.ask(with_nonce)), "400 malformed");  // it is no header of requests
}

TEST(EnvelopeTest, GivesNoncesThatNobodyKeeps) {
  Trial trial;
  for (const auto& [method, status] : {std::pair{"HEAD", 200}, std::pair{"GET", 204}}) {
    const auto answer = trial.get("/acme/new-nonce", method);
    EXPECT_EQ(answer.status, status) << method;
    EXPECT_EQ(header_in(answer, "Cache-Control"), "no-store");
    EXPECT_EQ(from_base64url(header_in(answer, "Replay-Nonce"))->size(), 16u);
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(linked(answer, "index"), std::string(kTrialBase) + "/directory");
  }
}

TEST(EnvelopeTest, WantsAnAcceptableKey) {
  Trial trial;
  for (const char* name : {"rsa-1024-weak", "rsa-2047-weak"}) {
    Client client(trial, name);
    EXPECT_EQ(outcome(client.register_account()), "400 badPublicKey") << name;
  }
  Client client(trial, "p256-a");
  Departure off_the_curve;
  std::string jwk = client.signer().jwk();
  jwk[jwk.find("\"x\":\"") + 5] ^= 1;
  off_the_curve.header = R"({"alg":"ES256","nonce":")" + client.nonce() + R"(","url":")" +
                         std::string(kTrialBase) + R"(/acme/new-account","jwk":)" + jwk + "}";
  EXPECT_EQ(outcome(client.post("/acme/new-account", "{}", off_the_curve)), "400 badPublicKey");
}

TEST(EnvelopeTest, TakesEveryKindOfKey) {
  for (const char* name : {"p256-a", "p384-a", "p521-a", "ed25519-a", "rsa-2048-a", "rsa-4096-a"}) {
    Trial trial;
    Client client(trial, name);
    EXPECT_EQ(outcome(client.register_account()), "201") << name;
    EXPECT_EQ(outcome(client.post(target_of(client.account()), "")), "200") << name;
  }
}

TEST(EnvelopeTest, RefusesAPayloadWhereSomethingIsOnlyRead) {
  Registered at;
  const auto ordered = at.client.post("/acme/new-order", order_for({"example.jp"}));
  const std::string order = target_of(header_in(ordered, "Location"));

  for (const std::string& target : {order, at.target() + "/orders"}) {
    EXPECT_EQ(outcome(at.client.post(target, "{}")), "400 malformed") << target;
    EXPECT_EQ(outcome(at.client.post(target, "")), "200") << target;
  }
  for (const char* target :
       {"/acme/new-order", "/acme/new-authz", "/acme/revoke-cert", "/acme/key-change"}) {
    EXPECT_EQ(outcome(at.client.post(target, "")), "400 malformed") << target;
    EXPECT_EQ(outcome(at.client.post(target, "[]")), "400 malformed") << target;
    EXPECT_EQ(outcome(at.client.post(target, "{")), "400 malformed") << target;
  }
}

TEST(EnvelopeTest, PutsNothingHostileIntoItsAnswers) {
  Registered at;
  for (const char* host : {"", "a b", "evil\"host", "a/b", "\xff", "a@b"}) {
    auto request = at.client.signed_request(at.target(), "");
    request.host = host;
    const auto answer = at.client.send(request);
    EXPECT_EQ(outcome(answer), "400 malformed") << host;
    EXPECT_EQ(linked(answer, "index"), "https://localhost/directory");
  }
  auto request = at.client.signed_request(at.target(), "");
  request.target += "?\xff\xfe";
  EXPECT_EQ(outcome(at.client.send(request)), "403 unauthorized");
  EXPECT_EQ(outcome(at.trial.get("/directory", "G\xff")), "405 malformed");
}

TEST(EnvelopeTest, AnswersEveryChangeOfARequestWithAProblem) {
  Registered at;
  sim::Stream dice(20261127);
  std::size_t refused = 0;
  for (int i = 0; i < 2000; ++i) {
    auto request = at.client.signed_request("/acme/new-order", order_for({"example.com"}));
    request.body[dice.below(request.body.size())] = static_cast<char>(dice.below(256));
    if (dice.chance(0.2)) request.body.resize(dice.below(request.body.size()));
    const auto answer = at.client.send(request);
    ASSERT_GE(answer.status, 400) << request.body;  // no name of it is registered
    ASSERT_LT(answer.status, 500) << request.body;
    ASSERT_EQ(body_of(answer).at("status").as_int64(), answer.status);
    refused += outcome(answer) == "403 rejectedIdentifier ACM-38" ? 0 : 1;
  }
  EXPECT_GT(refused, 1900u);  // few changes change nothing
  EXPECT_EQ(outcome(at.client.post(at.target(), "")), "200");
}

TEST(EnvelopeTest, KeepsAProblemToItsForm) {
  Registered at;
  const auto answer = at.client.post("/acme/new-order", "{}");

  EXPECT_EQ(header_in(answer, "Content-Type"), "application/problem+json");
  const auto problem = body_of(answer);
  EXPECT_EQ(text_in(problem, "type"), "urn:ietf:params:acme:error:malformed");
  EXPECT_EQ(problem.at("status").as_int64(), 400);
  EXPECT_THAT(text_in(problem, "detail"), HasSubstr("identifiers"));
}

}  // namespace
}  // namespace shinsa::fakes::acme
