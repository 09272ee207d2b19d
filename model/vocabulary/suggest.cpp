#include "model/vocabulary/suggest.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace shinsa {

namespace {

constexpr std::size_t kWordMax = 80;  // longer words are not compared: the distance is quadratic

/// Insertions, deletions and changes that turn `a` into `b`.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0u);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.size() > kWordMax) return {};
  std::string_view nearest;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (std::string_view candidate : candidates)
    if (candidate.size() <= kWordMax)
      if (const std::size_t d = distance(word, candidate); d < least) {
        least = d;
        nearest = candidate;
      }
  return nearest.empty() ? std::string() : ", did you mean '" + std::string(nearest) + "'?";
}

}  // namespace shinsa
