// Every law can be broken: a short trace that breaks it, beside the one that does not.
#include "properties/testing/law_trial.hpp"

namespace shinsa::properties {
namespace {

HandWritten hold(const Lines& lines) { return properties::hold("jpdirect-reissue", lines); }

const std::string kCustomer =
    R"(2026-11-01T00:00:00 fact.customer customer/C1 "billing_mail":"billing@example.jp","managed_domains":["managed.jp"])";
const std::string kSource =
    R"(2026-11-01T00:00:00 fact.certificate certificate/A "customer":"customer/C1","cn":"www.example.jp","kind":"DV","not_before":"2026-04-01T00:00:00+09:00","not_after":"2027-03-31T23:59:59+09:00","sans":["www.example.jp"])";
const std::string kSecond =
    R"(2026-11-01T00:00:00 fact.certificate certificate/B "customer":"customer/C1","cn":"www.example.jp","kind":"DV","not_before":"2026-04-01T00:00:00+09:00","not_after":"2027-03-31T23:59:59+09:00","sans":["www.example.jp"])";
const std::string kInquiry =
    R"(2026-11-24T10:00:00 inquiry.received application/1 "customer":"customer/C1","channel":"form","from":"taro@example.jp","cn":"www.example.jp")";
const std::string kGuidance =
    R"(2026-11-24T10:00:00 mail.sent application/1 "to":"taro@example.jp","from":"a@jpdirect.test","subject":"ご案内","attachments":["application-form"])";
const std::string kForm =
    R"(2026-11-25T10:00:00 application.returned application/1 "source":"certificate/A","cn":"www.example.jp","kind":"DV","csr":"-----BEGIN CERTIFICATE REQUEST-----\nx\n-----END CERTIFICATE REQUEST-----","key":"k1","sans":["www.example.jp"],"authentication_mail":"admin@example.jp","consent":true)";
const std::string kMail =
    R"(2026-11-25T10:00:00 mail.sent application/1 "to":"admin@example.jp","from":"info@jprs.jp","subject":"ドメイン認証型(DV)サーバー証明書発行手続きのご案内 [www.example.jp]","code":"c0de")";
const std::string kApproved = R"(2026-11-25T12:00:00 domain.approved application/1 "code":"c0de")";
const std::string kIssued =
    R"(2026-11-25T12:00:00 certificate.issued certificate/01 "application":"application/1","cn":"www.example.jp","kind":"DV","key":"k1","sans":["www.example.jp"],"not_before":"2026-11-25T12:00:00+09:00","not_after":"2027-03-31T23:59:59+09:00")";
const std::string kDone =
    R"(2026-11-25T12:00:00 mail.sent application/1 "to":"billing@example.jp","from":"a@jpdirect.test","subject":"SSLサーバー証明書発行完了のご連絡","certificate":"certificate/01")";
const std::string kOrder =
    R"(2026-11-24T10:00:00 order.received application/1 "customer":"customer/C1","cn":"www.example.jp","kind":"DV","csr":"-----BEGIN CERTIFICATE REQUEST-----\nx\n-----END CERTIFICATE REQUEST-----","key":"k1","sans":["www.example.jp"],"authentication_mail":"admin@example.jp","payment":"card")";
const std::string kInvoice =
    R"(2026-11-24T10:00:00 invoice.issued application/1 "bill":"BILL1","amount":9900)";
const std::string kPaid =
    R"(2026-11-24T11:00:00 payment.received application/1 "bill":"BILL1","amount":9900)";
const std::string kConfirmed = "2026-11-24T11:00:00 payment.confirmed application/1";
const std::string kNewIssued =
    R"(2026-11-25T12:00:00 certificate.issued certificate/01 "application":"application/1","cn":"www.example.jp","kind":"DV","key":"k1","sans":["www.example.jp"],"not_before":"2026-11-25T12:00:00+09:00","not_after":"2027-11-30T23:59:59+09:00")";

std::vector<std::string> reissue() {
  return {kCustomer, kSource, kInquiry, kGuidance, kForm, kMail, kApproved, kIssued, kDone};
}
std::vector<std::string> order() {
  return {kCustomer, kOrder, kInvoice, kPaid, kConfirmed, kMail, kApproved, kNewIssued, kDone};
}

Lines under(Lines lines, const std::string& reading) {
  return before(std::move(lines), kCustomer,
                R"(2026-11-01T00:00:00 log.opened system "readings":[")" + reading + R"("])");
}

TEST(LawsTest, HoldOfWhatIsRight) {
  EXPECT_EQ(hold(reissue()).broken, Names{});
  EXPECT_EQ(hold(order()).broken, Names{});
  EXPECT_EQ(hold(reissue()).shown, (Names{"approved-by-dv-mail", "two-are-active"}));
  EXPECT_EQ(hold(order()).shown, (Names{"approved-by-dv-mail", "paid-by-card"}));
}

class BrokenLawTest : public testing::TestWithParam<Case> {};

TEST_P(BrokenLawTest, IsSeen) {
  const auto broken = hold(GetParam().lines).broken;
  EXPECT_TRUE(broken.contains(GetParam().law)) << testing::PrintToString(broken);
}

std::vector<Case> cases() {
  const std::string question =
      R"(2026-11-24T10:00:00 question.asked question/1 "topic":"technical")";
  const std::string call = R"(2026-11-25T13:00:00 call.made application/1 "number":"090-1")";
  const std::string directory =
      R"(2026-11-01T00:00:00 fact.directory organisation/株式会社例 "number":"03-0000-0001")";
  auto ov = changed(changed(changed(reissue(), kSource, R"("DV")", R"("OV")"), kForm, R"("DV")",
                            R"("OV","organisation":"株式会社例")"),
                    kIssued, R"("DV")", R"("OV")");
  ov = changed(ov, kMail, "ドメイン認証型(DV)", "組織認証型(OV)");
  const std::string renamed =
      R"(2026-11-25T11:00:00 application.resubmitted application/1 "key":"k2","csr_cn":"www2.example.jp")";
  auto managed = reissue();
  for (std::string& line : managed)
    for (std::size_t at; (at = line.find("www.example.jp")) != std::string::npos;)
      line.replace(at, 14, "www.managed.jp");
  return {
      {"paid-before-review", without(order(), kPaid)},
      {"paid-before-review", changed(order(), kPaid, "9900", "9899")},
      {"at-most-two-active", before(reissue(), kInquiry, kSecond)},
      {"reissue-is-free", before(reissue(), kMail, kInvoice)},
      {"one-invoice", before(order(), kMail, with(kInvoice, "BILL1", "BILL2"))},
      {"issue-after-domain-control", without(reissue(), kApproved)},
      {"issue-after-domain-control", changed(reissue(), kApproved, "c0de", "other")},
      {"ov-is-telephoned", ov},
      {"directory-number", before(before(ov, kInquiry, directory), kDone, call)},
      {"mail-to-the-chosen-address", changed(reissue(), kMail, "admin@", "root@")},
      {"mail-to-the-chosen-address", changed(reissue(), kMail, "info@jprs.jp", "a@jpdirect.test")},
      {"mail-to-the-chosen-address",
       changed(reissue(), kMail, "ドメイン認証型(DV)", "組織認証型(OV)")},
      {"no-mail-for-managed-names", managed},
      {"completion-to-billing", changed(reissue(), kDone, "billing@", "taro@")},
      {"completion-to-billing", changed(reissue(), kDone, "certificate/01", "certificate/A")},
      {"one-certificate-per-application",
       before(reissue(), kDone, with(kIssued, "certificate/01", "certificate/02"))},
      {"ends-with-the-source",
       changed(reissue(), kIssued, "2027-03-31T23:59:59", "2027-04-30T23:59:59")},
      {"new-ends-with-the-month", changed(order(), kNewIssued, "2027-11-30", "2027-12-31")},
      {"consent-before-issue", changed(reissue(), kForm, "true", "false")},
      {"no-unasked-revocation",
       before(reissue(), kApproved, "2026-11-25T11:00:00 certificate.revoked certificate/A")},
      {"reason-as-asked",
       {kCustomer, kSource,
        R"(2026-11-24T10:00:00 revocation.requested certificate/A "reason":"key-compromise")",
        R"(2026-11-24T11:00:00 certificate.revoked certificate/A "reason":"superseded")"}},
      {"not-in-the-month-of-expiry",
       changed(reissue(), kSource, "2027-03-31T23:59:59", "2026-11-30T23:59:59")},
      {"source-is-good",
       changed(reissue(), kSource, R"("kind")", R"("revoked":"2026-10-01T00:00:00+09:00","kind")")},
      {"source-is-good", changed(reissue(), kSource, R"("kind")", R"("issued_by":"other","kind")")},
      {"same-name-and-type", changed(reissue(), kIssued, R"("cn":"www.)", R"("cn":"www2.)")},
      {"same-name-and-type", changed(reissue(), kSource, R"("DV")", R"("OV")")},
      {"key-of-the-csr", changed(reissue(), kIssued, "k1", "k2")},
      {"names-as-applied",
       changed(reissue(), kIssued, R"(["www.example.jp"])", R"(["www.example.jp","example.jp"])")},
      {"re-application-offered",
       before(reissue(), kApproved, "2026-11-25T11:00:00 mypage.shown application/1")},
      {"technical-not-answered",
       {question, R"(2026-11-24T11:00:00 question.answered question/1 "answer":"answered")"}},
      {"portal-installs-nothing",
       before(reissue(), kDone, "2026-11-25T12:00:00 certificate.installed certificate/01")},
      {"guidance-to-the-inquirer", changed(reissue(), kGuidance, "taro@", "jiro@")},
      {"guidance-to-the-inquirer", changed(reissue(), kInquiry, R"(,"cn":"www.example.jp")", "")},
      {"issued-to-a-whole-form", changed(reissue(), kForm, "-----BEGIN", "-----")},
      {"issued-to-a-whole-form",
       changed(reissue(), kForm, R"("key")", R"("csr_problem":"weak-key","key")")},
      {"issued-to-a-whole-form",
       changed(reissue(), kForm, R"("authentication_mail":"admin@example.jp",)", "")},
      {"organisation-kept",
       under(changed(reissue(), kForm, R"("key")", R"("organisation":"株式会社別","key")"),
             "JPR-Q10=csr-only")},
      {"another-key",
       under(changed(reissue(), kSource, R"("sans")", R"("key":"k1","sans")"), "JPR-Q19=new-key")},
      {"name-kept", under(before(changed(reissue(), kIssued, "k1", "k2"), kApproved, renamed),
                          "JPR-Q22=same-name")},
      {"one-approval-mail",
       before(reissue(), kApproved, with(with(kMail, "T10:", "T11:"), "c0de", "c0d2"))},
      {"page-shown",
       before(reissue(), kApproved, "2026-11-25T11:00:00 mypage.opened application/1")},
      {"nothing-twice-at-once", before(reissue(), kApproved, kMail)},
      {"inquiry-answered", {kCustomer, kSource, kInquiry}},
      {"completion-follows", without(reissue(), kDone)},
      {"question-answered", {question}},
      {"asked-revocation-done",
       {kCustomer, kSource, "2026-11-24T10:00:00 revocation.requested certificate/A"}},
      {"payment-confirmed", {kCustomer, kOrder, kInvoice, kPaid}},
  };
}
INSTANTIATE_TEST_SUITE_P(Laws, BrokenLawTest, testing::ValuesIn(cases()), &name_of_case);

TEST(LawsTest, EachHasACaseThatBreaksIt) { expect_a_case_of_each("jpdirect-reissue", cases()); }

TEST(LawsTest, AreNamedOnceInBothLanguagesAndByClauses) {
  expect_named_once("jpdirect-reissue");
  EXPECT_TRUE(laws("no-such-system").empty());
}

TEST(LawsTest, AskForWhatStaysOnlyUnderReadingsThatSaySo) {
  EXPECT_EQ(
      hold(changed(reissue(), kForm, R"("key")", R"("organisation":"株式会社別","key")")).broken,
      Names{});
  EXPECT_EQ(hold(changed(reissue(), kSource, R"("sans")", R"("key":"k1","sans")")).broken, Names{});
}

TEST(LawsTest, ForgiveARefusedForm) {
  auto lines = changed(reissue(), kForm, "true", "false");
  lines = before(lines, kMail,
                 R"(2026-11-25T10:00:00 application.refused application/1 "clauses":["JPR-32"])");
  lines = before(lines, kMail, kForm);
  EXPECT_EQ(hold(lines).broken, Names{});
}

TEST(LawsTest, TakeAMailThatMayAskForNothingAsNoSignOfAnAcceptedForm) {
  // The mail is for the managed name; both forms are refused after it, and one more.
  const std::string opened =
      R"(2026-11-01T00:00:00 log.opened system "system":"jpdirect-reissue","readings":["JPR-Q9=mail-without-approval"])";
  const std::string managed = with(kForm, "www.example.jp", "www.managed.jp");
  const std::string refused =
      R"(2026-11-25T10:00:00 application.refused application/1 "clauses":["JPR-24"])";
  const std::string page = "2026-11-25T11:00:00 mypage.shown application/1";

  const Lines lines{opened, kCustomer, kSource, kInquiry, kGuidance, kForm, managed,
                    kMail,  refused,   refused, managed,  refused,   page};

  EXPECT_EQ(hold(lines).broken, Names{});
  EXPECT_TRUE(hold({kCustomer, kSource, kInquiry, kGuidance, kForm, kMail, page})
                  .broken.contains("re-application-offered"));
}

TEST(LawsTest, TakeAPageAsOftenAtOnceAsItWasAskedFor) {
  const std::string asked = "2026-11-24T10:00:00 mypage.opened application/1";
  const std::string later = "2026-11-24T11:00:00 mypage.opened application/1";
  const std::string shown = "2026-11-24T11:00:00 mypage.shown application/1";
  const Names twice{"nothing-twice-at-once"};

  EXPECT_EQ(hold({asked, asked, shown, shown}).broken, Names{});
  EXPECT_EQ(hold({asked, later, shown, shown}).broken, Names{});
  EXPECT_EQ(hold({asked, shown, later, shown}).broken, Names{});
  EXPECT_EQ(hold({asked, shown, shown}).broken, twice);
  EXPECT_EQ(hold({asked, asked, shown, shown, shown}).broken, twice);
  EXPECT_EQ(hold({asked, shown, later, shown, shown}).broken, twice);
}

TEST(LawsTest, TakeAPageThatIsAsItWasWhenItWasAskedFor) {
  const std::string shown = "2026-11-25T11:00:00 mypage.shown application/1";
  const std::string first = "2026-11-24T11:00:00 mypage.opened application/1";
  const std::string last = "2026-11-25T11:00:00 mypage.opened application/1";

  EXPECT_EQ(hold(before(before(reissue(), kForm, first), kApproved, shown)).broken, Names{});
  EXPECT_EQ(hold(before(before(reissue(), kApproved, last), kApproved, shown)).broken,
            Names{"re-application-offered"});
}

}  // namespace
}  // namespace shinsa::properties
