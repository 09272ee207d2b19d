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
#include "fakes/web/server.hpp"
#include "fakes/web/tls.hpp"
#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::web {

/// What whoever fetches accepts.
struct Policy {
  std::size_t redirects_max = 10;  ///< so many redirect answers are followed, not one more
  bool follow_to_https = true;     ///< whether a redirect may lead to https
  bool first_is_http = true;       ///< whether the first address has to be http, as in http-01
  std::vector<std::uint16_t> ports = {80, 443};  ///< where to, by redirect or at first
  /// The others (of 301, 302, 303, 307, 308) end the fetch; RFC 9110 has them all followed.
  std::vector<int> redirect_statuses = {301, 302, 307, 308};
};

enum class Outcome {
  answered,                   ///< with any status that is no redirect: 200, 404, 503
  dns_failure,                ///< no address: `lookup` says why
  no_connection,              ///< refused, or nobody at the address, or no TLS at 443
  timed_out,                  ///< connected, and nothing heard
  empty_answer,               ///< the connection was closed without an answer
  too_many_redirects,         ///< one more than `redirects_max`
  redirect_to_https_refused,  ///< the policy does not follow there
  bad_redirect,               ///< to no address, another scheme or port, or by another status
  bad_uri                     ///< the first address is none, or none that the policy allows
};
/// `answered`, `dns-failure`, `no-connection`, ...: the names above with hyphens.
[[nodiscard]] std::string_view to_text(Outcome outcome);

struct Fetched {
  Outcome outcome = Outcome::bad_uri;
  int status = 0;                    ///< of the last answer, a redirect too; 0 without one
  std::string body;                  ///< as it came; only of `answered`
  std::size_t steps = 0;             ///< redirect answers that were followed
  std::vector<std::string> visited;  ///< what was asked for, in order; `steps` + 1 unless `bad_uri`
  std::string location;              ///< of the last answer, where that was a redirect
  std::string address;               ///< of the server asked last; empty if there was none
  dns::Status lookup = dns::Status::ok;  ///< of the host asked last
};

/// What may go wrong with the first request of one fetch, whatever is there.
enum class Fault { refused, slow, empty, error };  ///< `error`: status 503
struct Faults {
  std::optional<Fault> web = {};
  std::optional<dns::Status> dns = {};  ///< what the look-up of the first host ends in
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

  /// Connects to port 443 of a host, as a browser or a monitor does, and verifies what it sees at
  /// that instant. A server that serves no certificate is `no_connection`.
  /// An Error: what `shake_hands` cannot read of `trust`, or a host that is none.
  [[nodiscard]] Result<Connected> handshake(const std::string& host, const Trust& trust,
                                            Instant at) const;

 private:
  /// One request: which server it reached, if any, and what that one answered.
  struct Exchange {
    std::optional<Outcome> failed;  ///< why there is no answer
    Answer answer;                  ///< otherwise: a file, a redirect or an error
    std::string address;
    dns::Status lookup = dns::Status::ok;
  };
  struct Addresses {
    dns::Status lookup = dns::Status::ok;
    dns::Values found;
  };
  [[nodiscard]] Addresses addresses_of(const Uri& uri, Instant at,
                                       std::optional<dns::Status> fault) const;
  /// The server that was reached, null if `heard` says that none was.
  [[nodiscard]] const Server* reach(const Uri& uri, Instant at, const Faults& faults,
                                    Exchange& heard) const;
  [[nodiscard]] Exchange exchange(const Uri& uri, Instant at, const Faults& faults) const;
  static void write_down(const Exchange& heard, Fetched& result);
  static std::optional<Uri> next_of(const Exchange& heard, const Uri& from, const Policy& policy,
                                    Fetched& result);

  const dns::Dns* dns_;
  std::map<std::string, Server> servers_;  ///< by address in its one spelling
};

}  // namespace shinsa::fakes::web
