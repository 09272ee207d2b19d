/// How what a handler answers comes back to its connection, from any thread and at any time.
/// Private to this folder.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>

#include "fakes/wire/http.hpp"
#include "fakes/wire/loop_contexts.hpp"

namespace shinsa::fakes::wire {

class HttpConnection;

/// Leads to a connection, as long as it and its loop are there.
class WayBack {
 public:
  WayBack(const std::shared_ptr<HttpConnection>& connection, std::weak_ptr<Loop::Contexts> contexts)
      : connection_(connection), contexts_(std::move(contexts)) {}
  /// Does it on the connection's thread; at once, if this is that thread. Nothing, if the
  /// connection or the loop is gone.
  template <class Task>
  void go(Task task) const;

 private:
  std::weak_ptr<HttpConnection> connection_;
  std::weak_ptr<Loop::Contexts> contexts_;
};

/// The answer to one request: the first that is given, or 500 when nobody can give one any more.
class Exchange {
 public:
  explicit Exchange(WayBack way) : way_(std::move(way)) {}
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  void answer(HttpResponse response);

 private:
  void give(HttpResponse response);
  WayBack way_;
  std::atomic<bool> is_answered_ = false;
};

/// What a streamed answer and its connection know of each other.
struct StreamState {
  std::atomic<bool> is_open = true;
  std::atomic<std::size_t> on_the_way = 0;  ///< bytes that have not come to the connection yet
};

class StreamOutlet final : public Outlet {
 public:
  StreamOutlet(WayBack way, std::shared_ptr<StreamState> state, std::size_t unsent_max)
      : way_(std::move(way)), state_(std::move(state)), unsent_max_(unsent_max) {}
  ~StreamOutlet() override;
  StreamOutlet(const StreamOutlet&) = delete;
  StreamOutlet& operator=(const StreamOutlet&) = delete;

  bool send(std::string_view piece) override;
  void end() override;

 private:
  WayBack way_;
  std::shared_ptr<StreamState> state_;
  std::size_t unsent_max_;
  std::atomic<bool> has_ended_ = false;
};

}  // namespace shinsa::fakes::wire
