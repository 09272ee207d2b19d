#include "cli/serve/clock.hpp"

namespace shinsa::cli {

Instant ServiceClock::now(Real real) const {
  if (!runs_) return at_;
  return at_ + seconds(std::chrono::duration_cast<std::chrono::seconds>(real - since_).count());
}

void ServiceClock::run(bool runs, Real real) {
  at_ = now(real);
  since_ = real;
  runs_ = runs;
}

Result<void> ServiceClock::set(Instant to, Real real) {
  if (to < now(real))
    return fail("time does not go back", to_text(to), "it is " + to_text(now(real)));
  at_ = to;
  since_ = real;
  return {};
}

}  // namespace shinsa::cli
