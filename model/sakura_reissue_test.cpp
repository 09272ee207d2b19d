// sakura-reissue as a World judges it: what each clause refuses of an action, limits by the second
// on both sides. What its portal does by itself is in scenarios/sakura-reissue.
#include <gtest/gtest.h>

#include <memory>

#include "model/catalogue/ids.hpp"
#include "model/world.hpp"

namespace shinsa::model {
namespace {

using Said = std::vector<std::pair<std::string, std::string>>;
using Ids = std::vector<std::string>;

const std::string kNotice(kLabel<"SAK-01", "subject">);
const std::string kRs(kLabel<"SAK-02", "one_year">);
const std::string kBegin = "2026-11-24T10:00:00+09:00";
const std::string kOldEnd = "2027-03-31T23:59:59+09:00";

/// A World and a pen: events are written as their fields in text.
class SakuraTest : public testing::Test {
 protected:
  void start(const std::map<std::string, std::string>& readings = {}) {
    auto profile = make_profile({"sakura-reissue", readings, {}});
    ASSERT_TRUE(profile) << profile.error().text();
    world_ = std::make_unique<World>(*profile, facts_);
  }

  Outcome step(const std::string& at, const std::string& type, const std::string& subject,
               const Said& said = {}) {
    const TypeIndex index = *find_type(type);
    RecordBuilder record(facts_, index);
    for (const auto& [name, text] : said) {
      const FieldType& field = kEventTypes[index].fields[*kEventTypes[index].field(name)];
      if (field.kind == FieldKind::instant)
        record.set(name, *parse_instant(text));
      else if (field.kind == FieldKind::list)
        record.set(name, list(text));
      else if (field.kind == FieldKind::number)
        record.set(name, static_cast<std::int64_t>(std::stoll(text)));
      else
        record.set(name, std::string_view(text));
    }
    return world_->step({*parse_instant(at), index, facts_.intern(std::to_string(++count_)),
                         facts_.intern(subject), record.build()});
  }

  ListId list(const std::string& text) {
    std::vector<TextId> items;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t comma = std::min(text.find(',', at), text.size());
      items.push_back(facts_.intern(text.substr(at, comma - at)));
      at = comma + 1;
    }
    return facts_.intern_list(items);
  }

  static Ids ids(const Outcome& outcome) {
    Ids all;
    for (ClauseIndex index : outcome.clauses) all.emplace_back(clause(index).id);
    return all;
  }
  /// The clauses that refuse an event; none if it is accepted.
  Ids refused(const std::string& at, const std::string& type, const std::string& subject,
              const Said& said = {}) {
    return ids(step(at, type, subject, said));
  }
  Ids owed() const {
    Ids all;
    for (const Missed& missed : world_->owed()) all.emplace_back(kEventTypes[missed.type].name);
    return all;
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
    EXPECT_EQ(refused(at, "member.logged_in", "session/1", {{"customer", "customer/M1"}}), Ids{});
  }
  Ids click(const std::string& at) {
    return refused(at, "reissue.clicked", "entry/1",
                   {{"session", "session/1"}, {"cn", "www.example.jp"}});
  }
  Ids confirm_screen(const std::string& at, const Said& more = {}) {
    return refused(at, "confirmation.shown", "entry/1", more);
  }
  Ids confirm(const std::string& at) {
    return refused(at, "reissue.confirmed", "entry/1", {{"session", "session/1"}});
  }
  void apply(const std::string& at) {
    log_in(at);
    EXPECT_EQ(click(at), Ids{});
    const bool warns = confirm_screen(at) != Ids{};
    if (warns) {
      EXPECT_EQ(confirm_screen(at, {{"warning", "短縮されます"}}), (Ids{"SAK-27"}));
      EXPECT_EQ(confirm_screen(at, {{"warning", std::string(kLabel<"SAK-04", "warning">)}}), Ids{});
    }
    EXPECT_EQ(confirm(at), Ids{});
    EXPECT_EQ(refused(at, "completion.shown", "entry/1"), Ids{});
  }
  void validate(const std::string& at) {
    EXPECT_EQ(refused(at, "dns.queried", "entry/1", {{"name", "www.example.jp"}, {"type", "A"}}),
              Ids{});
    EXPECT_EQ(refused(at, "dns.answered", "entry/1",
                      {{"name", "www.example.jp"},
                       {"type", "A"},
                       {"status", "ok"},
                       {"values", "203.0.113.10"}}),
              Ids{});
    EXPECT_EQ(refused(at, "http.requested", "entry/1", {{"uri", "http://www.example.jp/a.txt"}}),
              Ids{});
    EXPECT_EQ(refused(at, "http.answered", "entry/1", {{"outcome", "answered"}, {"status", "200"}}),
              Ids{});
  }
  static Said issue(const Said& changes = {}) {
    Said said{{"application", "entry/1"},
              {"cn", "www.example.jp"},
              {"kind", "DV"},
              {"not_before", kBegin},
              {"not_after", kOldEnd},
              {"sans", "www.example.jp,example.jp"}};
    for (const auto& [name, value] : changes) {
      std::erase_if(said, [&name = name](const auto& pair) { return pair.first == name; });
      said.emplace_back(name, value);
    }
    return said;
  }
  Ids issued(const std::string& at, const Said& changes = {}) {
    return refused(at, "certificate.issued", "certificate/01", issue(changes));
  }
  Ids installed(const std::string& subject = "certificate/01") {
    return refused(kBegin, "certificate.installed", subject, {{"server", "site/www.example.jp"}});
  }

