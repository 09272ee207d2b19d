// The rules of jpdirect-acme, event by event: limits on both sides of their second, refusals by
// table, actions that no clause allows.
#include <algorithm>

#include "model/catalogue/ids.hpp"
#include "model/machines/acme_certificate.hpp"
#include "model/machines/caa_check.hpp"
#include "model/machines/use_fqdn.hpp"
#include "model/testing/world_trial.hpp"
#include "model/world.hpp"

namespace shinsa::model {
namespace {

/// A World and a pen: events are written as their fields in text.
class AcmeWorldTest : public WorldTrial {
 protected:
  void start(const std::map<std::string, std::string>& readings = {}) {
    start_with({"jpdirect-acme", readings, {}});
  }

  /// What the action that is owed must say in a field; empty if nothing, or nothing is owed.
  std::string owed_text(const std::string& type, const std::string& field) {
    for (const Missed& missed : world_->owed())
      if (kEventTypes[missed.type].name == type && missed.match)
        return std::string(facts_.text(field_of(facts_.record(missed.match), field).text()));
    return {};
  }
  Texts owed_list(const std::string& type, const std::string& field) {
    Texts all;
    for (const Missed& missed : world_->owed())
      if (kEventTypes[missed.type].name == type && missed.match)
        for (TextId item : facts_.list(field_of(facts_.record(missed.match), field).list()))
          all.emplace_back(facts_.text(item));
    return all;
  }

  void member() {
    step("2026-11-24T09:00:00+09:00", "fact.customer", "customer/C1",
         {{"mail", "taro@example.jp"}, {"billing_mail", "billing@example.jp"}});
  }
  void account() {
    step("2026-11-24T09:00:00+09:00", "fact.account", "account/1", {{"customer", "customer/C1"}});
  }
  void registered(const std::string& name = "example.jp",
                  const std::string& completed = "2026-11-01T10:00:00+09:00") {
    step("2026-11-24T09:00:00+09:00", "fact.fqdn", "fqdn/" + name,
         {{"customer", "customer/C1"}, {"fqdn", name}, {"completed", completed}});
  }
  void settled() {
    start();
    member();
    account();
    registered();
  }
  void applied() {
    step(kTen, "acme.applied", "customer/C1", {{"consent", "true"}});
    step(kTen, "eab.issued", "eab/1", {{"customer", "customer/C1"}, {"number", "ACME1"}});
  }
  Outcome ask_account(const std::string& at, const Said& changes = {}) {
    return step(
        at, "account.requested", "account/1",
        changed({{"eab", "eab/1"}, {"contacts", "mailto:taro@example.jp"}, {"terms", "true"}},
                changes));
  }
  Outcome ask_order(const std::string& at, const std::string& names = "example.jp") {
    return step(at, "order.requested", "order/1",
                {{"account", "account/1"}, {"identifiers", names}});
  }
  /// An order with its challenges; the file's string is `f`, the record's `d`.
  void ordered(const std::string& at = kTen, const std::string& name = "example.jp") {
    ASSERT_TRUE(ask_order(at, name).accepted);
    step(at, "order.created", "order/1", {{"account", "account/1"}, {"identifiers", name}});
    step(at, "authorization.created", "authorization/1",
         {{"order", "order/1"}, {"identifier", name}});
    for (const auto& [type, string] : {std::pair{"http-01", "f"}, std::pair{"dns-01", "d"}})
      step(at, "challenge.offered", std::string("challenge/") + string,
           {{"authorization", "authorization/1"},
            {"type", type},
            {"token", "t"},
            {"string", string}});
  }
  Outcome respond(const std::string& at, const std::string& type = "dns-01") {
    return step(at, "challenge.responded", "authorization/1", {{"type", type}});
  }
  void proven(const std::string& at = kTen) {
    respond(at);
    step(at, "dns.queried", "challenge/d",
         {{"name", "_acme-challenge.example.jp"}, {"type", "TXT"}});
    step(at, "dns.answered", "challenge/d",
         {{"name", "_acme-challenge.example.jp"},
          {"type", "TXT"},
          {"status", "ok"},
          {"values", "d"}});
    step(at, "challenge.validated", "challenge/d");
  }
  Outcome finalize(const std::string& at) {
    return step(at, "order.finalized", "order/1",
                {{"csr", "x"}, {"csr_names", "example.jp"}, {"key", "k"}});
  }
  void caa_permits(const std::string& at) {
    step(at, "dns.queried", "authorization/1", {{"name", "example.jp"}, {"type", "CAA"}});
    step(at, "dns.answered", "authorization/1",
         {{"name", "example.jp"}, {"type", "CAA"}, {"status", "nodata"}});
  }
  Outcome issue(const std::string& at, const Said& changes = {}) {
    return step(at, "certificate.issued", "certificate/01",
                changed({{"application", "order/1"},
                         {"cn", "example.jp"},
                         {"sans", "example.jp"},
                         {"not_before", kTen},
                         {"not_after", "2027-02-22T09:59:59+09:00"}},
                        changes));
  }

