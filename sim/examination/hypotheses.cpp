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

/// What was supposed for an earlier departure, and has no place any more on the way to a World.
struct Dropped {
  std::shared_ptr<const Dropped> earlier;
  std::size_t at = 0;
};

struct Way {
  Course course;
  std::vector<Departure> departures;
  std::shared_ptr<const Supposed> supposed;
  std::shared_ptr<const Dropped> dropped;
  std::size_t free = 0;  // requests and permitted actions that are supposed
  std::size_t owed = 0;

  [[nodiscard]] auto cost() const { return std::tuple(departures.size(), free, owed); }
};

/// What may be supposed in an attempt.
struct Allowance {
  TypeSet owed;  // actions that may have been done where they were owed
  TypeSet free;  // requests and permitted actions
  bool at_once;  // what is owed is done at once; else it is both done and not done
  std::size_t free_max = kSupposedMax;
  /// If there are any: of Worlds in which these are in the same state, and to which the same type
  /// led last, only a few are kept.
  std::vector<TextId> focus = {};
};

/// The state of some things of a World, as a number.
std::uint64_t state_of(const model::World& world, const std::vector<TextId>& things) {
  std::uint64_t sum = 0;
  const auto mix = [&sum](std::uint64_t value) {
    sum = (sum ^ value) * 0x9e3779b97f4a7c15ull + (sum >> 29);
  };
  for (const model::Group& group : world.groups())
    for (const model::Object& object : group.objects) {
      if (std::ranges::count(things, object.subject) == 0) continue;
      for (const auto state : object.states) mix(state);
      mix(object.flags);
    }
  return sum;
}

/// One attempt to get through a matter.
class Attempt {
 public:
  Attempt(const Matter& matter, const Candidates& candidates, const Allowance& allowance,
          std::size_t& steps)
      : matter_(matter), candidates_(candidates), allowance_(allowance), steps_(steps) {
    types_ = allowance.owed;
    types_.add(allowance.free);
  }

  /// @return  the cheapest way through.
  Way run() {
    ways_.push_back({Course(matter_), {}, nullptr, nullptr, 0, 0});
    Instant then;
    for (std::size_t i = 0; i < matter_.events.size(); ++i) {
      const Recorded& next = matter_.events[i];
      const Sort sort = next.event.row().sort;
      if (next.supposed) {
        do_what_is_owed(next.event.time, i);
      } else if (sort == Sort::request || sort == Sort::action) {
        suppose_at(then, i, true);
        suppose_at(next.event.time, i, false);
      }
      then = next.event.time;
      take(next, i);
    }
    suppose_at(then, matter_.events.size(), true);
    suppose_at(matter_.until, matter_.events.size(), false);
    for (Way& way : ways_)
      for (Finding& one : way.course.close())
        way.departures.push_back({std::move(one), matter_.events.size()});
    return *std::ranges::min_element(ways_, {}, &Way::cost);
  }
  [[nodiscard]] bool bounded() const { return bounded_; }
  /// Whether anything was supposed on any way.
  [[nodiscard]] bool supposes() const { return supposes_; }

 private:
  void take(const Recorded& next, std::size_t at) {
    for (Way& way : ways_) {
      ++used_;
      if (next.supposed && !may_be(next, way.course)) {
        way.dropped = std::make_shared<Dropped>(Dropped{way.dropped, at});
        continue;
      }
      for (Finding& one : way.course.step(next)) way.departures.push_back({std::move(one), at});
    }
    settle();
  }

  /// Whether what was supposed for an earlier departure can have happened on this way too. If not,
  /// it is held against nobody: the log does not say that it happened.
  [[nodiscard]] static bool may_be(const Recorded& supposed, Course course) {
    return std::ranges::none_of(course.step(supposed), [](const Finding& one) {
      return one.kind == Finding::Kind::violation;
    });
  }

  /// Everything that may have happened at that instant, one after the other, from each World.
  /// @param early  only where time makes a difference until the event comes
  void suppose_at(Instant now, std::size_t before, bool early) {
    const Instant until =
        before < matter_.events.size() ? matter_.events[before].event.time : matter_.until;
    for (std::size_t w = 0; w < ways_.size(); ++w) {
      if (early && ways_[w].course.world().next_deadline() > until) continue;
      if (allowance_.at_once) do_what_is_owed(ways_[w], now, before);
      for (const Candidate& one : candidates_.of(ways_[w].course.world(), now, types_, before)) {
        if (one.owed ? allowance_.at_once : ways_[w].free >= allowance_.free_max) continue;
        if (!one.owed && !allowance_.free.contains(one.event.type)) continue;
        if (!go(w, one, before)) return;
      }
    }
    settle();
  }