  Facts facts_;
  std::unique_ptr<World> world_;
  int count_ = 0;
};

// -- the list
// -------------------------------------------------------------------------------------------------------------

TEST_F(SakuraTest, ShowsNoListWithoutLogin) {
  start();
  member();

  EXPECT_EQ(refused(kBegin, "list.shown", "session/1", {{"entries", "entry/1"}}), (Ids{"SAK-13"}));
  EXPECT_EQ(refused(kBegin, "entry.shown", "entry/1", {{"status", "再発行"}, {"button", "再発行"}}),
            (Ids{"SAK-14"}));
}

TEST_F(SakuraTest, OwesTheListAndEveryRow) {
  start();
  member();

  log_in();

  EXPECT_EQ(owed(), (Ids{"list.shown", "entry.shown"}));
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
    EXPECT_EQ(refused(kBegin, "list.shown", "session/1", {{"entries", wrong}}), (Ids{"SAK-14"}))
        << wrong;
  EXPECT_EQ(refused(kBegin, "list.shown", "session/1", {{"entries", "entry/2,entry/1"}}), Ids{});
}

TEST_F(SakuraTest, HoldsARowAgainstItsStatus) {
  struct Line {
    const char* what;
    Said row;
    Ids refused;
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
            (Ids{"ASM-21", "SAK-15", "SAK-19"}));
  EXPECT_EQ(
      refused(kBegin, "entry.shown", "entry/1",
              {{"status", "再発行不可"}, {"details", std::string(kLabel<"SAK-20", "detail">)}}),
      Ids{});
}

// -- the two clicks
// -------------------------------------------------------------------------------------------------------

TEST_F(SakuraTest, WarnsFrom397DaysOnByTheSecond) {
  struct Line {
    const char* at;
    bool warns;
    Ids refused;
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
    ASSERT_EQ(click(line.at), Ids{});
    EXPECT_EQ(confirm_screen(line.at, line.warns ? Said{{"warning", warning}} : Said{}),
              line.refused)
        << line.at << line.warns;
  }
}

TEST_F(SakuraTest, ShowsNoScreenOutOfOrder) {
  start();
  member();
  log_in();

  EXPECT_EQ(confirm_screen(kBegin), (Ids{"SAK-27"}));
  EXPECT_EQ(refused(kBegin, "completion.shown", "entry/1"), (Ids{"SAK-28"}));
  EXPECT_EQ(confirm(kBegin), (Ids{"SAK-27"}));
  EXPECT_EQ(click(kBegin), Ids{});
  EXPECT_EQ(confirm(kBegin), (Ids{"SAK-27"}));
  EXPECT_EQ(confirm_screen(kBegin, {{"cn", "www.example.org"}}), (Ids{"SAK-27"}));
  EXPECT_EQ(confirm_screen(kBegin, {{"button", "申し込む"}}), (Ids{"SAK-27"}));
  EXPECT_EQ(confirm_screen(kBegin), Ids{});
  EXPECT_EQ(confirm(kBegin), Ids{});
  EXPECT_EQ(refused(kBegin, "completion.shown", "entry/1"), Ids{});
  EXPECT_EQ(refused(kBegin, "completion.shown", "entry/1"), (Ids{"SAK-29"}));
}

TEST_F(SakuraTest, NamesEveryClauseThatRefusesAClick) {
  start();
  member(kOldEnd, std::string(kLabel<"SAK-03", "one_year">), "");
  step(kBegin, "setting.created", "setting/1",
       {{"customer", "customer/M1"}, {"cn", "www.example.jp"}});
  step(kBegin, "service.failed", "site/www.example.jp");

  EXPECT_EQ(refused(kBegin, "reissue.clicked", "entry/1",
                    {{"session", "session/1"}, {"cn", "example.jp"}}),
            (Ids{"SAK-01", "SAK-03", "SAK-13", "SAK-20", "SAK-22", "SAK-23"}));
}

// -- validation and issue
// ----------------------------------------------------------------------------------------------

TEST_F(SakuraTest, ValidatesInOrderAndAtItsOwnHost) {
  start();
  member();
  apply(kBegin);
  const Said question{{"name", "www.example.jp"}, {"type", "A"}};
  const Said file{{"uri", "http://www.example.jp/a.txt"}};

  EXPECT_EQ(refused(kBegin, "http.requested", "entry/1", file), (Ids{"SAK-10"}));
  EXPECT_EQ(refused(kBegin, "dns.queried", "entry/1", {{"name", "example.jp"}, {"type", "A"}}),
            (Ids{"SAK-10"}));
  EXPECT_EQ(refused(kBegin, "dns.queried", "entry/1", {{"name", "example.jp"}, {"type", "AAAA"}}),
            Ids{});
  EXPECT_EQ(refused(kBegin, "dns.queried", "entry/1", question), Ids{});
  EXPECT_EQ(refused(kBegin, "dns.queried", "entry/1", question), (Ids{"ASM-27"}));
  EXPECT_EQ(refused(kBegin, "dns.answered", "entry/1",
                    {{"name", "www.example.jp"},
                     {"type", "A"},
                     {"status", "ok"},
                     {"values", "203.0.113.10"}}),
            Ids{});
  for (const char* elsewhere : {"https://www.example.jp/a.txt", "http://www.example.jp.test/a",
                                "http://example.jp/a.txt", "ftp://www.example.jp/"})
    EXPECT_EQ(refused(kBegin, "http.requested", "entry/1", {{"uri", elsewhere}}), (Ids{"SAK-30"}))
        << elsewhere;
  EXPECT_EQ(refused(kBegin, "http.requested", "entry/1", file), Ids{});
  EXPECT_EQ(refused(kBegin, "http.requested", "entry/1", file), (Ids{"ASM-27"}));
}

TEST_F(SakuraTest, IssuesNothingBeforeApplicationAndValidation) {
  start();
  member();

  EXPECT_EQ(issued(kBegin), (Ids{"SAK-37"}));
  apply(kBegin);
  EXPECT_EQ(issued(kBegin), (Ids{"SAK-08"}));
  validate(kBegin);
  EXPECT_EQ(issued(kBegin), Ids{});
  EXPECT_EQ(refused(kBegin, "certificate.issued", "certificate/02", issue()), (Ids{"ASM-04"}));
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
  EXPECT_EQ(issued(kBegin), (Ids{"SAK-20"}));
  step(kBegin, "site.configured", "site/www.example.jp", {{"certificate", "certificate/X"}});
  EXPECT_EQ(issued(kBegin), (Ids{"SAK-20", "SAK-21"}));
  step(kBegin, "setting.removed", "setting/1");
  EXPECT_EQ(issued(kBegin), (Ids{"SAK-21"}));
  step(kBegin, "service.failed", "site/www.example.jp");
  step(kBegin, "site.cleared", "site/www.example.jp");
  EXPECT_EQ(issued(kBegin), (Ids{"SAK-22"}));
  step(kBegin, "service.restored", "site/www.example.jp");
  EXPECT_EQ(issued(kBegin), Ids{});
}

TEST_F(SakuraTest, HoldsACertificateAgainstTheApplication) {
  struct Line {
    Said change;
    Ids refused;
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
              line.allowed ? Ids{} : Ids{"SAK-04"})
        << line.reading << " " << line.at << " " << line.ends;
  }
}

