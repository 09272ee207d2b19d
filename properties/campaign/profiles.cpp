#include "properties/campaign/profiles.hpp"

#include "model/catalogue/catalogue.hpp"
#include "properties/campaign/customers.hpp"

namespace shinsa::properties::campaign {

namespace {

Result<Profiles> profiles_under(const CampaignOptions& options,
                                const std::map<std::string, std::string>& readings) {
  auto judge = model::make_profile({options.system, readings, {}});
  if (!judge) return Failure(judge.error());
  if (options.mutants.empty()) return Profiles{readings, *judge, *judge};
  auto system = model::make_profile({options.system, readings, options.mutants});
  if (!system) return Failure(system.error());
  return Profiles{readings, *system, *judge};
}

}  // namespace

Result<std::vector<Profiles>> profiles_of(const CampaignOptions& options) {
  std::vector<Profiles> all;
  auto first = profiles_under(options, options.readings);
  if (!first) return Failure(first.error());
  if (laws(options.system).empty() || !make_customers(options.system))
    return fail("no campaign for system '" + options.system + "' yet", "--system");
  all.push_back(std::move(*first));
  for (const Reading& reading : readings()) {
    const std::string id(reading.id);
    if (reading.system != options.system || options.readings.contains(id)) continue;
    for (const Alternative& other : reading.alternatives.subspan(1)) {
      auto readings = options.readings;
      readings[id] = other.name;
      auto profiles = profiles_under(options, readings);
      if (!profiles) return Failure(profiles.error());
      all.push_back(std::move(*profiles));
    }
  }
  return all;
}

}  // namespace shinsa::properties::campaign
