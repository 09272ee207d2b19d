// Every law of nttcom-biz can be broken: a short trace that breaks it, beside the one that does
// not.
#include "properties/testing/law_trial.hpp"

namespace shinsa::properties {
namespace {

HandWritten hold(const Lines& lines) { return properties::hold("nttcom-biz", lines); }

const std::string kContract =
    R"(2022-05-01T00:00:00 fact.contract contract/K1 "customer":"customer/C1","starts":"2022-04-01T00:00:00+09:00","auth_id":"biz0001","contact":"taro@example.co.jp")";
const std::string kLogin =
    R"(2022-06-01T09:00:00 login.made contract/K1 "auth_id":"biz0001","password":"right")";
const std::string kForm =
    R"(2022-06-01T10:00:00 application.registered application/1 "contract":"contract/K1","cn":"www.example.jp","kind":"DV","item":"サーバー証明書の申請","button":"登録","organisation":"株式会社例","country":"JP","consent":true)";
const std::string kChecked = "2022-06-01T10:00:00 application.checked application/1";
const std::string kQueried =
    R"(2022-06-01T10:00:00 whois.queried application/1 "name":"example.jp")";
const std::string kAnswered =
    R"(2022-06-01T10:00:00 whois.answered application/1 "name":"example.jp","kind":"general-jp","public_contact":"public@example.jp")";
const std::string kForwarded =
    R"(2022-06-01T10:00:00 application.forwarded application/1 "cn":"www.example.jp","items":["cn","kind"])";
const std::string kMail =
    R"(2022-06-01T10:00:00 mail.sent application/1 "to":"public@example.jp","from":"a@jprs.test","subject":"確認","code":"c0de","purposes":["domain-use"])";
const std::string kApproved = R"(2022-06-02T10:00:00 domain.approved application/1 "code":"c0de")";
const std::string kIssued =
    R"(2022-06-02T12:00:00 certificate.issued certificate/01 "application":"application/1","cn":"www.example.jp","kind":"DV","not_before":"2022-06-02T12:00:00+09:00","not_after":"2023-06-30T23:59:59+09:00")";
const std::string kInstalled = "2022-06-02T12:00:00 certificate.installed certificate/01";
const std::string kRestarted =
    R"(2022-06-02T12:00:00 server.restarted certificate/01 "result":"ok")";
const std::string kDone =
    R"(2022-06-02T12:00:00 mail.sent certificate/01 "to":"taro@example.co.jp","from":"b@nttcom.test","subject":"設定完了","certificate":"certificate/01","purposes":["setting-completion"])";
const std::string kBill =
    R"(2022-07-01T00:00:00 invoice.issued certificate/01 "bill":"1","amount":20900,"items":["証明書料金","SSL設定料"])";
const std::string kKnown =
    R"(2022-06-01T08:00:00 fact.certificate certificate/A "customer":"customer/C1","contract":"contract/K1","cn":"www.example.jp","kind":"OV","not_before":"2021-07-15T12:00:00+09:00","not_after":"2022-07-31T23:59:59+09:00")";
const std::string kRenewal =
    R"(2022-06-01T10:00:00 renewal.started application/1 "source":"certificate/A","contract":"contract/K1","cn":"www.example.jp","kind":"OV")";
const std::string kLongAfter = "2022-09-01T00:00:00 log.closed system \"events\":1";

Lines dv() {
  return {kContract, kLogin,  kForm,      kChecked,   kQueried, kAnswered, kForwarded, kMail,
          kApproved, kIssued, kInstalled, kRestarted, kDone,    kBill,     kLongAfter};
}

Lines instead(const Lines& lines, const std::string& line, const std::string& other) {
  return without(before(lines, line, other), line);
}
Lines under(Lines lines, const std::string& reading) {
  return before(std::move(lines), kContract,
                R"(2022-05-01T00:00:00 log.opened system "readings":[")" + reading + R"("])");
}

const std::string kCall = R"(2022-06-02T10:30:00 call.made application/1 "number":"03-0000-0001")";
const std::string kConfirmed =
    R"(2022-06-02T10:31:00 call.answered application/1 "outcome":"confirmed")";

Lines ov() {
  Lines lines = changed(dv(), kForm, R"("DV")", R"("OV")");
  return before(before(lines, kIssued, kCall), kIssued, kConfirmed);
}
Lines renewal() {
  return before(instead(without(dv(), kChecked), kForm, kRenewal), kLogin, kKnown);
}
Lines both_roles() {
  Lines lines = changed(
      dv(), kAnswered, R"("general-jp","public_contact":"public@example.jp")",
      R"("organisational-jp","registrant":"public@example.jp","technical":"tech@example.jp")");
  return before(lines, kApproved, with(with(kMail, "public@", "tech@"), "c0de", "c0d2"));
}

TEST(NttcomLawsTest, HoldOfWhatIsRight) {
  EXPECT_EQ(hold(dv()).broken, Names{});
  EXPECT_EQ(hold(dv()).shown, (Names{"issued-before-any-payment", "public-contact-mailed"}));
  EXPECT_EQ(hold(ov()).broken, Names{});
  EXPECT_EQ(hold(both_roles()).broken, Names{});
  EXPECT_EQ(hold(renewal()).broken, Names{});
  EXPECT_EQ(hold(renewal()).shown, (Names{"issued-before-any-payment", "public-contact-mailed",
                                          "renewed", "renewed-without-a-call"}));
}

class BrokenNttcomLawTest : public testing::TestWithParam<Case> {};

TEST_P(BrokenNttcomLawTest, IsSeen) {
  const auto broken = hold(GetParam().lines).broken;
  EXPECT_TRUE(broken.contains(GetParam().law)) << testing::PrintToString(broken);
}

std::vector<Case> cases() {
  const std::string other_form = with(with(kForm, "application/1", "application/2"), "T10", "T11");
  const std::string other_checked =
      with(with(kChecked, "application/1", "application/2"), "T10", "T11");
  const std::string change =
      R"(2022-06-01T11:00:00 change.registered change/1 "contract":"contract/K1")";
  const std::string cancel =
      R"(2022-06-02T12:00:00 cancellation.requested application/1 "channel":"ntt")";
  const std::string reply =
      R"(2022-06-03T12:00:00 cancellation.requested application/1 "channel":"reply","cn":"www.example.jp","reason":"不要")";
  const std::string demand =
      R"(2022-06-01T10:00:00 demand.made question/1 "contract":"contract/K1","what":"damages")";
  const std::string paid = "2022-06-01T10:00:00 damages.paid question/1";
  const std::string long_unit = [] {
    std::string unit = R"("unit":")";
    for (int i = 0; i < 122; ++i) unit += "営";
    return unit + R"(",)";
  }();
  return {
      {"service-has-started", changed(dv(), kContract, "2022-04-01", "2022-06-02")},
      {"service-has-started",
       before(dv(), kForm, "2022-06-01T09:30:00 contract.terminated contract/K1")},
      {"nothing-twice-at-once", before(dv(), kBill, kDone)},
      {"logged-in", without(dv(), kLogin)},
      {"logged-in", changed(dv(), kLogin, "right", "wrong")},
      {"agreed-and-confirmed", changed(dv(), kForm, "true", "false")},
      {"agreed-and-confirmed",
       changed(dv(), kForm, R"("consent")", R"("notes_confirmed":false,"consent")")},
      {"subject-within-the-length",
       changed(dv(), kForm, R"("country")", long_unit + R"("country")")},
      {"country-is-jp", changed(dv(), kForm, R"("JP")", R"("US")")},
      {"as-the-form-allows", changed(dv(), kForm, "サーバー証明書の申請", "サイトシール")},
      {"as-the-form-allows", changed(dv(), kForm, R"("登録")", R"("戻る")")},
      {"as-the-form-allows",
       changed(dv(), kForm, R"("consent")", R"("carry_over":true,"consent")")},
      {"as-the-form-allows", changed(dv(), kForm, R"("consent")",
                                     R"("restart_at":"2022-06-05T03:00:00+09:00","consent")")},
      {"one-change-at-a-time",
       before(before(dv(), kApproved, other_form), kApproved, other_checked)},
      {"one-change-at-a-time", before(before(dv(), kApproved, change), kApproved,
                                      "2022-06-01T12:00:00 change.completed change/1")},
      {"checked-before-handed-on", without(dv(), kChecked)},
      {"documents-before-handed-on",
       changed(dv(), kForm, R"("consent")", R"("documents_needed":true,"consent")")},
      {"documents-before-handed-on",
       before(changed(dv(), kForm, R"("consent")", R"("documents_needed":true,"consent")"),
              kQueried,
              R"(2022-06-01T10:00:00 documents.arrived application/1 "address":"東京都千代田区")")},
      {"only-the-items", changed(dv(), kForwarded, R"("kind"])", R"("contact"])")},
      {"nothing-while-hidden", without(dv(), kAnswered)},
      {"nothing-while-hidden", changed(dv(), kAnswered, R"("kind")", R"("protected":true,"kind")")},
      {"mail-to-the-role", changed(dv(), kMail, "public@", "owner@")},
      {"mail-to-the-role", without(dv(), kForwarded)},
      {"mail-to-the-role", changed(dv(), kAnswered, "general-jp", "gtld")},
      {"approved-in-time", without(dv(), kApproved)},
      {"approved-in-time", changed(dv(), kApproved, "c0de", "other")},
      {"approved-in-time", changed(dv(), kMail, "2022-06-01", "2022-05-07")},
      {"approved-in-time", under(both_roles(), "NTT-Q7=both-approve")},
      {"ov-is-called", without(without(ov(), kCall), kConfirmed)},
      {"ov-is-called", changed(ov(), kConfirmed, "confirmed", "no-answer")},
      {"ov-is-called", before(renewal(), kIssued, kCall)},
      {"ov-is-called", under(renewal(), "NTT-Q5=always-called")},
      {"calls-for-ov-alone", before(dv(), kIssued, kCall)},
      {"calls-for-ov-alone", without(ov(), kApproved)},
      {"validity-of-the-product", changed(dv(), kIssued, "2023-06-30", "2023-07-31")},
      {"one-certificate-per-application",
       before(dv(), kInstalled, with(kIssued, "certificate/01", "certificate/02"))},
      {"completion-after-the-setting", changed(dv(), kRestarted, "ok", "failed")},
      {"completion-after-the-setting", changed(dv(), kDone, "taro@", "jiro@")},
      {"nothing-after-cancellation", before(dv(), kInstalled, cancel)},
      {"billed-in-a-later-month",
       changed(dv(), kBill, "2022-07-01T00:00:00", "2022-06-30T23:59:59")},
      {"both-fees", changed(dv(), kBill, R"(,"SSL設定料")", "")},
      {"both-fees", before(changed(dv(), kBill, R"("証明書料金",)", ""), kBill, reply)},
      {"no-site-seal", {"2022-06-01T10:00:00 seal.set site/www.example.jp"}},
      {"no-key-files", {kContract, "2022-06-01T10:00:00 key-files.handed-over contract/K1"}},
      {"no-damages-but-for-grave-fault", {kContract, demand, paid}},
      {"no-damages-but-for-grave-fault",
       under({kContract, demand + R"(,"defect":true,"fault":"intent")", paid},
             "NTT-Q4=defects-unqualified")},
      {"both-roles-are-mailed",
       without(both_roles(), with(with(kMail, "public@", "tech@"), "c0de", "c0d2"))},
      {"restart-follows", without(without(dv(), kRestarted), kDone)},
      {"completion-follows", without(dv(), kDone)},
      {"billed", without(dv(), kBill)},
      {"renewal-starts", {with(kContract, "2022-04-01", "2021-04-01"), kKnown, kLongAfter}},
      {"referred", {R"(2022-06-01T10:00:00 question.asked question/1 "topic":"technical")"}},
  };
}
INSTANTIATE_TEST_SUITE_P(Laws, BrokenNttcomLawTest, testing::ValuesIn(cases()), &name_of_case);

