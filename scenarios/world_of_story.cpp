#include "scenarios/world_of_story.hpp"

#include <algorithm>
#include <map>

namespace shinsa::scenarios {

namespace {

/// Where a name of the story comes from: a field of what was seen, or its subject.
struct Origin {
  const Step* seen;
  std::string field;
};

/// Turns the requests of a story into what a menu offers.
class Turning {
 public:
  explicit Turning(const Story& story) : story_(story) {}

  Result<std::vector<MenuItem>> menu() {
    std::vector<MenuItem> menu;
    for (const Step& step : story_.steps) {
      if (step.verb == Step::Verb::expect) note(step);
      if (step.verb != Step::Verb::request) continue;
      auto item = turned(step);
      if (!item) return Failure(item.error());
      menu.push_back(std::move(*item));
    }
    if (menu.empty()) return fail("the story asks for nothing", story_.place.text());
    return menu;
  }

 private:
  void note(const Step& seen) {
    if (!seen.as.empty()) origins_[seen.as] = {&seen, "subject"};
    for (const auto& [name, field] : seen.keep) origins_[name] = {&seen, field};
  }

  Result<MenuItem> turned(const Step& step) {
    MenuItem item;
    item.request = step;
    item.of = step.subject;
    if (auto done = take_over(item.request.subject, item); !done) return Failure(done.error());
    for (Entry& entry : item.request.data) {
      if (entry.name == "code" && is_in_the_mail(entry.value.text)) {
        if (auto done = follow(item, "mail.sent", step.subject); !done)
          return Failure(done.error());
        entry.value.text = "${code}";
      } else if (auto done = take_over(entry.value, item); !done) {
        return Failure(done.error());
      }
    }
    return item;
  }

  static bool is_in_the_mail(const std::string& text) {
    return text.starts_with("from-mail") || text == "from-spam";
  }

  Result<void> take_over(Term& term, MenuItem& item) {
    for (Term& one : term.items)
      if (auto done = take_over(one, item); !done) return done;
    for (auto& [name, one] : term.entries)
      if (auto done = take_over(one, item); !done) return done;
    return take_over(term.text, item);
  }

  /// The names in a text become fields of what the request follows.
  Result<void> take_over(std::string& text, MenuItem& item) {
    for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 1)) {
      const std::size_t end = text.find('}', at);
      const auto origin = origins_.find(text.substr(at + 2, end - at - 2));
      if (end == std::string::npos || origin == origins_.end())
        return fail("the request takes over what is not seen before", item.request.place.text());
      const Step& seen = *origin->second.seen;
      const bool named = seen.subject.find("${") == std::string::npos;
      if (auto done = follow(item, seen.type, named ? seen.subject : ""); !done) return done;
      text.replace(at + 2, end - at - 2, origin->second.field);
    }
    return {};
  }

  /// @param of  empty: whomever that was about.
  Result<void> follow(MenuItem& item, const std::string& type, const std::string& of) {
    if (!item.follows.empty() && (item.follows != type || item.of != of))
      return fail("the request takes over something of two events", item.request.place.text());
    item.follows = type;
    item.of = of;
    return {};
  }

  const Story& story_;
  std::map<std::string, Origin> origins_;
};

}  // namespace

Result<BoundedWorld> world_of(const Story& story, const StoryRun& run) {
  const std::string where = story.place.text();
  if (!run.simulation) return fail("the story does not apply", where);
  if (!story.tale.empty()) return fail("the story is a part of a tale", where);
  if (!story.mutants.empty()) return fail("the story has mutants", where);
  auto menu = Turning(story).menu();
  if (!menu) return Failure(menu.error());
  BoundedWorld world;
  world.story = story;
  world.story.steps.clear();
  world.menu = std::move(*menu);
  Instant last = story.start;
  for (const StepRun& step : run.steps) {
    if (story.steps[step.step].verb == Step::Verb::request && step.time > story.start)
      world.instants.push_back(step.time);
    last = std::max(last, step.time);
  }
  const Facts& facts = run.simulation->facts();
  for (const sim::Stepped& one : run.simulation->trace()) {
    const Sort sort = one.event.row().sort;
    if (sort != Sort::request && sort != Sort::action) continue;
    world.told.push_back({one.event.time, one.event.type,
                          std::string(facts.text(one.event.subject)),
                          facts.digest(one.event.data)});
    last = std::max(last, one.event.time);
  }
  world.horizon = last + seconds(1) - story.start;
  return world;
}

}  // namespace shinsa::scenarios
