// newAccount, its external account binding, accounts, key change (RFC 8555 sections 7.3 to 7.3.6).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/acme/trial.hpp"

namespace shinsa::fakes::acme {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string without_binding(const std::string& wish) {
  return wish.substr(0, wish.find(R"(,"externalAccountBinding")")) + "}";
}

/// A binding with parts of one's own.
std::string binding(const std::string& header, const std::string& payload,
                    const std::string& algorithm = "HS256", const std::string& secret = {}) {
  return R"({"termsOfServiceAgreed":true,"contact":["mailto:taro@example.jp"],)"
         R"("externalAccountBinding":)" +
         mac_jws(algorithm, secret, header, payload) + "}";
}

std::string secret_of(Trial& trial) {
  return *from_base64url(trial.desk().eab_credentials().at(0).key);
}

TEST(AccountTest, IsOpenedWithAnEab) {
  Trial trial;
  Client client(trial, "p256-a");

  const auto answer = client.register_account();

  EXPECT_EQ(outcome(answer), "201");
  const auto account = body_of(answer);
  EXPECT_EQ(text_in(account, "status"), "valid");
  EXPECT_THAT(texts_in(account, "contact"), ElementsAre("mailto:taro@example.jp"));
  EXPECT_EQ(text_in(account, "orders"), client.account() + "/orders");
  EXPECT_TRUE(account.contains("externalAccountBinding"));
  EXPECT_THAT(trial.seen("account.created"), ElementsAre("account/1"));
}

TEST(AccountTest, TheSecretOfAnEabIsDrawnFromTheSeed) {
  Trial one, same;
  TrialOptions other_seed;
  other_seed.seed = 2;
  Trial other(other_seed);

  const auto credentials = one.desk().eab_credentials();

  ASSERT_EQ(credentials.size(), 1u);
  EXPECT_EQ(credentials[0].key_id, "C1-1");
  EXPECT_EQ(from_base64url(credentials[0].key)->size() % 16, 0u);
  EXPECT_EQ(credentials[0].expires, parse_instant("2026-12-08T10:00:00+09:00").value());
  EXPECT_EQ(same.desk().eab_credentials()[0].key, credentials[0].key);
  EXPECT_NE(other.desk().eab_credentials()[0].key, credentials[0].key);
}

TEST(AccountTest, TheSameKeyHasTheSameAccount) {
  Trial trial;
  Client client(trial, "p256-a");
  client.register_account();
  const std::string account = client.account();
  client.use_account("");

  for (const std::string payload :
       {"{}", R"({"onlyReturnExisting":true})", R"({"termsOfServiceAgreed":true,"contact":[]})"}) {
    const auto answer = client.post("/acme/new-account", payload);
    EXPECT_EQ(outcome(answer), "200") << payload;
    EXPECT_EQ(header_in(answer, "Location"), account);
    EXPECT_EQ(text_in(answer, "status"), "valid");
  }
  EXPECT_EQ(trial.seen("account.created").size(), 1u);
}

TEST(AccountTest, IsOnlyReturnedWhereItExists) {
  Trial trial;
  Client client(trial, "p256-a");

  EXPECT_EQ(outcome(client.post("/acme/new-account", R"({"onlyReturnExisting":true})")),
            "400 accountDoesNotExist");
  EXPECT_EQ(outcome(client.post("/acme/new-account",
                                client.account_wish("C1-1", R"(,"onlyReturnExisting":true)"))),
            "400 accountDoesNotExist");
  EXPECT_THAT(trial.seen("account.requested"), IsEmpty());
}

TEST(AccountTest, IsRefusedByTheRules) {
  const struct {
    std::string from, to, outcome;
  } kCases[] = {
      {R"("termsOfServiceAgreed":true)", R"("termsOfServiceAgreed":false)",
       "403 userActionRequired RFC-11"},
      {R"("termsOfServiceAgreed":true,)", "", "403 userActionRequired RFC-11"},
      {R"("contact":["mailto:taro@example.jp"],)", "", "400 invalidContact ACM-23"},
      {R"(["mailto:taro@example.jp"])", "[]", "400 invalidContact ACM-23"},
      {"mailto:taro@example.jp", "tel:0312345678", "400 unsupportedContact ACM-23"},
      {"mailto:taro@example.jp", "taro@example.jp", "400 unsupportedContact ACM-23"},
      {"mailto:taro@example.jp", "mailto:taro", "400 invalidContact ACM-23"},
      {"mailto:taro@example.jp", "mailto:@example.jp", "400 invalidContact ACM-23"},
      {"mailto:taro@example.jp", "mailto:taro@", "400 invalidContact ACM-23"},
      {"mailto:taro@example.jp", "mailto:a@b.jp?subject=x", "400 invalidContact ACM-23"},
      {"mailto:taro@example.jp", "mailto:a@b.jp,c@d.jp", "400 invalidContact ACM-23"},
      {"mailto:taro@example.jp", "mailto:a@b@c.jp", "400 invalidContact ACM-23"},
      {R"(["mailto:taro@example.jp"])", R"("mailto:taro@example.jp")", "400 malformed"},
      {R"(["mailto:taro@example.jp"])", "[1]", "400 malformed"},
      {R"("termsOfServiceAgreed":true)", R"("termsOfServiceAgreed":"yes")", "400 malformed"},
      {R"("termsOfServiceAgreed":true)", R"("termsOfServiceAgreed":true,"unknown":{"a":1})", "201"},
  };

  for (const auto& one : kCases) {
    Trial trial;
    Client client(trial, "p256-a");
    const auto answer =
        client.post("/acme/new-account", replaced(client.account_wish(), one.from, one.to));
    EXPECT_EQ(outcome(answer), one.outcome) << one.to;
    EXPECT_EQ(text_in(answer, "instance"), linked(answer, "terms-of-service"));
    EXPECT_EQ(linked(answer, "terms-of-service"),
              answer.status == 403 ? std::string(kTrialBase) + "/terms" : std::string());
  }
}

TEST(BindingTest, IsRequired) {
  Trial trial;
  Client client(trial, "p256-a");

  EXPECT_EQ(outcome(client.post("/acme/new-account", without_binding(client.account_wish()))),
            "403 externalAccountRequired ACM-22");
}

TEST(BindingTest, MustHaveTheRightMac) {
  Trial trial;
  Client client(trial, "p256-a");
  const std::string key = client.signer().jwk();
  const std::string url = R"(,"url":")" + std::string(kTrialBase) + R"(/acme/new-account"})";

  EXPECT_EQ(outcome(client.post("/acme/new-account", binding(R"({"alg":"HS256","kid":"C1-1")" + url,
                                                             key, "HS256", "wrong"))),
            "403 unauthorized ACM-22");
  EXPECT_EQ(outcome(client.post("/acme/new-account",
                                binding(R"({"alg":"HS256","kid":"C7-1")" + url, key))),
            "403 unauthorized ACM-22");
  EXPECT_EQ(outcome(client.post("/acme/new-account", binding(R"({"alg":"HS384","kid":"C1-1")" + url,
                                                             key, "HS384", secret_of(trial)))),
            "201");
}

TEST(BindingTest, MustBeOfThisAccountAndThisRequest) {
  Trial trial;
  Client client(trial, "p256-a"), other(trial, "p256-b");
  const std::string key = client.signer().jwk(), secret = secret_of(trial);
  const std::string kid = R"("kid":"C1-1")";
  const std::string url = R"("url":")" + std::string(kTrialBase) + R"(/acme/new-account")";
  const struct {
    std::string header, payload;
  } kCases[] = {
      {R"({"alg":"HS256","nonce":"AAAA",)" + kid + "," + url + "}", key},
      {R"({"alg":"HS256",)" + kid + R"(,"url":"https://example.com/"})", key},
      {R"({"alg":"HS256",)" + kid + "}", key},
      {R"({"alg":"ES256",)" + kid + "," + url + "}", key},
      {R"({"alg":"none",)" + kid + "," + url + "}", key},
      {R"({"alg":"HS256",)" + url + "}", key},
      {R"({"alg":"HS256","kid":"","url":)" + url.substr(6) + "}", key},
      {R"({"alg":"HS256","kid":"a/b",)" + url + "}", key},
      {R"({"alg":"HS256",)" + kid + "," + url + "}", other.signer().jwk()},
      {R"({"alg":"HS256",)" + kid + "," + url + "}", "{}"},
      {R"({"alg":"HS256",)" + kid + "," + url + "}", ""},
      {R"({"alg":"HS256","crit":[],)" + kid + "," + url + "}", key},
  };

  for (const auto& one : kCases)
    EXPECT_EQ(outcome(client.post("/acme/new-account",
                                  binding(one.header, one.payload, "HS256", secret))),
              "400 malformed")
        << one.header << one.payload;
  EXPECT_EQ(outcome(client.post("/acme/new-account",
                                R"({"termsOfServiceAgreed":true,"externalAccountBinding":"x"})")),
            "400 malformed");
  EXPECT_THAT(trial.seen("account.requested"), IsEmpty());  // none of it came as far as the rules
}

TEST(BindingTest, AnEabIsGoodForOneAccount) {
  Trial trial;
  Client first(trial, "p256-a"), second(trial, "p256-b");

  EXPECT_EQ(outcome(first.register_account()), "201");
  EXPECT_EQ(outcome(second.register_account()), "403 unauthorized ACM-22");
}

TEST(BindingTest, AnEabIsGoodForFourteenDays) {
  Trial in_time, late;
  Client client(in_time, "p256-a"), later(late, "p256-a");
  in_time.pass(days(14) + -seconds(1));
  late.pass(days(14));

  EXPECT_EQ(outcome(client.register_account()), "201");
  EXPECT_EQ(outcome(later.register_account()), "403 unauthorized ACM-18");
}

TEST(AccountTest, IsUpdatedByItsOwnerAlone) {
  TrialOptions options;
  options.account = true;
  Trial trial(options);
  Client client(trial, "p256-a"), other(trial, "p256-b");
  client.register_account();
  ASSERT_TRUE(trial.server().adopt("account/1", other.signer().jwk()));
  other.use_account(std::string(kTrialBase) + "/acme/account/1");
  const std::string mine = target_of(client.account());

  EXPECT_EQ(outcome(other.post(mine, "")), "403 unauthorized");
  EXPECT_EQ(outcome(other.post(mine + "/orders", "")), "403 unauthorized");
  EXPECT_EQ(outcome(client.post(mine, R"({"contact":["mailto:jiro@example.jp"]})")), "200");
  EXPECT_THAT(texts_in(body_of(client.post(mine, "")), "contact"),
              ElementsAre("mailto:jiro@example.jp"));
  EXPECT_EQ(outcome(client.post(mine, R"({"contact":["tel:1"]})")),
            "400 unsupportedContact ACM-23");
  EXPECT_EQ(outcome(client.post(mine, R"({"status":"valid"})")), "400 malformed");
  EXPECT_EQ(outcome(client.post(mine, R"({"status":"revoked"})")), "400 malformed");
  EXPECT_EQ(outcome(client.post(mine, "[]")), "400 malformed");
  EXPECT_THAT(texts_in(body_of(client.post(mine, "{}")), "contact"),
              ElementsAre("mailto:jiro@example.jp"));
}

TEST(AccountTest, CanDoNothingOnceItIsDeactivated) {
  Trial trial;
  Client client(trial, "p256-a");
  client.register_account();
  const std::string mine = target_of(client.account());
  client.post("/acme/new-order", order_for({"example.jp"}));

  const auto answer = client.post(mine, R"({"status":"deactivated"})");

  EXPECT_EQ(text_in(answer, "status"), "deactivated");
  EXPECT_EQ(outcome(client.post(mine, "")), "401 unauthorized");
  EXPECT_EQ(outcome(client.post("/acme/new-order", order_for({"example.jp"}))), "401 unauthorized");
  EXPECT_EQ(outcome(client.post("/acme/order/1", "")), "401 unauthorized");
  client.use_account("");
  EXPECT_EQ(outcome(client.post("/acme/new-account", R"({"onlyReturnExisting":true})")),
            "401 unauthorized");
}

TEST(AccountTest, ListsItsOrdersInPages) {
  Trial trial;
  Client client(trial, "p256-a");
  client.register_account();
  const std::string list = target_of(client.account()) + "/orders";
  for (int i = 0; i < 101; ++i) client.post("/acme/new-order", order_for({"example.jp"}));

  const auto first = client.post(list, "");
  const std::string next = target_of(linked(first, "next"));
  const auto second = client.post(next, "");

  EXPECT_EQ(texts_in(body_of(first), "orders").size(), 100u);
  EXPECT_THAT(texts_in(body_of(second), "orders"),
              ElementsAre(std::string(kTrialBase) + "/acme/order/101"));
  EXPECT_EQ(linked(second, "next"), "");
}

// -- another key
// ---------------------------------------------------------------------------------------------------------

/// The inner JWS of a key change, with whatever differs.
struct Change {
  std::optional<std::string> url, account, old_key, more, jwk;
};
std::string change_to(const Signer& key, Client& client, const Change& change = {}) {
  const std::string url = change.url.value_or(std::string(kTrialBase) + "/acme/key-change");
  const std::string header = R"({"alg":")" + key.algorithm() + R"(","url":")" + url +
                             R"(","jwk":)" + change.jwk.value_or(key.jwk()) +
                             change.more.value_or("") + "}";
  return key.jws(header, R"({"account":")" + change.account.value_or(client.account()) +
                             R"(","oldKey":)" + change.old_key.value_or(client.signer().jwk()) +
                             "}");
}
Signer key_named(std::string_view name) {
  return *Signer::from_pem(ca::KeyPool::find(name)->pem());
}

