#include <filesystem>
#include <iostream>

#include "cli/collect/campaign_tally.hpp"
#include "cli/collect/collect.hpp"
#include "cli/collect/judge_log.hpp"
#include "cli/commands.hpp"
#include "cli/finish.hpp"
#include "cli/fuzz_told.hpp"
#include "cli/pace.hpp"
#include "cli/progress.hpp"
#include "properties/campaign.hpp"
#include "properties/corpus.hpp"
#include "reports/write_files.hpp"
#include "scenarios/loader.hpp"
#include "sim/together.hpp"

namespace shinsa::cli {

namespace {

namespace json = boost::json;
using properties::CampaignFailure;
using properties::CampaignOptions;
using properties::CampaignResult;

/// As many runs as a campaign may have that another end is set to.
constexpr std::size_t kEndless = 1'000'000'000;

/// The file of a corpus, as it was before the campaign.
struct CorpusFile {
  std::string text;
  std::vector<properties::CorpusLine> lines;
};

Result<CorpusFile> read_corpus_file(const std::string& path) {
  CorpusFile file;
  if (path.empty() || !std::filesystem::exists(path)) return file;
  auto text = read_file(path);
  if (!text) return Failure(text.error());
  file.text = std::move(*text);
  if (!file.text.empty() && file.text.back() != '\n') file.text += '\n';
  auto lines = properties::read_corpus(file.text, path);
  if (!lines) return Failure(lines.error());
  file.lines = std::move(*lines);
  return file;
}

/// Plays the runs of the corpus first, and says which of its lines no longer hold.
Result<void> use_corpus(const CorpusFile& file, const std::string& path, bool sound,
                        CampaignOptions& options) {
  for (const auto& line : file.lines)
    if (line.system == options.system) options.replayed.push_back(line.id);
  if (!sound) return {};  // a broken system may well show something else
  const auto stale = properties::stale_lines(options, file.lines, path);
  if (!stale) return Failure(stale.error());
  for (const std::string& one : *stale) tell_warning(one);
  return {};
}

/// @return how many lines were added.
Result<std::size_t> add_to_corpus(const CorpusFile& file, const std::string& path,
                                  const std::string& system, const CampaignResult& result) {
  if (result.interesting.empty()) return 0;
  std::string text = file.text;
  for (const auto& run : result.interesting) text += properties::corpus_line(system, run);
  if (auto written = reports::write_atomically(path, text); !written)
    return Failure(written.error());
  return result.interesting.size();
}

/// Saves each failure as a scenario. @return where.
Result<std::vector<std::string>> save(const std::string& out, const CampaignResult& result) {
  std::vector<std::string> saved;
  const std::filesystem::path folder = out.empty() ? "." : out;
  for (const CampaignFailure& failure : result.failures) {
    const std::string name =
        "fuzz-" + std::to_string(failure.seed) + "-" + std::to_string(failure.run) + ".yaml";
    saved.push_back((folder / name).lexically_normal().string());
    if (auto written = reports::write_atomically(saved.back(), failure.story); !written)
      return Failure(written.error());
  }
  return saved;
}

/// The result that a failure is told at: the first of those it breaks that tells no other yet.
reports::ScenarioResult* place_of(const CampaignFailure& failure, const std::string& system,
                                  std::vector<reports::ScenarioResult>& results) {
  std::vector<std::string> ids;
  if (failure.differs) ids.emplace_back("twice");
  if (!failure.clauses.empty()) ids.emplace_back("judge");
  for (std::size_t law : failure.laws)
    ids.push_back("law/" + std::string(properties::laws(system)[law].name));
  for (const std::string& id : ids)
    for (reports::ScenarioResult& one : results)
      if (one.id == id && one.replay.empty()) return &one;
  return nullptr;
}

/// The campaign as a report: the judge and every law, and the lives of the failures found.
Result<void> report(const Campaign& campaign, const std::shared_ptr<const model::Profile>& profile,
                    const Stopwatch& watch) {
  const Common& common = campaign.common;
  if (common.out.empty()) return {};
  Collector collector(ProfileList{profile});
  reports::Results results = begin_results(common, "fuzz", watch);
  reports::HtmlData shown;
  clear_out(common.out);
  results.scenarios = collector.add(campaign.options, campaign.result);
  for (std::size_t i = 0; i < campaign.saved.size(); ++i) {
    auto* const place = place_of(campaign.result.failures[i], common.system, results.scenarios);
    if (!place) continue;
    const std::string& saved = campaign.saved[i];
    const auto loaded = scenarios::load_paths({saved}, common.out);
    if (!loaded.errors.empty()) return Failure(loaded.errors.front());
    const scenarios::StoryRun run = scenarios::run_story(loaded.stories.front(), {});
    auto life = Collector(ProfileList{profile})  // the campaign has counted it already
                    .add(loaded.stories.front(), run, "shinsa run " + saved, common.seed);
    life.id = place->id;
    life.title = place->title;
    life.covers = place->covers;
    *place = std::move(life);
    if (auto kept = keep_story(common.out, run, *place, shown); !kept) return kept;
  }
  collector.finish(results);
  results.run.wall_ms = watch.milliseconds();
  return write_reports(common, results, shown);
}

CampaignOptions options_of(const Common& common, const FuzzCommand& command) {
  CampaignOptions options;
  options.system = common.system;
  options.seed = common.seed;
  options.runs = command.endless ? kEndless : command.runs;
  options.requests = command.requests;
  options.readings = common.readings;
  options.mutants = common.mutants;
  options.jobs = sim::threads_for(common.jobs);
  options.first = command.first;
  options.until_flat = command.until_flat;
  return options;
}

/// Runs the campaign within its time, telling how it goes.
Result<CampaignResult> play(const FuzzCommand& command, CampaignOptions& options) {
  using Clock = std::chrono::steady_clock;
  const std::size_t total = command.endless ? 0 : options.runs + options.replayed.size();
  std::optional<Seconds> limit;
  if (command.seconds) limit = Seconds(static_cast<double>(command.seconds));
  Progress progress(total, "runs");
  const auto began = Clock::now();
  options.progress = [&](const properties::CampaignProgress& done) {
    const Seconds elapsed = Clock::now() - began;
    progress.step(done.runs, pace_in_words(done, elapsed, time_left(done, elapsed, total, limit)));
  };
  if (limit) options.enough = [&] { return Clock::now() - began >= *limit; };
  auto result = properties::run_campaign(options);
  progress.clear();
  options.progress = {};
  options.enough = {};
  return result;
}

}  // namespace

int fuzz(const Common& common, const FuzzCommand& command) {
  const Stopwatch watch;
  auto profile = model::make_profile({common.system, common.readings, {}});
  if (!profile) return tell_error(profile.error().text());
  CampaignOptions options = options_of(common, command);
  const auto corpus = read_corpus_file(command.corpus);
  if (!corpus) return tell_error(corpus.error().text());
  const bool sound = common.mutants.empty() && common.readings.empty();
  if (auto used = use_corpus(*corpus, command.corpus, sound, options); !used)
    return tell_error(used.error().text());
  auto ran = play(command, options);
  if (!ran) return tell_error(ran.error().text());

  auto saved = save(common.out, *ran);
  if (!saved) return tell_error(saved.error().text());
  Campaign campaign{common, command, options, *ran, reach_of(options, *ran), *saved, 0};
  if (!command.corpus.empty() && sound) {
    const auto added = add_to_corpus(*corpus, command.corpus, common.system, *ran);
    if (!added) return tell_error(added.error().text());
    campaign.added = *added;
  }
  const json::object document = to_json(campaign);
  if (!common.out.empty())
    if (auto written = reports::write_atomically(std::filesystem::path(common.out) / "fuzz.json",
                                                 json::serialize(document) + "\n");
        !written)
      return tell_error(written.error().text());
  if (auto written = report(campaign, *profile, watch); !written)
    return tell_error(written.error().text());
  if (common.json) std::cout << json::serialize(document) << "\n";

  std::ostream& out = common.json ? std::cerr : std::cout;
  const CampaignTally sum = tally(options, *ran);
  tell(out, campaign, sum);
  out << sum.passed << " passed, " << sum.failed << " failed, " << sum.skipped << " skipped"
      << std::endl;
  return sum.failed ? kViolated : kHeld;
}

}  // namespace shinsa::cli
