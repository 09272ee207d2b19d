#include "properties/campaign/dedicated_renewal/gaps.hpp"

#include <algorithm>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

Instant after_gap(const Command& command, Instant now, const Knowledge& knowledge) {
  constexpr auto before = tables::kNumbers[kNumber<"REN-05", "days">].number;
  constexpr auto beside = tables::kNumbers[kNumber<"REN-05", "days_tolerance">].number;
  if (command.gap < kToNotice) return now + kGaps[command.gap];
  const Known* certificate = knowledge.known(command.certificate);
  if (!certificate) return now;
  const Instant day = start_of(date_of(certificate->end));
  Instant to = now;
  if (command.gap == kToNotice) to = day - days(before - beside - 1);
  if (command.gap == kIntoNotice) to = day - days(before + beside);
  const Instant next = start_of(plus_years(date_of(certificate->end), 1));
  if (command.gap == kNextNotice) to = next - days(before);
  if (command.gap == kPastNextNotice) to = next - days(before / 2);
  if (command.gap == kNearNextEnd) to = next - days(3);
  if (command.gap == kToEnd) to = certificate->end;
  if (command.gap == kPastEnd) to = certificate->end + seconds(1);
  return std::max(to, now);
}

}  // namespace shinsa::properties::campaign::dedicated_renewal
