/// What a Loop consists of. Private to this folder.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "fakes/wire/asio.hpp"
#include "fakes/wire/loop.hpp"

namespace shinsa::fakes::wire {

struct Loop::Contexts : std::enable_shared_from_this<Loop::Contexts> {
  explicit Contexts(std::size_t threads);

  [[nodiscard]] asio::io_context& first() { return threads_.front().context; }
  [[nodiscard]] asio::io_context& at(std::size_t thread) { return threads_[thread].context; }
  [[nodiscard]] std::size_t size() const { return threads_.size(); }

  /// Does `task(thread)` on each thread and comes back when all have done it. Threads that do not
  /// run are stood in for by the caller. Two callers on two threads of the loop would wait for each
  /// other: fronts are taken down from one place.
  void everywhere(const std::function<void(std::size_t)>& task);

  /// Runs that context on the calling thread until it is stopped.
  void run(std::size_t thread);
  bool run_until(const std::function<bool()>& holds, SteadyTime end);
  void stop();
  void restart();

 private:
  /// A thread's own context. Without locks inside, as long as there is but one.
  struct Lane {
    explicit Lane(int hint) : context(hint) {}
    asio::io_context context;
    std::mutex run_by_guard;
    std::thread::id run_by{};  ///< nobody, while it does not run
  };
  class Running;
  void on(std::size_t thread, const std::function<void(std::size_t)>& task);

  std::deque<Lane> threads_;
  std::vector<std::unique_ptr<asio::signal_set>> signals_;
  friend class Loop;
};

}  // namespace shinsa::fakes::wire
