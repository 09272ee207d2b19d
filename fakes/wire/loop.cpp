#include "fakes/wire/loop.hpp"

#include <condition_variable>
#include <exception>
#include <utility>

#include "fakes/wire/http_server.hpp"
#include "fakes/wire/loop_contexts.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::wire {

namespace {

using Work = asio::executor_work_guard<asio::io_context::executor_type>;
constexpr std::chrono::milliseconds kLookAgain{5};  // whether a thread that was asked still runs

/// Asio keeps what it remembers of a socket for the next one. Made while connections come, each
/// would hold on to a page of memory that a connection has left; so they are made at once.
void make_room(asio::io_context& context) {
  std::vector<asio::ip::udp::socket> sockets;
  for (std::size_t i = 0; i < HttpLimits{}.connections; ++i) {
    ErrorCode error;
    sockets.emplace_back(context).open(asio::ip::udp::v4(), error);
    if (error) return;  // so many descriptors are not to be had
  }
}

}  // namespace

/// Says for a while that this thread runs a context.
class Loop::Contexts::Running {
 public:
  explicit Running(Lane& lane) : lane_(lane) { say(std::this_thread::get_id()); }
  ~Running() { say({}); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  void say(std::thread::id who) {
    const std::lock_guard lock(lane_.run_by_guard);
    lane_.run_by = who;
  }
  Lane& lane_;
};

Loop::Contexts::Contexts(std::size_t threads) {
  SHINSA_ASSERT(threads > 0, "a loop has a thread");
  // With the hint 1 a context does not wake other threads; posting from outside stays safe.
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back(1);
  for (Lane& lane : threads_) make_room(lane.context);
}

void Loop::Contexts::run(std::size_t thread) {
  Lane& lane = threads_[thread];
  const Running running(lane);
  const Work work = asio::make_work_guard(lane.context);
  lane.context.run();
}

bool Loop::Contexts::run_until(const std::function<bool()>& holds, SteadyTime end) {
  Lane& lane = threads_.front();
  const Running running(lane);
  const Work work = asio::make_work_guard(lane.context);
  while (!holds()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    lane.context.restart();
    for (std::size_t i = 1; i < threads_.size(); ++i) {
      threads_[i].context.restart();
      threads_[i].context.poll();
    }
    lane.context.run_one_until(
        threads_.size() == 1 ? end : std::min(end, std::chrono::steady_clock::now() + kLookAgain));
  }
  return true;
}

void Loop::Contexts::stop() {
  for (Lane& lane : threads_) lane.context.stop();
}

void Loop::Contexts::restart() {
  for (Lane& lane : threads_) lane.context.restart();
}

void Loop::Contexts::everywhere(const std::function<void(std::size_t)>& task) {
  for (std::size_t thread = 0; thread < threads_.size(); ++thread) on(thread, task);
}

void Loop::Contexts::on(std::size_t thread, const std::function<void(std::size_t)>& task) {
  struct Done {
    std::mutex guard;
    std::condition_variable changed;
    bool is_claimed = false;
    bool is_done = false;
  };
  Lane& lane = threads_[thread];
  const auto done = std::make_shared<Done>();
  const auto claimed = [done] {
    const std::lock_guard lock(done->guard);
    return !std::exchange(done->is_claimed, true);
  };
  const auto somebody_else_runs_it = [&lane] {
    const std::lock_guard lock(lane.run_by_guard);
    return lane.run_by != std::thread::id{} && lane.run_by != std::this_thread::get_id();
  };
  if (!somebody_else_runs_it()) return task(thread);

  asio::post(lane.context, [done, claimed, task, thread] {
    if (!claimed()) return;
    task(thread);
    const std::lock_guard lock(done->guard);
    done->is_done = true;
    done->changed.notify_all();
  });
  std::unique_lock lock(done->guard);
  while (!done->changed.wait_for(lock, kLookAgain, [&] { return done->is_done; })) {
    if (done->is_claimed || somebody_else_runs_it()) continue;
    done->is_claimed = true;  // it stopped before it came to this
    lock.unlock();
    return task(thread);
  }
}

Loop::Loop(std::size_t threads) : contexts_(std::make_shared<Contexts>(threads)) {}
Loop::~Loop() = default;

void Loop::run() {
  contexts_->restart();
  std::vector<std::thread> others;
  std::mutex guard;
  std::exception_ptr thrown;
  const auto one = [&](std::size_t thread) {
    try {
      contexts_->run(thread);
    } catch (...) {
      const std::lock_guard lock(guard);
      if (!thrown) thrown = std::current_exception();
      contexts_->stop();
    }
  };
  for (std::size_t i = 1; i < contexts_->size(); ++i) others.emplace_back(one, i);
  one(0);
  for (std::thread& other : others) other.join();
  if (thrown) std::rethrow_exception(thrown);
}

bool Loop::run_until(const std::function<bool()>& holds, std::chrono::milliseconds longest) {
  return contexts_->run_until(holds, std::chrono::steady_clock::now() + longest);
}

void Loop::stop() { contexts_->stop(); }
std::size_t Loop::threads() const { return contexts_->size(); }

void Loop::post(Task task) { asio::post(contexts_->first(), std::move(task)); }

void Loop::on_signal(int number, std::function<void(int)> task) {
  auto& signals = *contexts_->signals_.emplace_back(
      std::make_unique<asio::signal_set>(contexts_->first(), number));
  // Waits anew after each.
  struct Wait {
    asio::signal_set& signals;
    std::function<void(int)> task;
    void operator()(ErrorCode error, int number) {
      if (error) return;
      task(number);
      asio::signal_set& again = signals;
      again.async_wait(std::move(*this));
    }
  };
  signals.async_wait(Wait{signals, std::move(task)});
}

struct Timer::State {
  asio::steady_timer timer;
  Loop::Task task;
};

Timer Loop::after(std::chrono::milliseconds delay, Task task) {
  auto state = std::make_shared<Timer::State>(
      Timer::State{asio::steady_timer(contexts_->first(), delay), std::move(task)});
  state->timer.async_wait([weak = std::weak_ptr(state)](ErrorCode error) {
    const auto state = weak.lock();
    if (error || !state || !state->task) return;
    const Task task = std::exchange(state->task, nullptr);
    task();
  });
  return Timer(std::move(state));
}

Timer::Timer(std::shared_ptr<State> state) : state_(std::move(state)) {}
Timer::~Timer() { cancel(); }

Timer& Timer::operator=(Timer&& other) noexcept {
  cancel();
  state_ = std::move(other.state_);
  return *this;
}

void Timer::cancel() {
  if (!state_) return;
  state_->task = nullptr;
  state_.reset();
}

}  // namespace shinsa::fakes::wire
