// Every law of dedicated-renewal can be broken: a short trace that breaks it, beside the one that
// does not.
#include "properties/testing/law_trial.hpp"

namespace shinsa::properties {
namespace {

constexpr std::string_view kSystem = "dedicated-renewal";

HandWritten hold(const Lines& lines, const std::string& until = {}) {
  return properties::hold(kSystem, lines, until);
}

const std::string kCustomer =
    R"(2017-04-01T00:00:00 fact.customer customer/C1 "billing_mail":"b@example.jp","payment":"card","card":true,"plan":"FLEX")";
const std::string kOld =
    R"(2017-04-01T00:00:00 fact.certificate certificate/A "customer":"customer/C1","cn":"www.example.jp","kind":"OV","brand":"GeoTrust","organisation":"Example","unit":"Sales","country":"JP","not_before":"2016-06-30T00:00:00+09:00","not_after":"2017-06-30T23:59:59+09:00")";
const std::string kNotice =
    R"(2017-05-01T10:00:00 mail.sent certificate/A "to":"b@example.jp","from":"h@host.test","subject":"a","purposes":["expiry-notice"])";
const std::string kInquiry =
    R"(2017-05-01T10:00:00 mail.sent certificate/A "to":"b@example.jp","from":"h@host.test","subject":"b","purposes":["intent-inquiry"])";
const std::string kYes = R"(2017-05-10T10:00:00 intent.reported certificate/A "intent":"renew")";
const std::string kNo =
    R"(2017-05-10T10:00:00 intent.reported certificate/A "intent":"do-not-renew")";
const std::string kOrdered =
    R"(2017-05-10T10:00:00 renewal.ordered renewal/1 "customer":"customer/C1","certificate":"certificate/A","bill":"B1","amount":100,"method":"card")";
const std::string kBill =
    R"(2017-05-10T10:00:00 mail.sent renewal/1 "to":"b@example.jp","from":"h@host.test","subject":"c","purposes":["billing"])";
const std::string kLogIn = R"(2017-05-11T10:00:00 billing.pressed renewal/1 "button":"ログイン")";
const std::string kHistory = R"(2017-05-11T10:00:00 billing.pressed renewal/1 "button":"課金履歴")";
const std::string kOpen =
    R"(2017-05-11T10:00:00 billing.shown renewal/1 "screen":"billing-history","status":"オープン")";
const std::string kDocument = R"(2017-05-11T10:00:00 billing.pressed renewal/1 "button":"請求書")";
const std::string kPay =
    R"(2017-05-11T10:00:00 billing.pressed renewal/1 "button":"このドキュメント支払")";
const std::string kContinue =
    R"(2017-05-11T10:00:00 billing.pressed renewal/1 "button":"続く","card":"registered")";
const std::string kCharged = R"(2017-05-11T10:00:00 card.charged renewal/1 "amount":100)";
const std::string kApproved = R"(2017-05-11T10:00:00 card.answered renewal/1 "outcome":"approved")";
const std::string kInvoice =
    R"(2017-05-10T10:00:00 invoice.issued renewal/1 "bill":"B1","amount":100)";
const std::string kReceived =
    R"(2017-05-11T10:00:00 payment.received renewal/1 "bill":"B1","amount":100,"method":"bank-transfer")";
const std::string kConfirmed = "2017-05-11T10:00:00 payment.confirmed renewal/1";
const std::string kDocuments =
    R"(2017-05-12T10:00:00 documents.prepared renewal/1 "cn":"www.example.jp","csr":"x","key":"k1","organisation":"Example","unit":"Sales","country":"JP")";
const std::string kApplied = "2017-05-12T10:00:00 ca.applied renewal/1";
const std::string kReview = "2017-05-12T10:00:00 review.asked renewal/1";
const std::string kReviewed =
    R"(2017-05-13T10:00:00 review.answered renewal/1 "outcome":"confirmed")";
const std::string kIssued =
    R"(2017-05-13T10:00:00 certificate.issued certificate/01 "application":"renewal/1","cn":"www.example.jp","organisation":"Example","unit":"Sales","country":"JP","key":"k1","not_before":"2017-05-13T10:00:00+09:00","not_after":"2018-06-30T23:59:59+09:00")";
const std::string kVisited =
    R"(2017-05-14T10:00:00 site.visited site/www.example.jp "cn":"www.example.jp")";
const std::string kShown =
    R"(2017-05-14T10:00:00 site.shown site/www.example.jp "result":"lock","certificate":"certificate/A","not_after":"2017-06-30T23:59:59+09:00","subject_dn":"CN=www.example.jp,OU=Sales,O=Example,C=JP")";
const std::string kPlan =
    R"(2017-05-10T10:00:00 plan-change.required certificate/A "to":"IPアドレス共用")";

Lines by_card() {
  return {kCustomer, kOld,       kNotice,    kInquiry,  kYes,    kOrdered,  kBill,
          kLogIn,    kHistory,   kOpen,      kDocument, kPay,    kContinue, kCharged,
          kApproved, kConfirmed, kDocuments, kApplied,  kReview, kReviewed, kIssued};
}
Lines by_transfer() {
  return {kCustomer, kOld,       kNotice,    kInquiry, kYes,    kOrdered,  kBill,  kInvoice,
          kReceived, kConfirmed, kDocuments, kApplied, kReview, kReviewed, kIssued};
}
Lines declined() { return {kCustomer, kOld, kNotice, kInquiry, kNo, kPlan}; }
Lines looked_at() { return {kCustomer, kOld, kNotice, kInquiry, kVisited, kShown}; }

Lines after(Lines lines, const std::string& line, const std::string& more) {
  const auto at = std::ranges::find(lines, line);
  EXPECT_NE(at, lines.end()) << line;
  lines.insert(at + 1, more);
  return lines;
}
/// A line at another time.
std::string at_time(std::string line, const std::string& time) {
  return line.replace(0, line.find(' '), time);
}

TEST(DedicatedRenewalLawsTest, HoldOfWhatIsRight) {
  EXPECT_EQ(hold(by_card()).broken, Names{});
  EXPECT_EQ(hold(by_transfer()).broken, Names{});
  EXPECT_EQ(hold(declined()).broken, Names{});
  EXPECT_EQ(hold(looked_at()).broken, Names{});
  EXPECT_EQ(hold(by_card()).shown, (Names{"history-seen", "renewed-by-card"}));
  EXPECT_EQ(hold(by_transfer()).shown, Names{"renewed-by-transfer"});
  EXPECT_EQ(hold(declined()).shown, Names{"plan-changed"});
}

TEST(DedicatedRenewalLawsTest, TakeWhatWasServedWhenTheVisitorCame) {
  const std::string last = at_time(kVisited, "2017-06-30T23:59:59");
  const std::string late = at_time(kShown, "2017-07-01T00:00:00");

  EXPECT_EQ(hold({kCustomer, kOld, kNotice, kInquiry, last, late}).broken, Names{});
  EXPECT_EQ(
      hold({kCustomer, kOld, kNotice, kInquiry, last, late, with(late, "lock", "expired")}).broken,
      Names{});
  const std::string visited = at_time(kVisited, "2017-07-01T00:00:00");
  EXPECT_EQ(hold({kCustomer, kOld, kNotice, kInquiry, visited, late}).broken,
            Names{"error-once-expired"});
}

class BrokenRenewalLawTest : public testing::TestWithParam<Case> {};

TEST_P(BrokenRenewalLawTest, IsSeen) {
  const auto broken = hold(GetParam().lines, GetParam().until).broken;
  EXPECT_TRUE(broken.contains(GetParam().law)) << testing::PrintToString(broken);
}

std::vector<Case> cases() {
  const std::string early = "2017-04-23T23:59:59", late = "2017-05-09T00:00:00";
  const auto moved = [](const std::string& line, const std::string& time) {
    return Lines{kCustomer, kOld, at_time(line, time)};
  };
  const Lines symantec = changed(by_card(), kOld, "GeoTrust", "Symantec");
  const auto ends = [](const Lines& lines, const std::string& end) {
    return changed(lines, kIssued, "2018-06-30T23:59:59", end);
  };
  const auto with_documents = [](const std::string& from, const std::string& to) {
    Lines lines = changed(by_card(), kDocuments, from, to);
    return changed(lines, kIssued, from, to);
  };
  const std::string shown_late = at_time(kShown, "2017-07-01T00:00:00");
  return {
      {"notice-about-sixty-days-before", moved(kNotice, early)},
      {"notice-about-sixty-days-before", moved(kNotice, late)},
      {"inquiry-about-sixty-days-before", moved(kInquiry, early)},
      {"inquiry-about-sixty-days-before", moved(kInquiry, late)},
      {"documents-are-sound", changed(by_card(), kDocuments, R"("csr":"x",)", "")},
      {"documents-are-sound",
       changed(by_card(), kDocuments, R"("key")", R"("csr_problem":"weak-key","key")")},
      {"documents-are-sound",
       changed(by_card(), kDocuments, R"("key")", R"("csr_cn":"www2.example.jp","key")")},
      {"nothing-twice-at-once", after(by_card(), kBill, kBill)},
      {"order-for-a-yes-alone", without(by_card(), kYes)},
      {"order-for-a-yes-alone", after(by_card(), kYes, kNo)},
      {"order-for-a-yes-alone",
       after(without(by_card(), kYes), kOld, at_time(kYes, "2017-04-10T10:00:00"))},
      {"told-before-paid", without(by_card(), kBill)},
      {"told-before-paid", without(by_transfer(), kBill)},
      {"invoice-before-transfer", without(by_transfer(), kInvoice)},
      {"card-by-the-screens", without(by_card(), kLogIn)},
      {"card-by-the-screens", without(by_card(), kHistory)},
      {"card-by-the-screens", without(by_card(), kDocument)},
      {"card-by-the-screens", without(by_card(), kPay)},
      {"card-by-the-screens", without(by_card(), kContinue)},
      {"card-by-the-screens", changed(by_card(), kContinue, R"(,"card":"registered")", "")},
      {"card-by-the-screens", changed(by_card(), kCustomer, "true", "false")},
      {"card-by-the-screens", after(by_card(), kCharged, kCharged)},
      {"open-while-unpaid", changed(by_card(), kOpen, "オープン", "完了")},
      {"confirmed-when-paid", without(by_card(), kApproved)},
      {"confirmed-when-paid", changed(by_card(), kApproved, "approved", "declined")},
      {"confirmed-when-paid", changed(by_transfer(), kReceived, "100", "99")},
      {"confirmed-when-paid", changed(by_transfer(), kReceived, "B1", "B2")},
      {"paid-before-application", without(by_card(), kConfirmed)},
      {"documents-after-payment", without(by_card(), kDocuments)},
      {"documents-after-payment", after(without(by_card(), kDocuments), kBill, kDocuments)},
      {"reviewed-like-new", without(by_card(), kApplied)},
      {"reviewed-like-new", without(by_card(), kReviewed)},
      {"reviewed-like-new", changed(by_card(), kReviewed, "confirmed", "denied")},
      {"as-documented", changed(by_card(), kIssued, "Sales", "Marketing")},
      {"as-documented", changed(by_card(), kIssued, "k1", "k2")},
      {"one-certificate-per-order",
       after(by_card(), kIssued,
             changed({kIssued}, kIssued, "certificate/01", "certificate/02")[0])},
      {"every-year-its-own-order",
       after(by_card(), kIssued, changed({kOrdered}, kOrdered, "renewal/1", "renewal/2")[0])},
      {"renewal-from-the-old-end", ends(by_card(), "2018-07-02T23:59:59")},
      {"renewal-from-the-old-end", ends(by_card(), "2018-06-28T23:59:59")},
      {"renewal-from-the-old-end", ends(by_card(), "2018-05-13T23:59:59")},
      {"symantec-two-weeks-more", symantec},
      {"symantec-two-weeks-more", ends(symantec, "2018-07-12T23:59:59")},
      {"symantec-two-weeks-more", ends(symantec, "2018-07-16T23:59:59")},
      {"changed-name-is-new", with_documents(R"("cn":"www.)", R"("cn":"www2.)")},
      {"changed-name-is-new", with_documents("Example", "Other")},
      {"changed-name-is-new", with_documents("Sales", "Marketing")},
      {"changed-name-is-new", with_documents("JP", "US")},
      {"changed-name-is-new",
       with_documents(R"("country":"JP")", R"("locality":"x","country":"JP")")},
      {"late-is-new", changed(symantec, kIssued, "2017-05-13T10:00:00 ", "2017-07-03T00:00:00 ")},
      {"same-display", changed(looked_at(), kShown, "lock", "expired")},
      {"error-once-expired", {kCustomer, kOld, kNotice, kInquiry, shown_late}},
      {"shows-end-and-subject",
       changed(looked_at(), kShown, "2017-06-30T23:59:59", "2017-07-30T23:59:59")},
      {"shows-end-and-subject", changed(looked_at(), kShown, "OU=Sales,", "")},
      {"plan-change-for-flex-alone", changed(declined(), kCustomer, "FLEX", "STANDARD")},
      {"plan-change-for-flex-alone", without(declined(), kNo)},
      {"plan-change-for-flex-alone",
       after(by_card(), kConfirmed, at_time(kPlan, "2017-05-11T11:00:00"))},
      {"notice-is-given", {kCustomer, kOld, kNotice}, "2017-05-09T00:00:00+09:00"},
      {"notice-is-given", {kCustomer, kOld, kInquiry}, "2017-05-09T00:00:00+09:00"},
      {"yes-is-ordered", {kCustomer, kOld, kNotice, kInquiry, kYes}},
      {"order-is-billed", {kCustomer, kOld, kNotice, kInquiry, kYes, kOrdered}},
      {"paid-is-confirmed",
       {kCustomer, kOld, kNotice, kInquiry, kYes, kOrdered, kBill, kInvoice, kReceived}},
      {"review-is-issued", without(by_card(), kIssued)},
      {"flex-changes-its-plan", without(declined(), kPlan)},
      {"a-visitor-sees-something", without(looked_at(), kShown)},
  };
}
INSTANTIATE_TEST_SUITE_P(Laws, BrokenRenewalLawTest, testing::ValuesIn(cases()), &name_of_case);

TEST(DedicatedRenewalLawsTest, EachHasACaseThatBreaksIt) {
  expect_a_case_of_each(kSystem, cases());
}

TEST(DedicatedRenewalLawsTest, AreNamedOnceInBothLanguagesAndByClauses) {
  expect_named_once(kSystem);
}

TEST(DedicatedRenewalLawsTest, HoldTheDaysByTheSecond) {
  for (const auto& [time, fits] :
       std::vector<std::pair<std::string, bool>>{{"2017-04-23T23:59:59", false},
                                                 {"2017-04-24T00:00:00", true},
                                                 {"2017-05-08T23:59:59", true},
                                                 {"2017-05-09T00:00:00", false}})
    EXPECT_EQ(
        hold({kCustomer, kOld, at_time(kNotice, time), at_time(kInquiry, time)}).broken.empty(),
        fits)
        << time;
}

TEST(DedicatedRenewalLawsTest, ExpectNoNoticeWhileItsDaysLast) {
  EXPECT_EQ(hold({kCustomer, kOld}, "2017-05-08T23:59:59+09:00").broken, Names{});
}

TEST(DedicatedRenewalLawsTest, TakeTheLastSecondForInTime) {
  const auto issue = [](const std::string& at, const std::string& end) {
    Lines lines = changed(by_card(), kOld, "GeoTrust", "Symantec");
    lines = changed(lines, kIssued, "2018-06-30T23:59:59", end);
    lines.back() = at_time(lines.back(), at);
    return hold(lines).broken;
  };
  EXPECT_EQ(issue("2017-06-30T23:59:59", "2018-07-14T23:59:59"), Names{});
  EXPECT_EQ(issue("2017-07-01T00:00:00", "2018-07-14T23:59:59"), Names{"late-is-new"});
  EXPECT_EQ(issue("2017-07-01T00:00:00", "2018-07-01T23:59:59"), Names{});
  EXPECT_EQ(issue("2017-06-30T23:59:59", "2018-06-30T23:59:59"), Names{"symantec-two-weeks-more"});
}

}  // namespace
}  // namespace shinsa::properties
