/// How a service begins, as the first line of its journal says, and how it comes to where that
/// journal ends.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/serve/journal.hpp"
#include "cli/serve/state.hpp"

namespace shinsa::cli {

/// All that the start depends on. Two services with equal ones are the same at first.
struct Beginning {
  std::string system;
  std::string given;  ///< SHA-256 of the scenario file; empty: none
  std::uint64_t seed = 1;
  std::map<std::string, std::string> readings;
  std::vector<std::string> mutants;
  std::string events;  ///< SHA-256 of the trace at the start: by it another build shows too
  bool challenges_met = false;  ///< `--always-valid`
  std::string ca;  ///< where certificates lead to, as a URL; a service that goes on is there too
  Instant start;   ///< of the clock; a service that goes on takes that of its journal
  bool clock_runs = true;                ///< likewise
  std::vector<std::string> faults = {};  ///< of the wire, to begin with, as JSON
};

[[nodiscard]] std::string to_line(const Beginning& beginning);
/// @return an Error: that is no first line of a journal, or one of another version.
[[nodiscard]] Result<Beginning> read_beginning(std::string_view line);
/// Whether what was begun as `then` can go on as `now`. An Error says what differs.
/// @param place  of the journal.
[[nodiscard]] Result<void> check_same(const Beginning& then, const Beginning& now,
                                      const std::string& place);

/// Takes all inputs that the journal has.
/// @return an Error: a line is none, or what is said to it now is not what was said to it then.
[[nodiscard]] Result<void> replay(Journal& journal, ServedState& state);

}  // namespace shinsa::cli
