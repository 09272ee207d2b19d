// Every law of jpdirect-acme can be broken: a short trace that breaks it, beside the one that does
// not.
#include "properties/testing/law_trial.hpp"

namespace shinsa::properties {
namespace {

HandWritten hold(const Lines& lines) { return properties::hold("jpdirect-acme", lines); }

// The whole way once.
const std::string kMember =
    R"(2026-11-24T10:00:00 member.registered customer/C1 "mail":"taro@example.jp","billing_mail":"billing@example.jp")";
const std::string kApplied = R"(2026-11-24T10:00:00 acme.applied customer/C1 "consent":true)";
const std::string kEab =
    R"(2026-11-24T10:00:00 eab.issued eab/1 "customer":"customer/C1","number":"ACME1")";
const std::string kNotice =
    R"(2026-11-24T10:00:00 mail.sent eab/1 "to":"taro@example.jp","from":"a@jpdirect.test","subject":"EAB","attachments":["eab"])";
const std::string kAsksAccount =
    R"(2026-11-24T11:00:00 account.requested account/1 "eab":"eab/1","contacts":["mailto:taro@example.jp"],"terms":true)";
const std::string kAccount = R"(2026-11-24T11:00:00 account.created account/1 "eab":"eab/1")";
const std::string kDraft =
    R"(2026-11-24T12:00:00 fqdn.drafted fqdn/1 "customer":"customer/C1","kind":"DV","fqdn":"example.jp","months":12,"price":10900)";
const std::string kFixed = "2026-11-24T12:00:00 fqdn.confirmed fqdn/1";
const std::string kInvoice =
    R"(2026-11-24T12:00:00 invoice.issued fqdn/1 "bill":"BILL1","amount":10900)";
const std::string kAcceptance =
    R"(2026-11-24T12:00:00 mail.sent fqdn/1 "to":"billing@example.jp","from":"a@jpdirect.test","subject":"【JPDirect】サーバー証明書(ACME)利用FQDN情報登録申請受理及びご請求のご連絡")";
const std::string kPaid =
    R"(2026-11-24T13:00:00 payment.received fqdn/1 "bill":"BILL1","amount":10900)";
const std::string kConfirmed = "2026-11-24T13:00:00 payment.confirmed fqdn/1";
const std::string kCompletion =
    R"(2026-11-24T13:00:00 mail.sent fqdn/1 "to":"billing@example.jp","from":"a@jpdirect.test","subject":"【JPDirect】サーバー証明書(ACME)利用FQDN情報登録完了のご連絡")";
const std::string kOrder =
    R"(2026-11-25T10:00:00 order.requested order/1 "account":"account/1","identifiers":["example.jp"])";
const std::string kOrderCreated =
    R"(2026-11-25T10:00:00 order.created order/1 "account":"account/1")";
const std::string kAuthorization =
    R"(2026-11-25T10:00:00 authorization.created authorization/1 "order":"order/1","identifier":"example.jp")";
const std::string kFile =
    R"(2026-11-25T10:00:00 challenge.offered challenge/f "authorization":"authorization/1","type":"http-01","token":"tok","string":"tok.print")";
const std::string kTxt =
    R"(2026-11-25T10:00:00 challenge.offered challenge/d "authorization":"authorization/1","type":"dns-01","token":"tok2","string":"digest")";
const std::string kLook =
    R"(2026-11-25T11:00:00 http.requested challenge/f "uri":"http://example.jp/.well-known/acme-challenge/tok")";
const std::string kSeen =
    R"(2026-11-25T11:00:00 http.answered challenge/f "outcome":"answered","status":200,"body":"tok.print","redirects":0)";
const std::string kValid = "2026-11-25T11:00:00 challenge.validated challenge/f";
const std::string kFinal =
    R"(2026-11-25T12:00:00 order.finalized order/1 "csr":"x","csr_cn":"example.jp","key":"k1")";
const std::string kCaa =
    R"(2026-11-25T12:00:00 dns.answered authorization/1 "name":"example.jp","type":"CAA","status":"nodata")";
const std::string kIssued =
    R"(2026-11-25T12:00:00 certificate.issued certificate/01 "application":"order/1","cn":"example.jp","kind":"DV","sans":["example.jp"],"key":"k1","not_before":"2026-11-25T12:00:00+09:00","not_after":"2027-02-23T11:59:59+09:00")";

std::vector<std::string> whole() {
  return {kMember,     kApplied, kEab,          kNotice,        kAsksAccount, kAccount,
          kDraft,      kFixed,   kInvoice,      kAcceptance,    kPaid,        kConfirmed,
          kCompletion, kOrder,   kOrderCreated, kAuthorization, kFile,        kTxt,
          kLook,       kSeen,    kValid,        kFinal,         kCaa,         kIssued};
}

const std::string kLookDns =
    R"(2026-11-25T11:00:00 dns.queried challenge/d "name":"_acme-challenge.example.jp","type":"TXT")";
const std::string kSeenDns =
    R"(2026-11-25T11:00:00 dns.answered challenge/d "name":"_acme-challenge.example.jp","type":"TXT","status":"ok","values":["other","digest"])";
const std::string kValidDns = "2026-11-25T11:00:00 challenge.validated challenge/d";
const std::string kList =
    R"(2026-11-24T14:00:00 fqdn_list.shown customer/C1 "upcoming":["example.jp"],"effective":[])";
const std::string kAskedBack = R"(2026-11-24T14:00:00 refund.requested fqdn/1 "reason":"other")";
const std::string kPaidBack = R"(2026-11-24T15:00:00 refund.made fqdn/1 "amount":10900)";

std::vector<std::string> by_dns() {
  auto lines = replaced(whole(), kLook, kLookDns);
  return replaced(replaced(lines, kSeen, kSeenDns), kValid, kValidDns);
}
std::vector<std::string> later(Lines lines, const std::string& line, const std::string& time) {
  for (std::string& one : lines)
    if (one == line) one.replace(0, time.size(), time);
  return lines;
}

TEST(AcmeLawsTest, HoldOfWhatIsRight) {
  EXPECT_EQ(hold(whole()).broken, Names{});
  EXPECT_EQ(hold(by_dns()).broken, Names{});
  EXPECT_EQ(hold(before(whole(), kOrder, kList)).broken, Names{});
  EXPECT_EQ(hold(whole()).shown, (Names{"account-made", "billed", "issued-by-file"}));
  EXPECT_EQ(hold(by_dns()).shown,
            (Names{"account-made", "billed", "issued-by-dns", "one-of-several"}));
}

TEST(AcmeLawsTest, TakeAListThatIsAsItWasWhenItWasAskedFor) {
  const std::string asked = "2026-11-24T10:00:00 fqdn_list.opened customer/C1";
  const std::string empty = with(kList, R"(["example.jp"])", "[]");

  EXPECT_EQ(
      hold(before(before(whole(), kConfirmed, with(asked, "T10", "T12")), kOrder, empty)).broken,
      Names{});
  EXPECT_EQ(hold(before(before(whole(), kOrder, with(asked, "T10", "T14")), kOrder, empty)).broken,
            Names{"list-tells-what-is"});
  const Lines paid_back = before(before(whole(), kOrder, kAskedBack), kOrder, kPaidBack);
  const std::string late = with(kList, "T14", "T15");
  EXPECT_TRUE(hold(before(paid_back, kOrder, late)).broken.contains("list-tells-what-is"));
  EXPECT_FALSE(hold(before(before(paid_back, kAskedBack, with(asked, "T10", "T14")), kOrder, late))
                   .broken.contains("list-tells-what-is"));
}

class BrokenAcmeLawTest : public testing::TestWithParam<Case> {};

TEST_P(BrokenAcmeLawTest, IsSeen) {
  const auto broken = hold(GetParam().lines).broken;
  EXPECT_TRUE(broken.contains(GetParam().law)) << testing::PrintToString(broken);
}

std::vector<Case> cases_of_the_portal() {
  const std::string inquiry =
      R"(2026-12-09T10:00:00 question.asked question/1 "topic":"eab","customer":"customer/C1")";
  const std::string second = R"(2026-12-09T11:00:00 eab.issued eab/2 "customer":"customer/C1")";
  const std::vector<std::string> applied{kMember, kApplied, kEab, kNotice};
  const auto and_more = [](Lines lines, std::vector<std::string> more) {
    lines.insert(lines.end(), more.begin(), more.end());
    return lines;
  };
  return {
      {"eab-fourteen-days",
       later(later(whole(), kAsksAccount, "2026-12-08T10:00:00"), kAccount, "2026-12-08T10:00:00")},
      {"eab-used-once",
       before(before(whole(), kDraft, with(kAsksAccount, "account/1", "account/2")), kDraft,
              with(kAccount, "account/1", "account/2"))},
      {"account-needs-an-eab", without(whole(), kAsksAccount)},
      {"account-needs-an-eab",
       changed(whole(), kAsksAccount, R"("terms")", R"("mac_verifies":false,"terms")")},
      {"account-needs-an-eab", changed(whole(), kAsksAccount, "mailto:", "tel:")},
      {"one-press-one-eab", and_more(applied, {with(kEab, "eab/1", "eab/2")})},
      {"one-press-one-eab", and_more(applied, {with(inquiry, "2026-12-09", "2026-12-07"),
                                               with(second, "2026-12-09", "2026-12-07")})},
      {"terms-agreed-to", changed(whole(), kAsksAccount, R"("terms":true)", R"("terms":false)")},
      {"csr-is-sound",
       changed(whole(), kFinal, R"("key")", R"("csr_problem":"bad-signature","key")")},
      {"nothing-twice-at-once", before(whole(), kPaid, kAcceptance)},
      {"eab-for-who-agrees", without(whole(), kApplied)},
      {"eab-for-who-agrees", changed(whole(), kApplied, "true", "false")},
      {"eab-for-who-agrees", changed(whole(), kEab, R"(,"number":"ACME1")", "")},
      {"application-before-registration",
       without(without(without(without(whole(), kEab), kNotice), kAsksAccount), kAccount)},
      {"type-fits-name", changed(whole(), kDraft, R"("DV")", R"("OV")")},
      {"type-fits-name", changed(whole(), kDraft, R"("DV")", R"("DV-wildcard")")},
      {"no-double-address",
       changed(whole(), kDraft, R"("price")", R"("double_address":true,"price")")},
      {"a-labels-only", before(whole(), kOrder, with(kList, "[\"example.jp", "[\"例え.jp"))},
      {"one-invoice-once-fixed", without(whole(), kFixed)},
      {"one-invoice-once-fixed", before(whole(), kPaid, with(kInvoice, "BILL1", "BILL2"))},
      {"one-invoice-once-fixed", changed(whole(), kInvoice, "BILL1", "B1")},
      {"mails-to-billing", changed(whole(), kAcceptance, "billing@", "taro@")},
      {"mails-to-billing", changed(whole(), kCompletion, "billing@", "taro@")},
      {"complete-once-paid", without(whole(), kPaid)},
      {"complete-once-paid", changed(whole(), kPaid, "10900", "10899")},
      {"complete-once-paid", before(whole(), kPaid, kCompletion)},
      {"list-tells-what-is", before(whole(), kOrder, with(kList, R"(["example.jp"])", "[]"))},
      {"list-tells-what-is", before(whole(), kPaid, with(kList, "T14", "T12"))},
      {"list-tells-what-is",
       before(whole(), kOrder, with(kList, R"("effective":[])", R"("effective":["example.jp"])"))},
      {"no-money-back", before(whole(), kOrder, kPaidBack)},
      {"no-money-back",
       before(before(whole(), kOrder, with(kAskedBack, "other", "spelling")), kOrder, kPaidBack)},
      {"no-money-back", and_more(before(whole(), kOrder, kAskedBack),
                                 {with(kPaidBack, "2026-11-24", "2026-11-26")})},
      {"client-left-to-others",
       {R"(2026-11-24T10:00:00 question.asked question/1 "topic":"acme-client")",
        R"(2026-11-24T11:00:00 question.answered question/1 "answer":"answered")"}},
      {"acme-portal-installs-nothing",
       and_more(whole(), {"2026-11-25T12:00:00 certificate.installed certificate/01"})},
      {"eab-notified", without(whole(), kNotice)},
      {"eab-notified", changed(whole(), kNotice, "taro@", "jiro@")},
      {"acceptance-follows", without(whole(), kAcceptance)},
      {"completion-mail-follows", without(whole(), kCompletion)},
      {"fee-confirmed",
       {kMember, kApplied, kEab, kNotice, kDraft, kFixed, kInvoice, kAcceptance, kPaid}},
      {"acme-question-answered", {kMember, inquiry}},
  };
}

std::vector<Case> cases_of_the_ca() {
  const auto wildcard =
      changed(changed(changed(whole(), kDraft, "DV\",\"fqdn\":\"", "DV-wildcard\",\"fqdn\":\"*."),
                      kOrder, "[\"", "[\"*."),
              kAuthorization, "\"identifier\":\"", "\"identifier\":\"*.");
  const auto and_more = [](Lines lines, std::vector<std::string> more) {
    lines.insert(lines.end(), more.begin(), more.end());
    return lines;
  };
  const std::string lock =
      R"(2026-11-25T13:00:00 site.shown site/www.example.jp "result":"lock","certificate":"certificate/01")";
  const auto late = [](Lines lines) {
    for (const std::string& line : {kOrder, kOrderCreated, kAuthorization, kFile, kTxt, kLook,
                                    kSeen, kValid, kFinal, kCaa, kIssued})
      lines = later(lines, line, "2027-12-01T12:00:00");
    return lines;
  };
  return {
      {"nothing-before-completion",
       without(without(without(whole(), kPaid), kConfirmed), kCompletion)},
      {"nothing-before-completion", without(without(whole(), kConfirmed), kCompletion)},
      {"nothing-before-completion", before(before(whole(), kOrder, kAskedBack), kOrder, kPaidBack)},
      {"only-covered-names", changed(whole(), kOrder, "example.jp", "shop.example.jp")},
      {"only-covered-names", changed(whole(), kOrder, "example.jp", "www.www.example.jp")},
      {"only-covered-names", changed(whole(), kDraft, "example.jp", "www.example.jp")},
      {"by-the-month-end", late(whole())},
      {"only-two-methods", changed(whole(), kTxt, "dns-01", "tls-alpn-01")},
      {"no-file-for-a-wildcard", wildcard},
      {"strings-for-twenty-five-days",
       later(later(later(whole(), kLook, "2026-12-20T10:00:00"), kSeen, "2026-12-20T10:00:00"),
             kValid, "2026-12-20T10:00:00")},
      {"strings-for-twenty-five-days", later(later(later(by_dns(), kLookDns, "2026-12-20T10:00:00"),
                                                   kSeenDns, "2026-12-20T10:00:00"),
                                             kValidDns, "2026-12-20T10:00:00")},
      {"file-at-the-fixed-path", changed(whole(), kLook, ".well-known/", "")},
      {"file-at-the-fixed-path", changed(whole(), kLook, "http:", "https:")},
      {"file-at-the-fixed-path", changed(whole(), kLook, "/tok", "/other")},
      {"record-at-the-challenge-name", changed(by_dns(), kLookDns, "_acme-challenge.", "")},
      {"record-at-the-challenge-name",
       changed(by_dns(), kLookDns, "_acme-challenge.", "_acme-challenge.www.")},
      {"proven-by-the-string", without(whole(), kSeen)},
      {"proven-by-the-string", changed(whole(), kSeen, "tok.print", "tok.other")},
      {"proven-by-the-string", changed(whole(), kSeen, "200", "404")},
      {"proven-by-the-string", changed(by_dns(), kSeenDns, R"("digest")", R"("third")")},
      {"ten-steps-no-https", changed(whole(), kSeen, R"("redirects":0)", R"("redirects":11)")},
      {"ten-steps-no-https",
       changed(whole(), kSeen, R"("redirects":0)", R"("redirects":1,"https":true)")},
      {"each-name-proven", without(whole(), kValid)},
      {"each-name-proven",
       changed(whole(), kIssued, R"(["example.jp"])", R"(["example.jp","www.example.jp"])")},
      {"issued-to-the-client", without(whole(), kFinal)},
      {"issued-to-the-client",
       and_more(whole(), {with(kIssued, "certificate/01", "certificate/02")})},
      {"acme-key-of-the-csr", changed(whole(), kIssued, "k1", "k2")},
      {"ninety-days", changed(whole(), kIssued, "2027-02-23", "2027-02-24")},
      {"caa-looked-up", without(whole(), kCaa)},
      {"caa-looked-up", changed(whole(), kCaa, "nodata", "servfail")},
      {"wildcard-for-one-level", and_more(whole(), {lock})},
      {"wildcard-for-one-level",
       and_more(whole(), {with(with(lock, "site/www.", "site/"), "lock", "other-name")})},
      {"error-of-its-clause",
       {R"(2026-11-24T10:00:00 acme.refused order/1 "error":"badCSR","clauses":["ACM-38"])"}},
      {"handed-to-its-account",
       and_more(
           whole(),
           {R"(2026-11-25T13:00:00 certificate.delivered certificate/01 "account":"account/2")"})},
      {"revocation-done",
       and_more(whole(), {"2026-11-25T13:00:00 revocation.requested certificate/01"})},
  };
}

std::vector<Case> cases() {
  auto all = cases_of_the_portal();
  const auto more = cases_of_the_ca();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}
INSTANTIATE_TEST_SUITE_P(AcmeLaws, BrokenAcmeLawTest, testing::ValuesIn(cases()), &name_of_case);

TEST(AcmeLawsTest, EachHasACaseThatBreaksIt) { expect_a_case_of_each("jpdirect-acme", cases()); }

TEST(AcmeLawsTest, AreNamedOnceInBothLanguagesAndByClauses) { expect_named_once("jpdirect-acme"); }

TEST(AcmeLawsTest, TakeNamesInAnyCase) {
  Lines lines = whole();
  for (std::string& line : lines)
    if (line == kIssued) line.replace(line.find("example.jp"), 10, "EXAMPLE.JP");
  lines.push_back(
      R"(2026-11-25T13:00:00 site.shown site/Example.JP "result":"lock","certificate":"certificate/01")");
  EXPECT_FALSE(hold(lines).broken.contains("wildcard-for-one-level"));
}

TEST(AcmeLawsTest, KnowTheReadingsOfTheTrace) {
  const auto under = [](const std::string& reading, Lines lines) {
    lines.insert(lines.begin(),
                 R"(2026-11-24T10:00:00 log.opened system "readings":[")" + reading + R"("])");
    return hold(lines).broken;
  };

  EXPECT_EQ(under("ACM-Q5=followed",
                  changed(whole(), kSeen, R"("redirects":0)", R"("redirects":1,"https":true)")),
            Names{});
  EXPECT_TRUE(
      under("ACM-Q6=ten-requests", changed(whole(), kSeen, R"("redirects":0)", R"("redirects":10)"))
          .contains("ten-steps-no-https"));
  EXPECT_EQ(under("ACM-Q21=reusable",
                  before(before(whole(), kDraft, with(kAsksAccount, "account/1", "account/2")),
                         kDraft, with(kAccount, "account/1", "account/2"))),
            Names{});
}

}  // namespace
}  // namespace shinsa::properties
