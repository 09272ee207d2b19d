/// The bounded world around a story: what it asks for, in any order and at any of the instants at
/// which it does. An explorer finds what the story does, and what lies beside it.
#pragma once

#include "model/vocabulary/result.hpp"
#include "scenarios/bounded_world.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::scenarios {

/// @param run  of the story: it says when each step is taken.
/// @return an Error that says why it is no world: parts of a tale, mutants, or a request that
/// takes over something of two events.
[[nodiscard]] Result<BoundedWorld> world_of(const Story& story, const StoryRun& run);

}  // namespace shinsa::scenarios
