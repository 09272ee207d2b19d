#include "model/vocabulary/calendar.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdio>
#include <iterator>
#include <optional>

#include "model/vocabulary/assert.hpp"

namespace shinsa {

namespace {

constexpr std::int64_t kTokyo = 9 * 3600;
constexpr std::int64_t kDay = 86400;

/// Days since 1970-01-01 of a civil day, and back (proleptic Gregorian).
std::int64_t number_of(Date date) {
  const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year =
      (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

Date date_of_number(std::int64_t number) {
  const std::int64_t shifted = number + 719468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const std::int64_t day_of_era = shifted - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const auto month =
      static_cast<int>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  return {static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0)), month,
          static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1)};
}

int hour_of(Instant instant) {
  const std::int64_t in_day = ((instant.seconds + kTokyo) % kDay + kDay) % kDay;
  return static_cast<int>(in_day / 3600);
}

// -- holidays
// -------------------------------------------------------------------------------------------------------------

/// The n-th Monday of a month.
int monday(int year, int month, int n) {
  const int first = (8 - static_cast<int>(weekday_of({year, month, 1}))) % 7 + 1;
  return first + (n - 1) * 7;
}

/// The day of an equinox by the usual approximation; the integer division truncates toward zero.
int equinox(int year, double since_1980, double before_1980) {
  const bool later = year >= 1980;
  const int leaps = later ? (year - 1980) / 4 : (year - 1983) / 4;
  return static_cast<int>((later ? since_1980 : before_1980) + 0.242194 * (year - 1980) - leaps);
}

struct Single {
  Date date;
  std::string_view name;
};

constexpr std::array kSingles{
    Single{{1959, 4, 10}, "皇太子明仁親王の結婚の儀"},
    Single{{1989, 2, 24}, "昭和天皇の大喪の礼"},
    Single{{1990, 11, 12}, "即位礼正殿の儀"},
    Single{{1993, 6, 9}, "皇太子徳仁親王の結婚の儀"},
    Single{{2019, 5, 1}, "天皇の即位の日"},
    Single{{2019, 10, 22}, "即位礼正殿の儀"},
};

/// Holidays that the law names, substitutes and sandwiched days apart.
std::optional<std::string_view> named_holiday(Date d) {
  for (const Single& single : kSingles)
    if (single.date == d) return single.name;
  const auto is = [&](int month, int day) { return d.month == month && d.day == day; };
  const auto in = [&](int from, int to) { return d.year >= from && d.year <= to; };
  constexpr int kOn = 9999;
  if (is(1, 1)) return "元日";
  if (in(0, 1999) ? is(1, 15) : is(1, monday(d.year, 1, 2))) return "成人の日";
  if (is(2, 11) && in(1967, kOn)) return "建国記念の日";
  if (is(2, 23) && in(2020, kOn)) return "天皇誕生日";
  if (is(3, equinox(d.year, 20.8431, 20.8357))) return "春分の日";
  if (is(4, 29)) return in(0, 1988) ? "天皇誕生日" : in(1989, 2006) ? "みどりの日" : "昭和の日";
  if (is(5, 3)) return "憲法記念日";
  if (is(5, 4) && in(2007, kOn)) return "みどりの日";
  if (is(5, 5)) return "こどもの日";
  if (d.year == 2020   ? is(7, 23)
      : d.year == 2021 ? is(7, 22)
      : in(2003, kOn)  ? is(7, monday(d.year, 7, 3))
                       : in(1996, 2002) && is(7, 20))
    return "海の日";
  if (d.year == 2020 ? is(8, 10) : d.year == 2021 ? is(8, 8) : in(2016, kOn) && is(8, 11))
    return "山の日";
  if (in(2003, kOn) ? is(9, monday(d.year, 9, 3)) : in(1966, 2002) && is(9, 15)) return "敬老の日";
  if (is(9, equinox(d.year, 23.2488, 23.2588))) return "秋分の日";
  if (d.year == 2020   ? is(7, 24)
      : d.year == 2021 ? is(7, 23)
      : in(2000, kOn)  ? is(10, monday(d.year, 10, 2))
                       : in(1966, 1999) && is(10, 10))
    return in(2020, kOn) ? "スポーツの日" : "体育の日";
  if (is(11, 3)) return "文化の日";
  if (is(11, 23)) return "勤労感謝の日";
  if (is(12, 23) && in(1989, 2018)) return "天皇誕生日";
  return std::nullopt;
}

/// A holiday on a Sunday moves on: to the Monday from 1973-04-12, to the next day that is none from
/// 2007.
bool is_substitute(Date d) {
  if (d < Date{1973, 4, 12} || named_holiday(d)) return false;
  Date before = plus_days(d, -1);
  if (d < Date{2007, 1, 1})
    return weekday_of(before) == Weekday::Sunday && named_holiday(before).has_value();
  while (named_holiday(before)) {
    if (weekday_of(before) == Weekday::Sunday) return true;
    before = plus_days(before, -1);
  }
  return false;
}

/// A day between two holidays is off from 1985-12-27; until 2006 not if it is a Sunday or a
/// substitute.
bool is_sandwiched(Date d) {
  if (d < Date{1985, 12, 27} || named_holiday(d) || is_substitute(d)) return false;
  if (d < Date{2007, 1, 1} && weekday_of(d) == Weekday::Sunday) return false;
  return named_holiday(plus_days(d, -1)) && named_holiday(plus_days(d, 1));
}

using DaysOff = std::bitset<12 * 31>;  // as if every month had 31 days

std::size_t place_in_year(Date date) {
  return static_cast<std::size_t>((date.month - 1) * 31 + date.day - 1);
}

DaysOff holidays_of(int year) {
  DaysOff off;
  for (Date date{year, 1, 1}; date.year == year; date = plus_days(date, 1))
    off[place_in_year(date)] = holiday(date).has_value();
  return off;
}

/// Worked out for a year at once, because desks ask for the same few again and again.
bool is_holiday(Date date) {
  struct Year {
    int year = 0;  // which has no holidays
    DaysOff off;
  };
  thread_local std::array<Year, 64> known;
  Year& one = known[static_cast<std::size_t>(date.year) % known.size()];
  if (one.year != date.year) one = {date.year, holidays_of(date.year)};
  return one.off[place_in_year(date)];
}

}  // namespace

