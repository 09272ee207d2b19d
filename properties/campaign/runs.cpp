#include "properties/campaign/runs.hpp"

#include "properties/campaign/shrink.hpp"

namespace shinsa::properties::campaign {

namespace {

constexpr std::uint64_t kSwarm = 0x7377'6172'6d00'0000ull;  // parts the dice of weights from others

std::uint64_t seed_of(std::uint64_t campaign, std::size_t run) {
  sim::Stream mix(campaign * 0x9e3779b97f4a7c15ull + run);
  return mix.next();
}

/// Nothing if no oracle fired.
std::optional<Signature> signature_of(const Player& player) {
  if (!player.failed()) return std::nullopt;
  return Signature{player.clauses(), player.broken_laws()};
}

/// Where two traces part.
Words parting(const RunId& id, const std::vector<std::string>& one,
              const std::vector<std::string>& other) {
  const auto at = std::ranges::mismatch(one, other);
  const auto line = std::to_string(at.in1 - one.begin() + 1);
  const auto said = [](const auto& lines, auto where) {
    return where == lines.end() ? std::string("-") : *where;
  };
  const std::string both = said(one, at.in1) + " / " + said(other, at.in2);
  const std::string run = std::to_string(id.run);
  return {"run " + run + " was played twice and was not the same: event " + line + " is " + both,
          run + "番目の試験を二度行うと同じになりませんでした。イベント" + line + ": " + both};
}

}  // namespace

Drawn Runs::draw(const RunId& id, Monitor& monitor, const Watch& watch) const {
  if (id.run % kPlayedTwice != 0) return once(id, monitor, watch);
  std::vector<std::string> one, other;
  Drawn drawn = once(id, monitor, [&](const Player& player, const Monitor& seen) {
    one = player.trace_lines();
    if (watch) watch(player, seen);
  });
  once(id, monitor, [&](const Player& player, const Monitor&) { other = player.trace_lines(); });
  if (one != other) {
    drawn.signature = Signature{{}, {}, true};
    drawn.differs = parting(id, one, other);
  }
  return drawn;
}

Drawn Runs::once(const RunId& id, Monitor& monitor, const Watch& watch) const {
  sim::Stream dice(seed_of(id.seed, id.run));
  sim::Stream swarm(seed_of(id.seed ^ kSwarm, id.run));
  Drawn drawn;
  drawn.id = id;
  drawn.weights = draw_weights(swarm, options_.unweighted);
  drawn.plan = customers_of(options_)->beginning(dice, profiles_.size());
  Player player(options_, profiles_for(drawn.plan), monitor, false);
  player.begin(drawn.plan);
  for (const Command& command : drawn.plan.commands) player.take(command);
  while (player.requests() < id.requests && drawn.plan.commands.size() < 4 * id.requests) {
    const Command command = next_weighted(player.customers(), drawn.weights, dice);
    drawn.plan.commands.push_back(command);
    player.take(command);
  }
  player.finish();
  drawn.signature = signature_of(player);
  if (watch) watch(player, monitor);
  return drawn;
}

Plan Runs::shrink(const Drawn& drawn, Monitor& monitor) const {
  if (drawn.signature->differs) return drawn.plan;  // it may not come again
  return campaign::shrink(drawn.plan, [&](const Plan& candidate) {
    Player player(options_, profiles_for(candidate), monitor, false);
    player.play(candidate);
    const auto signature = signature_of(player);
    return signature && drawn.signature->is_in(*signature);
  });
}

PlanRun Runs::tell(const Plan& plan, const std::string& found, Monitor& monitor) const {
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
  told.story = player.story(why, found);
  return told;
}

}  // namespace shinsa::properties::campaign
