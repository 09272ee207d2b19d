/// Matters written by hand, from the story of a third certificate: two are active for the name, one
/// more is asked for, approved and issued.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sim/examination/examine.hpp"
#include "sim/explain.hpp"
#include "sim/trace_reader.hpp"

namespace shinsa::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using Lines = std::vector<std::string>;

// A line is `TIME TYPE SUBJECT DATA`, the time in Tokyo, the data without its braces.
const std::string kForm =
    R"("source":"certificate/B","cn":"www.example.jp","kind":"DV","csr":"-----BEGIN CERTIFICATE REQUEST-----\nsha256:ee\n-----END CERTIFICATE REQUEST-----","sans":["www.example.jp"],"authentication_mail":"admin@example.jp","consent":true)";
const std::string kKnown =
    R"("customer":"customer/C1","cn":"www.example.jp","kind":"DV","sans":["www.example.jp"],"not_before":"2026-04-01T10:00:00+09:00","not_after":"2027-03-31T23:59:59+09:00")";
const std::string kApproval = "2026-11-02T11:00:00 domain.approved application/1 \"code\":\"x-1\"";
const std::string kReviewMail =
    R"(2026-11-02T10:01:00 mail.sent application/1 "to":"admin@example.jp","from":"info@jprs.jp","subject":"ドメイン認証型(DV)サーバー証明書発行手続きのご案内 [www.example.jp]","code":"x-1")";
const std::string kIssue =
    R"(2026-11-02T11:10:00 certificate.issued certificate/C "application":"application/1","cn":"www.example.jp","kind":"DV","sans":["www.example.jp"],"not_before":"2026-11-02T11:10:00+09:00","not_after":"2027-03-31T23:59:59+09:00")";
const std::string kCompletionMail =
    R"(2026-11-02T11:11:00 mail.sent application/1 "to":"billing@example.jp","from":"info@jprs.jp","subject":"SSLサーバー証明書発行完了のご連絡","certificate":"certificate/C")";
const std::string kRevocationAsked =
    "2026-11-02T09:30:00 revocation.requested certificate/A \"reason\":\"superseded\"";
const std::string kRevoked =
    "2026-11-02T09:40:00 certificate.revoked certificate/A \"reason\":\"superseded\"";

// A member of sakura-reissue, and a host.
const std::string kMember =
    R"(2026-11-01T00:00:00 fact.customer customer/C1 "mail":"hanako@example.jp")";
const std::string kSite =
    R"(2026-11-01T00:00:00 fact.site site/www.example.jp "customer":"customer/C1","cn":"www.example.jp","address":"192.0.2.1","certificate":"certificate/A")";

/// Everything, with both revocation lines.
Lines whole() {
  return {
      R"(2026-11-01T00:00:00 fact.customer customer/C1 "billing_mail":"billing@example.jp")",
      "2026-11-01T00:00:00 fact.certificate certificate/A " + kKnown,
      "2026-11-01T00:00:00 fact.certificate certificate/B " + kKnown,
      R"(2026-11-02T09:00:00 inquiry.received application/1 "customer":"customer/C1","channel":"form","from":"taro@example.jp","cn":"www.example.jp")",
      R"(2026-11-02T09:10:00 mail.sent application/1 "to":"taro@example.jp","from":"center@example.jp","subject":"再発行","attachments":["application-form"])",
      kRevocationAsked,
      kRevoked,
      "2026-11-02T10:00:00 application.returned application/1 " + kForm,
      kReviewMail,
      kApproval,
      kIssue,
      kCompletionMail};
}

Lines without(Lines lines, const std::string& line) {
  std::erase(lines, line);
  return lines;
}

Lines without_revocation(const Lines& lines) {
  return without(without(lines, kRevocationAsked), kRevoked);
}

/// The same application once more, on the day after the first.
Lines fourth() {
  Lines all = without_revocation(whole());
  all.erase(all.begin(), all.begin() + 3);  // the facts
  for (std::string& line : all) {
    line.replace(0, 10, "2026-11-03");
    for (const auto& [old, fresh] :
         {std::pair{"application/1", "application/2"}, std::pair{"certificate/C", "certificate/D"},
          std::pair{"\"2026-11-02", "\"2026-11-03"}})
      if (const auto at = line.find(old); at != std::string::npos)
        line.replace(at, std::string(old).size(), fresh);
  }
  return all;
}

TypeSet types(const std::vector<std::string>& names) {
  TypeSet set;
  for (const std::string& name : names) set.add(*find_type(name));
  return set;
}