  /// Where something is supposed already, no more is supposed than what is owed on each way.
  void do_what_is_owed(Instant now, std::size_t before) {
    if (!allowance_.at_once) return;
    for (Way& way : ways_) do_what_is_owed(way, now, before);
  }

  /// One after the other, as long as there is something.
  void do_what_is_owed(Way& way, Instant now, std::size_t before) {
    for (std::size_t done = 0; done < kOwedAtOnce;) {
      const auto all = candidates_.actions_of(way.course.world(), now, allowance_.owed, before);
      const auto next = std::ranges::find_if(all, [&](const Candidate& one) {
        ++used_;
        return one.owed && !is_supposed_from(before, one.event) &&
               Course(way.course).suppose(one.event);
      });
      if (next == all.end()) return;
      way = after(way, *next, before);
      ++done;
    }
    bounded_ = true;
  }

  /// Whether it is done later, where an earlier departure let it be supposed.
  [[nodiscard]] bool is_supposed_from(std::size_t at, const Event& event) const {
    const auto from = matter_.events.begin() + static_cast<std::ptrdiff_t>(at);
    return std::any_of(from, matter_.events.end(), [&](const Recorded& one) {
      return one.supposed && one.event.type == event.type && one.event.subject == event.subject &&
             one.event.data == event.data;
    });
  }

  /// The way with one thing supposed more. It must be accepted.
  Way after(const Way& from, const Candidate& one, std::size_t before) {
    Way way = from;
    way.course.suppose(one.event);
    way.supposed = std::make_shared<Supposed>(Supposed{way.supposed, one.event, before});
    ++(one.owed ? way.owed : way.free);
    supposes_ = true;
    return way;
  }

  /// @return  whether there is room for more.
  bool go(std::size_t from, const Candidate& one, std::size_t before) {
    if (steps_ <= ++used_ || ways_.size() >= 2 * kWorldsMax) {
      bounded_ = true;
      settle();
      return false;
    }
    if (!Course(ways_[from].course).suppose(one.event)) return true;
    Way way = after(ways_[from], one, before);
    if (!are_enough(way) && !is_known(way)) ways_.push_back(std::move(way));
    return true;
  }

  /// Whether there are as many alike as are kept; else it is one more.
  bool are_enough(const Way& way) {
    if (allowance_.focus.empty()) return false;
    const TypeIndex last = way.supposed ? way.supposed->event.type : 0;
    return ++alike_[{state_of(way.course.world(), allowance_.focus), last}] > kAlikeMax;
  }

  /// Whether the same World was come to before; if at a higher price, that is corrected.
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
    alike_.clear();
    for (Way& way : all) {
      if (way.departures.size() > best) break;
      if (are_enough(way)) continue;
      if (ways_.size() == kWorldsMax) {
        bounded_ = true;
        break;
      }
      if (!is_known(way)) ways_.push_back(std::move(way));
    }
  }

  static constexpr std::size_t kOwedAtOnce = 32;
  static constexpr std::size_t kAlikeMax = 3;

  const Matter& matter_;
  const Candidates& candidates_;
  const Allowance& allowance_;
  TypeSet types_;
  std::size_t& steps_;
  std::size_t used_ = 0;
  std::vector<Way> ways_;
  std::multimap<Digest, std::size_t> known_;
  std::map<std::pair<std::uint64_t, TypeIndex>, std::size_t> alike_;
  bool bounded_ = false;
  bool supposes_ = false;
};

Explanation explanation_of(const Way& way, const Matter& matter) {
  Explanation told;
  for (auto one = way.supposed; one; one = one->earlier) {
    const std::size_t line =
        one->before < matter.events.size() ? matter.events[one->before].line : matter.last_line;
    told.supposed.push_back({one->event, line, true});
    told.before.push_back(one->before);
  }
  std::ranges::reverse(told.supposed);
  std::ranges::reverse(told.before);
  for (auto one = way.dropped; one; one = one->earlier) told.dropped.push_back(one->at);
  return told;
}

