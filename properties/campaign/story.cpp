#include "properties/campaign/story.hpp"

namespace shinsa::properties::campaign {

namespace {

std::string list(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return "[" + text + "]";
}

std::string map(const std::map<std::string, std::string>& items) {
  std::string text;
  for (const auto& [key, value] : items)
    text.append(text.empty() ? "" : ", ").append(key).append(": ").append(value);
  return "{" + text + "}";
}

}  // namespace

std::string Story::text(const std::string& why, const std::string& found,
                        const CampaignOptions& options, const Beginning& beginning,
                        const std::map<std::string, std::string>& readings) const {
  std::string text = "# Found by shinsa fuzz: " + why + "\n";
  if (!found.empty()) text += "# " + found + "\n";
  text += "title: A counterexample\n";
  text += "title_ja: 反例\nsystem: " + options.system + "\n";
  if (!options.mutants.empty()) text += "mutants: " + list(options.mutants) + "\n";
  text += "given:\n  start: " + to_text(beginning.start) + "\n";
  if (!readings.empty()) text += "  readings: " + map(readings) + "\n";
  text += "  conduct: " + map({beginning.conduct.begin(), beginning.conduct.end()}) + "\n";
  if (!beginning.fault.empty()) text += "  faults: [\"" + std::string(beginning.fault) + "\"]\n";
  return text + "  facts:\n" + facts_ + "steps:\n" + (steps_.empty() ? "  - wait: P1D\n" : steps_);
}

}  // namespace shinsa::properties::campaign
