#include "properties/campaign/dedicated_renewal/drawer.hpp"

#include <array>

#include "properties/campaign/dedicated_renewal/gaps.hpp"
#include "properties/campaign/dedicated_renewal/given.hpp"
#include "properties/campaign/dedicated_renewal/requests.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

Plan Drawer::beginning(std::size_t readings) {
  Plan plan;
  plan.start = below(kStarts);
  plan.conduct = dice_.chance(0.3) ? 0 : below(kConducts);
  plan.fault = dice_.chance(0.5) ? 0 : below(kFaults);
  plan.reading = dice_.chance(0.5) ? 0 : below(readings);
  const std::size_t given = dice_.chance(0.6) ? 1 : 1 + below(kGivenMax);
  for (std::size_t i = 0; i < given; ++i) {
    Command give{Verb::give, 0, static_cast<std::uint8_t>(i), 0, 0};
    give.application = below(kWho.size());
    give.variant = static_cast<std::uint8_t>(below(kBrandCount) +
                                             kBrandCount * below(dice_.chance(0.7) ? 5 : kEnds));
    plan.commands.push_back(give);
  }
  return plan;
}

Command Drawer::next(const Knowledge& knowledge) {
  Command c = dice_.chance(0.12) ? anything() : useful(knowledge);
  if (c.gap == 0) c.gap = gap();
  return c;
}

/// In order with probability p, else one of the other `n - 1` variants.
std::uint8_t Drawer::variant(double p, std::size_t n) {
  return dice_.chance(p) ? 0 : static_cast<std::uint8_t>(1 + below(n - 1));
}

std::uint8_t Drawer::gap() {
  static constexpr std::array<std::uint8_t, 20> weighted{0, 0, 0, 0, 1, 1, 1, 1, 2, 2,
                                                         2, 2, 3, 3, 4, 4, 5, 6, 7, 8};
  if (dice_.chance(0.05))
    return static_cast<std::uint8_t>(kToNotice + below(kGapCount - kToNotice));
  return weighted[below(weighted.size())];
}

Command Drawer::anything() {
  Command c;
  c.verb = static_cast<std::uint8_t>(1 + below(kVerbs - 1));
  c.application = below(kRenewals);
  c.certificate = below(4);
  c.variant = below(kDocuments);
  return c;
}

Command Drawer::useful(const Knowledge& knowledge) {
  const auto& certificates = knowledge.certificates();
  Command c;
  c.verb = Verb::visit;
  if (certificates.empty()) return c;
  // The newest certificate is the most likely one.
  c.certificate = static_cast<std::uint8_t>(dice_.chance(0.6) ? certificates.size() - 1
                                                              : below(certificates.size()));
  const Known& certificate = certificates[c.certificate];
  const Renewal* order = knowledge.order_for(certificate);
  if (order) c.application = static_cast<std::uint8_t>(order - knowledge.renewals().data());
  if (dice_.chance(0.1)) {
    c.variant = below(4);
  } else if (!certificate.asked && dice_.chance(0.6)) {
    c.gap = dice_.chance(0.5) ? kToNotice : kIntoNotice;  // until somebody asks
  } else if (!order || (!certificate.wants && dice_.chance(0.4))) {
    c.verb = Verb::answer;
    c.variant = dice_.chance(0.8) ? 0 : 1;
    if (dice_.chance(0.08)) c.gap = kToEnd;  // before anybody can order
  } else if (dice_.chance(0.04)) {
    c.verb = Verb::answer;
    c.variant = below(2);
  } else {
    lead_on(c, *order);
  }
  return c;
}

/// So late that the successor, if it is still a renewal, ends soon.
constexpr std::array kAYearOn{kNextNotice,     kNextNotice,  kNextNotice,
                              kPastNextNotice, kNearNextEnd, kNearNextEnd};

/// The next step of an order.
void Drawer::lead_on(Command& c, const Renewal& renewal) {
  if (!renewal.confirmed && dice_.chance(0.05)) {
    c.verb = Verb::prepare;
  } else if (!renewal.confirmed && (renewal.by_transfer ? dice_.chance(0.9) : dice_.chance(0.08))) {
    c.verb = Verb::transfer;
    c.variant = dice_.chance(0.35) ? 4 : variant(0.6, kTransfers);
  } else if (!renewal.confirmed) {
    c.verb = Verb::press;
    c.variant = variant(0.8, kPresses);
    if (c.variant == 0) c.gap = 1;
  } else if (!renewal.asked || (renewal.answered && !renewal.issued && dice_.chance(0.5))) {
    c.verb = Verb::prepare;
    c.variant = dice_.chance(0.5) ? 0 : below(kDocuments);
  } else if (!renewal.answered) {
    c.verb = Verb::review;
    c.variant = dice_.chance(0.85) ? 0 : 1;
    if (dice_.chance(0.2)) c.gap = static_cast<std::uint8_t>(kToEnd + below(2));
    if (dice_.chance(0.18)) c.gap = kAYearOn[below(kAYearOn.size())];
  } else if (renewal.issued && dice_.chance(0.5)) {
    c.verb = Verb::visit;
    c.gap = dice_.chance(0.5) ? kIntoNotice : 0;
  } else if (dice_.chance(0.3)) {
    c.verb = Verb::press;
    c.variant = below(kPresses);
  } else {
    c.verb = Verb::visit;
    c.gap = static_cast<std::uint8_t>(dice_.chance(0.3) ? kToEnd + below(2) : 0);
  }
}

}  // namespace shinsa::properties::campaign::dedicated_renewal
