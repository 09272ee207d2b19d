/// What a log can tell: which clauses can be judged by the types of events that it records, and
/// which type would let more of them be judged. Worked out from the machines' tables.
#pragma once

#include <set>
#include <vector>

#include "model/profile.hpp"

namespace shinsa::cli {

struct LogCoverage {
  /// A type that the log lacks, and the clauses that none of its own types leads to.
  struct Lacking {
    TypeIndex type = 0;
    std::vector<ClauseIndex> clauses;
  };
  std::vector<ClauseIndex> judged;    ///< ordered by id
  std::vector<ClauseIndex> unjudged;  ///< the same
  std::vector<Lacking> lacking;       ///< the one that adds most first
};

/// @param recorded  types that the log records.
[[nodiscard]] LogCoverage coverage_of(const model::Profile& profile,
                                      const std::set<TypeIndex>& recorded);

}  // namespace shinsa::cli
