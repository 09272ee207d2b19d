/// Faults: what a fake does wrong on demand. One list, empty until asked for; one form for YAML,
/// command line and admin.
///
/// `mail:spam@nth=2`, `mail:delay=PT2H@window=2026-01-01T00:00:00+09:00/2026-01-02T00:00:00+09:00`,
/// `telephone:no-answer@subject=application/1`, `mail:loss@probability=0.1`. Without `@` a fault
/// strikes always.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"
#include "sim/stream.hpp"

namespace shinsa::sim {

/// When a fault strikes; what is not set does not restrict.
struct When {
  std::uint64_t nth = 0;              ///< the n-th time the fake acts, from 1; 0: any
  std::optional<Instant> from;        ///< window, inclusive
  std::optional<Instant> to;          ///< exclusive
  std::string subject;                ///< only for this subject
  std::optional<double> probability;  ///< 0 to 1, drawn from the fault's own stream
};

struct Fault {
  std::string fake;
  std::string kind;
  std::optional<Duration> delay;  ///< of a `delay` alone
  When when;
};

struct FaultKind {
  std::string_view fake;
  std::string_view kind;
  std::string_view says;
};

/// Every fault there is.
[[nodiscard]] std::span<const FaultKind> fault_kinds();

[[nodiscard]] Result<Fault> parse_fault(std::string_view text);
[[nodiscard]] std::string to_text(const Fault& fault);

/// Asked by a fake once each time it acts.
class Faults {
 public:
  explicit Faults(std::vector<Fault> faults) : faults_(std::move(faults)) {}
  /// The first fault of the list that strikes now, if any. Counts the call.
  std::optional<Fault> strikes(std::string_view fake, std::string_view subject, Instant now,
                               Streams& streams);

 private:
  std::vector<Fault> faults_;
  std::map<std::string, std::uint64_t, std::less<>> calls_;
};

}  // namespace shinsa::sim
