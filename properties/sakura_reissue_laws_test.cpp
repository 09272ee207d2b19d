// Every law of sakura-reissue can be broken: a short trace that breaks it, beside one that does
// not.
#include "properties/testing/law_trial.hpp"

namespace shinsa::properties {
namespace {

HandWritten hold(const Lines& lines) { return properties::hold("sakura-reissue", lines); }

const std::string kMember =
    R"(2026-11-24T10:00:00 fact.customer customer/M1 "mail":"member@example.com")";
const std::string kSource =
    R"(2026-11-24T10:00:00 fact.certificate certificate/A "customer":"customer/M1","cn":"www.example.jp","kind":"DV","not_before":"2026-03-10T12:00:00+09:00","not_after":"2027-03-31T23:59:59+09:00","key":"old")";
const std::string kOrder =
    R"~(2026-11-24T10:00:00 fact.entry entry/1 "customer":"customer/M1","certificate":"certificate/A","type":"SSL JPRS ドメイン認証型 RS(1年)","notice":"[さくらインターネット]【重要】SSLサーバ証明書再発行のお願い")~";
const std::string kHost =
    R"(2026-11-24T10:00:00 fact.site site/www.example.jp "customer":"customer/M1","cn":"www.example.jp","address":"203.0.113.10","certificate":"certificate/A")";
const std::string kLogin =
    R"(2026-11-24T10:00:00 member.logged_in session/1 "customer":"customer/M1")";
const std::string kList = R"(2026-11-24T10:00:00 list.shown session/1 "entries":["entry/1"])";
const std::string kRow =
    R"(2026-11-24T10:00:00 entry.shown entry/1 "status":"再発行","button":"再発行")";
const std::string kClick =
    R"(2026-11-24T10:01:00 reissue.clicked entry/1 "session":"session/1","cn":"www.example.jp")";
const std::string kScreen = "2026-11-24T10:01:00 confirmation.shown entry/1";
const std::string kConfirm =
    R"(2026-11-24T10:02:00 reissue.confirmed entry/1 "session":"session/1")";
const std::string kComplete = "2026-11-24T10:02:00 completion.shown entry/1";
const std::string kQuery =
    R"(2026-11-24T10:02:00 dns.queried entry/1 "name":"www.example.jp","type":"A")";
const std::string kAddress =
    R"(2026-11-24T10:02:01 dns.answered entry/1 "name":"www.example.jp","type":"A","status":"ok","values":["203.0.113.10"])";
const std::string kFetch =
    R"(2026-11-24T10:02:01 http.requested entry/1 "uri":"http://www.example.jp/a.txt")";
const std::string kFile =
    R"(2026-11-24T10:02:02 http.answered entry/1 "outcome":"answered","status":200)";
const std::string kIssued =
    R"(2026-11-24T10:02:02 certificate.issued certificate/01 "application":"entry/1","cn":"www.example.jp","not_before":"2026-11-24T10:02:02+09:00","not_after":"2027-03-31T23:59:59+09:00","sans":["www.example.jp","example.jp"],"key":"new")";
const std::string kInstalled =
    R"(2026-11-24T10:02:03 certificate.installed certificate/01 "server":"site/www.example.jp")";
const std::string kMail =
    R"(2026-11-24T10:02:03 mail.sent entry/1 "to":"member@example.com","from":"a@b.test","subject":"完了","certificate":"certificate/01")";
const std::string kRevoked = "2026-11-24T10:02:04 certificate.revoked certificate/A";
const std::string kVisit =
    R"(2026-11-24T11:00:00 site.visited site/www.example.jp "cn":"www.example.jp")";
const std::string kSeen =
    R"(2026-11-24T11:00:00 site.shown site/www.example.jp "result":"lock","certificate":"certificate/01","not_before":"2026-11-24T10:02:02+09:00")";
const std::string kSetting =
    R"(2026-11-24T10:00:00 setting.created setting/1 "customer":"customer/M1","cn":"www.example.jp")";

Lines reissue() {
  return {kMember, kSource, kOrder,     kHost,     kLogin,   kList,    kRow,
          kClick,  kScreen, kConfirm,   kComplete, kQuery,   kAddress, kFetch,
          kFile,   kIssued, kInstalled, kMail,     kRevoked, kVisit,   kSeen};
}

Lines under(Lines lines, const std::string& reading) {
  lines.insert(lines.begin(),
               R"(2026-11-24T10:00:00 log.opened system "system":"sakura-reissue","readings":[")" +
                   reading + R"("])");
  return lines;
}

