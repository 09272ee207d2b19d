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

}  // namespace shinsa::cli
