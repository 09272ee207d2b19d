#include <iostream>

#include "cli/collect/read_mapping.hpp"
#include "cli/commands.hpp"
#include "cli/japanese.hpp"
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
  else if (what == "mapping")
    std::cout << mapping_schema();
  else {
    static constexpr std::string_view kWhat[] = {"scenario", "events", "results", "mapping"};
    return tell_usage("no schema '" + what + "'" + did_you_mean(what, kWhat),
                      "shinsa schema --help");
  }
  return kHeld;
}

int version(const Common& common) {
  if (common.json)
    std::cout << "{\"tool\":\"" << kToolName
              << "\",\"events\":\"shinsa-events/1\",\"results\":\"shinsa-results/1\"}\n";
  else
    std::cout << kToolName << "\n"
              << said(
                     "Not affiliated with JPRS, Sakura, NTT or any company named; the readings "
                     "are ours.")
              << "\n";
  return kHeld;
}

}  // namespace shinsa::cli
