/// The web: servers at addresses, `fetch`, which asks them as a CA's validator does, and
/// `handshake`, which looks at their certificates.
///
/// Sources: RFC 8555 section 8.3 (http-01 begins with plain http at port 80 and follows redirects),
/// Baseline Requirements 3.2.2.4.18 and .19 (which redirects a CA may follow, and where to).
///
/// Sans I/O and without a clock: `at` is the instant of the whole fetch, which takes no time.
/// Which policy a CA has is a clause or a reading (ACM-46, ACM-47, ACM-Q5, ACM-Q6); it comes in.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/dns/dns.hpp"
#include "fakes/web/fetching.hpp"
#include "fakes/web/server.hpp"
#include "fakes/web/tls.hpp"
#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::web {

/// What may go wrong with the first request of one fetch, whatever is there.
enum class Fault { refused, slow, empty, error };  ///< `error`: status 503
struct Faults {
  std::optional<Fault> web = {};
  std::optional<dns::Status> dns = {};  ///< what the look-up of the first host ends in
};

/// Where a host is.
struct Addresses {
  dns::Status lookup = dns::Status::ok;
  dns::Values found;
};

/// What came of connecting to a host by TLS.
struct Connected {
  std::optional<Outcome> failed = {};  ///< why there was nobody to shake hands with
  Handshake handshake;                 ///< `no_certificate` if so, or if there is no TLS
  std::string address;                 ///< as in `Fetched`
  dns::Status lookup = dns::Status::ok;
};

class Web {
 public:
  /// @param dns  has to outlive this.
  explicit Web(const dns::Dns& dns) : dns_(&dns) {}
  Web(const Web&) = delete;
  Web& operator=(const Web&) = delete;

  /// The server at an address, made when it is first asked for; it stays where it is. What is no
  /// IPv4 or IPv6 address is the caller's mistake (assert).
  [[nodiscard]] Server& server(const std::string& address);

  /// Forgets what no longer holds at that instant, at every server.
  void forget_before(Instant at) {
    for (auto& [address, server] : servers_) server.forget_before(at);
  }

  /// The server that a client reaches which asks for that host: by its addresses, of which the
  /// first that does not refuse connections counts, as with `fetch`. Where they lead to no server,
  /// the first that has a site of that name; and where none has, the only server, if there is but
  /// one. Null otherwise. For a front, whose clients come by another way than DNS.
  [[nodiscard]] const Server* server_for(std::string_view host, Instant at) const;

  /// Asks for a page and follows redirects. Of several addresses of a host the first that accepts
  /// connections is taken, IPv6 before IPv4 (RFC 8305). Over https certificates are not looked at:
  /// a CA that follows a redirect there does not ask for the one that it is about to issue.
  [[nodiscard]] Fetched fetch(std::string_view uri, Instant at, const Policy& policy = {},
                              const Faults& faults = {}) const;

  /// One question of a fetch, and what came of it.
  [[nodiscard]] Heard ask(const Uri& uri, Instant at, const Faults& faults = {}) const;
  /// Where a host is: IPv6 first. Without any address, the family whose look-up ended worse says
  /// why. What is an address already is found.
  [[nodiscard]] Addresses addresses_of(const Uri& uri, Instant at,
                                       std::optional<dns::Status> fault = std::nullopt) const;
  /// Whether one of its servers stands there.
  [[nodiscard]] bool has_server(const std::string& address) const;

  /// Connects to port 443 of a host, as a browser or a monitor does, and verifies what it sees at
  /// that instant. A server that serves no certificate is `no_connection`.
  /// An Error: what `shake_hands` cannot read of `trust`, or a host that is none.
  [[nodiscard]] Result<Connected> handshake(const std::string& host, const Trust& trust,
                                            Instant at) const;

 private:
  /// The server that was reached, null if `heard` says that none was.
  [[nodiscard]] const Server* reach(const Uri& uri, Instant at, const Faults& faults,
                                    Heard& heard) const;

  const dns::Dns* dns_;
  std::map<std::string, Server> servers_;  ///< by address in its one spelling
};

}  // namespace shinsa::fakes::web
