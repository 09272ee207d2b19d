#include "fakes/telephone/telephone.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace shinsa::fakes::telephone {
namespace {

constexpr Instant kMorning{1795136400};  // 2026-11-20T10:00:00+09:00

Directory directory() {
  return Directory({{"株式会社例", "03-1234-5678", "iタウンページ"},
                    {"例商事株式会社", "06-1111-2222", "iタウンページ"},
                    {"株式会社例", "03-9999-0000", "another directory"}});
}

std::vector<std::string> said_in_japanese(const Call& call) {
  std::vector<std::string> lines;
  for (const Line& line : call.transcript) lines.push_back(line.ja);
  return lines;
}

TEST(DirectoryTest, GivesTheFirstEntryOfAnOrganisationWithItsSource) {
  EXPECT_EQ(directory().look_up("株式会社例"),
            (Entry{"株式会社例", "03-1234-5678", "iタウンページ"}));
  EXPECT_EQ(directory().look_up("株式会社無"), std::nullopt);
}

TEST(DirectoryTest, LearnsEntries) {
  Directory empty;
  empty.add({"例", "0120-000-000", "hello page"});

  EXPECT_EQ(empty.look_up("例")->source, "hello page");
}

TEST(DirectoryTest, ComparesNamesAsRead) {
  struct Case {
    std::string a;
    std::string b;
    bool same;
  };
  const std::vector<Case> cases = {{"Ｅｘａｍｐｌｅ　Inc.", "Example Inc.", true},
                                   {"㈱例", "(株)例", true},
                                   {"㈱例", "株式会社例", false},
                                   {"例", "礼", false}};
  for (const Case& c : cases) EXPECT_EQ(same_organisation(c.a, c.b), c.same) << c.a << c.b;
}

TEST(TelephoneTest, ComparesNumbersByWhatIsDialled) {
  struct Case {
    std::string a;
    std::string b;
    bool same;
  };
  const std::vector<Case> cases = {{"03-1234-5678", "0312345678", true},
                                   {"０３（１２３４）５６７８", "03-1234-5678", true},
                                   {"+81 3-1234-5678", "03-1234-5678", true},
                                   {"+81 (0)3-1234-5678", "03-1234-5678", true},
                                   {"03-1234-5678", "03-1234-5679", false},
                                   {"+1 3-1234-5678", "03-1234-5678", false},
                                   {"", "", false},
                                   {"unknown", "unknown", false}};
  for (const Case& c : cases) EXPECT_EQ(same_number(c.a, c.b), c.same) << c.a << " " << c.b;
}

TEST(TelephoneTest, AnswersHonestlyAtAListedNumberAfterTwentySeconds) {
  const Call call = Telephone(directory()).dial("03-1234-5678", "株式会社例", kMorning);

  EXPECT_EQ(call.number, "03-1234-5678");
  EXPECT_EQ(call.at, kMorning);
  EXPECT_EQ(call.answered_at, kMorning + seconds(20));
  EXPECT_EQ(call.outcome, Outcome::confirmed);
}

TEST(TelephoneTest, AsksForExistenceEmploymentAndIntentionInBothLanguages) {
  const Call call = Telephone(directory()).dial("03-1234-5678", "株式会社例", kMorning);

  EXPECT_EQ(
      call.transcript,
      (std::vector<Line>{
          {Speaker::line, "(呼び出し音)", "(it rings)"},
          {Speaker::caller,
           "認証局です。サーバー証明書のお申し込みについて、株式会社例様にお電話しております。",
           "This is the certification authority, calling 株式会社例 about an application for a "
           "server certificate."},
          {Speaker::caller, "そちらは株式会社例様でお間違いないでしょうか。",
           "Have I reached 株式会社例?"},
          {Speaker::answerer, "はい、そうです。", "Yes, you have."},
          {Speaker::caller, "申請責任者の方は、そちらに在籍されていますか。",
           "Is the person responsible for the application employed there?"},
          {Speaker::answerer, "はい、在籍しております。", "Yes, they are."},
          {Speaker::caller, "サーバー証明書を申請する意思に、お間違いはございませんか。",
           "Do you intend to apply for the server certificate?"},
          {Speaker::answerer, "はい、申請いたしました。", "Yes, we do."}}));
}

TEST(TelephoneTest, IsNotAnsweredAtAnUnknownNumber) {
  const Call call = Telephone(directory()).dial("03-0000-0000", "株式会社例", kMorning);

  EXPECT_EQ(call.outcome, Outcome::no_answer);
  EXPECT_EQ(call.answered_at, std::nullopt);
  EXPECT_EQ(said_in_japanese(call), (std::vector<std::string>{"(呼び出し音)", "(応答なし)"}));
}

TEST(TelephoneTest, HonestlyDeniesBeingAnotherOrganisation) {
  const Call call = Telephone(directory()).dial("06-1111-2222", "株式会社例", kMorning);

  EXPECT_EQ(call.outcome, Outcome::denied);
  EXPECT_EQ(call.answered_at, kMorning + seconds(20));
  EXPECT_EQ(said_in_japanese(call).back(), "いいえ、違います。");
}

TEST(TelephoneTest, LetsAPersonaAnswerInsteadOfTheListedOrganisation) {
  struct Case {
    std::string about;
    Persona persona;
    Outcome outcome;
    std::optional<Instant> answered_at;
    std::string last;
  };
  const std::string number = "+81 3-1234-5678";
  const std::vector<Case> cases = {
      {"slow",
       {number, Outcome::confirmed, minutes(3)},
       Outcome::confirmed,
       kMorning + minutes(3),
       "はい、申請いたしました。"},
      {"denies the intention",
       {number, Outcome::denied},
       Outcome::denied,
       kMorning + seconds(20),
       "いいえ、申請しておりません。"},
      {"denies the employment",
       {number, Outcome::denied, seconds(5), Question::is_employed},
       Outcome::denied,
       kMorning + seconds(5),
       "いいえ、そのような者はおりません。"},
      {"is away", {number, Outcome::no_answer}, Outcome::no_answer, std::nullopt, "(応答なし)"}};
  for (const Case& c : cases) {
    const Telephone telephone(directory(), {c.persona});

    const Call call = telephone.dial("03-1234-5678", "株式会社例", kMorning);

    EXPECT_EQ(call.outcome, c.outcome) << c.about;
    EXPECT_EQ(call.answered_at, c.answered_at) << c.about;
    EXPECT_EQ(said_in_japanese(call).back(), c.last) << c.about;
  }
}

TEST(TelephoneTest, LetsAPersonaAnswerAtANumberThatNoDirectoryLists) {
  const Telephone telephone(directory(), {{"090-0000-0001"}, {"090-0000-0001", Outcome::denied}});

  const Call call = telephone.dial("090-0000-0001", "株式会社例", kMorning);

  EXPECT_EQ(call.outcome, Outcome::confirmed) << "the first persona at a number counts";
}

TEST(TelephoneTest, PlaysItsFaultsWhoeverIsThere) {
  const Telephone telephone(directory());

  const Call silent = telephone.dial("03-1234-5678", "株式会社例", kMorning, {.no_answer = true});
  const Call engaged = telephone.dial("03-1234-5678", "株式会社例", kMorning, {.engaged = true});
  const Call both = telephone.dial("03-1234-5678", "株式会社例", kMorning, {true, true});

  for (const Call& call : {silent, engaged, both}) {
    EXPECT_EQ(call.outcome, Outcome::no_answer);
    EXPECT_EQ(call.answered_at, std::nullopt);
  }
  EXPECT_EQ(said_in_japanese(silent), (std::vector<std::string>{"(呼び出し音)", "(応答なし)"}));
  EXPECT_EQ(said_in_japanese(engaged), std::vector<std::string>{"(話し中)"});
  EXPECT_EQ(said_in_japanese(both), std::vector<std::string>{"(話し中)"});
}

TEST(TelephoneTest, WritesOutcomesAsTheEventDoes) {
  EXPECT_EQ(to_text(Outcome::confirmed), "confirmed");
  EXPECT_EQ(to_text(Outcome::denied), "denied");
  EXPECT_EQ(to_text(Outcome::no_answer), "no-answer");
}

TEST(TelephoneDeathTest, StopsOnAPersonaThatAnswersBeforeTheCall) {
  EXPECT_DEATH(Telephone({}, {{"03-1234-5678", Outcome::confirmed, seconds(-1)}}),
               "before the telephone rings");
}

}  // namespace
}  // namespace shinsa::fakes::telephone
