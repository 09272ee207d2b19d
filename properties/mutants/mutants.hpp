/// Which oracle notices which mutant: the laws, what scenarios expect, the judge.
///
/// A harness is worth what it catches. Each mutant that can be derived from a system's tables and
/// values plays all stories of its system, with certificates on paper, and then, if no law has
/// noticed it yet, lives of customers from a campaign. One of a guard or a number that neither a
/// law nor a scenario has noticed plays the stories once more, with real certificates.
///
/// A `sometimes` law notices a mutant if all its lives together never show what as many lives
/// without a mutant show at least `kOftenShown` times: what should come about no longer does.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "model/profile.hpp"
#include "properties/laws/law.hpp"
#include "scenarios/story.hpp"

namespace shinsa::properties {

/// So often comes what is not missed by chance: a Poisson variable of this mean is 0 in two of 10^9
/// cases.
inline constexpr std::size_t kOftenShown = 20;

struct MutantOptions {
  std::string system = "jpdirect-reissue";
  std::uint64_t seed = 1;
  std::vector<std::string> ids;  ///< as `model::list_mutants` names them; empty: all
  std::size_t runs = 1000;       ///< of a campaign for each, at most
  unsigned jobs = 1;             ///< threads; results do not depend on it
  /// The laws' monitor; for tests of the gate.
  std::function<std::unique_ptr<Monitor>(std::string_view system)> monitor = make_monitor;
  std::function<void(std::size_t)> progress;  ///< told how many mutants are done; may be empty
};

/// One mutant, and who noticed it.
struct Trial {
  model::MutantInfo mutant;
  std::set<std::string> laws;          ///< broken by it in a story or a life, or never shown
  std::vector<std::string> scenarios;  ///< ids of stories that expected something else
  bool judge = false;                  ///< the judge said no
  bool in_play = false;                ///< its clause was: a guard asked, an effect run
  std::uint64_t spoilt = 0;            ///< how often it made a difference at all
  bool traced = false;                 ///< some trace differs from that of the system without it
  std::size_t runs = 0;                ///< stories and lives played
  double seconds = 0;                  ///< of a processor
  /// Whether somebody noticed who shares nothing with the machines.
  [[nodiscard]] bool seen_from_outside() const { return !laws.empty() || !scenarios.empty(); }
  /// Whether what is broken is a guard or a number, not an effect.
  [[nodiscard]] bool of_a_rule() const {
    return mutant.kind == "allow" || mutant.kind == "deny" || mutant.kind == "number";
  }
};

/// Tries mutants on the stories of their system; others are passed over.
/// @return one for each, in the order of the ids; an Error for an unknown system or mutant, or a
/// story that does not pass without a mutant.
[[nodiscard]] Result<std::vector<Trial>> try_mutants(const MutantOptions& options,
                                                     std::span<const scenarios::Story> stories);

}  // namespace shinsa::properties
