#include "sim/known_ids.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace shinsa::sim {

namespace {

constexpr std::size_t kRangesMax = 100'000;  // of all prefixes
constexpr std::size_t kPrefixesMax = 10'000;
constexpr std::size_t kWindow = std::size_t{1} << 18;
constexpr std::size_t kDigitsMax = 18;

/// Where the number at the end starts; zeros before it belong to the prefix.
std::size_t number_at(std::string_view id) {
  std::size_t at = id.size();
  while (at > 0 && id.size() - at < kDigitsMax && id[at - 1] >= '0' && id[at - 1] <= '9') --at;
  while (at + 1 < id.size() && id[at] == '0') ++at;
  return at;
}

}  // namespace

bool KnownIds::add(std::string_view id) {
  if (!next_.empty() && id == next_) {
    ++last_->ranges[last_->at].last;
    expect_next();
    return true;
  }
  next_.clear();
  const std::size_t at = number_at(id);
  if (at < id.size()) {
    std::uint64_t number = 0;
    for (const char c : id.substr(at)) number = number * 10 + static_cast<std::uint64_t>(c - '0');
    const std::string_view prefix = id.substr(0, at);
    if (!last_ || prefix != last_prefix_) {
      const auto known = counted_.find(prefix);
      if (known == counted_.end() && counted_.size() >= kPrefixesMax) return add_hash(Hash()(id));
      last_ = known != counted_.end() ? &known->second
                                      : &counted_.try_emplace(std::string(prefix)).first->second;
      last_prefix_ = prefix;
    }
    const Added added = count(*last_, number);
    if (added == Added::is_new && counts_on(*last_, number)) {
      next_ = id;
      expect_next();
    }
    if (added != Added::no_room) return added == Added::is_new;
  }
  return add_hash(Hash()(id));
}

/// Whether a number ends the last of the ranges, so that the next one is new whatever it is.
bool KnownIds::counts_on(const Counted& counted, std::uint64_t number) {
  return counted.at + 1 == counted.ranges.size() && counted.ranges.back().last == number;
}

/// Most ids are those before them, counted on by one: their last digits alone change. An id that
/// ends with a nine is looked at anew.
void KnownIds::expect_next() {
  if (next_.back() == '9')
    next_.clear();
  else
    ++next_.back();
}

KnownIds::Added KnownIds::count(Counted& counted, std::uint64_t number) {
  auto& ranges = counted.ranges;
  if (!ranges.empty() && ranges[counted.at].last + 1 == number &&
      (counted.at + 1 == ranges.size() || ranges[counted.at + 1].first > number + 1)) {
    ranges[counted.at].last = number;
    return Added::is_new;
  }
  const auto after = std::ranges::upper_bound(ranges, number, {}, &Range::first);
  const auto index = static_cast<std::size_t>(after - ranges.begin());
  const bool has_before = index > 0;
  if (has_before && ranges[index - 1].last >= number) return Added::known;
  const bool joins_before = has_before && ranges[index - 1].last + 1 == number;
  const bool joins_after = after != ranges.end() && after->first == number + 1;
  if (joins_before && joins_after) {
    ranges[index - 1].last = after->last;
    ranges.erase(after);
    --ranges_;
    counted.at = index - 1;
  } else if (joins_before) {
    ranges[index - 1].last = number;
    counted.at = index - 1;
  } else if (joins_after) {
    after->first = number;
    counted.at = index;
  } else {
    if (ranges_ >= kRangesMax) return Added::no_room;
    ranges.insert(after, {number, number});
    ++ranges_;
    counted.at = index;
  }
  return Added::is_new;
}

bool KnownIds::add_hash(std::uint64_t hash) {
  if (before_.contains(hash) || !recent_.insert(hash).second) return false;
  if (recent_.size() >= kWindow) {
    std::swap(before_, recent_);
    recent_.clear();
  }
  return true;
}

}  // namespace shinsa::sim
