#include <algorithm>
#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <optional>

#include "cli/collect/judge_log.hpp"
#include "cli/commands.hpp"
#include "cli/graphviz.hpp"
#include "cli/japanese.hpp"
#include "cli/pace.hpp"
#include "cli/progress.hpp"
#include "model/vocabulary/events.hpp"
#include "properties/bounded/exploration.hpp"
#include "properties/laws/law.hpp"
#include "reports/text.hpp"
#include "reports/write_files.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/world_of_story.hpp"
#include "sim/hash.hpp"
#include "sim/together.hpp"

namespace shinsa::cli {

namespace {

namespace json = boost::json;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using properties::LawKind;
using properties::bounded::Counterexample;
using properties::bounded::Explored;
using properties::bounded::Taken;
using properties::campaign::Missed;
using Found = properties::explorer::Found;

/// One world, gone through.
struct Journey {
  const Common& common;
  const ExploreCommand& command;
  std::string file;
  scenarios::BoundedWorld world;
  Explored explored;
  double seconds = 0;
  std::string saved;  ///< where the counterexample is; empty: there is none
};

std::string_view to_text(Found::End end) {
  switch (end) {
    case Found::End::complete:
      return "complete";
    case Found::End::states:
      return "max-states";
    case Found::End::depth:
      return "depth";
    case Found::End::broken:
      return "broken";
    case Found::End::told:
      return "memory";
  }
  return "complete";
}

/// Laws that a single trace can break.
std::size_t laws_held_against(const std::string& system) {
  return static_cast<std::size_t>(std::ranges::count_if(
      properties::laws(system),
      [](const properties::Law& law) { return law.kind != LawKind::sometimes; }));
}

/// A line for each step of a way: when, and what.
std::vector<std::string> lines_of(const Counterexample& found) {
  std::vector<std::string> lines;
  for (const Taken& one : found.way) {
    std::string line = shinsa::to_text(one.time) + "  ";
    if (one.waits)
      line += said("time passes");
    else
      line += one.says;
    lines.push_back(std::move(line));
  }
  return lines;
}

/// What of one kind was not reached.
json::array missed(const Explored& explored, Missed::Kind kind) {
  json::array all;
  for (const auto& one : explored.reach.missed)
    if (one.kind == kind) all.emplace_back(one.what);
  return all;
}

/// What the story tells and the world never does.
json::array left_out(const Journey& journey) {
  json::array all;
  for (std::size_t i : journey.explored.left_out) {
    const scenarios::Told& told = journey.world.told[i];
    all.emplace_back(shinsa::to_text(told.time) + "  " + std::string(kEventTypes[told.type].name) +
                     " " + told.subject);
  }
  return all;
}

std::string hex_of(std::uint64_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
  return text;
}

json::object to_json(const Journey& journey) {
  const Found& found = journey.explored.found;
  json::object one;
  one["world"] = journey.file;
  one["system"] = journey.world.story.system;
  one["states"] = found.states;
  one["edges"] = found.edges;
  one["levels"] = found.levels;
  one["end"] = to_text(found.end);
  one["digest"] = hex_of(found.digest);
  one["broken_states"] = found.broken;
  one["bytes"] = journey.explored.bytes;
  one["worked_out"] = journey.explored.worked_out;
  one["seconds"] = journey.seconds;
  one["left_out"] = left_out(journey);
  one["rows_never_fired"] = missed(journey.explored, Missed::Kind::row);
  one["guards_one_way"] = missed(journey.explored, Missed::Kind::guard);
  if (const auto& found_one = journey.explored.counterexample) {
    json::object counter;
    if (found_one->law)
      counter["law"] = properties::laws(journey.world.story.system)[*found_one->law].name;
    counter["what"] = found_one->what.en;
    counter["steps"] = found_one->way.size();
    json::array way;
    for (const std::string& line : lines_of(*found_one)) way.emplace_back(line);
    counter["way"] = std::move(way);
    counter["scenario"] = journey.saved;
    counter["replays"] = found_one->replays;
    one["counterexample"] = std::move(counter);
  }
  return one;
}

void tell(std::ostream& out, const std::string& mark, const std::string& text) {
  out << mark << reports::wrap(text, 6, 80).substr(6) << "\n";
}

void tell_counterexample(std::ostream& out, const Journey& journey) {
  const Counterexample& found = *journey.explored.counterexample;
  std::string head = found.what.in(journey.common.lang);
  if (found.law) {
    const properties::Law& law = properties::laws(journey.world.story.system)[*found.law];
    head = "law/" + std::string(law.name) + ": " + head;
  }
  tell(out, "FAIL  ", head);
  const auto lines = lines_of(found);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    char number[24];
    std::snprintf(number, sizeof number, "%5zu ", i + 1);
    tell(out, number, lines[i]);
  }
  tell(out, "      ", said("saved: " + journey.saved));
  tell(out, "      ",
       found.replays ? said("replay: shinsa run " + journey.saved)
                     : said("no scenario of ours replays it: the system has to be slower or "
                            "quicker than the simulated one"));
}

/// A line each, where they are asked for.
void tell_each(std::ostream& out, const Journey& journey, const json::array& all) {
  if (!journey.common.verbose) return;
  for (const json::value& one : all) tell(out, "        ", std::string(one.as_string()));
}
/// What of one kind was not reached, where it is asked for.
void tell_missed(std::ostream& out, const Journey& journey, Missed::Kind kind) {
  tell_each(out, journey, missed(journey.explored, kind));
}

void tell_world(std::ostream& out, const Journey& journey) {
  const Explored& explored = journey.explored;
  const Found& found = explored.found;
  const auto& story = journey.world.story;
  out << story.system << ": " << in(journey.common.lang, story.title_en, story.title_ja) << "\n";
  tell(out, "      ",
       said(with_commas(found.states) + " states, " + with_commas(found.edges) + " steps, " +
            std::to_string(found.levels) + " levels"));
  const auto rate = static_cast<std::uint64_t>(
      std::llround(static_cast<double>(found.states) / std::max(journey.seconds, 1e-3)));
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.1f", journey.seconds);
  tell(out, "      ",
       said(with_commas(rate) + " states/s, " + seconds + " s, " +
            std::to_string(explored.bytes / std::max<std::uint64_t>(found.states, 1)) +
            " bytes a state, " + with_commas(explored.worked_out) +
            " steps of the machines worked out"));
  if (!explored.left_out.empty()) {
    tell(out, "NOTE  ",
         said(std::to_string(explored.left_out.size()) + " of " +
              std::to_string(journey.world.told.size()) +
              " events of the story never happen in this world"));
    tell_each(out, journey, left_out(journey));
  }
  if (found.end == Found::End::complete)
    tell(out, "      ", said("complete: nothing else can happen in this world"));
  if (found.stopped_short()) {
    tell(out, "STOP  ",
         said("not complete: stopped at --" + std::string(to_text(found.end)) +
              ", and what lies beyond is not known"));
    if (!journey.command.checkpoint.empty())
      tell(out, "      ", said("saved: " + journey.command.checkpoint + ", go on with --resume"));
  }
  for (const std::string& type : explored.refused_permissions)
    tell(out, "NOTE  ",
         said(type + " is allowed somewhere where it is refused: the model says both"));
  if (explored.counterexample) tell_counterexample(out, journey);
  if (found.end != Found::End::complete) return;
  const auto& reach = explored.reach;
  tell(out, "      ",
       said(std::to_string(reach.rows - reach.rows_fired) + " of " + std::to_string(reach.rows) +
            " rows never fired in it"));
  tell_missed(out, journey, Missed::Kind::row);
  tell(
      out, "      ",
      said(std::to_string(reach.guards - reach.guards_both) + " of " +
           std::to_string(reach.guards) + " guards of requests never said yes in it, or never no"));
  tell_missed(out, journey, Missed::Kind::guard);
}

/// Saves the counterexample as a scenario. @return where; empty if there is none.
Result<std::string> save(const Journey& journey) {
  if (!journey.explored.counterexample) return std::string{};
  const fs::path folder = journey.common.out.empty() ? "." : journey.common.out;
  std::string name = "explore-" + journey.world.story.id + ".yaml";
  for (char& c : name)
    if (c == '/' || c == '#') c = '-';
  const std::string path = (folder / name).lexically_normal().string();
  if (auto written = reports::write_atomically(path, journey.explored.counterexample->story);
      !written)
    return Failure(written.error());
  return path;
}

/// Draws the states, where there are few enough.
Result<void> draw(const Journey& journey, std::ostream& out) {
  const std::string& file = journey.command.graph;
  if (file.empty()) return {};
  if (journey.explored.graph.empty()) {
    tell(out, "NOTE  ",
         said("not drawn: a graph of more than " +
              std::to_string(properties::bounded::kStatesOfAGraph) + " states says nothing"));
    return {};
  }
  Result<std::string> picture = journey.explored.graph;
  if (fs::path(file).extension() == ".svg")
    picture = to_svg(journey.explored.graph, "--graph", "install graphviz, or use a file .dot");
  if (!picture) return Failure(picture.error());
  if (auto written = reports::write_atomically(file, *picture); !written) return written;
  tell(out, "      ", said("drawn: " + file));
  return {};
}

properties::bounded::ExploreOptions options_of(const Common& common,
                                               const ExploreCommand& command) {
  properties::bounded::ExploreOptions options;
  options.bounded.mutants = common.mutants;
  options.bounded.readings = common.readings;
  options.bounded.laws = !command.no_laws;
  options.bounded.memoised = !command.direct;
  options.bounded.checks = command.check_tables;
  options.along = command.along;
  options.graph = !command.graph.empty();
  options.limits.states = command.max_states;
  if (command.depth) options.limits.depth = command.depth;
  options.limits.to_the_first = true;
  if (command.memory) options.memory = command.memory;
  return options;
}

/// Where the search is saved. A checkpoint is of one world's text and of one build of this program:
/// another might number the steps otherwise.
Result<properties::bounded::Checkpoints> checkpoints_of(const ExploreCommand& command,
                                                        const std::string& world) {
  const auto text = read_file(world), program = read_file("/proc/self/exe");
  if (!text) return Failure(text.error());
  if (!program) return Failure(program.error());
  properties::bounded::Checkpoints checkpoints;
  checkpoints.file = command.checkpoint;
  checkpoints.of = "world " + sim::sha256_hex(*text) + "\nprogram " + sim::sha256_hex(*program);
  checkpoints.every = std::chrono::seconds(command.every);
  checkpoints.resume = command.resume;
  return checkpoints;
}

struct WorldOfAFile {
  std::string file;
  scenarios::BoundedWorld world;
};

/// The worlds around the stories of a file, each row of examples a story.
tl::expected<std::vector<WorldOfAFile>, std::vector<Error>> around_stories(
    const Common& common, const std::string& file) {
  const auto loaded = scenarios::load_paths({file}, common.scenario_root);
  if (!loaded.errors.empty()) return tl::unexpected(loaded.errors);
  scenarios::RunOptions options;
  options.readings = common.readings;
  options.detail = fakes::Detail::paper;
  std::vector<WorldOfAFile> all;
  std::vector<Error> none;
  for (const scenarios::Story& story : loaded.stories) {
    auto world = scenarios::world_of(story, scenarios::run_story(story, options));
    if (world)
      all.push_back({file, std::move(*world)});
    else
      none.push_back(world.error());
  }
  if (all.empty() && none.empty())
    none.push_back({"no scenario was selected", file, "give a scenario file or a folder of them"});
  if (all.empty()) return tl::unexpected(none);
  for (const Error& why : none) tell_warning(why.text());
  return all;
}

/// What a file holds: a bounded world, or stories.
tl::expected<std::vector<WorldOfAFile>, std::vector<Error>> worlds_of(const Common& common,
                                                                      const std::string& file) {
  const auto text = read_file(file);
  const bool tells =
      text && (text->starts_with("steps:") || text->find("\nsteps:") != std::string::npos ||
               text->find("\nparts:") != std::string::npos);
  if (tells || fs::is_directory(file)) return around_stories(common, file);
  auto world = scenarios::load_world(file, common.scenario_root);
  if (!world) return tl::unexpected(world.error());
  return std::vector<WorldOfAFile>{{file, std::move(*world)}};
}

/// The worlds, gone through by several threads, each world by one, and told in their order.
class Journeys {
 public:
  Journeys(const Common& common, const ExploreCommand& command, std::vector<WorldOfAFile> worlds)
      : common_(common),
        command_(command),
        out_(common.json ? std::cerr : std::cout),
        worlds_(std::move(worlds)),
        done_(worlds_.size()),
        progress_(several() ? worlds_.size() : 0, several() ? "worlds" : "states") {}

