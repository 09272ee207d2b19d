/// How the monitor of every system goes through a trace: each event is held against the laws and
/// what the trace said before it, then the ledger enters it.
#pragma once

#include <algorithm>
#include <vector>

#include "properties/laws/law.hpp"

namespace shinsa::properties {

/// What was done at the present instant, since somebody outside last did something. Refusals are
/// passed over: each of several requests may be refused in the same words.
class JustDone {
 public:
  /// @return whether the very same was just done, word for word.
  bool again(const Event& event) {
    const bool done = event.row().sort == Sort::action;
    if (!done || event.time != at_) done_.clear();
    at_ = event.time;
    if (!done || kPlaces<"clauses">[event.type] >= 0) return false;
    const bool known = std::ranges::any_of(done_, [&](const Event& one) {
      return one.type == event.type && one.subject == event.subject && one.data == event.data;
    });
    if (!known) done_.push_back(event);
    return known;
  }
  void clear() { done_.clear(); }

 private:
  Instant at_;
  std::vector<Event> done_;
};

/// @tparam Ledger  a `Place` that can `enter` an event and `restart`.
/// @tparam Laws    how many laws the system has.
/// @tparam Once    the law that nothing is done twice at once.
template <class Ledger, std::size_t Laws, std::size_t Once>
class LedgerMonitor : public Monitor {
 public:
  LedgerMonitor() { reset(); }

  void reset() final {
    ledger_.restart();
    just_done_.clear();
    breaches_.clear();
    shown_.assign(Laws, false);
  }

  void see(const Event& event, const Facts& facts, std::size_t line) final {
    ledger_.turn_to(event, facts, line);
    if (just_done_.again(event)) breach(Once);
    const Record& said = facts.record(event.data);
    hold(event, said);
    ledger_.enter(event, said);
    entered(event);
  }

 protected:
  /// Holds an event against what was said before it.
  virtual void hold(const Event& event, const Record& said) = 0;
  /// Holds what is on record now against the laws.
  virtual void entered(const Event&) {}

  void breach(std::size_t law) { breaches_.push_back({law, ledger_.line()}); }
  void show(std::size_t law) { shown_[law] = true; }

  Ledger ledger_;

 private:
  JustDone just_done_;
};

}  // namespace shinsa::properties
