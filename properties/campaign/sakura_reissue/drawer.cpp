#include "properties/campaign/sakura_reissue/drawer.hpp"

#include <array>

#include "model/catalogue/ids.hpp"
#include "properties/campaign/sakura_reissue/gaps.hpp"
#include "properties/campaign/sakura_reissue/given.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

Plan Drawer::beginning(std::size_t readings) {
  Plan plan;
  plan.start = below(kStarts);
  plan.conduct = below(kConducts);
  plan.fault = dice_.chance(0.6) ? 0 : below(kFaults);
  plan.reading = dice_.chance(0.5) ? 0 : below(readings);
  const std::size_t orders = 1 + (dice_.chance(0.4) ? below(kOrders) : 0);
  for (std::uint8_t i = 0; i < orders; ++i) {
    constexpr std::array variants{kCertificateVariants, kEntryVariants, kSiteVariants};
    for (std::uint8_t what = 0; what < kGivenKinds; ++what) {
      if (what == kSite && dice_.chance(0.05)) continue;
      Command one{Verb::give, i, what, 0, 0};
      const double in_order = what == kCertificate ? 0.4 : 0.75;
      one.variant = variant(in_order, variants[what]);
      plan.commands.push_back(one);
    }
  }
  return plan;
}

Command Drawer::next(const Knowledge& knowledge) {
  Command c = dice_.chance(0.1) ? anything() : useful(knowledge);
  if (c.gap == 0) c.gap = gap();
  return c;
}

std::uint8_t Drawer::gap() {
  static constexpr std::array<std::uint8_t, 20> weighted{0, 0, 0, 0, 1, 1, 2, 2, 2, 2,
                                                         2, 3, 3, 4, 4, 5, 5, 6, 7, 8};
  if (dice_.chance(0.08)) return static_cast<std::uint8_t>(kToMidnight + below(2));
  if (dice_.chance(0.1)) return static_cast<std::uint8_t>(kToLimit + below(kGapCount - kToLimit));
  return weighted[below(weighted.size())];
}

Command Drawer::anything() {
  Command c;
  c.verb = static_cast<std::uint8_t>(1 + below(kVerbs - 1));
  c.application = below(kOrders);
  c.variant = below(7);
  return c;
}

Command Drawer::useful(const Knowledge& knowledge) {
  Command c;
  c.application = dice_.chance(0.75) ? 0 : below(kOrders);
  if (dice_.chance(0.22)) return on_the_server(knowledge, c);
  if (dice_.chance(0.04)) {
    c.verb = Verb::ask;
    c.variant = below(5);
    return c;
  }
  if (knowledge.visit()) return on_the_screen(knowledge, c);
  c.verb = Verb::login;
  c.application = static_cast<std::uint8_t>(knowledge.logins() % kSessions);
  c.variant = variant(0.75, 5);
  return c;
}

/// So that its certificate ends while the CA validates.
constexpr std::array kBeforeTheEnd{kSoonTheEnd, kNearEnd, kToEnd};

Command Drawer::on_the_screen(const Knowledge& knowledge, Command c) {
  const Row& row = knowledge.row(c.application);
  const std::uint8_t visit = *knowledge.visit();
  if (dice_.chance(0.03)) {
    c.verb = Verb::logout;
    c.application = visit;
  } else if (dice_.chance(0.2) || (row.status.empty() && dice_.chance(0.3))) {
    c.verb = Verb::open;
    c.application = visit;
  } else if (row.screen) {
    c.verb = dice_.chance(0.85) ? Verb::confirm : Verb::click;
    if (dice_.chance(0.05)) c.gap = kBeforeTheEnd[below(kBeforeTheEnd.size())];
    c.variant = c.verb == Verb::confirm && dice_.chance(0.92) ? 0 : 2 + below(2);
  } else if (!row.applied || dice_.chance(0.15)) {
    c.verb = dice_.chance(0.9) ? Verb::click : Verb::confirm;
    c.variant = variant(0.85, 5);
    if (dice_.chance(0.1)) c.gap = kOnceMore;
    if (row.status == kLabel<"SAK-17", "status"> && dice_.chance(0.6)) c.verb = Verb::visit;
  } else {
    c.verb = Verb::visit;
  }
  return c;
}

/// What comes in the way goes away again more often than not.
Command Drawer::on_the_server(const Knowledge& knowledge, Command c) {
  if (knowledge.setting(c.application) && dice_.chance(0.5)) {
    c.verb = Verb::remove_setting;
  } else if (knowledge.failed(c.application) && dice_.chance(0.6)) {
    c.verb = Verb::restore_service;
  } else if (knowledge.elsewhere(c.application) && dice_.chance(0.6)) {
    c.verb = Verb::change_name;
  } else if (knowledge.replaced(c.application) && dice_.chance(0.5)) {
    c.verb = Verb::clear;
  } else {
    static constexpr std::array<std::uint8_t, 12> some{
        Verb::make_setting, Verb::configure,   Verb::configure, Verb::clear,
        Verb::back_up,      Verb::back_up,     Verb::visit,     Verb::fail_service,
        Verb::change_name,  Verb::change_page, Verb::answer,    Verb::visit};
    c.verb = some[below(some.size())];
    c.variant = c.verb == Verb::make_setting ? variant(0.7, 3) : below(7);
    if (c.verb == Verb::configure && knowledge.backed_up(c.application) && dice_.chance(0.5))
      c.variant = 5;
  }
  return c;
}

}  // namespace shinsa::properties::campaign::sakura_reissue
