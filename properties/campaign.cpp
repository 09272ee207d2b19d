#include "properties/campaign.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>

#include "properties/campaign/profiles.hpp"
#include "properties/campaign/runs.hpp"

namespace shinsa::properties {

namespace {

using campaign::Drawn;
using campaign::Runs;

constexpr std::size_t kChunk = 250;        // runs that a thread takes at a time
constexpr std::size_t kOthersTried = 400;  // runs looked at for a plainer one of the same failure

/// Counts what was counted elsewhere.
void add(CampaignResult& into, const CampaignResult& from) {
  into.runs += from.runs;
  into.requests += from.requests;
  into.refused += from.refused;
  into.events += from.events;
  into.coverage.add(from.coverage);
  const auto merge = [](Seen& a, const Seen& b) {
    if (b.count == 0) return;
    a.witness = a.count ? std::min(a.witness, b.witness) : b.witness;
    a.count += b.count;
  };
  for (const auto& [id, seen] : from.refusals) merge(into.refusals[id], seen);
  for (std::size_t i = 0; i < from.shown.size(); ++i) merge(into.shown[i], from.shown[i]);
}

/// Plays all runs on several threads, up to the first that fails.
class Search {
 public:
  Search(const CampaignOptions& options, const Runs& runs) : options_(options), runs_(runs) {}

  /// @return an Error if it was stopped.
  Result<CampaignResult> all() {
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < std::max(1u, options_.jobs); ++i)
      threads.emplace_back([this] { work(); });
    work();
    for (std::thread& thread : threads) thread.join();
    if (stopped_) return fail("the campaign was stopped after " + std::to_string(done_) + " runs");
    CampaignResult result = runs_.none();
    for (const auto& [from, counted] : counted_)
      if (from <= first_failure_) add(result, counted);  // others began before it was known
    return result;
  }
  /// The first run that fails, whatever the number of threads; nothing if none does.
  [[nodiscard]] std::optional<std::size_t> first_failure() const {
    if (first_failure_ == SIZE_MAX) return std::nullopt;
    return first_failure_;
  }

 private:
  void work() {
    const auto monitor = make_monitor(options_.system);
    while (true) {
      const std::size_t from = next_chunk_++ * kChunk;
      if (from >= options_.runs || from > first_failure_) break;
      if (stopped_ || (options_.stop && options_.stop())) {
        stopped_ = true;
        break;
      }
      CampaignResult counted = chunk(from, std::min(from + kChunk, options_.runs), *monitor);
      const std::scoped_lock lock(door_);
      counted_.emplace(from, std::move(counted));
      if (options_.progress) options_.progress(done_);
    }
  }

  /// Up to its first failure, so that what is counted does not depend on the threads.
  CampaignResult chunk(std::size_t from, std::size_t to, Monitor& monitor) {
    CampaignResult counted = runs_.none();
    for (std::size_t run = from; run < to && run <= first_failure_; ++run) {
      const bool failed = runs_.draw(run, monitor, &counted).signature.has_value();
      ++done_;
      if (!failed) continue;
      std::size_t known = first_failure_;
      while (run < known && !first_failure_.compare_exchange_weak(known, run)) {
      }
      break;
    }
    return counted;
  }

  const CampaignOptions& options_;
  const Runs& runs_;
  std::mutex door_;  // to what was counted, and to whoever is told of progress
  std::map<std::size_t, CampaignResult> counted_;  // by the first run of a chunk
  std::atomic<std::size_t> next_chunk_{0};
  std::atomic<std::size_t> first_failure_{SIZE_MAX};
  std::atomic<std::size_t> done_{0};
  std::atomic<bool> stopped_{false};
};

/// The failure that tells most, from the first on: many oracles, nothing given beforehand, few
/// requests.
CampaignFailure most_telling(const Runs& runs, std::size_t first, Monitor& monitor) {
  const auto rank = [](const Drawn& one) {
    return std::tuple(-static_cast<long>(one.signature->oracles()), one.plan.given(),
                      one.plan.requests());
  };
  Drawn best = runs.draw(first, monitor, nullptr);
  CampaignFailure failure;
  failure.run = first;
  for (std::size_t run = first + 1; run <= first + kOthersTried; ++run) {
    Drawn other = runs.draw(run, monitor, nullptr);
    if (!other.signature || rank(other) >= rank(best)) continue;
    best = std::move(other);
    failure.run = run;
  }
  failure.requests_before = best.plan.requests();
  failure.plan = runs.shrink(best, monitor);
  PlanRun told = runs.tell(failure.plan, monitor);
  failure.clauses = std::move(told.clauses);
  failure.laws = std::move(told.laws);
  failure.sentences = std::move(told.sentences);
  failure.story = std::move(told.story);
  return failure;
}

}  // namespace

std::size_t Plan::requests() const { return commands.size() - given(); }
std::size_t Plan::given() const {
  return static_cast<std::size_t>(std::ranges::count(commands, kGive, &Command::verb));
}

Result<CampaignResult> run_campaign(const CampaignOptions& options) {
  auto profiles = campaign::profiles_of(options);
  if (!profiles) return Failure(profiles.error());
  const Runs runs(options, std::move(*profiles));
  Search search(options, runs);
  auto result = search.all();
  if (!result) return result;
  if (const auto first = search.first_failure()) {
    const auto monitor = make_monitor(options.system);
    result->failures.push_back(most_telling(runs, *first, *monitor));
  }
  return result;
}

Result<PlanRun> run_plan(const CampaignOptions& options, const Plan& plan) {
  auto profiles = campaign::profiles_of(options);
  if (!profiles) return Failure(profiles.error());
  const auto monitor = make_monitor(options.system);
  return Runs(options, std::move(*profiles)).tell(plan, *monitor);
}

}  // namespace shinsa::properties
