/// The calendar of Japan: days and months in Asia/Tokyo (+09:00, no summer time), national holidays
/// by rule.
///
/// Sources: domain-independent law and formulas for the holidays, checked in the tests against
/// independent lists. Not here: opening hours and closed days of a particular desk are values of a
/// clause (JPR-47); they come in as arguments (`Desk`).
#pragma once

#include <compare>
#include <optional>
#include <string_view>

#include "model/vocabulary/time.hpp"

namespace shinsa {

/// A day of the proleptic Gregorian calendar. Month 1 to 12, day 1 to the month's last.
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

enum class Weekday { Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday };

[[nodiscard]] Date date_of(Instant instant);      ///< the day in Tokyo
[[nodiscard]] Instant start_of(Date date);        ///< 00:00:00 JST
[[nodiscard]] Instant last_second_of(Date date);  ///< 23:59:59 JST
[[nodiscard]] int last_day_of_month(int year, int month);
[[nodiscard]] Date end_of_month(Date date);  ///< the month's last day
[[nodiscard]] Instant start_of_month(
    Instant instant);  ///< the 1st, 00:00:00 JST, of the instant's month in Tokyo
[[nodiscard]] Weekday weekday_of(Date date);

[[nodiscard]] Date plus_days(Date date, int days);
/// Months are clamped: 2024-01-31 + 1 month is 2024-02-29; 2024-02-29 + 12 months is 2025-02-28.
[[nodiscard]] Date plus_months(Date date, int months);
[[nodiscard]] Date plus_years(Date date, int years);

/// Reads `2026-11-21`.
[[nodiscard]] Result<Date> parse_date(std::string_view text);
[[nodiscard]] std::string to_text(Date date);

/// The Japanese name of the national holiday (元日, 春分の日, ..., 振替休日, 国民の休日), or
/// nothing. Computed by rule for 1955 to 2099; equinoxes after the next gazette are forecasts. Days
/// before 1955 are not covered and give nothing.
[[nodiscard]] std::optional<std::string_view> holiday(Date date);

/// When a desk answers: hours of the day in JST, and the closed season that wraps the turn of the
/// year. The numbers are values of a clause (JPR-47 for JPDirect); Saturdays, Sundays and holidays
/// are always closed.
struct Desk {
  int opens_hour = 9;
  int closes_hour = 18;  ///< exclusive: at 18:00:00 the desk is closed
  int closed_from_month = 12;
  int closed_from_day = 29;
  int closed_to_month = 1;
  int closed_to_day = 3;     ///< inclusive
  bool always_open = false;  ///< of a page that states no hours: business days are counted as ever
};

[[nodiscard]] bool is_business_day(Date date, const Desk& desk);
[[nodiscard]] bool is_open(Instant instant, const Desk& desk);
/// `instant` itself while the desk is open, else the next opening.
[[nodiscard]] Instant next_open(Instant instant, const Desk& desk);
/// The n-th business day after `date`; `date` is day 0 whether or not it is a business day. n >= 0.
[[nodiscard]] Date plus_business_days(Date date, int n, const Desk& desk);

}  // namespace shinsa
