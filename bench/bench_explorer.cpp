// The explorer on the twin of issuance.pml, for the comparison with Spin: prints one line of JSON.
#include <cstdio>
#include <cstdlib>

#include "bench/measure.hpp"
#include "bench/twin/issuance.hpp"
#include "properties/explorer/search.hpp"

int main() {
  using namespace shinsa;
  const double begin = bench::cpu_seconds();
  const bench::twin::Issuance model;
  properties::explorer::Search search(model, {.states = 20'000'000});
  const auto found = search.run();
  const double seconds = bench::cpu_seconds() - begin;
  std::printf(
      "{\"states\": %u, \"edges\": %llu, \"levels\": %zu, \"broken\": %llu, "
      "\"seconds\": %.3f, \"bytes_per_state\": %.1f, \"states_per_second\": %.0f}\n",
      found.states, static_cast<unsigned long long>(found.edges), found.levels,
      static_cast<unsigned long long>(found.broken), seconds,
      static_cast<double>(found.bytes) / found.states, found.states / seconds);
  return EXIT_SUCCESS;
}
