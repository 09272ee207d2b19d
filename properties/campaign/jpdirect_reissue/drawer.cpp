#include "properties/campaign/jpdirect_reissue/drawer.hpp"

#include <algorithm>
#include <array>

#include "properties/campaign/jpdirect_reissue/gaps.hpp"

namespace shinsa::properties::campaign::jpdirect_reissue {

Plan Drawer::beginning(std::size_t readings) {
  Plan plan;
  plan.start = below(kStarts);
  plan.conduct = below(kConducts);
  plan.fault = dice_.chance(0.5) ? 0 : below(kFaults);
  plan.reading = dice_.chance(0.5) ? 0 : below(readings);
  const std::size_t given = dice_.chance(0.4) ? 0 : 1 + below(kGivenMax);
  for (std::size_t i = 0; i < given; ++i) {
    Command give{Verb::give, 0, static_cast<std::uint8_t>(i), 0, 0};
    give.application = dice_.chance(0.7) ? 0 : below(kNames.size());
    give.variant = dice_.chance(0.45) ? below(2) : below(10);
    plan.commands.push_back(give);
  }
  return plan;
}

Command Drawer::next(const Knowledge& knowledge) {
  const bool any = dice_.chance(0.12);
  Command c = any ? anything() : useful(knowledge);
  if (c.gap == 0) c.gap = gap();
  return c;
}

/// In order with probability p, else one of the other `n - 1` variants.
std::uint8_t Drawer::variant(double p, std::size_t n) {
  return dice_.chance(p) ? 0 : static_cast<std::uint8_t>(1 + below(n - 1));
}

std::uint8_t Drawer::gap() {
  static constexpr std::array<std::uint8_t, 20> weighted{0, 0, 1, 1, 2, 3, 3, 3, 4, 4,
                                                         5, 5, 5, 5, 6, 6, 7, 7, 8, 9};
  if (dice_.chance(0.08)) return kToOpening;
  if (dice_.chance(0.05)) return static_cast<std::uint8_t>(kToMonth + below(kGapCount - kToMonth));
  return weighted[below(weighted.size())];
}

Command Drawer::anything() {
  Command c;
  c.verb = static_cast<Verb>(1 + below(kVerbs - 1));
  c.application = below(kApplications);
  c.certificate = below(4);
  c.variant = below(14);
  return c;
}

Command Drawer::useful(const Knowledge& knowledge) {
  const auto& orders = knowledge.orders();
  const auto& certificates = knowledge.certificates();
  Command c;
  c.application = below(3);
  if (dice_.chance(0.15)) c.application = below(kApplications);
  const Order& order = orders[c.application];
  const std::size_t known = std::max<std::size_t>(certificates.size(), 1);
  // The newest certificate is the most likely one.
  c.certificate = static_cast<std::uint8_t>(dice_.chance(0.5) ? known - 1 : below(known));
  const std::uint8_t soon = knowledge.just_approved();
  if (soon < kApplications && !orders[soon].issued && dice_.chance(0.6)) {
    c.application = soon;
    before_issue(orders[soon], c);
  } else if (dice_.chance(0.08)) {
    c.verb = Verb::page;
  } else if (dice_.chance(0.03)) {
    c.verb = Verb::ask;
    c.variant = below(6);
  } else if (!order.opened) {
    const bool reissue = !certificates.empty() && dice_.chance(0.75);
    c.verb = reissue ? Verb::inquire : Verb::order;
    if (!reissue) c.certificate = dice_.chance(0.6) ? 0 : below(kNames.size());
    c.variant = reissue ? variant(0.7, 4) : (dice_.chance(0.75) ? order_variant() : below(9));
  } else if (order.issued) {
    after_issue(c);
  } else if (order.is_order && !order.paid) {
    c.verb = dice_.chance(0.08) ? Verb::resubmit : Verb::pay;
    c.variant = dice_.chance(0.4) ? 0 : dice_.chance(0.4) ? 3 : below(5);
  } else if (!order.is_order && order.guided && order.forms == 0) {
    c.verb = Verb::form;
    c.variant = dice_.chance(0.55)   ? 0
                : dice_.chance(0.35) ? static_cast<std::uint8_t>(10 + below(4))
                                     : below(14);
    if (dice_.chance(0.3)) c.gap = kToOpening;  // while people are there for what follows
  } else if (order.approved && dice_.chance(0.1)) {
    before_issue(order, c);
  } else if (!order.code.empty() && !order.approved) {
    c.verb = dice_.chance(0.1) ? Verb::resubmit : Verb::approve;
    c.variant = c.verb == Verb::resubmit ? below(6) : variant(0.85, 2);
    if (dice_.chance(0.45)) c.gap = kAMoment;  // before the CA is ready to issue
  } else if (!order.is_order && order.guided && dice_.chance(0.6)) {
    c.verb = Verb::form;  // the form before may have been refused
    c.variant = dice_.chance(0.6) ? 0 : below(14);
  } else if (!certificates.empty() && dice_.chance(0.5)) {
    after_issue(c);
  } else {
    c.verb = dice_.chance(0.3) ? Verb::resubmit : Verb::page;
    c.variant = below(5);
  }
  return c;
}

std::uint8_t Drawer::order_variant() {
  static constexpr std::array<std::uint8_t, 6> sound{0, 0, 0, 6, 1, 7};
  return sound[below(sound.size())];
}

/// While the CA telephones or is about to issue: there is little time to come in between.
void Drawer::before_issue(const Order& order, Command& c) {
  c.gap = dice_.chance(0.6) ? kAMoment : 1;
  c.variant = below(2);
  if (order.is_order || dice_.chance(0.3)) {
    c.verb = Verb::resubmit;
    return;
  }
  c.certificate = order.source;
  const bool waits = dice_.chance(0.2);  // until the source has ended
  c.verb = waits ? Verb::page : Verb::revoke;
  if (waits) c.gap = kPastEnd;
}

void Drawer::after_issue(Command& c) {
  const unsigned what = below(10);
  if (what < 4) {
    c.verb = Verb::revoke;
    c.variant = below(2);
  } else if (what < 6) {
    c.verb = Verb::page;
  } else if (what < 8) {
    c.verb = Verb::configure;
  } else {
    c.verb = Verb::resubmit;
    c.variant = below(6);
  }
}

}  // namespace shinsa::properties::campaign::jpdirect_reissue
