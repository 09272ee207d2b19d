/// What goes wrong on the wire because somebody asked for it: deterministic, and nothing by
/// default.
///
/// A fault names the requests that it is for by the beginning of their path, and which of them: the
/// n-th, or all of a window of virtual time, or both. It is played on whatever would have been
/// answered; the server behind has done its work all the same, unless the fault says that it never
/// got the request.
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

struct WireFault {
  enum class Kind {
    status,     ///< answered with `status` in its place (429, 503), `retry_after` told
    slow,       ///< answered after `delay`
    reset,      ///< the connection is reset
    silent,     ///< nothing is ever said
    truncated,  ///< after `bytes` of the body it ends
    bad_nonce,  ///< badNonce in its place, with a fresh one
  };
  Kind kind = Kind::status;
  std::string path = "/";           ///< how the request's path begins
  std::optional<std::size_t> nth;   ///< only the n-th such request from now on, counted from 1
  std::optional<Instant> from, to;  ///< only in these; `to` is the first instant after
  int status = 503;
  std::optional<std::int64_t> retry_after;  ///< seconds
  std::chrono::milliseconds delay{0};
  std::size_t bytes = 0;
};

/// Whether the server behind sees the request.
[[nodiscard]] bool reaches_the_server(WireFault::Kind kind);

class WireFaults {
 public:
  void add(WireFault fault) { all_.push_back({std::move(fault), 0}); }
  void clear() { all_.clear(); }
  [[nodiscard]] const auto& all() const { return all_; }

  /// What is to be played on a request, if anything; every fault that it is for counts it.
  [[nodiscard]] std::optional<WireFault> next(std::string_view target, Instant now);

  struct Counted {
    WireFault fault;
    std::size_t seen = 0;  ///< requests that it was for, so far
  };

 private:
  std::vector<Counted> all_;
};

/// From the admin API: `{"path": "/acme/new-order", "kind": "status", "status": 503, "nth": 1}`.
/// An Error names the member that is wrong.
[[nodiscard]] Result<WireFault> parse_wire_fault(std::string_view json);
/// The same the other way round, with `seen`.
[[nodiscard]] std::string to_json(const WireFaults::Counted& counted);

}  // namespace shinsa::cli
