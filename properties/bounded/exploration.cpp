#include "properties/bounded/exploration.hpp"

#include <algorithm>

#include "properties/bounded/graph.hpp"
#include "properties/bounded/retold.hpp"
#include "properties/hold_trace.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"
#include "sim/explain.hpp"

namespace shinsa::properties::bounded {

namespace {

/// Whether a scenario breaks the law, or is judged wrong where the system cannot go on.
bool breaks(const std::string& text, const std::optional<std::size_t>& law) {
  const auto loaded = scenarios::load_text(text, "counterexample.yaml");
  if (!loaded.errors.empty() || loaded.stories.empty()) return false;
  const scenarios::StoryRun run = scenarios::run_story(loaded.stories.front(), {});
  if (!run.simulation) return false;
  if (!law) return run.simulation->judge().violations() > 0;
  const auto monitor = make_monitor(loaded.stories.front().system);
  hold_trace(*monitor, *run.simulation);
  return std::ranges::any_of(monitor->breaches(),
                             [&](const Breach& one) { return one.law == *law; });
}

Counterexample told(const scenarios::BoundedWorld& world, const BoundedOptions& options,
                    const BoundedModel& model, const BoundedModel::Key& broken,
                    std::vector<Taken> way, const std::string& why_unable) {
  Counterexample told;
  const auto laws_here = laws(world.story.system);
  if (broken.broken != BoundedModel::kUnable) told.law = broken.broken - 1;
  told.what = told.law ? Words(std::string(laws_here[*told.law].says_en),
                               std::string(laws_here[*told.law].says_ja))
                       : Words(why_unable);
  told.way = std::move(way);
  for (Taken& one : told.way)
    if (!one.waits)
      one.says = std::string(one.event.row().name) + " " +
                 std::string(model.facts().text(one.event.subject)) + " " +
                 sim::describe(one.event.data, model.facts());
  for (const Pace pace :
       {Pace::by_the_clock, Pace::in_turn, Pace::hour_by_hour, Pace::day_by_day}) {
    const std::string text = retold(world, options, told.way, model.facts(), pace, told.what.en);
    told.replays = breaks(text, told.law);
    if (told.story.empty() || told.replays) told.story = text;
    if (told.replays) break;
  }
  return told;
}

using WorldSearch = explorer::Search<BoundedModel>;

/// What a checkpoint is of: what changes the states or their numbers.
std::string searched(const ExploreOptions& options) {
  std::string all = options.checkpoints->of;
  for (const std::string& id : options.bounded.mutants) all += "\nmutant " + id;
  for (const auto& [id, name] : options.bounded.readings) all += "\nreading " + id + "=" + name;
  all += options.bounded.laws ? "\nlaws" : "\nno laws";
  if (options.along) all += "\nalong";
  return all;
}

Result<void> save(const ExploreOptions& options, const BoundedModel& model,
                  const WorldSearch& search) {
  CheckpointWriter to(options.checkpoints->file, searched(options));
  model.save(to);
  search.save(to);
  return to.finish();
}

Result<void> load(const ExploreOptions& options, BoundedModel& model, WorldSearch& search) {
  auto from = CheckpointReader::open(options.checkpoints->file, searched(options));
  if (!from) return Failure(from.error());
  if (auto loaded = model.load(*from); !loaded) return loaded;
  if (!search.load(*from))
    return fail("has more states than --max-states allows", options.checkpoints->file);
  return {};
}

}  // namespace

Result<Explored> explore(const scenarios::BoundedWorld& world, const ExploreOptions& options) {
  auto made = BoundedModel::make(world, options.bounded);
  if (!made) return Failure(made.error());
  BoundedModel& model = **made;
  WorldSearch search(model, options.limits);
  const auto& checkpoints = options.checkpoints;
  if (checkpoints) {
    const CheckpointWriter tried(checkpoints->file, searched(options));
    if (auto opened = tried.opened(); !opened) return Failure(opened.error());
  }
  BoundedModel::Along along;
  if (checkpoints && checkpoints->resume) {
    if (auto loaded = load(options, model, search); !loaded) return Failure(loaded.error());
  } else if (options.along) {
    along = model.along(world.told);
    search.begin_along(along.way);
  }
  Result<void> saved;
  using Clock = std::chrono::steady_clock;
  auto last_saved = Clock::now();
  Explored explored;
  explored.found = search.run([&](const explorer::Progress& progress) {
    const std::size_t bytes = progress.bytes + model.bytes();
    if (options.tell) options.tell(progress, bytes);
    if (checkpoints && Clock::now() - last_saved >= checkpoints->every) {
      saved = save(options, model, search);
      last_saved = Clock::now();
    }
    return saved && bytes <= options.memory;
  });
  if (saved && checkpoints && explored.found.stopped_short()) saved = save(options, model, search);
  if (!saved) return Failure(saved.error());
  explored.left_out = std::move(along.left_out);
  explored.bytes = explored.found.bytes + model.bytes();
  explored.worked_out = model.worked_out();
  explored.coverage = model.coverage();
  explored.reach = campaign::reach_of(model.profile(), model.coverage(), {});
  for (const auto& [type, times] : model.refused_permissions())
    explored.refused_permissions.emplace_back(kEventTypes[type].name);
  if (options.graph && explored.found.states <= kStatesOfAGraph)
    explored.graph = graph_of(model, search, explored.found);
  if (!explored.found.first_broken) return explored;
  std::vector<Taken> way;
  BoundedModel::Key at = model.initial();
  std::string why;
  for (const explorer::StateIndex state : search.states_to(*explored.found.first_broken)) {
    way.push_back(model.taken(at, search.step_to(state)));
    if (search[state].broken == BoundedModel::kUnable)
      why = model.why_unable(at, search.step_to(state));
    at = search[state];
  }
  explored.counterexample = told(world, options.bounded, model,
                                 search[*explored.found.first_broken], std::move(way), why);
  return explored;
}

}  // namespace shinsa::properties::bounded
