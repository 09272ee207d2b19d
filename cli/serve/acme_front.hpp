/// The HTTPS front of the ACME server, on the thread of the service or on threads of its own.
///
/// On its own threads connections, TLS and the signatures of requests are their work, which is most
/// of what a request costs. What is answered is decided on the thread of the service alone, one
/// request after the other.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "cli/serve/input.hpp"
#include "fakes/acme/server.hpp"
#include "fakes/wire/http_server.hpp"

namespace shinsa::cli {

class AcmeFront {
 public:
  /// On the thread of the service.
  using Take = std::function<void(AcmeAsked, fakes::wire::Respond)>;

  /// @param loop     of the service; outlives this. @param options  with what the server shows.
  /// @param threads  all of them: with 1, this uses the thread of the service too.
  /// @param acme     of the server that is asked; its keyring, where it has one, is looked into.
  /// @return an Error: the port is taken, or the certificate cannot be used.
  [[nodiscard]] static Result<std::unique_ptr<AcmeFront>> start(
      fakes::wire::Loop& loop, fakes::wire::HttpOptions options, std::size_t threads,
      const fakes::acme::ServerOptions& acme, Take take);
  ~AcmeFront();
  AcmeFront(const AcmeFront&) = delete;
  AcmeFront& operator=(const AcmeFront&) = delete;

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] std::size_t connections() const { return server_->connections(); }
  [[nodiscard]] std::size_t take_peak() { return server_->take_peak(); }

 private:
  AcmeFront() = default;

  std::shared_ptr<Take> take_;  // gone when nothing is taken any more
  std::optional<fakes::wire::Loop> own_;
  std::optional<fakes::wire::HttpServer> server_;
  std::thread thread_;
};

}  // namespace shinsa::cli
