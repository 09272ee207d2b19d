/// The ACME server without sockets: HTTP requests in, HTTP answers out.
///
/// RFC 8555 whole, renewal information by RFC 9773; the README has the table of checks. The server
/// owns the protocol; who gets what is decided at the desk. Requests are taken one after the other;
/// not thread safe.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "fakes/acme/ahead.hpp"
#include "fakes/acme/desk.hpp"
#include "fakes/wire/http.hpp"
#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::acme {

struct ServerOptions {
  Duration retry_after = seconds(3);              ///< what a client that polls is told
  std::size_t body_max = 64 * 1024;               ///< octets of a request; more is 413
  std::size_t names_max = 100;                    ///< identifiers of one order
  std::size_t nonces_max = std::size_t{1} << 16;  ///< unused ones that are remembered
  std::size_t waiting_max = 1024;       ///< requests that wait for a decision; more is 503
  std::size_t orders_per_hour_max = 0;  ///< of all accounts; zero: no limit
  /// Where keys are put that requests were signed with, for whoever looks ahead; null: nowhere.
  std::shared_ptr<Keyring> keyring = {};
};

class Server {
 public:
  using Respond = std::function<void(wire::HttpResponse)>;

  /// @param desk  outlives the server.
  explicit Server(Desk& desk, ServerOptions options = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Answers one request. @param respond  is called once: before this returns, or from `wake` where
  /// the desk has not decided yet.
  /// @param ahead  what was found out about this request; null: nothing yet.
  void handle(const wire::HttpRequest& request, Respond respond, const Ahead* ahead = nullptr);

  /// Looks whether the desk has decided what requests wait for; called when the clock has moved or
  /// an answer of the world has arrived.
  void wake();
  /// How many requests wait.
  [[nodiscard]] std::size_t waiting() const;

  /// Forgets an order, which the desk is about to forget too.
  void forget(std::string_view order);

  /// Gives an account that the desk knows from before (a fact) its key, so that a client can use
  /// it. @param subject  `account/1`. @param jwk  JSON text of the public key.
  /// @return an Error where the key is none, or somebody has it or the account has one already.
  [[nodiscard]] Result<void> adopt(std::string_view subject, std::string_view jwk);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace shinsa::fakes::acme
