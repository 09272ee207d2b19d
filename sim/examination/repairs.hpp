/// What would have made a log go on: one event put in, left out or moved.
///
/// Found by trying on copies of a World: everything within a window is tried, and the cheapest is
/// kept of those after which least is held against the log.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sim/examination/candidates.hpp"

namespace shinsa::sim {

/// Events before the departure among which places are tried, at most.
inline constexpr std::size_t kRepairWindow = 48;
/// Events after the departure that a repair is held against, at most.
inline constexpr std::size_t kRepairAhead = 400;

struct Repair {
  enum class Kind { insert, drop, move };
  Kind kind = Kind::insert;
  Event event;
  std::size_t line = 0;         ///< where the event stands; insert: nowhere
  std::size_t before_line = 0;  ///< where it should stand: before the event of that line
  bool at_end = false;          ///< it should stand after all events of the matter
};

struct Repaired {
  std::optional<Repair> repair;  ///< none: no single event makes the log go on beyond the first
  /// A matter that goes on: repaired, or with a request and what it obliges to put in if that
  /// leaves less.
  Matter matter;
  std::vector<Departure> departures;  ///< what is held against that
};

/// @param first  of the departures of the matter.
/// @return  nothing if nothing that was tried makes the log go on beyond the first.
[[nodiscard]] std::optional<Repaired> cheapest_repair(const Matter& matter, const Departure& first);

}  // namespace shinsa::sim
