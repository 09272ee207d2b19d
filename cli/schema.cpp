#include <iostream>

#include "cli/commands.hpp"
#include "model/vocabulary/suggest.hpp"
#include "reports/results_json.hpp"
#include "scenarios/schema.hpp"

namespace shinsa::cli {

int schema(const Common&, const std::string& what) {
  if (what == "scenario")
    std::cout << scenarios::scenario_schema();
  else if (what == "events")
    std::cout << scenarios::event_schema();
  else if (what == "results")
    std::cout << reports::results_schema();
  else {
    static constexpr std::string_view kWhat[] = {"scenario", "events", "results"};
    std::cerr << "shinsa: no schema '" << what << "'" << did_you_mean(what, kWhat)
              << "\n  there are: scenario, events, results\n";
    return kUsage;
  }
  return kHeld;
}

int version(const Common& common) {
  if (common.json)
    std::cout << "{\"tool\":\"" << kToolName
              << "\",\"events\":\"shinsa-events/1\",\"results\":\"shinsa-results/1\"}\n";
  else
    std::cout
        << kToolName
        << "\nNot affiliated with JPRS, Sakura, NTT or any company named; the readings are ours.\n";
  return kHeld;
}

}  // namespace shinsa::cli
