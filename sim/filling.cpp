#include "sim/filling.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace shinsa::sim {

namespace {

// Names of the envelope are compared as numbers: their bytes, and zeros after their end.
using Word = std::uint64_t;
constexpr std::size_t kWord = sizeof(Word);
static_assert(Filling::kLongest == kWord);

constexpr auto kNames = [] {
  std::array<Word, kEnvelope.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::array<char, kWord> bytes{};
    if (kEnvelope[i].size() > kWord) throw "a name is too long for this";
    std::ranges::copy(kEnvelope[i], bytes.begin());
    all[i] = std::bit_cast<Word>(bytes);
  }
  return all;
}();

/// Per size, all bits of so many bytes.
constexpr auto kBytes = [] {
  std::array<Word, kWord + 1> all{};
  for (std::size_t size = 0; size <= kWord; ++size) {
    std::array<unsigned char, kWord> bytes{};
    std::fill_n(bytes.begin(), size, 0xff);
    all[size] = std::bit_cast<Word>(bytes);
  }
  return all;
}();

Word word_at(const char* text) {
  Word word = 0;
  std::memcpy(&word, text, sizeof word);
  return word;
}

/// The place of a name in the envelope; one past the last for another.
std::size_t place_of(std::string_view name) {
  if (name.size() > kWord) return kNames.size();
  const Word word = word_at(name.data()) & kBytes[name.size()];
  return static_cast<std::size_t>(std::ranges::find(kNames, word) - kNames.begin());
}

}  // namespace

Scalar* Filling::take(std::size_t place, std::string_view key) {
  order_.note(keys_++, place);
  Scalar& taken = seen_.envelope[place];
  if (taken.kind != Scalar::Kind::none) return nullptr;
  taken.key = key;
  return &taken;
}

Scalar* Filling::expected(const char* text, std::size_t& size) {
  const std::size_t place = order_[keys_];
  if (place >= kNames.size()) return nullptr;
  size = kEnvelope[place].size();
  if ((word_at(text) & kBytes[size]) != kNames[place] || text[size] != '"') return nullptr;
  return take(place, {text, size});
}

Scalar* Filling::envelope(std::string_view key) {
  const std::size_t place = place_of(key);
  if (place < kNames.size()) return take(place, key);
  order_.note(keys_++, place);
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
