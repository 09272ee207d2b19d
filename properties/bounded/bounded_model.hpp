/// A bounded world as a model that a search goes through: what is given, the menu, portal and CA
/// with everything that they may do at every instant that matters, and the laws.
///
/// A state is the control of the World, what the laws remember, how much of the menu was used, what
/// the fakes remember, and the time. Steps are the actions that are owed or allowed, the requests
/// of the menu, and waiting for the next instant that matters. A lawful portal is never late: time
/// does not pass an obligation that is owed by then.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <memory>
#include <string>
#include <vector>

#include "properties/bounded/actor.hpp"
#include "properties/bounded/checkpoint.hpp"
#include "properties/bounded/control.hpp"
#include "properties/bounded/menu.hpp"
#include "properties/explorer/seen.hpp"
#include "properties/laws/law.hpp"

namespace shinsa::properties::bounded {

using explorer::Step;

struct BoundedOptions {
  std::vector<std::string> mutants;
  std::map<std::string, std::string> readings;  ///< over those that the world chooses
  bool laws = true;                             ///< whether laws are held, and part of the state
  bool memoised = true;  ///< whether a step that touched one object alone is taken as known
  bool checks = false;   ///< whether the tables are held against themselves on the way, and what
                         ///< is taken as known against what it is when worked out
};

/// What a step is.
struct Taken {
  bool waits = false;
  Instant time;
  Event event;                      ///< unless it waits
  std::optional<std::size_t> item;  ///< of the menu, for a request
  bool arrives = false;             ///< it was under way outside
  std::string says;                 ///< the event, on one line; filled in for a counterexample
};

class BoundedModel {
 public:
  struct Key {
    ContentId control, ledger, standing, memory;
    std::uint32_t time;
    std::uint32_t broken;  ///< 0: nothing; a law's index + 1; `kUnable`
  };
  /// The system refuses what it owes, or its fakes cannot do it.
  static constexpr std::uint32_t kUnable = UINT32_MAX;

  [[nodiscard]] static Result<std::unique_ptr<BoundedModel>> make(
      const scenarios::BoundedWorld& world, const BoundedOptions& options);

  [[nodiscard]] Key initial() const { return initial_; }
  template <class Emit>
  void expand(const Key& key, Emit&& emit) const {
    const auto sink = [](void* to, Step step, const Key& successor) {
      (*static_cast<std::remove_reference_t<Emit>*>(to))(step, successor);
    };
    successors(key, sink, &emit);
  }
  [[nodiscard]] bool broken(const Key& key) const { return key.broken != 0; }

  /// A way through this world that does what a story tells.
  struct Along {
    std::vector<std::pair<Step, Key>> way;  ///< each state by a step from the one before it
    std::vector<std::size_t> left_out;      ///< of what is told: what this world never does
  };
  /// As near to the story as this world comes: what it does not do in time is done late.
  [[nodiscard]] Along along(const std::vector<scenarios::Told>& story) const;

  /// Writes what keys name, and what was counted.
  void save(CheckpointWriter& to) const;
  /// Before anything was expanded: takes in what was written by the same program of the same world.
  /// @return an Error if it was another.
  [[nodiscard]] Result<void> load(CheckpointReader& from);

  /// What a step of a state is. The state must allow it.
  [[nodiscard]] Taken taken(const Key& from, Step step) const;
  [[nodiscard]] const Facts& facts() const { return given_->facts(); }
  [[nodiscard]] const model::Profile& profile() const { return *profile_; }
  /// What was exercised; counts each step that was worked out, however often it was taken.
  [[nodiscard]] const model::Coverage& coverage() const { return *coverage_; }
  /// Bytes that the parts of states take, which keys name.
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] std::size_t worked_out() const { return worked_out_; }  ///< steps of the machines
  /// Why the system cannot take a step that leads to `kUnable`.
  [[nodiscard]] std::string why_unable(const Key& from, Step step) const;
  /// Types of actions that were allowed where they are refused, and how often that was seen.
  [[nodiscard]] const std::map<TypeIndex, std::uint64_t>& refused_permissions() const {
    return refused_permissions_;
  }

 private:
  using Sink = void (*)(void* to, Step step, const Key& successor);
  struct Now;  // the state at hand

  BoundedModel() = default;
  void set_calendar();
  void begin();
  void successors(const Key& key, Sink sink, void* to) const;
  struct Towards;
  [[nodiscard]] Towards towards(const Key& from, const scenarios::Told& what) const;

  std::shared_ptr<const model::Profile> profile_;
  BoundedOptions options_;
  std::unique_ptr<sim::Simulation> given_;
  scenarios::BoundedWorld world_;
  Instant end_;
  std::vector<Instant> calendar_;
  std::optional<Menu> menu_;
  std::unique_ptr<Actors> actors_;
  std::unique_ptr<model::Coverage> coverage_;
  Key initial_{};

  // Worked out on the way, each thing once.
  struct Work;
  mutable std::shared_ptr<Work> work_;
  mutable std::size_t worked_out_ = 0;
  mutable std::string failure_;
  mutable std::map<TypeIndex, std::uint64_t> refused_permissions_;
};

}  // namespace shinsa::properties::bounded