  static const inline std::string kTen = "2026-11-24T10:00:00+09:00";
};

TEST_F(AcmeWorldTest, LeadsFromTheApplicationToAnAccount) {
  start();
  member();

  EXPECT_TRUE(step(kTen, "acme.applied", "customer/C1", {{"consent", "true"}}).accepted);
  EXPECT_EQ(owed(), Texts{"eab.issued"});
  EXPECT_TRUE(step(kTen, "eab.issued", "eab/1", {{"customer", "customer/C1"}, {"number", "ACME1"}})
                  .accepted);
  EXPECT_EQ(owed(), Texts{"mail.sent"});
  EXPECT_EQ(owed_text("mail.sent", "to"), "taro@example.jp");
  EXPECT_TRUE(ask_account(kTen).accepted);
  EXPECT_TRUE(step(kTen, "account.created", "account/1", {{"eab", "eab/1"}}).accepted);
  EXPECT_EQ(world_->states_of(facts_.intern("account/1")), "Valid");
  EXPECT_EQ(world_->states_of(facts_.intern("eab/1")), "UsedUp, NoticeDue");
}

TEST_F(AcmeWorldTest, AnEabIsGoodForFourteenDaysToTheSecond) {
  for (const auto& [at, refused] : {std::pair{"2026-12-08T09:59:59+09:00", Texts{}},
                                    std::pair{"2026-12-08T10:00:00+09:00", Texts{"ACM-18"}}}) {
    start();
    member();
    applied();

    EXPECT_EQ(ids(ask_account(at)), refused) << at;
  }
}

TEST_F(AcmeWorldTest, RefusesAnAccountWithItsErrorType) {
  struct Line {
    Said changes;
    Texts refused;
    std::string error;
  };
  for (const Line& line :
       std::vector<Line>{{{{"eab", "~"}}, {"ACM-22"}, "externalAccountRequired"},
                         {{{"eab", "eab/9"}}, {"ACM-22"}, "unauthorized"},
                         {{{"mac_verifies", "false"}}, {"ACM-22"}, "unauthorized"},
                         {{{"contacts", "~"}}, {"ACM-23"}, "invalidContact"},
                         {{{"directory", "acme.example"}}, {"ACM-23"}, "invalidContact"},
                         {{{"terms", "false"}}, {"RFC-11"}, "userActionRequired"}}) {
    start();
    member();
    applied();

    EXPECT_EQ(ids(ask_account(kTen, line.changes)), line.refused);
    EXPECT_FALSE(step(kTen, "account.created", "account/1").accepted);
    const auto wrong = step(kTen, "acme.refused", "account/1", {{"error", "badCSR"}});
    EXPECT_TRUE(wrong.met.empty());
    const auto right = step(kTen, "acme.refused", "account/1", {{"error", line.error}});
    EXPECT_EQ(right.met.size(), line.refused.size()) << line.error;
  }
}

TEST_F(AcmeWorldTest, TheButtonWorksOnce) {
  start();
  member();
  applied();

  EXPECT_EQ(
      ids(step("2027-06-01T10:00:00+09:00", "acme.applied", "customer/C1", {{"consent", "true"}})),
      Texts{"ACM-19"});
  step("2027-06-01T10:00:00+09:00", "application.refused", "customer/C1");
  EXPECT_EQ(
      ids(step("2027-06-01T10:00:00+09:00", "eab.issued", "eab/2", {{"customer", "customer/C1"}})),
      Texts{"ACM-20"});
}

TEST_F(AcmeWorldTest, RefusesADraftByEachClauseThatSaysNo) {
  struct Line {
    Said changes;
    Texts refused;
  };
  const Said sound{{"customer", "customer/C1"},
                   {"kind", "DV"},
                   {"fqdn", "example.jp"},
                   {"months", "12"},
                   {"price", "1"}};
  for (const Line& line :
       std::vector<Line>{{{}, {}},
                         {{{"kind", "OV"}}, {"ACM-03"}},
                         {{{"kind", "DV-wildcard"}}, {"ACM-24"}},
                         {{{"fqdn", "*.example.jp"}}, {"ACM-24"}},
                         {{{"fqdn", "例え.jp"}}, {"ACM-11"}},
                         {{{"fqdn", "-a.jp"}}, {"RFC-10"}},
                         {{{"double_address", "true"}}, {"ACM-06"}},
                         {{{"double_address", "true"}, {"fqdn", "例え.jp"}, {"kind", "OV"}},
                          {"ACM-03", "ACM-06", "ACM-11"}},
                         {{{"customer", "customer/C9"}}, {"ACM-16", "ACM-25"}}}) {
    settled();
    EXPECT_EQ(ids(step(kTen, "fqdn.drafted", "fqdn/1", changed(sound, line.changes))),
              line.refused);
  }
}

TEST_F(AcmeWorldTest, OnlyTheConfirmedPaymentCompletesARegistration) {
  start();
  member();
  account();
  const Said draft{{"customer", "customer/C1"},
                   {"kind", "DV"},
                   {"fqdn", "example.jp"},
                   {"months", "12"},
                   {"price", "10900"}};
  step(kTen, "fqdn.drafted", "fqdn/1", draft);
  step(kTen, "fqdn.proceeded", "fqdn/1");
  step(kTen, "fqdn.reviewed", "fqdn/1");
  step(kTen, "payment_method.chosen", "fqdn/1", {{"method", "card"}, {"consent", "true"}});
  EXPECT_EQ(ids(step(kTen, "invoice.issued", "fqdn/1", {{"bill", "BILL1"}, {"amount", "10900"}})),
            Texts{"ACM-31"});

  EXPECT_TRUE(step(kTen, "fqdn.confirmed", "fqdn/1").accepted);
  EXPECT_EQ(owed(), (Texts{"invoice.issued", "mail.sent"}));
  EXPECT_EQ(owed_text("mail.sent", "subject"), (kLabel<"ACM-33", "subject">));
  EXPECT_EQ(ids(step(kTen, "invoice.issued", "fqdn/1", {{"bill", "B1"}, {"amount", "10900"}})),
            Texts{"ACM-57"});
  EXPECT_EQ(ids(step(kTen, "invoice.issued", "fqdn/1", {{"bill", "BILL1"}, {"amount", "1"}})),
            Texts{"ACM-24"});
  EXPECT_TRUE(
      step(kTen, "invoice.issued", "fqdn/1", {{"bill", "BILL1"}, {"amount", "10900"}}).accepted);
  EXPECT_EQ(ids(step(kTen, "payment.confirmed", "fqdn/1")), Texts{"ACM-35"});
  EXPECT_EQ(ids(ask_order(kTen)), Texts{"ACM-38"});
  step(kTen, "payment.received", "fqdn/1", {{"bill", "BILL1"}, {"amount", "10900"}});
  EXPECT_EQ(ids(ask_order(kTen)), Texts{"ACM-38"});
  EXPECT_TRUE(step(kTen, "payment.confirmed", "fqdn/1").accepted);
  EXPECT_TRUE(ask_order(kTen).accepted);
}

TEST_F(AcmeWorldTest, NamesTheClauseOfEachNameThatMayNotStandInAnOrder) {
  struct Line {
    std::string registered, ordered;
    Texts refused;
  };
  for (const Line& line : std::vector<Line>{
           {"example.jp", "example.jp", {}},
           {"example.jp", "www.example.jp", {}},
           {"example.jp", "www.www.example.jp", {"ACM-08"}},
           {"example.jp", "shop.example.jp", {"ACM-08"}},
           {"example.jp", "wwwexample.jp", {"ACM-38"}},
           {"www.example.jp", "www.www.example.jp", {}},
           {"www.example.jp", "example.jp", {"ACM-09"}},
           {"*.example.jp", "*.example.jp", {}},
           {"*.example.jp", "www.example.jp", {"ACM-04"}},
           {"*.example.jp", "example.jp", {"ACM-04"}},
           {"*.example.jp", "example.com", {"ACM-38"}},
           {"example.jp", "example.jp,shop.example.jp,example.com", {"ACM-08", "ACM-38"}},
           {"example.jp", "", {"RFC-12"}},
           {"example.jp", "example.jp.", {"ACM-38", "RFC-10"}}}) {
    start();
    member();
    account();
    registered(line.registered);

    EXPECT_EQ(ids(ask_order(kTen, line.ordered)), line.refused)
        << line.registered << " " << line.ordered;
  }
}

TEST_F(AcmeWorldTest, ARefusedOrderOwesASubproblemForEachName) {
  settled();

  ask_order(kTen, "example.jp,shop.example.jp,example.com");

  EXPECT_EQ(owed_list("acme.refused", "subproblems"),
            (Texts{"shop.example.jp rejectedIdentifier ACM-08",
                   "example.com rejectedIdentifier ACM-38"}));
}

TEST_F(AcmeWorldTest, OpensAnAuthorizationForEachNameAndEachUnderANameOfItsOwn) {
  start();
  member();
  account();
  registered();
  ask_order(kTen, "example.jp,www.example.jp");
  step(kTen, "order.created", "order/1");
  const auto open = [&](const std::string& subject, const std::string& name) {
    return ids(
        step(kTen, "authorization.created", subject, {{"order", "order/1"}, {"identifier", name}}));
  };

  EXPECT_EQ(open("authorization/1", "example.jp"), Texts{});
  EXPECT_EQ(open("authorization/1", "www.example.jp"), Texts{"RFC-13"});
  EXPECT_EQ(open("authorization/2", "www.example.jp"), Texts{});

  const auto offer = [&](const std::string& subject, const std::string& type) {
    return ids(step(
        kTen, "challenge.offered", subject,
        {{"authorization", "authorization/1"}, {"type", type}, {"token", "t"}, {"string", "s"}}));
  };
  EXPECT_EQ(offer("challenge/1", "http-01"), Texts{});
  EXPECT_EQ(offer("challenge/1", "dns-01"), Texts{"ACM-43"});
  EXPECT_EQ(offer("challenge/2", "dns-01"), Texts{});
}

TEST_F(AcmeWorldTest, OffersTwoMethodsAndOneForAWildcard) {
  start();
  member();
  account();
  registered("*.example.jp");
  ask_order(kTen, "*.example.jp");
  step(kTen, "order.created", "order/1");
  step(kTen, "authorization.created", "authorization/1",
       {{"order", "order/1"}, {"identifier", "*.example.jp"}});
  const auto offer = [&](const std::string& type, const std::string& expires) {
    return ids(step(kTen, "challenge.offered", "challenge/" + type,
                    {{"authorization", "authorization/1"},
                     {"type", type},
                     {"token", "t"},
                     {"string", "s"},
                     {"expires", expires}}));
  };

  EXPECT_EQ(owed(), Texts{"challenge.offered"});
  EXPECT_EQ(offer("http-01", "2026-12-19T10:00:00+09:00"), Texts{"ACM-41"});
  EXPECT_EQ(offer("tls-alpn-01", "2026-12-19T10:00:00+09:00"), Texts{"ACM-39"});
  EXPECT_EQ(offer("dns-01", "2026-12-19T10:00:01+09:00"), Texts{"ACM-51"});
  EXPECT_EQ(offer("dns-01", "2026-12-19T10:00:00+09:00"), Texts{});
  EXPECT_EQ(ids(respond(kTen, "http-01")), Texts{"ACM-41"});
  EXPECT_EQ(ids(respond(kTen, "tls-alpn-01")), Texts{"ACM-39"});
  EXPECT_TRUE(respond(kTen, "dns-01").accepted);
  EXPECT_EQ(owed_text("dns.queried", "name"), "_acme-challenge.example.jp");
}

TEST_F(AcmeWorldTest, StringsAreGoodForTwentyFiveDaysToTheSecond) {
  struct Line {
    std::string type, at;
    Texts refused;
  };
  for (const Line& line : std::vector<Line>{{"http-01", "2026-12-19T09:59:59+09:00", {}},
                                            {"http-01", "2026-12-19T10:00:00+09:00", {"ACM-45"}},
                                            {"dns-01", "2026-12-19T09:59:59+09:00", {}},
                                            {"dns-01", "2026-12-19T10:00:00+09:00", {"ACM-52"}}}) {
    settled();
    ordered();

    EXPECT_EQ(ids(respond(line.at, line.type)), line.refused) << line.type << line.at;
    if (!line.refused.empty()) {
      EXPECT_EQ(world_->states_of(facts_.intern("order/1")), "Invalid");
    }
  }
}

TEST_F(AcmeWorldTest, ALookThatNobodyAnswersRunsOutWithItsString) {
  for (const char* type : {"http-01", "dns-01"}) {
    settled();
    ordered();
    respond("2026-12-19T09:59:59+09:00", type);
    step("2026-12-19T09:59:59+09:00", "http.requested", "challenge/f",
         {{"uri", "http://example.jp/.well-known/acme-challenge/t"}});
    step("2026-12-19T09:59:59+09:00", "dns.queried", "challenge/d",
         {{"name", "_acme-challenge.example.jp"}, {"type", "TXT"}});

    world_->advance(*parse_instant("2026-12-19T10:00:00+09:00"));

    EXPECT_EQ(world_->states_of(facts_.intern("authorization/1")), "Expired, Idle") << type;
    EXPECT_EQ(world_->states_of(facts_.intern("order/1")), "Invalid") << type;
    EXPECT_TRUE(owed().empty()) << type;
  }
}

TEST_F(AcmeWorldTest, SaysOfAChallengeNothingThatIsOfTheOtherMethod) {
  for (const auto& [type, challenge, clause] : std::vector<std::array<const char*, 3>>{
           {"http-01", "challenge/f", "ACM-45"}, {"dns-01", "challenge/d", "ACM-52"}}) {
    settled();
    ordered();
    respond("2026-12-19T09:59:59+09:00", type);

    EXPECT_EQ(ids(step("2026-12-19T10:00:00+09:00", "challenge.validated", challenge, {})),
              Texts{clause});
  }
}

TEST_F(AcmeWorldTest, LooksAtTheFixedPlacesOnly) {
  settled();
  ordered();
  respond(kTen, "http-01");
  const auto ask = [&](const std::string& uri) {
    return ids(step(kTen, "http.requested", "challenge/f", {{"uri", uri}}));
  };

  EXPECT_EQ(ask("https://example.jp/.well-known/acme-challenge/t"), Texts{"ACM-46"});
  EXPECT_EQ(ask("http://www.example.jp/.well-known/acme-challenge/t"), Texts{"ACM-42"});
  EXPECT_EQ(ask("http://example.jp/.well-known/pki-validation/t"), Texts{"ACM-42"});
  EXPECT_EQ(ids(step(kTen, "dns.queried", "challenge/d",
                     {{"name", "_acme-challenge.example.jp"}, {"type", "TXT"}})),
            Texts{"ACM-48"});
  EXPECT_EQ(ask("http://example.jp/.well-known/acme-challenge/t"), Texts{});
}

TEST_F(AcmeWorldTest, JudgesAChallengeByWhatWasAnswered) {
  struct Line {
    Said answer;
    std::string owes;
  };
  for (const Line& line : std::vector<Line>{
           {{{"outcome", "answered"}, {"status", "200"}, {"body", "f"}}, "challenge.validated"},
           {{{"outcome", "answered"}, {"status", "200"}, {"body", "f\r\n"}}, "challenge.validated"},
           {{{"outcome", "answered"}, {"body", "f"}, {"redirects", "10"}}, "challenge.validated"},
           {{{"outcome", "answered"}, {"body", "f"}, {"redirects", "11"}}, "challenge.failed"},
           {{{"outcome", "answered"}, {"body", "f"}, {"https", "true"}}, "challenge.failed"},
           {{{"outcome", "answered"}, {"status", "404"}, {"body", "f"}}, "challenge.failed"},
           {{{"outcome", "answered"}, {"body", "d"}}, "challenge.failed"},
           {{{"outcome", "no-connection"}}, "challenge.failed"},
           {{{"outcome", "tls-failure"}}, "challenge.failed"},
           {{{"outcome", "redirect-to-https"}}, "challenge.failed"}}) {
    settled();
    ordered();
    respond(kTen, "http-01");
    step(kTen, "http.requested", "challenge/f",
         {{"uri", "http://example.jp/.well-known/acme-challenge/t"}});

    step(kTen, "http.answered", "challenge/f", line.answer);

    EXPECT_EQ(owed(), Texts{line.owes});
    const std::string other =
        line.owes == "challenge.validated" ? "challenge.failed" : "challenge.validated";
    EXPECT_FALSE(step(kTen, other, "challenge/f").accepted);
  }
}

TEST_F(AcmeWorldTest, SaysWhetherLookUpConnectionOrHandshakeFailed) {
  for (const auto& [outcome, error] :
       std::vector<std::array<const char*, 2>>{{"dns-failure", "dns"},
                                               {"no-connection", "connection"},
                                               {"timeout", "connection"},
                                               {"empty-answer", "connection"},
                                               {"tls-failure", "tls"}})
    for (const char* said : {"dns", "connection", "tls"}) {
      settled();
      ordered();
      respond(kTen, "http-01");
      step(kTen, "http.requested", "challenge/f",
           {{"uri", "http://example.jp/.well-known/acme-challenge/t"}});
      step(kTen, "http.answered", "challenge/f", {{"outcome", outcome}});

      const bool accepted =
          step(kTen, "challenge.failed", "challenge/f", {{"error", said}}).accepted;

      EXPECT_EQ(accepted, said == std::string(error)) << outcome << " " << said;
    }
}

TEST_F(AcmeWorldTest, IssuesToTheFinalizedOrderAfterCaaAndOnce) {
  settled();
  EXPECT_EQ(ids(issue(kTen)), Texts{"ACM-38"});
  ordered();
  EXPECT_EQ(ids(issue(kTen)), Texts{"ACM-13"});
  EXPECT_EQ(ids(finalize(kTen)), Texts{"RFC-17"});
  step(kTen, "acme.refused", "order/1", {{"error", "orderNotReady"}});
  proven();
  EXPECT_EQ(ids(issue(kTen)), Texts{"ACM-13"});
  EXPECT_TRUE(finalize(kTen).accepted);
  EXPECT_EQ(ids(issue(kTen)), Texts{"RFC-19"});
  caa_permits(kTen);

  EXPECT_EQ(ids(issue(kTen, {{"sans", "example.jp,www.example.jp"}})), Texts{"RFC-18"});
  EXPECT_EQ(ids(issue(kTen, {{"key", "other"}})), Texts{"RFC-18"});
  EXPECT_EQ(ids(issue(kTen, {{"kind", "OV"}})), Texts{"ACM-03"});
  EXPECT_EQ(ids(issue(kTen, {{"not_after", "2027-02-22T10:00:00+09:00"}})), Texts{"ASM-30"});
  EXPECT_TRUE(issue(kTen).accepted);
  EXPECT_EQ(world_->states_of(facts_.intern("fqdn/example.jp")),
            "Confirmed, Completed, Open, Effective");
  EXPECT_EQ(ids(step(kTen, "certificate.issued", "certificate/02",
                     {{"application", "order/1"},
                      {"cn", "example.jp"},
                      {"not_before", kTen},
                      {"not_after", "2027-02-22T09:59:59+09:00"}})),
            Texts{"RFC-17"});
}

TEST_F(AcmeWorldTest, TheMonthEndsWithItsLastSecond) {
  for (const auto& [at, refused] : {std::pair{"2027-11-30T23:59:59+09:00", Texts{}},
                                    std::pair{"2027-12-01T00:00:00+09:00", Texts{"ACM-54"}}}) {
    settled();
    EXPECT_EQ(ids(ask_order(at)), refused) << at;
  }
}

TEST_F(AcmeWorldTest, AMonthMayEndForAsManyOrdersAsThereAre) {
  constexpr int kMany = 20'000;
  settled();
  ordered("2027-11-30T23:00:00+09:00");
  std::vector<Group> groups = world_->groups();
  std::vector<Object>& objects = groups.front().objects;
  const Object order = *std::ranges::find(objects, facts_.intern("order/1"), &Object::subject);
  for (int i = 2; i < kMany; ++i) {
    objects.push_back(order);
    objects.back().subject = facts_.intern("order/" + std::to_string(i));
  }
  world_->put_back(groups, *parse_instant("2027-11-30T23:00:00+09:00"));

  world_->advance(*parse_instant("2027-12-01T00:00:00+09:00"));

  EXPECT_EQ(world_->states_of(facts_.intern("fqdn/example.jp")),
            "Confirmed, Completed, Open, Lapsed");
}

TEST_F(AcmeWorldTest, AnOrderInProcessingIsOverWhenItsMonthEnds) {
  settled();
  ordered("2027-11-30T23:00:00+09:00");
  proven("2027-11-30T23:00:00+09:00");
  finalize("2027-11-30T23:59:59+09:00");
  caa_permits("2027-11-30T23:59:59+09:00");
  EXPECT_EQ(owed(), Texts{"certificate.issued"});

  EXPECT_EQ(ids(issue("2027-12-01T00:00:00+09:00", {{"not_before", "2027-12-01T00:00:00+09:00"},
                                                    {"not_after", "2028-02-28T23:59:59+09:00"}})),
            Texts{"ACM-54"});
  EXPECT_TRUE(owed().empty());
}

TEST_F(AcmeWorldTest, AnOrderThatLosesItsNamesBeforeItIsCreatedIsRefused) {
  settled();
  EXPECT_TRUE(ask_order("2027-11-30T23:59:59+09:00").accepted);
  EXPECT_EQ(owed(), Texts{"order.created"});
  const std::string then = "2027-12-01T00:00:00+09:00";

  EXPECT_EQ(ids(step(then, "order.created", "order/1",
                     {{"account", "account/1"}, {"identifiers", "example.jp"}})),
            (Texts{"ACM-54", "RFC-24"}));
  EXPECT_EQ(owed(), Texts{"acme.refused"});
  EXPECT_EQ(owed_list("acme.refused", "subproblems"),
            Texts{"example.jp rejectedIdentifier ACM-54"});
  EXPECT_EQ(ids(step(then, "acme.refused", "order/1", {{"error", "malformed"}})), Texts{"RFC-23"});
  EXPECT_TRUE(step(then, "acme.refused", "order/1",
                   {{"error", "rejectedIdentifier"}, {"clauses", "ACM-54"}})
                  .accepted);
  EXPECT_TRUE(owed().empty());
}

TEST_F(AcmeWorldTest, AListThatIsShownLateIsAsItWasOrAsItIs) {
  const std::string asked = "2027-11-30T23:59:59+09:00", shown = "2027-12-01T00:00:00+09:00";
  for (const char* upcoming : {"example.jp", ""}) {
    settled();
    EXPECT_TRUE(step(asked, "fqdn_list.opened", "customer/C1").accepted);
    EXPECT_EQ(ids(step(shown, "fqdn_list.shown", "customer/C1", {{"upcoming", "other.example"}})),
              Texts{"ACM-36"});
    EXPECT_EQ(ids(step(shown, "fqdn_list.shown", "customer/C1", {{"effective", "example.jp"}})),
              Texts{"ACM-37"});
    EXPECT_TRUE(step(shown, "fqdn_list.shown", "customer/C1", {{"upcoming", upcoming}}).accepted);
    EXPECT_TRUE(owed().empty());
    EXPECT_EQ(ids(step(shown, "fqdn_list.shown", "customer/C1", {{"upcoming", "example.jp"}})),
              (Texts{"ACM-36", "ASM-09"}));
  }
}

TEST_F(AcmeWorldTest, TwoConventionalCertificatesAreNoHindrance) {
  for (const auto& [reading, refused] :
       {std::pair{"apart", Texts{}}, std::pair{"together", Texts{"ACM-05"}}}) {
    start({{"ACM-Q20", reading}});
    member();
    account();
    registered();
    for (const char* one : {"certificate/A", "certificate/B"})
      step("2026-11-24T09:00:00+09:00", "fact.certificate", one,
           {{"customer", "customer/C1"},
            {"cn", "example.jp"},
            {"kind", "DV"},
            {"not_before", "2026-04-01T00:00:00+09:00"},
            {"not_after", "2027-03-31T23:59:59+09:00"}});

    EXPECT_EQ(ids(ask_order(kTen)), refused) << reading;
  }
}

TEST_F(AcmeWorldTest, APortalThatInstallsBreaksTheClause) {
  settled();

  EXPECT_EQ(ids(step(kTen, "certificate.installed", "certificate/01")), Texts{"ACM-15"});
}

TEST_F(AcmeWorldTest, AnAccountThatWasRefusedJoinsItsCustomerLater) {
  start();
  member();
  applied();
  ask_account(kTen, {{"eab", "~"}});
  step(kTen, "acme.refused", "account/1", {{"error", "externalAccountRequired"}});

  EXPECT_TRUE(ask_account("2026-11-24T10:01:00+09:00").accepted);
  EXPECT_EQ(world_->states_of(facts_.intern("account/1")), "CreationDue");
}

// Whatever name the client gave it: the refusal is still owed to the name, and no more than that.
TEST_F(AcmeWorldTest, AnAnswerBeforeThereIsAnAuthorizationIsRefusedAndForgotten) {
  settled();
  ask_order(kTen);
  step(kTen, "order.created", "order/1", {{"account", "account/1"}, {"identifiers", "example.jp"}});
  EXPECT_EQ(ids(respond(kTen)), Texts{"RFC-15"});
  const auto refuse = [&] {
    return ids(step(kTen, "acme.refused", "authorization/1", {{"error", "malformed"}}));
  };

  EXPECT_TRUE(step(kTen, "authorization.created", "authorization/1",
                   {{"order", "order/1"}, {"identifier", "example.jp"}})
                  .accepted);
  EXPECT_EQ(refuse(), Texts{});
  EXPECT_EQ(refuse(), Texts{"ASM-08"});
  EXPECT_EQ(ids(step(kTen, "challenge.offered", "challenge/d",
                     {{"authorization", "authorization/1"},
                      {"type", "dns-01"},
                      {"token", "t"},
                      {"string", "d"}})),
            Texts{});
}

TEST_F(AcmeWorldTest, NoChallengeIsAnsweredBeforeAllAreOffered) {
  settled();
  ask_order(kTen);
  step(kTen, "order.created", "order/1", {{"account", "account/1"}, {"identifiers", "example.jp"}});
  step(kTen, "authorization.created", "authorization/1",
       {{"order", "order/1"}, {"identifier", "example.jp"}});
  for (const auto& [type, refused] :
       {std::pair{"dns-01", Texts{"RFC-25"}}, std::pair{"http-01", Texts{}}}) {
    step(kTen, "challenge.offered", std::string("challenge/") + type,
         {{"authorization", "authorization/1"}, {"type", type}, {"token", "t"}, {"string", type}});
    EXPECT_EQ(ids(respond(kTen)), refused) << type;
  }
}

TEST(UseFqdnTest, TheMonthComesFirstAndThenItsEnd) {
  struct Line {
    const char *completed, *ends;
  };
  for (const Line& line : {Line{"2024-02-29T10:00:00+09:00", "2025-03-01T00:00:00+09:00"},
                           Line{"2027-02-10T10:00:00+09:00", "2028-03-01T00:00:00+09:00"},
                           Line{"2026-11-30T23:59:59+09:00", "2027-12-01T00:00:00+09:00"},
                           Line{"2026-12-01T00:00:00+09:00", "2028-01-01T00:00:00+09:00"},
                           Line{"2026-10-31T12:00:00+09:00", "2027-11-01T00:00:00+09:00"}})
    EXPECT_EQ(to_text(use_fqdn::month_ends(*parse_instant(line.completed), 1)), line.ends);
}

TEST(CaaCheckTest, FollowsTheRecordsThatDecide) {
  using Records = std::vector<std::string_view>;
  struct Line {
    Records records;
    bool plain, wildcard;
  };
  for (const Line& line :
       std::vector<Line>{{{"0 issue \"jprs.jp\""}, true, true},
                         {{"0 issue jprs.jp"}, true, true},
                         {{"0 issue \"jprs.jp; accounturi=x\""}, true, true},
                         {{"0 issue \"ca.example\""}, false, false},
                         {{"0 issue \";\""}, false, false},
                         {{"0 issue \"ca.example\"", "0 issue \"jprs.jp\""}, true, true},
                         {{"0 issue \"jprs.jp\"", "0 issuewild \";\""}, true, false},
                         {{"0 issuewild \"jprs.jp\""}, true, true},
                         {{"0 iodef \"mailto:a@example.jp\""}, true, true},
                         {{"0 tbs \"x\""}, true, true},
                         {{"128 tbs \"x\"", "0 issue \"jprs.jp\""}, false, false}}) {
    EXPECT_EQ(caa_check::permits(line.records, false, "jprs.jp"), line.plain) << line.records[0];
    EXPECT_EQ(caa_check::permits(line.records, true, "jprs.jp"), line.wildcard) << line.records[0];
  }
}

TEST(AcmeTableTest, EveryEventThatCanBeRefusedHasAClauseForEveryState) {
  // Only the mail that is owed is a notice: these cells are never asked.
  EXPECT_EQ(cells_without_a_clause("jpdirect-acme"),
            (Texts{"EabNotice: NoticeMail in NotDue", "EabNotice: NoticeMail in Told"}));
}

}  // namespace
}  // namespace shinsa::model
