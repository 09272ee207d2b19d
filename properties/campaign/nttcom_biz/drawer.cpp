#include "properties/campaign/nttcom_biz/drawer.hpp"

#include <algorithm>
#include <array>

#include "properties/campaign/nttcom_biz/gaps.hpp"
#include "properties/campaign/nttcom_biz/requests.hpp"

namespace shinsa::properties::campaign::nttcom_biz {

Plan Drawer::beginning(std::size_t readings) {
  Plan plan;
  plan.start = below(kStarts);
  plan.conduct = below(kConducts);
  plan.fault = dice_.chance(0.5) ? 0 : below(kFaults);
  plan.reading = dice_.chance(0.6) ? 0 : below(readings);
  const std::size_t given = dice_.chance(0.5) ? 0 : 1 + below(kGivenMax);
  for (std::size_t i = 0; i < given; ++i) {
    Command give{Verb::give, 0, static_cast<std::uint8_t>(i), 0, 0};
    give.application = dice_.chance(0.6) ? below(3) : below(kNames.size());
    give.variant = dice_.chance(0.6) ? below(3) : below(9);
    plan.commands.push_back(give);
  }
  return plan;
}

Command Drawer::next(const Knowledge& knowledge) {
  Command c = dice_.chance(0.1) ? anything() : useful(knowledge);
  if (c.gap == 0) c.gap = gap();
  return c;
}

/// In order with probability p, else one of the other `n - 1` variants.
std::uint8_t Drawer::variant(double p, std::size_t n) {
  return dice_.chance(p) ? 0 : static_cast<std::uint8_t>(1 + below(n - 1));
}

std::uint8_t Drawer::gap() {
  static constexpr std::array<std::uint8_t, 16> weighted{0, 1, 1, 2, 2, 2, 3, 3,
                                                         4, 4, 4, 5, 5, 6, 7, 9};
  if (dice_.chance(0.12)) return static_cast<std::uint8_t>(kToLapse + below(kGapCount - kToLapse));
  return weighted[below(weighted.size())];
}

Command Drawer::anything() {
  Command c;
  c.verb = static_cast<Verb>(1 + below(kVerbs - 1));
  if (c.verb == Verb::terminate && dice_.chance(0.8)) c.verb = Verb::enter;
  c.application = below(kApplications);
  c.certificate = below(kNames.size());
  c.variant = below(c.verb == Verb::enter ? kFormVariants : 6);
  return c;
}

/// Mostly one that is open.
std::uint8_t Drawer::application(const Knowledge& knowledge) {
  const auto& orders = knowledge.orders();
  for (int i = 0; i < 3; ++i) {
    const std::uint8_t one = below(kApplications);
    if (orders[one].opened && !orders[one].set && !orders[one].cancelled) return one;
  }
  return below(kRegistered);
}

Command Drawer::useful(const Knowledge& knowledge) {
  Command c;
  c.application = application(knowledge);
  const Order& order = knowledge.orders()[c.application];
  if (!knowledge.logged_in() && dice_.chance(0.7)) {
    c.verb = Verb::log_in;
    c.variant = variant(0.75, 4);
  } else if (knowledge.terminated() && dice_.chance(0.5)) {
    c.verb = dice_.chance(0.5) ? Verb::demand : Verb::ask;
    c.variant = below(4);
  } else if (!order.opened) {
    begin(c);
  } else if (order.set) {
    after_the_setting(c);
  } else {
    lead_on(c, order);
  }
  return c;
}

void Drawer::begin(Command& c) {
  if (c.application >= kRegistered) {  // nobody applies for a renewal
    c.verb = Verb::ask;
    c.gap = kPastTheGiven;
    return;
  }
  if (dice_.chance(0.12)) {
    c.verb = Verb::change;
    c.variant = variant(0.6, 3);
    return;
  }
  static constexpr std::array<std::uint8_t, 13> sound{0, 0, 0, 1, 1, 2, 3, 7, 10, 15, 20, 21, 22};
  c.verb = Verb::enter;
  c.certificate = dice_.chance(0.6) ? below(3) : below(kNames.size());
  c.variant = dice_.chance(0.7) ? sound[below(sound.size())] : below(kFormVariants);
  if (c.variant == 9) c.certificate = 1;
}

void Drawer::lead_on(Command& c, const Order& order) {
  const bool soon = order.is_renewal && order.approved && order.certificate.empty();
  if (dice_.chance(soon ? 0.2 : 0.08)) {
    c.verb = Verb::cancel;
    c.variant = dice_.chance(0.6) ? 1 : below(3);
    if (soon) c.gap = 1;  // before the CA issues
  } else if (dice_.chance(0.05)) {
    c.verb = Verb::break_server;
  } else if (dice_.chance(0.02)) {
    c.verb = Verb::terminate;
  } else if (dice_.chance(0.06)) {
    c.verb = Verb::enter;  // while another one is handled
    c.application = below(kRegistered);
    c.variant = dice_.chance(0.5) ? 0 : static_cast<std::uint8_t>(20 + below(2));
  } else if (order.needs_documents && !order.posted) {
    c.verb = Verb::post;
    c.variant = variant(0.75, 2);
  } else if (!order.links.empty() && !order.approved) {
    c.verb = Verb::approve;
    c.variant = variant(0.75, 3);
    if (dice_.chance(0.15)) c.gap = dice_.chance(0.5) ? kToLapse : kPastLapse;
  } else if (!order.links.empty() && order.certificate.empty()) {
    c.verb = Verb::approve;  // the other link, perhaps
    c.variant = dice_.chance(0.6) ? 2 : 0;
  } else if (order.failed) {
    c.verb = dice_.chance(0.5) ? Verb::repair : Verb::mend;
  } else if (order.in_vain && !order.forwarded) {
    c.verb = order.lifted && dice_.chance(0.6) ? Verb::report : Verb::lift;
    c.variant = variant(0.8, 3);
  } else {
    static constexpr std::array<std::uint8_t, 5> idle{Verb::ask, Verb::report, Verb::name_contact,
                                                      Verb::demand, Verb::lift};
    c.verb = idle[below(idle.size())];
    c.variant = below(3);
  }
}

void Drawer::after_the_setting(Command& c) {
  const unsigned what = below(10);
  if (what < 4) {
    c.verb = Verb::cancel;
    c.variant = variant(0.5, 6);
    if (dice_.chance(0.2)) c.gap = kIntoRenewal;
  } else if (what < 5) {
    c.verb = Verb::name_contact;
    c.variant = below(2);
  } else if (what < 7) {
    c.verb = Verb::demand;
    c.variant = below(8);
  } else {
    c.verb = Verb::ask;  // and let time pass
    c.gap = dice_.chance(0.5) ? kIntoMonth : std::uint8_t{9};
  }
}

}  // namespace shinsa::properties::campaign::nttcom_biz
