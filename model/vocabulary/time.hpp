/// Instants and durations: whole seconds, the only clock that the model knows.
///
/// An instant counts seconds since 1970-01-01T00:00:00Z. Days, months and business days are those
/// of Asia/Tokyo (fixed +09:00) and live in `calendar.hpp`.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/vocabulary/result.hpp"

namespace shinsa {

/// A span of virtual time in seconds; may be negative.
struct Duration {
  std::int64_t seconds = 0;
  friend constexpr auto operator<=>(Duration, Duration) = default;
};

[[nodiscard]] constexpr Duration seconds(std::int64_t n) { return {n}; }
[[nodiscard]] constexpr Duration minutes(std::int64_t n) { return {n * 60}; }
[[nodiscard]] constexpr Duration hours(std::int64_t n) { return {n * 3600}; }
[[nodiscard]] constexpr Duration days(std::int64_t n) { return {n * 86400}; }
[[nodiscard]] constexpr Duration operator+(Duration a, Duration b) {
  return {a.seconds + b.seconds};
}
[[nodiscard]] constexpr Duration operator-(Duration a) { return {-a.seconds}; }

/// A point of virtual time, in seconds since the epoch.
struct Instant {
  std::int64_t seconds = 0;
  friend constexpr auto operator<=>(Instant, Instant) = default;
};

/// Later than every instant that can be written; the due time of what has no due time.
inline constexpr Instant kNever{INT64_MAX};

[[nodiscard]] constexpr Instant operator+(Instant t, Duration d) { return {t.seconds + d.seconds}; }
[[nodiscard]] constexpr Instant operator-(Instant t, Duration d) { return {t.seconds - d.seconds}; }
[[nodiscard]] constexpr Duration operator-(Instant a, Instant b) { return {a.seconds - b.seconds}; }

/// Reads RFC 3339 with an offset (`2026-11-21T10:00:00+09:00`, `...Z`), years 0001 to 9999. 0 to 9
/// fraction digits are accepted and dropped: the model counts whole seconds. A leap second (`:60`)
/// and a missing offset are refused.
[[nodiscard]] Result<Instant> parse_instant(std::string_view text);

/// Writes an instant in Tokyo time: `2026-11-21T10:00:00+09:00`. `kNever` is written `never`.
[[nodiscard]] std::string to_text(Instant instant);

/// Reads an ISO 8601 duration of exact length: `P25D`, `PT5M`, `P1DT12H`, `PT0S`, with an optional
/// leading `-`. Years and months are refused, because their length depends on the calendar; weeks
/// (`P2W`) are accepted.
[[nodiscard]] Result<Duration> parse_duration(std::string_view text);

/// Writes the shortest of the forms above: `P25D`, `PT5M`, `P1DT12H`, `PT0S`.
[[nodiscard]] std::string to_text(Duration duration);

}  // namespace shinsa
