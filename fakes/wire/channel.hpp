/// A connection as bytes, plain or within TLS, that never blocks. Private to this folder.
///
/// OpenSSL works on the socket itself: no copy through a pair of BIOs, and no buffer while nothing
/// is under way (SSL_MODE_RELEASE_BUFFERS), so that a connection at rest is small.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "fakes/wire/asio.hpp"

namespace shinsa::fakes::wire {

struct FreeSsl {
  void operator()(SSL* session) const { SSL_free(session); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using SslOwner = std::unique_ptr<SSL, FreeSsl>;
using SslContextOwner = std::unique_ptr<SSL_CTX, FreeSsl>;

class Channel {
 public:
  enum class Event {
    done,         ///< bytes were moved, or the handshake is over
    wants_read,   ///< wait until there is something to read, and try again
    wants_write,  ///< likewise, to write
    suspended,    ///< the handshake is not answered (`TlsContexts`); `become_plain` or close
    closed,       ///< the other side has said all that it will say
    failed        ///< `reason` says why
  };
  struct Moved {
    Event event;
    std::size_t bytes = 0;
  };

  /// Takes a socket that is connected, or that is going to be; then `prepare` comes after it.
  explicit Channel(asio::ip::tcp::socket socket);
  void prepare();  ///< never blocks, and sends at once what it is given

  /// From now on within TLS. @param name  sent by SNI; empty: none.
  void become_server(SSL_CTX* context);
  void become_client(SSL_CTX* context, const std::string& name);
  /// What comes is bytes again, and what TLS has kept of them is forgotten.
  void become_plain() { session_.reset(); }
  [[nodiscard]] SSL* session() { return session_.get(); }
  [[nodiscard]] bool is_tls() const { return session_ != nullptr; }
  /// `closed`: the other side closed the connection without a byte.
  Event shake_hands();
  /// Whether a byte of TLS has come from the other side.
  [[nodiscard]] bool has_heard() const;

  Moved read(std::span<char> into);
  Moved write(std::string_view bytes);
  /// Whether there is something that no wait for the socket would tell of.
  [[nodiscard]] bool has_more() const { return session_ && SSL_has_pending(session_.get()) == 1; }
  [[nodiscard]] const std::string& reason() const { return reason_; }

  template <class Handler>
  void wait_read(Handler handler) {
    socket_.async_wait(asio::ip::tcp::socket::wait_read, std::move(handler));
  }
  template <class Handler>
  void wait_write(Handler handler) {
    socket_.async_wait(asio::ip::tcp::socket::wait_write, std::move(handler));
  }

  /// Says that nothing more will be said; what the other side says can still be read.
  void finish();
  void reset();  ///< closes, and the other side gets an error
  void close();
  [[nodiscard]] bool is_open() const { return socket_.is_open(); }
  [[nodiscard]] asio::ip::tcp::socket& socket() { return socket_; }

 private:
  void become_tls(SSL_CTX* context);
  Event event_of(int result);

  asio::ip::tcp::socket socket_;
  SslOwner session_;
  std::string reason_;
};

}  // namespace shinsa::fakes::wire
