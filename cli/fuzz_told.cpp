#include "cli/fuzz_told.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <ostream>

#include "cli/collect/campaign_tally.hpp"
#include "cli/japanese.hpp"
#include "cli/pace.hpp"
#include "properties/campaign/swarm.hpp"
#include "reports/text.hpp"

namespace shinsa::cli {

namespace {

namespace json = boost::json;
using properties::CampaignFailure;
using properties::CampaignResult;
using properties::FailureKind;
using properties::LawKind;
using properties::campaign::Missed;
using properties::campaign::Reach;
using End = CampaignResult::End;

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole ? std::to_string((part * 1000 / whole + 5) / 10) + " %" : "-";
}

std::string_view to_text(End end) {
  switch (end) {
    case End::runs:
      return "runs";
    case End::failure:
      return "failure";
    case End::flat:
      return "flat";
    case End::enough:
      return "time";
  }
  return "";
}

json::object kind_to_json(const FailureKind& kind, const std::string& system) {
  json::object one;
  one["kind"] = kind.differs ? "not deterministic" : "violation";
  one["clauses"] = json::value_from(kind.clauses);
  json::array broken;
  for (std::size_t law : kind.laws) broken.emplace_back(properties::laws(system)[law].name);
  one["laws"] = std::move(broken);
  one["runs"] = kind.runs;
  one["first_run"] = kind.first.run;
  one["first_seed"] = std::to_string(kind.first.seed);
  return one;
}

json::object failure_to_json(const CampaignFailure& failure, const std::string& saved,
                             const std::string& system) {
  json::object one = kind_to_json(failure, system);
  one["run"] = failure.run;
  one["seed"] = std::to_string(failure.seed);
  one["requests"] = failure.plan.requests();
  one["requests_before_shrinking"] = failure.requests_before;
  one["given_certificates"] = failure.plan.given();
  json::object weights;
  for (const auto& [name, one_of] : failure.weights) weights[name] = 1.0 / one_of;
  one["weights"] = std::move(weights);
  json::array says;
  for (const Words& sentence : failure.sentences) says.emplace_back(sentence.en);
  one["says"] = std::move(says);
  one["scenario"] = saved;
  return one;
}

json::array laws_to_json(const Campaign& campaign) {
  json::array all;
  const auto laws = properties::laws(campaign.common.system);
  for (std::size_t i = 0; i < laws.size(); ++i) {
    json::object law;
    law["name"] = laws[i].name;
    law["kind"] = properties::to_text(laws[i].kind);
    json::array clauses;
    for (ClauseIndex index : laws[i].clauses) clauses.emplace_back(clause(index).id);
    law["clauses"] = std::move(clauses);
    if (laws[i].kind == LawKind::sometimes) law["runs"] = campaign.result.shown[i].count;
    law["broken"] = is_broken(campaign.result, i);
    all.push_back(std::move(law));
  }
  return all;
}

/// What was missed of one kind, and nobody has explained.
std::vector<std::string> unexplained(const Reach& seen, Missed::Kind kind) {
  std::vector<std::string> all;
  for (const Missed& one : seen.missed)
    if (one.kind == kind && !one.is_explained()) all.push_back(one.what);
  return all;
}

json::array explained_to_json(const Reach& seen) {
  json::array all;
  for (const Missed& one : seen.missed)
    if (one.is_explained())
      all.push_back(json::object{{"what", one.what},
                                 {"because", {{"en", one.because.en}, {"ja", one.because.ja}}}});
  return all;
}

/// Says lines in the language chosen.
class Teller {
 public:
  Teller(std::ostream& out, const Campaign& campaign)
      : out_(out), campaign_(campaign), result_(campaign.result) {}

  void failures() {
    for (std::size_t i = 0; i < result_.failures.size(); ++i)
      failure(result_.failures[i], campaign_.saved[i]);
    if (!result_.more.empty())
      tell("FAIL  ", std::to_string(result_.more.size()) +
                         " more kinds of failure, not made small: see more_failures of --json");
  }

  void counts() {
    const Common& common = campaign_.common;
    const bool found = !result_.failures.empty();
    tell("", "runs           " + with_commas(result_.runs) + " of " +
                 std::to_string(campaign_.command.requests) + " requests, seed " +
                 std::to_string(common.seed));
    ended();
    if (!campaign_.command.corpus.empty())
      tell("", "replayed       " + with_commas(result_.replayed) + " runs of " +
                   campaign_.command.corpus + ", new in it: " + with_commas(campaign_.added));
    if (found)
      tell("", "failed         " + with_commas(result_.failed) + " runs, in " +
                   std::to_string(result_.failures.size() + result_.more.size()) + " ways");
    tell("", "requests       " + with_commas(result_.requests) + ", " +
                 percent(result_.refused, result_.requests) + " refused; " +
                 with_commas(result_.events) + " events");
    const Reach& seen = campaign_.seen;
    tell("", "rows fired     " + std::to_string(seen.rows_fired) + " of " +
                 std::to_string(seen.rows) + " (" + percent(seen.rows_fired, seen.rows) + ")");
    if (!found) list(unexplained(seen, Missed::Kind::row));
    tell("", "guards         " + std::to_string(seen.guards_both) + " of " +
                 std::to_string(seen.guards) + " of requests said both yes and no");
    if (!found) list(unexplained(seen, Missed::Kind::guard));
    if (!found) explained();
  }