/// The search for what explains one departure.
class Search {
 public:
  Search(const Matter& matter, const Departure& first, const TypeSet& unobserved,
         std::size_t& steps)
      : whole_(matter),
        matter_(until(matter, first)),
        first_(first),
        held_(departures(matter_).size()),
        candidates_(matter_),
        steps_(steps) {
    for (TypeIndex type = 0; type < kEventTypes.size(); ++type) {
      if (!unobserved.contains(type)) continue;
      if (kEventTypes[type].sort == Sort::action) owed_.add(type);
      free_.push_back(type);
    }
  }

  Explained run(bool thoroughly) {
    if (attempt({owed_, {}, true}) || attempt({owed_, {}, false})) return done();
    std::vector<TypeIndex> fruitful;
    for (const TypeIndex type : free_) {
      if (attempt({owed_, {type}, true})) return done();
      if (supposes_) fruitful.push_back(type);
    }
    const bool bounded = bounded_;
    const std::size_t left = steps_;
    steps_ = std::min(left, kStepsFurther);
    try_chains(thoroughly) || try_late(fruitful) || (thoroughly && try_pairs(fruitful));
    steps_ = left - (std::min(left, kStepsFurther) - steps_);
    bounded_ = bounded;
    return done();
  }

 private:
  /// Many types together, one thing after the other, as long as what the event is about moves on.
  bool try_chains(bool thoroughly) {
    Course course(matter_);
    for (std::size_t i = 0; i < std::min(first_.at, matter_.events.size()); ++i)
      static_cast<void>(course.step(matter_.events[i]));
    Allowance allowance{owed_, {}, true, 0, {first_.finding.subject}};
    for (const TypeIndex type : free_) allowance.free.add(type);
    for (const model::Stop& stop : course.world().stops(first_.finding.event))
      allowance.focus.push_back(stop.subject);
    for (const std::size_t free_max : kChains) {
      if (free_max > kChains[0] && !thoroughly) return false;
      allowance.free_max = free_max;
      if (attempt(allowance)) return true;
    }
    return false;
  }
  bool try_late(const std::vector<TypeIndex>& fruitful) {
    return std::ranges::any_of(fruitful, [&](TypeIndex type) {
      return attempt({owed_, {type}, false});
    });
  }
  /// Of two types one at least must have been possible without the other.
  bool try_pairs(const std::vector<TypeIndex>& fruitful) {
    for (const TypeIndex one : fruitful)
      for (const TypeIndex other : free_)
        if (other != one && attempt({owed_, {one, other}, true})) return true;
    return false;
  }

  /// @return  whether it explains the departure.
  bool attempt(const Allowance& allowance) {
    if (steps_ == 0) {
      bounded_ = true;
      return false;
    }
    Attempt one(matter_, candidates_, allowance, steps_);
    const Way way = one.run();
    bounded_ = bounded_ || (one.bounded() && allowance.at_once);
    supposes_ = one.supposes();
    if (way.departures.size() >= held_ || still_shows(way.departures, first_)) return false;
    found_ = explanation_of(way, whole_);
    return true;
  }

  Explained done() { return {std::move(found_), bounded_}; }

  static constexpr std::size_t kChains[] = {3, 6, 12};
  static constexpr std::size_t kStepsFurther = 600'000;

  const Matter& whole_;
  const Matter matter_;  // as far as the departure
  const Departure& first_;
  const std::size_t held_;
  const Candidates candidates_;
  std::size_t& steps_;
  TypeSet owed_;
  std::vector<TypeIndex> free_;
  std::optional<Explanation> found_;
  bool bounded_ = false;
  bool supposes_ = false;  // the last attempt
};

}  // namespace

Explained explain_first(const Matter& matter, const Departure& first, const TypeSet& unobserved,
                        bool thoroughly, std::size_t& steps) {
  return Search(matter, first, unobserved, steps).run(thoroughly);
}

Matter until(const Matter& matter, const Departure& departure) {
  if (departure.at >= matter.events.size()) return matter;
  Matter some = matter;
  some.events.resize(departure.at + 1);
  some.until = some.events.back().event.time;
  some.complete = false;
  return some;
}

Matter with_supposed(const Matter& matter, const Explanation& explanation) {
  Matter whole = matter;
  whole.events.clear();
  std::size_t next = 0;
  for (std::size_t i = 0; i <= matter.events.size(); ++i) {
    for (; next < explanation.supposed.size() && explanation.before[next] == i; ++next)
      whole.events.push_back(explanation.supposed[next]);
    if (i < matter.events.size() && std::ranges::count(explanation.dropped, i) == 0)
      whole.events.push_back(matter.events[i]);
  }
  return whole;
}

}  // namespace shinsa::sim
