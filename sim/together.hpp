/// The same work by several threads.
#pragma once

#include <algorithm>
#include <thread>
#include <vector>

namespace shinsa::sim {

/// How many threads work: as many as asked for, or, asked for none, as the machine has cores.
[[nodiscard]] inline unsigned threads_for(unsigned jobs) {
  return jobs ? jobs : std::max(1u, std::thread::hardware_concurrency());
}

/// Calls `work` once in each of so many threads, the caller's own among them (at least that), and
/// returns when all are done.
template <class Work>
void together(unsigned threads, const Work& work) {
  std::vector<std::jthread> others;  // joined where they go out of scope
  for (unsigned i = 1; i < threads; ++i) others.emplace_back([&work] { work(); });
  work();
}

}  // namespace shinsa::sim
