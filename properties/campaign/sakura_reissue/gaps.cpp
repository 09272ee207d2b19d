#include "properties/campaign/sakura_reissue/gaps.hpp"

#include <algorithm>

#include "model/catalogue/ids.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

Instant after_gap(const Command& command, Instant now, const Knowledge& knowledge) {
  if (command.gap < kToMidnight) return now + kGaps[command.gap];
  const Instant midnight = last_second_of(date_of(now)) + seconds(1);
  if (command.gap == kToMidnight) return std::max(now, midnight - seconds(3));
  if (command.gap == kNearMidnight) return std::max(now, midnight - seconds(2));
  const Instant last = knowledge.row(command.application).end;
  if (last == Instant{}) return now;
  constexpr auto days_left = tables::kNumbers[kNumber<"SAK-04", "days">].number;
  const Instant limit = last + seconds(1) - days(days_left);
  Instant to = now;
  if (command.gap == kToLimit) to = limit;
  if (command.gap == kPastLimit) to = limit + seconds(1);
  if (command.gap == kBeforeLimit) to = limit - seconds(2);
  if (command.gap == kToEnd) to = last;
  if (command.gap == kPastEnd) to = last + seconds(1);
  if (command.gap == kNearEnd) to = last - seconds(1);
  if (command.gap == kSoonTheEnd) to = last - minutes(90);
  return std::max(to, now);
}

}  // namespace shinsa::properties::campaign::sakura_reissue
