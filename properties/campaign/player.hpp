/// Plays a plan in a simulation, command by command, and holds what came of it against judge and
/// laws.
///
/// It knows what the trace has shown, and nothing of the rules.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fakes/cast.hpp"
#include "properties/campaign/customers.hpp"
#include "properties/campaign/profiles.hpp"
#include "properties/campaign/said.hpp"
#include "properties/campaign/story.hpp"
#include "sim/simulation.hpp"

namespace shinsa::properties::campaign {

class Player {
 public:
  /// References outlive the player.
  /// @param customers    who know nothing yet.
  /// @param write_story  whether `story` will be asked for.
  /// @param storage      of a player that has left it.
  Player(const CampaignOptions& options, const Profiles& profiles, Monitor& monitor,
         std::unique_ptr<Customers> customers, bool write_story,
         std::unique_ptr<sim::Storage> storage = std::make_unique<sim::Storage>());
  /// The end of a player who has begun.
  [[nodiscard]] std::unique_ptr<sim::Storage> leave() { return simulation_->leave(); }

  /// First `begin`, then each command, then `finish`; nothing after the last changes anything.
  void begin(const Plan& plan);
  /// Carries out a command; one whose object does not exist makes its request all the same.
  void take(const Command& command);
  void finish();
  /// All of it.
  void play(const Plan& plan);

  [[nodiscard]] Customers& customers() { return *customers_; }
  [[nodiscard]] const sim::Simulation& simulation() const { return *simulation_; }
  [[nodiscard]] std::size_t requests() const { return requests_; }
  [[nodiscard]] std::size_t refused() const { return refused_; }
  [[nodiscard]] const std::set<ClauseIndex>& refusals() const { return refusals_; }

  // What came of it, once finished.

  /// Whether an oracle fired, or the run could not go on.
  [[nodiscard]] bool failed() const;
  /// The clauses that the judge names where it first says no; `stuck` if the run could not go on.
  [[nodiscard]] std::set<std::string> clauses() const;
  /// Indices in `laws(system)` of those broken first.
  [[nodiscard]] std::set<std::size_t> broken_laws() const;
  /// What the judge says where it first says no, and how much follows.
  [[nodiscard]] std::vector<Words> sentences() const;
  /// Its trace, as a log would have it.
  [[nodiscard]] std::vector<std::string> trace_lines() const;
  /// The scenario that replays it. @param why, found  what was found and where, a line each.
  [[nodiscard]] std::string story(const std::string& why, const std::string& found) const;

 private:
  void understudy();
  void give(const Command& command);
  void wait(const Command& command);
  void fact(const Said& said);
  const sim::Stepped& happen(const Said& said);
  void follow();
  void stuck(const Error& error) { stuck_ = error.text(); }
  [[nodiscard]] std::vector<const sim::Finding*> first_findings() const;

  const CampaignOptions& options_;
  const Profiles& profiles_;
  Monitor& monitor_;
  fakes::Cast cast_;
  bool writes_;
  Beginning beginning_;
  std::vector<std::unique_ptr<sim::Performer>> understudies_;
  std::unique_ptr<sim::Storage> storage_;  // until the simulation has it
  std::optional<sim::Simulation> simulation_;
  std::unique_ptr<Customers> customers_;
  std::set<std::string> given_;
  Story story_;
  std::size_t read_ = 0;  // events of the trace that the customer has read
  std::size_t requests_ = 0;
  std::size_t refused_ = 0;
  std::set<ClauseIndex> refusals_;
  std::optional<std::string> stuck_;
};

}  // namespace shinsa::properties::campaign