  /// @return an Error where one of them could not be gone through.
  Result<void> all() {
    const auto threads = std::min<std::size_t>(sim::threads_for(common_.jobs), worlds_.size());
    sim::together(static_cast<unsigned>(threads), [this] {
      for (std::size_t i = next_++; i < worlds_.size(); i = next_++) take(i, go(worlds_[i]));
    });
    return std::move(failed_to_);
  }

  json::object document() { return {{"worlds", std::move(documents_)}}; }
  void tell_sum() const {
    out_ << passed_ << " passed, " << failed_ << " failed, " << skipped_ << " skipped" << std::endl;
  }
  [[nodiscard]] bool any_failed() const { return failed_ > 0; }
  [[nodiscard]] bool any_skipped() const { return skipped_ > 0; }

 private:
  [[nodiscard]] bool several() const { return worlds_.size() > 1; }

  Result<Journey> go(WorldOfAFile& one) {
    auto options = options_of(common_, command_);
    if (!command_.checkpoint.empty()) {
      auto checkpoints = checkpoints_of(command_, one.file);
      if (!checkpoints) return Failure(checkpoints.error());
      options.checkpoints = std::move(*checkpoints);
    }
    const auto began = Clock::now();
    const auto seconds = [began] {
      return std::chrono::duration<double>(Clock::now() - began).count();
    };
    if (!several())
      options.tell = [&](const properties::explorer::Progress& at, std::size_t bytes) {
        tell_progress(at, bytes, seconds());
      };
    auto explored = properties::bounded::explore(one.world, options);
    if (!explored) return Failure(explored.error());
    Journey journey{common_,   command_, one.file, std::move(one.world), std::move(*explored),
                    seconds(), {}};
    auto saved = save(journey);
    if (!saved) return Failure(saved.error());
    journey.saved = *saved;
    return journey;
  }

