#include <algorithm>

#include "model/catalogue/ids.hpp"
#include "model/testing/world_trial.hpp"
#include "model/world.hpp"

namespace shinsa::model {
namespace {

using Names = Texts;

/// A World of nttcom-biz and a pen: events are written as their fields in text.
class AgencyTest : public WorldTrial {
 protected:
  void start(const std::map<std::string, std::string>& readings = {}) {
    start_with({"nttcom-biz", readings, {}});
    step("2022-06-01T00:00:00+09:00", "fact.contract", "contract/K1",
         {{"customer", "customer/C1"},
          {"starts", "2022-04-01T00:00:00+09:00"},
          {"auth_id", "biz0001"},
          {"contact", "taro@example.co.jp"}});
    step("2022-06-01T00:00:00+09:00", "fact.directory", "organisation/株式会社例",
         {{"number", "03-0000-0001"}});
    EXPECT_TRUE(step("2022-06-01T00:00:00+09:00", "login.made", "contract/K1",
                     {{"auth_id", "biz0001"}, {"password", "right"}})
                    .accepted);
  }

  static Said form(const Said& changes = {}) {
    return changed({{"contract", "contract/K1"},
                    {"cn", "www.example.jp"},
                    {"kind", "DV"},
                    {"item", "サーバー証明書の申請"},
                    {"button", "登録"},
                    {"organisation", "株式会社例"},
                    {"applicant", "例 太郎"},
                    {"telephone", "076-000-0001"},
                    {"consent", "true"}},
                   changes);
  }
  static Said answer(const Said& changes = {}) {
    return changed(
        {{"name", "example.jp"}, {"kind", "general-jp"}, {"public_contact", "public@example.jp"}},
        changes);
  }
  static Said mail(const std::string& to, const std::string& code = "c0de") {
    return {{"to", to}, {"from", "a@jprs.test"}, {"subject", "確認"}, {"code", code}};
  }
  static Said issued(const Said& changes = {}) {
    return changed({{"application", "application/1"},
                    {"cn", "www.example.jp"},
                    {"not_before", "2022-06-02T12:00:00+09:00"},
                    {"not_after", "2023-06-30T23:59:59+09:00"}},
                   changes);
  }

  /// To the application to the CA, all on 1 June at 10:00:00.
  void forward(const Said& form_changes = {}, const Said& answer_changes = {},
               const std::string& application = "application/1") {
    EXPECT_EQ(refused(kDay, "application.registered", application, form(form_changes)), Names{});
    EXPECT_EQ(refused(kDay, "application.checked", application), Names{});
    EXPECT_EQ(refused(kDay, "whois.queried", application, {{"name", "example.jp"}}), Names{});
    EXPECT_EQ(refused(kDay, "whois.answered", application, answer(answer_changes)), Names{});
    EXPECT_EQ(refused(kDay, "application.forwarded", application, {{"items", "cn,kind"}}), Names{});
  }
  void approve(const std::string& at = "2022-06-02T10:00:00+09:00") {
    EXPECT_EQ(refused(kDay, "mail.sent", "application/1", mail("public@example.jp")), Names{});
    EXPECT_EQ(refused(at, "domain.approved", "application/1", {{"code", "c0de"}}), Names{});
  }
  void issue(const std::string& at = "2022-06-02T12:00:00+09:00") {
    EXPECT_EQ(refused(at, "certificate.issued", "certificate/01", issued()), Names{});
  }
  void set(const std::string& at = "2022-06-02T12:00:00+09:00") {
    EXPECT_EQ(refused(at, "certificate.installed", "certificate/01"), Names{});
    EXPECT_EQ(refused(at, "server.restarted", "certificate/01", {{"result", "ok"}}), Names{});
    EXPECT_EQ(refused(at, "mail.sent", "certificate/01", completion()), Names{});
  }
  void known(const Said& changes = {}) {
    step(kDay, "fact.certificate", "certificate/A",
         changed({{"customer", "customer/C1"},
                  {"contract", "contract/K1"},
                  {"cn", "www.example.jp"},
                  {"kind", "DV"},
                  {"not_before", "2021-07-15T12:00:00+09:00"},
                  {"not_after", "2022-07-31T23:59:59+09:00"}},
                 changes));
  }
  static Said completion(const Said& changes = {}) {
    return changed({{"to", "taro@example.co.jp"},
                    {"from", "b@nttcom.test"},
                    {"subject", "設定完了"},
                    {"purposes", "setting-completion"},
                    {"certificate", "certificate/01"}},
                   changes);
  }
  static Said bill(const std::string& items = "証明書料金,SSL設定料") {
    return {{"bill", "1"}, {"amount", "20900"}, {"items", items}};
  }
  static Said renewal(const Said& changes = {}) {
    return changed({{"source", "certificate/A"},
                    {"contract", "contract/K1"},
                    {"cn", "www.example.jp"},
                    {"kind", "DV"}},
                   changes);
  }

