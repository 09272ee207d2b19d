/// What goes wrong on the wire because somebody asked for it: deterministic, and nothing by
/// default.
///
/// A fault is of one front. It names the requests that it is for by the beginning of their path, or
/// by the name that they ask about, and which of them: the n-th, or all of a window of virtual
/// time, or both. It is played on whatever would have been answered; the server behind has done its
/// work all the same, unless the fault says that it never got the request.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/wire/http.hpp"
#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::cli {

/// Where requests come in.
enum class WireFront {
  acme,
  dns,
  http,   ///< the fake web's
  https,  ///< likewise
  ca      ///< OCSP, revocation list, the CA's certificates
};
/// `acme`, `dns`, `http`, `https`, `ca`
[[nodiscard]] std::string_view to_text(WireFront front);
[[nodiscard]] std::optional<WireFront> parse_wire_front(std::string_view word);

struct WireFault {
  enum class Kind {
    status,      ///< answered with `status` in its place (429, 503), `retry_after` told
    slow,        ///< answered after `delay`
    reset,       ///< the connection is reset
    silent,      ///< nothing is ever said
    truncated,   ///< after `bytes` of the body it ends; of DNS over UDP: TC, and no record
    bad_nonce,   ///< badNonce in its place, with a fresh one
    processing,  ///< what the CA looks up for a challenge or a finalized order takes `lasts` longer
    servfail,    ///< the name server cannot answer
    nxdomain,    ///< it says that there is no such name
  };
  WireFront front = WireFront::acme;
  Kind kind = Kind::status;
  std::string path = "/";           ///< how the request's path begins
  std::string name;                 ///< of a query, or the host of the fake web; empty: any
  std::optional<std::size_t> nth;   ///< only the n-th such request from now on, counted from 1
  std::optional<Instant> from, to;  ///< only in these; `to` is the first instant after
  int status = 503;
  std::optional<std::int64_t> retry_after;  ///< seconds
  std::chrono::milliseconds delay{0};       ///< in real time
  std::size_t bytes = 0;
  Duration lasts = seconds(10);  ///< in virtual time
};

/// A request as faults tell it from others.
struct WireRequest {
  WireFront front = WireFront::acme;
  std::string path = {};  ///< of HTTP
  std::string name = {};  ///< of a query or the host, in lower case, without a dot at the end
  /// Whether the CA has to look something up before it is decided: a challenge is responded to, or
  /// an order finalized. `processing` is for these alone.
  bool begins_work = false;
  bool by_tcp = false;  ///< a query; there nothing is truncated
};

/// Whether the server behind sees the request.
[[nodiscard]] bool reaches_the_server(WireFault::Kind kind);

class WireFaults {
 public:
  void add(WireFault fault) { all_.push_back({std::move(fault), 0}); }
  void clear() { all_.clear(); }
  [[nodiscard]] const auto& all() const { return all_; }

  /// Whether some fault is for that request, so that `next` would count it.
  [[nodiscard]] bool is_one_for(const WireRequest& request, Instant now) const;
  /// What is to be played on a request, if anything; every fault that it is for counts it.
  [[nodiscard]] std::optional<WireFault> next(const WireRequest& request, Instant now);

  struct Counted {
    WireFault fault;
    std::size_t seen = 0;  ///< requests that it was for, so far
  };

 private:
  std::vector<Counted> all_;
};

/// Spoils an answer on its way, as far as that needs no server: neither `bad_nonce` nor what the
/// name server says. A status takes the answer's place.
void spoil(const WireFault& fault, fakes::wire::HttpResponse& response);

/// From the admin API: `{"front": "acme", "path": "/acme/new-order", "kind": "status", "status":
/// 503, "nth": 1}`. An Error names the member that is wrong.
[[nodiscard]] Result<WireFault> parse_wire_fault(std::string_view json);
/// The same the other way round, with `seen`.
[[nodiscard]] std::string to_json(const WireFaults::Counted& counted);
/// Without it: as it was asked for.
[[nodiscard]] std::string to_json(const WireFault& fault);

}  // namespace shinsa::cli
