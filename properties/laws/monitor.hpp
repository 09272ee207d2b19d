/// How the monitor of every system goes through a trace: each event is held against the laws and
/// what the trace said before it, then the ledger enters it.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "properties/laws/law.hpp"
#include "properties/laws/saved.hpp"

namespace shinsa::properties {

/// What somebody asks to be shown, and what shows it: about one subject.
struct Shown {
  TypeIndex asked, shown;
};
inline constexpr std::array kShown{
    Shown{kType<"mypage.opened">, kType<"mypage.shown">},
    Shown{kType<"list.opened">, kType<"list.shown">},
    Shown{kType<"fqdn_list.opened">, kType<"fqdn_list.shown">},
    Shown{kType<"site.visited">, kType<"site.shown">},
};

/// What was done at the present instant, since somebody outside last did something; and who waits
/// to be shown something: two who asked for the same are shown the same. Refusals are passed over:
/// each of several requests may be refused in the same words.
class JustDone {
 public:
  /// @return whether the very same was just done, word for word, and nobody waits for it.
  bool again(const Event& event) {
    const bool done = event.row().sort == Sort::action;
    if (!done || event.time != at_) clear();
    if (!done) note_asked(event);
    if (!done || kPlaces<"clauses">[event.type] >= 0) return false;
    at_ = event.time;
    const bool awaited = was_awaited(event);
    const bool known = std::ranges::any_of(done_, [&](const Event& one) {
      return one.type == event.type && one.subject == event.subject && one.data == event.data;
    });
    if (!known) done_.push_back(event);
    return known && !awaited;
  }
  /// Time passes; who waits goes on waiting.
  void clear() {
    done_.clear();
    at_ = {};
  }
  void restart() {
    clear();
    waiting_.clear();
  }
  void tell_needed(Needed& needed) const {
    needed(done_);
    needed(waiting_);
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
    to(waiting_);
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
    from(waiting_);
  }

 private:
  /// For whom, and for what; how many times it was asked for and not shown since.
  struct Waiting {
    TypeIndex shown = 0;
    TextId subject;
    std::size_t times = 0;
    friend auto operator<=>(const Waiting&, const Waiting&) = default;
  };

  std::size_t* times_waited(TypeIndex shown, TextId subject) {
    for (Waiting& one : waiting_)
      if (one.shown == shown && one.subject == subject) return &one.times;
    return nullptr;
  }
  void note_asked(const Event& event) {
    const auto what = std::ranges::find(kShown, event.type, &Shown::asked);
    if (what == kShown.end()) return;
    if (std::size_t* const times = times_waited(what->shown, event.subject)) {
      ++*times;
      return;
    }
    waiting_.push_back({what->shown, event.subject, 1});
    std::ranges::sort(waiting_);  // whoever asked first
  }
  bool was_awaited(const Event& event) {
    std::size_t* const times = times_waited(event.type, event.subject);
    if (!times || *times == 0) return false;
    if (--*times == 0) std::erase_if(waiting_, [](const Waiting& one) { return one.times == 0; });
    return true;
  }

  Instant at_;
  std::vector<Event> done_;
  std::vector<Waiting> waiting_;
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
    just_done_.restart();
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

  void forget(std::span<const TextId> things) final {
    const auto forget_in = [&](auto& part) {
      if constexpr (requires { part.forget(things); }) part.forget(things);
    };
    std::apply([&](auto&... part) { (forget_in(part), ...); }, Ledger::parts(ledger_));
  }
  void tell_needed(Needed& needed) const final {
    just_done_.tell_needed(needed);
    ledger_.tell_needed(needed);
    std::apply([&](const auto&... part) { (needed(part), ...); }, Ledger::parts(ledger_));
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
