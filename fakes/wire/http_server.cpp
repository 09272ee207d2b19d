#include "fakes/wire/http_server.hpp"

#include <algorithm>
#include <utility>

#include "fakes/wire/http_connection.hpp"

namespace shinsa::fakes::wire {

namespace {

/// Deadlines are looked at four times within the shortest, but neither all the time nor too seldom.
std::chrono::milliseconds tick_of(const HttpLimits& limits) {
  const auto shortest =
      std::min({limits.handshake, limits.request, limits.idle, limits.write, limits.farewell});
  return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
}

}  // namespace

Result<HttpServer> HttpServer::start(Loop& loop, HttpOptions options, HttpHandler handler) {
  auto state = std::make_shared<State>();
  if (options.tls) {
    auto tls = TlsContexts::make(*options.tls);
    if (!tls) return Failure(tls.error());
    state->tls = std::move(*tls);
  }
  state->contexts = loop.contexts().weak_from_this();
  state->listener =
      std::make_shared<Listener>(loop, options.limits.connections, tick_of(options.limits));
  if (auto listens = state->listener->listen(options.address, options.port); !listens)
    return Failure(listens.error());
  state->options = std::move(options);
  state->handler = std::move(handler);
  state->listener->start([weak = std::weak_ptr<State>(state)](asio::ip::tcp::socket socket,
                                                              asio::io_context& context,
                                                              const std::shared_ptr<Crowd>& crowd) {
    if (const auto server = weak.lock())
      std::make_shared<HttpConnection>(std::move(socket), context, crowd, server)->start();
  });
  return HttpServer(std::move(state));
}

HttpServer::HttpServer(std::shared_ptr<State> state) : state_(std::move(state)) {}
HttpServer::~HttpServer() { close(); }
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&& other) noexcept {
  close();
  state_ = std::move(other.state_);
  return *this;
}

void HttpServer::close() {
  if (!state_) return;
  state_->listener->close();
  state_.reset();
}

std::uint16_t HttpServer::port() const { return state_->listener->port(); }
std::size_t HttpServer::connections() const { return state_->listener->connections(); }
std::size_t HttpServer::take_peak() { return state_->listener->take_peak(); }

}  // namespace shinsa::fakes::wire
