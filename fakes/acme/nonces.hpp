/// Nonces: each good for one request, whatever comes of that.
///
/// Source: RFC 8555 section 6.5 (unique, unguessable, spent when they are seen). They come from a
/// stream, so that a run gives the same ones again.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/stream.hpp"

namespace shinsa::fakes::acme {

class Nonces {
 public:
  /// @param stream  outlives this. @param kept_max  how many that were not used are remembered; of
  ///                more, the oldest are forgotten, and a client that brings one gets `badNonce`.
  explicit Nonces(sim::Stream& stream, std::size_t kept_max = std::size_t{1} << 16);

  /// A fresh one: 16 octets in base64url.
  [[nodiscard]] std::string draw();
  /// Whether it was drawn here and not seen since; it is spent now.
  bool spend(std::string_view nonce);
  /// How many are out.
  [[nodiscard]] std::size_t size() const { return out_.size(); }

 private:
  /// The 128 bits of a nonce.
  struct Bits {
    std::uint64_t high = 0, low = 0;
    friend bool operator==(const Bits&, const Bits&) = default;
  };
  struct Hash {
    using is_avalanching = void;
    std::size_t operator()(const Bits& bits) const { return bits.low; }
  };
  [[nodiscard]] static std::optional<Bits> bits_of(std::string_view nonce);

  sim::Stream* stream_;
  std::vector<Bits> drawn_;  // a ring: in the order in which they were drawn, spent ones too
  std::size_t next_ = 0;
  boost::unordered_flat_set<Bits, Hash> out_;
};

}  // namespace shinsa::fakes::acme