TEST(SakuraLawsTest, HoldOfWhatIsRight) {
  EXPECT_EQ(hold(reissue()).broken, Names{});
  EXPECT_EQ(hold(reissue()).shown, (Names{"unchanged", "seen-with-lock"}));
}

class SakuraBrokenLawTest : public testing::TestWithParam<Case> {};

TEST_P(SakuraBrokenLawTest, IsSeen) {
  const auto broken = hold(GetParam().lines).broken;
  EXPECT_TRUE(broken.contains(GetParam().law)) << testing::PrintToString(broken);
}

/// The row of the whole reissue, shown at another moment.
std::string row_at(const std::string& time, const std::string& said) {
  return time + " entry.shown entry/1 " + said;
}

std::vector<Case> cases() {
  const std::string other =
      R"~(2026-11-24T10:00:00 fact.entry entry/2 "customer":"customer/M1","certificate":"certificate/B","type":"SSL JPRS ドメイン認証型(1年)")~";
  const std::string plea = R"(2026-11-24T10:00:00 support.asked question/1 "about":"lost-key")";
  const Lines wide = changed(changed(reissue(), kSource, "2027-03-31", "2028-03-31"), kScreen,
                             "entry/1", R"(entry/1 "warning":"w")");
  return {
      {"list-is-complete", before(reissue(), kHost, other)},
      {"list-is-complete", changed(reissue(), kList, R"(["entry/1"])", R"(["entry/1","entry/9"])")},
      {"nothing-without-login", without(reissue(), kLogin)},
      {"nothing-without-login",
       changed(reissue(), kLogin, R"("customer/M1")", R"("customer/M1","credentials":"wrong")")},
      {"nothing-without-login", changed(reissue(), kClick, "session/1", "session/2")},
      {"button-on-targets-only", changed(reissue(), kOrder, " RS(", "(")},
      {"button-on-targets-only", changed(reissue(), kOrder, "【重要】", "")},
      {"button-on-targets-only", changed(reissue(), kSource, "2027-03-31", "2026-10-31")},
      {"button-on-targets-only", changed(reissue(), kRow, "\"再発行\"", "\"再発行不要\"")},
      {"button-on-targets-only",
       before(reissue(), kQuery,
              row_at("2026-11-24T10:02:00", R"("status":"再発行","button":"再発行")"))},
      {"status-is-true", before(reissue(), kRow, kSetting)},
      {"status-is-true",
       before(reissue(), kClick, row_at("2026-11-24T10:00:00", R"("status":"再発行不要")"))},
      {"status-is-true",
       before(reissue(), kClick, row_at("2026-11-24T10:00:00", R"("status":"再発行手続中")"))},
      {"status-is-true",
       before(reissue(), kVisit, row_at("2026-11-24T10:30:00", R"("status":"再発行")"))},
      {"causes-are-true",
       before(reissue(), kClick, row_at("2026-11-24T10:00:00", R"("status":"再発行不可")"))},
      {"causes-are-true",
       before(
           reissue(), kClick,
           row_at(
               "2026-11-24T10:00:00",
               R"("status":"再発行不可","details":["証明書の再発行にあたり、問題が発生しております。"])"))},
      {"in-progress-until-issued",
       before(reissue(), kQuery, row_at("2026-11-24T10:02:00", R"("status":"再発行不要")"))},
      {"rows-shown", without(reissue(), kRow)},
      {"validation-starts",
       {kMember, kSource, kOrder, kHost, kLogin, kList, kRow, kClick, kScreen, kConfirm,
        kComplete}},
      {"nothing-twice-at-once", before(reissue(), kRevoked, kMail)},
      {"confirmed-before-applied", without(reissue(), kConfirm)},
      {"confirmed-before-applied", without(reissue(), kScreen)},
      {"confirmed-before-applied", without(reissue(), kClick)},
      {"warned-of-clipping", changed(reissue(), kScreen, "entry/1", R"(entry/1 "warning":"w")")},
      {"warned-of-clipping", changed(reissue(), kSource, "2027-03-31", "2028-03-31")},
      {"issued-to-an-application", without(without(reissue(), kConfirm), kComplete)},
      {"one-certificate-per-application",
       before(reissue(), kInstalled, with(kIssued, "certificate/01", "certificate/02"))},
      {"issued-after-validation", without(reissue(), kAddress)},
      {"issued-after-validation", without(reissue(), kQuery)},
      {"issued-after-validation", without(reissue(), kFile)},
      {"issued-after-validation", changed(reissue(), kAddress, "203.0.113.10", "198.51.100.7")},
      {"issued-after-validation",
       changed(reissue(), kAddress, R"("203.0.113.10")", R"("203.0.113.10","198.51.100.7")")},
      {"issued-after-validation", changed(reissue(), kFile, "200", "404")},
      {"nothing-while-hindered", before(reissue(), kFile, with(kSetting, "10:00:00", "10:02:01"))},
      {"nothing-while-hindered",
       before(reissue(), kFile, "2026-11-24T10:02:01 service.failed site/www.example.jp")},
      {"ends-as-it-must", changed(reissue(), kIssued, "23:59:59", "23:59:58")},
      {"ends-as-it-must", changed(wide, kIssued, "2027-03-31T23:59:59", "2027-12-26T10:02:03")},
      {"ends-as-it-must",
       under(changed(wide, kIssued, "2027-03-31", "2027-12-01"), "SAK-Q1=month-end")},
      {"begins-on-the-day",
       changed(reissue(), kIssued, "2026-11-24T10:02:02+09", "2026-11-23T23:59:59+09")},
      {"names-by-the-rule", changed(reissue(), kIssued, R"(,"example.jp")", "")},
      {"names-by-the-rule", changed(reissue(), kIssued, R"("cn":"www.)", R"("cn":"www2.)")},
      {"key-by-the-reading", changed(reissue(), kIssued, "\"new\"", "\"old\"")},
      {"key-by-the-reading", under(reissue(), "SAK-Q12=certificate-alone")},
      {"installed-after-issue", before(reissue(), kMail, kInstalled)},
      {"installed-after-issue",
       before(reissue(), kClick, "2026-11-24T10:00:30 certificate.installed certificate/A")},
      {"old-after-new", before(reissue(), kIssued, with(kRevoked, "10:02:04", "10:02:02"))},
      {"old-after-new", under(before(without(reissue(), kRevoked), kInstalled,
                                     with(kRevoked, "10:02:04", "10:02:02")),
                              "SAK-Q5=after-install")},
      {"completion-to-the-member", changed(reissue(), kMail, "member@", "x@")},
      {"completion-to-the-member", changed(reissue(), kMail, "certificate/01", "certificate/A")},
      {"completion-to-the-member", before(reissue(), kIssued, with(kMail, "10:02:03", "10:02:02"))},
      {"completion-to-the-member",
       under(before(without(reissue(), kMail), kInstalled, with(kMail, "10:02:03", "10:02:02")),
             "SAK-Q9=after-install")},
      {"no-approval-asked", changed(reissue(), kMail, "\"subject\"", R"("code":"1","subject")")},
      {"seen-is-installed", changed(reissue(), kSeen, "certificate/01", "certificate/A")},
      {"seen-is-installed", changed(reissue(), kSeen, "10:02:02", "10:02:03")},
      {"seen-is-installed", without(reissue(), kInstalled)},
      {"list-answers", without(reissue(), kList)},
      {"issued-is-installed", without(reissue(), kInstalled)},
      {"old-is-revoked", without(reissue(), kRevoked)},
      {"completion-follows", without(reissue(), kMail)},
      {"losses-declined", {plea}},
      {"visits-answered", without(reissue(), kSeen)},
  };
}
INSTANTIATE_TEST_SUITE_P(Laws, SakuraBrokenLawTest, testing::ValuesIn(cases()), &name_of_case);