  void tell_progress(const properties::explorer::Progress& at, std::size_t bytes, double seconds) {
    const auto rate =
        static_cast<std::uint64_t>(static_cast<double>(at.states) / std::max(seconds, 1e-3));
    progress_.step(at.states,
                   said("level " + std::to_string(at.level) + ", " +
                        with_commas(at.states - at.expanded) + " to go on from, " +
                        with_commas(rate) + " states/s, " + std::to_string(bytes >> 20) + " MB"));
  }

  /// Tells what may be told now: each world after those before it.
  void take(std::size_t i, Result<Journey> journey) {
    const std::scoped_lock lock(door_);
    progress_.clear();
    if (!journey) {
      if (failed_to_) failed_to_ = Failure(journey.error());
      next_ = worlds_.size();
      return;
    }
    done_[i].emplace(std::move(*journey));
    for (; told_ < done_.size() && done_[told_] && failed_to_; done_[told_++].reset())
      tell(*done_[told_]);
    ++finished_;
    if (several()) progress_.step(finished_);
  }

  void tell(const Journey& journey) {
    tell_world(out_, journey);
    if (auto drawn = draw(journey, out_); !drawn) {
      failed_to_ = Failure(drawn.error());
      return;
    }
    documents_.push_back(to_json(journey));
    const std::size_t laws = command_.no_laws ? 0 : laws_held_against(journey.world.story.system);
    const bool broken = journey.explored.counterexample.has_value();
    failed_ += broken;
    (journey.explored.found.end == Found::End::complete ? passed_ : skipped_) +=
        laws - std::min<std::size_t>(laws, broken);
  }

