/// The event loop that carries every front: sockets become ready, timers come due, what was posted
/// runs. Real time, which decides nothing: what a fake answers follows from the virtual instant
/// that its front is told.
///
/// One thread or several. Each has connections of its own and never looks at another's, so that
/// one thread costs no lock. Handlers of a front run on the thread of the connection; with several
/// threads, what they share is theirs to guard. `post` and timers run on the first thread, one
/// after another.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace shinsa::fakes::wire {

class Timer;

class Loop {
 public:
  using Task = std::function<void()>;

  /// @param threads  how many threads `run` uses, its caller's included; 1 or more (assert).
  explicit Loop(std::size_t threads = 1);
  /// Fronts on it have to be gone before.
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Runs until `stop`, even while there is nothing to do. May be called again after it returned.
  /// What a task throws comes out here.
  void run();
  /// Runs, on the caller's thread alone, until `holds` or until `longest` is over. For tests and
  /// programs that wait for something; `holds` is asked after each step.
  /// @return  whether it holds.
  bool run_until(const std::function<bool()>& holds, std::chrono::milliseconds longest);
  /// Ends the run that is going on; without one, it does nothing. From any thread, and from within.
  /// What has been posted and has not run stays for the next run.
  void stop();

  /// Runs the task on the first thread, after what was posted before. From any thread.
  void post(Task task);
  /// Runs the task once, no sooner than `delay` from now, unless the Timer is gone before.
  [[nodiscard]] Timer after(std::chrono::milliseconds delay, Task task);
  /// Runs the task whenever the process gets that signal, instead of what the system would do.
  void on_signal(int number, std::function<void(int)> task);

  [[nodiscard]] std::size_t threads() const;

  struct Contexts;  ///< private to this folder
  [[nodiscard]] Contexts& contexts() { return *contexts_; }

 private:
  std::shared_ptr<Contexts> contexts_;
};

/// Holds what `Loop::after` will do; without it, nothing is done.
class Timer {
 public:
  struct State;
  Timer() = default;
  explicit Timer(std::shared_ptr<State> state);
  ~Timer();
  Timer(Timer&&) noexcept = default;
  Timer& operator=(Timer&& other) noexcept;

  /// The task will not run; nothing, if it has.
  void cancel();

 private:
  std::shared_ptr<State> state_;
};

}  // namespace shinsa::fakes::wire
