#include "properties/campaign/runs.hpp"

#include <algorithm>

#include "properties/campaign/player.hpp"
#include "properties/campaign/shrink.hpp"

namespace shinsa::properties::campaign {

namespace {

std::uint64_t seed_of(std::uint64_t campaign, std::size_t run) {
  sim::Stream mix(campaign * 0x9e3779b97f4a7c15ull + run);
  return mix.next();
}

/// Nothing if no oracle fired.
std::optional<Signature> signature_of(const Player& player) {
  if (!player.failed()) return std::nullopt;
  return Signature{player.clauses(), player.broken_laws()};
}

/// Counts one run; what it exercised is counted already.
void add(CampaignResult& into, std::size_t run, const Player& player, const Monitor& monitor) {
  ++into.runs;
  into.requests += player.requests();
  into.refused += player.refused();
  into.events += player.simulation().trace().size();
  const auto count = [run](Seen& seen) {
    if (seen.count++ == 0 || run < seen.witness) seen.witness = run;
  };
  for (ClauseIndex index : player.refusals()) count(into.refusals[std::string(clause(index).id)]);
  for (std::size_t law = 0; law < monitor.shown().size(); ++law)
    if (monitor.shown()[law]) count(into.shown[law]);
}

}  // namespace

Drawn Runs::draw(std::size_t run, Monitor& monitor, CampaignResult* into) const {
  sim::Stream dice(seed_of(options_.seed, run));
  Drawn drawn;
  drawn.plan = make_customers(options_.system)->beginning(dice, profiles_.size());
  Player player(options_, profiles_for(drawn.plan), monitor, false);
  player.begin(drawn.plan, into ? &into->coverage : nullptr);
  for (const Command& command : drawn.plan.commands) player.take(command);
  while (player.requests() < options_.requests &&
         drawn.plan.commands.size() < 4 * options_.requests) {
    const Command command = player.customers().next(dice);
    drawn.plan.commands.push_back(command);
    player.take(command);
  }
  player.finish();
  drawn.signature = signature_of(player);
  if (into) add(*into, run, player, monitor);
  return drawn;
}

Plan Runs::shrink(const Drawn& drawn, Monitor& monitor) const {
  return campaign::shrink(drawn.plan, [&](const Plan& candidate) {
    Player player(options_, profiles_for(candidate), monitor, false);
    player.play(candidate);
    const auto signature = signature_of(player);
    return signature && drawn.signature->is_in(*signature);
  });
}

PlanRun Runs::tell(const Plan& plan, Monitor& monitor) const {
  Player player(options_, profiles_for(plan), monitor, true);
  player.play(plan);
  PlanRun told;
  const auto clauses = player.clauses();
  const auto broken = player.broken_laws();
  told.clauses.assign(clauses.begin(), clauses.end());
  told.laws.assign(broken.begin(), broken.end());
  told.sentences = player.sentences();
  std::string why;
  for (const std::string& id : told.clauses) why += (why.empty() ? "" : ", ") + id;
  for (std::size_t law : told.laws)
    why += (why.empty() ? "law " : ", law ") + std::string(laws(options_.system)[law].name);
  told.story = player.story(why);
  return told;
}

CampaignResult Runs::none() const {
  CampaignResult result;
  result.coverage = model::Coverage(*profiles_.front().system);
  result.shown.resize(laws(options_.system).size());
  return result;
}

}  // namespace shinsa::properties::campaign
