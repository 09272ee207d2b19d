#include "sim/conduct/ways.hpp"

#include <array>

#include "model/vocabulary/assert.hpp"

namespace shinsa::sim {

const Ways& ways_of(System system) {
  switch (system) {
    case kJpr:
      return ways::kJpdirectReissue;
    case kSak:
    case kAcm:
    case kNtt:
    case kRen:
    case kAllSystems:
      break;
  }
  SHINSA_ASSERT(false, "a system whose ways nobody wrote");
}

std::span<const Ways* const> all_ways() {
  static constexpr std::array kAll{&ways::kJpdirectReissue};
  return kAll;
}

}  // namespace shinsa::sim
