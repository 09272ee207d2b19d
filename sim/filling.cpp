#include "sim/filling.hpp"

#include <algorithm>

namespace shinsa::sim {

Scalar* Filling::envelope(std::string_view key) {
  if (const auto at = std::ranges::find(kEnvelope, key); at != kEnvelope.end()) {
    Scalar& place = seen_.envelope[static_cast<std::size_t>(at - kEnvelope.begin())];
    if (place.kind != Scalar::Kind::none) return nullptr;
    place.key = key;
    return &place;
  }
  const auto end = unknown_.begin() + static_cast<std::ptrdiff_t>(unknown_count_);
  if (unknown_count_ == unknown_.size() || std::find(unknown_.begin(), end, key) != end)
    return nullptr;
  unknown_[unknown_count_++] = key;
  return &unused_;
}

Scalar* Filling::data(std::string_view key) {
  const auto byte = [](char c) { return static_cast<unsigned char>(c); };
  const std::size_t sum =
      key.empty() ? 0 : key.size() + 7u * byte(key.front()) + 31u * byte(key.back());
  const std::uint64_t mark = std::uint64_t{1} << (sum % 64);
  if ((marks_ & mark) != 0 && std::ranges::find(seen_.data, key, &Scalar::key) != seen_.data.end())
    return nullptr;
  marks_ |= mark;
  Scalar& place = seen_.data.emplace_back();
  place.key = key;
  return &place;
}

}  // namespace shinsa::sim
