/// Named random streams: one seed per run, one stream per actor, so that a new actor reshuffles
/// nobody else.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace shinsa::sim {

/// SplitMix64: the same numbers on every platform.
class Stream {
 public:
  explicit Stream(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15ull;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  /// A number from 0 to n - 1, each as likely; n > 0.
  std::uint64_t below(std::uint64_t n);
  /// True with probability p, 0 to 1.
  bool chance(double p) { return static_cast<double>(next() >> 11) * 0x1.0p-53 < p; }
  /// `bytes` random bytes in hexadecimal.
  std::string hex(std::size_t bytes);

 private:
  std::uint64_t state_;
};

class Streams {
 public:
  explicit Streams(std::uint64_t seed) : seed_(seed) {}
  /// The stream of that name; made on first use, from the seed and the name alone.
  Stream& operator[](std::string_view name);

 private:
  std::uint64_t seed_;
  std::map<std::string, Stream, std::less<>> streams_;
};

}  // namespace shinsa::sim
