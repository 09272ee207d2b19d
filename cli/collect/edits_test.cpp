/// What a check notices of a log that was tampered with: of every action in the traces of all
/// suites, one deletion, one doubling and one move at a time.
///
/// What no clause forbids is optional, and the model says why: it was allowed, may be done again,
/// is not owed any more. Everything else must be noticed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"
#include "sim/judge.hpp"

namespace shinsa::cli {
namespace {

using scenarios::Story;
using scenarios::StoryRun;
using testing::IsEmpty;

constexpr std::size_t kNoticedOfAll = 95;  // of a hundred edits

/// A trace and what a judge needs for it.
struct Trace {
  std::string id;
  std::shared_ptr<const model::Profile> profile;
  Facts* facts = nullptr;
  std::vector<Event> events;
  std::shared_ptr<const StoryRun> run;  // holds the store
};

/// What is held against the events, as a complete log.
std::size_t held(const Trace& trace, const std::vector<Event>& events) {
  sim::Judge judge(trace.profile, *trace.facts, {true, true, false});
  std::size_t line = 0;
  for (const Event& event : events) judge.observe(event, ++line);
  judge.close(true);
  return judge.violations();
}

/// The traces of all suites whose stories pass, certificates on paper.
std::vector<Trace> all_traces() {
  const std::string folder = std::string(SHINSA_SOURCE_DIR) + "/scenarios";
  const auto loaded = scenarios::load_paths({folder}, folder);
  EXPECT_THAT(loaded.errors, IsEmpty());
  scenarios::RunOptions options;
  options.detail = fakes::Detail::paper;
  std::vector<Trace> traces;
  const std::span stories(loaded.stories);
  for (std::size_t at = 0; at < stories.size();) {
    const auto parts = stories.subspan(at, scenarios::count_together(stories.subspan(at)));
    for (StoryRun& run : scenarios::run_together(parts, options)) {
      if (run.end != StoryRun::End::passed) continue;
      Trace trace;
      trace.id = stories[at].id;
      trace.run = std::make_shared<StoryRun>(std::move(run));
      auto& simulation = *trace.run->simulation;
      trace.profile = simulation.judge().world().profile_pointer();
      trace.facts = &simulation.facts();
      for (const auto& one : simulation.trace()) trace.events.push_back(one.event);
      traces.push_back(std::move(trace));
    }
    at += parts.size();
  }
  return traces;
}

/// What an edit does to a log, and why it may be none that a check must notice.
class Edits {
 public:
  explicit Edits(const Trace& trace) : trace_(trace), world_(trace.profile, *trace.facts) {
    for (const Event& event : trace.events) {
      before_.push_back(world_);
      outcomes_.push_back(world_.step(event));
    }
    before_.push_back(world_);
    while (!has_life(trace.events[first_])) ++first_;
  }

  [[nodiscard]] bool is_action(std::size_t at) const {
    return trace_.events[at].row().sort == Sort::action;
  }
  [[nodiscard]] std::vector<Event> deleted(std::size_t at) const {
    auto events = trace_.events;
    events.erase(events.begin() + static_cast<std::ptrdiff_t>(at));
    return events;
  }
  [[nodiscard]] std::vector<Event> doubled(std::size_t at) const {
    auto events = trace_.events;
    events.insert(events.begin() + static_cast<std::ptrdiff_t>(at), events[at]);
    return events;
  }
  /// Before the event to which it is the answer: the last place where it was not accepted yet.
  [[nodiscard]] std::vector<Event> moved(std::size_t at) const {
    const std::size_t to = cause(at).value_or(first_);
    auto events = trace_.events;
    Event event = events[at];
    event.time = events[to].time;
    events.erase(events.begin() + static_cast<std::ptrdiff_t>(at));
    events.insert(events.begin() + static_cast<std::ptrdiff_t>(to), event);
    return events;
  }

