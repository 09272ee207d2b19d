#include "sim/hash.hpp"

#include <openssl/evp.h>

#include <array>

#include "model/vocabulary/assert.hpp"

namespace shinsa::sim {

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, 32> digest{};
  unsigned int length = 0;
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
  SHINSA_ASSERT(done == 1 && length == digest.size(), "SHA-256 is not available");
  std::string text;
  for (unsigned char byte : digest) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

}  // namespace shinsa::sim
