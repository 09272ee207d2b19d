// A server that was stopped goes on as it was: its notes are recalled by a fresh one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/acme/trial.hpp"
#include "fakes/acme/x509.hpp"

namespace shinsa::fakes::acme {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// A server that takes notes, and one that takes its place at the same desk.
struct Restarted {
  Trial trial;
  std::vector<std::string> notes;
  Server second{trial.desk()};
  explicit Restarted(TrialOptions options = {}) : trial(std::move(options)) {
    trial.server().take_notes([&](const std::string& line) { notes.push_back(line); });
  }
  void restart() {
    for (const std::string& line : notes) {
      const auto recalled = second.recall(line);
      ASSERT_TRUE(recalled) << recalled.error().text();
    }
  }
  /// The same request to the second one, with a nonce of its own.
  wire::HttpResponse ask_second(Client& client, std::string_view target, std::string_view payload) {
    std::optional<wire::HttpResponse> answer;
    const auto take = [&](wire::HttpResponse one) { answer = std::move(one); };
    second.handle({"HEAD",
                   "https",
                   "acme.amecert.jprs.jp",
                   "/acme/new-nonce",
                   {{"User-Agent", "trial"}},
                   {},
                   {}},
                  take);
    Departure fresh;
    fresh.nonce = header_in(*answer, "Replay-Nonce");
    second.handle(client.signed_request(target, payload, fresh), take);
    return *answer;
  }
};

TEST(NotesTest, AreTakenBeforeTheAnswer) {
  Restarted at;
  Client client(at.trial, "p256-a");
  std::size_t notes_at_the_answer = 0;
  at.trial.server().handle(
      client.signed_request("/acme/new-account", client.account_wish()),
      [&](const wire::HttpResponse&) { notes_at_the_answer = at.notes.size(); });

  EXPECT_EQ(notes_at_the_answer, 1u);
}

TEST(NotesTest, AreNotTakenOfWhatIsRefusedOrRead) {
  Restarted at;
  Client client(at.trial, "p256-a");
  client.post("/acme/new-account", "{}");
  EXPECT_THAT(at.notes, IsEmpty());
  client.register_account();
  client.post(target_of(client.account()), "");
  client.post("/acme/new-order", order_for({"example.com"}));

  EXPECT_THAT(at.notes, SizeIs(1));
}

TEST(NotesTest, BringBackAccountsAndTheirOrders) {
  TrialOptions options;
  options.account = true;
  Restarted at(options);
  Client client(at.trial, "p256-a"), adopted(at.trial, "p384-a"), gone(at.trial, "p256-b");
  client.register_account();
  ASSERT_TRUE(at.trial.server().adopt("account/1", adopted.signer().jwk()));
  adopted.use_account(std::string(kTrialBase) + "/acme/account/1");
  client.post(target_of(client.account()), R"({"contact":["mailto:jiro@example.jp"]})");
  client.post("/acme/new-order", order_for({"example.jp"}));
  adopted.post("/acme/new-authz", R"({"identifier":{"type":"dns","value":"www.example.jp"}})");
  const auto account = body_of(client.post(target_of(client.account()), ""));

  at.restart();

  const std::string mine = target_of(client.account());
  EXPECT_EQ(body_of(at.ask_second(client, mine, "")), account);
  EXPECT_EQ(texts_in(body_of(at.ask_second(client, mine + "/orders", "")), "orders").size(), 1u);
  EXPECT_EQ(outcome(at.ask_second(adopted, "/acme/order/1", "")), "403 unauthorized");
  const auto order = at.ask_second(adopted, "/acme/new-order", order_for({"www.example.jp"}));
  EXPECT_EQ(header_in(order, "Location"), std::string(kTrialBase) + "/acme/order/2");  // ahead
}

TEST(NotesTest, BringBackWhatWasGivenUp) {
  Restarted at;
  Client client(at.trial, "p256-a"), old(at.trial, "p256-a");
  client.register_account();
  old.use_account(client.account());
  client.post("/acme/new-order", order_for({"example.jp"}));
  client.post("/acme/authz/1-1", R"({"status":"deactivated"})");

  at.restart();

  EXPECT_EQ(text_in(at.ask_second(client, "/acme/authz/1-1", ""), "status"), "deactivated");
  EXPECT_EQ(text_in(at.ask_second(client, "/acme/order/1", ""), "status"), "invalid");
}

TEST(NotesTest, BringBackADeactivatedAccountAndWhatAnOrderReplaces) {
  Restarted at;
  Client client(at.trial, "p256-a");
  client.register_account();
  const auto face = read_certificate_pem(issue(at.trial, client, {"example.jp"}, "http-01").pem);
  const std::string wish = order_for({"example.jp"}, R"(,"replaces":")" + face->id + "\"");
  client.post("/acme/new-order", wish);

  at.restart();

  EXPECT_EQ(text_in(at.ask_second(client, "/acme/order/2", ""), "replaces"), face->id);
  EXPECT_EQ(outcome(at.ask_second(client, "/acme/new-order", wish)), "409 alreadyReplaced");
  client.post(target_of(client.account()), R"({"status":"deactivated"})");
  ASSERT_TRUE(at.second.recall(at.notes.back()));
  EXPECT_EQ(outcome(at.ask_second(client, "/acme/order/2", "")), "401 unauthorized");
}

TEST(NotesTest, RefusesOtherLines) {
  Restarted at;
  for (const char* line :
       {"", "{", "[]", "{}", R"({"deactivated":1})", R"({"account":"account/1"})",
        R"({"account":"account/1","jwk":"{}"})", R"({"order":"order/1","of":"account/9"})"})
    EXPECT_FALSE(at.second.recall(line)) << line;
}

}  // namespace
}  // namespace shinsa::fakes::acme