  void more() {
    for (const auto& [id, one] : result_.refusals)
      tell("  ", "refused by   " + id + " in " + with_commas(one.count) + " runs, first in " +
                     std::to_string(one.witness));
    const auto laws = properties::laws(campaign_.common.system);
    for (std::size_t i = 0; i < laws.size(); ++i)
      if (laws[i].kind == LawKind::sometimes)
        tell("  ", "sometimes    " + std::string(laws[i].name) + " in " +
                       with_commas(result_.shown[i].count) + " runs");
    tell("  ", "played twice " + with_commas(result_.twice) + " runs");
  }

  void never(const CampaignTally& sum) {
    for (const std::string& what : sum.unreached)
      tell("FAIL  ", "never reached, and not explained: " + what);
    for (const std::string& what : sum.reached)
      tell("FAIL  ", "reached, although it is explained why it is not: " + what);
    for (const std::string& name : sum.never_shown)
      tell("FAIL  ",
           "sometimes " + name + ": never came in " + with_commas(result_.runs) + " runs");
  }

  void tell(const char* mark, const std::string& text) { out_ << mark << said(text) << "\n"; }

 private:
  void failure(const CampaignFailure& failure, const std::string& saved) {
    const std::string& lang = campaign_.common.lang;
    const std::string run =
        "run " + std::to_string(failure.run) + " of seed " + std::to_string(failure.seed);
    if (failure.differs)
      tell("FAIL  ", run + " is not deterministic");
    else
      tell("FAIL  ", run + ", shrunk from " + std::to_string(failure.requests_before) + " to " +
                         std::to_string(failure.plan.requests()) + " requests, " +
                         std::to_string(failure.plan.given()) + " certificates given");
    for (const Words& sentence : failure.sentences)
      out_ << reports::wrap(in(lang, sentence.en, japanese_of(sentence)), 2, 80) << "\n";
    for (std::size_t law : failure.laws) {
      const properties::Law& one = properties::laws(campaign_.common.system)[law];
      const std::string says = in(lang, std::string(one.says_en), std::string(one.says_ja));
      out_ << reports::wrap(said("law " + std::string(one.name) + ": " + says), 2, 80) << "\n";
    }
    tell("  ", "shown by " + with_commas(failure.runs) + " runs, first by run " +
                   std::to_string(failure.first.run) + " of seed " +
                   std::to_string(failure.first.seed));
    out_ << reports::wrap(said("weights: " + properties::campaign::to_text(failure.weights)), 2, 80)
         << "\n";
    tell("  ", "saved: " + saved);
    tell("  ", "replay: shinsa run " + saved);
  }

  /// What no campaign reaches, and why; neighbours with one reason together.
  void explained() {
    std::vector<Missed> all;
    std::ranges::copy_if(campaign_.seen.missed, std::back_inserter(all), &Missed::is_explained);
    if (!all.empty())
      tell("", "explained      " + std::to_string(all.size()) + " more that no campaign reaches");
    for (std::size_t i = 0; i < all.size(); ++i) {
      list({all[i].what});
      if (i + 1 == all.size() || all[i + 1].because.en != all[i].because.en)
        out_ << reports::wrap(all[i].because.in(campaign_.common.lang), 17, 80) << "\n";
    }
  }

  void ended() {
    if (result_.end == End::enough)
      tell("", "ended          by --time " + campaign_.command.time +
                   "; how many runs there is time for depends on the machine");
    if (result_.end == End::flat)
      tell("", "ended          nothing new came in the last " +
                   with_commas(campaign_.command.until_flat) + " runs");
    if (result_.end == End::failure) tell("", "ended          with the first failure");
  }

  void list(const std::vector<std::string>& items) {
    for (const std::string& item : items) tell("               ", item);
  }

  std::ostream& out_;
  const Campaign& campaign_;
  const CampaignResult& result_;
};

}  // namespace

json::object to_json(const Campaign& campaign) {
  const auto& [common, command, options, result, seen, saved, added] = campaign;
  json::object root;
  root["system"] = common.system;
  root["seed"] = std::to_string(common.seed);
  root["mutants"] = json::value_from(common.mutants);
  root["runs"] = result.runs;
  root["ended_by"] = to_text(result.end);
  root["requests_per_run"] = command.requests;
  root["requests"] = result.requests;
  root["refused"] = result.refused;
  root["events"] = result.events;
  root["played_twice"] = result.twice;
  root["replayed"] = result.replayed;
  root["failed"] = result.failed;
  root["rows"] = {{"all", seen.rows},
                  {"fired", seen.rows_fired},
                  {"never", json::value_from(unexplained(seen, Missed::Kind::row))}};
  root["guards"] = {{"all", seen.guards},
                    {"both_ways", seen.guards_both},
                    {"one_sided", json::value_from(unexplained(seen, Missed::Kind::guard))}};
  root["explained"] = explained_to_json(seen);
  json::object refusals;
  for (const auto& [id, one] : result.refusals)
    refusals[id] = {{"runs", one.count}, {"first_run", one.witness}};
  root["refusals"] = std::move(refusals);
  root["laws"] = laws_to_json(campaign);
  json::array failures, more;
  for (std::size_t i = 0; i < result.failures.size(); ++i)
    failures.push_back(failure_to_json(result.failures[i], saved[i], common.system));
  for (const FailureKind& kind : result.more) more.push_back(kind_to_json(kind, common.system));
  root["failures"] = std::move(failures);
  root["more_failures"] = std::move(more);
  return root;
}

void tell(std::ostream& out, const Campaign& campaign, const CampaignTally& sum) {
  Teller teller(out, campaign);
  teller.failures();
  teller.counts();
  if (campaign.common.verbose) teller.more();
  teller.never(sum);
  if (!campaign.common.out.empty())
    teller.tell("",
                "report: " + (std::filesystem::path(campaign.common.out) / "report.html").string());
}

}  // namespace shinsa::cli
