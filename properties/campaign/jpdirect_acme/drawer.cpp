#include "properties/campaign/jpdirect_acme/drawer.hpp"

#include <algorithm>
#include <array>

#include "properties/campaign/jpdirect_acme/gaps.hpp"
#include "properties/campaign/jpdirect_acme/requests.hpp"

namespace shinsa::properties::campaign::jpdirect_acme {

Plan Drawer::beginning(std::size_t readings) {
  Plan plan;
  plan.start = below(kStarts);
  plan.conduct = below(kConducts);
  plan.fault = dice_.chance(0.5) ? 0 : below(kFaults);
  plan.reading = dice_.chance(0.6) ? 0 : below(readings);
  const bool settled = dice_.chance(0.65);  // an account and a registration from before
  if (settled) plan.commands.push_back({Verb::give, 0, 0, 0, 0});
  if (settled) plan.commands.push_back({Verb::give, 0, 1, below(kRegistrable * 5), below(4)});
  if (settled && dice_.chance(0.4))
    plan.commands.push_back({Verb::give, 1, 1, below(kRegistrable * 5), below(4)});
  if (dice_.chance(0.1)) plan.commands.push_back({Verb::give, 3, 0, 0, 0});
  const std::size_t conventional = dice_.chance(0.6) ? 0 : 1 + below(2);
  const std::uint8_t alike = dice_.chance(0.6) ? 0 : below(10);
  for (std::size_t i = 0; i < conventional; ++i)
    plan.commands.push_back({Verb::give, static_cast<std::uint8_t>(i), 2, alike, 0});
  return plan;
}

Command Drawer::next(const Knowledge& knowledge) {
  Command c = dice_.chance(0.08) ? anything() : useful(knowledge);
  if (c.gap == 0) c.gap = gap();
  return c;
}

/// In order with probability p, else one of the other `n - 1` variants.
std::uint8_t Drawer::variant(double p, std::size_t n) {
  return dice_.chance(p) ? 0 : static_cast<std::uint8_t>(1 + below(n - 1));
}

std::uint8_t Drawer::gap() {
  static constexpr std::array<std::uint8_t, 20> weighted{0, 0, 0, 0, 1, 1, 1, 2, 2, 2,
                                                         3, 3, 3, 3, 4, 5, 5, 6, 7, 8};
  if (dice_.chance(0.05)) return kToOpening;
  if (dice_.chance(0.01)) return kGaps.size() - 1;
  return weighted[below(weighted.size())];
}

Command Drawer::anything() {
  Command c;
  c.verb = static_cast<Verb>(1 + below(kVerbs - 1));
  c.application = below(kThings);
  c.certificate = below(4);
  c.variant = below(14);
  return c;
}

Command Drawer::useful(const Knowledge& knowledge) {
  Command c;
  c.application = dice_.chance(0.75) ? 0 : below(kThings);
  c.certificate = below(4);
  const std::uint8_t who = c.application == kThings - 1 ? 1 : 0;
  if (dice_.chance(0.05)) {
    c.verb = dice_.chance(0.6) ? Verb::ask : Verb::join;
    c.variant = below(6);
    return c;
  }
  const bool has_account = !knowledge.account_for(c.application).empty();
  const bool applied = !knowledge.person(who).eab.empty();
  if (!has_account && dice_.chance(applied ? 0.5 : 0.95)) {
    before_there_is_an_account(c, knowledge);
  } else if (!knowledge.registration(c.application).complete && dice_.chance(0.85)) {
    registration(c, knowledge);
  } else if (dice_.chance(0.1)) {
    afterwards(c, knowledge);
  } else {
    order(c, knowledge);
  }
  return c;
}

void Drawer::before_there_is_an_account(Command& c, const Knowledge& knowledge) {
  const std::uint8_t who = c.application == kThings - 1 ? 1 : 0;
  const Person& person = knowledge.person(who);
  if (person.eab.empty() && !(person.pressed && dice_.chance(0.3))) {
    c.verb = Verb::apply;
    c.application = dice_.chance(0.9) ? who : below(kCustomers);
    c.variant = variant(0.75, 3);
  } else if (dice_.chance(0.12)) {
    c.verb = Verb::apply;  // once more
    c.application = who;
  } else if (dice_.chance(0.15)) {
    c.verb = Verb::ask;
    c.variant = 3;
    c.gap = dice_.chance(0.7) ? kPastEabEnd : 0;
  } else {
    c.verb = Verb::account;
    c.variant = variant(0.6, kAccountVariants);
    if (dice_.chance(0.25)) c.gap = dice_.chance(0.5) ? kToEabEnd : kPastEabEnd;
  }
}

void Drawer::registration(Command& c, const Knowledge& knowledge) {
  const Registration& r = knowledge.registration(c.application);
  if (r.screen == 0) {
    c.verb = Verb::draft;
    c.certificate = dice_.chance(0.5) ? 0 : below(kRegistrable);
    c.variant = variant(0.7, kDraftVariants);
  } else if (r.screen < 5) {
    c.verb = dice_.chance(0.07) ? Verb::draft : Verb::screen;
    c.variant = c.verb == Verb::draft ? 0 : variant(0.8, kScreenVariants);
  } else if (!r.paid || dice_.chance(0.5)) {
    c.verb = Verb::pay;
    c.variant = variant(0.6, 5);
    if (dice_.chance(0.1)) c.gap = kToDueDate;
  } else {
    afterwards(c, knowledge);
  }
}

void Drawer::order(Command& c, const Knowledge& knowledge) {
  const Order& o = knowledge.order(c.application);
  if (!o.asked) {
    c.verb = Verb::order;
    c.variant = dice_.chance(0.6) ? below(3) : below(kOrderVariants);
    if (dice_.chance(0.15)) c.gap = dice_.chance(0.5) ? kToMonthEnd : kPastMonthEnd;
    return;
  }
  if (!o.certificate.empty()) return afterwards(c, knowledge);
  const auto empty = std::ranges::find(o.authorizations, false, &Authorization::placed);
  const auto open = std::ranges::find(o.authorizations, false, &Authorization::answered);
  if (o.ready()) {
    c.verb = dice_.chance(0.2) ? Verb::publish : Verb::finalize;
    c.variant = c.verb == Verb::publish ? below(7) : variant(0.7, 6);
    if (dice_.chance(0.15)) c.gap = dice_.chance(0.5) ? kToMonthEnd : kPastMonthEnd;
  } else if (empty != o.authorizations.end()) {
    c.verb = Verb::place;
    c.certificate = static_cast<std::uint8_t>(empty - o.authorizations.begin());
    c.variant = dice_.chance(0.65) ? below(3) : below(kPlaceVariants);
  } else if (open != o.authorizations.end()) {
    c.verb = Verb::respond;
    c.certificate = static_cast<std::uint8_t>(open - o.authorizations.begin());
    c.variant = dice_.chance(0.85) ? static_cast<std::uint8_t>(open->by_file) : below(6);
    if (dice_.chance(open->silent ? 0.4 : 0.12))
      c.gap = dice_.chance(0.5) ? kToStringEnd : kPastStringEnd;
  } else if (const auto fresh = knowledge.fresh_order(c.application); fresh < kThings) {
    c.verb = Verb::order;  // it came to nothing, or will
    c.application = fresh;
    c.variant = below(3);
  } else if (dice_.chance(0.1)) {
    c.verb = Verb::respond;
    c.variant = below(3);
  } else {
    afterwards(c, knowledge);
  }
}

void Drawer::afterwards(Command& c, const Knowledge& knowledge) {
  static constexpr std::array verbs{Verb::look,     Verb::correct, Verb::transfer,  Verb::refund,
                                    Verb::download, Verb::visit,   Verb::configure, Verb::revoke,
                                    Verb::order,    Verb::order};
  c.verb = verbs[below(verbs.size())];
  c.certificate = static_cast<std::uint8_t>(
      dice_.chance(0.6) && knowledge.certificates() ? knowledge.certificates() - 1 : below(4));
  c.variant = below(5);
  if (c.verb != Verb::order) return;
  const auto fresh = knowledge.fresh_order(c.application);
  if (fresh == kThings) c.verb = Verb::look;
  c.application = fresh == kThings ? 0 : fresh;
  c.variant = below(3);
}

}  // namespace shinsa::properties::campaign::jpdirect_acme
