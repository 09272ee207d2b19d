#include "sim/sequences.hpp"

#include <utility>

namespace shinsa::sim {

namespace {

constexpr std::size_t kSourcesMax = 1'000;  // that are followed
constexpr std::size_t kDigitsMax = 18;

}  // namespace

std::optional<std::int64_t> Sequences::number_of(const Scalar& sequence) {
  if (sequence.kind == Scalar::Kind::number) return sequence.number;
  if (sequence.kind != Scalar::Kind::text || sequence.text.empty()) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : sequence.text.substr(0, kDigitsMax)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

std::optional<Sequences::Hole> Sequences::follow(std::string_view source, std::int64_t number) {
  if (!its_last_ || source != source_) {
    const auto known = last_.find(source);
    if (known == last_.end()) {
      if (last_.size() < kSourcesMax) last_.emplace(source, number);
      return std::nullopt;
    }
    source_ = source;
    its_last_ = &known->second;
  }
  const std::int64_t before = std::exchange(*its_last_, number);
  if (number == before + 1) return std::nullopt;
  return Hole{before, number};
}

}  // namespace shinsa::sim