  inline static const std::string kDay = "2022-06-01T10:00:00+09:00";
};

TEST_F(AgencyTest, LeadsADvCertificateFromTheFormToTheBillWithoutAnyPayment) {
  start();
  forward();
  EXPECT_EQ(owed(), Names{"mail.sent"});
  approve();
  EXPECT_EQ(owed(), Names{"certificate.issued"});
  issue();
  EXPECT_EQ(owed(), Names{"certificate.installed"});
  set();
  EXPECT_TRUE(owed().empty());
  EXPECT_TRUE(world_->advance(*parse_instant("2022-07-01T00:00:00+09:00")).empty());
  EXPECT_EQ(owed(), Names{"invoice.issued"});
  EXPECT_EQ(refused("2022-07-01T00:00:00+09:00", "invoice.issued", "certificate/01", bill()),
            Names{});
  EXPECT_TRUE(owed().empty());
  EXPECT_EQ(world_->states_of(facts_.intern("application/1")),
            "Set, NotNeeded, Closed, Approved, NotNeeded, Issued");
  EXPECT_EQ(world_->states_of(facts_.intern("certificate/01")), "Active, Completed, Billed");
}

TEST_F(AgencyTest, NamesEveryClauseThatRefusesAForm) {
  const std::string o100 = [] {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "社";
    return text;
  }();
  struct Line {
    Said changes;
    Names clauses;
    std::map<std::string, std::string> readings = {};
  };
  const std::vector<Line> table{
      {{}, {}},
      {{{"item", "サーバ証明書の申請"}}, {}},
      {{{"item", "サーバ証明書の申請"}}, {"NTT-04"}, {{"NTT-Q15", "as-in-the-text"}}},
      {{{"item", "サイトシールの申請"}}, {"NTT-04"}},
      {{{"button", "戻る"}}, {"NTT-04"}},
      {{{"item", "~"}, {"button", "~"}}, {}},
      {{{"kind", "OV"}, {"organisation", "~"}}, {"NTT-04"}},
      {{{"authentication_mail", "me@example.jp"}}, {"NTT-17"}},
      {{{"authentication_mail", "me@example.jp"}}, {}, {{"NTT-Q6", "chosen-among-them"}}},
      {{{"notes_confirmed", "false"}}, {"NTT-27"}},
      {{{"contract", "contract/K9"}}, {"NTT-28"}},
      {{{"consent", "~"}}, {"NTT-32"}},
      {{{"consent", "false"}, {"country", "US"}}, {"NTT-32", "NTT-37"}},
      {{{"country", "jp"}}, {"NTT-37"}},
      {{{"restart_at", "2022-06-05T03:00:00+09:00"}}, {"NTT-43"}},
      {{{"carry_over", "true"}}, {"NTT-44"}},
      {{{"organisation", o100}, {"unit", std::string(26, 'u')}}, {}},
      {{{"organisation", o100}, {"unit", std::string(27, 'u')}}, {"NTT-36"}},
      {{{"organisation", o100},
        {"unit", std::string(10, 'u')},
        {"locality", std::string(10, 'l')},
        {"prefecture", std::string(6, 's')}},
       {}},
      {{{"organisation", o100},
        {"unit", std::string(10, 'u')},
        {"locality", std::string(10, 'l')},
        {"prefecture", std::string(7, 's')}},
       {"NTT-36"}},
      {{{"organisation", o100}, {"unit", std::string(28, 'u')}},
       {},
       {{"NTT-Q2", "without-country"}}},
      {{{"organisation", o100}, {"unit", std::string(29, 'u')}},
       {"NTT-36"},
       {{"NTT-Q2", "without-country"}}},
      {{{"organisation", o100}}, {"NTT-36"}, {{"NTT-Q2", "bytes"}}},
      {{{"organisation", o100.substr(0, 42 * 3)}}, {}, {{"NTT-Q2", "bytes"}}},
      {{{"organisation", o100.substr(0, 42 * 3) + "x"}}, {"NTT-36"}, {{"NTT-Q2", "bytes"}}},
  };
  for (const Line& line : table) {
    start(line.readings);
    EXPECT_EQ(refused(kDay, "application.registered", "application/1", form(line.changes)),
              line.clauses)
        << testing::PrintToString(line.changes);
  }
}

TEST_F(AgencyTest, WantsTheServiceStartedAndALogin) {
  auto profile = make_profile({"nttcom-biz", {}, {}});
  world_ = std::make_unique<World>(*profile, facts_);
  step("2022-05-01T00:00:00+09:00", "fact.contract", "contract/K1",
       {{"customer", "customer/C1"},
        {"starts", "2022-06-01T10:00:00+09:00"},
        {"auth_id", "biz0001"},
        {"contact", "taro@example.co.jp"}});
  const std::string before = "2022-06-01T09:59:59+09:00";

  EXPECT_EQ(refused(before, "application.registered", "application/1", form()),
            (Names{"NTT-03", "NTT-28"}));
  EXPECT_EQ(
      refused(before, "login.made", "contract/K1", {{"auth_id", "biz0002"}, {"password", "right"}}),
      Names{"NTT-03"});
  EXPECT_EQ(
      refused(before, "login.made", "contract/K1", {{"auth_id", "biz0001"}, {"password", "wrong"}}),
      Names{"NTT-03"});
  EXPECT_EQ(
      refused(before, "login.made", "contract/K1", {{"auth_id", "biz0001"}, {"password", "right"}}),
      Names{});
  EXPECT_EQ(refused(before, "application.registered", "application/2", form()), Names{"NTT-28"});
  EXPECT_EQ(refused(kDay, "application.registered", "application/3", form()), Names{});
  EXPECT_EQ(refused(kDay, "application.registered", "application/3", form()), Names{"ASM-07"});
}

TEST_F(AgencyTest, SendsTheMailToTheRoleOfTheKind) {
  struct Line {
    Said answer;
    Names to;                    // in any order
    std::string not_to, clause;  // and that one not
  };
  const std::vector<Line> table{
      {{}, {"public@example.jp"}, "owner@example.jp", "NTT-15"},
      {{{"kind", "organisational-jp"}, {"registrant", "owner@x.jp"}, {"technical", "tech@x.jp"}},
       {"tech@x.jp", "owner@x.jp"},
       "public@example.jp",
       "NTT-14"},
      {{{"kind", "organisational-jp"}, {"registrant", "one@x.jp"}, {"technical", "one@x.jp"}},
       {"one@x.jp"},
       "public@example.jp",
       "NTT-14"},
      {{{"kind", "gtld"}, {"administrative", "admin@x.com"}},
       {"admin@x.com"},
       "public@example.jp",
       "NTT-16"},
      {{{"kind", "other"}}, {"public@example.jp"}, "owner@x.jp", "NTT-10"},
  };
  for (const Line& line : table) {
    start();
    forward({}, line.answer);
    EXPECT_EQ(owed().size(), line.to.size());
    EXPECT_EQ(refused(kDay, "mail.sent", "application/1", mail(line.not_to)), Names{line.clause});
    for (const std::string& to : line.to)
      EXPECT_EQ(refused(kDay, "mail.sent", "application/1", mail(to)), Names{});
    EXPECT_TRUE(owed().empty());
    const bool is_regulated = line.clause != "NTT-10";  // else any published address may have more
    EXPECT_EQ(refused(kDay, "mail.sent", "application/1", mail(line.to[0])),
              is_regulated ? Names{line.clause} : Names{});
  }
}

TEST_F(AgencyTest, RefusesAnswersOfWhoisThatNameNoRecipient) {
  struct Line {
    Said answer;
    Names clauses;
    std::map<std::string, std::string> readings = {};
  };
  const std::vector<Line> table{
      {{{"public_contact", "~"}, {"administrative", "a@x.jp"}}, {"NTT-15"}},
      {{{"kind", "gtld"}}, {"NTT-16"}},
      {{{"kind", "organisational-jp"}, {"registrant", "a@x.jp"}}, {"NTT-14"}},
      {{{"kind", "organisational-jp"}, {"technical", "a@x.jp"}}, {"NTT-14"}},
      {{{"kind", "martian"}}, {"NTT-14", "NTT-15", "NTT-16"}},
      {{{"kind", "other"}}, {}},
      {{{"kind", "other"}, {"public_contact", "~"}}, {"NTT-10"}},
      {{{"kind", "other"}}, {"NTT-14", "NTT-15", "NTT-16"}, {{"NTT-Q13", "refused"}}},
      {{{"protected", "true"}}, {}},
  };
  for (const Line& line : table) {
    start(line.readings);
    step(kDay, "application.registered", "application/1", form());
    step(kDay, "application.checked", "application/1");
    EXPECT_EQ(refused(kDay, "whois.queried", "application/1", {{"name", "other.jp"}}),
              Names{"NTT-10"});
    step(kDay, "whois.queried", "application/1", {{"name", "example.jp"}});
    EXPECT_EQ(refused(kDay, "whois.answered", "application/1", answer(line.answer)), line.clauses);
  }
}

TEST_F(AgencyTest, TakesAChosenAddressOnlyOfTheRole) {
  for (const auto& [wanted, clauses] : std::vector<std::pair<std::string, Names>>{
           {"tech@x.jp", {}}, {"public@example.jp", {"NTT-17"}}}) {
    start({{"NTT-Q6", "chosen-among-them"}});
    step(kDay, "application.registered", "application/1", form({{"authentication_mail", wanted}}));
    step(kDay, "application.checked", "application/1");
    step(kDay, "whois.queried", "application/1", {{"name", "example.jp"}});
    EXPECT_EQ(refused(kDay, "whois.answered", "application/1",
                      answer({{"kind", "organisational-jp"},
                              {"registrant", "owner@x.jp"},
                              {"technical", "tech@x.jp"}})),
              clauses);
    if (!clauses.empty()) continue;
    step(kDay, "application.forwarded", "application/1");
    EXPECT_EQ(owed(), Names{"mail.sent"});
    EXPECT_EQ(refused(kDay, "mail.sent", "application/1", mail("owner@x.jp")), Names{"NTT-14"});
    EXPECT_EQ(refused(kDay, "mail.sent", "application/1", mail("tech@x.jp")), Names{});
  }
}

TEST_F(AgencyTest, WaitsForProtectionToBeLiftedAndLooksAgain) {
  start();
  step(kDay, "application.registered", "application/1", form());
  step(kDay, "application.checked", "application/1");
  step(kDay, "whois.queried", "application/1", {{"name", "example.jp"}});
  step(kDay, "whois.answered", "application/1", answer({{"protected", "true"}}));

  EXPECT_EQ(refused(kDay, "application.forwarded", "application/1"), Names{"NTT-18"});
  EXPECT_EQ(refused(kDay, "mail.sent", "application/1", mail("public@example.jp")),
            Names{"NTT-10"});
  const Said ask{{"to", "someone@example.jp"},
                 {"from", "b@nttcom.test"},
                 {"subject", "解除"},
                 {"purposes", "protection"}};
  EXPECT_EQ(refused(kDay, "mail.sent", "application/1", ask), Names{"NTT-18"});
  EXPECT_EQ(
      refused(kDay, "mail.sent", "application/1", changed(ask, {{"to", "taro@example.co.jp"}})),
      Names{});
  EXPECT_EQ(refused(kDay, "whois.update-reported", "application/1"), Names{});
  EXPECT_EQ(owed(), Names{"whois.queried"});
  step(kDay, "whois.queried", "application/1", {{"name", "www.example.jp"}});
  step(kDay, "whois.answered", "application/1", answer());
  EXPECT_EQ(owed(), Names{"application.forwarded"});
  EXPECT_EQ(refused(kDay, "whois.update-reported", "application/1"), Names{});  // once more
  EXPECT_EQ(owed(), Names{"whois.queried"});
  step(kDay, "whois.queried", "application/1", {{"name", "www.example.jp"}});
  step(kDay, "whois.answered", "application/1", answer());
  step(kDay, "application.forwarded", "application/1");
  EXPECT_EQ(refused(kDay, "whois.update-reported", "application/1"), Names{"ASM-42"});
}

TEST_F(AgencyTest, ALinkIsOpenForTwentySixDaysToTheSecond) {
  struct Line {
    std::string at;
    Names clauses;
    std::map<std::string, std::string> readings = {};
  };
  for (const Line& line :
       {Line{"2022-06-27T09:59:59+09:00", {}}, Line{"2022-06-27T10:00:00+09:00", {"NTT-12"}},
        Line{"2022-06-27T23:59:59+09:00", {}, {{"NTT-Q1", "whole-days"}}},
        Line{"2022-06-28T00:00:00+09:00", {"NTT-12"}, {{"NTT-Q1", "whole-days"}}}}) {
    start(line.readings);
    forward();
    step(kDay, "mail.sent", "application/1", mail("public@example.jp"));
    EXPECT_EQ(refused(line.at, "domain.approved", "application/1", {{"code", "0000"}}),
              Names{"NTT-11"});
    EXPECT_EQ(refused(line.at, "domain.approved", "application/1", {{"code", "c0de"}}),
              line.clauses);
    if (line.clauses.empty()) continue;
    EXPECT_EQ(refused(line.at, "certificate.issued", "certificate/01", issued()), Names{"NTT-13"});
    EXPECT_EQ(refused(line.at, "application.registered", "application/2", form()), Names{});
  }
}

TEST_F(AgencyTest, EachMailHasItsOwnTwentySixDays) {
  const Said two{
      {"kind", "organisational-jp"}, {"registrant", "owner@x.jp"}, {"technical", "tech@x.jp"}};
  for (const bool both : {false, true}) {
    start(both ? std::map<std::string, std::string>{{"NTT-Q7", "both-approve"}}
               : std::map<std::string, std::string>{});
    forward({}, two);
    step(kDay, "mail.sent", "application/1", mail("owner@x.jp", "aaaa"));
    step("2022-06-02T10:00:00+09:00", "mail.sent", "application/1", mail("tech@x.jp", "bbbb"));
    const std::string after_the_first = "2022-06-27T10:00:00+09:00";

    EXPECT_EQ(refused(after_the_first, "domain.approved", "application/1", {{"code", "aaaa"}}),
              Names{"NTT-12"});
    EXPECT_EQ(refused(after_the_first, "domain.approved", "application/1", {{"code", "bbbb"}}),
              both ? Names{"NTT-12"} : Names{});
  }
}

TEST_F(AgencyTest, TheSecondLinkMayEndFirst) {
  start();
  forward({},
          {{"kind", "organisational-jp"}, {"registrant", "owner@x.jp"}, {"technical", "t@x.jp"}});
  step(kDay, "mail.sent", "application/1", mail("t@x.jp", "bbbb"));
  EXPECT_EQ(
      refused("2022-06-27T10:00:00+09:00", "domain.approved", "application/1", {{"code", "bbbb"}}),
      Names{"NTT-12"});  // the other mail is still to be sent
  step("2022-06-27T10:00:00+09:00", "mail.sent", "application/1", mail("owner@x.jp", "aaaa"));
  EXPECT_EQ(
      refused("2022-07-23T09:59:59+09:00", "domain.approved", "application/1", {{"code", "aaaa"}}),
      Names{});
}

TEST_F(AgencyTest, WhereBothHaveToApproveOneIsNotEnough) {
  start({{"NTT-Q7", "both-approve"}});
  forward({},
          {{"kind", "organisational-jp"}, {"registrant", "owner@x.jp"}, {"technical", "t@x.jp"}});
  step(kDay, "mail.sent", "application/1", mail("owner@x.jp", "aaaa"));
  step(kDay, "mail.sent", "application/1", mail("t@x.jp", "bbbb"));
  EXPECT_EQ(refused(kDay, "domain.approved", "application/1", {{"code", "bbbb"}}), Names{});
  EXPECT_EQ(refused(kDay, "domain.approved", "application/1", {{"code", "bbbb"}}), Names{});
  EXPECT_TRUE(owed().empty());
  EXPECT_EQ(refused(kDay, "domain.approved", "application/1", {{"code", "aaaa"}}), Names{});
  EXPECT_EQ(owed(), Names{"certificate.issued"});
}

TEST_F(AgencyTest, HandsNothingOnBeforeCheckAndDocuments) {
  start();
  step(kDay, "application.registered", "application/1", form({{"documents_needed", "true"}}));
  EXPECT_EQ(refused(kDay, "application.forwarded", "application/1"), Names{"NTT-05"});
  step(kDay, "application.checked", "application/1");
  EXPECT_EQ(refused(kDay, "application.checked", "application/1"), Names{"NTT-05"});
  step(kDay, "whois.queried", "application/1", {{"name", "example.jp"}});
  step(kDay, "whois.answered", "application/1", answer());
  EXPECT_EQ(refused(kDay, "application.forwarded", "application/1"), Names{"NTT-08"});
  const std::string centre = "〒９２０-0963　石川県金沢市出羽町4-1 金沢OCNサービスセンタ(4F) 行";
  EXPECT_EQ(refused(kDay, "documents.arrived", "application/1", {{"address", "東京都千代田区"}}),
            Names{"NTT-09"});
  EXPECT_TRUE(owed().empty());
  EXPECT_EQ(refused(kDay, "documents.arrived", "application/1", {{"address", centre}}), Names{});
  EXPECT_EQ(owed(), Names{"application.forwarded"});
  EXPECT_EQ(refused(kDay, "application.forwarded", "application/1", {{"items", "cn,contact"}}),
            Names{"NTT-33"});
  EXPECT_EQ(refused(kDay, "application.forwarded", "application/1", {{"cn", "other.example.jp"}}),
            Names{"NTT-04"});
  EXPECT_EQ(refused(kDay, "application.forwarded", "application/1", {{"items", "cn,documents"}}),
            Names{});
}

TEST_F(AgencyTest, TelephonesThePersonInChargeOfAnOvApplication) {
  start();
  forward({{"kind", "OV"}});
  const Said call{{"number", "03-0000-0001"}, {"person", "例 太郎"}};
  EXPECT_EQ(refused(kDay, "call.made", "application/1", call), Names{"NTT-02"});
  approve();
  const std::string then = "2022-06-02T10:00:00+09:00";
  EXPECT_EQ(owed(), Names{"call.made"});
  EXPECT_EQ(refused(then, "certificate.issued", "certificate/01", issued()), Names{"NTT-02"});
  EXPECT_EQ(refused(then, "call.made", "application/1", changed(call, {{"person", "別 花子"}})),
            Names{"NTT-19"});
  EXPECT_EQ(refused(then, "call.made", "application/1", changed(call, {{"number", "090-1"}})),
            Names{"ASM-47"});
  EXPECT_EQ(
      refused(then, "call.made", "application/1", changed(call, {{"number", "076-000-0001"}})),
      Names{});
  EXPECT_EQ(refused(then, "call.answered", "application/1", {{"outcome", "no-answer"}}), Names{});
  EXPECT_EQ(owed(), Names{"call.made"});  // nobody is refused for being out
  EXPECT_EQ(refused(then, "call.made", "application/1", call), Names{});
  EXPECT_EQ(refused(then, "call.answered", "application/1", {{"outcome", "confirmed"}}), Names{});
  EXPECT_EQ(owed(), Names{"certificate.issued"});
  EXPECT_EQ(refused(then, "call.made", "application/1", call), Names{"NTT-19"});
}

TEST_F(AgencyTest, ADenialOnTheTelephoneEndsTheApplicationAndItsHold) {
  start();
  forward({{"kind", "OV"}});
  approve();
  const std::string then = "2022-06-02T10:00:00+09:00";
  step(then, "call.made", "application/1", {{"number", "03-0000-0001"}});
  step(then, "call.answered", "application/1", {{"outcome", "denied"}});
  EXPECT_EQ(refused(then, "certificate.issued", "certificate/01", issued()), Names{"ASM-46"});
  EXPECT_EQ(refused(then, "application.registered", "application/2", form()), Names{});
}

TEST_F(AgencyTest, HoldsTheIssueAgainstWhatWasRegisteredAndTheProductOfTheDay) {
  struct Line {
    Said changes;
    Names clauses;
  };
  for (const Line& line :
       {Line{{{"cn", "shop.example.jp"}}, {"NTT-04"}}, Line{{{"kind", "OV"}}, {"NTT-04"}},
        Line{{{"not_after", "2023-07-31T23:59:59+09:00"}}, {"ASM-40", "NTT-44"}},
        Line{{{"not_after", "2023-05-31T23:59:59+09:00"}}, {"ASM-40"}},
        Line{{{"not_before", "2026-02-17T23:59:59+09:00"},
              {"not_after", "2027-02-28T23:59:59+09:00"}},
             {}},
        Line{{{"not_before", "2026-02-18T00:00:00+09:00"},
              {"not_after", "2026-07-31T23:59:59+09:00"}},
             {}},
        Line{{{"not_before", "2026-02-18T00:00:00+09:00"},
              {"not_after", "2027-02-28T23:59:59+09:00"}},
             {"ASM-40", "NTT-44"}}}) {
    start();
    forward();
    approve();
    EXPECT_EQ(refused("2026-02-18T00:00:00+09:00", "certificate.issued", "certificate/01",
                      issued(line.changes)),
              line.clauses)
        << testing::PrintToString(line.changes);
  }
}

TEST_F(AgencyTest, ARestartMayFailAndIsTriedAgain) {
  start();
  forward();
  approve();
  issue();
  const std::string then = "2022-06-02T12:00:00+09:00";
  EXPECT_EQ(refused(then, "server.restarted", "certificate/01", {{"result", "ok"}}),
            Names{"NTT-42"});
  step(then, "certificate.installed", "certificate/01");
  EXPECT_EQ(owed(), Names{"server.restarted"});
  EXPECT_EQ(refused(then, "repair.reported", "certificate/01"), Names{"ASM-44"});
  EXPECT_EQ(refused(then, "server.restarted", "certificate/01",
                    {{"result", "ok"}, {"serves", "certificate/A"}}),
            Names{"NTT-22"});
  EXPECT_EQ(refused(then, "server.restarted", "certificate/01", {{"result", "failed"}}), Names{});
  EXPECT_EQ(refused(then, "mail.sent", "certificate/01", completion()), Names{"NTT-23"});
  EXPECT_EQ(refused(then, "mail.sent", "certificate/01",
                    completion({{"purposes", "repair"}, {"to", "x@example.jp"}})),
            Names{"NTT-41"});
  EXPECT_EQ(refused(then, "server.restarted", "certificate/01", {{"result", "failed"}}), Names{});
  EXPECT_EQ(refused(then, "repair.reported", "certificate/01"), Names{});
  EXPECT_EQ(owed(), Names{"server.restarted"});
  EXPECT_EQ(refused(then, "server.restarted", "certificate/01", {{"result", "failed"}}), Names{});
  EXPECT_EQ(refused(then, "server.restarted", "certificate/01", {{"result", "ok"}}), Names{});
  EXPECT_EQ(owed(), Names{"mail.sent"});
  EXPECT_EQ(refused(then, "mail.sent", "certificate/01", completion({{"to", "x@example.jp"}})),
            Names{"NTT-23"});
  EXPECT_EQ(
      refused(then, "mail.sent", "certificate/01", completion({{"certificate", "certificate/A"}})),
      Names{"NTT-23"});
  EXPECT_EQ(refused(then, "mail.sent", "certificate/01", completion()), Names{});
  EXPECT_EQ(refused(then, "server.restarted", "certificate/01", {{"result", "failed"}}), Names{});
}

TEST_F(AgencyTest, BillsBothFeesAndNeverInTheMonthOfTheSetting) {
  for (const auto& [at, clauses] : std::vector<std::pair<std::string, Names>>{
           {"2022-06-30T23:59:59+09:00", {"NTT-45"}}, {"2022-07-01T00:00:00+09:00", {}}}) {
    start();
    forward();
    approve();
    issue();
    EXPECT_EQ(refused("2022-06-02T12:00:00+09:00", "invoice.issued", "certificate/01", bill()),
              Names{"NTT-45"});
    set("2022-06-03T00:00:00+09:00");
    EXPECT_EQ(refused(at, "invoice.issued", "certificate/01", bill()), clauses);
    if (!clauses.empty()) continue;
    EXPECT_EQ(refused(at, "invoice.issued", "certificate/01", bill()), Names{"NTT-45"});
  }
  start();
  forward();
  approve();
  issue();
  set("2022-06-30T23:59:59+09:00");
  const std::string july = "2022-07-01T00:00:00+09:00";
  EXPECT_EQ(refused(july, "invoice.issued", "certificate/01", bill("証明書料金")), Names{"NTT-45"});
  EXPECT_EQ(refused(july, "invoice.issued", "certificate/01", bill("SSL設定料")), Names{"NTT-45"});
  EXPECT_EQ(refused("2023-01-10T00:00:00+09:00", "invoice.issued", "certificate/01",
                    bill("月額料金,証明書料金,SSL設定料")),
            Names{});
}

TEST_F(AgencyTest, MayHaveToBillBeforeTheNextMonthEnds) {
  start({{"NTT-Q8", "next-month"}});
  forward();
  approve();
  issue();
  set();
  EXPECT_TRUE(world_->advance(*parse_instant("2022-07-31T23:59:59+09:00")).empty());
  const auto overdue = world_->advance(*parse_instant("2022-08-01T00:00:00+09:00"));
  ASSERT_EQ(overdue.size(), 1u);
  EXPECT_EQ(overdue[0].clause, kClause<"NTT-45">);
}

TEST_F(AgencyTest, IsCancelledBeforeTheSettingByAWordAndAfterItByAReply) {
  const Said reply{{"channel", "reply"},
                   {"in_reply_to", "certificate/01"},
                   {"cn", "www.example.jp"},
                   {"reason", "不要になったため"}};
  struct Line {
    bool is_set;
    Said changes;
    Names clauses;
    std::map<std::string, std::string> readings = {};
  };
  const std::vector<Line> table{
      {false, {{"channel", "ntt"}}, {}},
      {false, {{"channel", "ntt"}, {"cn", "~"}, {"reason", "~"}}, {}},
      {false, {{"channel", "ntt"}}, {"NTT-25"}, {{"NTT-Q3", "not-before"}}},
      {false, {}, {"NTT-25"}},
      {false, {{"channel", "jprs"}}, {"NTT-26"}},
      {true, {}, {}},
      {true, {{"in_reply_to", "certificate/A"}}, {"NTT-25"}},
      {true, {{"channel", "ntt"}}, {"NTT-25"}},
      {true, {{"channel", "jprs"}}, {"NTT-26"}},
      {true, {{"cn", "~"}}, {"NTT-25"}},
      {true, {{"cn", "shop.example.jp"}}, {"NTT-25"}},
      {true, {{"reason", "~"}}, {"NTT-25"}},
      {true, {{"reason", ""}}, {"NTT-25"}},
  };
  for (const Line& line : table) {
    start(line.readings);
    forward();
    approve();
    issue();
    if (line.is_set) set();
    EXPECT_EQ(refused("2022-06-03T00:00:00+09:00", "cancellation.requested", "application/1",
                      changed(reply, line.changes)),
              line.clauses)
        << line.is_set << testing::PrintToString(line.changes);
  }
}

TEST_F(AgencyTest, BillsBothFeesInSpiteOfACancellation) {
  start();
  forward();
  approve();
  issue();
  set();
  step("2022-06-03T00:00:00+09:00", "cancellation.requested", "application/1",
       {{"channel", "reply"}, {"cn", "www.example.jp"}, {"reason", "不要"}});
  const std::string july = "2022-07-01T00:00:00+09:00";
  EXPECT_EQ(refused(july, "invoice.issued", "certificate/01", bill("SSL設定料")), Names{"NTT-24"});
  EXPECT_EQ(refused(july, "invoice.issued", "certificate/01", bill()), Names{});
}

TEST_F(AgencyTest, OwesTheRevocationOfACancelledCertificateUntilItsEnd) {
  start({{"NTT-Q14", "revoked"}});
  forward();
  approve();
  issue();
  set();
  EXPECT_EQ(refused("2022-07-01T00:00:00+09:00", "invoice.issued", "certificate/01", bill()),
            Names{});
  step("2022-07-02T00:00:00+09:00", "cancellation.requested", "application/1",
       {{"channel", "reply"}, {"cn", "www.example.jp"}, {"reason", "不要"}});
  EXPECT_EQ(owed(), Names{"certificate.revoked"});

  EXPECT_TRUE(world_->advance(*parse_instant("2023-06-30T23:59:59+09:00")).empty());
  const auto overdue = world_->advance(*parse_instant("2023-07-01T00:00:00+09:00"));

  ASSERT_EQ(overdue.size(), 1u);
  EXPECT_EQ(overdue[0].type, kType<"certificate.revoked">);
  EXPECT_TRUE(owed().empty());
}

TEST_F(AgencyTest, InstallsNothingAfterAnEarlyCancellation) {
  start();
  forward();
  approve();
  issue();
  const std::string then = "2022-06-02T12:00:00+09:00";
  step(then, "cancellation.requested", "application/1", {{"channel", "ntt"}});
  EXPECT_TRUE(owed().empty());
  EXPECT_EQ(refused(then, "certificate.installed", "certificate/01"), Names{"NTT-22"});
  EXPECT_EQ(refused(then, "invoice.issued", "application/1", {{"bill", "1"}, {"amount", "1"}}),
            Names{});  // not regulated
  EXPECT_EQ(refused(then, "application.registered", "application/2", form()), Names{});
}

TEST_F(AgencyTest, OneChangeStandsInTheWayOfAnother) {
  struct Line {
    std::string type;
    Said said;
    Names clauses;
    std::map<std::string, std::string> readings = {};
  };
  const Said change{{"contract", "contract/K1"}, {"what", "ディスク容量"}, {"server", "web2"}};
  const std::vector<Line> table{
      {"application.registered", form({{"server", "web1"}}), {"NTT-30"}},
      {"application.registered", form({{"server", "web2"}}), {}, {{"NTT-Q10", "per-server"}}},
      {"application.registered",
       form({{"server", "web1"}}),
       {"NTT-30"},
       {{"NTT-Q10", "per-server"}}},
      {"application.registered",
       form({{"server", "web2"}}),
       {"NTT-30"},
       {{"NTT-Q10", "ssl-alone"}}},
      {"change.registered", change, {"NTT-30"}},
      {"change.registered", change, {}, {{"NTT-Q10", "per-server"}}},
      {"change.registered", change, {}, {{"NTT-Q10", "ssl-alone"}}},
  };
  for (const Line& line : table) {
    start(line.readings);
    step(kDay, "application.registered", "application/1", form({{"server", "web1"}}));
    const std::string subject = line.type == "change.registered" ? "change/1" : "application/2";
    EXPECT_EQ(refused(kDay, line.type, subject, line.said), line.clauses)
        << line.type << testing::PrintToString(line.readings);
  }
}

TEST_F(AgencyTest, AnotherChangeIsOverWhenItsWorkIsComplete) {
  start();
  EXPECT_EQ(refused(kDay, "change.registered", "change/1", {{"contract", "contract/K1"}}), Names{});
  EXPECT_EQ(refused(kDay, "application.registered", "application/1", form()), Names{"NTT-30"});
  EXPECT_EQ(refused(kDay, "change.completed", "change/1"), Names{});
  EXPECT_EQ(refused(kDay, "change.completed", "change/1"), Names{"NTT-30"});
  EXPECT_EQ(refused(kDay, "application.registered", "application/1", form()), Names{});
}

TEST_F(AgencyTest, StartsARenewalWithoutAnApplication) {
  start();
  known();
  const std::string june = kDay;  // from the 1st of the month before it ends
  EXPECT_EQ(owed(), Names{});
  EXPECT_TRUE(world_->advance(*parse_instant(june)).empty());
  EXPECT_EQ(owed(), Names{"renewal.started"});
  EXPECT_EQ(refused(june, "renewal.started", "application/9", renewal({{"kind", "OV"}})),
            Names{"NTT-46"});
  EXPECT_EQ(
      refused(june, "renewal.started", "application/9", renewal({{"documents_needed", "true"}})),
      Names{});
  EXPECT_EQ(refused(june, "renewal.started", "application/8", renewal()), Names{"NTT-46"});
  EXPECT_EQ(owed(), Names{"whois.queried"});
  step(june, "whois.queried", "application/9", {{"name", "example.jp"}});
  step(june, "whois.answered", "application/9", answer());
  EXPECT_EQ(refused(june, "application.forwarded", "application/9"), Names{"NTT-49"});
  EXPECT_EQ(refused(june, "application.registered", "application/1", form()), Names{})
      << "a renewal stands in nobody's way";
}

TEST_F(AgencyTest, RenewsNothingThatIsNotItsOwnOrNotInUse) {
  for (const Said& changes : {Said{{"issued_by", "other"}}, Said{{"contract", "contract/K9"}},
                              Said{{"revoked", "2022-05-01T00:00:00+09:00"}},
                              Said{{"not_after", "2022-05-31T23:59:59+09:00"}}}) {
    start();
    known(changes);
    world_->advance(*parse_instant("2022-07-01T00:00:00+09:00"));
    EXPECT_TRUE(owed().empty()) << testing::PrintToString(changes);
  }
}

TEST_F(AgencyTest, RemarksOnARenewalThatComesEarly) {
  start();
  known({{"not_after", "2022-12-31T23:59:59+09:00"}});
  const Outcome outcome = step(kDay, "renewal.started", "application/9", renewal());
  EXPECT_TRUE(outcome.accepted);
  EXPECT_EQ(outcome.remarks, std::vector<ClauseIndex>{kClause<"NTT-47">});
}

TEST_F(AgencyTest, LeavesTheCallOfARenewalToTheCaButWaitsForItsAnswer) {
  const auto renew = [&](const std::map<std::string, std::string>& readings) {
    start(readings);
    known({{"kind", "OV"}, {"organisation", "株式会社例"}});
    world_->advance(*parse_instant(kDay));
    step(kDay, "renewal.started", "application/1",
         renewal({{"kind", "OV"}, {"organisation", "株式会社例"}}));
    step(kDay, "whois.queried", "application/1", {{"name", "example.jp"}});
    step(kDay, "whois.answered", "application/1", answer());
    step(kDay, "application.forwarded", "application/1");
    EXPECT_EQ(refused(kDay, "certificate.issued", "certificate/01", issued()), Names{"NTT-47"});
    approve();
  };
  const std::string then = "2022-06-02T10:00:00+09:00";
  renew({});
  EXPECT_EQ(owed(), Names{"certificate.issued"});
  EXPECT_EQ(refused(then, "call.made", "application/1", {{"number", "03-0000-0001"}}), Names{});
  EXPECT_EQ(refused(then, "certificate.issued", "certificate/01", issued()), Names{"NTT-47"});
  step(then, "call.answered", "application/1", {{"outcome", "confirmed"}});
  issue();
  renew({});
  issue();
  EXPECT_EQ(refused(then, "call.made", "application/1", {{"number", "03-0000-0001"}}),
            Names{"NTT-19"});
  renew({{"NTT-Q5", "always-called"}});
  EXPECT_EQ(owed(), Names{"call.made"});
}

TEST_F(AgencyTest, EndsWithTheContract) {
  start();
  forward();
  approve();
  issue();
  EXPECT_EQ(refused("2022-06-02T12:00:00+09:00", "contract.terminated", "contract/K1"), Names{});
  EXPECT_TRUE(owed().empty());
  const std::string then = "2022-06-02T12:00:00+09:00";
  EXPECT_EQ(refused(then, "certificate.installed", "certificate/01"), Names{"NTT-22"});
  EXPECT_EQ(refused(then, "contract.terminated", "contract/K1"), Names{"ASM-48"});
  EXPECT_EQ(refused(then, "application.registered", "application/2", form()), Names{"NTT-28"});
  EXPECT_EQ(refused(then, "key-files.handed-over", "contract/K1"), Names{"NTT-40"});
  EXPECT_EQ(refused(then, "demand.made", "question/1",
                    {{"contract", "contract/K1"}, {"what", "key-files"}}),
            Names{"NTT-40"});
}

TEST_F(AgencyTest, GrantsNothingButDamagesForGraveFault) {
  struct Line {
    Said said;
    Names clauses;
    std::map<std::string, std::string> readings = {};
  };
  for (const Line& line :
       {Line{{{"what", "site-seal"}}, {"NTT-35"}}, Line{{{"what", "restart-time"}}, {"NTT-43"}},
        Line{{{"what", "repair"}, {"fault", "intent"}}, {"NTT-38"}},
        Line{{{"what", "damages"}, {"defect", "true"}}, {"NTT-38", "NTT-39"}},
        Line{{{"what", "damages"}, {"fault", "negligence"}}, {"NTT-39"}},
        Line{{{"what", "damages"}, {"fault", "intent"}}, {}},
        Line{{{"what", "damages"}, {"defect", "true"}, {"fault", "gross-negligence"}}, {}},
        Line{{{"what", "damages"}, {"defect", "true"}, {"fault", "gross-negligence"}},
             {"NTT-38"},
             {{"NTT-Q4", "defects-unqualified"}}}}) {
    start(line.readings);
    Said said = line.said;
    said.emplace_back("contract", "contract/K1");
    EXPECT_EQ(refused(kDay, "demand.made", "question/1", said), line.clauses);
    EXPECT_EQ(refused(kDay, "damages.paid", "question/1"),
              line.clauses.empty() ? Names{} : (Names{"NTT-38", "NTT-39"}));
  }
  EXPECT_EQ(refused(kDay, "seal.set", "site/www.example.jp"), Names{"NTT-35"});
}

TEST_F(AgencyTest, OwesTheCompletionMailToWhoIsTheContactByThen) {
  start();
  forward();
  approve();
  issue();
  const std::string then = "2022-06-02T12:00:00+09:00";
  step(then, "certificate.installed", "certificate/01");
  step(then, "server.restarted", "certificate/01", {{"result", "ok"}});
  EXPECT_EQ(refused(then, "contact.change-requested", "contract/K1",
                    {{"form", "SSLサーバー証明書代行取得設定サービス専用 担当者連絡先変更申込書"},
                     {"contact", "hanako@example.co.jp"}}),
            Names{});
  EXPECT_EQ(std::ranges::count(owed(), "mail.sent"), 1);
  EXPECT_EQ(refused(then, "mail.sent", "certificate/01", completion()), Names{"NTT-23"});
  EXPECT_EQ(
      refused(then, "mail.sent", "certificate/01", completion({{"to", "hanako@example.co.jp"}})),
      Names{});
  EXPECT_EQ(std::ranges::count(owed(), "mail.sent"), 0);
}

TEST_F(AgencyTest, ChangesTheContactByTheNamedFormAlone) {
  start();
  EXPECT_EQ(refused(kDay, "contact.change-requested", "contract/K1",
                    {{"form", "電子メール"}, {"contact", "hanako@example.co.jp"}}),
            Names{"NTT-48"});
  EXPECT_EQ(refused(kDay, "contact.change-requested", "contract/K1",
                    {{"form", "SSLサーバー証明書代行取得設定サービス専用　担当者連絡先変更申込書"},
                     {"contact", "hanako@example.co.jp"}}),
            Names{});
  forward();
  approve();
  issue();
  const std::string then = "2022-06-02T12:00:00+09:00";
  step(then, "certificate.installed", "certificate/01");
  step(then, "server.restarted", "certificate/01", {{"result", "ok"}});
  EXPECT_EQ(refused(then, "mail.sent", "certificate/01", completion()), Names{"NTT-23"});
  EXPECT_EQ(
      refused(then, "mail.sent", "certificate/01", completion({{"to", "hanako@example.co.jp"}})),
      Names{});
}

TEST_F(AgencyTest, RemarksOnAnAnswerToATechnicalQuestion) {
  start();
  step(kDay, "question.asked", "question/1", {{"topic", "technical"}});
  EXPECT_EQ(owed(), Names{"question.answered"});
  const Outcome outcome = step(kDay, "question.answered", "question/1", {{"answer", "answered"}});
  EXPECT_TRUE(outcome.accepted);
  EXPECT_EQ(outcome.remarks, std::vector<ClauseIndex>{kClause<"NTT-34">});
  EXPECT_EQ(refused(kDay, "question.answered", "question/2", {{"answer", "referred"}}),
            Names{"NTT-34"});
}

TEST(AgencyTableTest, EveryEventThatCanBeRefusedHasAClauseForEveryState) {
  EXPECT_EQ(cells_without_a_clause("nttcom-biz"), Texts{});
}

}  // namespace
}  // namespace shinsa::model
