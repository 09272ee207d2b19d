/// The CA's plain-HTTP front in `shinsa serve`: where certificates lead (`fakes/ca/repository`).
///
/// Its port is known before the system begins, so that what is issued in its first instant leads to
/// it already.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "fakes/ca/addresses.hpp"
#include "fakes/wire/http_server.hpp"

namespace shinsa::cli {

class CaFront {
 public:
  /// Listens from now on.
  /// @param loop  outlives it. @param address  IPv4 or IPv6. @param port  0: a free one.
  [[nodiscard]] static Result<std::unique_ptr<CaFront>> start(fakes::wire::Loop& loop,
                                                              const std::string& address,
                                                              std::uint16_t port);
  CaFront(const CaFront&) = delete;
  CaFront& operator=(const CaFront&) = delete;

  /// Such as `http://127.0.0.1:8080`.
  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] fakes::ca::Addresses addresses() const;

  /// Who answers, and who is told of what is no request; before the loop runs.
  void open(fakes::wire::HttpHandler handler,
            std::function<void(const std::string& peer, const std::string& what)> on_trouble);

 private:
  CaFront() = default;

  std::string url_;
  fakes::wire::HttpHandler handler_;
  std::function<void(const std::string&, const std::string&)> on_trouble_;
  std::optional<fakes::wire::HttpServer> server_;
};

}  // namespace shinsa::cli
