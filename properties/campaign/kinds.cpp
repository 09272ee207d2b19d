#include "properties/campaign/kinds.hpp"

#include <algorithm>

namespace shinsa::properties::campaign {

namespace {

/// Of runs that fail alike: the less, the more one tells.
auto rank(const Kind& kind) {
  return std::tuple(kind.best.plan.given(), kind.best.plan.requests(), kind.place);
}

/// Of kinds: what comes seldom is often two failures at once.
auto rank_of_kind(const Signature& signature, const Kind& kind) {
  const bool by_both = !signature.clauses.empty() && !signature.laws.empty();
  return std::tuple(!signature.differs, !by_both, -static_cast<long>(kind.runs), kind.first);
}

}  // namespace

void Kinds::add(std::size_t place, Drawn drawn) {
  Kinds one;
  const Signature signature = *drawn.signature;
  one.kinds_.emplace(signature, Kind{1, place, place, std::move(drawn)});
  add(std::move(one));
}

void Kinds::add(Kinds other) {
  for (auto& [signature, kind] : other.kinds_) {
    const auto known = kinds_.find(signature);
    if (known == kinds_.end()) {
      kinds_.emplace(signature, std::move(kind));
      continue;
    }
    Kind& one = known->second;
    const std::uint64_t runs = one.runs + kind.runs;
    const std::size_t first = std::min(one.first, kind.first);
    if (rank(kind) < rank(one)) one = std::move(kind);
    one.runs = runs;
    one.first = first;
  }
}

std::vector<std::pair<Signature, Kind>> Kinds::by_telling() const {
  std::vector<std::pair<Signature, Kind>> all(kinds_.begin(), kinds_.end());
  std::ranges::sort(all, {}, [](const auto& one) { return rank_of_kind(one.first, one.second); });
  return all;
}

}  // namespace shinsa::properties::campaign
