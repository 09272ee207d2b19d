// Authorizations and challenges: who may do what with them when (RFC 8555 sections 7.1.4 to 7.1.6,
// 7.5, 8.2), and what the rules of the system make of proofs (ACM-40 to ACM-53).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/acme/trial.hpp"

namespace shinsa::fakes::acme {
namespace {

using testing::ElementsAre;

/// A client with an order for example.jp that is pending.
struct Ordered {
  Trial trial;
  Client client{trial, "p256-a"};
  boost::json::object authorization;
  explicit Ordered(TrialOptions options = {}, const std::string& name = "example.jp")
      : trial(std::move(options)) {
    client.register_account();
    EXPECT_EQ(outcome(client.post("/acme/new-order", order_for({name}))), "201");
    authorization = body_of(client.post("/acme/authz/1-1", ""));
  }
  void publish_proof(std::string_view type) {
    publish(trial, client.signer(), authorization, type);
  }
  wire::HttpResponse respond(std::string_view type) {
    return client.post(target_of(text_in(challenge_in(authorization, type), "url")), "{}");
  }
  /// Status and error of the challenge of that type, with the clause.
  std::string challenge(std::string_view type) {
    const auto one =
        body_of(client.post(target_of(text_in(challenge_in(authorization, type), "url")), ""));
    std::string text = text_in(one, "status");
    if (const auto* error = one.if_contains("error")) {
      const std::string kind = text_in(error->as_object(), "type");
      text += " " + kind.substr(kind.rfind(':') + 1) + " " +
              text_in(error->as_object(), "shinsa:clause");
    }
    return text;
  }
  std::string status(const char* target) { return text_in(client.post(target, ""), "status"); }
};

TEST(AuthorizationTest, OffersBothMethods) {
  Ordered at;

  EXPECT_EQ(text_in(at.authorization, "status"), "pending");
  EXPECT_EQ(text_in(at.authorization, "expires"), "2026-12-19T01:00:00Z");
  EXPECT_EQ(text_in(at.authorization.at("identifier").as_object(), "value"), "example.jp");
  EXPECT_FALSE(at.authorization.contains("wildcard"));
  ASSERT_EQ(at.authorization.at("challenges").as_array().size(), 2u);
  for (const char* type : {"http-01", "dns-01"}) {
    const auto challenge = challenge_in(at.authorization, type);
    EXPECT_EQ(text_in(challenge, "status"), "pending");
    EXPECT_GE(from_base64url(text_in(challenge, "token") + "AA")->size(), 16u);
  }
}

TEST(AuthorizationTest, OffersNoFileForAWildcard) {
  TrialOptions options;
  options.fqdns = {"*.example.jp"};
  Ordered at(options, "*.example.jp");

  EXPECT_TRUE(at.authorization.at("wildcard").as_bool());
  EXPECT_EQ(text_in(at.authorization.at("identifier").as_object(), "value"), "example.jp");
  ASSERT_EQ(at.authorization.at("challenges").as_array().size(), 1u);
  EXPECT_FALSE(challenge_in(at.authorization, "dns-01").empty());
  EXPECT_EQ(outcome(at.client.post("/acme/challenge/1-1-file", "{}")), "404 malformed");
}

TEST(ChallengeTest, IsAnsweredWithAnEmptyObject) {
  Ordered at;
  for (const char* payload : {R"({"keyAuthorization":"x"})", R"({"type":"http-01"})", "[]", "{"})
    EXPECT_EQ(outcome(at.client.post("/acme/challenge/1-1-file", payload)), "400 malformed")
        << payload;
  EXPECT_EQ(at.challenge("http-01"), "pending");
  EXPECT_THAT(at.trial.seen("challenge.responded"), ElementsAre());
}

TEST(ChallengeTest, LeadsToItsAuthorization) {
  Ordered at;
  const std::string authorization = std::string(kTrialBase) + "/acme/authz/1-1";

  EXPECT_EQ(linked(at.client.post("/acme/challenge/1-1-file", ""), "up"), authorization);
  EXPECT_EQ(linked(at.respond("http-01"), "up"), authorization);
}

TEST(ChallengeTest, IsValidOnceItIsProven) {
  for (const char* type : {"http-01", "dns-01"}) {
    Ordered at;
    at.publish_proof(type);

    EXPECT_EQ(outcome(at.respond(type)), "200");

    EXPECT_EQ(at.challenge(type), "valid");
    EXPECT_EQ(at.status("/acme/order/1"), "ready");
    const auto authorization = body_of(at.client.post("/acme/authz/1-1", ""));
    EXPECT_EQ(text_in(authorization, "status"), "valid");
    ASSERT_EQ(authorization.at("challenges").as_array().size(), 1u);
    EXPECT_EQ(text_in(challenge_in(authorization, type), "validated"), "2026-11-24T01:00:00Z");
    EXPECT_EQ(outcome(at.respond(type)), "400 malformed RFC-15");  // decided once
  }
}

TEST(ChallengeTest, FailsWithTheErrorThatSaysWhy) {
  const auto site = [](const Fields& fields) {
    return [fields](Ordered& at) { at.trial.happen("site.changed", "site/example.jp", fields); };
  };
  const auto txt = [](const Fields& fields) {
    return [fields](Ordered& at) {
      Fields all = fields;
      all.emplace_back("name", "_acme-challenge.example.jp");
      all.emplace_back("type", "TXT");
      at.trial.happen("dns.changed", "zone/example.jp", all);
    };
  };
  const struct {
    std::function<void(Ordered&)> before;
    const char *type, *challenge;
  } kCases[] = {
      {site({{"server", "up"}}), "http-01", "invalid incorrectResponse ACM-40"},
      {site({{"status", "200"}, {"body", "something else"}}), "http-01",
       "invalid incorrectResponse ACM-40"},
      {site({{"server", "refuses"}}), "http-01", "invalid connection RFC-22"},
      {site({{"server", "https-only"}}), "http-01", "invalid connection RFC-22"},
      {site({{"location", "https://example.jp/"}}), "http-01", "invalid connection ACM-46"},
      {site({{"location", "/"}}), "http-01", "invalid connection ACM-47"},
      {[](Ordered&) {}, "http-01", "invalid dns RFC-22"},
      {[](Ordered&) {}, "dns-01", "invalid dns RFC-22"},
      {txt({{"status", "servfail"}}), "dns-01", "invalid dns RFC-22"},
      {txt({{"values", "other"}}), "dns-01", "invalid incorrectResponse ACM-48"},
      {txt({{"values", "one two"}}), "dns-01", "invalid incorrectResponse ACM-48"},
  };

  for (const auto& one : kCases) {
    Ordered at;
    one.before(at);
    EXPECT_EQ(outcome(at.respond(one.type)), "200");
    EXPECT_EQ(at.challenge(one.type), one.challenge);
    EXPECT_EQ(at.status("/acme/authz/1-1"), "invalid");
    const auto order = body_of(at.client.post("/acme/order/1", ""));
    EXPECT_EQ(text_in(order, "status"), "invalid");
    EXPECT_EQ(text_in(order.at("error").as_object(), "type"),
              "urn:ietf:params:acme:error:" +
                  std::string(one.challenge).substr(8, std::string(one.challenge).rfind(' ') - 8));
    EXPECT_EQ(outcome(at.client.post("/acme/order/1/finalize", csr_for({"example.jp"}))),
              "403 orderNotReady RFC-17");
  }
}

TEST(ChallengeTest, FailsWithTlsWhereARedirectLeadsToABrokenHandshake) {
  TrialOptions options;
  options.readings = {{"ACM-Q5", "followed"}};
  Ordered at(options);
  at.trial.happen("site.changed", "site/www.example.jp", {{"server", "tls-fails"}});
  at.trial.happen("site.changed", "site/example.jp", {{"location", "https://www.example.jp"}});

  at.respond("http-01");

  EXPECT_EQ(at.challenge("http-01"), "invalid tls RFC-22");
  const auto order = body_of(at.client.post("/acme/order/1", ""));
  EXPECT_EQ(text_in(order.at("error").as_object(), "type"), "urn:ietf:params:acme:error:tls");
}

TEST(ChallengeTest, TakesOneOfSeveralRecords) {
  Ordered at;
  const std::string token = text_in(challenge_in(at.authorization, "dns-01"), "token");
  at.trial.happen(
      "dns.changed", "zone/example.jp",
      {{"name", "_acme-challenge.example.jp"},
       {"type", "TXT"},
       {"values", "other " + digest_base64url(token + "." + at.client.signer().thumbprint())}});

  at.respond("dns-01");

  EXPECT_EQ(at.challenge("dns-01"), "valid");
}

TEST(ChallengeTest, IsProcessingUntilTheAnswerOfTheWorldIsThere) {
  Ordered at;
  at.trial.happen("site.changed", "site/example.jp", {{"server", "slow"}});

  const auto answer = at.respond("http-01");

  EXPECT_EQ(text_in(answer, "status"), "processing");
  EXPECT_EQ(header_in(answer, "Retry-After"), "3");
  EXPECT_EQ(header_in(at.client.post("/acme/authz/1-1", ""), "Retry-After"), "3");
  EXPECT_EQ(at.status("/acme/authz/1-1"), "pending");
  EXPECT_EQ(outcome(at.respond("http-01")), "200");  // a client may ask again
  at.trial.pass(seconds(10));
  EXPECT_EQ(at.challenge("http-01"), "invalid connection RFC-22");
  EXPECT_EQ(header_in(at.client.post("/acme/authz/1-1", ""), "Retry-After"), "");
}

TEST(ChallengeTest, StaysProcessingWhileTheCaMeansToLookAgain) {
  TrialOptions options;
  options.conduct = {{"look-again", "once"}};
  options.faults = {"web:error@nth=1"};
  Ordered at(options);
  at.publish_proof("http-01");

  EXPECT_EQ(text_in(at.respond("http-01"), "status"), "processing");
  at.trial.pass(minutes(59));
  EXPECT_EQ(at.challenge("http-01"), "processing incorrectResponse ACM-40");
  EXPECT_EQ(at.status("/acme/order/1"), "pending");
  at.trial.pass(minutes(1));
  EXPECT_EQ(at.challenge("http-01"), "valid");
}

TEST(ChallengeTest, RunsOutAfterTwentyFiveDays) {
  for (const auto& [type, clause] :
       {std::pair{"http-01", "ACM-45"}, std::pair{"dns-01", "ACM-52"}}) {
    Ordered in_time, late;
    in_time.publish_proof(type);
    late.publish_proof(type);
    in_time.trial.pass(days(25) + -seconds(1));
    late.trial.pass(days(25));

    EXPECT_EQ(outcome(in_time.respond(type)), "200");
    EXPECT_EQ(in_time.challenge(type), "valid");
    EXPECT_EQ(outcome(late.respond(type)), std::string("403 unauthorized ") + clause);
    EXPECT_EQ(late.challenge(type), std::string("invalid unauthorized ") + clause);
    EXPECT_EQ(late.status("/acme/authz/1-1"), "invalid");
    EXPECT_EQ(late.status("/acme/order/1"), "invalid");
  }
}

TEST(AuthorizationTest, MayBeDeactivatedAndNothingElse) {
  Ordered at;
  for (const char* payload :
       {R"({"status":"valid"})", R"({"status":"revoked"})", "{}", "[]", R"({"identifier":{}})"})
    EXPECT_EQ(outcome(at.client.post("/acme/authz/1-1", payload)), "400 malformed") << payload;

  const auto answer = at.client.post("/acme/authz/1-1", R"({"status":"deactivated"})");

  EXPECT_EQ(outcome(answer), "200");
  EXPECT_EQ(text_in(answer, "status"), "deactivated");
  EXPECT_EQ(at.status("/acme/authz/1-1"), "deactivated");
  EXPECT_EQ(at.status("/acme/order/1"), "invalid");
  at.publish_proof("http-01");
  EXPECT_EQ(outcome(at.respond("http-01")), "400 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/order/1/finalize", csr_for({"example.jp"}))),
            "403 orderNotReady");
}

TEST(AuthorizationTest, AValidOneMayBeDeactivatedToo) {
  Ordered at;
  at.publish_proof("http-01");
  at.respond("http-01");
  EXPECT_EQ(at.status("/acme/order/1"), "ready");

  at.client.post("/acme/authz/1-1", R"({"status":"deactivated"})");

  EXPECT_EQ(at.status("/acme/order/1"), "invalid");
  EXPECT_EQ(outcome(at.client.post("/acme/order/1/finalize", csr_for({"example.jp"}))),
            "403 orderNotReady");
}

TEST(AuthorizationTest, AnInvalidOneStaysAsItIs) {
  Ordered at;
  at.respond("dns-01");

  EXPECT_EQ(outcome(at.client.post("/acme/authz/1-1", R"({"status":"deactivated"})")),
            "400 malformed");
  EXPECT_EQ(at.status("/acme/authz/1-1"), "invalid");
}

}  // namespace
}  // namespace shinsa::fakes::acme