TEST(NttcomLawsTest, EachHasACaseThatBreaksIt) { expect_a_case_of_each("nttcom-biz", cases()); }

TEST(NttcomLawsTest, AreNamedOnceInBothLanguagesAndByClauses) { expect_named_once("nttcom-biz"); }

TEST(NttcomLawsTest, HaveTheirLimitsAtTheSecond) {
  const auto approved_at = [](const std::string& at) {
    Lines lines = changed(dv(), kApproved, "2022-06-02T10:00:00", at);
    lines = changed(lines, kIssued, "2022-06-02T12:00:00 ", at + " ");
    for (const std::string& line : {kInstalled, kRestarted, kDone})
      lines = changed(lines, line, "2022-06-02T12:00:00", at);
    return hold(lines).broken.contains("approved-in-time");
  };
  EXPECT_FALSE(approved_at("2022-06-27T09:59:59"));
  EXPECT_TRUE(approved_at("2022-06-27T10:00:00"));
  const auto registered_with = [](int characters) {
    const std::string unit =
        R"("unit":")" + std::string(static_cast<std::size_t>(characters), 'u') + R"(",)";
    return hold(changed(dv(), kForm, R"("country")", unit + R"("country")"))
        .broken.contains("subject-within-the-length");
  };
  EXPECT_FALSE(registered_with(121));  // five of the organisation, two of JP
  EXPECT_TRUE(registered_with(122));
}

TEST(NttcomLawsTest, ForgiveARefusedForm) {
  Lines lines = before(dv(), kChecked, kForm);
  lines = before(lines, kForm, with(kForm, "true", "false"));
  EXPECT_EQ(hold(lines).broken, Names{});
}

TEST(NttcomLawsTest, LetAChangeFollowTheEndOfAnother) {
  const std::string form =
      with(with(kForm, "application/1", "application/2"), "2022-06-01T10", "2022-06-02T13");
  const std::string check =
      with(with(kChecked, "application/1", "application/2"), "2022-06-01T10", "2022-06-02T13");
  EXPECT_EQ(hold(before(before(dv(), kBill, form), kBill, check)).broken, Names{});
  const auto while_in_hand = before(before(dv(), kApproved, with(form, "06-02T13", "06-01T11")),
                                    kApproved, with(check, "06-02T13", "06-01T11"));
  EXPECT_TRUE(hold(while_in_hand).broken.contains("one-change-at-a-time"));
}

}  // namespace
}  // namespace shinsa::properties
