/// The failures of a campaign by kind: what fails alike is one failure, told by the run that tells
/// most: one with nothing given beforehand and few requests.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "properties/campaign/runs.hpp"

namespace shinsa::properties::campaign {

/// The runs that fail alike. A place is a run's position in a campaign.
struct Kind {
  std::uint64_t runs = 0;
  std::size_t first = 0;  ///< place of the first of them
  std::size_t place = 0;  ///< of the one that tells most
  Drawn best;             ///< that one
};

class Kinds {
 public:
  /// @param drawn  has a signature.
  void add(std::size_t place, Drawn drawn);
  /// Adds what other runs showed.
  void add(Kinds other);

  [[nodiscard]] const std::map<Signature, Kind>& all() const { return kinds_; }
  /// The most telling first: named by judge and laws, by many runs, early.
  [[nodiscard]] std::vector<std::pair<Signature, Kind>> by_telling() const;

 private:
  std::map<Signature, Kind> kinds_;
};

}  // namespace shinsa::properties::campaign
