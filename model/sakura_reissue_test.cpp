// sakura-reissue as a World judges it: what each clause refuses of an action, limits by the second
// on both sides. What its portal does by itself is in scenarios/sakura-reissue.
#include <memory>

#include "model/catalogue/ids.hpp"
#include "model/testing/world_trial.hpp"
#include "model/world.hpp"

namespace shinsa::model {
namespace {

const std::string kNotice(kLabel<"SAK-01", "subject">);
const std::string kRs(kLabel<"SAK-02", "one_year">);
const std::string kBegin = "2026-11-24T10:00:00+09:00";
const std::string kOldEnd = "2027-03-31T23:59:59+09:00";

/// A World and a pen: events are written as their fields in text.
class SakuraTest : public WorldTrial {
 protected:
  void start(const std::map<std::string, std::string>& readings = {}) {
    start_with({"sakura-reissue", readings, {}});
  }

  /// A member, an order, its certificate on a server.
  void member(const std::string& not_after = kOldEnd, const std::string& type = kRs,
              const std::string& notice = kNotice, const Said& more = {}) {
    step(kBegin, "fact.customer", "customer/M1", {{"mail", "member@example.com"}});
    Said known{{"customer", "customer/M1"},
               {"cn", "www.example.jp"},
               {"kind", "DV"},
               {"not_before", "2026-03-10T12:00:00+09:00"},
               {"not_after", not_after}};
    known.insert(known.end(), more.begin(), more.end());
    step(kBegin, "fact.certificate", "certificate/A", known);
    Said order{{"customer", "customer/M1"}, {"certificate", "certificate/A"}, {"type", type}};
    if (!notice.empty()) order.emplace_back("notice", notice);
    step(kBegin, "fact.entry", "entry/1", order);
    step(kBegin, "fact.site", "site/www.example.jp",
         {{"customer", "customer/M1"},
          {"cn", "www.example.jp"},
          {"address", "203.0.113.10"},
          {"certificate", "certificate/A"}});
  }
  void log_in(const std::string& at = kBegin) {
    EXPECT_EQ(refused(at, "member.logged_in", "session/1", {{"customer", "customer/M1"}}), Texts{});
  }
  Texts click(const std::string& at) {
    return refused(at, "reissue.clicked", "entry/1",
                   {{"session", "session/1"}, {"cn", "www.example.jp"}});
  }
  Texts confirm_screen(const std::string& at, const Said& more = {}) {
    return refused(at, "confirmation.shown", "entry/1", more);
  }
  Texts confirm(const std::string& at) {
    return refused(at, "reissue.confirmed", "entry/1", {{"session", "session/1"}});
  }
  void apply(const std::string& at) {
    log_in(at);
    EXPECT_EQ(click(at), Texts{});
    const bool warns = confirm_screen(at) != Texts{};
    if (warns) {
      EXPECT_EQ(confirm_screen(at, {{"warning", "短縮されます"}}), (Texts{"SAK-27"}));
      EXPECT_EQ(confirm_screen(at, {{"warning", std::string(kLabel<"SAK-04", "warning">)}}),
                Texts{});
    }
    EXPECT_EQ(confirm(at), Texts{});
    EXPECT_EQ(refused(at, "completion.shown", "entry/1"), Texts{});
  }
  void validate(const std::string& at) {
    EXPECT_EQ(refused(at, "dns.queried", "entry/1", {{"name", "www.example.jp"}, {"type", "A"}}),
              Texts{});
    EXPECT_EQ(refused(at, "dns.answered", "entry/1",
                      {{"name", "www.example.jp"},
                       {"type", "A"},
                       {"status", "ok"},
                       {"values", "203.0.113.10"}}),
              Texts{});
    EXPECT_EQ(refused(at, "http.requested", "entry/1", {{"uri", "http://www.example.jp/a.txt"}}),
              Texts{});
    EXPECT_EQ(refused(at, "http.answered", "entry/1", {{"outcome", "answered"}, {"status", "200"}}),
              Texts{});
  }
  static Said issue(const Said& changes = {}) {
    return changed({{"application", "entry/1"},
                    {"cn", "www.example.jp"},
                    {"kind", "DV"},
                    {"not_before", kBegin},
                    {"not_after", kOldEnd},
                    {"sans", "www.example.jp,example.jp"}},
                   changes);
  }
  Texts issued(const std::string& at, const Said& changes = {}) {
    return refused(at, "certificate.issued", "certificate/01", issue(changes));
  }
  Texts installed(const std::string& subject = "certificate/01") {
    return refused(kBegin, "certificate.installed", subject, {{"server", "site/www.example.jp"}});
  }
};

// -- the list
// -------------------------------------------------------------------------------------------------------------

TEST_F(SakuraTest, ShowsNoListWithoutLogin) {
  start();
  member();

  EXPECT_EQ(refused(kBegin, "list.shown", "session/1", {{"entries", "entry/1"}}),
            (Texts{"SAK-13"}));
  EXPECT_EQ(refused(kBegin, "entry.shown", "entry/1", {{"status", "再発行"}, {"button", "再発行"}}),
            (Texts{"SAK-14"}));
}

TEST_F(SakuraTest, OwesTheListAndEveryRow) {
  start();
  member();

  log_in();

  EXPECT_EQ(owed(), (Texts{"list.shown", "entry.shown"}));
}

TEST_F(SakuraTest, AListThatIsShownLateIsAsItWasOrAsItIs) {
  const std::string after = "2027-04-01T00:00:00+09:00";
  for (const char* entries : {"entry/1", ""}) {
    start({{"SAK-Q7", "without-expired"}});
    member();
    log_in();
    EXPECT_EQ(refused(after, "list.shown", "session/1", {{"entries", entries}}), Texts{});
    EXPECT_EQ(std::ranges::count(owed(), "list.shown"), 0);
    EXPECT_EQ(refused(after, "list.shown", "session/1", {{"entries", "entry/1"}}),
              (Texts{"ASM-09", "SAK-14"}));
  }
}

TEST_F(SakuraTest, ListsNeitherMoreNorLess) {
  start();
  member();
  step(kBegin, "fact.entry", "entry/2",
       {{"customer", "customer/M1"}, {"certificate", "certificate/B"}, {"type", kRs}});
  step(kBegin, "fact.entry", "entry/3",
       {{"customer", "customer/M1"}, {"certificate", "certificate/C"}, {"type", "企業認証型"}});
  log_in();

  for (const char* wrong : {"entry/1", "entry/1,entry/2,entry/3", "entry/1,entry/2,entry/9"})
    EXPECT_EQ(refused(kBegin, "list.shown", "session/1", {{"entries", wrong}}), (Texts{"SAK-14"}))
        << wrong;
  EXPECT_EQ(refused(kBegin, "list.shown", "session/1", {{"entries", "entry/2,entry/1"}}), Texts{});
}

TEST_F(SakuraTest, HoldsARowAgainstItsStatus) {
  struct Line {
    const char* what;
    Said row;
    Texts refused;
  };
  const std::string detail(kLabel<"SAK-22", "detail">);
  const std::string other(kLabel<"SAK-20", "detail">);
  const std::vector<Line> target{
      {"no button", {{"status", "再発行"}}, {"SAK-16"}},
      {"another button", {{"status", "再発行"}, {"button", "更新"}}, {"SAK-16"}},
      {"another status", {{"status", "再発行不要"}, {"button", "再発行"}}, {"SAK-16"}},
      {"a cause", {{"status", "再発行"}, {"button", "再発行"}, {"details", detail}}, {"SAK-16"}},
      {"another name", {{"status", "再発行"}, {"button", "再発行"}, {"cn", "x.jp"}}, {"SAK-16"}},
      {"in order", {{"status", "再発行"}, {"button", "再発行"}, {"cn", "www.example.jp"}}, {}}};
  const std::vector<Line> none{
      {"a button", {{"status", "再発行不要"}, {"button", "再発行"}}, {"SAK-15"}},
      {"another status", {{"status", "再発行不可"}, {"details", detail}}, {"SAK-17"}},
      {"in order", {{"status", "再発行不要"}}, {}}};
  const std::vector<Line> trouble{
      {"no cause", {{"status", "再発行不可"}}, {"ASM-21", "SAK-19"}},
      {"another cause", {{"status", "再発行不可"}, {"details", other}}, {"ASM-21", "SAK-19"}},
      {"a button",
       {{"status", "再発行不可"}, {"details", detail}, {"button", "再発行"}},
       {"SAK-15"}},
      {"another status", {{"status", "再発行"}, {"details", detail}}, {"SAK-19"}},
      {"other advice",
       {{"status", "再発行不可"}, {"details", detail}, {"advice", "お待ちください。"}},
       {"ASM-21"}},
      {"in order", {{"status", "再発行不可"}, {"details", detail}}, {}}};
  const auto hold = [&](const std::vector<Line>& lines, const std::string& notice, bool failed) {
    for (const Line& line : lines) {
      start();
      member(kOldEnd, kRs, notice);
      if (failed) step(kBegin, "service.failed", "site/www.example.jp");
      log_in();
      EXPECT_EQ(refused(kBegin, "entry.shown", "entry/1", line.row), line.refused) << line.what;
    }
  };

  hold(target, kNotice, false);
  hold(none, "", false);
  hold(trouble, kNotice, true);
}

TEST_F(SakuraTest, ShowsARowAsThingsStandWhenItIsShown) {
  start();
  member();
  log_in();

  step(kBegin, "setting.created", "setting/1",
       {{"customer", "customer/M1"}, {"cn", "www.example.jp"}});

  EXPECT_EQ(refused(kBegin, "entry.shown", "entry/1", {{"status", "再発行"}, {"button", "再発行"}}),
            (Texts{"ASM-21", "SAK-15", "SAK-19"}));
  EXPECT_EQ(
      refused(kBegin, "entry.shown", "entry/1",
              {{"status", "再発行不可"}, {"details", std::string(kLabel<"SAK-20", "detail">)}}),
      Texts{});
}

// -- the two clicks
// -------------------------------------------------------------------------------------------------------

TEST_F(SakuraTest, WarnsFrom397DaysOnByTheSecond) {
  struct Line {
    const char* at;
    bool warns;
    Texts refused;
  };
  const std::string warning(kLabel<"SAK-04", "warning">);
  for (const Line& line : std::vector<Line>{{"2027-02-27T23:59:59+09:00", true, {}},
                                            {"2027-02-27T23:59:59+09:00", false, {"SAK-04"}},
                                            {"2027-02-28T00:00:00+09:00", true, {}},
                                            {"2027-02-28T00:00:00+09:00", false, {"SAK-04"}},
                                            {"2027-02-28T00:00:01+09:00", false, {}},
                                            {"2027-02-28T00:00:01+09:00", true, {"SAK-04"}}}) {
    start();
    member("2028-03-30T23:59:59+09:00");
    log_in(line.at);
    ASSERT_EQ(click(line.at), Texts{});
    EXPECT_EQ(confirm_screen(line.at, line.warns ? Said{{"warning", warning}} : Said{}),
              line.refused)
        << line.at << line.warns;
  }
}

TEST_F(SakuraTest, AnswersTheFirstOfTwoClicksWhenTheLimitLiesBetweenThem) {
  start();
  member("2028-03-30T23:59:59+09:00");
  log_in("2027-02-28T00:00:00+09:00");
  ASSERT_EQ(click("2027-02-28T00:00:00+09:00"), Texts{});
  ASSERT_EQ(click("2027-02-28T00:00:01+09:00"), Texts{});

  EXPECT_EQ(confirm_screen("2027-02-28T00:00:03+09:00",
                           {{"warning", std::string(kLabel<"SAK-04", "warning">)}}),
            Texts{});
}

TEST_F(SakuraTest, ShowsNoScreenOutOfOrder) {
  start();
  member();
  log_in();

  EXPECT_EQ(confirm_screen(kBegin), (Texts{"SAK-27"}));
  EXPECT_EQ(refused(kBegin, "completion.shown", "entry/1"), (Texts{"SAK-28"}));
  EXPECT_EQ(confirm(kBegin), (Texts{"SAK-27"}));
  EXPECT_EQ(click(kBegin), Texts{});
  EXPECT_EQ(confirm(kBegin), (Texts{"SAK-27"}));
  EXPECT_EQ(confirm_screen(kBegin, {{"cn", "www.example.org"}}), (Texts{"SAK-27"}));
  EXPECT_EQ(confirm_screen(kBegin, {{"button", "申し込む"}}), (Texts{"SAK-27"}));
  EXPECT_EQ(confirm_screen(kBegin), Texts{});
  EXPECT_EQ(confirm(kBegin), Texts{});
  EXPECT_EQ(refused(kBegin, "completion.shown", "entry/1"), Texts{});
  EXPECT_EQ(refused(kBegin, "completion.shown", "entry/1"), (Texts{"SAK-29"}));
}

TEST_F(SakuraTest, NamesEveryClauseThatRefusesAClick) {
  start();
  member(kOldEnd, std::string(kLabel<"SAK-03", "one_year">), "");
  step(kBegin, "setting.created", "setting/1",
       {{"customer", "customer/M1"}, {"cn", "www.example.jp"}});
  step(kBegin, "service.failed", "site/www.example.jp");

  EXPECT_EQ(refused(kBegin, "reissue.clicked", "entry/1",
                    {{"session", "session/1"}, {"cn", "example.jp"}}),
            (Texts{"SAK-01", "SAK-03", "SAK-13", "SAK-20", "SAK-22", "SAK-23"}));
}

// -- validation and issue
// ----------------------------------------------------------------------------------------------

TEST_F(SakuraTest, ValidatesInOrderAndAtItsOwnHost) {
  start();
  member();
  apply(kBegin);
  const Said question{{"name", "www.example.jp"}, {"type", "A"}};
  const Said file{{"uri", "http://www.example.jp/a.txt"}};

  EXPECT_EQ(refused(kBegin, "http.requested", "entry/1", file), (Texts{"SAK-10"}));
  EXPECT_EQ(refused(kBegin, "dns.queried", "entry/1", {{"name", "example.jp"}, {"type", "A"}}),
            (Texts{"SAK-10"}));
  EXPECT_EQ(refused(kBegin, "dns.queried", "entry/1", {{"name", "example.jp"}, {"type", "AAAA"}}),
            Texts{});
  EXPECT_EQ(refused(kBegin, "dns.queried", "entry/1", question), Texts{});
  EXPECT_EQ(refused(kBegin, "dns.queried", "entry/1", question), (Texts{"ASM-27"}));
  EXPECT_EQ(refused(kBegin, "dns.answered", "entry/1",
                    {{"name", "www.example.jp"},
                     {"type", "A"},
                     {"status", "ok"},
                     {"values", "203.0.113.10"}}),
            Texts{});
  for (const char* elsewhere : {"https://www.example.jp/a.txt", "http://www.example.jp.test/a",
                                "http://example.jp/a.txt", "ftp://www.example.jp/"})
    EXPECT_EQ(refused(kBegin, "http.requested", "entry/1", {{"uri", elsewhere}}), (Texts{"SAK-30"}))
        << elsewhere;
  EXPECT_EQ(refused(kBegin, "http.requested", "entry/1", file), Texts{});
  EXPECT_EQ(refused(kBegin, "http.requested", "entry/1", file), (Texts{"ASM-27"}));
}

TEST_F(SakuraTest, IssuesNothingBeforeApplicationAndValidation) {
  start();
  member();

  EXPECT_EQ(issued(kBegin), (Texts{"SAK-37"}));
  apply(kBegin);
  EXPECT_EQ(issued(kBegin), (Texts{"SAK-08"}));
  validate(kBegin);
  EXPECT_EQ(issued(kBegin), Texts{});
  EXPECT_EQ(refused(kBegin, "certificate.issued", "certificate/02", issue()), (Texts{"ASM-04"}));
}

TEST_F(SakuraTest, IssuesNothingWhileSomethingStandsInTheWay) {
  start();
  member();
  step(kBegin, "fact.certificate", "certificate/X",
       {{"customer", "customer/M1"},
        {"cn", "www.example.jp"},
        {"kind", "OV"},
        {"not_before", kBegin},
        {"not_after", kOldEnd}});
  apply(kBegin);
  validate(kBegin);

  step(kBegin, "setting.created", "setting/1",
       {{"customer", "customer/M1"}, {"cn", "www.example.jp"}});
  EXPECT_EQ(issued(kBegin), (Texts{"SAK-20"}));
  step(kBegin, "site.configured", "site/www.example.jp", {{"certificate", "certificate/X"}});
  EXPECT_EQ(issued(kBegin), (Texts{"SAK-20", "SAK-21"}));
  step(kBegin, "setting.removed", "setting/1");
  EXPECT_EQ(issued(kBegin), (Texts{"SAK-21"}));
  step(kBegin, "service.failed", "site/www.example.jp");
  step(kBegin, "site.cleared", "site/www.example.jp");
  EXPECT_EQ(issued(kBegin), (Texts{"SAK-22"}));
  step(kBegin, "service.restored", "site/www.example.jp");
  EXPECT_EQ(issued(kBegin), Texts{});
}

TEST_F(SakuraTest, HoldsACertificateAgainstTheApplication) {
  struct Line {
    Said change;
    Texts refused;
  };
  for (const Line& line :
       std::vector<Line>{{{{"cn", "www.example.org"}}, {"SAK-23"}},
                         {{{"sans", "www.example.jp"}}, {"SAK-09"}},
                         {{{"sans", "www.example.jp,example.jp,mail.example.jp"}}, {"SAK-09"}},
                         {{{"not_after", "2027-03-31T23:59:58+09:00"}}, {"SAK-04"}},
                         {{{"not_after", "2027-04-01T00:00:00+09:00"}}, {"SAK-04"}},
                         {{{"not_before", "2026-11-23T23:59:59+09:00"}}, {"SAK-35"}},
                         {{{"not_before", "2026-11-25T00:00:00+09:00"}}, {"SAK-35"}},
                         {{{"not_before", "2026-11-24T00:00:00+09:00"}}, {}},
                         {{{"not_before", "2026-11-24T23:59:59+09:00"}}, {}},
                         {{{"key", "old"}}, {"SAK-25"}},
                         {{{"key", "new"}}, {}}}) {
    start();
    member(kOldEnd, kRs, kNotice, {{"key", "old"}});
    apply(kBegin);
    validate(kBegin);
    EXPECT_EQ(issued(kBegin, line.change), line.refused)
        << line.change.front().first << " " << line.change.front().second;
  }
}

TEST_F(SakuraTest, ClipsFrom397DaysOnByTheSecond) {
  struct Line {
    const char* reading;
    const char* at;
    const char* ends;
    bool allowed;
  };
  const std::string old = "2028-03-30T23:59:59+09:00";  // 397 days before its end: 2027-02-27
  for (const Line& line : std::vector<Line>{
           {"either-way", "2027-02-27T12:00:00+09:00", "2028-02-29T23:59:59+09:00", true},
           {"either-way", "2027-02-27T12:00:00+09:00", "2028-03-30T12:00:00+09:00", true},
           {"either-way", "2027-02-27T12:00:00+09:00", "2028-03-30T12:00:01+09:00", false},
           {"either-way", "2027-02-27T12:00:00+09:00", "2027-02-27T11:59:59+09:00", false},
           {"either-way", "2027-02-28T00:00:00+09:00", "2028-02-29T23:59:59+09:00", true},
           {"either-way", "2027-02-28T00:00:01+09:00", "2028-02-29T23:59:59+09:00", false},
           {"either-way", "2027-02-28T00:00:01+09:00", "2028-03-30T23:59:59+09:00", true},
           {"month-end", "2027-02-28T00:00:00+09:00", "2028-02-29T23:59:59+09:00", true},
           {"month-end", "2027-02-28T00:00:00+09:00", "2028-02-29T23:59:58+09:00", false},
           {"month-end", "2027-01-31T23:59:59+09:00", "2028-01-31T23:59:59+09:00", true},
           {"month-end", "2027-02-01T00:00:00+09:00", "2028-01-31T23:59:59+09:00", false},
           {"month-end", "2027-02-28T00:00:01+09:00", "2028-03-30T23:59:59+09:00", true},
           {"min-397", "2027-02-27T12:00:00+09:00", "2028-03-30T12:00:00+09:00", true},
           {"min-397", "2027-02-27T12:00:00+09:00", "2028-03-30T11:59:59+09:00", false},
           {"min-397", "2027-02-28T00:00:00+09:00", "2028-03-30T23:59:59+09:00", true}}) {
    start({{"SAK-Q1", line.reading}});
    member(old);
    apply(line.at);
    validate(line.at);
    EXPECT_EQ(issued(line.at, {{"not_before", line.at}, {"not_after", line.ends}}),
              line.allowed ? Texts{} : Texts{"SAK-04"})
        << line.reading << " " << line.at << " " << line.ends;
  }
}

TEST_F(SakuraTest, BeginsOnTheDayOfTheApplicationUnderThatReading) {
  start({{"SAK-Q8", "day-of-application"}});
  member();
  apply("2026-11-24T23:59:59+09:00");
  validate("2026-11-25T00:00:00+09:00");

  EXPECT_EQ(issued("2026-11-25T00:00:00+09:00", {{"not_before", "2026-11-25T00:00:00+09:00"}}),
            (Texts{"SAK-35"}));
  EXPECT_EQ(issued("2026-11-25T00:00:00+09:00", {{"not_before", "2026-11-24T23:59:59+09:00"}}),
            Texts{});
}

// -- after the issue
// ------------------------------------------------------------------------------------------------------

TEST_F(SakuraTest, RevokesOnlyWhatWasReissued) {
  start();
  member();
  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/A"), (Texts{"SAK-11"}));
  apply(kBegin);
  validate(kBegin);
  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/A"), (Texts{"SAK-11"}));
  EXPECT_EQ(issued(kBegin), Texts{});

  EXPECT_EQ(owed(), (Texts{"list.shown", "entry.shown", "certificate.installed",
                           "certificate.revoked", "mail.sent"}));
  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/01"), (Texts{"SAK-11"}));
  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/A"), Texts{});
  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/A"), (Texts{"RFC-02"}));
}

TEST_F(SakuraTest, RevokesAfterTheInstallationUnderThatReading) {
  start({{"SAK-Q5", "after-install"}});
  member();
  apply(kBegin);
  validate(kBegin);
  EXPECT_EQ(issued(kBegin), Texts{});

  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/A"), (Texts{"SAK-11"}));
  EXPECT_EQ(installed(), Texts{});
  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/A"), Texts{});
}

TEST_F(SakuraTest, InstallsOnlyWhatWasIssuedHere) {
  start();
  member();
  step(kBegin, "fact.certificate", "certificate/B",
       {{"customer", "customer/M1"},
        {"cn", "www.example.jp"},
        {"kind", "DV"},
        {"not_before", kBegin},
        {"not_after", kOldEnd}});

  EXPECT_EQ(installed("certificate/A"), (Texts{"SAK-31"}));
  EXPECT_EQ(installed("certificate/B"), (Texts{"SAK-31", "SAK-34"}));
  EXPECT_EQ(installed("certificate/unheard-of"), (Texts{"SAK-31", "SAK-34"}));
  apply(kBegin);
  validate(kBegin);
  EXPECT_EQ(issued(kBegin), Texts{});
  EXPECT_EQ(installed(), Texts{});
  EXPECT_EQ(installed(), (Texts{"SAK-31"}));
}

TEST_F(SakuraTest, SendsOneCompletionMailAndAsksForNoApproval) {
  start();
  member();
  apply(kBegin);
  const auto mail = [](const Said& more) {
    return changed({{"to", "member@example.com"}, {"from", "a@b.test"}, {"subject", "完了"}}, more);
  };
  const auto send = [&](const Said& more) {
    return refused(kBegin, "mail.sent", "entry/1", mail(more));
  };

  EXPECT_EQ(send({{"code", "1234"}}), (Texts{"SAK-30"}));
  EXPECT_EQ(send({{"certificate", "certificate/01"}}), (Texts{"SAK-32"}));
  EXPECT_EQ(send({{"subject", "お申し込みを受け付けました"}}), Texts{});  // no clause names it
  validate(kBegin);
  EXPECT_EQ(issued(kBegin), Texts{});
  EXPECT_EQ(send({{"certificate", "certificate/02"}}), (Texts{"SAK-32"}));
  EXPECT_EQ(send({{"to", "x@example.com"}, {"certificate", "certificate/01"}}), (Texts{"SAK-32"}));
  EXPECT_EQ(send({{"certificate", "certificate/01"}, {"code", "1"}}), (Texts{"SAK-30"}));
  EXPECT_EQ(send({}), Texts{});
  EXPECT_EQ(send({{"certificate", "certificate/01"}}), (Texts{"SAK-32"}));
}

TEST_F(SakuraTest, TakesTheNoticeOfTheMemberAlone) {
  start();
  member(kOldEnd, kRs, "");
  log_in();
  const Said row{{"status", "再発行"}, {"button", "再発行"}};

  EXPECT_EQ(refused(kBegin, "mail.sent", "entry/1",
                    {{"to", "x@example.com"}, {"from", "a@b.test"}, {"subject", kNotice}}),
            (Texts{"SAK-01"}));
  EXPECT_EQ(refused(kBegin, "entry.shown", "entry/1", row), (Texts{"SAK-15", "SAK-17"}));
  EXPECT_EQ(refused(kBegin, "mail.sent", "entry/1",
                    {{"to", "member@example.com"}, {"from", "a@b.test"}, {"subject", kNotice}}),
            Texts{});
  EXPECT_EQ(refused(kBegin, "entry.shown", "entry/1", row), Texts{});
}

TEST_F(SakuraTest, ShowsABrowserWhatLiesOnTheServer) {
  start();
  member();
  apply("2026-11-24T23:59:59+09:00");
  validate("2026-11-25T00:00:00+09:00");
  const std::string issue_time = "2026-11-25T00:00:00+09:00";
  EXPECT_EQ(issued(issue_time, {{"not_before", issue_time}}), Texts{});
  const auto shows = [&](const Said& said) {
    EXPECT_EQ(
        refused(issue_time, "site.visited", "site/www.example.jp", {{"cn", "www.example.jp"}}),
        Texts{});
    return refused(issue_time, "site.shown", "site/www.example.jp", said);
  };

  EXPECT_EQ(shows({{"result", "lock"}, {"certificate", "certificate/01"}}), (Texts{"SAK-33"}));
  EXPECT_EQ(shows({{"result", "lock"}, {"certificate", "certificate/A"}}), Texts{});
  EXPECT_EQ(refused(issue_time, "certificate.installed", "certificate/01",
                    {{"server", "site/www.example.jp"}}),
            Texts{});
  EXPECT_EQ(shows({{"result", "lock"}, {"certificate", "certificate/A"}}), (Texts{"SAK-33"}));
  EXPECT_EQ(shows({{"result", "revoked"}, {"certificate", "certificate/01"}}), (Texts{"SAK-33"}));
  EXPECT_EQ(shows({{"result", "lock"}, {"not_before", "2026-11-24T23:59:59+09:00"}}),
            (Texts{"SAK-33", "SAK-35"}));
  EXPECT_EQ(shows({{"result", "lock"}, {"not_before", issue_time}}), Texts{});
  EXPECT_EQ(shows({{"result", "no-certificate"}}), Texts{});
}

TEST_F(SakuraTest, KeepsNothingOfWhatWasOverwritten) {
  start();
  member();
  apply(kBegin);
  validate(kBegin);
  EXPECT_EQ(issued(kBegin), Texts{});
  EXPECT_EQ(installed(), Texts{});

  EXPECT_EQ(
      refused(kBegin, "site.configured", "site/www.example.jp", {{"certificate", "certificate/A"}}),
      (Texts{"SAK-26"}));
  EXPECT_EQ(refused(kBegin, "site.configured", "site/www.example.jp",
                    {{"certificate", "certificate/01"}}),
            Texts{});
}

TEST_F(SakuraTest, IssuesInTheLastSecondOfTheOldCertificate) {
  start();
  member();
  apply(kBegin);
  validate(kBegin);

  EXPECT_EQ(issued(kOldEnd, {{"not_before", kOldEnd}}), Texts{});
}

TEST_F(SakuraTest, IssuesNothingASecondLater) {
  start();
  member();
  apply(kBegin);
  validate(kBegin);

  EXPECT_EQ(issued("2027-04-01T00:00:00+09:00", {{"not_before", kOldEnd}}), (Texts{"SAK-37"}));
}

TEST_F(SakuraTest, LapsesWithTheOldCertificateByTheSecond) {
  start();
  member();
  apply(kBegin);

  world_->advance(*parse_instant(kOldEnd));
  EXPECT_NE(world_->states_of(facts_.intern("entry/1")).find("InProgress"), std::string::npos);
  world_->advance(*parse_instant("2027-04-01T00:00:00+09:00"));
  EXPECT_EQ(world_->states_of(facts_.intern("entry/1")).find("InProgress"), std::string::npos);
  EXPECT_EQ(issued("2027-04-01T00:00:00+09:00"), (Texts{"SAK-37"}));
}

TEST(SakuraTableTest, EveryEventThatCanBeRefusedHasAClauseForEveryState) {
  // Once it was reissued no mail is a notice; before and after, one is a completion mail only by a
  // code or a certificate, each of which a clause refuses in any state.
  EXPECT_EQ(cells_without_a_clause("sakura-reissue"),
            (Texts{"Notices: NoticeMail in CompletionDue", "Notices: NoticeMail in Told",
                   "Notices: CompletionMail in Quiet", "Notices: CompletionMail in Told"}));
}

}  // namespace
}  // namespace shinsa::model
