/// The single runs of a campaign: each is drawn, played, held against the oracles and told.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "properties/campaign/player.hpp"
#include "properties/campaign/profiles.hpp"
#include "properties/campaign/swarm.hpp"

namespace shinsa::properties::campaign {

/// What a run must show again for a smaller one to count as the same failure: the first divergence
/// of either oracle.
struct Signature {
  std::set<std::string> clauses;
  std::set<std::size_t> laws;
  bool differs = false;  ///< played twice, it was not the same; it names nothing then
  /// Whether the other shows all of this.
  [[nodiscard]] bool is_in(const Signature& other) const {
    return std::ranges::includes(other.clauses, clauses) && std::ranges::includes(other.laws, laws);
  }
  friend auto operator<=>(const Signature&, const Signature&) = default;
};

/// A run, and what the oracles say of it if they fired.
struct Drawn {
  RunId id;
  Plan plan;
  Weights weights;
  std::optional<Signature> signature;
  Words differs;                   ///< where two plays of it part, if they do
  std::uint64_t events_again = 0;  ///< of the second play, if it was played twice
};

/// Sees a run once it is finished.
using Watch = std::function<void(const Player&, const Monitor&)>;

/// Storage of runs that are over, for those to come; of any thread. What a run leaves in it says
/// nothing to the next one, so that it does not matter which one takes it.
class Spares {
 public:
  [[nodiscard]] std::unique_ptr<sim::Storage> take();
  void give(std::unique_ptr<sim::Storage> storage);

 private:
  std::mutex door_;
  std::vector<std::unique_ptr<sim::Storage>> spares_;
};

class Runs {
 public:
  /// @param options   outlive this.
  /// @param profiles  the first under the readings asked for, each other with one more changed.
  Runs(const CampaignOptions& options, std::vector<Profiles> profiles)
      : options_(options), profiles_(std::move(profiles)) {}

  /// Draws and plays one run, some of them twice: the same run must leave the same trace.
  /// @param watch  sees it once; may be empty.
  Drawn draw(const RunId& id, Monitor& monitor, const Watch& watch) const;
  /// A smaller plan with the same signature, which there must be.
  [[nodiscard]] Plan shrink(const Drawn& drawn, Monitor& monitor) const;
  /// Plays a plan once more, and writes its story. @param found  what heads it: where it was found.
  [[nodiscard]] PlanRun tell(const Plan& plan, const std::string& found, Monitor& monitor) const;
  [[nodiscard]] const model::Profile& system() const { return *profiles_.front().system; }

 private:
  [[nodiscard]] const Profiles& profiles_for(const Plan& plan) const {
    return profiles_[plan.reading % profiles_.size()];
  }
  /// Plays the run of a player once more; one that is not the same is a failure.
  void play_again(const Player& player, Monitor& monitor, Drawn& drawn) const;
  /// Draws a run while it plays it. @param player  has finished it then.
  void play(const RunId& id, Monitor& monitor, Drawn& drawn, std::optional<Player>& player) const;

  const CampaignOptions& options_;
  std::vector<Profiles> profiles_;
  mutable Spares spares_;
};

}  // namespace shinsa::properties::campaign
