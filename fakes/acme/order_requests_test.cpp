// Orders and what may stand in them (RFC 8555 sections 6.7.1, 7.1.3, 7.4), and the rules of the
// system behind them (ACM-04, 08, 09, 38, 54).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/acme/trial.hpp"

namespace shinsa::fakes::acme {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Registered {
  Trial trial;
  Client client{trial, "p256-a"};
  explicit Registered(TrialOptions options = {}) : trial(std::move(options)) {
    EXPECT_EQ(outcome(client.register_account()), "201");
  }
  wire::HttpResponse order(const std::vector<std::string>& names, std::string_view more = {}) {
    return client.post("/acme/new-order", order_for(names, more));
  }
  wire::HttpResponse order_of(std::string_view identifiers) {
    return client.post("/acme/new-order", R"({"identifiers":)" + std::string(identifiers) + "}");
  }
};

/// `example.com rejectedIdentifier ACM-38` for each.
std::vector<std::string> subproblems(const wire::HttpResponse& answer) {
  std::vector<std::string> all;
  const auto problem = body_of(answer);
  if (const auto* list = problem.if_contains("subproblems"))
    for (const auto& one : list->as_array()) {
      const auto& object = one.as_object();
      const std::string type = text_in(object, "type");
      std::string text = text_in(object.at("identifier").as_object(), "value") + " " +
                         type.substr(type.rfind(':') + 1);
      if (const std::string rule = text_in(object, "shinsa:clause"); !rule.empty())
        text += " " + rule;
      EXPECT_NE(text_in(object, "detail"), "");
      all.push_back(text);
    }
  return all;
}

TEST(OrderTest, ShowsWhatWasOrdered) {
  Registered at;

  const auto answer = at.order({"example.jp", "www.example.jp"});

  EXPECT_EQ(outcome(answer), "201");
  EXPECT_EQ(header_in(answer, "Location"), std::string(kTrialBase) + "/acme/order/1");
  const auto order = body_of(answer);
  EXPECT_EQ(text_in(order, "status"), "pending");
  EXPECT_EQ(text_in(order, "expires"), "2026-12-19T01:00:00Z");
  EXPECT_EQ(text_in(order, "finalize"), std::string(kTrialBase) + "/acme/order/1/finalize");
  EXPECT_EQ(order.at("identifiers").as_array().size(), 2u);
  EXPECT_THAT(texts_in(order, "authorizations"),
              ElementsAre(std::string(kTrialBase) + "/acme/authz/1-1",
                          std::string(kTrialBase) + "/acme/authz/1-2"));
  EXPECT_FALSE(order.contains("certificate"));
  EXPECT_EQ(body_of(at.client.post("/acme/order/1", "")), order);
}

TEST(OrderTest, RefusesWhatIsNoListOfIdentifiers) {
  Registered at;
  for (const char* payload :
       {"{}", R"({"identifiers":{}})", R"({"identifiers":"example.jp"})",
        R"({"identifiers":["example.jp"]})", R"({"identifiers":[{"type":"dns"}]})",
        R"({"identifiers":[{"value":"example.jp"}]})",
        R"({"identifiers":[{"type":1,"value":"example.jp"}]})",
        R"({"identifiers":[{"type":"dns","value":["example.jp"]}]})"})
    EXPECT_EQ(outcome(at.client.post("/acme/new-order", payload)), "400 malformed") << payload;
  EXPECT_EQ(outcome(at.order(std::vector<std::string>(101, "example.jp"))), "400 malformed");
  EXPECT_THAT(at.trial.seen("order.requested"), IsEmpty());
  EXPECT_EQ(outcome(at.order({})), "400 malformed RFC-12");
}

TEST(OrderTest, RefusesNamesThatAreNone) {
  Registered at;
  const std::string long_name = std::string(60, 'a') + "." + std::string(60, 'b') + "." +
                                std::string(60, 'c') + "." + std::string(60, 'd') + ".example.jp";
  for (const std::string& name :
       {std::string("example.jp."), std::string("_a.example.jp"), std::string("a.*.example.jp"),
        std::string("*"), std::string("**.example.jp"), std::string("a*.example.jp"),
        std::string("*.*.example.jp"), std::string("例え.jp"), std::string("exa mple.jp"),
        long_name, std::string("http://example.jp"), std::string("example.jp:80"),
        std::string("")}) {
    const auto answer = at.order({name});
    EXPECT_EQ(answer.status, 400) << name;
    EXPECT_EQ(text_in(answer, "type"), "urn:ietf:params:acme:error:malformed") << name;
    EXPECT_THAT(subproblems(answer), ElementsAre(name + " malformed RFC-10")) << name;
  }
  for (const char* name : {"192.0.2.1", "2001:db8::1", "::1"}) {
    const auto answer = at.order({name});
    EXPECT_EQ(outcome(answer), "400 malformed") << name;
    EXPECT_THAT(subproblems(answer), ElementsAre(std::string(name) + " malformed"));
  }
  EXPECT_THAT(at.trial.seen("order.created"), IsEmpty());
}

TEST(OrderTest, RefusesLabelsThatNoCertificateCanHave) {
  Registered at;
  const std::string long_label = std::string(64, 'a') + ".example.jp";
  for (const std::string& name :
       {std::string("a..example.jp"), std::string(".example.jp"), long_label,
        std::string("-a.example.jp"), std::string("a-.example.jp"), std::string("xn--a.example.jp"),
        std::string("ab--c.example.jp")}) {
    const auto answer = at.order({name});
    EXPECT_EQ(outcome(answer), "400 rejectedIdentifier RFC-10") << name;
    EXPECT_THAT(subproblems(answer), ElementsAre(name + " rejectedIdentifier RFC-10"));
  }
}

TEST(OrderTest, RefusesIdentifiersOfOtherTypes) {
  Registered at;

  EXPECT_EQ(outcome(at.order_of(R"([{"type":"ip","value":"192.0.2.1"}])")),
            "400 unsupportedIdentifier");
  EXPECT_EQ(outcome(at.order_of(R"([{"type":"ip","value":"2001:db8::1"}])")),
            "400 unsupportedIdentifier");
  EXPECT_EQ(outcome(at.order_of(R"([{"type":"ip","value":"192.0.2.256"}])")), "400 malformed");
  EXPECT_EQ(outcome(at.order_of(R"([{"type":"email","value":"a@example.jp"}])")),
            "400 unsupportedIdentifier");
  EXPECT_EQ(outcome(at.order_of(R"([{"type":"","value":"example.jp"}])")),
            "400 unsupportedIdentifier");
}

TEST(OrderTest, TellsSeveralFaultsAtOnce) {
  Registered at;

  const auto answer =
      at.order_of(R"([{"type":"dns","value":"example.jp"},{"type":"ip","value":"192.0.2.1"},)"
                  R"({"type":"dns","value":"a..example.jp"}])");

  EXPECT_EQ(outcome(answer), "400 compound RFC-10");
  EXPECT_THAT(subproblems(answer), ElementsAre("192.0.2.1 unsupportedIdentifier",
                                               "a..example.jp rejectedIdentifier RFC-10"));
}

TEST(OrderTest, TellsEachNameThatIsForbidden) {
  Registered at;

  const auto answer = at.order({"example.jp", "shop.example.jp", "example.com", "mail.example.jp"});

  EXPECT_EQ(outcome(answer), "403 rejectedIdentifier ACM-08");
  EXPECT_THAT(texts_in(body_of(answer), "shinsa:clauses"), ElementsAre("ACM-08", "ACM-38"));
  EXPECT_THAT(subproblems(answer), ElementsAre("shop.example.jp rejectedIdentifier ACM-08",
                                               "example.com rejectedIdentifier ACM-38",
                                               "mail.example.jp rejectedIdentifier ACM-08"));
}

TEST(OrderTest, IsRefusedByTheRules) {
  const struct {
    std::vector<std::string> registered, names;
    std::string outcome;
  } kCases[] = {
      {{"example.jp"}, {"example.jp"}, "201"},
      {{"example.jp"}, {"www.example.jp"}, "201"},
      {{"example.jp"}, {"shop.example.jp"}, "403 rejectedIdentifier ACM-08"},
      {{"www.example.jp"}, {"www.www.example.jp"}, "201"},
      {{"www.example.jp"}, {"example.jp"}, "403 rejectedIdentifier ACM-09"},
      {{"*.example.jp"}, {"*.example.jp"}, "201"},
      {{"*.example.jp"}, {"a.example.jp"}, "403 rejectedIdentifier ACM-04"},
      {{"example.jp"}, {"*.example.jp"}, "403 rejectedIdentifier ACM-08"},
      {{"example.jp"}, {"example.com"}, "403 rejectedIdentifier ACM-38"},
      {{"example.jp"}, {"localhost"}, "403 rejectedIdentifier ACM-38"},
      {{"example.jp"}, {"co.jp"}, "403 rejectedIdentifier ACM-38"},
      {{"example.jp"}, {"printer.local"}, "403 rejectedIdentifier ACM-38"},
      {{}, {"example.jp"}, "403 rejectedIdentifier ACM-38"},
  };

  for (const auto& one : kCases) {
    TrialOptions options;
    options.fqdns = one.registered;
    Registered at(options);
    const auto answer = at.order(one.names);
    EXPECT_EQ(outcome(answer), one.outcome) << one.names[0];
    EXPECT_EQ(subproblems(answer).size(), answer.status == 403 ? 1u : 0u);
  }
}

TEST(OrderTest, IsRefusedAfterTheMonthOfTheDeadline) {
  Registered at;
  at.trial.pass(days(371) + hours(13));  // 2027-11-30 23:00 in Tokyo

  EXPECT_EQ(outcome(at.order({"example.jp"})), "201");
  at.trial.pass(hours(1));
  EXPECT_EQ(outcome(at.order({"example.jp"})), "403 rejectedIdentifier ACM-54");
}

TEST(OrderTest, TakesNamesInAnyCaseAndOnce) {
  Registered at;

  const auto answer = at.order({"Example.JP", "example.jp", "EXAMPLE.jp"});

  EXPECT_EQ(outcome(answer), "201");
  EXPECT_EQ(body_of(answer).at("identifiers").as_array().size(), 1u);
  EXPECT_EQ(text_in(body_of(answer).at("identifiers").as_array()[0].as_object(), "value"),
            "example.jp");
}

TEST(OrderTest, LeavesValidityToTheCa) {
  Registered at;
  const struct {
    const char *more, *outcome;
  } kCases[] = {
      {R"(,"notAfter":"tomorrow")", "400 malformed"},
      {R"(,"notBefore":1)", "400 malformed"},
      {R"(,"notBefore":"2026-11-24")", "400 malformed"},
      {R"(,"notBefore":"2026-11-24T10:00:00Z")", "400 malformed RFC-24"},
      {R"(,"notAfter":"2027-11-24T10:00:00+09:00")", "400 malformed RFC-24"},
      {R"(,"profile":"shortlived")", "400 invalidProfile"},
      {R"(,"unknown":{})", "201"},
  };
  for (const auto& one : kCases)
    EXPECT_EQ(outcome(at.order({"example.jp"}, one.more)), one.outcome) << one.more;
}

TEST(OrderTest, IsItsAccountsAlone) {
  TrialOptions options;
  options.account = true;
  Registered at(options);
  Client other(at.trial, "p256-b");
  ASSERT_TRUE(at.trial.server().adopt("account/1", other.signer().jwk()));
  other.use_account(std::string(kTrialBase) + "/acme/account/1");
  const Issued issued = issue(at.trial, at.client, {"example.jp"}, "http-01");
  at.order({"example.jp"});

  for (const std::string& target :
       {issued.order, std::string("/acme/order/2"), std::string("/acme/authz/1-1"),
        std::string("/acme/challenge/1-1-file")}) {
    EXPECT_EQ(outcome(other.post(target, "")), "403 unauthorized") << target;
    EXPECT_EQ(outcome(at.client.post(target, "")), "200") << target;
  }
  EXPECT_EQ(outcome(other.post("/acme/challenge/2-1-file", "{}")), "403 unauthorized");
  EXPECT_EQ(outcome(other.post("/acme/authz/2-1", R"({"status":"deactivated"})")),
            "403 unauthorized");
  EXPECT_EQ(outcome(other.post("/acme/order/2/finalize", csr_for({"example.jp"}))),
            "403 unauthorized");
  EXPECT_EQ(outcome(other.post(issued.certificate, "")), "403 unauthorized RFC-20");
  for (const char* target : {"/acme/order/9", "/acme/authz/9-1", "/acme/challenge/9-1-file",
                             "/acme/cert/99", "/acme/account/../order/1"})
    EXPECT_EQ(outcome(at.client.post(target, "")), "404 malformed") << target;
  EXPECT_EQ(outcome(at.client.post("/acme/order/9/finalize", "{}")), "404 malformed");
}

TEST(OrderTest, IsLimitedInRateWhereThatIsAskedFor) {
  TrialOptions options;
  options.server.orders_per_hour_max = 2;
  Registered at(options);

  EXPECT_EQ(outcome(at.order({"example.jp"})), "201");
  at.trial.pass(minutes(20));
  EXPECT_EQ(outcome(at.order({"example.jp"})), "201");
  const auto refused = at.order({"example.jp"});
  EXPECT_EQ(outcome(refused), "429 rateLimited");
  EXPECT_EQ(header_in(refused, "Retry-After"), "2400");
  at.trial.pass(minutes(40));
  EXPECT_EQ(outcome(at.order({"example.jp"})), "201");
  EXPECT_EQ(outcome(at.order({"example.jp"})), "429 rateLimited");
}

TEST(OrderTest, IsAnsweredWhenTheCaHasCreatedIt) {
  TrialOptions options;
  options.conduct = {{"order", "an-hour-later"}};
  Registered at(options);
  std::vector<wire::HttpResponse> answers;
  at.trial.server().handle(
      at.client.signed_request("/acme/new-order", order_for({"example.jp"})),
      [&](wire::HttpResponse answer) { answers.push_back(std::move(answer)); });

  EXPECT_THAT(answers, IsEmpty());
  EXPECT_EQ(at.trial.server().waiting(), 1u);
  at.trial.pass(minutes(59));
  EXPECT_THAT(answers, IsEmpty());
  at.trial.pass(minutes(1));

  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(outcome(answers[0]), "201");
  EXPECT_EQ(text_in(answers[0], "status"), "pending");
  EXPECT_NE(header_in(answers[0], "Replay-Nonce"), "");
  EXPECT_EQ(at.trial.server().waiting(), 0u);
}

TEST(OrderTest, IsRefusedWhereItsRegistrationEndsBeforeItIsCreated) {
  TrialOptions options;
  options.conduct = {{"order", "an-hour-later"}};
  Registered at(options);
  at.trial.pass(days(371) + hours(13) + minutes(30));
  std::vector<wire::HttpResponse> answers;
  at.trial.server().handle(
      at.client.signed_request("/acme/new-order", order_for({"example.jp"})),
      [&](wire::HttpResponse answer) { answers.push_back(std::move(answer)); });

  at.trial.pass(minutes(30));

  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(outcome(answers[0]), "403 rejectedIdentifier ACM-54");
}

TEST(OrderTest, MoreThanMayWaitAreTurnedAway) {
  TrialOptions options;
  options.conduct = {{"order", "an-hour-later"}};
  options.server.waiting_max = 1;
  Registered at(options);
  at.trial.server().handle(at.client.signed_request("/acme/new-order", order_for({"example.jp"})),
                           [](const wire::HttpResponse&) {});

  const auto answer = at.order({"example.jp"});

  EXPECT_EQ(outcome(answer), "503 rateLimited");
  EXPECT_NE(header_in(answer, "Retry-After"), "");
}

// -- pre-authorization
// ---------------------------------------------------------------------------------------------------

std::string wish_for(std::string_view name) {
  return R"({"identifier":{"type":"dns","value":")" + std::string(name) + "\"}}";
}

