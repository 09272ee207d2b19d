#include "fakes/acme/problem.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/acme/trial.hpp"

namespace shinsa::fakes::acme {
namespace {

using testing::ElementsAre;
using testing::StartsWith;

TEST(ProblemTest, HasTheStatusThatGoesWithItsType) {
  const struct {
    const char* type;
    int status;
  } kCases[] = {{"malformed", 400},
                {"badNonce", 400},
                {"badCSR", 400},
                {"accountDoesNotExist", 400},
                {"rejectedIdentifier", 400},
                {"unauthorized", 403},
                {"externalAccountRequired", 403},
                {"userActionRequired", 403},
                {"orderNotReady", 403},
                {"alreadyReplaced", 409},
                {"rateLimited", 429},
                {"serverInternal", 500}};
  for (const auto& one : kCases) {
    const auto response = to_response(Problem{one.type, "says why"});
    EXPECT_EQ(response.status, one.status) << one.type;
    EXPECT_EQ(body_of(response).at("status").as_int64(), one.status) << one.type;
    EXPECT_EQ(text_in(response, "type"), std::string("urn:ietf:params:acme:error:") + one.type);
    EXPECT_FALSE(body_of(response).contains("shinsa:clause"));
    EXPECT_FALSE(body_of(response).contains("subproblems"));
  }
  EXPECT_EQ(to_response(unauthorized("deactivated", 401)).status, 401);
}

TEST(ProblemTest, SaysWhatItsClausesSay) {
  const Problem problem = problem_of(Refusal{"malformed", {"RFC-12"}});
  const auto body = body_of(to_response(problem));

  EXPECT_THAT(problem.detail, StartsWith("RFC-12: An order names at least one identifier"));
  EXPECT_EQ(text_in(body, "shinsa:clause"), "RFC-12");
  EXPECT_FALSE(body.contains("shinsa:clauses"));
}

TEST(ProblemTest, ListsSeveralClauses) {
  const auto body = body_of(to_response(problem_of(Refusal{"unauthorized", {"ACM-18", "ACM-22"}})));

  EXPECT_EQ(text_in(body, "shinsa:clause"), "ACM-18");
  EXPECT_THAT(texts_in(body, "shinsa:clauses"), ElementsAre("ACM-18", "ACM-22"));
}

TEST(ProblemTest, OfSeveralKindsIsCompound) {
  const Subproblem one{"a", "malformed"}, other{"b", "rejectedIdentifier", "RFC-10"};

  EXPECT_EQ(problem_with({one, one}, "").type, "malformed");
  EXPECT_EQ(problem_with({one, other}, "").type, "compound");
  EXPECT_THAT(problem_with({other, one, other}, "").clauses, ElementsAre("RFC-10"));
}

/// A desk whose simulation cannot go on.
class BrokenDesk : public SimulationDesk {
 public:
  using SimulationDesk::SimulationDesk;
  Verdict open_order(std::string_view, const std::vector<std::string>&) override {
    return {Verdict::Kind::refused, {}, {"serverInternal", {}, {}, "out of virtual time"}};
  }
};

TEST(ProblemTest, ADeskThatCannotGoOnIsAnErrorOfTheServer) {
  TrialOptions options;
  options.account = true;
  Trial trial(options);
  BrokenDesk desk(trial.simulation(), trial.cast());
  Server server(desk);
  Client client(trial, "p256-a");
  ASSERT_TRUE(server.adopt("account/1", client.signer().jwk()));
  client.use_account(std::string(kTrialBase) + "/acme/account/1");
  std::optional<wire::HttpResponse> answer;
  const auto take = [&](wire::HttpResponse one) { answer = std::move(one); };
  server.handle(client.signed_request("/acme/new-order", order_for({"example.jp"})), take);
  EXPECT_EQ(outcome(*answer), "400 badNonce");  // it is another server's
  Departure fresh;
  fresh.nonce = header_in(*answer, "Replay-Nonce");
  server.handle(client.signed_request("/acme/new-order", order_for({"example.jp"}), fresh), take);

  EXPECT_EQ(outcome(*answer), "500 serverInternal");
  EXPECT_EQ(text_in(*answer, "detail"), "out of virtual time");
}

}  // namespace
}  // namespace shinsa::fakes::acme
