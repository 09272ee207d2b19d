#include "cli/serve/keeper.hpp"

#include <algorithm>

#include "fakes/cast/certificate_file.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::cli {

namespace {

constexpr std::size_t kWorthIt = 1'024;  // events: to forget fewer costs more than it saves

}  // namespace

const sim::TypeSet& Shredder::watches() const {
  static constexpr sim::TypeSet types{kType<"order.requested">, kType<"mail.sent">};
  return types;
}

void Shredder::observe(const Event& event, sim::Stage& stage) {
  if (event.type == kType<"mail.sent">) {
    ++sent_;
    return;
  }
  for (const std::string& one : doomed_) stage.artefacts.erase(one);
  doomed_.clear();
  while (shredded_ + letters_ < sent_)
    stage.artefacts.erase("mail/" + std::to_string(++shredded_) + ".eml");
}

Keeper::Keeper(std::size_t kept, sim::Simulation& simulation)
    : kept_(kept), simulation_(&simulation), shredder_(kept) {
  SHINSA_ASSERT(kept > 0, "the newest order is always kept");
  simulation.watch(shredder_);
}

void Keeper::clear_up(fakes::acme::SimulationDesk& desk, fakes::acme::Server& server) {
  if (!take_new_orders() || orders_.size() <= kept_) return;
  forget_orders(desk, server);
  forget_trace();
}

/// @return whether there are any.
bool Keeper::take_new_orders() {
  const auto& trace = simulation_->trace();
  const std::size_t gone = simulation_->forgotten();
  bool there_are = false;
  for (; seen_ < gone + trace.size(); ++seen_) {
    const sim::Stepped& stepped = trace[seen_ - gone];
    if (stepped.event.type != kType<"order.requested"> || !stepped.outcome.accepted) continue;
    orders_.push_back({std::string(simulation_->facts().text(stepped.event.subject)), seen_ + 1});
    there_are = true;
  }
  return there_are;
}

void Keeper::forget_orders(fakes::acme::SimulationDesk& desk, fakes::acme::Server& server) {
  const auto newest = orders_.end() - static_cast<std::ptrdiff_t>(kept_);
  const auto gone = std::remove_if(orders_.begin(), newest, [&](const Order& order) {
    if (!desk.is_over(order.subject)) return false;
    if (const auto* view = desk.order(order.subject); view && !view->certificate.empty())
      shredder_.add(fakes::cast::certificate_file(view->certificate));
    server.forget(order.subject);
    desk.forget(order.subject);
    return true;
  });
  orders_.erase(gone, newest);
}

void Keeper::forget_trace() {
  const std::size_t first = orders_[orders_.size() - kept_].line;  // that stays
  const std::size_t count = first - 1 - std::min(first - 1, simulation_->forgotten());
  if (count >= std::max(kWorthIt, simulation_->trace().size() / 2))
    simulation_->forget_trace(count);
}

}  // namespace shinsa::cli
