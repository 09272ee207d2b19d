/// Whether a certificate is a renewal or a new one, and when it has to end: questions that several
/// machines of a renewal ask. Source: REN-17 to REN-25 (page lines 60 to 71), readings REN-Q2 to
/// Q5, Q8, Q10. Days are calendar days in Tokyo.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>

#include "model/machines/renewal.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::renewal {

// -- the subject
// ----------------------------------------------------------------------------------------------------------

/// Whether two values of a field of the subject are the same (reading REN-Q5).
[[nodiscard]] inline bool same_value(const Context& c, Value one, Value other) {
  if (one.text() == other.text()) return true;
  if (!Under<"REN-Q5", "notation-apart">::test(c, 0)) return false;
  const auto plain = [&](Value value) {
    std::string text(c.facts().text(c.store().lower(c.store().as_read(value.text()))));
    std::erase(text, ' ');
    return text;
  };
  return plain(one) == plain(other);
}
/// Whether the documents name in this field what the old certificate has.
template <Literal F>
[[nodiscard]] bool same(const Context& c) {
  const Object* old = old_certificate(c);
  return !old ||
         same_value(c, documented<F>(c), dedicated_certificate::content<F>(c.facts(), *old));
}
[[nodiscard]] inline bool same_country(const Context& c) {
  return Under<"REN-Q5", "listed-fields-only">::test(c, 0) || same<"country">(c);
}

// -- in time
// --------------------------------------------------------------------------------------------------------------

/// From this instant on an acquisition is a new one (reading REN-Q10).
[[nodiscard]] inline Instant too_late_from(const Context& c) {
  return Under<"REN-Q10", "expiry-wins">::test(c, 0) ? old_end(c) : old_end(c) + seconds(1);
}
/// Whether what decides has come before the old certificate ended; where the issue decides, whether
/// it would be in time now (reading REN-Q4).
[[nodiscard]] inline bool in_time(const Context& c) {
  const Instant decides = Under<"REN-Q4", "payment">::test(c, 0) ? c.me()[kPaidAt]
                          : Under<"REN-Q4", "order">::test(c, 0) ? c.me()[kOrderedAt]
                                                                 : c.now();
  return decides < too_late_from(c);
}

// -- the end
// --------------------------------------------------------------------------------------------------------------

/// So many years on; what comes of 29 February is reading REN-Q3.
[[nodiscard]] inline Date years_on(const Context& c, Date date, std::int64_t years) {
  const Date later = plus_years(date, static_cast<int>(years));
  const bool moved = later.day != date.day;
  return moved && Under<"REN-Q3", "first-of-march">::test(c, 0) ? plus_days(later, 1) : later;
}
[[nodiscard]] inline std::int64_t days_between(Date from, Date to) {
  return (start_of(to) - start_of(from)).seconds / days(1).seconds;
}

[[nodiscard]] inline bool is_symantec(const Context& c) {
  const Object* old = old_certificate(c);
  if (!old) return false;
  const Value brand = dedicated_certificate::content<"brand">(c.facts(), *old);
  return brand.present() && choice_word(kBrands, brand.number()) == "Symantec";
}
/// The day on which a renewed certificate ends, exactly.
[[nodiscard]] inline Date last_day_renewed(const Context& c) {
  const Date old = date_of(old_end(c));
  if (!is_symantec(c)) return years_on(c, old, c.number<"REN-18", "years">());
  return plus_days(years_on(c, old, c.number<"REN-19", "years">()),
                   static_cast<int>(c.number<"REN-19", "days">()));
}
/// Its last second: at the time of day at which the old one ends.
[[nodiscard]] inline Instant renewed_end(const Context& c) {
  const Instant old = old_end(c);
  return start_of(last_day_renewed(c)) + (old - start_of(date_of(old)));
}
/// The day on which a new certificate ends that is issued on that day.
[[nodiscard]] inline Date last_day_new(const Context& c, Date issued) {
  return years_on(c, issued, c.number<"REN-17", "years">());
}

/// Whether it ends a year after its issue, as a new one does.
[[nodiscard]] inline bool ends_as_new(const Context& c, Instant issued, Instant end) {
  const auto off = days_between(last_day_new(c, date_of(issued)), date_of(end));
  return std::abs(off) <= c.number<"REN-17", "days_tolerance">();
}
/// Whether it ends as one that renews the old certificate does (reading REN-Q2).
[[nodiscard]] inline bool ends_as_renewed(const Context& c, Instant end) {
  const auto off = days_between(last_day_renewed(c), date_of(end));
  if (!is_symantec(c)) return std::abs(off) <= c.number<"REN-18", "days_tolerance">();
  if (Under<"REN-Q2", "at-most-fourteen-days">::test(c, 0))
    return off <= 0 && off >= -c.number<"REN-19", "days">();
  return std::abs(off) <= (Under<"REN-Q2", "exactly-fourteen-days">::test(c, 0)
                               ? 0
                               : c.number<"REN-19", "days_tolerance">());
}

}  // namespace shinsa::model::renewal
