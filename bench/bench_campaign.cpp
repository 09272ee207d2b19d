// Random campaigns of jpdirect-reissue on one thread: system, judge and laws together, as `shinsa
// fuzz -j1` runs them, beside RapidCheck's own stateful testing of a toy machine in the style of
// its documentation.
#include <rapidcheck.h>
#include <rapidcheck/state.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "bench/measure.hpp"
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

}  // namespace

int main(int argc, char** argv) {
  setenv("RC_PARAMS", "seed=7 max_success=2000 max_size=100", 1);
  shinsa::properties::CampaignOptions options;
  options.seed = 7;
  options.runs = argc > 1 ? static_cast<std::size_t>(std::strtoull(argv[1], nullptr, 10)) : 100'000;

  std::vector<double> peers{rapidcheck_rate()};
  const double began = cpu_seconds();
  const auto result = shinsa::properties::run_campaign(options);
  const double took = cpu_seconds() - began;
  if (!result || !result->failures.empty()) {
    std::fprintf(stderr, "the campaign found something: see shinsa fuzz --seed 7\n");
    return 1;
  }
  for (int i = 0; i < 2; ++i) peers.push_back(rapidcheck_rate());

  const double events = static_cast<double>(result->events) / took;
  std::printf("runs of %zu requests      %zu in %.1f CPU s (100,000 in %.1f s)\n", options.requests,
              result->runs, took, took * 100'000 / static_cast<double>(result->runs));
  std::printf("requests, events          %llu, %llu\n",
              static_cast<unsigned long long>(result->requests),
              static_cast<unsigned long long>(result->events));
  std::printf("events per CPU second     %.2f M, system, judge and laws together\n", events / 1e6);
  std::printf("RapidCheck's toy          %.2f M commands per CPU second; ratio %.2f\n",
              median(peers) / 1e6, events / median(peers));
  std::printf("peak memory               %ld MB\n", peak_megabytes());
  return 0;
}
