/// The clock of `shinsa serve`: virtual time that goes on with real time, or stands still, and can
/// be moved forward.
#pragma once

#include <chrono>

#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::cli {

class ServiceClock {
 public:
  using Real = std::chrono::steady_clock::time_point;

  /// @param real  now, in real time: the caller's, so that tests can say it.
  ServiceClock(Instant start, bool runs, Real real) : at_(start), since_(real), runs_(runs) {}

  [[nodiscard]] Instant now(Real real) const;
  [[nodiscard]] bool runs() const { return runs_; }
  /// From now on it goes on with real time, or stands still.
  void run(bool runs, Real real);
  /// An Error: time does not go back.
  [[nodiscard]] Result<void> set(Instant to, Real real);

 private:
  Instant at_;
  Real since_;
  bool runs_;
};

}  // namespace shinsa::cli