TEST(KeyChangeTest, GivesTheAccountAnotherKey) {
  Trial trial;
  Client client(trial, "p256-a"), old(trial, "p256-a");
  client.register_account();
  old.use_account(client.account());
  const Signer fresh = key_named("p384-a");

  EXPECT_EQ(outcome(client.post("/acme/key-change", change_to(fresh, client))), "200");

  EXPECT_EQ(outcome(old.post(target_of(client.account()), "")), "400 badSignatureAlgorithm");
  client.use(fresh);
  EXPECT_EQ(outcome(client.post(target_of(client.account()), "")), "200");
  EXPECT_NE(issue(trial, client, {"example.jp"}, "http-01").pem, "");  // its strings are those of
                                                                       // the new key
  old.use_account("");
  EXPECT_EQ(outcome(old.post("/acme/new-account", R"({"onlyReturnExisting":true})")),
            "400 accountDoesNotExist");
}

TEST(KeyChangeTest, RefusesWhatIsNotSignedByBothForThisAccount) {
  Trial trial;
  Client client(trial, "p256-a");
  client.register_account();
  const Signer fresh = key_named("p256-b"), other = key_named("p384-a");
  Change url, account, old_key, nonce, kid, jwk;
  url.url = std::string(kTrialBase) + "/acme/new-order";
  account.account = std::string(kTrialBase) + "/acme/account/9";
  old_key.old_key = other.jwk();
  nonce.more = R"(,"nonce":"AAAA")";
  kid.more = R"(,"kid":"x")";
  jwk.jwk = key_named("p256-a").jwk();
  Change no_key;
  no_key.old_key = "{}";

  for (const Change& change : {url, account, old_key, nonce, kid, jwk, no_key})
    EXPECT_EQ(outcome(client.post("/acme/key-change", change_to(fresh, client, change))),
              "400 malformed");
  EXPECT_EQ(outcome(client.post("/acme/key-change", change_to(client.signer(), client))),
            "400 malformed");  // the same key
  EXPECT_EQ(outcome(client.post("/acme/key-change", "{}")), "400 malformed");
  EXPECT_EQ(outcome(client.post("/acme/key-change", change_to(key_named("rsa-1024-weak"), client))),
            "400 badPublicKey");
  Change not_its_own;
  not_its_own.jwk = key_named("rsa-2048-b").jwk();
  EXPECT_EQ(outcome(client.post("/acme/key-change",
                                change_to(key_named("rsa-2048-a"), client, not_its_own))),
            "400 malformed");
  EXPECT_EQ(outcome(client.post(target_of(client.account()), "")), "200");  // still the old key
}

TEST(KeyChangeTest, RefusesAKeyThatIsInUse) {
  TrialOptions options;
  options.account = true;
  Trial trial(options);
  Client client(trial, "p256-a");
  client.register_account();
  const Signer taken = key_named("p256-b");
  ASSERT_TRUE(trial.server().adopt("account/1", taken.jwk()));

  const auto answer = client.post("/acme/key-change", change_to(taken, client));

  EXPECT_EQ(outcome(answer), "409 malformed");
  EXPECT_EQ(header_in(answer, "Location"), std::string(kTrialBase) + "/acme/account/1");
}

TEST(AccountTest, OfAFactIsAdoptedOnce) {
  TrialOptions options;
  options.account = true;
  Trial trial(options);
  Client client(trial, "p256-a");

  EXPECT_FALSE(trial.server().adopt("account/1", "{}"));
  EXPECT_TRUE(trial.server().adopt("account/1", client.signer().jwk()));
  EXPECT_FALSE(trial.server().adopt("account/1", key_named("p256-b").jwk()));
  EXPECT_FALSE(trial.server().adopt("account/2", client.signer().jwk()));
}

}  // namespace
}  // namespace shinsa::fakes::acme
