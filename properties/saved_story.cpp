#include "properties/saved_story.hpp"

namespace shinsa::properties {

namespace {

std::string list(const std::vector<std::string>& items, const std::string& quote) {
  std::string text;
  for (const std::string& item : items)
    text.append(text.empty() ? "" : ", ").append(quote).append(item).append(quote);
  return "[" + text + "]";
}

std::string map(const std::map<std::string, std::string>& items) {
  std::string text;
  for (const auto& [key, value] : items)
    text.append(text.empty() ? "" : ", ").append(key).append(": ").append(value);
  return "{" + text + "}";
}

}  // namespace

std::string saved_head(const SavedHead& head) {
  std::string text = "# Found by shinsa " + head.command + ": " + head.why + "\n";
  if (!head.where.empty()) text += "# " + head.where + "\n";
  text += "title: A counterexample\n";
  text += "title_ja: 反例\nsystem: " + head.system + "\n";
  if (!head.mutants.empty()) text += "mutants: " + list(head.mutants, "") + "\n";
  text += "given:\n  start: " + to_text(head.start) + "\n";
  if (!head.readings.empty()) text += "  readings: " + map(head.readings) + "\n";
  text += "  conduct: " + map(head.conduct) + "\n";
  if (!head.faults.empty()) text += "  faults: " + list(head.faults, "\"") + "\n";
  return text + "  facts:\n";
}

std::string yaml_scalar(const std::string& text) {
  const bool plain =
      !text.empty() &&
      std::string_view("*&!%@`'\"#>|{}[],?:-~ ").find(text.front()) == std::string_view::npos &&
      text.find_first_of(",[]{}#\"\n") == std::string::npos &&
      text.find(": ") == std::string::npos && text.back() != ' ';
  if (plain) return text;
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n')
      quoted += "\\n";
    else
      quoted += c;
  }
  return quoted + "\"";
}

}  // namespace shinsa::properties
