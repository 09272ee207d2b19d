/// What every measurement needs: CPU time and medians.
#pragma once

#include <time.h>

#include <algorithm>
#include <vector>

namespace shinsa::bench {

/// CPU time of this process, all threads.
inline double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace shinsa::bench
