#include "sim/examination/hypotheses.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

namespace shinsa::sim {

namespace {

/// What was supposed on the way to a World: shared by those that went on from there.
struct Supposed {
  std::shared_ptr<const Supposed> earlier;
  Event event;
  std::size_t before = 0;
};

struct Way {
  Course course;
  std::vector<Departure> departures;
  std::shared_ptr<const Supposed> supposed;
  std::size_t free = 0;  // requests and permitted actions that are supposed
  std::size_t owed = 0;

  [[nodiscard]] auto cost() const { return std::tuple(departures.size(), free, owed); }
};

/// One attempt to get through a matter, with so much supposed at most.
class Attempt {
 public:
  Attempt(const Matter& matter, const Candidates& candidates, const TypeSet& unobserved,
          std::size_t free_max, std::size_t& steps)
      : matter_(matter),
        candidates_(candidates),
        unobserved_(unobserved),
        free_max_(free_max),
        steps_(steps) {}

  /// @return  the cheapest way through.
  Way run() {
    ways_.push_back({Course(matter_), {}, nullptr, 0, 0});
    Instant then;
    for (std::size_t i = 0; i < matter_.events.size(); ++i) {
      const Recorded& next = matter_.events[i];
      if (is_of_life(next.event.row())) {
        suppose_at(then, i, true);
        suppose_at(next.event.time, i, false);
      }
      then = next.event.time;
      take(next, i);
    }
    suppose_at(then, matter_.events.size(), true);
    suppose_at(matter_.until, matter_.events.size(), false);
    close();
    return *std::ranges::min_element(ways_, {}, &Way::cost);
  }
  [[nodiscard]] bool bounded() const { return bounded_; }
  /// Whether more would have been supposed, had it been allowed.
  [[nodiscard]] bool wanted_more() const { return wanted_more_; }

 private:
  static bool is_of_life(const EventType& type) {
    return type.sort == Sort::request || type.sort == Sort::action;
  }

  void take(const Recorded& next, std::size_t at) {
    for (Way& way : ways_) {
      ++used_;
      for (Finding& one : way.course.step(next)) way.departures.push_back({std::move(one), at});
    }
    settle();
  }

  void close() {
    for (Way& way : ways_)
      for (Finding& one : way.course.close())
        way.departures.push_back({std::move(one), matter_.events.size()});
  }

  /// Everything that may have happened at that instant, one after the other, from each World.
  /// @param early  only where time makes a difference until the event comes
  void suppose_at(Instant now, std::size_t before, bool early) {
    const Instant until =
        before < matter_.events.size() ? matter_.events[before].event.time : matter_.until;
    for (std::size_t w = 0; w < ways_.size(); ++w) {
      if (early && ways_[w].course.world().next_deadline() > until) continue;
      for (const Candidate& one :
           candidates_.of(ways_[w].course.world(), now, unobserved_, before)) {
        if (!one.owed && ways_[w].free >= free_max_) {
          wanted_more_ = true;
          continue;
        }
        if (!go(w, one, before)) return;
      }
    }
    settle();
  }

  /// @return  whether there is room for more.
  bool go(std::size_t from, const Candidate& one, std::size_t before) {
    if (steps_ <= ++used_ || ways_.size() >= 2 * kWorldsMax) {
      bounded_ = true;
      settle();
      return false;
    }
    Way way = ways_[from];
    if (!way.course.suppose(one.event)) return true;
    way.supposed = std::make_shared<Supposed>(Supposed{way.supposed, one.event, before});
    ++(one.owed ? way.owed : way.free);
    if (is_known(way)) return true;
    ways_.push_back(std::move(way));
    return true;
  }

  /// Whether the same World was come to before, as cheaply or at a worse price, which is corrected.
  bool is_known(const Way& way) {
    const auto [from, to] = known_.equal_range(way.course.world().digest());
    for (auto at = from; at != to; ++at)
      if (ways_[at->second].course.world() == way.course.world()) {
        if (way.cost() < ways_[at->second].cost()) ways_[at->second] = way;
        return true;
      }
    known_.emplace(way.course.world().digest(), ways_.size());
    return false;
  }

  /// Equal Worlds become one; those that have departed where others have not are given up.
  void settle() {
    steps_ -= std::min(steps_, used_);
    used_ = 0;
    std::ranges::stable_sort(ways_, {}, &Way::cost);
    const std::size_t best = ways_.front().departures.size();
    std::vector<Way> all;
    std::swap(all, ways_);
    known_.clear();
    for (Way& way : all) {
      if (way.departures.size() > best + kDeparturesMore) break;
      if (ways_.size() == kWorldsMax) {
        bounded_ = true;
        break;
      }
      if (!is_known(way)) ways_.push_back(std::move(way));
    }
  }

  static constexpr std::size_t kDeparturesMore = 1;

  const Matter& matter_;
  const Candidates& candidates_;
  const TypeSet& unobserved_;
  std::size_t free_max_;
  std::size_t& steps_;
  std::size_t used_ = 0;
  std::vector<Way> ways_;
  std::multimap<Digest, std::size_t> known_;
  bool bounded_ = false;
  bool wanted_more_ = false;
};

Explanation explanation_of(const Way& way, const Matter& matter) {
  Explanation told;
  told.departures = way.departures;
  for (auto one = way.supposed; one; one = one->earlier) {
    const std::size_t line =
        one->before < matter.events.size() ? matter.events[one->before].line : matter.last_line;
    told.supposed.push_back({one->event, line, true});
    told.before.push_back(one->before);
  }
  std::ranges::reverse(told.supposed);
  std::ranges::reverse(told.before);
  return told;
}

}  // namespace

Explanation explain_matter(const Matter& matter, const TypeSet& unobserved, std::size_t& steps) {
  const Candidates candidates(matter);
  Explanation best;
  std::size_t in_vain = 0;
  for (std::size_t free_max = 0; free_max <= kSupposedMax; ++free_max) {
    Attempt attempt(matter, candidates, unobserved, free_max, steps);
    Explanation now = explanation_of(attempt.run(), matter);
    const bool better = free_max == 0 || now.departures.size() < best.departures.size();
    const bool bounded = best.bounded || attempt.bounded();
    if (better) best = std::move(now);
    const bool more = attempt.wanted_more() && (free_max == kSupposedMax || steps == 0);
    best.bounded = bounded || more;
    in_vain = better ? 0 : in_vain + 1;
    if (best.departures.empty() || !attempt.wanted_more() || steps == 0) break;
    if (in_vain == kSupposedMore) break;
  }
  if (best.departures.empty()) best.bounded = false;
  return best;
}

Matter with_supposed(const Matter& matter, const Explanation& explanation) {
  Matter whole = matter;
  whole.events.clear();
  std::size_t next = 0;
  for (std::size_t i = 0; i <= matter.events.size(); ++i) {
    for (; next < explanation.supposed.size() && explanation.before[next] == i; ++next)
      whole.events.push_back(explanation.supposed[next]);
    if (i < matter.events.size()) whole.events.push_back(matter.events[i]);
  }
  return whole;
}

}  // namespace shinsa::sim
