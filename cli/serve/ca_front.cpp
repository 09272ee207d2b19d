#include "cli/serve/ca_front.hpp"

#include <utility>

#include "cli/serve/url.hpp"
#include "fakes/ca/repository.hpp"

namespace shinsa::cli {

namespace wire = fakes::wire;

namespace {

constexpr std::size_t kRequestBytesMax = std::size_t{16} * 1024;  // an OCSP request has about 80

}  // namespace

Result<std::unique_ptr<CaFront>> CaFront::start(wire::Loop& loop, const std::string& address,
                                                std::uint16_t port) {
  std::unique_ptr<CaFront> front(new CaFront());
  wire::HttpOptions options;
  options.address = address;
  options.port = port;
  options.limits.body_bytes = kRequestBytesMax;
  options.on_trouble = [at = front.get()](const auto& peer, const auto& what) {
    if (at->on_trouble_) at->on_trouble_(peer, what);
  };
  auto server = wire::HttpServer::start(loop, std::move(options),
                                        [at = front.get()](auto request, auto respond) {
                                          if (at->handler_)
                                            at->handler_(std::move(request), std::move(respond));
                                        });
  if (!server) return Failure(server.error());
  front->url_ = cli::url("http", address, server->port());
  front->server_ = std::move(*server);
  return front;
}

fakes::ca::Addresses CaFront::addresses() const { return fakes::ca::addresses_at(url_); }

void CaFront::open(wire::HttpHandler handler,
                   std::function<void(const std::string&, const std::string&)> on_trouble) {
  handler_ = std::move(handler);
  on_trouble_ = std::move(on_trouble);
}

}  // namespace shinsa::cli
