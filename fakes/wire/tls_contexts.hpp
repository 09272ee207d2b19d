/// What TLS needs to know on either side of a connection. Private to this folder.
#pragma once

#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "fakes/wire/channel.hpp"
#include "fakes/wire/http_server.hpp"
#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::wire {

/// The contexts of a server: one that connections begin with, and one for each certificate that
/// was asked for, of which the last used are kept. Several threads may shake hands at once.
class TlsContexts {
 public:
  /// An Error: the certificate and key that serve every name cannot be used.
  static Result<std::shared_ptr<TlsContexts>> make(const TlsOptions& options);

  /// What `TlsOptions::greeting` said of a handshake that was suspended.
  [[nodiscard]] static Greeting greeting_of(SSL* session);

  [[nodiscard]] SSL_CTX* first() { return first_.get(); }

 private:
  explicit TlsContexts(TlsOptions options) : options_(std::move(options)) {}
  static int greet(SSL* session, int* alert, void* self);
  static int choose(SSL* session, int* alert, void* self);
  /// The context with that certificate, or none when it cannot be used.
  [[nodiscard]] std::shared_ptr<SSL_CTX> context_of(const TlsIdentity& identity);

  TlsOptions options_;
  SslContextOwner first_;
  struct Known {
    std::string pem;
    std::shared_ptr<SSL_CTX> context;
  };
  std::mutex guard_;
  std::list<Known> known_;  ///< the last used first
  std::unordered_map<std::string_view, std::list<Known>::iterator> by_pem_;
};

/// For a client that does not look at certificates, and knows no session from before.
[[nodiscard]] SslContextOwner client_context();

}  // namespace shinsa::fakes::wire
