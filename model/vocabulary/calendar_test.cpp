#include "model/vocabulary/calendar.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <set>

namespace shinsa {
namespace {

Instant at(const char* text) { return *parse_instant(text); }
Date day(const char* text) { return *parse_date(text); }

/// The days of a list that somebody else made; lines that start with # say where it is from.
std::set<Date> listed(const std::string& name) {
  std::ifstream file(std::string(SHINSA_SOURCE_DIR) + "/model/vocabulary/testdata/" + name);
  std::set<Date> days;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line[0] != '#') days.insert(*parse_date(line.substr(0, 10)));
  return days;
}

std::set<Date> computed(Date from, Date to) {
  std::set<Date> days;
  for (Date d = from; d <= to; d = plus_days(d, 1))
    if (holiday(d)) days.insert(d);
  return days;
}

TEST(HolidayTest, AgreesWithTheCabinetOfficeListFrom1955To2026) {
  const auto list = listed("holidays-1955-2026.csv");
  ASSERT_EQ(list.size(), 1050u);
  EXPECT_EQ(computed({1955, 1, 1}, {2026, 11, 30}), list);
}

TEST(HolidayTest, AgreesWithASecondListFrom1970To2050) {
  const auto list = listed("holidays-1970-2050.csv");
  ASSERT_EQ(list.size(), 1329u);
  EXPECT_EQ(computed({1970, 1, 1}, {2050, 12, 31}), list);
}

TEST(HolidayTest, NamesTheDayTheSubstituteAndTheSandwichedDay) {
  EXPECT_EQ(holiday({2026, 9, 21}), "敬老の日");
  EXPECT_EQ(holiday({2026, 9, 22}), "国民の休日");
  EXPECT_EQ(holiday({2026, 9, 23}), "秋分の日");
  EXPECT_EQ(holiday({2027, 3, 22}), "振替休日");
  EXPECT_EQ(holiday({2019, 5, 1}), "天皇の即位の日");
  EXPECT_FALSE(holiday({2026, 9, 24}));
  EXPECT_FALSE(holiday({1954, 1, 1})) << "before 1955 nothing is said";
}

TEST(CalendarTest, CountsDaysAndMonthsInTokyo) {
  EXPECT_EQ(date_of(at("2027-02-28T14:59:59Z")), day("2027-02-28"));
  EXPECT_EQ(date_of(at("2027-02-28T15:00:00Z")), day("2027-03-01"));
  EXPECT_EQ(start_of_month(at("2027-03-31T23:59:59+09:00")), at("2027-03-01T00:00:00+09:00"));
  EXPECT_EQ(last_second_of({2027, 3, 31}), at("2027-03-31T23:59:59+09:00"));
  EXPECT_EQ(weekday_of({2026, 11, 24}), Weekday::Tuesday);
}

TEST(CalendarTest, ClampsMonthsToTheirLastDay) {
  EXPECT_EQ(plus_months({2024, 1, 31}, 1), day("2024-02-29"));
  EXPECT_EQ(plus_years({2024, 2, 29}, 1), day("2025-02-28"));
  EXPECT_EQ(plus_years({2024, 2, 29}, 2), day("2026-02-28"));
  EXPECT_EQ(plus_years({2023, 2, 28}, 1), day("2024-02-28"));
  EXPECT_EQ(plus_months({2026, 1, 15}, -1), day("2025-12-15"));
  EXPECT_EQ(end_of_month({2028, 2, 1}), day("2028-02-29"));
}

TEST(CalendarTest, RefusesWhatIsNoDay) {
  for (const char* text : {"2026-02-29", "2026-13-01", "2026-1-01", "2026-01-01T", "", "tomorrow"})
    EXPECT_FALSE(parse_date(text)) << text;
}

TEST(DeskTest, OpensAtNineAndIsClosedAtEighteen) {
  const Desk desk;
  EXPECT_FALSE(is_open(at("2026-11-24T08:59:59+09:00"), desk));
  EXPECT_TRUE(is_open(at("2026-11-24T09:00:00+09:00"), desk));
  EXPECT_TRUE(is_open(at("2026-11-24T17:59:59+09:00"), desk));
  EXPECT_FALSE(is_open(at("2026-11-24T18:00:00+09:00"), desk));
  EXPECT_FALSE(is_open(at("2026-11-23T10:00:00+09:00"), desk)) << "勤労感謝の日";
}

TEST(DeskTest, IsClosedFrom29DecemberTo3January) {
  const Desk desk;
  EXPECT_TRUE(is_business_day({2026, 12, 28}, desk));
  EXPECT_FALSE(is_business_day({2026, 12, 29}, desk));
  EXPECT_FALSE(is_business_day({2027, 1, 3}, desk));
  EXPECT_TRUE(is_business_day({2027, 1, 4}, desk));
  EXPECT_EQ(next_open(at("2026-12-28T18:00:00+09:00"), desk), at("2027-01-04T09:00:00+09:00"));
  EXPECT_EQ(next_open(at("2026-12-28T17:59:59+09:00"), desk), at("2026-12-28T17:59:59+09:00"));
}

TEST(DeskTest, IsClosedOnHolidaysOfYearsFarApart) {
  const Desk desk;
  for (int i = 0; i < 2; ++i)
    for (const int year : {1900, 1955, 1991, 2026, 2090, 2428})
      for (Date date{year, 1, 1}; date.year == year; date = plus_days(date, 1)) {
        const Weekday weekday = weekday_of(date);
        const bool new_year =
            (date.month == 1 && date.day <= 3) || (date.month == 12 && date.day >= 29);
        const bool weekend = weekday == Weekday::Saturday || weekday == Weekday::Sunday;
        ASSERT_EQ(is_business_day(date, desk), !weekend && !new_year && !holiday(date))
            << to_text(date);
      }
}

TEST(DeskTest, CountsBusinessDaysFromTheDayAfter) {
  const Desk desk;
  struct Line {
    const char *from, *second, *fifth;
  };
  for (const Line& line : {Line{"2026-12-24", "2026-12-28", "2027-01-06"},
                           Line{"2026-12-28", "2027-01-05", "2027-01-08"},
                           Line{"2026-05-01", "2026-05-08", "2026-05-13"},
                           Line{"2026-09-18", "2026-09-25", "2026-09-30"},
                           Line{"2019-04-26", "2019-05-08", "2019-05-13"},
                           Line{"2020-07-22", "2020-07-28", "2020-07-31"}}) {
    EXPECT_EQ(plus_business_days(day(line.from), 2, desk), day(line.second));
    EXPECT_EQ(plus_business_days(day(line.from), 5, desk), day(line.fifth));
  }
}

RC_GTEST_PROP(CalendarTest, AddingDaysAndTakingThemAwayComesBack, ()) {
  const Date start{*rc::gen::inRange(1, 9999), *rc::gen::inRange(1, 13), *rc::gen::inRange(1, 29)};
  const int days = *rc::gen::inRange(-100'000, 100'000);
  RC_ASSERT(plus_days(plus_days(start, days), -days) == start);
}

RC_GTEST_PROP(CalendarTest, ADayStartsAndEndsInItself, ()) {
  const Date d{*rc::gen::inRange(1955, 2099), *rc::gen::inRange(1, 13), *rc::gen::inRange(1, 29)};
  RC_ASSERT(date_of(start_of(d)) == d);
  RC_ASSERT(date_of(last_second_of(d)) == d);
  RC_ASSERT(last_second_of(d) + seconds(1) == start_of(plus_days(d, 1)));
}

}  // namespace
}  // namespace shinsa
