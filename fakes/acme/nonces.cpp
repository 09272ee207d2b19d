#include "fakes/acme/nonces.hpp"

#include "fakes/acme/base64url.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::acme {

namespace {

constexpr std::size_t kOctets = 16;

void append(std::string& bytes, std::uint64_t word) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(word >> shift & 0xff);
}

std::uint64_t word_at(std::string_view bytes, std::size_t from) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < 8; ++i)
    word = word << 8 | static_cast<unsigned char>(bytes[from + i]);
  return word;
}

}  // namespace

Nonces::Nonces(sim::Stream& stream, std::size_t kept_max) : stream_(&stream), drawn_(kept_max) {
  SHINSA_ASSERT(kept_max > 0, "a server that remembers no nonce takes no request");
}

std::string Nonces::draw() {
  const Bits bits{stream_->next(), stream_->next()};
  out_.erase(drawn_[next_]);  // the oldest, where all places are taken
  drawn_[next_] = bits;
  next_ = (next_ + 1) % drawn_.size();
  out_.insert(bits);
  std::string bytes;
  append(bytes, bits.high);
  append(bytes, bits.low);
  return to_base64url(bytes);
}

bool Nonces::spend(std::string_view nonce) {
  const auto bits = bits_of(nonce);
  return bits && out_.erase(*bits) > 0;
}

std::optional<Nonces::Bits> Nonces::bits_of(std::string_view nonce) {
  const auto bytes = from_base64url(nonce);
  if (!bytes || bytes->size() != kOctets) return std::nullopt;
  return Bits{word_at(*bytes, 0), word_at(*bytes, 8)};
}

}  // namespace shinsa::fakes::acme
