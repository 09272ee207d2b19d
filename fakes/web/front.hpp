/// The web on sockets: the servers of a `Web` at two ports, http and https.
///
/// All servers share the ports, whatever addresses they have: who is meant, the Host header says,
/// and SNI within TLS (`Web::server_for`). Where nobody would listen, or connections are refused,
/// the connection is reset: over http once the request has come, over https at the ClientHello.
/// A client that takes a name to 127.0.0.1 at these ports sees what `Web::fetch` sees.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <shared_mutex>
#include <string>

#include "fakes/web/web.hpp"
#include "fakes/wire/http_server.hpp"

namespace shinsa::fakes::web {

/// One request, for the log.
struct RequestLine {
  std::string peer;    ///< `127.0.0.1:40312`
  std::string scheme;  ///< `http` or `https`
  std::string host;    ///< as the request says
  std::string method;
  std::string target;
  int status = 0;  ///< of the answer; 0 where none is given
  Instant at;      ///< the virtual instant that was answered for
};

struct FrontOptions {
  std::string address = "127.0.0.1";  ///< IPv4 or IPv6
  std::uint16_t http_port = 0;        ///< 0: a free one
  std::uint16_t https_port = 0;       ///< 0: a free one
  std::function<Instant()> now = {};  ///< the virtual instant of each request (required: assert)
  /// Told each request once it is answered, on the thread that answered.
  std::function<void(const RequestLine&)> on_request = {};
  /// As in `HttpOptions`.
  std::function<void(const std::string& peer, const std::string& what)> on_trouble = {};
  /// Asked before each request: what goes wrong with it, if that was asked for.
  std::function<std::optional<Fault>()> fault = {};
  /// Shown each request with its answer, which it may spoil or replace before it goes.
  std::function<void(const wire::HttpRequest&, wire::HttpResponse&)> spoil = {};
  /// Held, shared, while the `Web` and its DNS are read. Needed where the loop has several threads,
  /// or another thread changes them.
  std::shared_mutex* guard = nullptr;
  wire::HttpLimits limits = {};  ///< of each of the two ports
};

class Front {
 public:
  /// @param web  has to outlive it, as the loop has to.
  /// An Error: the address is none, or a port is taken.
  [[nodiscard]] static Result<Front> start(wire::Loop& loop, const Web& web, FrontOptions options);

  [[nodiscard]] std::uint16_t http_port() const { return http_.port(); }
  [[nodiscard]] std::uint16_t https_port() const { return https_.port(); }
  /// Of both ports, as `HttpServer::connections`.
  [[nodiscard]] std::size_t connections() const {
    return http_.connections() + https_.connections();
  }

 private:
  Front(wire::HttpServer http, wire::HttpServer https)
      : http_(std::move(http)), https_(std::move(https)) {}
  wire::HttpServer http_;
  wire::HttpServer https_;
};

}  // namespace shinsa::fakes::web
