#include "properties/campaign/jpdirect_acme/gaps.hpp"

#include <algorithm>

namespace shinsa::properties::campaign::jpdirect_acme {

namespace {

Instant eab_end(const Command& command, const Knowledge& knowledge) {
  const std::uint8_t who = customer_of(command.application) == "customer/C2" ? 1 : 0;
  return knowledge.person(who).eab_issued + days(14);
}

Instant string_end(const Command& command, const Knowledge& knowledge) {
  const Order& order = knowledge.order(command.application);
  return order.authorizations.empty() ? Instant{} : order.authorizations.front().offered + days(25);
}

Instant month_end(const Command& command, const Knowledge& knowledge) {
  const Instant completed = knowledge.registration(command.application).completed;
  if (completed == Instant{}) return {};
  const Date day = date_of(completed);
  return last_second_of(end_of_month({day.year + 1, day.month, 1})) + seconds(1);
}

}  // namespace

Instant after_gap(const Command& command, Instant now, const Knowledge& knowledge,
                  const Desk& desk) {
  switch (command.gap) {
    case kToEabEnd:
      return std::max(now, eab_end(command, knowledge) - seconds(1));
    case kPastEabEnd:
      return std::max(now, eab_end(command, knowledge));
    case kToStringEnd:
      return std::max(now, string_end(command, knowledge) - seconds(1));
    case kPastStringEnd:
      return std::max(now, string_end(command, knowledge));
    case kToMonthEnd:
      return std::max(now, month_end(command, knowledge) - seconds(1));
    case kPastMonthEnd:
      return std::max(now, month_end(command, knowledge));
    case kToOpening:
      return next_open(now, desk);
    case kToDueDate:
      return last_second_of(plus_days(date_of(now), 30));
    default:
      return now + kGaps[command.gap % kGaps.size()];
  }
}

}  // namespace shinsa::properties::campaign::jpdirect_acme
