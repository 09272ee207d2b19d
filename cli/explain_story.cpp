#include <algorithm>
#include <iostream>
#include <set>
#include <span>

#include "cli/commands.hpp"
#include "cli/japanese.hpp"
#include "model/catalogue/catalogue.hpp"
#include "properties/hold_trace.hpp"
#include "properties/laws/law.hpp"
#include "reports/text.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"
#include "sim/explain.hpp"

namespace shinsa::cli {

namespace {

using properties::Breach;
using scenarios::Story;
using sim::Finding;
using sim::Simulation;
using sim::Stepped;

constexpr int kWidth = 80;

/// One run of a scenario, told event by event: what happened, why, and what is broken by it.
class Telling {
 public:
  Telling(const Common& common, const Story& story, Simulation& simulation)
      : common_(common), story_(story), simulation_(simulation) {
    const auto monitor = properties::make_monitor(story.system);
    properties::hold_trace(*monitor, simulation);
    breaches_.assign(monitor->breaches().begin(), monitor->breaches().end());
  }

  void tell() {
    say(0, story_.id + "  " + in(common_.lang, story_.title_en, story_.title_ja));
    for (const std::string& mutant : story_.mutants) say(2, said("with the mutant " + mutant));
    tell_given();
    const auto& trace = simulation_.trace();
    for (std::size_t i = 0; i < trace.size(); ++i) {
      if (trace[i].event.row().sort != Sort::fact && trace[i].event.row().sort != Sort::frame)
        tell_event(trace[i]);
      tell_broken(i + 1);
    }
    const std::size_t broken = breaches_.size() + simulation_.judge().violations();
    if (broken == 0) say(0, said("nothing is broken"));
  }

 private:
  void say(int indent, const std::string& text) const {
    std::cout << reports::wrap(text, indent, kWidth) << "\n";
  }
  [[nodiscard]] std::string text(TextId id) const {
    return std::string(simulation_.facts().text(id));
  }

  /// What was so before anything happened, in one sentence.
  void tell_given() const {
    std::string given;
    for (const Stepped& one : simulation_.trace())
      if (one.event.row().sort == Sort::fact)
        given += (given.empty() ? "" : ", ") + text(one.event.subject);
    if (!given.empty()) say(2, said("given: " + given));
  }

  void tell_event(const Stepped& one) {
    tell_time(one.event.time);
    say(2, sentence_of(one.event));
    const sim::Stepped::Outcome& outcome = one.outcome;
    if (!outcome.accepted() && one.event.row().sort == Sort::request) {
      say(6, said("it is refused:"));
      for (const ClauseIndex index : outcome.clauses()) tell_clause(index);
    } else if (!outcome.met().empty()) {
      say(6, said("it was owed:"));
      for (const ClauseIndex index : outcome.met()) tell_clause(index);
    }
  }

  void tell_time(Instant now) {
    if (now == told_) return;
    told_ = now;
    std::string when = to_text(now);
    std::cout << "\n" << when.replace(when.find('T'), 1, " ") << "\n";
  }

  /// As the table of events says what it is, and whom it is about.
  [[nodiscard]] std::string sentence_of(const Event& event) const {
    std::string sentence = said(std::string(event.row().says));
    for (const std::string_view stop : {".", "。"})
      if (sentence.ends_with(stop)) sentence.resize(sentence.size() - stop.size());
    return sentence + ": " + text(event.subject);
  }

  /// Whole where it is named first, then by its id alone.
  void tell_clause(ClauseIndex index) {
    const Clause& one = clause(index);
    const bool is_new = told_clauses_.insert(index).second;
    say(8, std::string(one.id) +
               (is_new ? "  " + std::string(statement_in(one, common_.lang)) : std::string{}));
  }

  /// What the judge and the laws find at the event of that line.
  void tell_broken(std::size_t line) const {
    for (const Finding& finding : simulation_.judge().findings())
      if (finding.line == line && finding.kind != Finding::Kind::remark)
        say(2, "FAIL  " + sim::explain(finding, simulation_.facts()).in(common_.lang));
    for (const Breach& breach : breaches_)
      if (breach.line == line) {
        const properties::Law& law = properties::laws(story_.system)[breach.law];
        say(2, "FAIL  law/" + std::string(law.name) + ": " +
                   std::string(common_.lang == "ja" ? law.says_ja : law.says_en));
      }
  }

  const Common& common_;
  const Story& story_;
  Simulation& simulation_;
  std::vector<Breach> breaches_;
  std::set<ClauseIndex> told_clauses_;
  std::optional<Instant> told_;
};

}  // namespace

int explain_story(const Common& common, const std::string& path) {
  const auto loaded = scenarios::load_paths({path}, common.scenario_root);
  if (!loaded.errors.empty()) {
    for (const Error& error : loaded.errors) tell_error(error.text());
    return kCouldNotRun;
  }
  std::span<const Story> left(loaded.stories);
  while (!left.empty()) {
    const auto together = left.first(scenarios::count_together(left));
    const auto runs = scenarios::run_together(together, {});
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (!runs[i].simulation) return tell_error(runs[i].reason.in(common.lang));
      Telling(common, together[i], *runs[i].simulation).tell();
    }
    left = left.subspan(together.size());
  }
  return kHeld;
}

}  // namespace shinsa::cli
