#include "model/vocabulary/time.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>

namespace shinsa {

namespace {

constexpr std::string_view kTimeForm = "write it as 2026-11-21T10:00:00+09:00";
constexpr std::string_view kDurationForm = "write it as P25D, PT5M or P1DT12H";

/// Days from 1970-01-01 to a day of the proleptic Gregorian calendar.
constexpr std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  year -= month <= 2;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

constexpr bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

/// `count` decimal digits at `at`, or -1.
constexpr int digits(std::string_view text, std::size_t at, int count) {
  if (at + static_cast<std::size_t>(count) > text.size()) return -1;
  int number = 0;
  for (int i = 0; i < count; ++i) {
    const char c = text[at + static_cast<std::size_t>(i)];
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

Failure bad_time(std::string_view text, std::string_view why) {
  return fail("'" + std::string(text) + "' is no time: " + std::string(why), {},
              std::string(kTimeForm));
}

/// Eight bytes of a time, each as far from what the form has there: of its zeros, which stand for
/// digits, their numbers; nothing of the rest.
class EightBytes {
 public:
  EightBytes(const char* text, const char (&form)[9]) {
    std::uint64_t should = 0, above = 0;
    std::memcpy(&said_, text, sizeof said_);
    std::memcpy(&should, form, sizeof should);
    for (int i = 0; i < 8; ++i) above |= room_above(form[i]) << 8 * i;
    for (int i = 0; i < 8; ++i)
      if (form[i] == '?') should = (should & ~(kByte << 8 * i)) | (said_ & kByte << 8 * i);
    said_ ^= should;
    odd_ = ((said_ + above) | said_) & 0x8080808080808080u;
    pairs_ = said_ * 10 + (said_ >> 8);
  }
  /// Not zero if a byte is none that the form allows.
  [[nodiscard]] std::uint64_t odd() const { return odd_; }
  /// The number that the digits at a byte and at the next one make.
  [[nodiscard]] unsigned two(unsigned at) const { return pairs_ >> 8 * at & kByte; }

 private:
  static constexpr std::uint64_t kByte = 0xff;
  /// What, added to a byte that this of the form allows, leaves its highest bit free. (A function,
  /// because within the loop GCC 12 loses the index where UBSan checks it.)
  static constexpr std::uint64_t room_above(char of_form) {
    return of_form == '0' ? 0x76 : of_form == '?' ? 0 : 0x7f;
  }
  std::uint64_t said_ = 0, odd_ = 0, pairs_ = 0;
};

/// Reads a time as almost all are written, `2026-11-21T10:00:00+09:00`: all of it is looked at
/// before anything is decided. Says nothing of any other, right or wrong.
std::optional<Instant> parse_usual(std::string_view text) {
  if (std::endian::native != std::endian::little || text.size() != 25) return std::nullopt;
  const EightBytes date(text.data(), "0000-00-"), middle(text.data() + 8, "00T00:00");
  const EightBytes end(text.data() + 17, "00?00:00");
  const auto year = static_cast<int>(date.two(0) * 100 + date.two(2));
  const auto month = static_cast<int>(date.two(5)), day = static_cast<int>(middle.two(0));
  const unsigned hour = middle.two(3), minute = middle.two(6), second = end.two(0);
  const unsigned hours_off = end.two(3), minutes_off = end.two(6);
  const char sign = text[19];
  constexpr int kShortest = 28;  // of all months
  const bool fine = (date.odd() | middle.odd() | end.odd()) == 0 && text[16] == ':' &&
                    (sign == '+' || sign == '-') && year >= 1 && month >= 1 && month <= 12 &&
                    day >= 1 && hour <= 23 && minute <= 59 && second <= 59 && hours_off <= 23 &&
                    minutes_off <= 59 && (day <= kShortest || day <= days_in(year, month));
  if (!fine) return std::nullopt;
  const auto in_day = std::int64_t{hour} * 3600 + minute * 60 + second;
  const auto offset = std::int64_t{hours_off} * 3600 + minutes_off * 60;
  return Instant{days_from_civil(year, month, day) * 86400 + in_day -
                 (sign == '-' ? -offset : offset)};
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
  if (const auto usual = parse_usual(text)) return *usual;
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = digits(text, 17, 2);
  if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0 || text[4] != '-' ||
      text[7] != '-' || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':')
    return bad_time(text, "it is not RFC 3339");
  if (year < 1) return bad_time(text, "there is no year 0");
  if (month < 1 || month > 12) return bad_time(text, "there is no such month");
  if (day < 1 || day > days_in(year, month)) return bad_time(text, "the month has no such day");
  if (hour > 23 || minute > 59) return bad_time(text, "there is no such hour or minute");
  if (second > 59)
    return bad_time(text,
                    second == 60 ? "leap seconds are not counted" : "there is no such second");
  std::size_t at = 19;
  if (at < text.size() && text[at] == '.') {
    const std::size_t first = ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == first || at - first > 9) return bad_time(text, "a fraction has 1 to 9 digits");
  }
  std::int64_t offset = 0;
  if (at == text.size()) return bad_time(text, "the offset is missing");
  if (text[at] == 'Z' || text[at] == 'z') {
    ++at;
  } else if (text[at] == '+' || text[at] == '-') {
    const int hours_off = digits(text, at + 1, 2);
    const int minutes_off = digits(text, at + 4, 2);
    if (hours_off < 0 || hours_off > 23 || minutes_off < 0 || minutes_off > 59 ||
        text[at + 3] != ':')
      return bad_time(text, "the offset is not +hh:mm");
    offset = (hours_off * 60 + minutes_off) * 60 * (text[at] == '-' ? -1 : 1);
    at += 6;
  }
  if (at != text.size()) return bad_time(text, "something follows the offset");
  return Instant{days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second -
                 offset};
}

std::string to_text(Instant instant) {
  if (instant == kNever) return "never";
  const std::int64_t local = instant.seconds + 9 * 3600;
  const std::int64_t day_count = (local >= 0 ? local : local - 86399) / 86400;
  const auto in_day = static_cast<int>(local - day_count * 86400);
  const std::int64_t shifted = day_count + 719468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const std::int64_t day_of_era = shifted - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const auto day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  const auto month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  const auto year = static_cast<long long>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04lld-%02d-%02dT%02d:%02d:%02d+09:00", year, month,
                day, in_day / 3600, in_day / 60 % 60, in_day % 60);
  return buffer.data();
}

Result<Duration> parse_duration(std::string_view text) {
  const auto bad = [&](std::string_view why) {
    return fail("'" + std::string(text) + "' is no duration: " + std::string(why), {},
                std::string(kDurationForm));
  };
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  if (!rest.starts_with('P')) return bad("it does not start with P");
  rest.remove_prefix(1);
  bool in_time = false;
  bool any = false;
  std::string_view order = "WDHMS";
  std::int64_t total = 0;
  while (!rest.empty()) {
    if (rest.front() == 'T') {
      if (in_time) return bad("T stands twice");
      in_time = true;
      rest.remove_prefix(1);
      if (rest.empty()) return bad("nothing follows T");
      order = "HMS";
      continue;
    }
    std::int64_t number = 0;
    std::size_t length = 0;
    while (length < rest.size() && rest[length] >= '0' && rest[length] <= '9') {
      number = number * 10 + (rest[length] - '0');
      if (++length > 12) return bad("the number is too large");
    }
    if (length == 0 || length == rest.size()) return bad("a number and its unit are wanted");
    const char unit = rest[length];
    if (unit == 'Y' || (unit == 'M' && !in_time))
      return bad("years and months have no exact length");
    if ((unit == 'W' || unit == 'D') == in_time)
      return bad("hours, minutes and seconds follow T, weeks and days do not");
    const std::size_t place = order.find(unit);
    if (place == std::string_view::npos)
      return bad("units come once, from the largest to the smallest");
    order.remove_prefix(place + 1);
    total += number * (unit == 'W'   ? 604800
                       : unit == 'D' ? 86400
                       : unit == 'H' ? 3600
                       : unit == 'M' ? 60
                                     : 1);
    any = true;
    rest.remove_prefix(length + 1);
  }
  if (!any) return bad("it is empty");
  return Duration{negative ? -total : total};
}

std::string to_text(Duration duration) {
  std::int64_t left = duration.seconds < 0 ? -duration.seconds : duration.seconds;
  std::string text = duration.seconds < 0 ? "-P" : "P";
  if (left >= 86400) text += std::to_string(left / 86400) + "D";
  left %= 86400;
  if (left == 0) return text.back() == 'P' ? text + "T0S" : text;
  text += "T";
  if (left >= 3600) text += std::to_string(left / 3600) + "H";
  if (left % 3600 >= 60) text += std::to_string(left % 3600 / 60) + "M";
  if (left % 60 > 0) text += std::to_string(left % 60) + "S";
  return text;
}

}  // namespace shinsa