  /// Empty: the edit breaks a clause. Else what of the model says that it breaks none.
  [[nodiscard]] std::string optional_deletion(std::size_t at) const {
    if (outcomes_[at].unjudged) return "no clause speaks of it";
    const auto owed = owed_as(at);
    if (!owed) return "it was allowed, not owed";
    model::World world = before_[at];
    for (std::size_t i = at + 1; i < trace_.events.size(); ++i) {
      static_cast<void>(world.step(trace_.events[i]));
      if (!world.stands(*owed, owned_by(at, *owed)))
        return trace_.events[i].type == owed->type
                   ? "another like it was done later"
                   : "what obliged to it was over with " + std::string(trace_.events[i].row().name);
    }
    return owed->due == kNever ? "" : "it had time until after the end of the log";
  }
  [[nodiscard]] std::string optional_doubling(std::size_t at) const {
    model::World world = before_[at + 1];
    const auto twice = world.step(trace_.events[at]);
    if (twice.unjudged) return "no row takes it, and no clause forbids it";
    if (!twice.accepted) return {};
    return twice.met.empty() ? "it may be done again" : "it was owed or allowed twice";
  }
  [[nodiscard]] std::string optional_move(std::size_t at) const {
    if (outcomes_[at].unjudged) return "no clause speaks of it";
    return cause(at) ? "" : "it was allowed at any time before";
  }

 private:
  [[nodiscard]] static bool has_life(const Event& event) {
    return event.row().sort == Sort::request || event.row().sort == Sort::action;
  }
  [[nodiscard]] std::optional<std::size_t> cause(std::size_t at) const {
    for (std::size_t to = at; to-- > first_;) {
      model::World world = before_[to];
      Event event = trace_.events[at];
      event.time = trace_.events[to].time;
      if (!world.step(event).accepted) return to;
    }
    return std::nullopt;
  }
  /// The obligation that the action met; nothing if it was none.
  [[nodiscard]] std::optional<model::Duty> owed_as(std::size_t at) const {
    const auto& event = trace_.events[at];
    for (const auto& [duty, subject] : before_[at].duties()) {
      if (duty->type != event.type || duty->modality != model::Duty::Modality::must) continue;
      if (before_[at + 1].stands(*duty, subject)) continue;
      return *duty;
    }
    return std::nullopt;
  }
  [[nodiscard]] TextId owned_by(std::size_t at, const model::Duty& owed) const {
    for (const auto& [duty, subject] : before_[at].duties())
      if (*duty == owed) return subject;
    return {};
  }

  const Trace& trace_;
  model::World world_;
  std::vector<model::World> before_;  // each event, and after the last
  std::vector<model::Outcome> outcomes_;
  std::size_t first_ = 0;  // event that is no fact
};

struct Count {
  std::size_t tried = 0;
  std::size_t noticed = 0;
  std::map<std::string, std::size_t> optional;  // by type, edit and reason
  std::vector<std::string> unexplained;
};

class Tally {
 public:
  void try_all(const Trace& trace) {
    const Edits edits(trace);
    for (std::size_t at = 0; at < trace.events.size(); ++at) {
      if (!edits.is_action(at)) continue;
      try_one("deletion", trace, at, edits.deleted(at), edits.optional_deletion(at));
      try_one("doubling", trace, at, edits.doubled(at), edits.optional_doubling(at));
      try_one("move", trace, at, edits.moved(at), edits.optional_move(at));
    }
  }
  [[nodiscard]] const Count& count() const { return count_; }

 private:
  void try_one(const std::string& edit, const Trace& trace, std::size_t at,
               const std::vector<Event>& events, const std::string& optional) {
    ++count_.tried;
    if (held(trace, events) > 0) {
      ++count_.noticed;
      return;
    }
    const std::string what = std::string(trace.profile->name) + ": " + edit + " of " +
                             std::string(trace.events[at].row().name);
    if (optional.empty())
      count_.unexplained.push_back(what + ", line " + std::to_string(at + 1) + " of " + trace.id);
    else
      ++count_.optional[what + ": " + optional];
  }

  Count count_;
};

TEST(EditsTest, EveryTraceIsAcceptedAndMostEditsAreNoticed) {
  const std::vector<Trace> traces = all_traces();
  ASSERT_GE(traces.size(), 200u);
  Tally tally;
  for (const Trace& trace : traces) {
    EXPECT_EQ(held(trace, trace.events), 0u) << trace.id;
    tally.try_all(trace);
  }

  const Count& count = tally.count();
  std::size_t optional = 0;
  for (const auto& [what, times] : count.optional) {
    optional += times;
    std::cout << times << " x " << what << "\n";
  }
  for (const std::string& what : count.unexplained) std::cout << "not noticed: " << what << "\n";
  std::cout << traces.size() << " traces, " << count.tried << " edits: " << count.noticed
            << " noticed, " << optional << " optional, " << count.unexplained.size()
            << " not noticed\n";
  EXPECT_THAT(count.unexplained, IsEmpty());
  EXPECT_GE(count.noticed * 100, count.tried * kNoticedOfAll);
}

}  // namespace
}  // namespace shinsa::cli
