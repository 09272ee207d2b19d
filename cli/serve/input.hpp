/// What comes from outside to what is served, and when. All that a service answers follows from
/// what was given at its start and from these, in their order: they are what its journal holds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "cli/serve/wire_faults.hpp"
#include "fakes/acme/ahead.hpp"
#include "fakes/wire/http.hpp"
#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::cli {

/// Nothing but that it is later.
struct TimePassed {};
/// A request to the ACME server, whole.
struct AcmeAsked {
  fakes::wire::HttpRequest request;
  /// What was found out about it before; null: nothing. It is not noted, for it follows.
  std::shared_ptr<const fakes::acme::Ahead> ahead = {};
};
/// A fact or a request that the admin API was asked for: `{"type": ..., "subject": ..., "data":
/// {...}}`, as it came.
struct EventAsked {
  std::string event;
};
/// What a web server outside said.
struct WebAnswered {
  std::size_t fetch = 0;  ///< as numbered by `ServedState::fetches`
  std::string event;      ///< `http.answered`, as JSON
};
/// The clock goes on with real time from now on, or stands still.
struct ClockRuns {
  bool runs = false;
};
/// A fault of the wire, as it was asked for.
struct FaultAsked {
  std::string fault;
};
struct FaultsCleared {};
/// An account that was so before, as `fact.account` says, has that key.
struct KeyGiven {
  std::string account;  ///< its subject
  std::string jwk;      ///< JSON
};
/// A request to another front than that of ACME, for which some fault is: it is counted.
struct FrontAsked {
  WireRequest request;
};

struct Input {
  Instant at;  ///< never before that of the one before
  std::variant<TimePassed, AcmeAsked, EventAsked, WebAnswered, ClockRuns, FaultAsked, FaultsCleared,
               FrontAsked, KeyGiven>
      what;
};

/// An input, and what was said to it.
struct Noted {
  Input input;
  /// A digest of all that was answered while it was taken, 16 hex digits; empty: nothing was.
  std::string said;
};

/// One line of JSON without its end. Bytes of a request that are no UTF-8 stay as they are.
[[nodiscard]] std::string to_line(const Noted& noted);
/// The same the other way round. An Error: this is no such line.
[[nodiscard]] Result<Noted> read_noted(std::string_view line);

}  // namespace shinsa::cli
