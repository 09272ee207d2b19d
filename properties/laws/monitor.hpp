/// How the monitor of every system goes through a trace: each event is held against the laws and
/// what the trace said before it, then the ledger enters it.
#pragma once

#include "properties/laws/law.hpp"

namespace shinsa::properties {

/// @tparam Ledger  a `Place` that can `enter` an event.
/// @tparam Laws    how many laws the system has.
template <class Ledger, std::size_t Laws>
class LedgerMonitor : public Monitor {
 public:
  LedgerMonitor() { reset(); }

  void reset() final {
    ledger_ = Ledger{};
    breaches_.clear();
    shown_.assign(Laws, false);
  }

  void see(const Event& event, const Facts& facts, std::size_t line) final {
    ledger_.turn_to(event, facts, line);
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
};

}  // namespace shinsa::properties
