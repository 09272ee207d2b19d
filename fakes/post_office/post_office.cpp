#include "fakes/post_office/post_office.hpp"

#include <algorithm>
#include <tuple>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::fakes::post_office {

bool same_address(std::string_view a, std::string_view b) { return read_alike(a, b); }

Instant arrival_of(Instant posted, Duration delay) {
  // The year 9999 is as far as the calendar writes; nothing arrives beyond it.
  static const Instant latest = start_of({9999, 12, 30});
  if (posted > latest || delay > latest - posted) return kNever;
  const Instant arrives = posted + delay;
  return weekday_of(date_of(arrives)) == Weekday::Sunday ? arrives + days(1) : arrives;
}

Posted PostOffice::post(Letter letter, Instant at, const Delivery& how) {
  SHINSA_ASSERT(how.delay >= Duration{}, "a letter cannot arrive before it was posted");
  const Instant arrives = how.lost ? kNever : arrival_of(at, how.delay);
  return letters_.emplace_back(Posted{std::move(letter), letters_.size() + 1, at, arrives});
}

std::vector<Posted> PostOffice::arrived(std::string_view address, Instant at) const {
  std::vector<Posted> letters;
  std::copy_if(letters_.begin(), letters_.end(), std::back_inserter(letters),
               [&](const Posted& posted) {
                 return posted.arrives != kNever && posted.arrives <= at &&
                        same_address(posted.letter.to_address, address);
               });
  std::sort(letters.begin(), letters.end(), [](const Posted& a, const Posted& b) {
    return std::tie(a.arrives, a.sequence) < std::tie(b.arrives, b.sequence);
  });
  return letters;
}

}  // namespace shinsa::fakes::post_office
