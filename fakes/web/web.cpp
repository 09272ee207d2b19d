#include "fakes/web/web.hpp"

#include <algorithm>

#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::web {
namespace {

/// The address in the one spelling that DNS answers with too.
std::optional<std::string> spelt_address(const std::string& text) {
  for (const dns::Type family : {dns::Type::a, dns::Type::aaaa})
    if (const auto address = dns::spelt(family, text)) return *address;
  return std::nullopt;
}

/// What stands in the place of the site's answer.
std::optional<Answer> played(std::optional<Fault> fault) {
  if (fault == Fault::error) return ErrorStatus{503};
  if (fault == Fault::empty) return EmptyAnswer{};
  return std::nullopt;
}

/// Why nothing can be asked of that server, if so.
std::optional<Outcome> unreachable(const Server& server, const Uri& uri, Instant at,
                                   std::optional<Fault> fault) {
  const Connections connections = server.connections(at);
  if (fault == Fault::refused || connections == Connections::refused ||
      uri.port != (uri.is_https ? 443 : 80) || !server.listens(uri.port, at))
    return Outcome::no_connection;
  if (fault == Fault::slow || connections == Connections::slow) return Outcome::timed_out;
  if (uri.is_https && connections == Connections::broken_tls) return Outcome::tls_failure;
  return std::nullopt;
}

std::optional<Outcome> failure_in(const Answer& answer) {
  if (std::holds_alternative<EmptyAnswer>(answer)) return Outcome::empty_answer;
  if (std::holds_alternative<Slow>(answer)) return Outcome::timed_out;
  return std::nullopt;
}

}  // namespace

Server& Web::server(const std::string& address) {
  const auto spelt = spelt_address(address);
  SHINSA_ASSERT(spelt, "a server stands at an IPv4 or IPv6 address");
  return servers_[*spelt];
}

const Server* Web::server_for(std::string_view host, Instant at) const {
  const Server* refusing = nullptr;
  Uri uri;
  uri.host = host;
  uri.is_address = spelt_address(uri.host).has_value();
  for (const std::string& address : addresses_of(uri, at, std::nullopt).found) {
    const auto server = servers_.find(address);
    if (server == servers_.end()) continue;
    if (server->second.connections(at) != Connections::refused) return &server->second;
    if (!refusing) refusing = &server->second;
  }
  if (refusing) return refusing;
  for (const auto& [address, server] : servers_)
    if (server.has_site(host)) return &server;
  return servers_.size() == 1 ? &servers_.begin()->second : nullptr;
}

Fetched Web::fetch(std::string_view text, Instant at, const Policy& policy,
                   const Faults& faults) const {
  Fetching fetching(text, policy);
  for (Faults now = faults; fetching.next(); now = {})
    fetching.hear(ask(*fetching.next(), at, now));
  return fetching.result();
}

bool Web::has_server(const std::string& address) const {
  const auto spelt = spelt_address(address);
  return spelt && servers_.contains(*spelt);
}

Addresses Web::addresses_of(const Uri& uri, Instant at, std::optional<dns::Status> fault) const {
  if (uri.is_address) return {dns::Status::ok, {uri.host}};
  const dns::Answer six = dns_->resolve(uri.host, dns::Type::aaaa, at, fault);
  const dns::Answer four = dns_->resolve(uri.host, dns::Type::a, at, fault);
  Addresses addresses{dns::Status::ok, six.values};
  addresses.found.insert(addresses.found.end(), four.values.begin(), four.values.end());
  if (addresses.found.empty()) addresses.lookup = std::max(six.status, four.status);
  return addresses;
}

/// The first address that accepts connections; the last one tells what was wrong with all.
const Server* Web::reach(const Uri& uri, Instant at, const Faults& faults, Heard& heard) const {
  const Addresses addresses = addresses_of(uri, at, faults.dns);
  heard = {Outcome::dns_failure, {}, {}, addresses.lookup};
  for (const std::string& address : addresses.found) {
    const auto server = servers_.find(address);
    heard = {Outcome::no_connection, {}, address, dns::Status::ok};
    if (server == servers_.end()) continue;
    heard.failed = unreachable(server->second, uri, at, faults.web);
    if (!heard.failed) return &server->second;
    if (heard.failed == Outcome::tls_failure) return nullptr;  // it did accept the connection
  }
  return nullptr;
}

Heard Web::ask(const Uri& uri, Instant at, const Faults& faults) const {
  Heard heard;
  const Server* server = reach(uri, at, faults, heard);
  if (!server) return heard;
  heard.answer = played(faults.web).value_or(server->answer(uri, at));
  heard.failed = failure_in(heard.answer);
  return heard;
}

Result<Connected> Web::handshake(const std::string& host, const Trust& trust, Instant at) const {
  const auto uri = parse_uri("https://" + host);
  if (!uri || uri->port != 443 || uri->path != "/")
    return fail("this is no name of a host", host, "write a name such as www.example.jp");
  Heard heard;
  const Server* server = reach(*uri, at, {}, heard);
  auto seen = shake_hands(server ? server->served(at) : Served(), uri->host, trust, at);
  if (!seen) return Failure(seen.error());
  return Connected{heard.failed, std::move(*seen), heard.address, heard.lookup};
}

}  // namespace shinsa::fakes::web
