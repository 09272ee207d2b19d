/// How the monitor of every system goes through a trace: each event is held against the laws and
/// what the trace said before it, then the ledger enters it.
#pragma once

#include <algorithm>
#include <vector>

#include "properties/laws/law.hpp"
#include "properties/laws/saved.hpp"

namespace shinsa::properties {

/// What was done at the present instant, since somebody outside last did something. Refusals are
/// passed over: each of several requests may be refused in the same words.
class JustDone {
 public:
  /// @return whether the very same was just done, word for word.
  bool again(const Event& event) {
    const bool done = event.row().sort == Sort::action;
    if (!done || event.time != at_) clear();
    if (!done || kPlaces<"clauses">[event.type] >= 0) return false;
    at_ = event.time;
    const bool known = std::ranges::any_of(done_, [&](const Event& one) {
      return one.type == event.type && one.subject == event.subject && one.data == event.data;
    });
    if (!known) done_.push_back(event);
    return known;
  }
  void clear() {
    done_.clear();
    at_ = {};
  }
  void save(Saving& to) const {
    std::vector<std::tuple<TypeIndex, TextId, RecordId>> done;  // in no order of time
    for (const Event& one : done_) done.emplace_back(one.type, one.subject, one.data);
    std::ranges::sort(done);
    to(at_);
    to(done.size());
    for (const auto& [type, subject, data] : done) {
      to(type);
      to(subject);
      to(data);
    }
  }
  void load(Loading& from) {
    std::size_t done = 0;
    from(at_);
    from(done);
    done_.assign(done, {});
    for (Event& one : done_) {
      from(one.type);
      from(one.subject);
      from(one.data);
    }
  }

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

  void let_pass() final { just_done_.clear(); }
  void save(std::string& bytes) const final {
    Saving to(bytes);
    just_done_.save(to);
    std::apply([&](const auto&... part) { (to(part), ...); }, Ledger::parts(ledger_));
  }
  std::size_t load(std::string_view bytes) final {
    breaches_.clear();
    shown_.assign(Laws, false);
    Loading from(bytes);
    just_done_.load(from);
    std::apply([&](auto&... part) { (from(part), ...); }, Ledger::parts(ledger_));
    return from.last().at;
  }

 protected:
  /// Holds an event against what was said before it.
  virtual void hold(const Event& event, const Record& said) = 0;
  /// Holds what is on record now against the laws.
  virtual void entered(const Event&) {}

  void breach(std::size_t law) { breaches_.push_back({law, ledger_.line().at}); }
  void show(std::size_t law) { shown_[law] = true; }

  Ledger ledger_;

 private:
  JustDone just_done_;
};

}  // namespace shinsa::properties
