#include "cli/serve/keeper.hpp"

#include <algorithm>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::cli {

namespace {

// Events, or things: to forget fewer costs more than it saves.
constexpr std::size_t kWorthIt = 1'024;
constexpr std::size_t kThingsOfAnOrder = 5;
constexpr std::size_t kEventsOfAnOrder = 64;

}  // namespace

Keeper::Keeper(std::size_t kept, sim::Simulation& simulation, fakes::Cast& cast)
    : kept_(kept), simulation_(&simulation) {
  SHINSA_ASSERT(kept > 0, "the newest order is always kept");
  cast.keep_letters(kept);
}

void Keeper::clear_up(fakes::acme::SimulationDesk& desk, fakes::acme::Server& server,
                      properties::Monitor* laws) {
  if (take_new_orders() && orders_.size() > kept_) forget_orders(desk, server);
  forget_things(desk, laws);
  forget_trace();
}

/// @return whether there are any, refused ones included.
bool Keeper::take_new_orders() {
  const auto& trace = simulation_->trace();
  const std::size_t gone = simulation_->forgotten();
  bool there_are = false;
  for (; seen_ < gone + trace.size(); ++seen_) {
    const sim::Stepped& stepped = trace[seen_ - gone];
    if (stepped.event.type != kType<"order.requested">) continue;
    there_are = true;
    const TextId subject = stepped.event.subject;
    if (stepped.outcome.accepted())
      orders_.push_back({std::string(simulation_->facts().text(subject)), seen_ + 1});
    else
      refused_.push_back(subject);
  }
  return there_are;
}

void Keeper::forget_orders(fakes::acme::SimulationDesk& desk, fakes::acme::Server& server) {
  const auto newest = orders_.end() - static_cast<std::ptrdiff_t>(kept_);
  const auto gone = std::remove_if(orders_.begin(), newest, [&](const Order& order) {
    if (!desk.is_over(order.subject)) return false;
    server.forget(order.subject);
    const std::vector<TextId> things = desk.forget(order.subject);
    over_.insert(over_.end(), things.begin(), things.end());
    return true;
  });
  orders_.erase(gone, newest);
}

void Keeper::forget_things(fakes::acme::SimulationDesk& desk, properties::Monitor* laws) {
  if (over_.size() + refused_.size() < std::max(kWorthIt, kept_ * kThingsOfAnOrder / 2)) return;
  for (const TextId order : refused_) {
    const std::vector<TextId> things = desk.forget(simulation_->facts().text(order));
    over_.insert(over_.end(), things.begin(), things.end());
  }
  refused_.clear();
  const auto gone = std::partition(over_.begin(), over_.end(),
                                   [this](TextId thing) { return still_counts(thing); });
  std::vector<TextId> things(gone, over_.end());
  over_.erase(gone, over_.end());
  std::ranges::sort(things);
  simulation_->forget(things);
  if (laws) laws->forget(things);
}

/// A certificate that is active, where the limit of two is one of both editions together (ACM-Q20).
bool Keeper::still_counts(TextId thing) const {
  using Together = ReadingChoice<"ACM-Q20", "together">;
  const model::World& system = simulation_->system();
  return system.profile().readings[Together::reading] == Together::alternative &&
         simulation_->facts().text(thing).starts_with("certificate/") &&
         system.states_of(thing).starts_with("Active");
}

/// Where much else happens beside orders, only so many events stay as orders have at most.
void Keeper::forget_trace() {
  const std::size_t size = simulation_->trace().size();
  const std::size_t most = kept_ * kEventsOfAnOrder;
  const std::size_t gone = simulation_->forgotten();
  std::size_t first = gone + 1;  // line that stays
  if (orders_.size() >= kept_) first = std::max(first, orders_[orders_.size() - kept_].line);
  if (size > most) first = std::max(first, gone + size - most + 1);
  const std::size_t count = first - gone - 1;
  if (count >= std::max(kWorthIt, size / 2)) simulation_->forget_trace(count);
}

}  // namespace shinsa::cli