  const Common& common_;
  const ExploreCommand& command_;
  std::ostream& out_;
  std::vector<WorldOfAFile> worlds_;
  std::atomic<std::size_t> next_{0};
  std::mutex door_;  // to what follows
  std::vector<std::optional<Journey>> done_;
  std::size_t told_ = 0, finished_ = 0;
  Progress progress_;
  json::array documents_;
  std::size_t passed_ = 0, failed_ = 0, skipped_ = 0;
  Result<void> failed_to_;
};

}  // namespace

int explore(const Common& common, const ExploreCommand& command) {
  std::vector<std::string> files = command.worlds;
  if (files.empty())
    files.push_back((fs::path(command.world_root) / (common.system + ".yaml")).string());
  std::vector<WorldOfAFile> all;
  for (const std::string& file : files) {
    auto worlds = worlds_of(common, file);
    if (!worlds) {
      for (const Error& error : worlds.error()) tell_error(error.text());
      return kCouldNotRun;
    }
    std::ranges::move(*worlds, std::back_inserter(all));
  }
  if (all.size() > 1 && (!command.checkpoint.empty() || !command.graph.empty()))
    return tell_error("--checkpoint and --graph are of one world");
  Journeys journeys(common, command, std::move(all));
  if (auto done = journeys.all(); !done) return tell_error(done.error().text());
  const json::object document = journeys.document();
  if (!common.out.empty())
    if (auto written = reports::write_atomically(fs::path(common.out) / "explore.json",
                                                 json::serialize(document) + "\n");
        !written)
      return tell_error(written.error().text());
  if (common.json) std::cout << json::serialize(document) << "\n";
  journeys.tell_sum();
  return journeys.any_failed() || (common.strict && journeys.any_skipped()) ? kViolated : kHeld;
}

}  // namespace shinsa::cli
