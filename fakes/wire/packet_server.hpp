/// Packets over UDP, and over TCP behind their length: how DNS is carried. It decides nothing: what
/// comes is handed to a handler, what the handler gives goes back.
///
/// Sources: RFC 1035 section 4.2, RFC 7766 (several queries on a connection 6.2.1, idle ones 6.2.3,
/// the length in one write 8).
///
/// Both sockets have one port. UDP is served on the loop's first thread; connections are dealt out
/// to all.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fakes/wire/loop.hpp"
#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::wire {

/// Where a packet came from.
class PacketSource {
 public:
  virtual ~PacketSource() = default;
  [[nodiscard]] virtual bool is_tcp() const = 0;
  [[nodiscard]] virtual std::string peer() const = 0;  ///< `127.0.0.1:40312`
};

struct PacketLimits {
  /// A packet over UDP is handed on cut to so much and one byte more, which tells that it was
  /// longer. A connection that announces a longer one is closed.
  std::size_t packet_bytes = 4096;
  std::size_t connections = 200;           ///< as in `HttpLimits`
  std::chrono::milliseconds idle{10'000};  ///< from one packet to the end of the next
  std::size_t unsent_bytes = 256 * 1024;   ///< of answers; then nothing more is read before they go
  std::size_t delayed = 1'000;  ///< answers over UDP that are kept back at once; others are lost
};

struct PacketOptions {
  std::string address = "127.0.0.1";  ///< IPv4 or IPv6
  std::uint16_t port = 0;             ///< 0: a free one
  PacketLimits limits = {};
  /// As in `HttpOptions`: of connections alone.
  std::function<void(const std::string& peer, const std::string& what)> on_trouble = {};
};

/// What goes back, and how long it is kept back first, in real time.
struct PacketAnswer {
  std::optional<std::string> bytes;  ///< nothing: no answer
  std::chrono::milliseconds delay{0};
};
/// Must not throw.
using PacketHandler =
    std::function<PacketAnswer(std::string_view packet, const PacketSource& source)>;

class PacketServer {
 public:
  /// Listens from now on, serves while the loop runs.
  /// An Error: the address is none, or the port is taken.
  /// @param loop  has to outlive it.
  [[nodiscard]] static Result<PacketServer> start(Loop& loop, PacketOptions options,
                                                  PacketHandler handler);
  /// As that of `HttpServer`.
  ~PacketServer();
  PacketServer(PacketServer&&) noexcept;
  PacketServer& operator=(PacketServer&&) noexcept;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::size_t connections() const;  ///< as that of `HttpServer`

  struct State;  ///< private to this folder

 private:
  explicit PacketServer(std::shared_ptr<State> state);
  void close();
  std::shared_ptr<State> state_;
};

}  // namespace shinsa::fakes::wire
