/// A bounded world: what is given, and a menu of what may happen, each so many times, in any order
/// and at any of the instants that matter. An explorer goes through all of it.
///
/// The file is that of a story with `menu:`, `horizon:` and `instants:` in the place of steps.
#pragma once

#include <string>
#include <vector>

#include "model/vocabulary/events.hpp"
#include "scenarios/story.hpp"

namespace shinsa::scenarios {

/// A request that may be made.
struct MenuItem {
  Step request;        ///< its fields and its subject may hold `${field}` of what it follows
  unsigned times = 1;  ///< at most so often
  /// Type of what must have happened before, once for each time; empty: nothing need have. It must
  /// say every field that the request takes over.
  std::string follows;
  std::string of;  ///< whom or what that was about, as its subject or in one of its fields; empty:
                   ///< anybody
};

/// Something that a story tells, as far as another run of it can be known by.
struct Told {
  Instant time;
  TypeIndex type = 0;
  std::string subject;
  Digest said;  ///< of its record
};

struct BoundedWorld {
  Story story;  ///< all but steps
  std::vector<MenuItem> menu;
  Duration horizon;               ///< time does not pass beyond it
  std::vector<Instant> instants;  ///< that matter whatever happens: month ends, closures
  std::vector<Told> told;         ///< of a world around a story: what happens in it, in its order
};

}  // namespace shinsa::scenarios
