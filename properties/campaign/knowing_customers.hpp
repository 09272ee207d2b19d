/// Customers who are made of what they know and of habits: functions over that knowledge.
#pragma once

#include "properties/campaign/customers.hpp"

namespace shinsa::properties::campaign {

/// What `Customers` asks of a system, as functions; see there.
template <class Knowledge>
struct Habits {
  std::size_t verbs;
  Plan (*beginning)(sim::Stream& dice, std::size_t readings);
  Command (*next)(sim::Stream& dice, const Knowledge& knowledge);
  Beginning (*beginning_of)(const Plan& plan);
  std::vector<Said> (*always_given)();
  Said (*given)(const Command& give, Instant start);
  Said (*request_of)(const Command& command, const Knowledge& knowledge);
  Instant (*when)(const Command& command, Instant now, const Knowledge& knowledge,
                  const Desk& desk);
};

/// @tparam Knowledge  learns from events, and is told of what was sent.
template <class Knowledge>
class KnowingCustomers : public Customers {
 public:
  explicit KnowingCustomers(const Habits<Knowledge>& habits) : habits_(habits) {}

  Plan beginning(sim::Stream& dice, std::size_t readings) override {
    return habits_.beginning(dice, readings);
  }
  Command next(sim::Stream& dice) override { return habits_.next(dice, knowledge_); }
  [[nodiscard]] std::size_t verbs() const override { return habits_.verbs; }
  [[nodiscard]] Beginning beginning_of(const Plan& plan) const override {
    return habits_.beginning_of(plan);
  }
  [[nodiscard]] const std::vector<Said>& always_given() const override {
    static const std::vector<Said> all = habits_.always_given();  // the same in every run
    return all;
  }
  [[nodiscard]] Said given(const Command& give, Instant start) const override {
    return habits_.given(give, start);
  }
  [[nodiscard]] Said request_of(const Command& command) const override {
    return habits_.request_of(command, knowledge_);
  }
  [[nodiscard]] Instant when(const Command& command, Instant now, const Desk& desk) const override {
    return habits_.when(command, now, knowledge_, desk);
  }
  void sent(const Command& command) override { knowledge_.sent(command); }
  void learn(const Event& event, const Facts& facts) override { knowledge_.learn(event, facts); }

 private:
  const Habits<Knowledge> habits_;
  Knowledge knowledge_;
};

}  // namespace shinsa::properties::campaign
