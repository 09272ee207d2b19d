// How many runs it takes until a broken system is found, with weights drawn per run and without: 10
// seeds each, on one thread.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "properties/campaign/runs.hpp"

namespace {

using shinsa::properties::CampaignOptions;

struct Broken {
  const char* system;
  std::vector<std::string> mutants;
};

/// The first run that fails, counted from 1; `most` if none of so many does.
std::size_t runs_until_found(const CampaignOptions& options) {
  auto profiles = shinsa::properties::campaign::profiles_of(options);
  if (!profiles) {
    std::fprintf(stderr, "%s\n", profiles.error().text().c_str());
    std::exit(1);
  }
  const shinsa::properties::campaign::Runs runs(options, std::move(*profiles));
  const auto monitor = shinsa::properties::make_monitor(options.system);
  for (std::size_t run = 0; run < options.runs; ++run)
    if (runs.draw({options.seed, run, options.requests}, *monitor, {}).signature) return run + 1;
  return options.runs;
}

/// Rising, a number for each seed.
std::vector<std::size_t> found(const Broken& broken, double unweighted, std::size_t most) {
  std::vector<std::size_t> all;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CampaignOptions options;
    options.system = broken.system;
    options.mutants = broken.mutants;
    options.seed = seed;
    options.runs = most;
    options.unweighted = unweighted;
    all.push_back(runs_until_found(options));
  }
  std::ranges::sort(all);
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t most =
      argc > 1 ? static_cast<std::size_t>(std::strtoull(argv[1], nullptr, 10)) : 20'000;
  std::vector<Broken> all{
      {"jpdirect-reissue", {"JPR-24", "JPR-23"}}, {"jpdirect-reissue", {"JPR-24:allow"}},
      {"jpdirect-reissue", {"JPR-18:allow"}},     {"jpdirect-reissue", {"JPR-16:allow"}},
      {"jpdirect-acme", {"ACM-38:allow"}},        {"nttcom-biz", {"NTT-12.days:+1"}},
      {"dedicated-renewal", {"REN-25:allow"}},    {"dedicated-renewal", {"REN-11:allow"}},
      {"sakura-reissue", {"SAK-04.days:-1"}},     {"sakura-reissue", {"SAK-04.months:+1"}},
      {"sakura-reissue", {"SAK-20:allow"}},       {"sakura-reissue", {"ASM-05:allow"}},
  };
  if (argc > 3) {  // SYSTEM MUTANT...
    all = {{argv[2], {}}};
    for (int i = 3; i < argc; ++i) all.front().mutants.emplace_back(argv[i]);
  }
  std::printf("runs until found, 10 seeds, at most %zu: median (least to most), mean\n", most);
  for (const Broken& broken : all) {
    std::string name;
    for (const std::string& mutant : broken.mutants) name += (name.empty() ? "" : "+") + mutant;
    std::printf("%-16s", name.c_str());
    for (const double unweighted : {1.0, 0.2}) {
      const auto runs = found(broken, unweighted, most);
      double sum = 0;
      for (const std::size_t one : runs) sum += static_cast<double>(one);
      std::printf("  %s %6zu (%zu to %zu), %.0f", unweighted == 1.0 ? "even" : "weighted",
                  (runs[4] + runs[5]) / 2, runs.front(), runs.back(), sum / 10);
    }
    std::printf("\n");
    std::fflush(stdout);
  }
  return 0;
}