class ExaminationTest : public testing::Test {
 protected:
  Matter matter(const Lines& lines, const std::map<std::string, std::string>& readings = {},
                const std::string& system = "jpdirect-reissue") {
    std::string text;
    for (const std::string& line : lines) {
      const std::size_t a = line.find(' '), b = line.find(' ', a + 1), c = line.find(' ', b + 1);
      text += R"({"id":")" + std::to_string(text.size()) + R"(","time":")" + line.substr(0, a) +
              R"(+09:00","type":")" + line.substr(a + 1, b - a - 1) + R"(","subject":")" +
              line.substr(b + 1, c - b - 1) + R"(","data":{)" +
              (c == std::string::npos ? "" : line.substr(c + 1)) + "}}\n";
    }
    const ReadResult read = read_all(text, "test", facts_, {});
    EXPECT_TRUE(read.errors.empty()) << read.errors.front().text();
    Matter made;
    made.profile = *model::make_profile({system, readings, {}});
    made.facts = &facts_;
    for (const Line& line : read.lines) made.events.push_back({line.event, line.number, false});
    made.until = made.events.back().event.time;
    made.last_line = made.events.back().line;
    return made;
  }
  std::vector<Answer> examine(const Matter& of, const TypeSet& unobserved = {},
                              std::size_t steps = kStepsPerMatter) {
    return Examiner({unobserved, steps}).examine(of);
  }
  std::vector<Answer> examine(const Lines& lines, const TypeSet& unobserved = {}) {
    return examine(matter(lines), unobserved);
  }
  static std::vector<std::string> ids(const Finding& finding) {
    std::vector<std::string> all;
    for (ClauseIndex index : finding.clauses) all.emplace_back(clause(index).id);
    return all;
  }
  static std::vector<std::string> names(const std::vector<TypeIndex>& of) {
    std::vector<std::string> all;
    for (TypeIndex type : of) all.emplace_back(kEventTypes[type].name);
    return all;
  }
  static std::vector<std::string> supposed(const Answer& answer) {
    std::vector<std::string> all;
    for (const Recorded& one : answer.supposed) all.emplace_back(one.event.row().name);
    return all;
  }

  Facts facts_;
};

TEST_F(ExaminationTest, FindsNothingInALogThatIsInOrder) {
  EXPECT_THAT(examine(whole()), IsEmpty());
  EXPECT_THAT(examine(whole(), types({"certificate.revoked"})), IsEmpty());
}

// The acceptance test of the design: lines of revocations are not there because they are not
// recorded.
TEST_F(ExaminationTest, WithoutRevocationsTheThirdIssueIsInconclusiveAndNamesThem) {
  const Lines lines = without_revocation(whole());

  const auto answers = examine(lines, types({"revocation.requested", "certificate.revoked"}));

  ASSERT_EQ(answers.size(), 1u);
  EXPECT_FALSE(answers[0].certain);
  EXPECT_FALSE(answers[0].bounded);
  EXPECT_EQ(answers[0].finding.line, 9u);
  EXPECT_THAT(ids(answers[0].finding), ElementsAre("JPR-23"));
  EXPECT_THAT(names(answers[0].settled_by), ElementsAre("certificate.revoked"));
  EXPECT_THAT(supposed(answers[0]), ElementsAre("revocation.requested", "certificate.revoked"));
}

TEST_F(ExaminationTest, ARevocationThatWasOwedMayHaveGoneUnrecorded) {
  const auto answers = examine(without(whole(), kRevoked), types({"certificate.revoked"}));

  ASSERT_FALSE(answers.empty());
  for (const Answer& answer : answers) {
    EXPECT_FALSE(answer.certain);
    EXPECT_THAT(names(answer.settled_by), ElementsAre("certificate.revoked"));
    EXPECT_THAT(supposed(answer), ElementsAre("certificate.revoked"));
  }
}

TEST_F(ExaminationTest, WhatIsRecordedAndNotThereDidNotHappen) {
  const Lines lines = without_revocation(whole());

  for (const TypeSet& unobserved :
       {TypeSet{}, types({"certificate.revoked"}), types({"revocation.requested"})}) {
    const auto answers = examine(lines, unobserved);
    ASSERT_EQ(answers.size(), 1u);
    for (const Words& one : supposed_phrases(answers[0], facts_)) ADD_FAILURE() << one.en;
    EXPECT_TRUE(answers[0].certain);
    EXPECT_THAT(ids(answers[0].finding), ElementsAre("JPR-23"));
  }
}

