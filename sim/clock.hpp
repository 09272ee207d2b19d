/// The virtual clock: the only one a simulation has.
#pragma once

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::sim {

class Clock {
 public:
  explicit Clock(Instant start) : now_(start) {}
  [[nodiscard]] Instant now() const { return now_; }
  /// @param to  not before now; going back is the caller's mistake.
  void advance_to(Instant to) {
    SHINSA_ASSERT(to >= now_, "virtual time does not go back");
    now_ = to;
  }

 private:
  Instant now_;
};

}  // namespace shinsa::sim
