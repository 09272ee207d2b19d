#include "fakes/wire/listener.hpp"

#include <fmt/format.h>

#include "fakes/wire/address.hpp"

namespace shinsa::fakes::wire {

namespace {

// When nobody can be let in for want of descriptors, until one may have become free.
constexpr std::chrono::milliseconds kPause{20};

std::string words_of(const ErrorCode& error) { return error.message(); }

}  // namespace

Result<asio::ip::address> parse_address(const std::string& text) {
  ErrorCode error;
  const auto address = asio::ip::make_address(text, error);
  if (error) return fail("this is no IPv4 or IPv6 address", text, "write 127.0.0.1");
  return address;
}

Result<void> check_address(const std::string& text) {
  const auto address = parse_address(text);
  if (!address) return Failure(address.error());
  return {};
}

std::string text_of(const asio::ip::address& address, std::uint16_t port) {
  return address.is_v6() ? fmt::format("[{}]:{}", address.to_string(), port)
                         : fmt::format("{}:{}", address.to_string(), port);
}

Listener::Listener(Loop& loop, std::size_t most_connections, std::chrono::milliseconds tick)
    : contexts_(loop.contexts()), acceptor_(contexts_.first()), pause_(contexts_.first()) {
  const std::size_t threads = contexts_.size();
  for (std::size_t i = 0; i < threads; ++i)
    crowds_.push_back(std::make_shared<Crowd>(
        contexts_.at(i), std::max<std::size_t>(1, (most_connections + threads - 1) / threads),
        tick));
}

Result<void> Listener::listen(const std::string& text, std::uint16_t port) {
  const auto address = parse_address(text);
  if (!address) return Failure(address.error());
  const asio::ip::tcp::endpoint place(*address, port);
  ErrorCode error;
  acceptor_.open(place.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(place, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    return fail(fmt::format("nothing can listen there ({})", words_of(error)),
                text_of(*address, port), "choose another port, or 0 for a free one");
  port_ = acceptor_.local_endpoint().port();
  return {};
}

void Listener::close_socket() {
  ErrorCode ignored;
  acceptor_.close(ignored);
}

void Listener::start(Welcome welcome) {
  welcome_ = std::move(welcome);
  asio::post(contexts_.first(), [self = weak_from_this()] {
    if (const auto listener = self.lock()) listener->accept();
  });
}

void Listener::accept() {
  if (!acceptor_.is_open()) return;
  const std::size_t thread = next_;
  next_ = (next_ + 1) % contexts_.size();
  const auto accepted = [weak = weak_from_this(), thread](ErrorCode error,
                                                          asio::ip::tcp::socket socket) {
    const auto self = weak.lock();
    if (!self || error == asio::error::operation_aborted) return;
    // Without descriptors or memory the next attempt would fail at once, again and again.
    if (error && error != asio::error::connection_aborted) return self->pause();
    if (!error)
      asio::dispatch(
          self->contexts_.at(thread), [weak, thread, socket = std::move(socket)]() mutable {
            if (const auto self = weak.lock())
              self->welcome_(std::move(socket), self->contexts_.at(thread), self->crowds_[thread]);
          });
    self->accept();
  };
  acceptor_.async_accept(contexts_.at(thread), accepted);
}

/// Each thread gives up a connection that rests, so that there is a descriptor for the next.
void Listener::pause() {
  for (std::size_t i = 0; i < crowds_.size(); ++i)
    asio::post(contexts_.at(i), [crowd = crowds_[i]] { crowd->make_room(); });
  pause_.expires_after(kPause);
  pause_.async_wait([weak = weak_from_this()](ErrorCode error) {
    const auto self = weak.lock();
    if (self && !error) self->accept();
  });
}

void Listener::close() {
  contexts_.everywhere([this](std::size_t thread) {
    if (thread == 0) {
      ErrorCode ignored;
      acceptor_.close(ignored);
      pause_.cancel();
    }
    crowds_[thread]->close();
  });
}

std::size_t Listener::take_peak() const {
  std::size_t most = 0;
  for (const auto& crowd : crowds_) most += crowd->take_peak();
  return most;
}

std::size_t Listener::connections() const {
  std::size_t count = 0;
  for (const auto& crowd : crowds_) count += crowd->size();
  return count;
}

}  // namespace shinsa::fakes::wire
