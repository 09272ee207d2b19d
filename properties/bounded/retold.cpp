#include "properties/bounded/retold.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "properties/bounded/menu.hpp"
#include "properties/saved_story.hpp"

namespace shinsa::properties::bounded {

namespace {

using scenarios::Entry;
using scenarios::MenuItem;
using scenarios::Term;

std::string yaml(const Term& term) {
  std::string text;
  switch (term.kind) {
    case Term::Kind::text:
      return term.is_null ? "~" : yaml_scalar(term.text);
    case Term::Kind::list:
      for (const Term& item : term.items) text += (text.empty() ? "" : ", ") + yaml(item);
      return "[" + text + "]";
    case Term::Kind::map:
      for (const auto& [key, value] : term.entries)
        text.append(text.empty() ? "" : ", ").append(key).append(": ").append(yaml(value));
      return "{" + text + "}";
  }
  return text;
}

/// Names of the fields that an item takes over from what it follows.
std::vector<std::string> taken_over(const MenuItem& item) {
  std::vector<std::string> names;
  const auto look = [&](const std::string& text) {
    for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 2))
      names.push_back(text.substr(at + 2, text.find('}', at) - at - 2));
  };
  look(item.request.subject);
  for (const Entry& entry : item.request.data)
    if (entry.name != "code") look(entry.value.text);  // a scenario reads it in the mail
  return names;
}

class Teller {
 public:
  Teller(const scenarios::BoundedWorld& world, const Facts& facts, Pace pace)
      : world_(world), facts_(facts), pace_(pace) {}

  std::string steps(const std::vector<Taken>& way) {
    find_kept(way);
    for (std::size_t i = 0; i < way.size(); ++i) {
      if (way[i].waits)
        waited_ = true;
      else if (way[i].item)
        request(i, way[i]);
      else
        seen(i, way[i].event);
    }
    if (text_.empty() || waited_) text_ += "  - wait: P1D\n";
    return text_;
  }

 private:
  /// What is kept of an event that requests take something over from.
  struct Kept {
    std::string prefix;
    std::set<std::string> names;
    const MenuItem* by = nullptr;
  };

  /// Finds for each request that follows something the newest event of that kind before it.
  void find_kept(const std::vector<Taken>& way) {
    for (std::size_t i = 0; i < way.size(); ++i) {
      if (!way[i].item) continue;
      const MenuItem& item = world_.menu[*way[i].item];
      const std::vector<std::string> names = taken_over(item);
      if (names.empty()) continue;
      for (std::size_t before = i; before-- > 0;) {
        if (way[before].waits || way[before].event.row().name != item.follows) continue;
        if (!is_about(way[before].event, facts_.find(item.of), facts_)) continue;
        Kept& kept = kept_[before];
        kept.prefix = "seen" + std::to_string(before + 1) + "_";
        kept.names.insert(names.begin(), names.end());
        kept.by = &item;
        follows_[i] = before;
        break;
      }
    }
  }

  void request(std::size_t at, const Taken& taken) {
    const MenuItem& item = world_.menu[*taken.item];
    const auto follows = follows_.find(at);
    const std::string prefix = follows == follows_.end() ? "" : kept_[follows->second].prefix;
    text_ += "  - request: " + item.request.type + "\n";
    text_ += "    subject: " + yaml_scalar(renamed(item.request.subject, prefix)) + "\n";
    text_ += when(taken);
    waited_ = acted_ = false;
    if (!item.request.data.empty()) text_ += "    data:\n";
    for (const Entry& entry : item.request.data) {
      Term value = entry.value;
      value.text = value_of(entry, taken.event, prefix);
      text_ += "      " + entry.name + ": " + yaml(value) + "\n";
    }
  }

  /// When a request is made.
  std::string when(const Taken& taken) const {
    const std::string at = "    at: " + to_text(taken.time) + "\n";
    switch (pace_) {
      case Pace::by_the_clock:
        return at;
      case Pace::in_turn:
        return waited_ ? at : "";
      case Pace::hour_by_hour:
        return acted_ ? "    after: PT1H\n" : waited_ ? at : "";
      case Pace::day_by_day:
        return acted_ ? "    after: P1D\n" : waited_ ? at : "";
    }
    return {};
  }

  /// The text of a field: what is taken over is named, or written out where it is no text.
  std::string value_of(const Entry& entry, const Event& event, const std::string& prefix) const {
    const std::string& text = entry.value.text;
    if (text.find("${") == std::string::npos) return text;
    if (entry.name == "code") return "from-mail";
    const EventType& type = event.row();
    const std::size_t at = *type.field(entry.name);
    if (type.fields[at].kind == FieldKind::text) return renamed(text, prefix);
    return std::to_string(facts_.record(event.data).fields[at].number());
  }

  /// Waits for an action where the pace wants it, or where something is taken over from it.
  void seen(std::size_t at, const Event& event) {
    const auto kept = kept_.find(at);
    if (event.row().sort != Sort::action) return;
    acted_ = true;
    if (pace_ != Pace::in_turn && kept == kept_.end()) return;
    text_ += "  - expect: " + std::string(event.row().name) + "\n";
    const bool named = kept != kept_.end() && kept->second.names.contains("subject");
    if (named)
      text_ += "    as: " + kept->second.prefix + "subject\n";
    else if (event.type != kType<"certificate.issued">)  // its serial number is another there
      text_ += "    subject: " + yaml_scalar(std::string(facts_.text(event.subject))) + "\n";
    if (kept == kept_.end()) return;
    std::string names;
    for (const std::string& name : kept->second.names)
      if (is_text(*kept->second.by, name))
        names += (names.empty() ? "" : ", ") + kept->second.prefix + name + ": " + name;
    if (!names.empty()) text_ += "    keep: {" + names + "}\n";
  }

  static bool is_text(const MenuItem& item, const std::string& name) {
    const EventType& type = kEventTypes[*find_type(item.follows)];
    const auto at = type.field(name);
    return at && type.fields[*at].kind == FieldKind::text;
  }

  static std::string renamed(const std::string& text, const std::string& prefix) {
    std::string all = text;
    if (prefix.empty()) return all;
    for (std::size_t at = all.find("${"); at != std::string::npos; at = all.find("${", at + 2))
      all.insert(at + 2, prefix);
    return all;
  }

  const scenarios::BoundedWorld& world_;
  const Facts& facts_;
  const Pace pace_;
  std::string text_;
  bool waited_ = false;                         // since the last request
  bool acted_ = false;                          // portal or CA, since then
  std::map<std::size_t, Kept> kept_;            // by position in the way
  std::map<std::size_t, std::size_t> follows_;  // of requests: position of what they follow
};

}  // namespace

std::string retold(const scenarios::BoundedWorld& world, const BoundedOptions& options,
                   const std::vector<Taken>& way, const Facts& facts, Pace pace,
                   const std::string& why) {
  const scenarios::Story& story = world.story;
  auto readings = story.readings;
  for (const auto& [id, name] : options.readings) readings[id] = name;
  std::string text = saved_head({"explore",
                                 why,
                                 {},
                                 story.system,
                                 options.mutants,
                                 story.start,
                                 readings,
                                 story.conduct,
                                 story.faults});
  for (const scenarios::Fact& fact : story.facts) {
    text += "    - " + fact.type + ": " + yaml_scalar(fact.subject) + "\n";
    for (const Entry& entry : fact.data)
      text += "      " + entry.name + ": " + yaml(entry.value) + "\n";
  }
  return text + "steps:\n" + Teller(world, facts, pace).steps(way);
}

}  // namespace shinsa::properties::bounded
