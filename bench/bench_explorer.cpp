// The explorer on the twin of issuance.pml, for the comparison with Spin: prints one line of JSON.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "bench/measure.hpp"
#include "bench/twin/issuance.hpp"
#include "properties/explorer/search.hpp"

int main(int argc, char** argv) {
  using namespace shinsa;
  const unsigned jobs = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 1;
  const auto started = std::chrono::steady_clock::now();
  const double begin = bench::cpu_seconds();
  const bench::twin::Issuance model;
  properties::explorer::Search search(model, {.states = 20'000'000, .jobs = jobs});
  const auto found = search.run();
  const double seconds = bench::cpu_seconds() - begin;
  std::printf(
      "{\"states\": %llu, \"edges\": %llu, \"levels\": %zu, \"broken\": %llu, "
      "\"seconds\": %.3f, \"wall\": %.3f, \"bytes_per_state\": %.1f, \"states_per_second\": "
      "%.0f}\n",
      static_cast<unsigned long long>(found.states), static_cast<unsigned long long>(found.edges),
      found.levels, static_cast<unsigned long long>(found.broken), seconds,
      std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count(),
      static_cast<double>(found.bytes) / static_cast<double>(found.states),
      static_cast<double>(found.states) / seconds);
  return EXIT_SUCCESS;
}
