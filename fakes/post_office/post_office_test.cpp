#include "fakes/post_office/post_office.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace shinsa::fakes::post_office {
namespace {

Instant at(std::string_view text) { return parse_instant(text).value(); }

const Instant kFriday = at("2026-11-20T10:00:00+09:00");
const std::string kDesk = "〒920-0963 石川県金沢市出羽町4-1 金沢OCNサービスセンタ(4F) 行";

Letter to(std::string address, std::string subject = "application/1") {
  return {"株式会社例", std::move(address), {"registry-certificate"}, std::move(subject)};
}

std::vector<std::string> subjects(const std::vector<Posted>& letters) {
  std::vector<std::string> result;
  result.reserve(letters.size());
  for (const Posted& posted : letters) result.push_back(posted.letter.subject);
  return result;
}

using Subjects = std::vector<std::string>;

TEST(LetterTest, ArrivesADayLaterWithWhatWasInIt) {
  PostOffice office;

  const Posted posted = office.post(to(kDesk), kFriday);

  EXPECT_EQ(posted.sequence, 1u);
  EXPECT_EQ(posted.arrives, kFriday + days(1));
  EXPECT_TRUE(office.arrived(kDesk, kFriday + days(1) - seconds(1)).empty());
  ASSERT_EQ(office.arrived(kDesk, kFriday + days(1)).size(), 1u);
  EXPECT_EQ(office.arrived(kDesk, kFriday + days(1))[0].letter, to(kDesk));
  EXPECT_EQ(office.arrived(kDesk, kFriday + days(1))[0].posted, kFriday);
}

TEST(LetterTest, IsNotDeliveredOnASundayInJapan) {
  struct Case {
    std::string posted;
    Duration delay;
    std::string arrives;
  };
  const std::vector<Case> cases = {
      {"2026-11-20T10:00:00+09:00", days(1), "2026-11-21T10:00:00+09:00"},  // Friday to Saturday
      {"2026-11-21T10:00:00+09:00", days(1), "2026-11-23T10:00:00+09:00"},
      {"2026-11-20T10:00:00+09:00", days(2), "2026-11-23T10:00:00+09:00"},
      {"2026-11-22T10:00:00+09:00", days(1), "2026-11-23T10:00:00+09:00"},  // posted on Sunday
      {"2026-11-22T10:00:00+09:00", days(0), "2026-11-23T10:00:00+09:00"},
      {"2026-11-20T23:59:59+09:00", days(1), "2026-11-21T23:59:59+09:00"},
      {"2026-11-21T00:00:00+09:00", days(1), "2026-11-23T00:00:00+09:00"},
      // 00:30 of Sunday in Japan, still Saturday in Greenwich
      {"2026-11-20T15:30:00Z", days(1), "2026-11-22T15:30:00Z"},
      {"2026-11-22T15:00:00Z", days(0), "2026-11-22T15:00:00Z"}};
  for (const Case& c : cases)
    EXPECT_EQ(arrival_of(at(c.posted), c.delay), at(c.arrives)) << c.posted;
}

TEST(LetterTest, HasNotArrivedWhereAnotherAddressIs) {
  PostOffice office;
  office.post(to("〒920-0963 石川県金沢市出羽町4-1 金沢OCNサービスセンタ"), kFriday);
  office.post(to("〒100-0000 東京都千代田区1-1"), kFriday);

  EXPECT_TRUE(office.arrived(kDesk, kFriday + days(30)).empty());
  EXPECT_EQ(office.arrived("〒100-0000 東京都千代田区1-1", kFriday + days(1)).size(), 1u);
}

TEST(LetterTest, ComparesAddressesAsRead) {
  EXPECT_TRUE(same_address(kDesk,
                           "〒９２０－０９６３　石川県金沢市出羽町４－１　"
                           "金沢ＯＣＮサービスセンタ（４Ｆ）　行"));
  EXPECT_FALSE(
      same_address(kDesk, "〒920-0963 石川県金沢市出羽町4-2 金沢OCNサービスセンタ(4F) 行"));
  EXPECT_FALSE(same_address("東京都", "東京"));
}

TEST(LetterTest, IsLostWithoutATraceButCounted) {
  PostOffice office;

  const Posted lost = office.post(to(kDesk, "lost"), kFriday, {.lost = true});
  const Posted next = office.post(to(kDesk, "next"), kFriday);

  EXPECT_EQ(lost.arrives, kNever);
  EXPECT_EQ(next.sequence, 2u);
  EXPECT_EQ(subjects(office.arrived(kDesk, kNever)), Subjects{"next"});
}

TEST(LetterTest, ArrivesInTheOrderOfArrivalThenOfPosting) {
  PostOffice office;
  office.post(to(kDesk, "slow"), kFriday, {.delay = days(4)});
  office.post(to(kDesk, "first"), kFriday);
  office.post(to(kDesk, "second"), kFriday);

  EXPECT_EQ(subjects(office.arrived(kDesk, kFriday + days(1))), (Subjects{"first", "second"}));
  EXPECT_EQ(subjects(office.arrived(kDesk, kFriday + days(4))),
            (Subjects{"first", "second", "slow"}));
}

TEST(LetterTest, NeverArrivesBeyondTheCalendar) {
  EXPECT_EQ(arrival_of(kFriday, Duration{INT64_MAX}), kNever);
  EXPECT_EQ(arrival_of(kNever, days(1)), kNever);
}

TEST(LetterDeathTest, StopsOnANegativeDelay) {
  PostOffice office;
  EXPECT_DEATH(office.post(to(kDesk), kFriday, {.delay = seconds(-1)}), "before it was posted");
}

}  // namespace
}  // namespace shinsa::fakes::post_office
