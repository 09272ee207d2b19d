#include "cli/collect/scenario_root.hpp"

#include <cstdlib>
#include <filesystem>

#ifndef SHINSA_DEFAULT_SCENARIOS
#define SHINSA_DEFAULT_SCENARIOS "scenarios"
#endif
#ifndef SHINSA_DEFAULT_WORLDS
#define SHINSA_DEFAULT_WORLDS "bench/worlds"
#endif

namespace shinsa::cli {

namespace {

/// What the environment names, else the folder where one stands here, else that of the source tree.
std::string root(const char* variable, const char* here, const char* built_from) {
  if (const char* given = std::getenv(variable); given && *given) return given;
  return std::filesystem::is_directory(here) ? here : built_from;
}

}  // namespace

std::string default_scenario_root() {
  return root("SHINSA_SCENARIOS", "scenarios", SHINSA_DEFAULT_SCENARIOS);
}

std::string default_world_root() {
  return root("SHINSA_WORLDS", "bench/worlds", SHINSA_DEFAULT_WORLDS);
}

}  // namespace shinsa::cli