TEST_F(SakuraTest, BeginsOnTheDayOfTheApplicationUnderThatReading) {
  start({{"SAK-Q8", "day-of-application"}});
  member();
  apply("2026-11-24T23:59:59+09:00");
  validate("2026-11-25T00:00:00+09:00");

  EXPECT_EQ(issued("2026-11-25T00:00:00+09:00", {{"not_before", "2026-11-25T00:00:00+09:00"}}),
            (Ids{"SAK-35"}));
  EXPECT_EQ(issued("2026-11-25T00:00:00+09:00", {{"not_before", "2026-11-24T23:59:59+09:00"}}),
            Ids{});
}

// -- after the issue
// ------------------------------------------------------------------------------------------------------

TEST_F(SakuraTest, RevokesOnlyWhatWasReissued) {
  start();
  member();
  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/A"), (Ids{"SAK-11"}));
  apply(kBegin);
  validate(kBegin);
  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/A"), (Ids{"SAK-11"}));
  EXPECT_EQ(issued(kBegin), Ids{});

  EXPECT_EQ(owed(), (Ids{"list.shown", "entry.shown", "certificate.installed",
                         "certificate.revoked", "mail.sent"}));
  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/01"), (Ids{"SAK-11"}));
  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/A"), Ids{});
  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/A"), (Ids{"RFC-02"}));
}

