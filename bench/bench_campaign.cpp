// Random campaigns of every system on one thread: system, judge and laws together, as `shinsa fuzz
// -j1` runs them, beside RapidCheck's own stateful testing of a toy machine in the style of its
// documentation.
#include <rapidcheck.h>
#include <rapidcheck/state.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/measure.hpp"
#include "model/profile.hpp"
#include "properties/campaign.hpp"

namespace {

using shinsa::bench::cpu_seconds;
using shinsa::bench::median;

long peak_megabytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss / 1024;
}

// -- the peer: at most two tokens are out, and each is returned before the third is taken
// --------------------------------

struct Tokens {
  int out = 0;
};
struct Counter {
  int out = 0;
};
using Command = rc::state::Command<Tokens, Counter>;

struct Take : Command {
  void checkPreconditions(const Tokens& tokens) const override { RC_PRE(tokens.out < 2); }
  void apply(Tokens& tokens) const override { ++tokens.out; }
  void run(const Tokens&, Counter& counter) const override { RC_ASSERT(++counter.out <= 2); }
  void show(std::ostream& os) const override { os << "Take"; }
};
struct Return : Command {
  void checkPreconditions(const Tokens& tokens) const override { RC_PRE(tokens.out > 0); }
  void apply(Tokens& tokens) const override { --tokens.out; }
  void run(const Tokens&, Counter& counter) const override { RC_ASSERT(--counter.out >= 0); }
  void show(std::ostream& os) const override { os << "Return"; }
};

/// @return commands run per CPU second.
double rapidcheck_rate() {
  std::size_t steps = 0;
  const double began = cpu_seconds();
  rc::check([&] {
    const auto commands =
        *rc::state::gen::commands(Tokens{}, rc::state::gen::execOneOfWithArgs<Take, Return>());
    Counter counter;
    rc::state::runAll(commands, Tokens{}, counter);
    steps += commands.size();
  });
  return static_cast<double>(steps) / (cpu_seconds() - began);
}

// -- the campaigns
// --------------------------------

/// The system whose campaign is held against the peer, with the requirement's own number of runs.
constexpr std::string_view kHeadline = "jpdirect-reissue";
constexpr std::size_t kHeadlineRuns = 100'000;
constexpr std::size_t kRuns = 20'000;  // of each other system

/// Plays the campaign of one system and tells what it took. Runs that are played twice count twice.
/// @return events per CPU second, or 0 if an oracle fired.
double campaign_rate(std::string_view system, std::size_t runs) {
  shinsa::properties::CampaignOptions options;
  options.system = system;
  options.seed = 7;
  options.runs = runs;
  const double began = cpu_seconds();
  const auto result = shinsa::properties::run_campaign(options);
  const double took = cpu_seconds() - began;
  if (!result || !result->failures.empty()) {
    std::fprintf(stderr, "the campaign found something: see shinsa fuzz --system %s --seed 7\n",
                 options.system.c_str());
    return 0;
  }
  const double events = static_cast<double>(result->events + result->events_again) / took;
  std::printf(
      "%-18s %7zu runs of %zu requests in %5.1f CPU s: %8llu requests, %8llu events, %llu played "
      "again; %.2f M events per CPU second\n",
      options.system.c_str(), result->runs, options.requests, took,
      static_cast<unsigned long long>(result->requests),
      static_cast<unsigned long long>(result->events),
      static_cast<unsigned long long>(result->events_again), events / 1e6);
  return events;
}

}  // namespace

/// @param argv  how many runs of each system; without it as many as README.md says.
int main(int argc, char** argv) {
  setenv("RC_PARAMS", "seed=7 max_success=2000 max_size=100", 1);
  const std::size_t asked =
      argc > 1 ? static_cast<std::size_t>(std::strtoull(argv[1], nullptr, 10)) : 0;

  std::vector<double> peers{rapidcheck_rate()};
  const double headline = campaign_rate(kHeadline, asked ? asked : kHeadlineRuns);
  for (int i = 0; i < 2; ++i) peers.push_back(rapidcheck_rate());
  std::printf("RapidCheck's toy   %.2f M commands per CPU second; ratio %.2f\n",
              median(peers) / 1e6, headline / median(peers));

  bool sound = headline > 0;
  for (std::string_view system : shinsa::model::implemented_systems())
    if (system != kHeadline) sound = campaign_rate(system, asked ? asked : kRuns) > 0 && sound;
  std::printf("peak memory        %ld MB\n", peak_megabytes());
  return sound ? 0 : 1;
}
