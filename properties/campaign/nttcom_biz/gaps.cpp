#include "properties/campaign/nttcom_biz/gaps.hpp"

#include <algorithm>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/calendar.hpp"
#include "properties/campaign/nttcom_biz/given.hpp"

namespace shinsa::properties::campaign::nttcom_biz {

namespace {

/// When the provider starts the renewal of what ends then.
Instant renewal_of(Instant end) {
  constexpr auto before = tables::kNumbers[kNumber<"ASM-41", "months_before">].number;
  return start_of(plus_months(date_of(start_of_month(end)), -static_cast<int>(before)));
}

}  // namespace

Instant after_gap(const Command& command, Instant now, const Knowledge& knowledge) {
  const Order& order = knowledge.orders()[command.application % kApplications];
  const Instant next_month = start_of(plus_months(date_of(start_of_month(now)), 1));
  constexpr auto link_days = tables::kNumbers[kNumber<"NTT-12", "days">].number;
  Instant to = now;
  switch (command.gap) {
    case kToLapse:
    case kPastLapse:
      if (!order.links.empty()) to = order.links.back().sent + days(link_days);
      break;
    case kToMonth:
    case kIntoMonth:
      to = next_month;
      break;
    case kToService:
    case kIntoService:
      to = *parse_instant(kSecondStart);
      if (to - now > days(400)) to = now;
      break;
    case kIntoRenewal:
      if (order.end != Instant{}) to = renewal_of(order.end);
      break;
    case kPastTheGiven:
      if (const auto end = knowledge.end_of_given()) to = *end + seconds(1);
      break;
    default:
      return now + kGaps[command.gap % kGaps.size()];
  }
  if (command.gap == kToLapse || command.gap == kToMonth || command.gap == kToService)
    to = to - seconds(1);
  return std::max(to, now);
}

}  // namespace shinsa::properties::campaign::nttcom_biz
