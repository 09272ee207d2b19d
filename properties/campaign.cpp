#include "properties/campaign.hpp"

#include <algorithm>
#include <atomic>
#include <tuple>

#include "properties/campaign/profiles.hpp"
#include "properties/campaign/search.hpp"
#include "sim/together.hpp"

namespace shinsa::properties {

namespace {

using campaign::Kind;
using campaign::Kinds;
using campaign::Runs;
using campaign::Search;
using campaign::Signature;
using KindFound = std::pair<Signature, Kind>;

constexpr std::size_t kOthersTried = 400;  // runs looked at for a plainer one of the same failure

FailureKind kind_of(const KindFound& found, const Search& search) {
  const auto& [signature, kind] = found;
  FailureKind one;
  one.clauses.assign(signature.clauses.begin(), signature.clauses.end());
  one.laws.assign(signature.laws.begin(), signature.laws.end());
  one.differs = signature.differs;
  one.runs = kind.runs;
  one.first = search.id_of(kind.first);
  return one;
}

/// A kind by the run that tells most, made small.
CampaignFailure told(const CampaignOptions& options, const Runs& runs, const Search& search,
                     const KindFound& found, Monitor& monitor) {
  const campaign::Drawn& best = found.second.best;
  CampaignFailure failure;
  static_cast<FailureKind&>(failure) = kind_of(found, search);
  failure.run = best.id.run;
  failure.seed = best.id.seed;
  failure.weights = best.weights.named(*campaign::customers_of(options));
  failure.requests_before = best.plan.requests();
  failure.plan = runs.shrink(best, monitor);
  PlanRun played =
      runs.tell(failure.plan,
                "run " + std::to_string(best.id.run) + " of seed " + std::to_string(best.id.seed) +
                    ", weights: " + campaign::to_text(failure.weights),
                monitor);
  failure.story = std::move(played.story);
  failure.sentences = std::move(played.sentences);
  if (failure.differs) {
    failure.sentences = {best.differs};
    return failure;
  }
  failure.clauses = std::move(played.clauses);
  failure.laws = std::move(played.laws);
  return failure;
}

/// On several threads, as far as there are any; in the order of the kinds.
std::vector<CampaignFailure> told(const CampaignOptions& options, const Runs& runs,
                                  const Search& search, const std::vector<KindFound>& kinds) {
  std::vector<CampaignFailure> failures(kinds.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    const auto monitor = make_monitor(options.system);
    for (std::size_t i = next++; i < kinds.size(); i = next++)
      failures[i] = told(options, runs, search, kinds[i], *monitor);
  };
  sim::together(static_cast<unsigned>(std::min<std::size_t>(options.jobs, kinds.size())), work);
  return failures;
}

/// The failures that are told, each kind once.
class Failures {
 public:
  Failures(const Search& search, CampaignResult& into) : search_(search), into_(into) {}

  void add(CampaignFailure failure, const Kind& kind) {
    if (join(failure, kind)) return;
    into_.failures.push_back(std::move(failure));
    firsts_.push_back(kind.first);
  }
  /// Counts a kind with one that it is like once that is small. @return whether there is one.
  bool join(const FailureKind& one, const Kind& kind) {
    for (std::size_t i = 0; i < firsts_.size(); ++i) {
      CampaignFailure& known = into_.failures[i];
      if (std::tie(known.clauses, known.laws, known.differs) !=
          std::tie(one.clauses, one.laws, one.differs))
        continue;
      known.runs += kind.runs;
      firsts_[i] = std::min(firsts_[i], kind.first);
      known.first = search_.id_of(firsts_[i]);
      return true;
    }
    return false;
  }

 private:
  const Search& search_;
  CampaignResult& into_;
  std::vector<std::size_t> firsts_;  // places
};

void tell_failures(const CampaignOptions& options, const Runs& runs, const Search& search,
                   const Kinds& found, CampaignResult& into) {
  std::vector<KindFound> kinds = found.by_telling();
  if (options.first && kinds.size() > 1) kinds.resize(1);
  const std::size_t some = std::min(kinds.size(), kFailuresMax);
  const std::vector<KindFound> first(kinds.begin(), kinds.begin() + static_cast<long>(some));
  std::vector<CampaignFailure> small = told(options, runs, search, first);
  Failures failures(search, into);
  for (std::size_t i = 0; i < some; ++i) failures.add(std::move(small[i]), kinds[i].second);
  for (std::size_t i = some; i < kinds.size(); ++i) {
    FailureKind kind = kind_of(kinds[i], search);
    if (!failures.join(kind, kinds[i].second)) into.more.push_back(std::move(kind));
  }
}

/// The first failure, and others that came soon after: one of them may tell more.
Kinds around(std::size_t first, const Runs& runs, const Search& search) {
  const auto monitor = make_monitor(runs.system().name);
  Kinds kinds;
  for (std::size_t place = first; place <= first + kOthersTried; ++place) {
    auto drawn = runs.draw(search.id_of(place), *monitor, {});
    if (drawn.signature) kinds.add(place, std::move(drawn));
  }
  return kinds;
}

/// The runs of this campaign that were the first to show something.
std::vector<InterestingRun> interesting(const CampaignOptions& options, const Search& search,
                                        const campaign::Sights& sights) {
  std::vector<InterestingRun> all;
  for (auto& [place, why] : sights.by_place())
    if (place >= options.replayed.size()) all.push_back({search.id_of(place), std::move(why)});
  return all;
}

}  // namespace

std::size_t Plan::requests() const { return commands.size() - given(); }
std::size_t Plan::given() const {
  return static_cast<std::size_t>(std::ranges::count(commands, kGive, &Command::verb));
}

Result<CampaignResult> run_campaign(const CampaignOptions& options) {
  auto profiles = campaign::profiles_of(options);
  if (!profiles) return Failure(profiles.error());
  const Runs runs(options, std::move(*profiles));
  Search search(options, runs);
  auto counted = search.all();
  if (!counted) return Failure(counted.error());
  CampaignResult result = std::move(counted->result);
  result.interesting = interesting(options, search, counted->sights);
  const std::size_t first = search.first_failure();
  tell_failures(options, runs, search,
                first == SIZE_MAX ? counted->kinds : around(first, runs, search), result);
  return result;
}

Result<std::vector<std::set<std::string>>> sights_of(const CampaignOptions& options,
                                                     const std::vector<RunId>& ids) {
  auto profiles = campaign::profiles_of(options);
  if (!profiles) return Failure(profiles.error());
  const Runs runs(options, std::move(*profiles));
  const auto monitor = make_monitor(options.system);
  std::vector<std::set<std::string>> all;
  for (const RunId& id : ids) {
    campaign::Sights sights(runs.system());
    runs.draw(id, *monitor, [&](const campaign::Player& player, const Monitor& seen) {
      sights.see(0, player.simulation().coverage(), player.refusals(), seen.shown());
    });
    auto words = std::move(sights.by_place()[0]);
    all.emplace_back(words.begin(), words.end());
  }
  return all;
}

Result<PlanRun> run_plan(const CampaignOptions& options, const Plan& plan) {
  auto profiles = campaign::profiles_of(options);
  if (!profiles) return Failure(profiles.error());
  const auto monitor = make_monitor(options.system);
  return Runs(options, std::move(*profiles)).tell(plan, {}, *monitor);
}

}  // namespace shinsa::properties
