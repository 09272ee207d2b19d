/// The name server on sockets: a `Dns` over UDP and TCP at one port. What is answered stands in
/// `message.hpp`, how packets are carried in `fakes/wire/packet_server.hpp`.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <shared_mutex>
#include <string>

#include "fakes/dns/dns.hpp"
#include "fakes/dns/message.hpp"
#include "fakes/wire/packet_server.hpp"

namespace shinsa::fakes::dns {

/// One query, for the log.
struct QueryLine {
  std::string peer;  ///< `127.0.0.1:40312`
  Transport transport = Transport::udp;
  std::string question;      ///< as in `Reply`
  std::string_view outcome;  ///< likewise
  bool is_truncated = false;
  std::size_t bytes = 0;  ///< of the answer; 0 without one
  Instant at;             ///< the virtual instant that was answered for
};

struct FrontOptions {
  std::string address = "127.0.0.1";  ///< IPv4 or IPv6
  std::uint16_t port = 0;             ///< 0: a free one, the same for UDP and TCP
  std::function<Instant()> now = {};  ///< the virtual instant of each query (required: assert)
  /// Told each query once it is answered, on the thread that answered.
  std::function<void(const QueryLine&)> on_query = {};
  /// As in `PacketOptions`.
  std::function<void(const std::string& peer, const std::string& what)> on_trouble = {};
  /// Asked for each query that can be read: what goes wrong with it, if that was asked for.
  std::function<QueryFault(std::string_view name, Transport transport)> fault = {};
  /// Held, shared, while the `Dns` is read. Needed where the loop has several threads, or another
  /// thread changes the `Dns`.
  std::shared_mutex* guard = nullptr;
  wire::PacketLimits limits = {};
};

class Front {
 public:
  /// @param dns  has to outlive it, as the loop has to.
  /// An Error: the address is none, or the port is taken.
  [[nodiscard]] static Result<Front> start(wire::Loop& loop, const Dns& dns, FrontOptions options);

  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  /// TCP connections now open, as `PacketServer::connections`.
  [[nodiscard]] std::size_t connections() const { return server_.connections(); }

 private:
  explicit Front(wire::PacketServer server) : server_(std::move(server)) {}
  wire::PacketServer server_;
};

}  // namespace shinsa::fakes::dns