TEST_F(ExaminationTest, ADutyOfAnUnrecordedTypeMayHaveBeenMet) {
  const auto answers = examine(without(whole(), kCompletionMail), types({"mail.sent"}));

  ASSERT_EQ(answers.size(), 1u);
  EXPECT_FALSE(answers[0].certain);
  EXPECT_EQ(answers[0].finding.kind, Finding::Kind::missing);
  EXPECT_THAT(names(answers[0].settled_by), ElementsAre("mail.sent"));
}

// What was supposed for the third issue is no less possible when the fourth is looked into, and
// what was owed for it is done once.
TEST_F(ExaminationTest, TwoDeparturesOfOneGroupMayBothDependOnChainsThatAreNotRecorded) {
  Lines lines = without_revocation(whole());
  for (const std::string& line : fourth()) lines.push_back(line);
  std::erase_if(lines, [](const std::string& line) { return line.find(" domain.") != line.npos; });

  const auto answers =
      examine(lines, types({"revocation.requested", "certificate.revoked", "domain.approved"}));

  ASSERT_EQ(answers.size(), 2u);
  for (const Answer& answer : answers) {
    EXPECT_FALSE(answer.certain);
    EXPECT_FALSE(answer.bounded);
    EXPECT_EQ(answer.finding.type, kType<"certificate.issued">);
    EXPECT_THAT(supposed(answer), IsSupersetOf({"certificate.revoked", "domain.approved"}));
  }
}

// A reissue of which only the application and the certificate are recorded. The revocation comes
// after the certificate: to record it would not tell how the certificate came about.
TEST_F(ExaminationTest, WhatOnlyFollowsFromALongChainDoesNotSettleIt) {
  const Lines lines = {
      kMember,
      "2026-11-01T00:00:00 fact.certificate certificate/A " + kKnown,
      kSite,
      R"-(2026-11-01T00:00:00 fact.entry entry/1 "customer":"customer/C1","certificate":"certificate/A","type":"SSL JPRS ドメイン認証型 RS(1年)","notice":"[さくらインターネット]【重要】SSLサーバ証明書再発行のお願い")-",
      R"(2026-11-02T10:00:00 reissue.confirmed entry/1 "session":"session/1")",
      R"(2026-11-02T10:09:00 certificate.issued certificate/C "application":"entry/1","cn":"www.example.jp","kind":"DV","not_before":"2026-11-02T10:09:00+09:00","not_after":"2027-03-31T23:59:59+09:00")"};

  const auto answers =
      examine(matter(lines, {}, "sakura-reissue"),
              types({"member.logged_in", "list.shown", "entry.shown", "reissue.clicked",
                     "confirmation.shown", "completion.shown", "dns.queried", "dns.answered",
                     "http.requested", "http.answered", "certificate.revoked"}));

  ASSERT_FALSE(answers.empty());
  EXPECT_THAT(supposed(answers[0]), IsSupersetOf({"reissue.clicked", "certificate.revoked"}));
  EXPECT_THAT(names(answers[0].settled_by), ElementsAre("http.answered"));
}

// What the browser shows, a lock or an error, is said by neither the request nor the duty.
TEST_F(ExaminationTest, AnActionThatMustMakeAChoiceMayHaveGoneUnrecorded) {
  const Lines lines = {
      kMember, "2026-11-01T00:00:00 fact.certificate certificate/A " + kKnown, kSite,
      R"(2026-11-02T09:00:00 site.visited site/www.example.jp "cn":"www.example.jp")"};

  const auto answers = examine(matter(lines, {}, "sakura-reissue"), types({"site.shown"}));

  ASSERT_EQ(answers.size(), 1u);
  EXPECT_FALSE(answers[0].certain);
  EXPECT_THAT(supposed(answers[0]), ElementsAre("site.shown"));
}

TEST_F(ExaminationTest, AnApprovalMustHaveComeBeforeTheIssue) {
  const auto answers = examine(without(whole(), kApproval), types({"domain.approved"}));

  ASSERT_EQ(answers.size(), 1u);
  EXPECT_FALSE(answers[0].certain);
  EXPECT_EQ(answers[0].finding.type, kType<"certificate.issued">);
  EXPECT_THAT(names(answers[0].settled_by), ElementsAre("domain.approved"));
}

TEST_F(ExaminationTest, SaysLoudlyThatABoundWasReached) {
  const Lines lines = without_revocation(whole());

  const auto answers =
      examine(matter(lines), types({"revocation.requested", "certificate.revoked"}), 5);

  ASSERT_FALSE(answers.empty());
  EXPECT_FALSE(answers[0].certain);
  EXPECT_TRUE(answers[0].bounded);
  EXPECT_THAT(explain(answers[0], facts_).en, HasSubstr("too much may have happened"));
}

