/// Sockets that others connect to, on the threads of a Loop. Private to this folder.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fakes/wire/crowd.hpp"
#include "fakes/wire/loop_contexts.hpp"
#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::wire {

/// An address and a port, as an Error names them.
[[nodiscard]] Result<asio::ip::address> parse_address(const std::string& text);
[[nodiscard]] std::string text_of(const asio::ip::address& address, std::uint16_t port);

/// Listens at one place, and deals what connects out to the threads in turn. Its owner calls
/// `close` (from anywhere) before it lets go.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  /// Makes the connection of a socket; called on the thread that it will live on.
  using Welcome =
      std::function<void(asio::ip::tcp::socket, asio::io_context&, const std::shared_ptr<Crowd>&)>;

  Listener(Loop& loop, std::size_t most_connections, std::chrono::milliseconds tick);

  /// An Error: the address is none, or the port is taken.
  Result<void> listen(const std::string& address, std::uint16_t port);
  /// Listens no more, before it was started.
  void close_socket();
  void start(Welcome welcome);
  void close();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Connections now open, on all threads. From any thread.
  [[nodiscard]] std::size_t connections() const;
  /// The most on each thread since this was last asked, added up. From any thread.
  [[nodiscard]] std::size_t take_peak() const;

 private:
  void accept();
  void pause();

  Loop::Contexts& contexts_;
  asio::ip::tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  std::vector<std::shared_ptr<Crowd>> crowds_;  ///< one for each thread
  Welcome welcome_;
  std::size_t next_ = 0;
  std::uint16_t port_ = 0;
};

}  // namespace shinsa::fakes::wire
