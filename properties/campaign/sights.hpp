/// What runs show for the first time: rows fired, guards that said yes or no, clauses that refused,
/// `sometimes` laws. A campaign that shows nothing new for long has become flat.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/coverage.hpp"
#include "model/profile.hpp"
#include "properties/laws/law.hpp"

namespace shinsa::properties::campaign {

/// A row in words: `Issuance: Held + CertificateIssued (row 5)`.
[[nodiscard]] std::string row_in_words(const model::MachineApi& machine, std::size_t row);

class Sights {
 public:
  /// @param profile  outlives this.
  explicit Sights(const model::Profile& profile);

  /// What one run exercised. @param place  of the run; rising.
  void see(std::size_t place, const model::Coverage& coverage,
           const std::set<ClauseIndex>& refusals, const std::vector<bool>& shown);
  /// Adds what later runs saw. @return the last place at which that was new; nothing if none was.
  std::optional<std::size_t> add(const Sights& later);

  /// What was seen, in words, by the place where it was seen first.
  [[nodiscard]] std::map<std::size_t, std::vector<std::string>> by_place() const;

 private:
  static constexpr std::size_t kNever = SIZE_MAX;
  [[nodiscard]] std::vector<std::string> in_words() const;

  const model::Profile* profile_;
  std::size_t counters_ = 0;        // of a Coverage
  std::vector<bool> is_sight_;      // of those: rows, and guards that said yes or no
  std::vector<std::size_t> first_;  // counters, then clauses, then laws
};

}  // namespace shinsa::properties::campaign