TEST_F(ExaminationTest, ASecondDepartureIsToldByItself) {
  Lines lines = without(whole(), kCompletionMail);
  lines.insert(std::ranges::find(lines, kApproval), kReviewMail);  // twice

  const auto answers = examine(lines);

  ASSERT_EQ(answers.size(), 2u);
  EXPECT_THAT(ids(answers[0].finding), ElementsAre("JPR-35"));
  EXPECT_THAT(answers[0].follows, IsEmpty());
  EXPECT_EQ(answers[1].finding.kind, Finding::Kind::missing);
  EXPECT_THAT(ids(answers[1].finding), ElementsAre("JPR-43"));
}

// -- repairs

TEST_F(ExaminationTest, WhatIsMissingIsPutInAndWhatFollowsBelongsToIt) {
  const auto answers = examine(without(whole(), kReviewMail));

  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].finding.type, kType<"certificate.issued">);
  ASSERT_TRUE(answers[0].repair);
  EXPECT_EQ(answers[0].repair->kind, Repair::Kind::insert);
  EXPECT_EQ(answers[0].repair->event.type, kType<"mail.sent">);
  EXPECT_EQ(answers[0].repair->before_line, 9u);  // the approval
  EXPECT_FALSE(answers[0].follows.empty());
}

TEST_F(ExaminationTest, WhatCameTwiceIsDropped) {
  Lines lines = whole();
  lines.push_back(kCompletionMail);

  const auto answers = examine(lines);

  ASSERT_EQ(answers.size(), 1u);
  ASSERT_TRUE(answers[0].repair);
  EXPECT_EQ(answers[0].repair->kind, Repair::Kind::drop);
  EXPECT_EQ(answers[0].repair->event.type, kType<"mail.sent">);
}

TEST_F(ExaminationTest, WhatCameTooEarlyIsMoved) {
  Lines lines = whole();
  std::swap(*std::ranges::find(lines, kApproval), *std::ranges::find(lines, kIssue));

  const auto answers = examine(lines);

  ASSERT_EQ(answers.size(), 1u);
  EXPECT_THAT(ids(answers[0].finding), ElementsAre("JPR-34"));
  ASSERT_TRUE(answers[0].repair);
  EXPECT_EQ(answers[0].repair->kind, Repair::Kind::move);
}

TEST_F(ExaminationTest, NamesTheGuardThatStoppedTheEvent) {
  Lines lines = whole();
  std::string wrong = kIssue;
  wrong.replace(wrong.rfind("2027-03-31"), 10, "2027-04-30");
  std::ranges::replace(lines, kIssue, wrong);

  const auto answers = examine(lines);

  ASSERT_FALSE(answers.empty());
  const auto phrases = stop_phrases(answers[0], facts_);
  ASSERT_FALSE(phrases.empty());
  EXPECT_THAT(phrases[0].en, HasSubstr("Issuance.EndsWithTheSource of application/1 in IssueDue"));
}

TEST_F(ExaminationTest, TheBoundsOfALogHoldForAllItsMatters) {
  const Matter partial = matter(without_revocation(whole()));
  Examiner twice({types({"certificate.revoked", "revocation.requested"}), kStepsPerMatter, 1'000});
  Examiner once({{}, kStepsPerMatter, kStepsPerMatter, 1});

  EXPECT_FALSE(twice.examine(partial).at(0).bounded);
  for (int i = 0; i < 20; ++i) static_cast<void>(twice.examine(partial));
  EXPECT_TRUE(twice.examine(partial).at(0).bounded);
  EXPECT_TRUE(once.examine(partial).at(0).examined);
  EXPECT_FALSE(once.examine(partial).at(0).examined);
}

// -- readings

TEST_F(ExaminationTest, AnotherReadingMayAcceptIt) {
  // The form of a third certificate is refused, though the default reading lets it wait only if
  // the portal wants; under `issue-only` nothing refuses it.
  Lines lines = without_revocation(whole());
  lines.resize(6);
  lines.push_back("2026-11-02T10:00:30 application.refused application/1 ");

  EXPECT_THAT(examine(matter(lines)), IsEmpty());
  const auto answers = examine(matter(lines, {{"JPR-Q5", "issue-only"}}));

  ASSERT_EQ(answers.size(), 1u);
  EXPECT_THAT(answers[0].other_readings,
              ElementsAre(std::pair<std::string, std::string>("JPR-Q5", "hold-or-refuse"),
                          std::pair<std::string, std::string>("JPR-Q5", "refuse")));
}

}  // namespace
}  // namespace shinsa::sim
