#include "fakes/web/front.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>

#include "fakes/web/page.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::web {
namespace {

constexpr std::uint16_t kHttp = 80;
constexpr std::uint16_t kHttps = 443;

/// `WWW.example.jp:5002` -> `www.example.jp`, `[::1]:80` -> `::1`.
std::string host_in(std::string_view authority) {
  const bool is_bracketed = authority.starts_with('[');
  std::string host(is_bracketed ? authority.substr(1, authority.find(']') - 1)
                                : authority.substr(0, authority.find(':')));
  for (char& c : host)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return host;
}

/// What both ports ask. Lives as long as one of them.
class Desk {
 public:
  Desk(const Web& web, FrontOptions options) : web_(web), options_(std::move(options)) {}

  [[nodiscard]] wire::HttpResponse answer(const wire::HttpRequest& request) const {
    const Instant at = options_.now();
    const auto lock = locked();
    const auto fault = options_.fault ? options_.fault() : std::nullopt;
    wire::HttpResponse response =
        fault ? spoilt_answer(*fault, request) : plain_answer(request, at);
    if (options_.spoil) options_.spoil(request, response);
    if (options_.on_request)
      options_.on_request({request.peer, request.scheme, request.host, request.method,
                           request.target, status_of(response), at});
    return response;
  }

  /// What a client meets that asks for that name by SNI.
  [[nodiscard]] wire::Greeting greeting(std::string_view name) const {
    const Instant at = options_.now();
    const auto lock = locked();
    return greeting_of(web_.server_for(host_in(name), at), kHttps, at);
  }

  [[nodiscard]] std::optional<wire::TlsIdentity> identity(std::string_view name) const {
    const Instant at = options_.now();
    const auto lock = locked();
    const std::string host = host_in(name);
    const Server* server = web_.server_for(host, at);
    if (!server || server->served(at).empty()) return std::nullopt;
    const Served& served = server->served(at);
    const auto found = std::find_if(served.begin(), served.end(),
                                    [&](const auto& entry) { return entry.first == host; });
    const KeyPair& pair = (found == served.end() ? served.begin() : found)->second;
    return wire::TlsIdentity{pair.chain_pem, pair.key_pem};
  }

 private:
  [[nodiscard]] std::shared_lock<std::shared_mutex> locked() const {
    return options_.guard ? std::shared_lock(*options_.guard)
                          : std::shared_lock<std::shared_mutex>();
  }

  static int status_of(const wire::HttpResponse& response) {
    const wire::Spoiling& spoiling = response.spoiling;
    return spoiling.reset || spoiling.silent || spoiling.empty ? 0 : response.status;
  }

  static wire::Greeting greeting_of(const Server* server, std::uint16_t port, Instant at) {
    if (!server || !server->listens(port, at)) return wire::Greeting::reset;
    switch (server->connections(at)) {
      case Connections::accepted:
        return wire::Greeting::welcome;
      case Connections::refused:
        return wire::Greeting::reset;
      case Connections::slow:
        return wire::Greeting::silent;
      case Connections::broken_tls:
        return port == kHttps ? wire::Greeting::alert : wire::Greeting::welcome;
    }
    return wire::Greeting::reset;
  }

  static wire::HttpResponse spoilt_answer(Fault fault, const wire::HttpRequest& request) {
    switch (fault) {
      case Fault::refused:
        return {.spoiling = {.reset = true}};
      case Fault::slow:
        return page(request, "/", Slow{});
      case Fault::empty:
        return page(request, "/", EmptyAnswer{});
      case Fault::error:
        return page(request, "/", ErrorStatus{503});
    }
    SHINSA_ASSERT(false, "no such fault");
  }

  [[nodiscard]] wire::HttpResponse plain_answer(const wire::HttpRequest& request,
                                                Instant at) const {
    const std::string host = host_in(request.host);
    const bool is_https = request.scheme == "https";
    const Server* server = web_.server_for(host, at);
    const wire::Greeting greeting = greeting_of(server, is_https ? kHttps : kHttp, at);
    if (greeting == wire::Greeting::reset) return {.spoiling = {.reset = true}};
    if (greeting == wire::Greeting::silent) return {.spoiling = {.silent = true}};
    const bool is_six = host.find(':') != std::string::npos;
    const auto uri =
        parse_uri(request.scheme + "://" + (is_six ? "[" + host + "]" : host) + request.target);
    if (!uri || !request.target.starts_with('/')) return {.status = 400};
    return page(request, uri->path, server->answer(*uri, at));
  }

  const Web& web_;
  FrontOptions options_;
};

}  // namespace

Result<Front> Front::start(wire::Loop& loop, const Web& web, FrontOptions options) {
  SHINSA_ASSERT(options.now, "a front is told the instant");
  const auto desk = std::make_shared<const Desk>(web, options);
  const auto start_at = [&](std::uint16_t port, std::optional<wire::TlsOptions> tls) {
    return wire::HttpServer::start(
        loop,
        {.address = options.address,
         .port = port,
         .tls = std::move(tls),
         .limits = options.limits,
         .on_trouble = options.on_trouble,
         .now = [now = options.now] { return now().seconds; }},
        [desk](const wire::HttpRequest& request, const wire::Respond& respond) {
          respond(desk->answer(request));
        });
  };
  auto http = start_at(options.http_port, std::nullopt);
  if (!http) return Failure(http.error());
  // A session that were resumed would not be shown the certificate that was installed since.
  auto https = start_at(
      options.https_port,
      wire::TlsOptions{.identity = {},
                       .by_name = [desk](std::string_view name) { return desk->identity(name); },
                       .greeting = [desk](std::string_view name) { return desk->greeting(name); },
                       .resumes = false});
  if (!https) return Failure(https.error());
  return Front(std::move(*http), std::move(*https));
}

}  // namespace shinsa::fakes::web