TEST(PreAuthorizationTest, IsTakenUpByTheOrderForThatName) {
  Registered at;

  const auto answer = at.client.post("/acme/new-authz", wish_for("example.jp"));

  EXPECT_EQ(outcome(answer), "201");
  EXPECT_EQ(header_in(answer, "Location"), std::string(kTrialBase) + "/acme/authz/1-1");
  publish(at.trial, at.client.signer(), body_of(answer), "http-01");
  at.client.post(target_of(text_in(challenge_in(body_of(answer), "http-01"), "url")), "{}");
  EXPECT_EQ(text_in(at.client.post("/acme/authz/1-1", ""), "status"), "valid");
  const auto order = at.order({"example.jp"});
  EXPECT_EQ(outcome(order), "201");
  EXPECT_EQ(text_in(order, "status"), "ready");
  EXPECT_EQ(at.trial.seen("order.requested").size(), 1u);
  EXPECT_EQ(text_in(at.order({"example.jp"}), "status"), "pending");  // the next is another one
}

TEST(PreAuthorizationTest, IsRefusedAsAnOrderIs) {
  Registered at;
  const struct {
    std::string payload, outcome;
  } kCases[] = {
      {"{}", "400 malformed"},
      {R"({"identifier":"example.jp"})", "400 malformed"},
      {wish_for("*.example.jp"), "400 malformed"},
      {wish_for("example.com"), "403 rejectedIdentifier ACM-38"},
      {wish_for("a..jp"), "400 rejectedIdentifier RFC-10"},
      {R"({"identifier":{"type":"ip","value":"192.0.2.1"}})", "400 unsupportedIdentifier"},
  };
  for (const auto& one : kCases)
    EXPECT_EQ(outcome(at.client.post("/acme/new-authz", one.payload)), one.outcome) << one.payload;
}

}  // namespace
}  // namespace shinsa::fakes::acme
