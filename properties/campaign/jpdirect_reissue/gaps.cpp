#include "properties/campaign/jpdirect_reissue/gaps.hpp"

#include <algorithm>

namespace shinsa::properties::campaign::jpdirect_reissue {

Instant after_gap(const Command& command, Instant now, const Knowledge& knowledge,
                  const Desk& desk) {
  if (command.gap < kToMonth) return now + kGaps[command.gap];
  if (command.gap == kToOpening) return next_open(now + seconds(1), desk);
  const Known* certificate = knowledge.known(command.certificate);
  if (!certificate) return now;
  Instant to = now;
  if (command.gap == kToMonth) to = start_of_month(certificate->end) - seconds(1);
  if (command.gap == kIntoMonth) to = start_of_month(certificate->end);
  if (command.gap == kToEnd) to = certificate->end;
  if (command.gap == kPastEnd) to = certificate->end + seconds(1);
  return std::max(to, now);
}

}  // namespace shinsa::properties::campaign::jpdirect_reissue
