#include "cli/collect/scenario_root.hpp"

#include <cstdlib>
#include <filesystem>

namespace shinsa::cli {

std::string default_scenario_root() {
  if (const char* given = std::getenv("SHINSA_SCENARIOS"); given && *given) return given;
  if (std::filesystem::is_directory("scenarios")) return "scenarios";
#ifdef SHINSA_DEFAULT_SCENARIOS
  return SHINSA_DEFAULT_SCENARIOS;
#else
  return "scenarios";
#endif
}

std::string default_world_root() {
  if (const char* given = std::getenv("SHINSA_WORLDS"); given && *given) return given;
  if (std::filesystem::is_directory("bench/worlds")) return "bench/worlds";
#ifdef SHINSA_DEFAULT_WORLDS
  return SHINSA_DEFAULT_WORLDS;
#else
  return "bench/worlds";
#endif
}

}  // namespace shinsa::cli
