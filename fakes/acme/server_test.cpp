// Whole issuances, from the directory to the certificate.
#include "fakes/acme/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/acme/trial.hpp"
#include "fakes/ca/authority.hpp"

namespace shinsa::fakes::acme {
namespace {

using testing::ElementsAre;

/// What the judge has to say when the log ends.
std::size_t findings(Trial& trial) {
  EXPECT_TRUE(trial.simulation().settle(days(60)));
  trial.simulation().close();
  return trial.simulation().judge().findings().size();
}

TEST(AcmeServerTest, TheDirectoryNamesEveryResource) {
  Trial trial;

  const auto answer = trial.get("/directory");

  const auto directory = body_of(answer);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(header_in(answer, "Content-Type"), "application/json");
  for (const char* name :
       {"newNonce", "newAccount", "newOrder", "newAuthz", "revokeCert", "keyChange", "renewalInfo"})
    EXPECT_TRUE(text_in(directory, name).starts_with(kTrialBase)) << name;
  const auto meta = directory.at("meta").as_object();
  EXPECT_TRUE(meta.at("externalAccountRequired").as_bool());
  EXPECT_THAT(texts_in(meta, "caaIdentities"), ElementsAre("jprs.jp"));
  EXPECT_EQ(trial.get(target_of(text_in(meta, "termsOfService"))).status, 200);
  EXPECT_TRUE(text_in(meta, "website").starts_with("https://jpdirect.jp/"));
}

TEST(AcmeServerTest, AnswersHeadWithoutABody) {
  Trial trial;
  for (const char* target : {"/directory", "/terms", "/acme/new-nonce"}) {
    const auto answer = trial.get(target, "HEAD");
    EXPECT_EQ(answer.status, 200) << target;
    EXPECT_EQ(answer.body, "") << target;
  }
}

TEST(AcmeServerTest, IssuesByFile) {
  Trial trial;
  Client client(trial, "p256-a");

  EXPECT_EQ(outcome(client.register_account()), "201");
  const Issued issued = issue(trial, client, {"example.jp"}, "http-01");

  ASSERT_NE(issued.pem, "");
  EXPECT_TRUE(ca::Authority().verify(issued.pem, trial.now()));
  EXPECT_THAT(trial.seen("http.requested"), ElementsAre("challenge/1-1-file"));
  EXPECT_EQ(text_in(client.post(issued.order, ""), "status"), "valid");
  EXPECT_EQ(findings(trial), 0u);
}

TEST(AcmeServerTest, IssuesByDns) {
  Trial trial;
  Client client(trial, "p384-a");
  client.register_account();

  const Issued issued = issue(trial, client, {"example.jp", "www.example.jp"}, "dns-01");

  ASSERT_NE(issued.pem, "");
  EXPECT_TRUE(ca::Authority().verify(issued.pem, trial.now()));
  EXPECT_EQ(findings(trial), 0u);
}

TEST(AcmeServerTest, IssuesAWildcard) {
  TrialOptions options;
  options.fqdns = {"*.example.jp"};
  Trial trial(options);
  Client client(trial, "ed25519-a");
  client.register_account();

  const Issued issued = issue(trial, client, {"*.example.jp"}, "dns-01", "p256-b");

  ASSERT_NE(issued.pem, "");
  EXPECT_EQ(findings(trial), 0u);
}

}  // namespace
}  // namespace shinsa::fakes::acme