TEST(SakuraLawsTest, EachHasACaseThatBreaksIt) { expect_a_case_of_each("sakura-reissue", cases()); }

TEST(SakuraLawsTest, AreNamedOnceInBothLanguagesAndByClauses) {
  expect_named_once("sakura-reissue");
}

TEST(SakuraLawsTest, TakeWhatARefusedRequestLeavesOpenKindly) {
  // Nobody says whether the member had a copy: what is seen may be either.
  const std::string put =
      R"(2026-11-24T10:50:00 site.configured site/www.example.jp "certificate":"certificate/A")";
  const std::string copied = "2026-11-24T10:00:00 backup.made site/www.example.jp";
  const auto restored =
      changed(before(before(reissue(), kLogin, copied), kVisit, put), kSeen,
              R"("lock","certificate":"certificate/01","not_before":"2026-11-24T10:02:02)",
              R"("revoked","certificate":"certificate/A","not_before":"2026-03-10T12:00:00)");

  EXPECT_EQ(hold(restored).broken, Names{});
  EXPECT_TRUE(hold(restored).shown.contains("restored-and-revoked"));
  EXPECT_EQ(hold(before(reissue(), kVisit, put)).broken, Names{});
}

TEST(SakuraLawsTest, DoNotCareWhetherARowComesBeforeItsList) {
  Lines lines = without(reissue(), kRow);
  lines.insert(std::ranges::find(lines, kList), kRow);
  EXPECT_EQ(hold(lines).broken, Names{});
  const std::string again = "2026-11-24T12:00:00 list.opened session/1";
  std::string list = kList;
  list.replace(0, 19, "2026-11-24T12:00:00");
  lines.insert(lines.end(), {again, list});  // and its row is not shown for that
  EXPECT_EQ(hold(lines).broken, Names{"rows-shown"});
}

