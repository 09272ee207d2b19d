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

/// Whether two traces say the same, by digests: a text for each line would cost more than the run.
bool same_trace(const sim::Simulation& one, const sim::Simulation& other) {
  const Facts& said = one.facts();
  const Facts& said_again = other.facts();
  const auto same = [&](const sim::Stepped& a, const sim::Stepped& b) {
    return a.event.time == b.event.time && a.event.type == b.event.type &&
           said.digest(a.event.id) == said_again.digest(b.event.id) &&
           said.digest(a.event.subject) == said_again.digest(b.event.subject) &&
           said.digest(a.event.data) == said_again.digest(b.event.data);
  };
  return std::ranges::equal(one.trace(), other.trace(), same);
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

std::unique_ptr<sim::Storage> Spares::take() {
  const std::scoped_lock lock(door_);
  if (spares_.empty()) return std::make_unique<sim::Storage>();
  auto storage = std::move(spares_.back());
  spares_.pop_back();
  return storage;
}

void Spares::give(std::unique_ptr<sim::Storage> storage) {
  const std::scoped_lock lock(door_);
  spares_.push_back(std::move(storage));
}

Drawn Runs::draw(const RunId& id, Monitor& monitor, const Watch& watch) const {
  Drawn drawn;
  std::optional<Player> player;
  play(id, monitor, drawn, player);
  if (watch) watch(*player, monitor);
  if (id.run % kPlayedTwice == 0) play_again(*player, monitor, drawn);
  spares_.give(player->leave());
  return drawn;
}

void Runs::play_again(const Player& player, Monitor& monitor, Drawn& drawn) const {
  Drawn again;
  std::optional<Player> other;
  play(drawn.id, monitor, again, other);
  drawn.events_again = other->simulation().trace().size();
  if (!same_trace(player.simulation(), other->simulation())) {
    drawn.signature = Signature{{}, {}, true};
    drawn.differs = parting(drawn.id, player.trace_lines(), other->trace_lines());
  }
  spares_.give(other->leave());
}

void Runs::play(const RunId& id, Monitor& monitor, Drawn& drawn,
                std::optional<Player>& player) const {
  sim::Stream dice(seed_of(id.seed, id.run));
  sim::Stream swarm(seed_of(id.seed ^ kSwarm, id.run));
  drawn.id = id;
  drawn.weights = draw_weights(swarm, options_.unweighted);
  auto customers = customers_of(options_);
  drawn.plan = customers->beginning(dice, profiles_.size());
  player.emplace(options_, profiles_for(drawn.plan), monitor, std::move(customers), false,
                 spares_.take());
  player->begin(drawn.plan);
  for (const Command& command : drawn.plan.commands) player->take(command);
  while (player->requests() < id.requests && drawn.plan.commands.size() < 4 * id.requests) {
    const Command command = next_weighted(player->customers(), drawn.weights, dice);
    drawn.plan.commands.push_back(command);
    player->take(command);
  }
  player->finish();
  drawn.signature = signature_of(*player);
}

Plan Runs::shrink(const Drawn& drawn, Monitor& monitor) const {
  if (drawn.signature->differs) return drawn.plan;  // it may not come again
  return campaign::shrink(drawn.plan, [&](const Plan& candidate) {
    Player player(options_, profiles_for(candidate), monitor, customers_of(options_), false);
    player.play(candidate);
    const auto signature = signature_of(player);
    return signature && drawn.signature->is_in(*signature);
  });
}

PlanRun Runs::tell(const Plan& plan, const std::string& found, Monitor& monitor) const {
  Player player(options_, profiles_for(plan), monitor, customers_of(options_), true);
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
