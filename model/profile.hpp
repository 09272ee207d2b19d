/// A profile: the machines, values and readings of one system, as one World uses them.
///
/// Values are copied from the catalogue; a mutant shifts only the copy of the system's profile. A
/// judge's profile never carries a mutant.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/core/machine_api.hpp"
#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/result.hpp"

namespace shinsa::model {

/// Where an event type is delivered.
struct Route {
  std::uint8_t machine = 0;  ///< index in Profile::machines
  std::uint8_t event = 0;    ///< event of that machine
};

/// How an effect is spoilt in a mutant.
enum class Spoil : std::uint8_t { none, drop, twice, misaddress, late, early };

struct Profile {
  System system = kJpr;
  std::string_view name;    ///< `jpdirect-reissue`
  std::string_view prefix;  ///< `JPR`
  bool complete = false;    ///< whether every clause of the system is meant to be exercised already

  std::vector<const MachineApi*> machines;
  std::vector<std::uint8_t> slot_of;  ///< per machine: its place in Object::states
  std::array<std::vector<std::uint8_t>, kObjectKinds> machines_of;
  std::vector<std::vector<Route>> routes;  ///< per event type
  std::array<std::array<std::vector<Route>, kMessages>, kObjectKinds> listeners;
  std::array<std::vector<Route>, kObjectKinds> deadlines;
  std::array<std::uint8_t, kObjectKinds> deadline_slots{};  ///< the same as bits of their slots

  std::vector<std::pair<TypeIndex, ClauseIndex>> never;  ///< actions that a clause forbids outright

  /// The field that couples objects into one group: `cn`, `customer`, `contract`.
  std::string_view couples = "cn";
  /// The fields through which an event without that field names a thing it belongs with, tried in
  /// this order.
  std::span<const std::string_view> links;
  /// Where the fields of each event type stand that couple it or link it.
  struct Ties {
    std::optional<std::uint8_t> couples;
    std::vector<std::uint8_t> links;  ///< in the order of `links`
  };
  std::vector<Ties> ties;  ///< per event type

  std::vector<bool> holds;  ///< per clause: whether it is of this system's page or of none

  std::vector<std::int64_t> numbers;   ///< per number of the catalogue
  std::vector<std::int64_t> readings;  ///< per reading: position of the chosen alternative

  struct Mutation {
    std::vector<std::uint64_t> forced_yes;  ///< per machine: bit per guard
    std::vector<std::uint64_t> forced_no;
    std::vector<std::vector<Spoil>> effects;
    bool denies = false;  ///< some guard is forced to say no
  };
  std::unique_ptr<Mutation> mutation;  ///< null unless this is a mutant
  std::vector<std::string> mutants;    ///< ids, as given

  /// The customer centre's hours, from the profile's values (JPR-47, ACM-56); a system whose page
  /// states none has people at any hour.
  [[nodiscard]] Desk desk() const;

  /// The id among several that belongs to this system; kNoClause if there is none.
  [[nodiscard]] ClauseIndex clause_of(std::span<const ClauseIndex> clauses) const;
};

struct ProfileOptions {
  std::string system = "jpdirect-reissue";
  std::map<std::string, std::string> readings;  ///< reading id -> alternative
  std::vector<std::string> mutants;             ///< for a system only, never for a judge
};

/// @return an Error for an unknown system, reading, alternative or mutant, with what there is
/// instead.
[[nodiscard]] Result<std::shared_ptr<const Profile>> make_profile(const ProfileOptions& options);

/// Names of the systems that have a profile.
[[nodiscard]] std::vector<std::string_view> implemented_systems();

/// Every mutant that can be derived from the system's tables and values: `JPR-21:allow`,
/// `JPR-21:deny`, `JPR-35:drop`, `JPR-35:twice`, `JPR-35:misaddress`, `REN-05:late`,
/// `REN-05:early`, `JPR-42.years:+1`, ...
struct MutantInfo {
  std::string id;
  ClauseIndex clause = kNoClause;
  std::string kind;         ///< allow, deny, drop, twice, misaddress, late, early, number
  std::string where;        ///< machine and guard, effect or value
  bool of_actions = false;  ///< of a guard: the system's own actions alone are held against it
};
[[nodiscard]] std::vector<MutantInfo> list_mutants(std::string_view system);

/// Of mutants asked for in a run of several systems, those that this one can have: all but those of
/// another system's clause, and those of a clause of no page that this system does not hold.
[[nodiscard]] std::vector<std::string> mutants_for(std::string_view system,
                                                   const std::vector<std::string>& ids);

}  // namespace shinsa::model