TEST(SakuraLawsTest, TakeAListThatIsAsItWasWhenItWasAskedFor) {
  const auto at = [](std::string line, const std::string& time) {
    return line.replace(0, time.size(), time);
  };
  const std::string last = "2027-03-31T23:59:59", after = "2027-04-01T00:00:00";
  const auto listed = [&](const std::string& asked, const std::string& shown) {
    const std::string row = R"( entry.shown entry/1 "status":"再発行不要")";
    return hold(under({kMember, kSource, kOrder, kHost, at(kLogin, asked), at(kList, shown),
                       shown + row},
                      "SAK-Q7=without-expired"))
        .broken;
  };

  EXPECT_EQ(listed(last, after), Names{});
  EXPECT_EQ(listed(after, after), Names{"list-is-complete"});
}

// The second login is refused: nothing is shown for it.
TEST(SakuraLawsTest, TakeOneLoginOfAVisitAlone) {
  EXPECT_EQ(hold({kMember, kSource, kOrder, kHost, kLogin, kRow, kLogin, kList}).broken, Names{});
}

TEST(SakuraLawsTest, BlameNobodyForARowThatWaitsForTheDns) {
  const std::string asked = with(kQuery, "T10:02", "T10:00");
  const Lines lines{kMember, kSource, kOrder, kHost, kLogin, kList};
  Lines looked = lines;
  looked.push_back(asked);
  const std::string reading = "SAK-Q4=looked-up-first";

  EXPECT_EQ(hold(under(looked, reading)).broken, Names{});
  EXPECT_EQ(hold(looked).broken, Names{"rows-shown"});
  EXPECT_EQ(hold(under(lines, reading)).broken, Names{"rows-shown"});
  looked.push_back(
      R"(2026-11-24T10:00:00 dns.answered entry/1 "name":"www.example.jp","type":"A","status":"ok","values":["203.0.113.10"])");
  EXPECT_EQ(hold(under(looked, reading)).broken, Names{"rows-shown"});
}

TEST(SakuraLawsTest, TakeAScreenAsTheAnswerToAnyClickBeforeIt) {
  // The second is refused, for nobody is logged in there; the screen answers the first.
  const std::string again =
      R"(2026-11-24T10:01:00 reissue.clicked entry/1 "session":"session/2","cn":"www.example.jp")";

  EXPECT_EQ(hold(before(reissue(), kScreen, again)).broken, Names{});
  EXPECT_TRUE(hold(changed(reissue(), kClick, "session/1", "session/2"))
                  .broken.contains("nothing-without-login"));
}

TEST(SakuraLawsTest, MissNoMailThatTheInstallationCameTooLateFor) {
  const auto not_installed =
      under(without(without(reissue(), kMail), kInstalled), "SAK-Q9=after-install");
  const auto ended = changed(not_installed, kIssued, "2027-03-31T23:59:59", "2026-11-24T10:30:00");

  EXPECT_TRUE(hold(not_installed).broken.contains("completion-follows"));
  EXPECT_FALSE(hold(ended).broken.contains("completion-follows"));
}

TEST(SakuraLawsTest, KnowTheReadings) {
  const auto wide = changed(changed(changed(reissue(), kSource, "2027-03-31", "2028-03-31"),
                                    kScreen, "entry/1", R"(entry/1 "warning":"w")"),
                            kIssued, "2027-03-31", "2027-11-30");

  EXPECT_EQ(hold(wide).broken, Names{});
  EXPECT_EQ(hold(under(wide, "SAK-Q1=month-end")).broken, Names{});
  EXPECT_TRUE(hold(under(wide, "SAK-Q1=min-397")).broken.contains("ends-as-it-must"));
}

}  // namespace
}  // namespace shinsa::properties