Date date_of(Instant instant) {
  const std::int64_t local = instant.seconds + kTokyo;
  return date_of_number((local >= 0 ? local : local - kDay + 1) / kDay);
}

Instant start_of(Date date) { return {number_of(date) * kDay - kTokyo}; }
Instant last_second_of(Date date) { return {number_of(date) * kDay - kTokyo + kDay - 1}; }

int last_day_of_month(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

Date end_of_month(Date date) {
  return {date.year, date.month, last_day_of_month(date.year, date.month)};
}

Instant start_of_month(Instant instant) {
  const Date date = date_of(instant);
  return start_of({date.year, date.month, 1});
}

Weekday weekday_of(Date date) { return static_cast<Weekday>(((number_of(date) + 4) % 7 + 7) % 7); }

Date plus_days(Date date, int days) {
  constexpr int kShortestMonth = 28;
  if (const int day = date.day + days; day >= 1 && day <= kShortestMonth)
    return {date.year, date.month, day};
  return date_of_number(number_of(date) + days);
}

Date plus_months(Date date, int months) {
  const int count = date.year * 12 + date.month - 1 + months;
  const int year = count >= 0 ? count / 12 : (count - 11) / 12;
  const int month = count - year * 12 + 1;
  return {year, month, std::min(date.day, last_day_of_month(year, month))};
}

Date plus_years(Date date, int years) { return plus_months(date, years * 12); }

Result<Date> parse_date(std::string_view text) {
  const auto midnight = text.size() == 10 ? parse_instant(std::string(text) + "T00:00:00+09:00")
                                          : Result<Instant>(fail(""));
  if (!midnight) return fail("'" + std::string(text) + "' is no day", {}, "write it as 2026-11-21");
  return date_of(*midnight);
}

std::string to_text(Date date) {
  std::array<char, 48> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
  return buffer.data();
}

std::optional<std::string_view> holiday(Date date) {
  if (date.year < 1955) return std::nullopt;
  if (const auto name = named_holiday(date)) return name;
  if (is_substitute(date)) return "振替休日";
  if (is_sandwiched(date)) return "国民の休日";
  return std::nullopt;
}

bool is_business_day(Date date, const Desk& desk) {
  const Weekday weekday = weekday_of(date);
  if (weekday == Weekday::Saturday || weekday == Weekday::Sunday || is_holiday(date)) return false;
  const auto in_year = [](int month, int day) { return month * 100 + day; };
  const int today = in_year(date.month, date.day);
  const int from = in_year(desk.closed_from_month, desk.closed_from_day);
  const int to = in_year(desk.closed_to_month, desk.closed_to_day);
  return from <= to ? today < from || today > to : today > to && today < from;
}

bool is_open(Instant instant, const Desk& desk) {
  if (desk.always_open) return true;
  const int hour = hour_of(instant);
  return hour >= desk.opens_hour && hour < desk.closes_hour &&
         is_business_day(date_of(instant), desk);
}

Instant next_open(Instant instant, const Desk& desk) {
  if (is_open(instant, desk)) return instant;
  Date date = date_of(instant);
  if (hour_of(instant) >= desk.opens_hour) date = plus_days(date, 1);
  constexpr int kLongestClosure = 400;
  for (int i = 0; i < kLongestClosure; ++i, date = plus_days(date, 1))
    if (is_business_day(date, desk)) return start_of(date) + hours(desk.opens_hour);
  SHINSA_ASSERT(false, "a desk that never opens");
}

Date plus_business_days(Date date, int n, const Desk& desk) {
  SHINSA_ASSERT(n >= 0, "business days are counted forward");
  while (n > 0) {
    date = plus_days(date, 1);
    if (is_business_day(date, desk)) --n;
  }
  return date;
}

}  // namespace shinsa