TEST_F(SakuraTest, RevokesAfterTheInstallationUnderThatReading) {
  start({{"SAK-Q5", "after-install"}});
  member();
  apply(kBegin);
  validate(kBegin);
  EXPECT_EQ(issued(kBegin), Ids{});

  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/A"), (Ids{"SAK-11"}));
  EXPECT_EQ(installed(), Ids{});
  EXPECT_EQ(refused(kBegin, "certificate.revoked", "certificate/A"), Ids{});
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

  EXPECT_EQ(installed("certificate/A"), (Ids{"SAK-31"}));
  EXPECT_EQ(installed("certificate/B"), (Ids{"SAK-31", "SAK-34"}));
  EXPECT_EQ(installed("certificate/unheard-of"), (Ids{"SAK-31", "SAK-34"}));
  apply(kBegin);
  validate(kBegin);
  EXPECT_EQ(issued(kBegin), Ids{});
  EXPECT_EQ(installed(), Ids{});
  EXPECT_EQ(installed(), (Ids{"SAK-31"}));
}

TEST_F(SakuraTest, SendsOneCompletionMailAndAsksForNoApproval) {
  start();
  member();
  apply(kBegin);
  const auto mail = [](const Said& more) {
    Said said{{"to", "member@example.com"}, {"from", "a@b.test"}, {"subject", "完了"}};
    for (const auto& [name, value] : more) {
      std::erase_if(said, [&name = name](const auto& pair) { return pair.first == name; });
      said.emplace_back(name, value);
    }
    return said;
  };
  const auto send = [&](const Said& more) {
    return refused(kBegin, "mail.sent", "entry/1", mail(more));
  };

  EXPECT_EQ(send({{"code", "1234"}}), (Ids{"SAK-30"}));
  EXPECT_EQ(send({{"certificate", "certificate/01"}}), (Ids{"SAK-32"}));
  EXPECT_EQ(send({{"subject", "お申し込みを受け付けました"}}), Ids{});  // no clause names it
  validate(kBegin);
  EXPECT_EQ(issued(kBegin), Ids{});
  EXPECT_EQ(send({{"certificate", "certificate/02"}}), (Ids{"SAK-32"}));
  EXPECT_EQ(send({{"to", "x@example.com"}, {"certificate", "certificate/01"}}), (Ids{"SAK-32"}));
  EXPECT_EQ(send({{"certificate", "certificate/01"}, {"code", "1"}}), (Ids{"SAK-30"}));
  EXPECT_EQ(send({}), Ids{});
  EXPECT_EQ(send({{"certificate", "certificate/01"}}), (Ids{"SAK-32"}));
}

