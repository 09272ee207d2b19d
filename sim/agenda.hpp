/// What is planned, ordered by (time, sequence): ties keep the order in which they were planned.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::sim {

inline constexpr std::size_t kAgendaMax = 1'000'000;  ///< more planned at once is our own mistake

template <class Task>
class Agenda {
 public:
  /// Names a planned task until it is popped or cancelled.
  struct Handle {
    Instant at;
    std::uint64_t sequence = 0;
    friend auto operator<=>(const Handle&, const Handle&) = default;
  };
  struct Item {
    Instant at;
    Task task;
  };

  Handle schedule(Instant at, Task task) {
    SHINSA_ASSERT(tasks_.size() < kAgendaMax, "the agenda is full");
    const Handle handle{at, ++sequence_};
    tasks_.push_back({handle, std::move(task)});
    std::ranges::push_heap(tasks_, std::greater{}, &Planned::handle);
    return handle;
  }
  /// @return whether the task was still planned.
  bool cancel(const Handle& handle) {
    const auto gone = std::erase_if(tasks_, [&](const auto& one) { return one.handle == handle; });
    std::ranges::make_heap(tasks_, std::greater{}, &Planned::handle);
    return gone > 0;
  }

  /// Takes away every task for which `is` says yes.
  template <class Is>
  void erase_if(const Is& is) {
    std::erase_if(tasks_, [&](const Planned& one) { return is(one.task); });
    std::ranges::make_heap(tasks_, std::greater{}, &Planned::handle);
  }
  /// Every task, in no particular order; it may be changed, but not when it comes.
  template <class Do>
  void each(const Do& what) {
    for (Planned& one : tasks_) what(one.task);
  }

  /// Forgets what is planned, but keeps the memory.
  void clear() {
    tasks_.clear();
    sequence_ = 0;
  }
  [[nodiscard]] bool empty() const { return tasks_.empty(); }
  [[nodiscard]] std::size_t size() const { return tasks_.size(); }
  /// Time of the earliest task. Something must be planned.
  [[nodiscard]] Instant next_time() const {
    SHINSA_ASSERT(!tasks_.empty(), "nothing is planned");
    return tasks_.front().handle.at;
  }
  /// Takes the earliest task. Something must be planned.
  Item pop() {
    SHINSA_ASSERT(!tasks_.empty(), "nothing is planned");
    std::ranges::pop_heap(tasks_, std::greater{}, &Planned::handle);
    Item item{tasks_.back().handle.at, std::move(tasks_.back().task)};
    tasks_.pop_back();
    return item;
  }

 private:
  struct Planned {
    Handle handle;
    Task task;
  };
  std::vector<Planned> tasks_;  // a heap: the earliest first
  std::uint64_t sequence_ = 0;
};

}  // namespace shinsa::sim
