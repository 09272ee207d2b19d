#include "sim/conduct/ways.hpp"

#include <algorithm>
#include <array>

#include "model/vocabulary/assert.hpp"

namespace shinsa::sim {

namespace {

constexpr std::array kAll{
    OfSystem{kJpr, "jpdirect-reissue", &ways::kJpdirectReissue},
    OfSystem{kSak, "sakura-reissue", &ways::kSakuraReissue},
    OfSystem{kAcm, "jpdirect-acme", &ways::kJpdirectAcme},
    OfSystem{kNtt, "nttcom-biz", &ways::kNttcomBiz},
    OfSystem{kRen, "dedicated-renewal", &ways::kDedicatedRenewal},
};

}  // namespace

std::span<const OfSystem> all_ways() { return kAll; }

const Ways& ways_of(System system) {
  const auto at = std::ranges::find(kAll, system, &OfSystem::system);
  SHINSA_ASSERT(at != kAll.end(), "a system whose ways nobody wrote");
  return *at->ways;
}

}  // namespace shinsa::sim