TEST_F(SakuraTest, TakesTheNoticeOfTheMemberAlone) {
  start();
  member(kOldEnd, kRs, "");
  log_in();
  const Said row{{"status", "再発行"}, {"button", "再発行"}};

  EXPECT_EQ(refused(kBegin, "mail.sent", "entry/1",
                    {{"to", "x@example.com"}, {"from", "a@b.test"}, {"subject", kNotice}}),
            (Ids{"SAK-01"}));
  EXPECT_EQ(refused(kBegin, "entry.shown", "entry/1", row), (Ids{"SAK-15", "SAK-17"}));
  EXPECT_EQ(refused(kBegin, "mail.sent", "entry/1",
                    {{"to", "member@example.com"}, {"from", "a@b.test"}, {"subject", kNotice}}),
            Ids{});
  EXPECT_EQ(refused(kBegin, "entry.shown", "entry/1", row), Ids{});
}

TEST_F(SakuraTest, ShowsABrowserWhatLiesOnTheServer) {
  start();
  member();
  apply("2026-11-24T23:59:59+09:00");
  validate("2026-11-25T00:00:00+09:00");
  const std::string issue_time = "2026-11-25T00:00:00+09:00";
  EXPECT_EQ(issued(issue_time, {{"not_before", issue_time}}), Ids{});
  const auto shows = [&](const Said& said) {
    return refused(issue_time, "site.shown", "site/www.example.jp", said);
  };

  EXPECT_EQ(shows({{"result", "lock"}, {"certificate", "certificate/01"}}), (Ids{"SAK-33"}));
  EXPECT_EQ(shows({{"result", "lock"}, {"certificate", "certificate/A"}}), Ids{});
  EXPECT_EQ(refused(issue_time, "certificate.installed", "certificate/01",
                    {{"server", "site/www.example.jp"}}),
            Ids{});
  EXPECT_EQ(shows({{"result", "lock"}, {"certificate", "certificate/A"}}), (Ids{"SAK-33"}));
  EXPECT_EQ(shows({{"result", "revoked"}, {"certificate", "certificate/01"}}), (Ids{"SAK-33"}));
  EXPECT_EQ(shows({{"result", "lock"}, {"not_before", "2026-11-24T23:59:59+09:00"}}),
            (Ids{"SAK-33", "SAK-35"}));
  EXPECT_EQ(shows({{"result", "lock"}, {"not_before", issue_time}}), Ids{});
  EXPECT_EQ(shows({{"result", "no-certificate"}}), Ids{});
}

TEST_F(SakuraTest, KeepsNothingOfWhatWasOverwritten) {
  start();
  member();
  apply(kBegin);
  validate(kBegin);
  EXPECT_EQ(issued(kBegin), Ids{});
  EXPECT_EQ(installed(), Ids{});

  EXPECT_EQ(
      refused(kBegin, "site.configured", "site/www.example.jp", {{"certificate", "certificate/A"}}),
      (Ids{"SAK-26"}));
  EXPECT_EQ(refused(kBegin, "site.configured", "site/www.example.jp",
                    {{"certificate", "certificate/01"}}),
            Ids{});
}

TEST_F(SakuraTest, IssuesInTheLastSecondOfTheOldCertificate) {
  start();
  member();
  apply(kBegin);
  validate(kBegin);

  EXPECT_EQ(issued(kOldEnd, {{"not_before", kOldEnd}}), Ids{});
}

TEST_F(SakuraTest, IssuesNothingASecondLater) {
  start();
  member();
  apply(kBegin);
  validate(kBegin);

  EXPECT_EQ(issued("2027-04-01T00:00:00+09:00", {{"not_before", kOldEnd}}), (Ids{"SAK-37"}));
}

TEST_F(SakuraTest, LapsesWithTheOldCertificateByTheSecond) {
  start();
  member();
  apply(kBegin);

  world_->advance(*parse_instant(kOldEnd));
  EXPECT_NE(world_->states_of(facts_.intern("entry/1")).find("InProgress"), std::string::npos);
  world_->advance(*parse_instant("2027-04-01T00:00:00+09:00"));
  EXPECT_EQ(world_->states_of(facts_.intern("entry/1")).find("InProgress"), std::string::npos);
  EXPECT_EQ(issued("2027-04-01T00:00:00+09:00"), (Ids{"SAK-37"}));
}

}  // namespace
}  // namespace shinsa::model
