/// The single runs of a campaign: each is drawn, played, held against the oracles and told.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "properties/campaign/profiles.hpp"

namespace shinsa::properties::campaign {

/// What a run must show again for a smaller one to count as the same failure: the first divergence
/// of either oracle.
struct Signature {
  std::set<std::string> clauses;
  std::set<std::size_t> laws;
  [[nodiscard]] std::size_t oracles() const { return (clauses.empty() ? 0u : 1u) + laws.size(); }
  /// Whether the other shows all of this.
  [[nodiscard]] bool is_in(const Signature& other) const {
    return std::ranges::includes(other.clauses, clauses) && std::ranges::includes(other.laws, laws);
  }
};

/// A run, and what the oracles say of it if they fired.
struct Drawn {
  Plan plan;
  std::optional<Signature> signature;
};

class Runs {
 public:
  /// @param options   outlive this.
  /// @param profiles  the first under the readings asked for, each other with one more changed.
  Runs(const CampaignOptions& options, std::vector<Profiles> profiles)
      : options_(options), profiles_(std::move(profiles)) {}

  /// Draws and plays one run. @param into  counts it; may be null.
  Drawn draw(std::size_t run, Monitor& monitor, CampaignResult* into) const;
  /// A smaller plan with the same signature, which there must be.
  [[nodiscard]] Plan shrink(const Drawn& drawn, Monitor& monitor) const;
  /// Plays a plan once more, and writes its story.
  [[nodiscard]] PlanRun tell(const Plan& plan, Monitor& monitor) const;
  /// A result that counts no run yet.
  [[nodiscard]] CampaignResult none() const;

 private:
  [[nodiscard]] const Profiles& profiles_for(const Plan& plan) const {
    return profiles_[plan.reading % profiles_.size()];
  }

  const CampaignOptions& options_;
  std::vector<Profiles> profiles_;
};

}  // namespace shinsa::properties::campaign
