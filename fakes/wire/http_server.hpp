/// An HTTP/1.1 server on sockets, plain or within TLS. It carries bytes and decides nothing: a
/// whole request is handed to a handler, whatever the handler answers is written, spoilt if it says
/// so.
///
/// Sources: RFC 9112 (HTTP/1.1: framing 6, chunks 7.1, keep-alive and pipelining 9.3), RFC 9110
/// (HEAD 9.3.2, Expect 10.1.1, Date 6.6.1, statuses 15), RFC 7301 (ALPN), RFC 6066 section 3 (SNI).
///
/// What no handler sees, because it is no request: malformed HTTP is answered 400 and closed;
/// 408 too slow, 413 body too large, 417 another expectation than 100-continue, 431 header too
/// large, 501 a transfer coding other than chunked, 505 another version than 1.0 and 1.1. A TLS
/// handshake that fails is a close. Each is told to `on_trouble`.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fakes/wire/http.hpp"
#include "fakes/wire/loop.hpp"
#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::wire {

/// What a TLS server shows, as texts in PEM.
struct TlsIdentity {
  std::string chain_pem;  ///< its own certificate first, then those that lead to the root
  std::string key_pem;    ///< PKCS #8 or another unencrypted form
};

/// What happens to whoever connects.
enum class Greeting {
  welcome,
  reset,   ///< the connection is reset, as near to refused as a port can come that others share
  silent,  ///< nothing is heard, not even of TLS
  alert    ///< the TLS handshake ends with the alert handshake_failure; without TLS, as `welcome`
};

struct TlsOptions {
  TlsIdentity identity;  ///< for every name, unless `by_name` is given
  /// What is shown to a client that asks for that name by SNI; empty: it names none. Nothing, or
  /// what cannot be used: the handshake fails. Asked in each handshake, on the thread of the
  /// connection.
  std::function<std::optional<TlsIdentity>(std::string_view name)> by_name = {};
  /// What happens to a client that asks for that name; asked as soon as it has. Without it, all are
  /// welcome.
  std::function<Greeting(std::string_view name)> greeting = {};
  /// Whether a client may resume a session, which saves the signature; it is then not shown a
  /// certificate that was installed since.
  bool resumes = true;
};

/// How much is borne, of one connection and of all. What is exceeded is closed.
struct HttpLimits {
  std::size_t header_bytes = 16 * 1024;
  std::size_t body_bytes = 1024 * 1024;
  /// Connections at once, over all threads. One more closes that which has waited longest for its
  /// client: since it connected, or since its last whole request was answered. Below the 1,024
  /// descriptors that a process has by default.
  std::size_t connections = 500;
  std::chrono::milliseconds handshake{10'000};  ///< from connecting to the end of the TLS handshake
  std::chrono::milliseconds request{20'000};    ///< from a request's first byte to its last
  std::chrono::milliseconds idle{60'000};       ///< between requests, and before the first
  std::chrono::milliseconds write{30'000};      ///< in which the client takes nothing of an answer
  std::chrono::milliseconds farewell{2'000};    ///< in which it may close after we have
  std::size_t unsent_bytes = 1024 * 1024;  ///< of a streamed body, for a client that reads less
};

/// Answers a request, from any thread, once; a second answer is dropped. When all copies are gone
/// without an answer, it is 500.
using Respond = std::function<void(HttpResponse)>;
/// Called on the thread of the connection, with one request of it at a time. Must not throw.
using HttpHandler = std::function<void(HttpRequest, Respond)>;

struct HttpOptions {
  std::string address = "127.0.0.1";  ///< IPv4 or IPv6
  std::uint16_t port = 0;             ///< 0: a free one
  std::optional<TlsOptions> tls = {};
  HttpLimits limits = {};
  std::function<Greeting()> greeting =
      {};  ///< asked for each connection; without it all are welcome
  /// For the log: who, and what was wrong in one sentence. On the thread of the connection.
  std::function<void(const std::string& peer, const std::string& what)> on_trouble = {};
  /// Seconds since 1970 for the header Date; without it, the system's clock.
  std::function<std::int64_t()> now = {};
};

class HttpServer {
 public:
  /// Listens from now on; connections are taken while the loop runs.
  /// An Error: the address is none, the port is taken, the certificate cannot be used.
  /// @param loop  has to outlive it.
  [[nodiscard]] static Result<HttpServer> start(Loop& loop, HttpOptions options,
                                                HttpHandler handler);
  /// Closes all connections, whatever is under way; the handler is not called afterwards. From one
  /// thread at a time, which may be one of the loop's.
  ~HttpServer();
  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) noexcept;

  [[nodiscard]] std::uint16_t port() const;
  /// Connections that are open now. From any thread.
  [[nodiscard]] std::size_t connections() const;
  /// The most at once since this was last asked; with several threads, no less than that. From any
  /// thread.
  [[nodiscard]] std::size_t take_peak();

  struct State;  ///< private to this folder

 private:
  explicit HttpServer(std::shared_ptr<State> state);
  void close();
  std::shared_ptr<State> state_;
};

}  // namespace shinsa::fakes::wire
