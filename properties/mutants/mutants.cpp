#include "properties/mutants/mutants.hpp"

#include <algorithm>
#include <atomic>
#include <ctime>
#include <mutex>
#include <optional>

#include "model/vocabulary/suggest.hpp"
#include "properties/campaign/profiles.hpp"
#include "properties/campaign/runs.hpp"
#include "properties/hold_trace.hpp"
#include "scenarios/runner.hpp"
#include "sim/together.hpp"

namespace shinsa::properties {

namespace {

using scenarios::Miss;
using scenarios::Story;
using scenarios::StoryRun;

double processor_seconds() {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

/// A story, and what its trace is like without a mutant.
struct Known {
  const Story* story;
  std::string trace_sha256;
};

StoryRun play(const Story& story, const MutantOptions& options, const std::string& mutant,
              fakes::Detail detail) {
  scenarios::RunOptions run;
  run.seed = options.seed;
  run.detail = detail;
  if (!mutant.empty()) run.mutants.push_back(mutant);
  return scenarios::run_story(story, run);
}

/// The stories of the system alone, those about readings too.
Result<std::vector<Known>> known_stories(const MutantOptions& options,
                                         std::span<const Story> stories) {
  std::vector<Known> known;
  for (const Story& story : stories) {
    if (story.system != options.system || !story.part.empty() || !story.mutants.empty()) continue;
    const StoryRun run = play(story, options, {}, fakes::Detail::paper);
    if (run.end == StoryRun::End::not_applicable) continue;
    if (run.end != StoryRun::End::passed)
      return fail("a story does not pass without a mutant", story.id, "see: shinsa run");
    known.push_back({&story, run.trace_sha256});
  }
  return known;
}

CampaignOptions campaign_of(const MutantOptions& options) {
  CampaignOptions campaign;
  campaign.system = options.system;
  campaign.seed = options.seed;
  return campaign;
}

/// The `sometimes` laws that lives without a mutant show so often that so many lives with one do
/// not miss them by chance.
Result<std::vector<std::size_t>> often_shown(const MutantOptions& options) {
  const CampaignOptions campaign = campaign_of(options);
  auto profiles = campaign::profiles_of(campaign);
  if (!profiles) return Failure(profiles.error());
  const campaign::Runs runs(campaign, std::move(*profiles));
  const auto monitor = options.monitor(options.system);
  std::vector<std::size_t> shown(laws(options.system).size());
  for (std::size_t run = 0; run < options.runs; ++run)
    runs.draw({options.seed, run}, *monitor, [&](const auto&, const Monitor& seen) {
      for (std::size_t law = 0; law < shown.size(); ++law) shown[law] += seen.shown()[law];
    });
  std::vector<std::size_t> often;
  for (std::size_t law = 0; law < shown.size(); ++law)
    if (shown[law] >= kOftenShown) often.push_back(law);
  return often;
}

/// The trial of one mutant after another.
class Court {
 public:
  /// @param often  the laws that every thousand lives should show.
  Court(const MutantOptions& options, std::span<const Known> stories,
        std::span<const std::size_t> often)
      : options_(options),
        stories_(stories),
        often_(often),
        monitor_(options.monitor(options.system)) {}

  Result<Trial> hear(const model::MutantInfo& mutant) {
    const double begin = processor_seconds();
    Trial trial;
    trial.mutant = mutant;
    for (const Known& known : stories_) tell(known, fakes::Detail::paper, trial);
    if (trial.laws.empty())
      if (auto lived = live(trial); !lived) return Failure(lived.error());
    if (trial.of_a_rule() && !trial.seen_from_outside())
      for (const Known& known : stories_) tell(known, fakes::Detail::full, trial);
    trial.seconds = processor_seconds() - begin;
    return trial;
  }

 private:
  void tell(const Known& known, fakes::Detail detail, Trial& trial) {
    const StoryRun run = play(*known.story, options_, trial.mutant.id, detail);
    ++trial.runs;
    if (run.simulation) count(*run.simulation, trial);
    if (std::ranges::count(run.misses, Miss::Kind::expectation, &Miss::kind) > 0)
      trial.scenarios.push_back(known.story->id);  // what is answered may stand in no event
    if (!run.simulation || run.trace_sha256 == known.trace_sha256) return;
    trial.traced = true;
    trial.judge = trial.judge || run.simulation->judge().violations() > 0;
    see(*run.simulation, trial);
  }

  static void count(const sim::Simulation& simulation, Trial& trial) {
    const model::Coverage& coverage = simulation.coverage();
    trial.spoilt += coverage.spoilt();
    trial.in_play = trial.in_play || scenarios::touches(simulation.system().profile(), coverage,
                                                        trial.mutant.clause);
  }

  void see(sim::Simulation& simulation, Trial& trial) {
    hold_trace(*monitor_, simulation);
    for (const Breach& breach : monitor_->breaches())
      trial.laws.emplace(laws(options_.system)[breach.law].name);
  }

  /// Lives of customers, until a law is broken; if none is, what they should have shown.
  Result<void> live(Trial& trial) {
    CampaignOptions campaign = campaign_of(options_);
    campaign.mutants = {trial.mutant.id};
    std::vector<bool> shown(laws(options_.system).size());
    auto profiles = campaign::profiles_of(campaign);
    if (!profiles) return Failure(profiles.error());
    const campaign::Runs runs(campaign, std::move(*profiles));
    for (std::size_t run = 0; run < options_.runs && trial.laws.empty(); ++run) {
      const campaign::Drawn drawn =
          runs.draw({options_.seed, run}, *monitor_, [&](const auto& player, const Monitor& seen) {
            trial.spoilt += player.simulation().coverage().spoilt();
            for (std::size_t law : often_) shown[law] = shown[law] || seen.shown()[law];
          });
      ++trial.runs;
      if (!drawn.signature) continue;
      trial.traced = true;
      trial.judge = trial.judge || !drawn.signature->clauses.empty();
      for (std::size_t law : drawn.signature->laws)
        trial.laws.emplace(laws(options_.system)[law].name);
    }
    if (!trial.laws.empty()) return {};
    for (std::size_t law : often_)
      if (!shown[law]) trial.laws.emplace(laws(options_.system)[law].name);
    return {};
  }

  const MutantOptions& options_;
  std::span<const Known> stories_;
  std::span<const std::size_t> often_;
  std::unique_ptr<Monitor> monitor_;
};

/// @return those asked for.
Result<std::vector<model::MutantInfo>> wanted(const MutantOptions& options) {
  auto all = model::list_mutants(options.system);
  if (options.ids.empty()) return all;
  std::vector<std::string_view> ids;
  for (const auto& mutant : all) ids.push_back(mutant.id);
  std::vector<model::MutantInfo> some;
  for (const std::string& id : options.ids) {
    const auto known = std::ranges::find(all, id, &model::MutantInfo::id);
    if (known == all.end())
      return fail("no mutant '" + id + "'" + did_you_mean(id, ids), "--mutant",
                  "see: shinsa list mutants");
    some.push_back(*known);
  }
  return some;
}

}  // namespace

Result<std::vector<Trial>> try_mutants(const MutantOptions& options,
                                       std::span<const scenarios::Story> stories) {
  auto sound = model::make_profile({options.system, {}, {}});
  if (!sound) return Failure(sound.error());
  const auto mutants = wanted(options);
  if (!mutants) return Failure(mutants.error());
  const auto known = known_stories(options, stories);
  if (!known) return Failure(known.error());
  const auto often = often_shown(options);
  if (!often) return Failure(often.error());

  std::vector<Trial> trials(mutants->size());
  std::optional<Error> error;
  std::mutex door;  // to the error, and to whoever is told of progress
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  const auto work = [&] {
    Court court(options, *known, *often);
    for (std::size_t i = next++; i < trials.size(); i = next++) {
      auto trial = court.hear((*mutants)[i]);
      const std::scoped_lock lock(door);
      if (!trial) {
        error = trial.error();
        next = trials.size();
        return;
      }
      trials[i] = std::move(*trial);
      if (options.progress) options.progress(++done);
    }
  };
  sim::together(options.jobs, work);
  if (error) return Failure(*error);
  return trials;
}

}  // namespace shinsa::properties
