#include <algorithm>

#include "model/catalogue/ids.hpp"
#include "model/machines/reissue_application.hpp"
#include "model/testing/world_trial.hpp"
#include "model/world.hpp"

namespace shinsa::model {
namespace {

/// A World and a pen: events are written as their fields in text.
class WorldTest : public WorldTrial {
 protected:
  void start(const ProfileOptions& options = {}) { start_with(options); }

  void customer(const std::string& managed = "") {
    step("2026-10-01T00:00:00+09:00", "fact.customer", "customer/C1",
         {{"billing_mail", "billing@example.jp"}, {"managed_domains", managed}});
  }
  void certificate(const std::string& name, const std::string& kind = "DV", const Said& more = {}) {
    Said said{{"customer", "customer/C1"},
              {"cn", "www.example.jp"},
              {"kind", kind},
              {"not_before", "2026-04-01T00:00:00+09:00"},
              {"not_after", "2027-03-31T23:59:59+09:00"},
              {"sans", "www.example.jp"}};
    said.insert(said.end(), more.begin(), more.end());
    step("2026-10-01T00:00:00+09:00", "fact.certificate", "certificate/" + name, said);
  }
  void inquire(const std::string& at = "2026-11-24T10:00:00+09:00",
               const std::string& application = "application/1") {
    EXPECT_TRUE(step(at, "inquiry.received", application,
                     {{"customer", "customer/C1"},
                      {"channel", "form"},
                      {"from", "taro@example.jp"},
                      {"cn", "www.example.jp"}})
                    .accepted);
    EXPECT_TRUE(step(at, "mail.sent", application,
                     {{"to", "taro@example.jp"},
                      {"from", "ssl@jpdirect.test"},
                      {"subject", "ご案内"},
                      {"attachments", "application-form"}})
                    .accepted);
  }
  static Said form(const Said& changes = {}) {
    Said said{{"source", "certificate/A"},
              {"cn", "www.example.jp"},
              {"kind", "DV"},
              {"sans", "www.example.jp"},
              {"csr", "-----BEGIN CERTIFICATE REQUEST-----\nx\n-----END CERTIFICATE REQUEST-----"},
              {"authentication_mail", "admin@example.jp"},
              {"consent", "true"}};
    return changed(std::move(said), changes);
  }
  static Said approval_mail(const std::string& product = "ドメイン認証型(DV)") {
    return {{"to", "admin@example.jp"},
            {"from", "info@jprs.jp"},
            {"subject", product + "サーバー証明書発行手続きのご案内 [www.example.jp]"},
            {"code", "c0de"}};
  }
  static Said issued(const Said& more = {}) {
    Said said{{"application", "application/1"},
              {"cn", "www.example.jp"},
              {"not_before", "2026-11-25T12:00:00+09:00"},
              {"not_after", "2027-03-31T23:59:59+09:00"}};
    said.insert(said.end(), more.begin(), more.end());
    return said;
  }
};

const std::string kFormDay = "2026-11-25T10:00:00+09:00";

TEST_F(WorldTest, LeadsADvReissueFromInquiryToCompletionMail) {
  start();
  customer();
  certificate("A");
  inquire();

  EXPECT_TRUE(step(kFormDay, "application.returned", "application/1", form()).accepted);
  EXPECT_EQ(owed(), std::vector<std::string>{"mail.sent"});
  EXPECT_TRUE(step(kFormDay, "mail.sent", "application/1", approval_mail()).accepted);
  EXPECT_TRUE(owed().empty());
  EXPECT_TRUE(
      step("2026-11-25T12:00:00+09:00", "domain.approved", "application/1", {{"code", "c0de"}})
          .accepted);
  EXPECT_EQ(owed(), std::vector<std::string>{"certificate.issued"});
  EXPECT_TRUE(
      step("2026-11-25T12:00:00+09:00", "certificate.issued", "certificate/01", issued()).accepted);
  EXPECT_EQ(owed(), std::vector<std::string>{"mail.sent"});
  EXPECT_TRUE(step("2026-11-25T12:00:00+09:00", "mail.sent", "application/1",
                   {{"to", "billing@example.jp"},
                    {"from", "ssl@jpdirect.test"},
                    {"subject", "SSLサーバー証明書発行完了のご連絡"},
                    {"certificate", "certificate/01"}})
                  .accepted);
  EXPECT_TRUE(owed().empty());
  EXPECT_EQ(world_->states_of(facts_.intern("application/1")),
            "InReview, Unordered, Approved, NotNeeded, Completed, Downloadable");
}

TEST_F(WorldTest, NamesEveryClauseThatRefusesAForm) {
  struct Line {
    Said changes;
    std::vector<std::string> clauses;
  };
  const std::vector<Line> table{
      {{{"source", "certificate/Z"}}, {"JPR-04"}},
      {{{"source", "certificate/other"}}, {"JPR-16"}},
      {{{"cn", "example.jp"}}, {"JPR-17"}},
      {{{"csr_cn", "example.jp"}}, {"JPR-17"}},
      {{{"kind", "OV"}}, {"JPR-18"}},
      {{{"source", "certificate/revoked"}}, {"JPR-22"}},
      {{{"csr", "~"}}, {"JPR-26"}},
      {{{"csr", "MIIC..."}}, {"JPR-28"}},
      {{{"authentication_mail", "~"}}, {"JPR-31"}},
      {{{"consent", "false"}}, {"JPR-32"}},
      {{{"consent", "~"}, {"kind", "OV"}}, {"JPR-18", "JPR-32"}},
      {{{"csr_problem", "bad-signature"}}, {"RFC-01"}},
      {{{"csr_problem", "weak-key"}}, {"POL-01"}},
  };
  for (const Line& line : table) {
    start();
    customer();
    certificate("A");
    certificate("other", "DV", {{"issued_by", "other"}, {"revoked", "2026-09-30T00:00:00+09:00"}});
    certificate("revoked", "DV", {{"revoked", "2026-09-30T00:00:00+09:00"}});
    inquire();

    const Outcome outcome =
        step(kFormDay, "application.returned", "application/1", form(line.changes));

    EXPECT_FALSE(outcome.accepted);
    auto wanted = line.clauses;
    if (line.changes[0].second == "certificate/other") wanted.emplace_back("JPR-22");
    EXPECT_EQ(ids(outcome), wanted);
    EXPECT_EQ(owed(), std::vector<std::string>{"application.refused"});
  }
}

TEST_F(WorldTest, AcceptsTheMarksOfACsrInTheirVariants) {
  for (const char* text :
       {"-----BEGIN CERTIFICATE REQUEST-----\nx\n-----END CERTIFICATE REQUEST-----\n",
        "----- BEGIN CERTIFICATE REQUEST -----\r\nx\r\n----- END CERTIFICATE REQUEST -----",
        "-----BEGIN NEW CERTIFICATE REQUEST-----\nx\n-----END NEW CERTIFICATE REQUEST-----"}) {
    start();
    customer();
    certificate("A");
    inquire();
    EXPECT_TRUE(
        step(kFormDay, "application.returned", "application/1", form({{"csr", text}})).accepted)
        << text;
  }
}

TEST_F(WorldTest, RefusesFromTheFirstSecondOfTheMonthOfExpiryInTokyo) {
  for (const auto& [at, accepted] :
       std::vector<std::pair<std::string, bool>>{{"2027-02-28T23:59:59+09:00", true},
                                                 {"2027-03-01T00:00:00+09:00", false},
                                                 {"2027-02-28T15:00:00Z", false}}) {
    start();
    customer();
    certificate("A");
    inquire();
    const Outcome outcome = step(at, "application.returned", "application/1", form());
    EXPECT_EQ(outcome.accepted, accepted) << at;
    EXPECT_EQ(ids(outcome),
              accepted ? std::vector<std::string>{} : std::vector<std::string>{"JPR-21"});
  }
}

TEST_F(WorldTest, TakesAnEventOfThePastAtTheTimeAlreadyReached) {
  start();
  customer();
  certificate("A");
  inquire("2027-03-01T00:00:00+09:00");
  const Outcome outcome =
      step("2027-02-28T10:00:00+09:00", "application.returned", "application/1", form());
  EXPECT_EQ(ids(outcome), std::vector<std::string>{"JPR-21"});
}

TEST_F(WorldTest, TakesASubjectWithoutBracketsUnlessTheyAreLiteral) {
  for (const auto& [reading, name, fits] :
       {std::tuple{"brackets-optional", "www.example.jp", true},
        std::tuple{"brackets-optional", "[www.example.jp]", true},
        std::tuple{"brackets-literal", "www.example.jp", false},
        std::tuple{"brackets-literal", "[www.example.jp", false},
        std::tuple{"brackets-literal", "www.example.jp]", false},
        std::tuple{"brackets-literal", "[www.example.jp]", true}}) {
    start({"jpdirect-reissue", {{"JPR-Q14", reading}}, {}});
    customer();
    certificate("A");
    inquire();
    step("2026-11-25T10:00:00+09:00", "application.returned", "application/1", form());

    const Outcome outcome = step(
        "2026-11-25T10:00:01+09:00", "mail.sent", "application/1",
        {{"to", "admin@example.jp"},
         {"from", "info@jprs.jp"},
         {"subject", "ドメイン認証型(DV)サーバー証明書発行手続きのご案内 " + std::string(name)}});

    EXPECT_EQ(outcome.accepted, fits) << reading << " " << name;
    EXPECT_EQ(ids(outcome), fits ? std::vector<std::string>{} : std::vector<std::string>{"JPR-35"});
  }
}

TEST_F(WorldTest, CountsTheMonthInUtcUnderThatReading) {
  start({"jpdirect-reissue", {{"JPR-Q4", "utc"}}, {}});
  customer();
  certificate("A");
  inquire();
  EXPECT_TRUE(
      step("2027-03-01T08:59:59+09:00", "application.returned", "application/1", form()).accepted);
}

TEST_F(WorldTest, RefusesAThirdUnderTheReadingRefuse) {
  start({"jpdirect-reissue", {{"JPR-Q5", "refuse"}}, {}});
  customer();
  certificate("A");
  certificate("B");
  inquire();

  const Outcome outcome = step(kFormDay, "application.returned", "application/1", form());

  EXPECT_EQ(ids(outcome), std::vector<std::string>{"JPR-24"});
  const Outcome third = step(kFormDay, "certificate.issued", "certificate/03", issued());
  EXPECT_EQ(ids(third), (std::vector<std::string>{"JPR-23", "JPR-24", "JPR-34"}));
}

TEST_F(WorldTest, HoldsAThirdByDefaultUntilOneIsRevoked) {
  start();
  customer();
  certificate("A");
  certificate("B");
  inquire();

  EXPECT_TRUE(step(kFormDay, "application.returned", "application/1", form()).accepted);
  EXPECT_TRUE(owed().empty());
  EXPECT_TRUE(step(kFormDay, "mail.sent", "application/1", approval_mail()).accepted);
  EXPECT_TRUE(step(kFormDay, "domain.approved", "application/1", {{"code", "c0de"}}).accepted);
  EXPECT_TRUE(owed().empty());
  EXPECT_EQ(ids(step(kFormDay, "certificate.issued", "certificate/03", issued())),
            std::vector<std::string>{"JPR-23"});
  EXPECT_TRUE(step(kFormDay, "revocation.requested", "certificate/B").accepted);
  EXPECT_TRUE(step(kFormDay, "certificate.revoked", "certificate/B").accepted);
  EXPECT_EQ(owed(), std::vector<std::string>{"certificate.issued"});
  EXPECT_TRUE(
      step("2026-11-25T12:00:00+09:00", "certificate.issued", "certificate/03", issued()).accepted);
}

TEST_F(WorldTest, MayRefuseAHeldFormUntilTheReviewGoesOn) {
  start();
  customer();
  certificate("A");
  certificate("B");
  inquire();
  ASSERT_TRUE(step(kFormDay, "application.returned", "application/1", form()).accepted);
  const World before = *world_;

  EXPECT_TRUE(step(kFormDay, "application.refused", "application/1").accepted);
  *world_ = before;
  EXPECT_TRUE(step(kFormDay, "mail.sent", "application/1", approval_mail()).accepted);
  EXPECT_EQ(ids(step(kFormDay, "application.refused", "application/1")),
            std::vector<std::string>{"JPR-24"});
}

TEST_F(WorldTest, OfTwoOrdersThatRaceTheSecondIsHeld) {
  start({"jpdirect-reissue", {{"JPR-Q5", "issue-only"}}, {}});
  customer("example.jp");  // no approval is needed: both reviews end at the return of the form
  certificate("A");
  inquire("2026-11-24T10:00:00+09:00", "application/1");
  inquire("2026-11-24T10:00:00+09:00", "application/2");
  ASSERT_TRUE(step(kFormDay, "application.returned", "application/1", form()).accepted);
  ASSERT_TRUE(step(kFormDay, "application.returned", "application/2", form()).accepted);
  EXPECT_EQ(owed(), (std::vector<std::string>{"certificate.issued", "certificate.issued"}));
  Said second = issued();
  second[0].second = "application/2";

  EXPECT_TRUE(
      step("2026-11-25T12:00:00+09:00", "certificate.issued", "certificate/01", issued()).accepted);

  EXPECT_EQ(owed(), std::vector<std::string>{"mail.sent"});
  EXPECT_EQ(ids(step("2026-11-25T12:00:00+09:00", "certificate.issued", "certificate/02", second)),
            std::vector<std::string>{"JPR-23"});
}

TEST_F(WorldTest, SendsNoMailForANameUnderTheSameCustomerId) {
  start();
  customer("example.jp");
  certificate("A");
  inquire();
  ASSERT_TRUE(step(kFormDay, "application.returned", "application/1", form()).accepted);

  EXPECT_EQ(owed(), std::vector<std::string>{"certificate.issued"});
  EXPECT_EQ(ids(step(kFormDay, "mail.sent", "application/1", approval_mail())),
            std::vector<std::string>{"JPR-37"});
}

TEST_F(WorldTest, HoldsTheApprovalMailAgainstItsClause) {
  struct Line {
    std::string field, value;
    bool accepted;
  };
  for (const Line& line : std::vector<Line>{
           {"to", "other@example.jp", false},
           {"to", "admin@EXAMPLE.jp", true},
           {"from", "info@jpdirect.jp", false},
           {"subject", "ドメイン認証型（DV）サーバー証明書発行手続きのご案内 www.example.jp", true},
           {"subject", "ドメイン認証型(DV)サーバー証明書発行手続きのご案内 [www.example.com]",
            false}}) {
    start();
    customer();
    certificate("A");
    inquire();
    ASSERT_TRUE(step(kFormDay, "application.returned", "application/1", form()).accepted);
    Said mail = approval_mail();
    for (auto& [name, value] : mail)
      if (name == line.field) value = line.value;
    const Outcome outcome = step(kFormDay, "mail.sent", "application/1", mail);
    EXPECT_EQ(outcome.accepted, line.accepted) << line.value;
    EXPECT_EQ(ids(outcome),
              line.accepted ? std::vector<std::string>{} : std::vector<std::string>{"JPR-35"});
  }
}

/// An OV order whose domain check is done. `telephoned`: when the applicant was last confirmed, if
/// ever.
class OrganisationTest : public WorldTest {
 protected:
  void reach_the_check(const std::string& telephoned,
                       const std::string& organisation = "株式会社例") {
    start();
    customer("example.jp");
    step("2026-10-01T00:00:00+09:00", "fact.directory", "organisation/株式会社例",
         {{"number", "03-0000-0001"}});
    step("2026-10-01T00:00:00+09:00", "fact.directory", "organisation/別会社",
         {{"number", "03-0000-0002"}});
    Said more{{"organisation", "株式会社例"}};
    if (!telephoned.empty()) more.emplace_back("telephone_confirmed", telephoned);
    certificate("A", "OV", more);
    inquire();
    ASSERT_TRUE(
        step(kFormDay, "application.returned", "application/1",
             form({{"kind", "OV"}, {"organisation", organisation}, {"telephone", "090-1111-2222"}}))
            .accepted);
  }
};

TEST_F(OrganisationTest, DialsTheNumberOfTheDirectoryNotOfTheForm) {
  reach_the_check("");
  EXPECT_EQ(owed(), std::vector<std::string>{"call.made"});
  EXPECT_EQ(ids(step(kFormDay, "call.made", "application/1", {{"number", "090-1111-2222"}})),
            std::vector<std::string>{"JPR-41"});
  EXPECT_TRUE(step(kFormDay, "call.made", "application/1", {{"number", "03-0000-0001"}}).accepted);
  EXPECT_EQ(ids(step(kFormDay, "certificate.issued", "certificate/02", issued())),
            std::vector<std::string>{"JPR-34"});
  EXPECT_TRUE(
      step(kFormDay, "call.answered", "application/1", {{"outcome", "no-answer"}}).accepted);
  EXPECT_EQ(owed(), std::vector<std::string>{"call.made"});
  EXPECT_TRUE(step(kFormDay, "call.made", "application/1", {{"number", "03-0000-0001"}}).accepted);
  EXPECT_TRUE(
      step(kFormDay, "call.answered", "application/1", {{"outcome", "confirmed"}}).accepted);
  EXPECT_EQ(owed(), std::vector<std::string>{"certificate.issued"});
}

TEST_F(OrganisationTest, WaivesTheCallOnlyIfBothConditionsHold) {
  struct Line {
    std::string telephoned, organisation;
    bool waived;
  };
  for (const Line& line : std::vector<Line>{{"2024-11-25T15:00:00+09:00", "株式会社例",
                                             true},  // the second anniversary, still within
                                            {"2024-11-24T15:00:00+09:00", "株式会社例", false},
                                            {"2024-11-25T15:00:00+09:00", "別会社", false},
                                            {"", "株式会社例", false},
                                            {"", "別会社", false}}) {
    reach_the_check(line.telephoned, line.organisation);
    EXPECT_EQ(owed(), std::vector<std::string>{line.waived ? "certificate.issued" : "call.made"})
        << line.telephoned << line.organisation;
  }
}

TEST_F(OrganisationTest, ADenialOnTheTelephoneEndsTheReview) {
  reach_the_check("2025-11-25T15:00:00+09:00");
  EXPECT_TRUE(step(kFormDay, "call.made", "application/1", {{"number", "03-0000-0001"}}).accepted);
  EXPECT_TRUE(step(kFormDay, "call.answered", "application/1", {{"outcome", "denied"}}).accepted);
  EXPECT_TRUE(owed().empty());
  EXPECT_EQ(ids(step(kFormDay, "certificate.issued", "certificate/02", issued())),
            std::vector<std::string>{"JPR-34"});
}

TEST_F(WorldTest, IssuesNothingAfterTheSourceHasExpired) {
  start();
  customer();
  certificate("A");
  inquire();
  ASSERT_TRUE(
      step("2027-02-28T10:00:00+09:00", "application.returned", "application/1", form()).accepted);
  ASSERT_TRUE(
      step("2027-02-28T10:00:00+09:00", "mail.sent", "application/1", approval_mail()).accepted);
  ASSERT_TRUE(
      step("2027-03-31T23:59:59+09:00", "domain.approved", "application/1", {{"code", "c0de"}})
          .accepted);
  EXPECT_EQ(owed(), std::vector<std::string>{"certificate.issued"});

  world_->advance(*parse_instant("2027-04-01T00:00:00+09:00"));

  EXPECT_TRUE(owed().empty());
  const Outcome late =
      step("2027-04-01T00:00:00+09:00", "certificate.issued", "certificate/02", issued());
  EXPECT_EQ(ids(late), std::vector<std::string>{"JPR-04"});
}

TEST_F(WorldTest, RevokesTheSourceNeverBeforeTheNewCertificate) {
  start();
  customer("example.jp");
  certificate("A");
  inquire();
  ASSERT_TRUE(step(kFormDay, "application.returned", "application/1", form()).accepted);
  EXPECT_EQ(ids(step(kFormDay, "certificate.revoked", "certificate/A")),
            std::vector<std::string>{"JPR-32"});
  ASSERT_TRUE(
      step("2026-11-25T12:00:00+09:00", "certificate.issued", "certificate/02", issued()).accepted);
  EXPECT_TRUE(step("2026-11-25T12:00:00+09:00", "certificate.revoked", "certificate/A").accepted);
  EXPECT_EQ(ids(step("2026-11-25T12:00:00+09:00", "certificate.revoked", "certificate/A")),
            std::vector<std::string>{"RFC-02"});
}

TEST_F(WorldTest, RevokesForTheReasonThatTheRequestGave) {
  RecordProperty("clause", "POL-02");
  const struct {
    std::vector<std::string> requests;  // the reasons given, one after another; empty: none
    std::string done;
    std::vector<std::string> refused;
  } kRows[] = {
      {{"key-compromise"}, "key-compromise", {}},
      {{"key-compromise"}, "superseded", {"POL-02"}},
      {{"key-compromise"}, "unspecified", {"POL-02"}},
      {{"key-compromise"}, "", {}},  // a log that records no reasons
      {{"superseded"}, "superseded", {}},
      {{"cessation-of-operation"}, "key-compromise", {"POL-02"}},
      {{""}, "unspecified", {}},
      {{"superseded", "cessation-of-operation"}, "superseded", {}},
      {{"superseded", "cessation-of-operation"}, "cessation-of-operation", {"POL-02"}},
      {{"superseded", "key-compromise"}, "key-compromise", {}},
      {{"superseded", "key-compromise"}, "superseded", {"POL-02"}},
  };
  const auto because = [](const std::string& reason) {
    return reason.empty() ? Said{} : Said{{"reason", reason}};
  };

  for (const auto& row : kRows) {
    start();
    customer();
    certificate("A");
    for (const std::string& reason : row.requests)
      ASSERT_TRUE(
          step(kFormDay, "revocation.requested", "certificate/A", because(reason)).accepted);

    EXPECT_EQ(ids(step(kFormDay, "certificate.revoked", "certificate/A", because(row.done))),
              row.refused)
        << row.requests.back() << " answered by " << row.done;
  }
}

TEST_F(WorldTest, OwesARevocationWithItsReason) {
  const auto reason_owed = [this] {
    for (const Missed& missed : world_->owed())
      if (missed.type == kType<"certificate.revoked">)
        return std::string(choice_word(
            kRevocationReasons,
            facts_.record(missed.match).fields[kField<"certificate.revoked", "reason">].number()));
    return std::string("nothing is owed");
  };
  start({"jpdirect-reissue", {{"JPR-Q5", "refuse"}}, {}});
  customer();
  certificate("A");
  certificate("B");
  certificate("C");
  EXPECT_TRUE(step(kFormDay, "revocation.requested", "certificate/C").accepted);
  EXPECT_EQ(reason_owed(), "unspecified");
  EXPECT_TRUE(step(kFormDay, "certificate.revoked", "certificate/C").accepted);
  inquire();
  EXPECT_TRUE(step(kFormDay, "application.returned", "application/1",
                   form({{"revoke_first", "certificate/B"}}))
                  .accepted);
  EXPECT_EQ(reason_owed(), "superseded");
  EXPECT_TRUE(
      step(kFormDay, "revocation.requested", "certificate/B", {{"reason", "key-compromise"}})
          .accepted);
  EXPECT_EQ(reason_owed(), "key-compromise");
  EXPECT_EQ(std::ranges::count(owed(), "certificate.revoked"), 1);
}

TEST_F(WorldTest, AFormThatNamesARevocationUnderWayAddsNone) {
  start({"jpdirect-reissue", {{"JPR-Q5", "refuse"}}, {}});
  customer();
  certificate("A");
  certificate("B");
  inquire();
  EXPECT_TRUE(
      step(kFormDay, "revocation.requested", "certificate/B", {{"reason", "key-compromise"}})
          .accepted);
  EXPECT_TRUE(step(kFormDay, "application.returned", "application/1",
                   form({{"revoke_first", "certificate/B"}}))
                  .accepted);
  EXPECT_EQ(std::ranges::count(owed(), "certificate.revoked"), 1);
  EXPECT_EQ(ids(step(kFormDay, "certificate.revoked", "certificate/B", {{"reason", "superseded"}})),
            std::vector<std::string>{"POL-02"});
  EXPECT_TRUE(step(kFormDay, "certificate.revoked", "certificate/B", {{"reason", "key-compromise"}})
                  .accepted);
  EXPECT_EQ(std::ranges::count(owed(), "certificate.revoked"), 0);
}

TEST_F(WorldTest, RemarksOnADvIssueWithinFiveMinutes) {
  for (const auto& [at, remarks] : std::vector<std::pair<std::string, std::size_t>>{
           {"2026-11-25T10:04:59+09:00", 1}, {"2026-11-25T10:05:00+09:00", 0}}) {
    start();
    customer("example.jp");
    certificate("A");
    inquire();
    ASSERT_TRUE(step(kFormDay, "application.returned", "application/1", form()).accepted);
    const Outcome outcome = step(at, "certificate.issued", "certificate/02", issued());
    EXPECT_TRUE(outcome.accepted);
    EXPECT_EQ(outcome.remarks.size(), remarks);
  }
}

TEST_F(WorldTest, LeavesMailsThatNoClauseNamesUnjudged) {
  start();
  customer();
  certificate("A");
  inquire();
  const Outcome outcome =
      step(kFormDay, "mail.sent", "application/1",
           {{"to", "x@example.jp"}, {"from", "y@example.jp"}, {"subject", "年末年始のお知らせ"}});
  EXPECT_TRUE(outcome.accepted);
  EXPECT_TRUE(outcome.unjudged);
}

TEST_F(WorldTest, AnOrderWaitsForItsPayment) {
  start();
  customer();
  step("2026-10-01T00:00:00+09:00", "fact.price", "product/DV", {{"amount", "9900"}});
  Said order{{"customer", "customer/C1"}, {"payment", "card"}};
  for (const auto& [name, value] : form())
    if (name != "source" && name != "consent") order.emplace_back(name, value);
  EXPECT_TRUE(step(kFormDay, "order.received", "application/1", order).accepted);
  EXPECT_EQ(owed(), std::vector<std::string>{"invoice.issued"});
  EXPECT_EQ(ids(step(kFormDay, "mail.sent", "application/1", approval_mail())),
            (std::vector<std::string>{"JPR-10", "JPR-33"}));
  EXPECT_EQ(ids(step(kFormDay, "payment.confirmed", "application/1")),
            std::vector<std::string>{"JPR-10"});
  EXPECT_EQ(ids(step(kFormDay, "invoice.issued", "application/1",
                     {{"bill", "INV1"}, {"amount", "9900"}})),
            std::vector<std::string>{"JPR-48"});
  EXPECT_TRUE(
      step(kFormDay, "invoice.issued", "application/1", {{"bill", "BILL1"}, {"amount", "9900"}})
          .accepted);
  EXPECT_EQ(ids(step(kFormDay, "invoice.issued", "application/1",
                     {{"bill", "BILL2"}, {"amount", "9900"}})),
            std::vector<std::string>{"JPR-15"});
  EXPECT_TRUE(
      step(kFormDay, "payment.received", "application/1", {{"bill", "BILL1"}, {"amount", "9899"}})
          .accepted);
  EXPECT_TRUE(owed().empty());
  EXPECT_TRUE(
      step(kFormDay, "payment.received", "application/1", {{"bill", "BILL1"}, {"amount", "1"}})
          .accepted);
  EXPECT_EQ(owed(), std::vector<std::string>{"payment.confirmed"});
  EXPECT_TRUE(step(kFormDay, "payment.confirmed", "application/1").accepted);
  EXPECT_EQ(owed(), std::vector<std::string>{"mail.sent"});
}

TEST_F(WorldTest, BillsNobodyForAReissue) {
  start();
  customer();
  certificate("A");
  inquire();
  step(kFormDay, "application.returned", "application/1", form());
  EXPECT_EQ(
      ids(step(kFormDay, "invoice.issued", "application/1", {{"bill", "BILL1"}, {"amount", "1"}})),
      std::vector<std::string>{"JPR-02"});
}

TEST_F(WorldTest, CountsAnOrderThatWasLookedUpBeforeItCame) {
  start({"jpdirect-reissue", {{"JPR-Q5", "refuse"}}, {}});
  customer();
  certificate("A");
  step(kFormDay, "mypage.opened", "application/2");
  step(kFormDay, "mypage.shown", "application/2");
  Said order{{"customer", "customer/C1"}};
  for (const auto& [name, value] : form())
    if (name != "source" && name != "consent") order.emplace_back(name, value);
  EXPECT_TRUE(step(kFormDay, "order.received", "application/2", order).accepted);
  inquire(kFormDay);
  EXPECT_EQ(ids(step(kFormDay, "application.returned", "application/1", form())),
            std::vector<std::string>{"JPR-24"});
}

TEST_F(WorldTest, RefusesWhatAClauseForbidsOutright) {
  start();
  customer();
  certificate("A");
  EXPECT_EQ(ids(step(kFormDay, "certificate.installed", "certificate/A")),
            std::vector<std::string>{"JPR-25"});
}

TEST_F(WorldTest, ShowsMyPageAsItStands) {
  start();
  customer();
  certificate("A");
  inquire();
  step(kFormDay, "application.returned", "application/1", form());
  EXPECT_EQ(ids(step(kFormDay, "mypage.shown", "application/1", {{"buttons", "再申請"}})),
            std::vector<std::string>{"ASM-09"});
  step(kFormDay, "mypage.opened", "application/1");
  EXPECT_EQ(ids(step(kFormDay, "mypage.shown", "application/1")),
            std::vector<std::string>{"JPR-14"});
  EXPECT_EQ(ids(step(kFormDay, "mypage.shown", "application/1",
                     {{"buttons", "再申請"}, {"certificates", "certificate/01"}})),
            std::vector<std::string>{"JPR-34"});
  EXPECT_TRUE(step(kFormDay, "mypage.shown", "application/1", {{"buttons", "再申請"}}).accepted);
}

// Asked for before the form was accepted, it may be shown as it was then or as it is now; asked for
// afterwards it has the button.
TEST_F(WorldTest, APageThatIsShownLateIsAsItWasOrAsItIs) {
  for (const Said& shown : {Said{}, Said{{"buttons", "再申請"}}}) {
    start();
    customer();
    certificate("A");
    inquire();
    EXPECT_TRUE(step(kFormDay, "mypage.opened", "application/1").accepted);
    EXPECT_TRUE(step(kFormDay, "application.returned", "application/1", form()).accepted);
    EXPECT_TRUE(step(kFormDay, "mypage.shown", "application/1", shown).accepted);
    EXPECT_EQ(std::ranges::count(owed(), "mypage.shown"), 0);
    EXPECT_EQ(ids(step(kFormDay, "mypage.shown", "application/1")),
              (std::vector<std::string>{"ASM-09", "JPR-14"}));
  }
}

TEST_F(WorldTest, APageIsOwedAlsoWhenTheCertificateIsIssuedMeanwhile) {
  start();
  customer();
  certificate("A");
  inquire();
  step(kFormDay, "application.returned", "application/1", form());
  step(kFormDay, "mail.sent", "application/1", approval_mail());
  step(kFormDay, "mypage.opened", "application/1");
  step("2026-11-25T12:00:00+09:00", "domain.approved", "application/1", {{"code", "c0de"}});
  EXPECT_TRUE(
      step("2026-11-25T12:00:00+09:00", "certificate.issued", "certificate/01", issued()).accepted);
  EXPECT_EQ(std::ranges::count(owed(), "mypage.shown"), 1);
}

TEST_F(WorldTest, LeavesTechnicalQuestionsToOthers) {
  start();
  EXPECT_TRUE(step(kFormDay, "question.asked", "question/1", {{"topic", "technical"}}).accepted);
  EXPECT_EQ(ids(step(kFormDay, "question.answered", "question/1", {{"answer", "answered"}})),
            std::vector<std::string>{"JPR-46"});
  const Outcome late = step("2026-11-25T20:00:00+09:00", "question.answered", "question/1",
                            {{"answer", "referred"}});
  EXPECT_TRUE(late.accepted);
  EXPECT_EQ(late.remarks, std::vector<ClauseIndex>{kClause<"JPR-47">});
}

TEST_F(WorldTest, DigestDoesNotDependOnWhatWasInternedBefore) {
  start();
  customer();
  certificate("A");
  inquire();
  const Digest here = world_->digest();
  Facts other;
  for (int i = 0; i < 100; ++i) other.intern("noise " + std::to_string(i));
  // The same events, written into a store that already holds other texts.
  World twin(*make_profile({}), other);
  const auto copy = [&](const std::string& at, const char* type, const std::string& subject,
                        const Said& said) {
    RecordBuilder record(other, *find_type(type));
    for (const auto& [name, text] : said) {
      const FieldType& field =
          kEventTypes[*find_type(type)].fields[*kEventTypes[*find_type(type)].field(name)];
      if (field.kind == FieldKind::instant)
        record.set(name, *parse_instant(text));
      else if (field.kind == FieldKind::list && text.empty())
        record.set(name, other.intern_list({}));
      else if (field.kind == FieldKind::list) {
        const TextId item = other.intern(text);
        record.set(name, other.intern_list({&item, 1}));
      } else
        record.set(name, std::string_view(text));
    }
    twin.step({*parse_instant(at), *find_type(type), other.intern("x"), other.intern(subject),
               record.build()});
  };
  copy("2026-10-01T00:00:00+09:00", "fact.customer", "customer/C1",
       {{"billing_mail", "billing@example.jp"}, {"managed_domains", ""}});
  copy("2026-10-01T00:00:00+09:00", "fact.certificate", "certificate/A",
       {{"customer", "customer/C1"},
        {"cn", "www.example.jp"},
        {"kind", "DV"},
        {"not_before", "2026-04-01T00:00:00+09:00"},
        {"not_after", "2027-03-31T23:59:59+09:00"},
        {"sans", "www.example.jp"}});
  copy("2026-11-24T10:00:00+09:00", "inquiry.received", "application/1",
       {{"customer", "customer/C1"},
        {"channel", "form"},
        {"from", "taro@example.jp"},
        {"cn", "www.example.jp"}});
  copy("2026-11-24T10:00:00+09:00", "mail.sent", "application/1",
       {{"to", "taro@example.jp"},
        {"from", "ssl@jpdirect.test"},
        {"subject", "ご案内"},
        {"attachments", "application-form"}});
  EXPECT_EQ(twin.digest(), here);
}

TEST_F(WorldTest, BeginsAnewInTheMemoryOfOneThatIsOver) {
  start();
  customer();
  certificate("A");
  inquire();
  World over = *world_;
  const World before(*make_profile({}), facts_);

  World again(*make_profile({}), facts_, std::move(over));

  EXPECT_EQ(again, before);
  EXPECT_EQ(again.next_deadline(), kNever);
  EXPECT_TRUE(again.states_of(facts_.intern("application/1")).empty());
}

TEST_F(WorldTest, SaysWhoseDutiesMayHaveChanged) {
  start();
  customer();
  certificate("A");
  (void)world_->take_changed();

  inquire();

  const World::Changed changed = world_->take_changed();
  EXPECT_EQ(changed.group, std::uint32_t{0});
  EXPECT_FALSE(changed.several);
  EXPECT_FALSE(world_->take_changed().group);
}

TEST_F(WorldTest, AMutantForcesItsGuardInTheSystemAlone) {
  start({"jpdirect-reissue", {}, {"JPR-21"}});
  customer();
  certificate("A");
  inquire();
  EXPECT_TRUE(
      step("2027-03-01T00:00:00+09:00", "application.returned", "application/1", form()).accepted);
}

TEST(ProfileTest, RefusesUnknownNamesAndSaysWhatThereIs) {
  EXPECT_NE(make_profile({"jpdirect-reisue", {}, {}}).error().text().find("jpdirect-reissue"),
            std::string::npos);
  EXPECT_NE(
      make_profile({"jpdirect-reissue", {{"JPR-Q5", "refused"}}, {}}).error().text().find("refuse"),
      std::string::npos);
  EXPECT_FALSE(make_profile({"jpdirect-reissue", {{"JPR-Q99", "x"}}, {}}));
  EXPECT_FALSE(make_profile({"jpdirect-reissue", {}, {"JPR-01"}}));
}

TEST(ProfileTest, DerivesMutantsInBothDirectionsOfEveryGuard) {
  const auto mutants = list_mutants("jpdirect-reissue");
  const auto count = [&](ClauseIndex index, const char* kind) {
    return std::ranges::count(mutants, std::string(clause(index).id) + kind, &MutantInfo::id);
  };
  auto profile = make_profile({});
  for (const MachineApi* machine : (*profile)->machines)
    for (std::size_t g = 0; g < machine->guards.size(); ++g)
      for (ClauseIndex index : machine->guards[g].clauses) {
        if (!stands_in_a_row(*machine, g)) continue;
        EXPECT_EQ(count(index, ":deny"), 1) << machine->guards[g].name;
        EXPECT_EQ(count(index, ":allow"), 1) << machine->guards[g].name;
      }
}

TEST(ProfileTest, DerivesEveryFaultOfEveryEffect) {
  const auto mutants = list_mutants("jpdirect-reissue");
  for (const char* kind : {"drop", "twice", "misaddress", "late", "early"})
    EXPECT_EQ(std::ranges::count(mutants, std::string("JPR-43:") + kind, &MutantInfo::id), 1)
        << kind;
}

/// In every cell at most one row can be enabled: guards of rows that share a cell are disjoint by
/// their distinctions.
TEST(TableTest, EveryEventThatCanBeRefusedHasAClauseForEveryState) {
  EXPECT_EQ(cells_without_a_clause("jpdirect-reissue"), Texts{});
}

}  // namespace
}  // namespace shinsa::model
