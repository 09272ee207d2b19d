#include "sim/told.hpp"

namespace shinsa::sim {

namespace {
constexpr std::size_t kKindsMax = 1000;  // of warnings; a log of nothing but new words has no more
}

void Told::error(Error error) {
  if (++errors_seen_ <= max_) errors.push_back(std::move(error));
}

void Told::warn(const std::string& kind, std::string what, std::size_t max) {
  if (seen_.size() >= kKindsMax && !seen_.contains(kind)) return warn("other warnings", what, 0);
  if (++seen_[kind] <= max)
    warnings.push_back(std::move(what));
  else
    ++untold_[kind];
}

void Told::finish() {
  if (errors_seen_ > max_)
    errors.push_back({"and " + std::to_string(errors_seen_ - max_) + " more bad lines", file_,
                      "mend the first ones and check again"});
  for (const auto& [kind, count] : untold_)
    warnings.push_back(file_ + ": " + kind + ": " + std::to_string(count) + " more");
}

}  // namespace shinsa::sim
