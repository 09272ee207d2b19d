/// One fetch, question by question: what is asked next follows from what was heard, whoever asks.
///
/// Sources: RFC 8555 section 8.3 (http-01 begins with plain http at port 80 and follows redirects),
/// Baseline Requirements 3.2.2.4.18 and .19 (which redirects a CA may follow, and where to).
/// `Web::fetch` asks the servers of a Web; the validator of `shinsa serve` asks over sockets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/dns/dns.hpp"
#include "fakes/web/site.hpp"
#include "fakes/web/uri.hpp"

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
  no_connection,              ///< refused, or nobody at the address, or nobody listens at 443
  tls_failure,                ///< connected by https, and the handshake failed
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

/// What came of one question.
struct Heard {
  std::optional<Outcome> failed = {};  ///< why there is no answer
  Answer answer = {};                  ///< otherwise: a file, a redirect or an error
  std::string address = {};            ///< of the server; empty if there was none
  dns::Status lookup = dns::Status::ok;
};

class Fetching {
 public:
  /// Begins at that address, if it is one that the policy allows.
  Fetching(std::string_view uri, Policy policy);

  /// What is to be asked for; nothing: it is over.
  [[nodiscard]] const std::optional<Uri>& next() const { return next_; }
  /// Tells what came of asking for `next`, which there must be (assert).
  void hear(const Heard& heard);
  /// As far as it came.
  [[nodiscard]] const Fetched& result() const { return result_; }

 private:
  void write_down(const Heard& heard);
  [[nodiscard]] std::optional<Uri> next_of(const Heard& heard);

  Policy policy_;
  std::optional<Uri> next_;
  Fetched result_;
};

}  // namespace shinsa::fakes::web
