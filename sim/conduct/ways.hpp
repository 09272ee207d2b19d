/// The ways of one system: which choices its portal and CA have beyond those of every system, what
/// they do with what is merely allowed, and what people do rather than machines.
///
/// One file per system; `ways.cpp` says which is whose.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "model/world.hpp"
#include "sim/conduct.hpp"

namespace shinsa::sim {

/// The option that is taken of a choice.
using Decide = std::function<std::string_view(std::string_view choice)>;

struct Ways {
  std::span<const Choice> choices;
  /// Of something allowed and not owed: how long after it may be done it is, or never (nothing).
  std::optional<Duration> (*may)(const model::Duty& duty, const Decide& decide);
  /// Of something owed: how much later than at once it is done, of the system's own choice.
  Duration (*must)(const model::Duty& duty, const Decide& decide);
  /// Whether people do it, who wait for the desk to open.
  bool (*by_people)(const model::Duty& duty);
};

namespace ways {
extern const Ways kJpdirectReissue;
extern const Ways kSakuraReissue;
extern const Ways kJpdirectAcme;
extern const Ways kNttcomBiz;
extern const Ways kDedicatedRenewal;
}  // namespace ways

/// Whose ways they are.
struct OfSystem {
  System system;
  std::string_view name;
  const Ways* ways;
};
/// The ways of all systems, in their order.
[[nodiscard]] std::span<const OfSystem> all_ways();
[[nodiscard]] const Ways& ways_of(System system);

}  // namespace shinsa::sim
